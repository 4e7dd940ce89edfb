import { z } from "zod";
import { Brief } from "./brief.ts";
import { Budget, Decisions, DeniedWish, Risk, Source } from "./decision.ts";
import { Text } from "./text-schema.ts";

/** One file of the fleet repository. `purpose` is one English sentence; `role` says what runs there. */
export const File = z.strictObject({
  /** Relative, forward slashes, no `..`, lower case letters, digits and `._-/` (README.md and LICENSE aside). */
  path: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[\w.@-]+(\/[\w.@-]+)*$/),
  content: z.string(),
  purpose: z.string(),
});
export type File = z.infer<typeof File>;

/** A piece of a section, before it has a language. */
export const Part = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("paragraph"), text: Text }),
  z.strictObject({ kind: z.literal("list"), items: z.array(Text) }),
  z.strictObject({ kind: z.literal("table"), columns: z.array(Text), rows: z.array(z.array(Text)) }),
  /** A file of the repository, shown in the thread by its path. */
  z.strictObject({ kind: z.literal("file"), path: z.string() }),
]);
export type Part = z.infer<typeof Part>;

export const Section = z.strictObject({
  id: z.string(),
  title: Text,
  parts: z.array(Part),
  sources: z.array(Source).default([]),
});
export type Section = z.infer<typeof Section>;

export const Severity = z.enum(["block", "warn"]);
export type Severity = z.infer<typeof Severity>;

/**
 * A mechanical fix of what stands at a finding's line and column, offered only where nothing else can be meant. `rename`
 * and `set` replace a key or a scalar value, `quote` and `unquote` change how a scalar is written, `field` replaces a
 * deprecated field of a kustomization together with the shape of what it holds.
 */
export const Mend = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("rename"), to: z.string() }),
  z.strictObject({ kind: z.literal("set"), to: z.string() }),
  z.strictObject({ kind: z.literal("quote"), place: z.enum(["key", "value"]) }),
  z.strictObject({ kind: z.literal("unquote") }),
  z.strictObject({ kind: z.literal("field"), from: z.string() }),
]);
export type Mend = z.infer<typeof Mend>;

/** One thing the guard found. `line` and `column` count from 1; `pointer` is a JSON pointer into the document. */
export const Finding = z.strictObject({
  rule: z.string(),
  severity: Severity,
  path: z.string(),
  line: z.int().min(1),
  column: z.int().min(1).optional(),
  pointer: z.string().optional(),
  message: Text,
  fix: Text,
  source: z.string().optional(),
  mend: Mend.optional(),
});
export type Finding = z.infer<typeof Finding>;

/** A finding that somebody accepts, with the reason: in a comment beside it, or in `edgewright.yaml`. */
export const Suppressed = z.strictObject({
  finding: Finding,
  reason: z.string(),
  by: z.enum(["comment", "config"]),
});
export type Suppressed = z.infer<typeof Suppressed>;

/** What nothing was checked against: a kind by its name, or a sentence; `what` is its English. */
export const Unchecked = z.strictObject({ path: z.string(), what: z.string(), text: Text.optional() });
export type Unchecked = z.infer<typeof Unchecked>;

/** What was checked against what. `unchecked` names what no schema and no catalogue covers: never called valid. */
export const Report = z.strictObject({
  findings: z.array(Finding),
  /** Files and documents that something was checked against. */
  checked: z.strictObject({ files: z.int(), documents: z.int() }),
  unchecked: z.array(Unchecked),
  /** Findings somebody accepted; absent where there are none. Each is named under `unchecked` too. */
  suppressed: z.array(Suppressed).optional(),
  /** Such as { "Kubernetes": "1.36.0", "Flux": "2.8 + overlay 2.9" }. */
  against: z.record(z.string(), z.string()),
  /** Which checks ran: schema, catalogue, kustomize, policy. */
  checks: z.array(z.string()),
});
export type Report = z.infer<typeof Report>;

/** One call of a model, as it went; null where the provider did not say or no price is known. */
export const Call = z.strictObject({
  model: z.string(),
  outcome: z.string(),
  ms: z.number(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  costUsd: z.number().nullable(),
  repair: z.boolean(),
  objections: z.int(),
});
export type Call = z.infer<typeof Call>;

export const Provenance = z.strictObject({
  model: z.string(),
  attempts: z.int(),
  calls: z.array(Call).optional(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costUsd: z.number().nullable(),
  repairs: z.array(Text),
  catalogue: z.string(),
  asOf: z.string(),
});
export type Provenance = z.infer<typeof Provenance>;

/** YAML a model wrote and every check passed: posted, and beside the repository in the zip; never part of the tree. */
export const Snippet = z.strictObject({ name: z.string(), title: Text, purpose: Text, content: z.string() });
export type Snippet = z.infer<typeof Snippet>;

/** An immutable revision. The same brief gives the same plan, but for `id` and provenance. */
export const Plan = z.strictObject({
  version: z.literal(1),
  id: z.string(),
  revision: z.int().min(1),
  brief: Brief,
  summary: Text,
  decisions: Decisions,
  denied: z.array(DeniedWish),
  risks: z.array(Risk),
  budgets: z.array(Budget),
  sections: z.array(Section),
  files: z.array(File),
  snippets: z.array(Snippet).optional(),
  report: Report,
  provenance: Provenance,
});
export type Plan = Omit<z.infer<typeof Plan>, "brief"> & { brief: Brief };
