import { findRemovedApi } from "#catalogue/removed-apis.ts";
import { matchesGlob } from "#model/glob.ts";
import type { GuardConfig } from "#model/guard-config.ts";
import { nearestNames } from "#model/nearest.ts";
import type { Finding, Report, Suppressed, Unchecked } from "#model/plan.ts";
import { sayRelease } from "#model/release.ts";
import {
  type Kustomization,
  type Kustomize,
  type Manifest,
  type Rule,
  type RuleContext,
  type Setting,
  settingOfConfig,
  severityIn,
} from "#model/rule.ts";
import type { Schemas } from "#model/schema.ts";
import { text } from "#model/text.ts";
import { withColumns } from "./guard/columns.ts";
import { readContext } from "./guard/context.ts";
import { withEmbedded } from "./guard/embedded.ts";
import { fleetFiles } from "./guard/fleet-files.ts";
import { fragmentsOf } from "./guard/fragments.ts";
import { type ConfigSource, configIgnores, readIgnores, withoutIgnored } from "./guard/ignore.ts";
import { sayUnknownRule } from "./guard/ignore-sentences.ts";
import { mendOfRemoved, mendOfViolation, mendScalars } from "./guard/mends.ts";
import { upToMost } from "./guard/most.ts";
import { findNameless } from "./guard/nameless.ts";
import { checkNodes, type NodeChecker } from "./guard/nodes.ts";
import { type ParsedTree, parseTree } from "./guard/parse.ts";
import { findInRendered } from "./guard/rendered.ts";
import { ownRules, type Statement, sayRemoved, sayViolation, withTarget } from "./guard/sentences.ts";
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
  /** What the repository says of itself in `edgewright.yaml`. The setting wins where both say something, so its role must already be chosen (`settingOfConfig`). */
  config?: GuardConfig;
  configSource?: ConfigSource;
  /** Reads the tree; for who checks the same files again and has kept what was read. */
  parse?: typeof parseTree;
  /** Whether only some files of a repository were handed over: then an unneeded exception is not reported. */
  partial?: boolean;
  /** The files that count as checked, where others are only there to be referred to; all of them otherwise. */
  counted?: ReadonlySet<string>;
};

/** Checks a tree of files: schemas, removed APIs, node configuration, kustomizations, policy. Never throws for a bad file. */
export function guard(files: readonly { path: string; content: string }[], given: GuardContext): Report {
  const { schemas, distros, kustomize, config = {} } = given;
  const context = { ...given, setting: { ...settingOfConfig(config), ...given.setting } };
  const texts = new Map(files.map(({ path, content }) => [path, content]));
  const tree = (given.parse ?? parseTree)(texts);
  const nodes = checkNodes(tree.documents, distros, texts);
  const fleet = fleetFiles(tree.documents);
  const seen = readContext(texts, tree, { kustomize, setting: context.setting });
  const unnamed = [...tree.kustomizations.map(asManifest), ...fleet.map(({ manifest }) => manifest)];
  const manifests = [...tree.manifests, ...unnamed, ...seen.patches, ...nodes.manifests];
  const kinds = checkKinds(manifests.flatMap(withEmbedded), schemas, fragmentsOf(tree));
  const nameless = findNameless(tree, nodes.checked);
  const rules = runRules(context, { ...seen.context, syntax: mendScalars(tree, schemas) });
  const places = (findings: readonly Finding[]) => new Set(findings.map(placeKey));
  const [atNodes, atRules] = [places(nodes.findings), places(rules.findings)];
  const atKustomize = places(rules.findings.filter(({ rule }) => rule.startsWith("KUST-")));
  // Where a distribution or a rule speaks of the same field, it has the better sentence.
  const fromSchemas = kinds.findings.filter((finding) => {
    const { rule } = finding;
    const place = placeKey(finding);
    return !atNodes.has(place) && !(rule === "SCHEMA-04" && atRules.has(place)) && !atKustomize.has(place);
  });
  const excluded = excludedFiles(texts.keys(), config);
  const isIn = ({ path }: { path: string }) => !excluded.paths.has(path);
  const isCounted = ({ path }: { path: string }) => given.counted?.has(path) ?? true;
  const built = findInRendered(seen.context.effective, schemas, kinds.findings);
  const all = [
    ...[...fromSchemas, ...built, ...nameless.findings],
    ...[...nodes.findings, ...rules.findings],
  ].filter(isIn);
  const first = upToMost(inOrder(all));
  const found = inOrder(withColumns(first.findings, tree, seen.patches));
  const { findings, suppressed } = accept(found, files.filter(isIn), context);
  const last = upToMost(inOrder(findings));
  return {
    findings: last.findings,
    checked: countChecked(
      tree,
      [...kinds.checked, ...nameless.checked, ...nodes.checked],
      (place) => isIn(place) && isCounted(place),
    ),
    unchecked: [
      ...[
        ...kinds.unchecked,
        ...otherDocuments(
          tree,
          new Set([...nodes.checked, ...nameless.checked, ...fleet.map(({ document }) => document)]),
        ),
        ...tree.skipped,
        ...seen.unchecked,
        ...nodes.unchecked,
        ...rules.unchecked,
      ].filter(isIn),
      ...first.unchecked,
      ...last.unchecked,
      ...excluded.unchecked,
      ...suppressed.map(({ finding: { path, rule, line }, reason }) =>
        unchecked(path, "ignored", { rule, line: String(line), reason }),
      ),
    ],
    ...(suppressed.length > 0 && { suppressed }),
    against: { ...kinds.against, ...nodes.against },
    checks: ["schema", "catalogue", "kustomize", "policy"],
  };
}

