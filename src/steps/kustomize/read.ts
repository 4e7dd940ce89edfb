import { posix } from "node:path";
import { isScalar, visit } from "yaml";
import { type ParsedYaml, readYaml, yamlValues } from "#model/read-yaml.ts";
import type { Kustomization, Kustomize } from "#model/rule.ts";
import { MAYBE_OLD_NUMBER, oldNumber } from "#model/scalar.ts";
import { type Fields, isMap } from "#model/value.ts";
import { foldersOf, isKustomizationFile, normaliseDir, resolve } from "./paths.ts";

/** An object with where it stands. */
export type Read = { doc: Fields; line: number };

/** Why a file gave no objects: kustomize refuses what it holds, or we cannot say what kustomize would read in it. */
export type Unread = { reason: string; certain: boolean };

/** The tree as kustomize would see it, parsed once. */
export type Tree = {
  files: ReadonlyMap<string, string>;
  folders: ReadonlySet<string>;
  /** The path a reference in a folder means; nothing when it leaves the tree. */
  resolve: (dir: string, reference: string) => string | undefined;
  /** By folder, the root as "". */
  kustomizations: ReadonlyMap<string, Kustomization>;
  /** Folders with more than one kustomization file, which kustomize refuses. */
  doubled: ReadonlySet<string>;
  /** Folders whose kustomization is read in another way by kustomize than by us. */
  oddBreaks: ReadonlySet<string>;
  /** Objects of a file that is named as a resource. */
  objects: (path: string) => Read[] | Unread;
  /** Everything in a file that is named as a patch: mappings, or lists of JSON patch operations. */
  documents: (path: string) => unknown[] | undefined;
};

/** kustomize writes a plain date as a full timestamp, which no other reader of the tree does. */
const PLAIN_DATE = /(?:^|[:-]|\s)\s+\d{4}-\d\d?-\d\d?(?:\s*$|[Tt ]\d)/m;
const MAYBE_KEY_OF_NO_TEXT = /(?:^|[{,]|- )[ \t]*(?:true|false|null|~|[-+]?[.\d][\w.+-]*)[ \t]*:(?:\s|$)/im;
const DATE = /^(\d{4}-\d\d?-\d\d?)(?:[Tt]|[ \t]+)?/;
/** Characters that end a line for who reads YAML 1.1, as kustomize does its own file. */
const ODD_BREAK = /[\u0085\u2028\u2029]/;
const OLD_BOOLEAN = /\b(?:y|n|yes|no|on|off)\b/i;

/** Parses YAML text into its documents, empty ones left out; `undefined` when it has an error. */
export function parseDocuments(text: string, version: "1.1" | "1.2" = "1.2"): unknown[] | undefined {
  const isOdd = version === "1.2" && (MAYBE_OLD_NUMBER.test(text) || PLAIN_DATE.test(text));
  const change = (document: ParsedYaml) => visit(document, { Scalar: asKustomize });
  const values = yamlValues(text, { version, ...(isOdd && { change }) });
  return values?.filter((value) => value !== null && value !== undefined);
}

function asKustomize(role: unknown, node: unknown): void {
  if (!isScalar(node) || role === "key" || node.type !== "PLAIN" || !node.source) return;
  const number = oldNumber(node.source);
  if (number !== undefined) node.value = number;
  else if (DATE.test(node.source)) {
    const date = new Date(node.source.includes(":") ? node.source : `${node.source}T00:00:00Z`);
    if (!Number.isNaN(date.getTime())) node.value = date.toISOString().replace(".000Z", "Z");
  }
}

/** A patch's text: merge patches are read as YAML 1.2, lists of operations by an older reader that knows `yes` and `on`. */
export function parsePatch(text: string): unknown[] | undefined {
  // What starts like JSON is read as JSON and nothing else.
  if (text.startsWith("[")) return parseJson(text);
  const documents = parseDocuments(text);
  if (documents?.some(Array.isArray) && OLD_BOOLEAN.test(text)) return parseDocuments(text, "1.1");
  return documents;
}

function parseJson(text: string): unknown[] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    return undefined;
  }
}

