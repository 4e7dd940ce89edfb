import { UsageError } from "#model/errors.ts";
import type { Deadlines, Model, Provider } from "#model/provider.ts";
import { type ModelSettings, modelSettings } from "./model-settings.ts";
import { type Environment, readSettings } from "./settings.ts";
import { load } from "./shelf.ts";

const TRACING = /^(LANGSMITH|LANGCHAIN)_/;

/**
 * The models named in MODELS, in their order; none where it is not set. Settings are checked at once, LangChain is loaded
 * by the first call (or by `warm`), so that a start does not wait for it.
 */
export async function openModels(env: Environment): Promise<Model[]> {
  const settings = readSettings(modelSettings, env);
  const names = modelNames(settings);
  if (names.length === 0) return [];
  refuseTracing(env, settings);
  return Promise.all(names.map((name) => prepare(name, env)));
}

/** Loads what the first model needs, so that nobody waits for it later. */
export async function warm([first]: readonly Model[]): Promise<void> {
  await (first as Partial<Lazy> | undefined)?.load?.();
}

/** The deadlines of the settings; one model may take two thirds of the whole, so that the next one has a chance. */
export function deadlinesOf(settings: ModelSettings): Partial<Deadlines> {
  const totalMs = settings.EDGEWRIGHT_MODEL_TOTAL_SECONDS * 1_000;
  return {
    firstTextMs: settings.EDGEWRIGHT_MODEL_FIRST_TEXT_SECONDS * 1_000,
    attemptMs: (totalMs * 2) / 3,
    totalMs,
  };
}

type Name = { provider: string; model: string };
type Lazy = Model & { load: () => Promise<Model> };

/** Reads `openai:gpt-5.5, ollama:qwen3:8b`: everything after the first colon is the model's name. */
export function modelNames({ MODELS = "" }: Pick<ModelSettings, "MODELS">): Name[] {
  const entries = MODELS.split(",").map((entry) => entry.trim());
  return entries.filter(Boolean).map((entry) => {
    const colon = entry.indexOf(":");
    return { provider: entry.slice(0, colon), model: entry.slice(colon + 1) };
  });
}

async function prepare({ provider: name, model }: Name, env: Environment): Promise<Lazy> {
  const provider = await load<Provider>("providers", name);
  const settings = readSettings(provider.env, env);
  const lacking = provider.lacks?.(settings);
  if (lacking) throw new UsageError(lacking);
  let opened: Promise<Model> | undefined;
  const open = () => {
    opened ??= provider.open({ model, env: settings }).then((given) => {
      lazy.pricing = given.pricing ?? "list";
      return given;
    });
    return opened;
  };
  const lazy: Lazy = {
    id: `${name}:${model}`,
    load: open,
    async langchain(options) {
      const given = await open();
      if (!given.langchain) throw new UsageError(`models: ${lazy.id} cannot be asked with tools`);
      return given.langchain(options);
    },
    async *stream(call) {
      const given = await open();
      yield* given.stream(call);
    },
  };
  return lazy;
}

/** LangChain reads these by itself and then sends every prompt away, or routes all calls over a gateway. */
function refuseTracing(env: Environment, { EDGEWRIGHT_ALLOW_LANGSMITH: allowed }: ModelSettings): void {
  if (allowed === "true") return;
  const set = Object.keys(env).filter(
    (name) => TRACING.test(name) && env[name] && !["false", "0"].includes(env[name]!.toLowerCase()),
  );
  if (set.length === 0) return;
  throw new UsageError(
    `models: ${set.sort().join(", ")} would send prompts to LangSmith. Unset ${set.length > 1 ? "them" : "it"}, or set EDGEWRIGHT_ALLOW_LANGSMITH=true`,
  );
}
