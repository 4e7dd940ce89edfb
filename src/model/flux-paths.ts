import type { Kustomization, RuleContext } from "./rule.ts";
import { maps, strings, word } from "./value.ts";

/** A tree, as far as folders go. */
type Place = Pick<RuleContext, "paths" | "kustomizations">;

type Folders = {
  all: ReadonlySet<string>;
  kustomized: ReadonlyMap<string, Kustomization>;
  /** In the order of their paths, so that those of one folder stand together. */
  files: string[];
  /** What was asked for before: many Kustomizations of a fleet apply the same folder. */
  under: Map<string, ReadonlySet<string>>;
};
const foldersOf = new WeakMap<Place, Folders>();

function readFolders(context: Place): Folders {
  const before = foldersOf.get(context);
  if (before !== undefined) return before;
  const all = new Set<string>([""]);
  for (const path of context.paths) {
    for (
      let at = path.lastIndexOf("/");
      at > 0 && !all.has(path.slice(0, at));
      at = path.lastIndexOf("/", at - 1)
    ) {
      all.add(path.slice(0, at));
    }
  }
  const kustomized = new Map(context.kustomizations.map((k) => [clean(k.dir), k]));
  const files = [...context.paths].filter((path) => /\.ya?ml$/i.test(path)).sort();
  const made: Folders = { all, kustomized, files, under: new Map() };
  foldersOf.set(context, made);
  return made;
}

/** Whether a tree has a folder: some file lies below it. */
export function hasFolder(folder: string, context: RuleContext): boolean {
  return readFolders(context).all.has(folder);
}

/** Files that belong to a folder as Flux reads it: through its kustomization, or everything below. */
export function filesUnder(dir: string, context: Place): ReadonlySet<string> {
  const { all, kustomized, files: every, under } = readFolders(context);
  const wanted = clean(dir);
  const before = under.get(wanted);
  if (before !== undefined) return before;
  const files = new Set<string>();
  const seen = new Set<string>();
  visit(wanted);
  under.set(wanted, files);
  return files;

  function visit(folder: string): void {
    if (seen.has(folder)) return;
    seen.add(folder);
    const kustomization = kustomized.get(folder);
    if (kustomization === undefined) {
      for (let at = firstBelow(folder, every); at < every.length && isBelow(every[at]!, folder); at++)
        take(every[at]!, folder);
      return;
    }
    files.add(kustomization.path);
    for (const path of references(kustomization)) {
      const full = clean(folder === "" ? path : `${folder}/${path}`);
      if (context.paths.has(full)) files.add(full);
      else if (all.has(full)) visit(full);
    }
  }

  /** A folder below that has a kustomization of its own is read through that one. */
  function take(path: string, folder: string): void {
    for (let at = path.indexOf("/", folder.length + 1); at > 0; at = path.indexOf("/", at + 1)) {
      const own = path.slice(0, at);
      if (own === folder || !kustomized.has(own)) continue;
      visit(own);
      return;
    }
    files.add(path);
  }
}

/** Where the files of a folder begin in the sorted list. */
function firstBelow(folder: string, sorted: readonly string[]): number {
  const prefix = folder === "" ? "" : `${folder}/`;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}

function references({ doc }: Kustomization): string[] {
  const patches = maps(doc.patches).map((patch) => word(patch.path));
  const named = ["resources", "bases", "components", "patchesStrategicMerge"].flatMap((field) =>
    strings(doc[field]),
  );
  const generated = ["configMapGenerator", "secretGenerator"].flatMap((field) =>
    maps(doc[field]).flatMap(({ files, envs }) =>
      [...strings(files), ...strings(envs)].map((file) => file.slice(file.indexOf("=") + 1)),
    ),
  );
  return [...named, ...patches, ...generated].filter((path) => path !== "" && !/^\w+:\/\/|\n/.test(path));
}

function isBelow(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}

/** A path without `.`, `..` and slashes at its ends; the root is empty. */
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
