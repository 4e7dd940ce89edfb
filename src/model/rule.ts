import type { Decisions } from "./decision.ts";
import type { Severity } from "./plan.ts";
import type { Text, Values } from "./text.ts";

/** One YAML document of a file, with where its fields stand. */
export type Manifest = {
  path: string;
  /** Position among the documents of the file, from 0. */
  index: number;
  doc: Record<string, unknown>;
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string;
  /** Line (from 1) of a JSON pointer into the document; the nearest known ancestor's where it has none of its own. */
  line: (pointer?: string) => number;
  /** A patch is a fragment: rules that ask "is it set to something bad" run, rules that ask "is it missing" do not. */
  patch: boolean;
};

/** What a kustomization refers to, read without rendering it. */
export type Kustomization = {
  path: string;
  dir: string;
  doc: Record<string, unknown>;
  line: (pointer?: string) => number;
};

/** What runs where; without a plan, the flags of `edgewright check` stand in. */
export type Setting = {
  role: "edge" | "hub";
  engine?: "flux" | "argocd";
  memoryMiB?: number;
  nodesPerSite?: number;
  storage?: "ssd" | "emmc" | "sd";
  arch?: readonly string[];
  decisions?: Decisions;
  /** MiB per node already planned for OS, distribution and engine, for the memory sum. */
  plannedMiB?: number;
};

export type RuleContext = {
  manifests: readonly Manifest[];
  kustomizations: readonly Kustomization[];
  /** What would be applied: the output of each build target, rendered; falls back to `manifests` where none can be. */
  effective: readonly Manifest[];
  /** All paths of the tree, and the text of any of them. */
  paths: ReadonlySet<string>;
  text: (path: string) => string | undefined;
  setting: Setting;
};

export type Hit = {
  path: string;
  line: number;
  pointer?: string;
  /** Fill the rule's sentences. */
  values: Values;
  /** Where the severity of one hit differs from the rule's. */
  severity?: Severity;
};

/** One policy rule: one file on the shelf `rules/`, named `<id in lower case>-<what>.ts`. Pure. */
export type Rule = {
  /** As in IMG-01. */
  id: string;
  severity: Severity;
  title: Text;
  /** Why it matters at the edge, one or two sentences. */
  why: Text;
  /** Sentence of a finding; `{values}` of the hit are filled in. */
  message: Text;
  fix: Text;
  /** Page or issue the rule comes from. */
  source: string;
  check: (context: RuleContext) => Hit[];
  /** Small examples, run by the contract suite: `bad` must hit, `good` must not. Paths to contents. */
  examples: { bad: Record<string, string>[]; good: Record<string, string>[]; setting?: Partial<Setting> };
};

export function defineRule(rule: Rule): Rule {
  return rule;
}