/** Indexes what the guard has parsed already; files it did not hand over are parsed when they are named. */
export function readTree({ files, kustomizations, documents, broken }: Parameters<Kustomize>[0]): Tree {
  const byPath = Map.groupBy(documents, ({ path }) => path);
  const patches = new Map<string, unknown[] | undefined>();
  const byDir = new Map<string, Kustomization>();
  const fileOf = new Map<string, Set<string>>();
  for (const path of files.keys()) {
    if (!isKustomizationFile(path)) continue;
    const dir = normaliseDir(posix.dirname(path));
    fileOf.set(dir, (fileOf.get(dir) ?? new Set()).add(path));
  }
  // Of a file with several documents kustomize reads the first.
  for (const one of kustomizations) {
    const dir = normaliseDir(one.dir);
    if (isKustomizationFile(one.path) && !byDir.has(dir)) byDir.set(dir, one);
  }
  const oddBreaks = new Set(
    [...byDir].filter(([, { path }]) => ODD_BREAK.test(files.get(path) ?? "")).map(([dir]) => dir),
  );
  const folders = foldersOf(files.keys());
  const objects = new Map<string, Read[] | Unread>();
  return {
    files,
    folders,
    resolve: (dir, reference) => resolve(dir, reference, (path) => files.has(path) || folders.has(path)),
    kustomizations: byDir,
    doubled: new Set([...fileOf].filter(([, paths]) => paths.size > 1).map(([dir]) => dir)),
    oddBreaks,
    documents(path) {
      if (!patches.has(path)) patches.set(path, readPatch(path));
      return patches.get(path);
    },
    objects(path) {
      if (!objects.has(path)) objects.set(path, readObjects(path));
      return objects.get(path)!;
    },
  };

  /** Where kustomize reads a patch as the guard does, what the guard has read is taken. */
  function readPatch(path: string): unknown[] | undefined {
    const text = files.get(path) ?? "";
    const known = broken.has(path) ? undefined : byPath.get(path);
    if (known?.every(({ isPlain }) => isPlain)) return known.map(({ value }) => value);
    const isOdd = text.startsWith("[") || MAYBE_OLD_NUMBER.test(text) || PLAIN_DATE.test(text);
    if (known === undefined || isOdd || OLD_BOOLEAN.test(text)) return parsePatch(text);
    return known.map(({ value }) => value);
  }

  function readObjects(path: string): Read[] | Unread {
    if (broken.has(path)) return { reason: `YAML: ${path}`, certain: false };
    const plain = byPath.get(path);
    if (plain?.every(({ isPlain }) => isPlain)) return unfold(plain);
    const text = files.get(path) ?? "";
    if (MAYBE_KEY_OF_NO_TEXT.test(text) && hasKeyOfNoText(text)) {
      return { reason: "a key that is a number or a boolean", certain: true };
    }
    const known = PLAIN_DATE.test(text) ? undefined : byPath.get(path);
    const read =
      known?.map(({ value, line }) => ({ value, line: (pointer?: string) => line(pointer) })) ??
      parseDocuments(text)?.map((value) => ({
        value,
        line: byPath.get(path)?.find((one) => isSame(one.value, value))?.line ?? (() => 1),
      }));
    if (read === undefined) return { reason: `YAML: ${path}`, certain: false };
    return unfold(read);
  }
}

/** Keys that are no text cannot be written as JSON, and so kustomize fails in the end; quotes would help. */
function hasKeyOfNoText(text: string): boolean {
  let found = false;
  for (const document of readYaml(text).documents) {
    visit(document, {
      Pair(_, { key }) {
        if (!isScalar(key) || key.type !== "PLAIN" || typeof key.value === "string") return undefined;
        found = true;
        return visit.BREAK;
      },
    });
  }
  return found;
}

function isSame(a: unknown, b: unknown): boolean {
  const name = (value: unknown) =>
    isMap(value) && isMap(value.metadata)
      ? `${value.kind} ${value.metadata.name} ${value.metadata.namespace}`
      : "";
  return name(a) === name(b);
}

type Value = { value: unknown; line: (pointer?: string) => number };

/** The objects of a file; a List is what it lists, at the end. The first thing that is no object makes kustomize refuse the file. */
function unfold(values: Value[]): Read[] | Unread {
  const result: Read[] = [];
  const queue = [...values];
  for (let i = 0; i < queue.length; i++) {
    const { value, line } = queue[i]!;
    if (isEmpty(value)) continue;
    if (!isMap(value)) return { reason: "a document that is no object", certain: true };
    const { kind, metadata, items } = value;
    if (typeof kind !== "string" || kind === "") return { reason: "an object without kind", certain: true };
    const isList = kind.endsWith("List");
    const name = isMap(metadata) ? metadata.name : undefined;
    if (!isList && (name === undefined || name === null || name === "")) {
      return { reason: `${kind} without metadata.name`, certain: true };
    }
    if (!isList) {
      result.push({ doc: value, line: line() });
      continue;
    }
    // Without items it stays an object of its own, which has no name to go by.
    if (!Object.hasOwn(value, "items")) return { reason: `a ${kind} without items`, certain: false };
    if (items === null) continue;
    if (!Array.isArray(items)) return { reason: `${kind} whose items are no list`, certain: true };
    for (const [at, item] of items.entries()) {
      queue.push({ value: item, line: (pointer = "") => line(`/items/${at}${pointer}`) });
    }
  }
  return result;
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || (typeof value === "object" && Object.keys(value).length === 0)
  );
}

/** Where the file of a kustomization lies, for messages. */
export function folderName(dir: string): string {
  return dir === "" ? "." : posix.normalize(dir);
}
