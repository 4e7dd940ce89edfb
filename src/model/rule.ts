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
  /** Folder of the build target it was rendered for; absent where it is judged as it lies there. */
  target?: string;
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

/** What reading a tree of kustomizations found; each `code` has its rule file (`kust-…`), which brings the sentences. */
export type KustomizeProblem = {
  code:
    | "missing" // a path that does not exist
    | "escape" // a path that leaves the repository
    | "outside" // a file outside the kustomization's own folder tree
    | "remote" // a URL, which would be fetched
    | "cycle"
    | "no-kustomization"
    | "empty"
    | "unknown-field"
    | "wrong-type"
    | "duplicate" // the same object twice
    | "patch-no-target" // a patch that matches nothing is silently dropped by kustomize
    | "no-effect" // images, replicas or replacements that name nothing
    | "helm" // helmCharts, generators, exec functions: refused
    | "deprecated";
  path: string;
  line: number;
  values: Values;
};

/** What reading YAML found, before anything is known of its kind; each `code` has its rule file (`yaml-…`). */
export type SyntaxProblem = {
  code:
    | "syntax"
    | "duplicate-key"
    | "ambiguous-scalar"
    | "alias-bomb"
    | "too-large"
    | "too-deep"
    | "binary"
    | "template";
  path: string;
  line: number;
  column?: number;
  values: Values;
};

/** What rendering one build target gives; `unsupported` says which feature lies outside the subset. */
export type Rendered =
  | { kind: "rendered"; dir: string; objects: { doc: Record<string, unknown>; path: string; line: number }[] }
  | { kind: "unsupported"; dir: string; feature: string };

/** Reads kustomizations out of a tree, without touching disk or network. Implemented by `steps/kustomize.ts`, handed to the guard. */
export type Kustomize = (
  files: ReadonlyMap<string, string>,
  kustomizations: readonly Kustomization[],
  manifests: readonly Manifest[],
) => { problems: KustomizeProblem[]; targets: string[]; render: (dir: string) => Rendered };

export type RuleContext = {
  manifests: readonly Manifest[];
  kustomizations: readonly Kustomization[];
  /** What would be applied: the output of each build target, rendered; falls back to `manifests` where none can be. */
  effective: readonly Manifest[];
  kustomize: readonly KustomizeProblem[];
  syntax: readonly SyntaxProblem[];
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
