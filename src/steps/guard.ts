import { findRemovedApi } from "#catalogue/removed-apis.ts";
import type { Finding, Report, Suppressed, Unchecked } from "#model/plan.ts";
import type { Kustomize, Manifest, Rule, RuleContext, Setting } from "#model/rule.ts";
import type { Schemas } from "#model/schema.ts";
import { text } from "#model/text.ts";
import { withColumns } from "./guard/columns.ts";
import { effectiveManifests } from "./guard/effective.ts";
import { findIgnore, type Ignore, readIgnores } from "./guard/ignore.ts";
import { inlinePatches } from "./guard/inline-patches.ts";
import { checkNodes, type NodeChecker } from "./guard/nodes.ts";
import { type ParsedTree, parseTree } from "./guard/parse.ts";
import { type Statement, sayNoReason, sayRemoved, sayViolation } from "./guard/sentences.ts";
import { unchecked } from "./guard/unchecked.ts";

/** What the guard is given: it knows no shelf by itself. */
export type GuardContext = {
  rules: readonly Rule[];
  schemas: Schemas;
  kustomize: Kustomize;
  distros: readonly NodeChecker[];
  setting: Setting;
  /** Whether comments may switch a rule off. Not for what a model wrote: it would excuse itself. */
  ignores?: boolean;
};

/** Checks a tree of files: schemas, removed APIs, node configuration, kustomizations, policy. Never throws for a bad file. */
export function guard(files: readonly { path: string; content: string }[], context: GuardContext): Report {
  const { schemas, distros, kustomize, ignores = true } = context;
  const texts = new Map(files.map(({ path, content }) => [path, content]));
  const tree = parseTree(texts);
  const nodes = checkNodes(tree.documents, distros, texts);
  const patches = inlinePatches(tree);
  const manifests = [...tree.manifests, ...patches];
  const kinds = checkKinds(manifests, schemas);
  const read = readKustomizations(texts, tree, kustomize);
  const { effective, unchecked: unrendered } = effectiveManifests(tree.manifests, read);
  const rules = runRules(context, {
    manifests,
    kustomizations: tree.kustomizations,
    effective,
    kustomize: read.problems,
    syntax: tree.syntax,
    paths: new Set(texts.keys()),
    text: (path) => texts.get(path),
    setting: context.setting,
  });
  const places = (findings: readonly Finding[]) =>
    new Set(findings.map(({ path, pointer }) => `${path}${pointer}`));
  const [atNodes, atRules] = [places(nodes.findings), places(rules.findings)];
  // Where a distribution or a rule speaks of the same field, it has the better sentence.
  const fromSchemas = kinds.findings.filter(({ rule, path, pointer }) => {
    const place = `${path}${pointer}`;
    return !atNodes.has(place) && !(rule === "SCHEMA-04" && atRules.has(place));
  });
  const found = withColumns([...fromSchemas, ...nodes.findings, ...rules.findings], tree, patches);
  const spoken = files.flatMap(({ path, content }) => readIgnores(path, content));
  const { findings, ignored, suppressed } = ignores
    ? withoutIgnored(found, spoken)
    : { findings: found, ignored: [], suppressed: [] };
  return {
    findings: inOrder(findings),
    checked: countChecked(tree, kinds.checked, nodes.checked),
    unchecked: [
      ...kinds.unchecked,
      ...otherDocuments(tree, nodes.checked),
      ...tree.skipped,
      ...unrendered,
      ...read.unchecked,
      ...nodes.unchecked,
      ...rules.unchecked,
      ...ignored,
    ],
    ...(suppressed.length > 0 && { suppressed }),
    against: { ...kinds.against, ...nodes.against },
    checks: ["schema", "catalogue", "kustomize", "policy"],
  };
}

type KindFindings = {
  findings: Finding[];
  unchecked: Unchecked[];
  against: Record<string, string>;
  checked: Set<Manifest>;
};

/** Every manifest against the schema of its kind; a kind without one is named, never passed. */
function checkKinds(manifests: readonly Manifest[], schemas: Schemas): KindFindings {
  const result: KindFindings = { findings: [], unchecked: [], against: {}, checked: new Set() };
  for (const manifest of manifests) {
    const { apiVersion, kind, path, doc, patch } = manifest;
    const removed = findRemovedApi(apiVersion, kind);
    if (removed !== undefined) {
      result.findings.push(place(sayRemoved(removed, kind), manifest, "/apiVersion"));
      result.checked.add(manifest);
      continue;
    }
    const violations = schemas.check(doc, { patch });
    if (violations === undefined) {
      result.unchecked.push({ path, what: `${apiVersion} ${kind}` });
      continue;
    }
    result.checked.add(manifest);
    const [name, version] = schemas.release(apiVersion) ?? ["Kubernetes", ""];
    if (version !== "") result.against[name] = version;
    for (const violation of violations) {
      const statement = sayViolation(violation, kind, `${name} ${version}`.trim());
      result.findings.push(place(statement, manifest, violation.pointer));
    }
  }
  return result;
}

