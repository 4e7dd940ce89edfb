import { z } from "zod";
import { MEMORY } from "./memory.ts";
import { nearestNames } from "./nearest.ts";
import { type Text, text, type Values } from "./text.ts";
import { isMap } from "./value.ts";

/** How a rule is called: IMG-01. */
const RULE_ID = /^[A-Z][A-Z0-9]*-\d{2,}$/;
const ruleId = z.string().regex(RULE_ID, "a rule's id, such as IMG-01");
const glob = z.string().min(1).max(300);

/**
 * What a repository says about how it wants to be checked: the content of `edgewright.yaml`. Values on the command line win.
 * `readGuardConfig` says in sentences what is wrong with one.
 */
export const GuardConfig = z.strictObject({
  role: z.enum(["edge", "hub"]).optional(),
  engine: z.enum(["flux", "argocd"]).optional(),
  /** Per node, nominal: 2Gi. */
  memory: z.string().regex(MEMORY, "a size, such as 2Gi or 2048Mi").optional(),
  nodes: z.int().min(1).max(9_999).optional(),
  storage: z.enum(["ssd", "emmc", "sd"]).optional(),
  arch: z
    .array(z.enum(["amd64", "arm64", "armv7", "riscv64"]))
    .min(1)
    .optional(),
  /** Findings that are accepted, each with its reason; `path` is a glob, without one everywhere. */
  ignore: z
    .array(
      z.strictObject({
        rule: ruleId,
        path: glob.optional(),
        reason: z.string().trim().min(3, "a reason of a few words").max(500),
      }),
    )
    .optional(),
  severity: z.record(ruleId, z.enum(["block", "warn", "off"])).optional(),
  /** Globs of files that are not checked at all; they are counted as such. */
  exclude: z.array(glob).optional(),
});
export type GuardConfig = z.infer<typeof GuardConfig>;

/** One thing wrong with a configuration: where it stands, what it is, what would be right. */
export type ConfigProblem = { pointer: string; message: Text; fix: Text };

export type ReadConfig =
  | { kind: "read"; config: GuardConfig }
  | { kind: "wrong"; problems: [ConfigProblem, ...ConfigProblem[]] };

/** Reads what `edgewright.yaml` holds, already parsed; an empty file is an empty configuration. */
export function readGuardConfig(value: unknown): ReadConfig {
  const parsed = GuardConfig.safeParse(value ?? {});
  if (parsed.success) return { kind: "read", config: parsed.data };
  const problems = parsed.error.issues.flatMap((issue) => explain(issue, value));
  return { kind: "wrong", problems: problems as [ConfigProblem, ...ConfigProblem[]] };
}

const fields = Object.keys(GuardConfig.shape);
const ignoreFields = ["rule", "path", "reason"];

function explain(issue: z.core.$ZodIssue, value: unknown): ConfigProblem[] {
  const place = issue.path.map(String).join(".") || "edgewright.yaml";
  if (issue.code === "unrecognized_keys") {
    const known = issue.path.length === 0 ? fields : ignoreFields;
    return issue.keys.map((key) => {
      const near = nearestNames(key.slice(0, 40), known);
      const right = near.length > 0 ? near.join(", ") : known.join(", ");
      return say("unknown", pointerOf([...issue.path, key]), { key: clip(key), place, right });
    });
  }
  const given = issue.path.reduce<unknown>(
    (at, key) => (isMap(at) || Array.isArray(at) ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
  const pointer = pointerOf(issue.path);
  if (given === undefined) return [say("missing", pointer, { place, right: rightOf(issue) })];
  return [say("wrong", pointer, { place, value: clip(JSON.stringify(given) ?? "–"), right: rightOf(issue) })];
}

/** What belongs at each place, as an example that can be copied. */
const examples: Readonly<Record<string, string>> = {
  role: "edge, hub",
  engine: "flux, argocd",
  memory: "2Gi",
  nodes: "1",
  storage: "ssd, emmc, sd",
  arch: "[amd64, arm64]",
  ignore: '[{ rule: IMG-04, path: "apps/**", reason: "…" }]',
  rule: "IMG-04",
  path: '"apps/**"',
  reason: '"…"',
  severity: "{ IMG-04: warn }",
  exclude: '["vendor/**"]',
};

function rightOf({ path }: z.core.$ZodIssue): string {
  const names = path.filter((part) => typeof part === "string");
  if (names[0] === "severity" && names.length > 1) return "IMG-04: block | warn | off";
  return examples[names.at(-1) ?? ""] ?? 'role: edge, exclude: ["vendor/**"]';
}

const sentences = {
  unknown: {
    message: {
      en: "{place} has no setting {key}.",
      de: "{place} kennt keine Einstellung {key}.",
      es: "{place} no tiene la opción {key}.",
      zh: "{place} 没有 {key} 这个设置。",
    },
    fix: {
      en: "Write {right}, or remove {key}.",
      de: "{right} schreiben oder {key} entfernen.",
      es: "Escriba {right} o elimine {key}.",
      zh: "改为 {right}，或删除 {key}。",
    },
  },
  missing: {
    message: {
      en: "{place} is missing.",
      de: "{place} fehlt.",
      es: "Falta {place}.",
      zh: "缺少 {place}。",
    },
    fix: {
      en: "Add it, such as {right}.",
      de: "Ergänzen, etwa {right}.",
      es: "Añádalo, por ejemplo {right}.",
      zh: "补上，例如 {right}。",
    },
  },
  wrong: {
    message: {
      en: "{place} cannot be {value}.",
      de: "{place} kann nicht {value} sein.",
      es: "{place} no puede ser {value}.",
      zh: "{place} 不能是 {value}。",
    },
    fix: {
      en: "Right would be: {right}.",
      de: "Richtig wäre: {right}.",
      es: "Lo correcto sería: {right}.",
      zh: "正确写法：{right}。",
    },
  },
} satisfies Record<string, { message: Text; fix: Text }>;

function say(code: keyof typeof sentences, pointer: string, values: Values): ConfigProblem {
  const { message, fix } = sentences[code];
  return { pointer, message: text(message, values), fix: text(fix, values) };
}

const clip = (words: string) => (words.length > 80 ? `${words.slice(0, 77)}…` : words);

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
