import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
  visit,
  type YAMLError,
} from "yaml";
import type { Unchecked } from "#model/plan.ts";
import type { Kustomization, Kustomize, Manifest, SyntaxProblem } from "#model/rule.ts";
import { oldNumber, sharedSchema } from "#model/scalar.ts";
import { type ChartUse, chartsIn } from "./charts.ts";
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

/** etcd refuses objects above 1.5 MiB; nothing a person reviews comes near it (https://etcd.io/docs/v3.6/dev-guide/limit/). */
const maxFileBytes = 1_000_000;
/** The deepest CustomResourceDefinition of Argo CD nests about 60 levels; a hundred deeper is an attack. */
const maxDepth = 160;
/** Brackets are counted without looking at quotes, so the limit leaves room for a text full of lone brackets. */
const maxBrackets = 2_000;
/** With fewer, and no line far in, nothing can be too deep. */
const fewBrackets = 40;
/** Aliases one document may resolve; gitops repositories use a handful. */
const maxAliasCount = 50;

const YAML_FILE = /\.(ya?ml|json)$/i;
const KUSTOMIZATION_FILE = /(^|\/)(kustomization\.ya?ml|Kustomization)$/;
const KUSTOMIZE_GROUP = /^kustomize\.config\.k8s\.io\//;
const BINARY = /[\0-\x08\x0e-\x1f\ufffd]/;
/** YAML 1.1, which the cluster reads, takes these for booleans and numbers; YAML 1.2 does not. */
const AMBIGUOUS = /^(?:[yn]|yes|no|on|off)$|^[-+]?0\d+$|^[-+]?\d[\d_]*_\d[\d_]*$/i;
/** Such a word where a scalar begins and ends: after an indicator or space, before the end of what it is in. */
const MAYBE_AMBIGUOUS =
  /(?:^|[\s[{,:-])(?:[yn]|yes|no|on|off|[-+]?0\d+|[-+]?\d[\d_]*_\d[\d_]*)[ \t]*(?:$|[#:,\]}\r])/im;
/** A line that begins so far in that, with forty brackets, it may be deeper than allowed: one level a column at most. */
const FAR_IN = /^[ ?:-]{80}/m;
const OLD_OCTAL = /^0[0-7]+$/;
const OLD_TRUE = /^(?:y|yes|on)$/i;
const OLD_BOOLEAN = /^(?:[yn]|yes|no|on|off)$/i;
const FILE_MODE = /^(defaultMode|mode)$/;

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
  if (content.length > maxFileBytes || Buffer.byteLength(content) > maxFileBytes) {
    refuse("too-large", { bytes: Buffer.byteLength(content), limit: maxFileBytes });
    return;
  }
  if (BINARY.test(content)) {
    refuse("binary");
    return;
  }
  const text = content.startsWith("\ufeff") ? content.slice(1) : content;
  const brackets = bracketDepth(text);
  if (brackets > maxBrackets) {
    refuse("too-deep", { limit: maxDepth });
    return;
  }
  const lines = new LineCounter();
  const documents = readDocuments(text, lines);
  if (documents === undefined) {
    refuse("too-deep", { limit: maxDepth });
    return;
  }
  const hints = { ambiguous: MAYBE_AMBIGUOUS.test(text), mayBeDeep: mayBeDeep(text, brackets) };
  const reader = { path, text, lines, tree, ...hints };
  for (const [index, document] of documents.entries()) readDocument(document, index, reader);
  // kustomize refuses a kustomization that says nothing; left out, nobody would.
  if (KUSTOMIZATION_FILE.test(path) && documents.every(({ contents }) => contents === null)) {
    tree.kustomizations.push({ path, dir: folderOf(path), doc: {}, line: () => 1 });
  }
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

type ParsedYaml = Document.Parsed<ParsedNode, true>;

function readDocuments(text: string, lineCounter: LineCounter): ParsedYaml[] | undefined {
  try {
    const options = { version: "1.2", uniqueKeys: true, lineCounter, schema: sharedSchema() } as const;
    const documents = parseAllDocuments(text, { ...options, prettyErrors: false, logLevel: "error" });
    return "empty" in documents ? [] : documents;
  } catch (error) {
    // The composer recurses; deep indentation ends in a RangeError before it ends in memory.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Flow collections nest without indentation, so a short file can nest very deep; quotes are ignored on purpose. */
function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 91 || c === 123) deepest = Math.max(deepest, ++depth);
    else if (c === 93 || c === 125) depth = Math.max(0, depth - 1);
    else if (c === 10 && depth > 0 && text.startsWith("---", i + 1)) depth = 0;
  }
  return deepest;
}

/** Every level stands further in, but for lists right below their key; an alias may bring any depth along. */
function mayBeDeep(text: string, brackets: number): boolean {
  return FAR_IN.test(text) || brackets > fewBrackets || text.includes("&");
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
    tree.syntax.push(...explain(document, document.errors, reader));
    return;
  }
  if (document.contents === null) return;
  const template = templateAt(document, reader);
  if (template !== undefined) {
    const at = lines.linePos(template);
    tree.syntax.push({ code: "template", path, line: at.line, column: at.col, values: {} });
    return;
  }
  const scalars = reader.ambiguous ? ambiguousScalars(document, index, reader) : [];
  const value = toValue(document, reader);
  if (value === undefined || value === null) return;
  const line = (pointer = "") => placeOf(document, lines, pointer).line;
  const column = (pointer = "") => placeOf(document, lines, pointer).col;
  const scalar = (pointer: string) => scalarOf(document, reader, pointer);
  tree.documents.push({ path, index, value, line, column, scalar });
  if (!isRecord(value)) return;
  if (isKustomization(path, value)) {
    tree.kustomizations.push({ path, dir: folderOf(path), doc: value, line, column });
    tree.syntax.push(...scalars);
    return;
  }
  const manifests = toManifests(value, { path, index, line, column });
  if (manifests.length === 0) return;
  tree.manifests.push(...manifests);
  tree.syntax.push(...scalars);
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
    if (error instanceof ReferenceError && /alias/i.test(error.message)) {
      const code = /excessive/i.test(error.message) ? "alias-bomb" : "syntax";
      tree.syntax.push({ code, path, line: 1, values: { limit: maxAliasCount, reason: error.message } });
      return undefined;
    }
    if (!(error instanceof RangeError)) throw error;
    tree.syntax.push({ code: "too-deep", path, line: 1, values: { limit: maxDepth } });
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

function explain(document: ParsedYaml, errors: readonly YAMLError[], reader: Reader): SyntaxProblem[] {
  const { path, lines, text } = reader;
  const [start, , end] = document.range;
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

/** Scalars kustomize, kubectl and YAML 1.2 read differently. File modes are the one place where octal is meant. */
function ambiguousScalars(document: ParsedYaml, index: number, { path, lines }: Reader): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  // kustomize reads its own file, unlike all others, as YAML 1.1: there `y` is true.
  const isOld = isMap(document.contents) && isKustomization(path, headOf(document));
  visit(document, {
    Scalar(role, node, ancestors) {
      if (node.type !== "PLAIN" || !node.source || !AMBIGUOUS.test(node.source)) return;
      // The cluster reads 0644 as octal and 1_000 as a thousand, and so must every check after this one.
      node.value = oldNumber(node.source) ?? node.value;
      if (isOld && OLD_BOOLEAN.test(node.source)) node.value = OLD_TRUE.test(node.source);
      if (OLD_OCTAL.test(node.source)) {
        const pair = ancestors.at(-1);
        const key = role === "value" && isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : "";
        if (FILE_MODE.test(key)) return;
      }
      const at = lines.linePos(node.range?.[0] ?? 0);
      const values = { value: node.source, place: role === "key" ? "key" : "value" };
      const pointer = pointerOf(role, ancestors);
      const place = { path, line: at.line, column: at.col, index, ...(pointer !== undefined && { pointer }) };
      problems.push({ code: "ambiguous-scalar", ...place, values });
    },
  });
  return problems;
}

/** Where a scalar stands in its document; undefined below a key that is no name. */
function pointerOf(role: unknown, ancestors: readonly unknown[]): string | undefined {
  let pointer = typeof role === "number" ? `/${role}` : "";
  for (let i = ancestors.length - 1; i >= 0; i--) {
    const [node, parent] = [ancestors[i], ancestors[i - 1]];
    if (isPair(node)) {
      if (!isScalar(node.key)) return undefined;
      pointer = `/${String(node.key.value).replaceAll("~", "~0").replaceAll("/", "~1")}${pointer}`;
    } else if (isSeq(parent)) pointer = `/${parent.items.indexOf(node)}${pointer}`;
  }
  return pointer;
}

function placeOf(document: ParsedYaml, lines: LineCounter, pointer: string): { line: number; col: number } {
  const { line, col } = lines.linePos(find(document, pointer).offset);
  return { line: Math.max(1, line), col: Math.max(1, col) };
}

function scalarOf(document: ParsedYaml, { text, lines }: Reader, pointer: string) {
  const { node, whole } = find(document, pointer);
  const scalar = isAlias(node) ? node.resolve(document) : node;
  if (!whole || !isScalar(scalar) || !scalar.range) return undefined;
  const [start, end] = scalar.range;
  return { text: text.slice(start, end), line: Math.max(1, lines.linePos(start).line) };
}

/** The node a pointer leads to, or the last one on the way where it leads nowhere. */
function find(document: ParsedYaml, pointer: string): { node: unknown; offset: number; whole: boolean } {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? document.range[0];
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === name);
      if (pair === undefined) return { node, offset, whole: false };
      offset = (pair.key as ParsedNode).range[0];
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(name)];
      if (item === undefined) return { node, offset, whole: false };
      offset = (item as ParsedNode).range?.[0] ?? offset;
      node = item;
    } else return { node, offset, whole: false };
  }
  return { node, offset, whole: true };
}
