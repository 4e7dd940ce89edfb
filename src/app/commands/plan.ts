import { resolve } from "node:path";
import { type Brief, Edition } from "#model/brief.ts";
import { TaskError, UsageError } from "#model/errors.ts";
import type { Plan } from "#model/plan.ts";
import type { Model } from "#model/provider.ts";
import { localise } from "#model/text.ts";
import { Language } from "#model/text-schema.ts";
import { bundle } from "#steps/bundle.ts";
import { render, toMarkdown } from "#steps/render.ts";
import { briefOf } from "../brief-of.ts";
import { capsOf, openBudget } from "../budget.ts";
import { defineCommand, type World } from "../command.ts";
import { makePlan } from "../make-plan.ts";
import { modelSettings } from "../model-settings.ts";
import { deadlinesOf, openModels } from "../models.ts";
import { loadPrompt } from "../prompts.ts";
import { readBrief } from "../read-brief.ts";
import { readSettings } from "../settings.ts";
import { createSpeech } from "../speech.ts";
import { openWorkshop } from "../workshop.ts";
import { writeTree, writeWhole } from "../write-out.ts";

export default defineCommand({
  summary:
    "A brief (YAML or JSON keyed by placeholder name, - for standard input) to a plan, as Markdown or with --json whole.",
  usage:
    "plan --brief FILE [--lang en|de|es|zh] [--edition pro|basic] [--provider none|PROVIDER:MODEL,…] [--out DIR] [--zip FILE] [--json]",
  options: {
    brief: { type: "string" },
    lang: { type: "string" },
    edition: { type: "string" },
    provider: { type: "string" },
    out: { type: "string" },
    zip: { type: "string" },
    json: { type: "boolean" },
  },
  async run({ values, positionals }, world) {
    if (typeof values.brief !== "string" || positionals.length > 0) {
      throw new UsageError("plan: name the brief with --brief FILE (or --brief - for standard input)");
    }
    const language = choice(Language, values.lang ?? "en", "--lang");
    const edition = choice(Edition, values.edition ?? "pro", "--edition");
    const models = await modelsOf(values.provider, world);
    const brief = briefOf(await readBrief(values.brief, world), { language, edition });
    const say = createSpeech()(language);
    const workshop = await openWorkshop();
    const options = { onStep: progress(world), signal: world.signal };
    const plan =
      models.length === 0
        ? makePlan(brief, workshop, options)
        : await (await import("../advise-plan.ts")).advisePlan(brief, workshop, {
            ...options,
            ...(await advising(brief, models, world)),
          });
    const blocking = plan.report.findings.filter(({ severity }) => severity === "block");
    await writeResults(plan, values, world);
    if (values.json) world.stdout.write(`${JSON.stringify(localise(plan, language), null, 2)}\n`);
    else world.stdout.write(toMarkdown(render(plan, { say, language, part: "document" })));
    return blocking.length > 0 ? 1 : 0;
  },
});

/** `none` asks nobody, a `provider:model` list asks those, and without the option MODELS decides. */
async function modelsOf(provider: unknown, { env }: World): Promise<Model[]> {
  if (provider === "none") return [];
  return openModels(typeof provider === "string" ? { ...env, MODELS: provider } : env);
}

/** Caps of one plan hold here too; those of a person and a day need the bot's store. */
async function advising(brief: Brief, models: Model[], { env }: World) {
  const settings = readSettings(modelSettings, env);
  const sums = new Map<string, number>();
  const count = async (day: string, name: string, by: number) => {
    const sum = (sums.get(`${day}/${name}`) ?? 0) + by;
    sums.set(`${day}/${name}`, sum);
    return sum;
  };
  const { reserve } = openBudget({ store: { count }, caps: capsOf(settings), plan: "plan", user: "cli" });
  const prompt = await loadPrompt(brief.edition, brief.language);
  return { models, prompt, deadlines: deadlinesOf(settings), reserve };
}

function choice<T extends string>(schema: { options: T[] }, given: unknown, option: string): T {
  if (schema.options.includes(given as T)) return given as T;
  throw new UsageError(`${option}: no "${given}". Pick one of: ${schema.options.join(", ")}`);
}

async function writeResults(plan: Plan, values: Record<string, unknown>, world: World): Promise<void> {
  const wants = [values.out, values.zip].filter((path) => path !== undefined);
  if (wants.length > 0 && plan.files.length === 0) {
    throw new TaskError(
      "plan: a basic plan has no repository to write. Leave --out and --zip out, or take --edition pro",
    );
  }
  // The zip first: it is one rename, and a folder that cannot be written then leaves nothing half done.
  if (typeof values.zip === "string")
    await writeWhole(resolve(world.cwd, values.zip), bundle(plan.files), "--zip");
  if (typeof values.out !== "string") return;
  const { removed } = await writeTree(resolve(world.cwd, values.out), plan.files);
  if (removed.length > 0) {
    world.stderr.write(
      `edgewright: removed ${removed.length} files of the earlier plan: ${removed.slice(0, 5).join(", ")}\n`,
    );
  }
}

function progress({ stderr }: World) {
  if (!stderr.isTTY) return undefined;
  return (step: string, note?: string | number) => {
    stderr.write(`${step}${note ? ` (${typeof note === "number" ? `${note} files` : note})` : ""} …\n`);
  };
}