function place(
  statement: Statement,
  { path, line }: Pick<Manifest, "path" | "line">,
  pointer: string,
): Finding {
  return { ...statement, path, line: line(pointer), pointer };
}

type ReadTree = ReturnType<Kustomize> & { unchecked: Unchecked[] };

function readKustomizations(
  texts: ReadonlyMap<string, string>,
  tree: ParsedTree,
  kustomize: Kustomize,
): ReadTree {
  if (tree.kustomizations.length === 0) return { ...nothingRead, unchecked: [] };
  try {
    return { ...kustomize(texts, tree.kustomizations, tree.manifests), unchecked: [] };
  } catch (error) {
    return { ...nothingRead, unchecked: [unchecked(".", "kustomizations", { message: messageOf(error) })] };
  }
}

const nothingRead: ReturnType<Kustomize> = {
  problems: [],
  targets: [],
  render: (dir) => ({ kind: "unsupported", dir, feature: "kustomization" }),
};

/** Runs every rule; one that throws is named as unchecked, and the others still run. */
function runRules(
  { rules }: GuardContext,
  context: RuleContext,
): { findings: Finding[]; unchecked: Unchecked[] } {
  const findings: Finding[] = [];
  const failed: Unchecked[] = [];
  for (const rule of rules) {
    try {
      for (const hit of rule.check(context)) {
        findings.push({
          rule: rule.id,
          severity: hit.severity ?? rule.severity,
          path: hit.path,
          line: Math.max(1, Math.trunc(hit.line) || 1),
          ...(hit.column === undefined ? {} : { column: hit.column }),
          ...(hit.pointer === undefined ? {} : { pointer: hit.pointer }),
          message: text(rule.message, hit.values),
          fix: text(rule.fix, hit.values),
          source: rule.source,
          ...(hit.mend === undefined ? {} : { mend: hit.mend }),
        });
      }
    } catch (error) {
      failed.push(unchecked(".", "rule", { rule: rule.id, message: messageOf(error) }));
    }
  }
  return { findings, unchecked: failed };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Takes out what a comment excuses, and says so: an ignored finding is not a passed check. */
function withoutIgnored(
  found: readonly Finding[],
  ignores: readonly Ignore[],
): { findings: Finding[]; ignored: Unchecked[]; suppressed: Suppressed[] } {
  const findings: Finding[] = [];
  const suppressed: Suppressed[] = [];
  const ignored = new Map<string, Unchecked>();
  for (const finding of found) {
    const ignore = findIgnore(finding, ignores);
    if (ignore === undefined) findings.push(finding);
    else {
      const { path, rule, reason } = ignore;
      suppressed.push({ finding, reason, by: "comment" });
      const named = unchecked(path, "ignored", { rule, line: String(finding.line), reason });
      ignored.set(`${path}${named.what}`, named);
    }
  }
  for (const { path, line, rule, reason } of ignores) {
    if (reason === "") findings.push({ ...sayNoReason(rule), path, line });
  }
  return { findings, ignored: [...ignored.values()], suppressed };
}

/** By path and line, blocking ones first; the same thing said of the same place once. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const once = new Map<string, Finding>();
  for (const finding of findings) {
    const { rule, path, line, message } = finding;
    const key = [rule, path, line, message.en].join("\0");
    if (!once.has(key)) once.set(key, finding);
  }
  return [...once.values()].sort(
    (a, b) =>
      compare(a.path, b.path) ||
      a.line - b.line ||
      compare(a.severity, b.severity) ||
      compare(a.rule, b.rule) ||
      compare(a.message.en, b.message.en),
  );
}

// Not localeCompare: the order must be the same on every machine.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** YAML that is no object of Kubernetes: values of a chart, settings of a tool. No schema says what they may hold. */
function otherDocuments(tree: ParsedTree, nodes: ReadonlySet<object>): Unchecked[] {
  const known = new Set<string>(tree.patches);
  for (const { path } of tree.manifests) known.add(path);
  for (const { path } of tree.kustomizations) known.add(path);
  const others = tree.documents.filter((document) => !nodes.has(document) && !known.has(document.path));
  return [...new Set(others.map(({ path }) => path))].map((path) => unchecked(path, "no-schema"));
}

type Place = { path: string; index: number };

/** Counts YAML documents; one that is manifest and node configuration at once counts once. */
function countChecked(
  { kustomizations }: ParsedTree,
  manifests: ReadonlySet<Place>,
  nodes: ReadonlySet<Place>,
): Report["checked"] {
  const places = [...manifests, ...nodes, ...kustomizations.map(({ path }) => ({ path, index: 0 }))];
  return {
    files: new Set(places.map(({ path }) => path)).size,
    documents: new Set(places.map(({ path, index }) => `${path}\0${index}`)).size,
  };
}
