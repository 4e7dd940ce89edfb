import { isMap, LineCounter, visit, type YAMLError } from "yaml";
import type { PlainDocument } from "#model/plain-yaml/reader.ts";
import { type PlainPlaces, plainPlaces, readPlain } from "#model/plain-yaml.ts";
import type { Unchecked } from "#model/plan.ts";
import { maxAliasCount, maxDepth, maxYamlBytes, type ParsedYaml, readYaml } from "#model/read-yaml.ts";
import type { Kustomization, Kustomize, Manifest, SyntaxProblem } from "#model/rule.ts";
import { type ChartUse, chartsIn } from "./charts.ts";
import { placeOf, scalarOf } from "./place.ts";
import { ambiguousScalars, mayBeAmbiguous } from "./scalars.ts";
import { isChartTemplate, patchFiles } from "./tree-roles.ts";
import { unchecked } from "./unchecked.ts";

/** One document of any YAML file, Kubernetes or not, parsed once for everybody. */
export type ParsedDocument = {
  path: string;
  index: number;
  value: unknown;
  line: (pointer?: string) => number;
  column: (pointer?: string) => number;
  /** The source of a scalar, quotes and all, and its first line; undefined where something else stands. */
  scalar: (pointer: string) => { text: string; line: number } | undefined;
  /** Whether no reader of YAML reads it in another way. */
  isPlain?: boolean;
};

/** A tree of files, read: what is a manifest, what is a kustomization, and what could not be read. */
export type ParsedTree = {
  manifests: Manifest[];
  kustomizations: Kustomization[];
  syntax: SyntaxProblem[];
  /** Every document, also those that are neither manifest nor kustomization. */
  documents: ParsedDocument[];
  /** What was left alone on purpose, such as the templates of a Helm chart. */
  skipped: Unchecked[];
  /** Files that only patch other objects. */
  patches: ReadonlySet<string>;
  /** Charts of the tree, with the values they are given. */
  charts: readonly ChartUse[];
};

const YAML_FILE = /\.(ya?ml|json)$/i;
const KUSTOMIZATION_FILE = /(^|\/)(kustomization\.ya?ml|Kustomization)$/;
const KUSTOMIZE_GROUP = /^kustomize\.config\.k8s\.io\//;
const BINARY = /[\0-\x08\x0e-\x1f\ufffd]/;
/** Whether a file is read as YAML at all; everything else is left to the rules that ask for its text. */
export function isYaml(path: string): boolean {
  return YAML_FILE.test(path) || KUSTOMIZATION_FILE.test(path);
}

/** Reads every YAML file of a tree the way the cluster would, and keeps the line of every field. */
export function parseTree(files: ReadonlyMap<string, string>): ParsedTree {
  const patches = new Set<string>();
  const tree: ParsedTree = {
    manifests: [],
    kustomizations: [],
    syntax: [],
    documents: [],
    skipped: [],
    patches,
    charts: [],
  };
  for (const [path, content] of files) {
    if (!isYaml(path)) continue;
    // Package manifests, dashboards and the like are JSON too; only objects of Kubernetes concern us.
    if (/\.json$/i.test(path) && !content.includes('"apiVersion"')) continue;
    if (isChartTemplate(path, files)) {
      tree.skipped.push(unchecked(path, "template"));
      continue;
    }
    readFile(path, content, tree);
  }
  for (const path of patchFiles(tree.kustomizations, files.keys(), tree.manifests)) patches.add(path);
  for (const manifest of tree.manifests) manifest.patch = patches.has(manifest.path);
  const { uses, unseen } = chartsIn(files, tree);
  tree.charts = uses;
  tree.skipped.push(...unseen, ...uses.map((use) => use.unseen));
  return tree;
}

/** What reading kustomizations needs of a tree that was parsed already. */
export function forKustomize(
  files: ReadonlyMap<string, string>,
  { kustomizations, documents, syntax }: ParsedTree,
): Parameters<Kustomize>[0] {
  const broken = syntax.filter(({ code }) => code !== "ambiguous-scalar").map(({ path }) => path);
  return { files, kustomizations, documents, broken: new Set(broken) };
}

