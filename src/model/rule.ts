import type { Decisions } from "./decision.ts";
import type { GuardConfig } from "./guard-config.ts";
import { readMemory } from "./memory.ts";
import type { Mend, Severity } from "./plan.ts";
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
  /** Column (from 1) of the same place; absent where only the line is known. */
  column?: (pointer?: string) => number;
  /** A patch is a fragment: rules that ask "is it set to something bad" run, rules that ask "is it missing" do not. */
  patch: boolean;
  /** Whether another object carries it, as a ResourceSet does. */
  embedded?: boolean;
  /** Folder of the build target it was rendered for; absent where it is judged as it lies there. */
  target?: string;
  /** The document as it was written, before a target was rendered from it. */
  source?: Record<string, unknown>;
};

/** What a kustomization refers to, read without rendering it. */
export type Kustomization = {
  path: string;
  dir: string;
  doc: Record<string, unknown>;
  line: (pointer?: string) => number;
  column?: (pointer?: string) => number;
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

/** What a repository's own configuration says of where it runs. */
export function settingOfConfig({
  role,
  engine,
  memory,
  nodes,
  storage,
  arch,
}: GuardConfig): Partial<Setting> {
  const memoryMiB = memory === undefined ? undefined : readMemory(memory);
  return {
    ...(role !== undefined && { role }),
    ...(engine !== undefined && { engine }),
    ...(memoryMiB !== undefined && { memoryMiB }),
    ...(nodes !== undefined && { nodesPerSite: nodes }),
    ...(storage !== undefined && { storage }),
    ...(arch !== undefined && { arch }),
  };
}

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
    | "refused" // what kustomize would not build, for any other reason
    | "deprecated";
  path: string;
  line: number;
  pointer?: string;
  values: Values;
  mend?: Mend;
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
  /** Position of its document in the file, and the place in that document. */
  index?: number;
  pointer?: string;
  values: Values;
  mend?: Mend;
};

/** One object of a build, with where it was written. */
export type RenderedObject = { doc: Record<string, unknown>; path: string; line: number };

/** What rendering one build target gives. */
export type Rendered =
  | {
      kind: "rendered";
      dir: string;
      objects: RenderedObject[];
      /** Features that were left out of account: what they would change is not seen. */
      without?: string[];
    }
  /** kustomize itself would not build it; the problems say where. */
  | { kind: "refused"; dir: string; reason: string }
  /** It uses what lies outside the subset that is rendered here. */
  | { kind: "unsupported"; dir: string; feature: string };

/** A YAML document of any kind, with where its fields stand, and whether every reader of YAML reads the same in it. */
export type YamlDocument = {
  path: string;
  value: unknown;
  line: (pointer?: string) => number;
  isPlain?: boolean;
};

/** Reads kustomizations out of a tree, without touching disk or network. Implemented by `steps/kustomize.ts`, handed to the guard. */
export type Kustomize = (tree: {
  files: ReadonlyMap<string, string>;
  kustomizations: readonly Kustomization[];
  /** Every document that was read, so that nothing is parsed twice. */
  documents: readonly YamlDocument[];
  /** Files that could not be read whole. */
  broken: ReadonlySet<string>;
}) => { problems: KustomizeProblem[]; targets: string[]; render: (dir: string) => Rendered };

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
  column?: number;
  pointer?: string;
  /** Fill the rule's sentences; what differs by language is a Text. */
  values: Readonly<Record<string, string | number | Text>>;
  /** The build target that made it so; absent where the file itself is at fault. */
  target?: string;
  /** Where the severity of one hit differs from the rule's. */
  severity?: Severity;
  /** What sets it right, where only one thing can. */
  mend?: Mend;
};

/** How severe a rule is: everywhere the same, or by where the tree runs; `off` where it does not apply at all. */
export type RuleSeverity = Severity | Readonly<Record<Setting["role"], Severity | "off">>;

/** One policy rule: one file on the shelf `rules/`, named `<id in lower case>-<what>.ts`. Pure. */
export type Rule = {
  /** As in IMG-01. */
  id: string;
  severity: RuleSeverity;
  /** What must be known of the site for the rule to say anything; without it the rule does not run. */
  needs?: readonly (keyof Setting)[];
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

/** How severe a rule is in a setting; `off` where it does not run. A repository's own configuration wins. */
export function severityIn(
  { id, severity, needs = [] }: Pick<Rule, "id" | "severity" | "needs">,
  setting: Setting,
  config: GuardConfig = {},
): Severity | "off" {
  if (needs.some((name) => setting[name] === undefined)) return "off";
  const own = typeof severity === "string" ? severity : severity[setting.role];
  return own === "off" ? "off" : (config.severity?.[id] ?? own);
}
