import { z } from "zod";
import { completeBrief, problems } from "#catalogue/placeholders.ts";
import { Answers, type Brief, type Origin, type PlaceholderName } from "#model/brief.ts";
import type { Objection } from "#model/provider.ts";

/** Answers a model may change: never free text, which would then be a model's words in a brief. */
export const changeable = [
  "industry",
  "sites",
  "nodesPerSite",
  "memoryMiB",
  "arch",
  "cpu",
  "deviceTypes",
  "regions",
  "storage",
  "accelerator",
  "network",
  "bandwidthKbps",
  "outageHours",
  "exposure",
  "bmc",
  "uefi",
  "tpm",
  "board",
  "distro",
  "gitops",
  "templating",
  "highAvailability",
  "wasm",
  "regulated",
  "wishes",
] as const satisfies readonly PlaceholderName[];

/** What a model answers to "what if …": changes of the brief, each a field, its new value as JSON, and why. */
export const ChangePatch = z.strictObject({
  reasoning: z.string().max(2_000).describe("think here first; it is not shown"),
  changes: z
    .array(
      z.strictObject({
        why: z.string().min(1).max(300).describe("the words of the message this change follows from"),
        field: z.enum(changeable),
        value: z
          .string()
          .max(1_000)
          .describe(
            'the whole new value as JSON: 1024, "arm64", true, ["north","south"]; null takes it back',
          ),
      }),
    )
    .max(8),
});
export type ChangePatch = z.infer<typeof ChangePatch>;

export type Patched =
  | { kind: "patched"; brief: Brief; changed: PlaceholderName[] }
  /** Nothing in the message changes an answer. */
  | { kind: "unchanged" }
  | { kind: "refused"; objections: Objection[] };

/**
 * The brief after a change that a person asked for in `message`. Every value passes the limits of the interview; names of
 * regions and devices must stand in the message, so that no word of a model's own reaches the repository.
 */
export function applyPatch(brief: Brief, patch: ChangePatch, message: string): Patched {
  const objections: Objection[] = [];
  const given = givenAnswers(brief);
  const changed: PlaceholderName[] = [];
  for (const [index, { field, value }] of patch.changes.entries()) {
    const pointer = `/changes/${index}`;
    const read = readValue(field, value);
    const wrong =
      read.kind === "wrong" ? read.why : changed.includes(field) ? `${field} is changed twice` : undefined;
    if (wrong !== undefined)
      objections.push({ pointer: `${pointer}/value`, rule: "PATCH-01", message: wrong });
    else if (read.kind === "value") {
      for (const name of namesIn(field, read.value)) {
        if (message.toLowerCase().includes(name.toLowerCase())) continue;
        // Adding one to a list repeats those that are there.
        if (namesIn(field, brief.answers[field]).includes(name)) continue;
        objections.push({
          pointer: `${pointer}/value`,
          rule: "PATCH-02",
          message: `${JSON.stringify(name)} does not stand in the message; use the names a person gave`,
        });
      }
      if (JSON.stringify(brief.answers[field]) !== JSON.stringify(read.value)) changed.push(field);
      Object.assign(given.answers, { [field]: read.value });
      given.origins[field] = "said";
    } else if (given.answers[field] !== undefined) {
      changed.push(field);
      delete given.answers[field];
      delete given.origins[field];
    }
  }
  if (objections.length > 0) return { kind: "refused", objections };
  if (changed.length === 0) return { kind: "unchanged" };
  reconcile(given.answers, changed);
  const against = problems(given.answers).map(({ message: words }) => words.en);
  if (against.length > 0) {
    return {
      kind: "refused",
      objections: against.map((words) => ({ pointer: "/changes", rule: "PATCH-03", message: words })),
    };
  }
  const { edition, language } = brief;
  return { kind: "patched", brief: completeBrief({ ...given, edition, language }), changed };
}

/** What was said or chosen; defaults are filled again, since they hang on what changed. */
function givenAnswers({ answers, origins }: Brief): {
  answers: Answers;
  origins: Partial<Record<PlaceholderName, Origin>>;
} {
  const names = Object.keys(answers) as PlaceholderName[];
  const given = names.filter((name) => (origins[name] ?? "default") !== "default");
  return {
    answers: Object.fromEntries(given.map((name) => [name, answers[name]])) as Answers,
    origins: Object.fromEntries(given.map((name) => [name, origins[name]])),
  };
}

/** One hardware for all was asked for: device types that were listed before would say otherwise. */
function reconcile(answers: Answers, changed: readonly PlaceholderName[]): void {
  const { deviceTypes, memoryMiB } = answers;
  if (!deviceTypes || changed.includes("deviceTypes") || !changed.includes("memoryMiB")) return;
  if (memoryMiB) answers.deviceTypes = deviceTypes.map((type) => ({ ...type, memoryMiB }));
}

type ReadValue = { kind: "value"; value: unknown } | { kind: "none" } | { kind: "wrong"; why: string };

function readValue(field: (typeof changeable)[number], value: string): ReadValue {
  const raw = parse(value);
  if (raw === null) return { kind: "none" };
  const read = Answers.shape[field].safeParse(raw);
  if (read.success && read.data !== undefined) return { kind: "value", value: read.data };
  const why = read.success ? "nothing" : read.error.issues[0]!.message;
  return { kind: "wrong", why: `${field} cannot be ${value.slice(0, 80)}: ${why}` };
}

/** A value that is no JSON is a bare word, as models like to write them. */
function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value.trim();
  }
}

function namesIn(field: string, value: unknown): string[] {
  if (value === undefined) return [];
  if (field === "regions") return value as string[];
  return field === "deviceTypes" ? (value as { name: string }[]).map(({ name }) => name) : [];
}