function readFile(path: string, content: string, tree: ParsedTree): void {
  const refuse = (code: SyntaxProblem["code"], values: SyntaxProblem["values"] = {}) =>
    tree.syntax.push({ code, path, line: 1, values });
  if (content.length > maxYamlBytes || Buffer.byteLength(content) > maxYamlBytes) {
    refuse("too-large", { bytes: Buffer.byteLength(content), limit: maxYamlBytes });
    tree.skipped.push(unchecked(path, "too-large"));
    return;
  }
  if (BINARY.test(content)) {
    refuse("binary");
    return;
  }
  const text = content.startsWith("\ufeff") ? content.slice(1) : content;
  const plain = readPlain(text);
  if (plain !== undefined) {
    readPlainDocuments(plain, { path, text, tree });
    return;
  }
  const lines = new LineCounter();
  const { documents, stopped, tooDeep, mayBeDeep } = readYaml(text, lines);
  if (tooDeep) {
    refuse("too-deep", { limit: maxDepth });
    return;
  }
  const reader = { path, text, lines, tree, ambiguous: mayBeAmbiguous(text), mayBeDeep };
  for (const [index, document] of documents.entries()) readDocument(document, index, reader);
  if (stopped !== undefined) tree.syntax.push(...explain([stopped], [stopped.pos[0], text.length], reader));
  if (documents.every(({ contents }) => contents === null)) readNothing(path, tree);
}

/** kustomize refuses a kustomization that says nothing; left out, nobody would. */
function readNothing(path: string, tree: ParsedTree): void {
  if (!KUSTOMIZATION_FILE.test(path)) return;
  tree.kustomizations.push({ path, dir: folderOf(path), doc: {}, line: () => 1 });
}

/** Plain documents know where they begin; where their fields stand is looked up when somebody asks, which is rare. */
function readPlainDocuments(
  plain: readonly PlainDocument[],
  { path, text, tree }: Pick<Reader, "path" | "text" | "tree">,
): void {
  if (plain.length === 0) readNothing(path, tree);
  let places: PlainPlaces | undefined;
  let whole: { documents: ParsedYaml[]; lines: LineCounter; text: string } | undefined;
  const read = () => {
    if (whole !== undefined) return whole;
    const lines = new LineCounter();
    whole = { documents: readYaml(text, lines).documents, lines, text };
    return whole;
  };
  for (const [index, { value, ...start }] of plain.entries()) {
    if (value === null) continue;
    const placeIn = (pointer: string) => {
      places ??= plainPlaces(text);
      return places(index, pointer) ?? placeOf(read().documents[index]!, read().lines, pointer);
    };
    const line = (pointer = "") => (pointer === "" ? start.line : placeIn(pointer).line);
    const column = (pointer = "") => (pointer === "" ? start.column : placeIn(pointer).col);
    const scalar = (pointer: string) => scalarOf(read().documents[index]!, read(), pointer);
    addDocument({ path, index, value, line, column, scalar, isPlain: true }, tree);
  }
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

type Reader = {
  path: string;
  text: string;
  lines: LineCounter;
  tree: ParsedTree;
  ambiguous: boolean;
  /** Whether the text is indented, bracketed or linked enough to nest deeper than allowed. */
  mayBeDeep: boolean;
};

function readDocument(document: ParsedYaml, index: number, reader: Reader): void {
  const { path, lines, tree } = reader;
  if (document.errors.length > 0) {
    const [start, , end] = document.range;
    tree.syntax.push(...explain(document.errors, [start, end], reader));
    return;
  }
  if (document.contents === null) return;
  const template = templateAt(document, reader);
  if (template !== undefined) {
    const at = lines.linePos(template);
    tree.syntax.push({ code: "template", path, line: at.line, column: at.col, values: {} });
    return;
  }
  // kustomize reads its own file, unlike all others, as YAML 1.1: there `y` is true.
  const isOld = reader.ambiguous && isMap(document.contents) && isKustomization(path, headOf(document));
  const scalars = reader.ambiguous ? ambiguousScalars(document, { path, index, lines, isOld }) : [];
  const value = toValue(document, reader);
  if (value === undefined || value === null) return;
  const line = (pointer = "") => placeOf(document, lines, pointer).line;
  const column = (pointer = "") => placeOf(document, lines, pointer).col;
  const scalar = (pointer: string) => scalarOf(document, reader, pointer);
  if (addDocument({ path, index, value, line, column, scalar }, tree)) tree.syntax.push(...scalars);
}

/** Puts a document where it belongs; says whether it is a manifest or a kustomization. */
function addDocument(document: ParsedDocument, tree: ParsedTree): boolean {
  const { path, index, value, line, column } = document;
  tree.documents.push(document);
  if (!isRecord(value)) return false;
  if (isKustomization(path, value)) {
    tree.kustomizations.push({ path, dir: folderOf(path), doc: value, line, column });
    return true;
  }
  const manifests = toManifests(value, { path, index, line, column });
  tree.manifests.push(...manifests);
  return manifests.length > 0;
}

function headOf(document: ParsedYaml): Record<string, unknown> {
  return { apiVersion: document.get("apiVersion"), kind: document.get("kind") };
}

function isKustomization(path: string, doc: Record<string, unknown>): boolean {
  if (typeof doc.apiVersion === "string" && doc.apiVersion !== "") {
    if (!KUSTOMIZE_GROUP.test(doc.apiVersion)) return false;
    if (doc.kind === undefined || doc.kind === null) return KUSTOMIZATION_FILE.test(path);
    return doc.kind === "Kustomization" || doc.kind === "Component";
  }
  return KUSTOMIZATION_FILE.test(path);
}

/** A document is a manifest when it says what it is; the items of a List are manifests of their own. */
function toManifests(
  doc: Record<string, unknown>,
  where: Omit<ParsedDocument, "value" | "scalar">,
): Manifest[] {
  const { apiVersion, kind, items } = doc;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return [];
  if (kind.endsWith("List") && Array.isArray(items)) {
    return items.flatMap((item, i) => {
      if (!isRecord(item)) return [];
      const line = (pointer = "") => where.line(`/items/${i}${pointer}`);
      const column = (pointer = "") => where.column(`/items/${i}${pointer}`);
      // Typed lists such as ConfigMapList leave out what each item is.
      const own = kind === "List" ? {} : { apiVersion, kind: kind.slice(0, -4) };
      return toManifests({ ...own, ...item }, { ...where, line, column });
    });
  }
  const metadata = isRecord(doc.metadata) ? doc.metadata : {};
  const word = (value: unknown) => (typeof value === "string" ? value : "");
  const name = word(metadata.name) || word(metadata.generateName);
  return [{ ...where, doc, apiVersion, kind, name, namespace: word(metadata.namespace), patch: false }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toValue(document: ParsedYaml, { path, tree, mayBeDeep }: Reader): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount });
    if (!mayBeDeep || !isDeeper(value, maxDepth)) return value;
    tree.syntax.push({ code: "too-deep", path, line: 1, values: { limit: maxDepth } });
  } catch (error) {
    const isBomb = error instanceof ReferenceError && /excessive/i.test(error.message);
    const code = error instanceof RangeError ? "too-deep" : isBomb ? "alias-bomb" : "syntax";
    const limit = code === "too-deep" ? maxDepth : maxAliasCount;
    // Besides aliases that lead nowhere, the library throws what it finds wrong with merge keys.
    tree.syntax.push({ code, path, line: 1, values: { limit, reason: (error as Error).message } });
  }
  return undefined;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const key in value) {
    if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  }
  return false;
}

