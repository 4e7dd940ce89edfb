import type { Check, Platform } from "#model/platform.ts";
import { findTools, runTool } from "./exec.ts";
import { openModels } from "./models.ts";
import { appSettings, type Environment, isConfigured, readSettings, unknownSettings } from "./settings.ts";
import { all } from "./shelf.ts";
import { createSpeech } from "./speech.ts";
import { openStore } from "./store.ts";

const year = 2026; // this release knows no earlier day

/** Looks at the whole set-up, each thing by name; nothing is changed but what `fix` lets a platform mend. */
export async function examine({
  env,
  cwd,
  signal,
  fix = false,
}: {
  env: Environment;
  cwd: string;
  signal: AbortSignal;
  fix?: boolean;
}): Promise<Check[]> {
  const checks = await Promise.all([
    checkSettings(env),
    checkStore(env),
    checkClock(),
    checkTools(cwd, signal),
    checkPlatforms(env, { fix, signal }),
    checkModel(env),
  ]);
  return checks.flat();
}

async function checkSettings(env: Environment): Promise<Check[]> {
  const unknown = await unknownSettings(env);
  const typos = unknown.map(
    (name): Check => ({
      code: "CFG001",
      state: "warn",
      what: `${name} is set, but nothing reads it`,
      fix: "Compare its name with .env.example",
    }),
  );
  try {
    readSettings(appSettings, env);
    return [...typos, { code: "CFG002", state: "ok", what: "settings of Edgewright" }];
  } catch (error) {
    return [
      ...typos,
      {
        code: "CFG002",
        state: "fail",
        what: (error as Error).message,
        fix: "Correct it in the environment or in .env",
      },
    ];
  }
}

async function checkStore(env: Environment): Promise<Check[]> {
  const settings = appSettings.safeParse({ EDGEWRIGHT_STORE: env.EDGEWRIGHT_STORE });
  if (!settings.success) return [];
  const url = settings.data.EDGEWRIGHT_STORE;
  const shown = url.replace(/\/\/[^@/]*@/, "//…@");
  try {
    const store = await openStore(url, { lockWaitMs: 0 });
    await store.notes.set("doctor/written", true);
    await store.notes.delete("doctor/written");
    await store.close();
    return [{ code: "DB001", state: "ok", what: `store ${shown}: opens, writes, is read by nobody else` }];
  } catch (error) {
    const what = (error as Error).message;
    const busy = /another process|in use|locked/i.test(what);
    return [
      {
        code: "DB001",
        state: busy ? "warn" : "fail",
        what,
        fix: busy
          ? "Fine if that is the running bot"
          : "Make the store reachable and writable, or set EDGEWRIGHT_STORE",
      },
    ];
  }
}

function checkClock(): Check[] {
  const now = new Date();
  if (now.getUTCFullYear() >= year)
    return [{ code: "CLK001", state: "ok", what: `clock: ${now.toISOString()}` }];
  return [
    {
      code: "CLK001",
      state: "fail",
      what: `clock: ${now.toISOString()} lies before this release`,
      fix: "Set the time; signatures and certificates depend on it",
    },
  ];
}

async function checkTools(cwd: string, signal: AbortSignal): Promise<Check[]> {
  const found = findTools();
  const versions: Record<string, string[]> = {
    kustomize: ["version"],
    kubectl: ["version", "--client", "--output=yaml"],
    helm: ["version", "--short"],
  };
  return Promise.all(
    (["kustomize", "kubectl", "helm"] as const).map(async (tool): Promise<Check> => {
      const code = `TOOL-${tool}`;
      if (!found[tool])
        return {
          code,
          state: "absent",
          what: `${tool} is not on PATH: not needed, a second opinion where it is`,
        };
      const run = await runTool(tool, versions[tool]!, { cwd, signal });
      const version = run.kind === "done" ? /v?\d+\.\d+\.\d+\S*/.exec(run.stdout)?.[0] : undefined;
      return {
        code,
        state: version ? "ok" : "warn",
        what: version ? `${tool} ${version}` : `${tool} is on PATH but does not run (${run.kind})`,
      };
    }),
  );
}

async function checkPlatforms(
  env: Environment,
  { fix, signal }: { fix: boolean; signal: AbortSignal },
): Promise<Check[]> {
  const platforms = (await all<Platform>("platforms")).filter(({ name }) => name !== "terminal");
  if (platforms.length === 0)
    return [
      { code: "PLT001", state: "absent", what: "no chat platform in this release besides the terminal" },
    ];
  const say = createSpeech();
  const checks = await Promise.all(
    platforms.map(async (platform): Promise<Check[]> => {
      const { name } = platform;
      const code = `PLT-${name}`;
      if (!isConfigured(platform, env)) return [{ code, state: "absent", what: `${name} is not configured` }];
      try {
        const read = readSettings(platform.env, env);
        const complete: Check = { code, state: "ok", what: `${name}: settings are complete` };
        return [complete, ...((await platform.examine?.({ env: read, fix, signal, say })) ?? [])];
      } catch (error) {
        return [{ code, state: "fail", what: (error as Error).message, fix: "See .env.example" }];
      }
    }),
  );
  return checks.flat();
}

async function checkModel(env: Environment): Promise<Check[]> {
  if (!env.MODELS)
    return [{ code: "LLM001", state: "absent", what: "no language model: plans come from the rules alone" }];
  try {
    const models = await openModels(env);
    const what = `language models: ${models.map(({ id }) => id).join(", ")}; prove one with: edgewright smoke`;
    return [{ code: "LLM001", state: "ok", what }];
  } catch (error) {
    return [
      {
        code: "LLM001",
        state: "fail",
        what: (error as Error).message,
        fix: "Correct MODELS, the key, or the base URL",
      },
    ];
  }
}
