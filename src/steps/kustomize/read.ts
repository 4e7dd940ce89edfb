import { posix } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Kustomization, Manifest } from "#model/rule.ts";
import { type Fields, isMap, maps } from "#model/value.ts";
import { foldersOf, normaliseDir } from "./paths.ts";

/** A document with where it stands. */
export type Read = { doc: Fields; line: number };

/** The tree as kustomize would see it, parsed once. */
export type Tree = {
  files: ReadonlyMap<string, string>;
  folders: ReadonlySet<string>;
  /** By folder, the root as "". */
  kustomizations: ReadonlyMap<string, Kustomization>;
  /** Objects of a file that is named as a resource; `undefined` when it cannot be read as YAML. */
  objects: (path: string) => Read[] | undefined;
  /** Everything in a file that is named as a patch: mappings, or lists of JSON patch operations. */
  documents: (path: string) => unknown[] | undefined;
};

const OPTIONS = { version: "1.2", merge: true, uniqueKeys: true, logLevel: "silent" } as const;
/** Enough for any honest file; a bomb needs more. */
const MAX_ALIASES = 50;

/** Parses YAML text into its documents, empty ones left out; `undefined` when it has an error. */
export function parseDocuments(text: string): unknown[] | undefined {
  try {
    const documents = parseAllDocuments(text, OPTIONS);
    if (!Array.isArray(documents)) return [];
    if (documents.some((document) => document.errors.length > 0)) return undefined;
    return documents
      .map((document): unknown => document.toJS({ maxAliasCount: MAX_ALIASES }))
      .filter((value) => value !== null && value !== undefined);
  } catch {
    return undefined;
  }
}

/** Indexes what the guard has parsed already; files it did not hand over are parsed when they are named. */
export function readTree(
  files: ReadonlyMap<string, string>,
  kustomizations: readonly Kustomization[],
  manifests: readonly Manifest[],
): Tree {
  const byPath = Map.groupBy(manifests, (manifest) => manifest.path);
  const parsed = new Map<string, unknown[] | undefined>();
  const documents = (path: string) => {
    if (!parsed.has(path)) parsed.set(path, parseDocuments(files.get(path) ?? ""));
    return parsed.get(path);
  };
  return {
    files,
    folders: foldersOf(files.keys()),
    kustomizations: new Map(kustomizations.map((k) => [normaliseDir(k.dir), k])),
    documents,
    objects(path) {
      const known = byPath.get(path);
      if (known !== undefined) return known.flatMap((m) => unfold({ doc: m.doc, line: m.line() }, m));
      return documents(path)
        ?.filter(isMap)
        .flatMap((doc) => unfold({ doc, line: 1 }));
    },
  };
}

/** A List is what it lists. */
function unfold(read: Read, manifest?: Manifest): Read[] {
  const { doc } = read;
  if (typeof doc.kind !== "string" || !doc.kind.endsWith("List") || !Array.isArray(doc.items)) return [read];
  return maps(doc.items).map((item, i) => ({ doc: item, line: manifest?.line(`/items/${i}`) ?? read.line }));
}

/** Where the file of a kustomization lies, for messages. */
export function folderName(dir: string): string {
  return dir === "" ? "." : posix.normalize(dir);
}