/** A file holds many documents with the same fields; the line tells them apart. */
function placeKey({ path, line, pointer }: Finding): string {
  return `${path}\0${line}\0${pointer}`;
}

/** Files the configuration leaves out: still there to be referred to, but nothing is said of them. */
function excludedFiles(
  paths: Iterable<string>,
  { exclude = [] }: GuardConfig,
): { paths: Set<string>; unchecked: Unchecked[] } {
  const left = new Set<string>();
  const counts = new Map<string, number>();
  if (exclude.length > 0) {
    for (const path of paths) {
      const glob = exclude.find((one) => matchesGlob(path, one));
      if (glob === undefined) continue;
      left.add(path);
      counts.set(glob, (counts.get(glob) ?? 0) + 1);
    }
  }
  return {
    paths: left,
    unchecked: [...counts].map(([glob, count]) => unchecked(glob, "excluded", { count })),
  };
}

/** What comments and the configuration accept is taken out and counted: a finding accepted is not a check passed. */
function accept(
  found: readonly Finding[],
  files: readonly { path: string; content: string }[],
  { rules, setting, config = {}, configSource, ignores = true, partial = false }: GuardContext,
): { findings: Finding[]; suppressed: Suppressed[] } {
  if (!ignores) return { findings: [...found], suppressed: [] };
  const source = configSource ?? { path: "edgewright.yaml", line: () => 1 };
  const known = new Set([...rules.map(({ id }) => id), ...ownRules]);
  const off = new Set(
    rules.filter((rule) => severityIn(rule, setting, config) === "off").map(({ id }) => id),
  );
  const spoken = [
    ...files.flatMap(({ path, content }) => readIgnores(path, content)),
    ...configIgnores(config, source),
  ];
  const { findings, suppressed } = withoutIgnored(found, spoken, { known, off, partial });
  for (const rule of Object.keys(config.severity ?? {})) {
    if (known.has(rule)) continue;
    const statement = sayUnknownRule(rule, nearestNames(rule, known));
    findings.push({ ...statement, path: source.path, line: source.line(`/severity/${rule}`) });
  }
  return { findings, suppressed };
}

type KindFindings = {
  findings: Finding[];
  unchecked: Unchecked[];
  against: Record<string, string>;
  checked: Set<Manifest>;
};

