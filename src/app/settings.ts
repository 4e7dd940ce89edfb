import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { UsageError } from "#model/errors.ts";
import type { Platform } from "#model/platform.ts";
import { Language } from "#model/text-schema.ts";
import { modelSettings } from "./model-settings.ts";
import { all } from "./shelf.ts";

const stateFolder = join(process.env.XDG_STATE_HOME || join(homedir(), ".local", "state"), "edgewright");

const cap = (most: number) => z.coerce.number().int().min(0).default(most);

/** The settings of the app itself; each platform and provider brings its own beside it. */
export const appSettings = z.object({
  EDGEWRIGHT_STORE: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+|memory:)$/, "must be sqlite:FILE, postgres://… or memory:")
    .transform((url) => url.replace(/^sqlite:~(?=\/)/, `sqlite:${homedir()}`))
    .default(`sqlite:${join(stateFolder, "edgewright.sqlite")}`)
    .describe(
      "Where conversations and plans are kept: sqlite:FILE, postgres://user@host/database, or memory: (gone at the end)",
    ),
  EDGEWRIGHT_LANGUAGE: Language.optional().describe(
    "Language to start in (en, de, es, zh); without it the language people write in",
  ),
  EDGEWRIGHT_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(180)
    .describe("Days after which an idle conversation and its plans are deleted"),
  EDGEWRIGHT_OPERATORS: z
    .string()
    .default("")
    .transform((list) => list.split(/[\s,]+/).filter((id) => id !== ""))
    .pipe(z.array(z.string().regex(/^[a-z]+:\S+$/, "must be platform:id, such as slack:U0123ABCD")))
    .describe("Who may also generate, stop and set in conversations of others, such as slack:U0123ABCD"),
  EDGEWRIGHT_MESSAGES_PER_MINUTE: cap(60).describe(
    "Messages and presses of one person a minute that are answered; 0 for no cap",
  ),
  EDGEWRIGHT_PLANS_PER_PERSON_PER_DAY: cap(100).describe(
    "Plans one person may have made a day; 0 for no cap",
  ),
  EDGEWRIGHT_PLANS_PER_WORKSPACE_PER_DAY: cap(1000).describe(
    "Plans one workspace or server may have made a day; 0 for no cap",
  ),
  EDGEWRIGHT_LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .default("info")
    .describe("How much is logged, as JSON lines on standard error"),
});
export type AppSettings = z.infer<typeof appSettings>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads `.env` of a folder into the environment; what is set already wins. */
export function loadEnvFile(folder: string): void {
  const path = join(folder, ".env");
  if (existsSync(path)) process.loadEnvFile(path);
}

/** Values of a schema's variables; `NAME_FILE` names a file that holds the value, as mounted secrets do. */
function pick(schema: z.ZodObject, env: Environment): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const file = env[`${name}_FILE`];
    if (env[name]) values[name] = env[name];
    else if (file) values[name] = readSecretFile(name, file);
  }
  return values;
}

function readSecretFile(name: string, path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new UsageError(
      `${name}_FILE: cannot read "${path}". Name a readable file that holds the value of ${name}`,
      { cause },
    );
  }
}

/** Parses one schema from the environment; every wrong variable is named with what would be right. */
export function readSettings<S extends z.ZodObject>(schema: S, env: Environment): z.infer<S> {
  const parsed = schema.safeParse(pick(schema, env));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const about = (schema.shape[name] as z.ZodType | undefined)?.description;
    return `${name}: ${issue.message}${about ? ` (${about})` : ""}`;
  });
  throw new UsageError(`settings: ${lines.join("; ")}. See .env.example`);
}

/** A platform is wanted when any of its required settings is there; then all of them must be right. */
export function isConfigured(platform: Platform, env: Environment): boolean {
  const required = Object.entries(platform.env.shape).filter(
    ([, schema]) => !(schema as z.ZodType).safeParse(undefined).success,
  );
  return required.some(([name]) => Boolean(env[name] || env[`${name}_FILE`]));
}

/** Variables with our prefix that nobody reads: a typo, most likely. */
export async function unknownSettings(env: Environment): Promise<string[]> {
  const known = new Set((await settingsSchemas()).flatMap(({ schema }) => Object.keys(schema.shape)));
  return Object.keys(env).filter(
    (name) => name.startsWith("EDGEWRIGHT_") && !known.has(name) && !known.has(name.replace(/_FILE$/, "")),
  );
}

/** Every schema with the title under which `.env.example` prints it. */
export async function settingsSchemas(): Promise<{ title: string; schema: z.ZodObject }[]> {
  const platforms = await all<Platform>("platforms");
  const providers = await all<{ name: string; env?: z.ZodObject }>("providers");
  const shelves = [...platforms, ...providers].flatMap(({ name, env }) =>
    env && Object.keys(env.shape).length > 0 ? [{ title: name, schema: env }] : [],
  );
  return [
    { title: "edgewright", schema: appSettings },
    { title: "models", schema: modelSettings },
    ...shelves,
  ];
}

/** The text of `.env.example`: every setting with what it means, defaults commented out. */
export async function envExample(): Promise<string> {
  const lines = [
    "# Settings of Edgewright. All are optional: without any, `npm start` talks in this terminal.",
    "# Copy to .env, or set them in the environment; NAME_FILE=path reads a value from a mounted file.",
    "# Printed by `npm run env:example`; a test keeps it true.",
  ];
  for (const { title, schema } of await settingsSchemas()) {
    lines.push("", `# --- ${title} ---`);
    for (const [name, field] of Object.entries(schema.shape))
      lines.push(`# ${field.description ?? name}`, `#${name}=${exampleValue(field)}`);
  }
  return `${lines.join("\n")}\n`;
}

function exampleValue(field: z.ZodType): string {
  const parsed = field.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined) return "";
  return String(parsed.data).replace(stateFolder, "~/.local/state/edgewright");
}
