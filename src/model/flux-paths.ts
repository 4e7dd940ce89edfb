import type { Kustomization, RuleContext } from "./rule.ts";
import { maps, strings, word } from "./value.ts";

type Folders = { all: ReadonlySet<string>; kustomized: ReadonlyMap<string, Kustomization>; files: string[] };
const foldersOf = new WeakMap<RuleContext, Folders>();

function readFolders(context: RuleContext): Folders {
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
  const made = { all, kustomized, files };
  foldersOf.set(context, made);
  return made;
}

/** Files that belong to a folder as Flux reads it: through its kustomization, or everything below. */
export function filesUnder(dir: string, context: RuleContext): Set<string> {
  const { all, kustomized, files: every } = readFolders(context);
  const files = new Set<string>();
  const seen = new Set<string>();
  visit(clean(dir));
  return files;

  function visit(folder: string): void {
    if (seen.has(folder)) return;
    seen.add(folder);
    const kustomization = kustomized.get(folder);
    if (kustomization === undefined) {
      for (const path of every) if (isBelow(path, folder)) take(path, folder);
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
    const own = foldersBetween(folder, path).find((one) => kustomized.has(one));
    if (own === undefined) files.add(path);
    else visit(own);
  }
}

function foldersBetween(folder: string, path: string): string[] {
  const start = folder === "" ? 0 : folder.split("/").length;
  const parts = path.split("/");
  return parts.slice(start, -1).map((_, i) => parts.slice(0, start + i + 1).join("/"));
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