/** A kustomization as the object it is; the file may leave out what kind that is. */
function asManifest({ path, doc, line, column }: Kustomization): Manifest {
  const { apiVersion = "kustomize.config.k8s.io/v1beta1", kind = "Kustomization" } = doc;
  const whole = { apiVersion: String(apiVersion), kind: String(kind) };
  return {
    ...whole,
    path,
    index: 0,
    doc: { ...whole, ...doc },
    name: "",
    namespace: "",
    line,
    patch: false,
    ...(column && { column }),
  };
}

/** Every manifest against the schema of its kind; a kind without one is named, never passed. */
function checkKinds(
  manifests: readonly Manifest[],
  schemas: Schemas,
  isFragment: ReturnType<typeof fragmentsOf>,
): KindFindings {
  const result: KindFindings = { findings: [], unchecked: [], against: {}, checked: new Set() };
  for (const manifest of manifests) {
    const { apiVersion, kind, path, doc, patch } = manifest;
    const removed = findRemovedApi(apiVersion, kind);
    if (removed !== undefined) {
      const removal = place(sayRemoved(removed, kind), manifest, "/apiVersion");
      result.findings.push({ ...removal, ...(manifest.embedded ? undefined : mendOfRemoved(removed, kind)) });
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
    if (!patch && isFragment(manifest, violations)) {
      result.unchecked.push(unchecked(path, "fragment", { kind, name: manifest.name }));
      continue;
    }
    if (violations.length === 0) continue;
    const release = sayRelease(name, version);
    for (const violation of violations) {
      const statement = sayViolation(violation, kind, release);
      const found = place(statement, manifest, violation.pointer);
      // An edit is found by its place in the whole document.
      const mend = manifest.embedded ? undefined : mendOfViolation(violation, doc);
      result.findings.push({ ...found, ...mend });
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

/** Runs every rule; one that throws is named as unchecked, and the others still run. */
function runRules(
  { rules, config }: GuardContext,
  context: RuleContext,
): { findings: Finding[]; unchecked: Unchecked[] } {
  const findings: Finding[] = [];
  const failed: Unchecked[] = [];
  const patches = new Set(context.manifests.filter(({ patch }) => patch).map(({ path }) => path));
  for (const rule of rules) {
    const severity = severityIn(rule, context.setting, config);
    if (severity === "off") continue;
    const chosen = config?.severity?.[rule.id] !== undefined;
    try {
      const hits = rule.check(context);
      const saidOfPatches = new Set(
        hits.filter(({ path }) => patches.has(path)).map(({ values }) => JSON.stringify(values)),
      );
      for (const hit of hits) {
        // What a patch brings is said of the patch, not again of the file it changes.
        if (hit.target !== undefined && saidOfPatches.has(JSON.stringify(hit.values))) continue;
        findings.push({
          rule: rule.id,
          severity: chosen ? severity : (hit.severity ?? severity),
          path: hit.path,
          line: Math.max(1, Math.trunc(hit.line) || 1),
          ...(hit.column === undefined ? {} : { column: hit.column }),
          ...(hit.pointer === undefined ? {} : { pointer: hit.pointer }),
          message: withTarget(text(rule.message, hit.values), hit.target),
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
function otherDocuments(tree: ParsedTree, checked: ReadonlySet<object>): Unchecked[] {
  const known = new Set<string>(tree.patches);
  for (const { path } of tree.manifests) known.add(path);
  for (const { path } of tree.kustomizations) known.add(path);
  const others = tree.documents.filter((document) => !checked.has(document) && !known.has(document.path));
  return [...new Set(others.map(({ path }) => path))].map((path) => unchecked(path, "no-schema"));
}

type Place = { path: string; index: number };

/** Counts YAML documents; one that is manifest and node configuration at once counts once. */
function countChecked(
  { kustomizations }: ParsedTree,
  documents: readonly Place[],
  isIn: (place: Place) => boolean,
): Report["checked"] {
  const places = [...documents, ...kustomizations.map(({ path }) => ({ path, index: 0 }))].filter(isIn);
  return {
    files: new Set(places.map(({ path }) => path)).size,
    documents: new Set(places.map(({ path, index }) => `${path}\0${index}`)).size,
  };
}