function explain(
  errors: readonly YAMLError[],
  [start, end]: readonly [number, number],
  { path, lines, text }: Reader,
): SyntaxProblem[] {
  const first = errors.find((e) => e.code === "DUPLICATE_KEY") ?? errors[0]!;
  const at = lines.linePos(first.pos[0]);
  // A document may end where its error stands, before the braces that made it one.
  const line = text.slice(text.lastIndexOf("\n", first.pos[0]) + 1).split("\n", 1)[0]!;
  const templated = text.slice(start, end).includes("{{") || line.includes("{{");
  const where = { path, line: Math.max(1, at.line), column: Math.max(1, at.col) };
  if (templated && first.code !== "DUPLICATE_KEY") return [{ code: "template", ...where, values: {} }];
  if (errors.every((e) => e.code === "DUPLICATE_KEY")) {
    return errors.map((e) => {
      const pos = lines.linePos(e.pos[0]);
      const key = text.slice(e.pos[0], e.pos[1]).replace(/:.*/s, "").trim();
      return { code: "duplicate-key", path, line: pos.line, column: pos.col, values: { key } };
    });
  }
  const reason = first.message.split("\n")[0]!.replace(/ at line \d+.*$/, "");
  return [{ code: "syntax", ...where, values: { reason } }];
}

/** `{{ .Values.x }}` outside quotes reads as a mapping whose key is a mapping: an unrendered template. */
function templateAt(document: ParsedYaml, { text }: Reader): number | undefined {
  const [start, , end] = document.range;
  if (!text.slice(start, end).includes("{{")) return undefined;
  let found: number | undefined;
  visit(document, {
    Pair(_, pair) {
      if (!isMap(pair.key)) return undefined;
      found = pair.key.range?.[0] ?? start;
      return visit.BREAK;
    },
  });
  return found;
}
