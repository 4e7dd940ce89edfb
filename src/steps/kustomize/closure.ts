import type { Kustomization, Kustomize } from "#model/rule.ts";
import { isMap, maps, strings, word } from "#model/value.ts";
import { filesOf } from "./inspect.ts";
import { isRemote, normaliseDir } from "./paths.ts";
import { folderName, parseDocuments, readTree } from "./read.ts";

/** What a build reads, so that it can be handed to a program: nothing else may be there. */
export type Closure =
  | {
      kind: "closed";
      kustomizations: readonly Kustomization[];
      /** Plain files, relative to the root of the tree. */
      files: ReadonlySet<string>;
    }
  /** It reads what is not there, would be fetched or run, or could not be read by us: no program may be started on it. */
  | { kind: "open"; reason: string };

class OpenError extends Error {
  override readonly name = "OpenError";
}

/** Looks through everything builds of a tree would read, before any program is started. */
export function readClosures(given: Parameters<Kustomize>[0]): (dir: string) => Closure {
  const tree = readTree(given);
  return (dir) => {
    const kustomizations = new Map<string, Kustomization>();
    const files = new Set<string>();
    try {
      visit(normaliseDir(dir), { kustomizations, files });
      return { kind: "closed", kustomizations: [...kustomizations.values()], files };
    } catch (error) {
      if (error instanceof OpenError) return { kind: "open", reason: error.message };
      throw error;
    }
  };

  type Found = { kustomizations: Map<string, Kustomization>; files: Set<string> };

  function visit(folder: string, found: Found): void {
    if (found.kustomizations.has(folder)) return;
    const kustomization = tree.kustomizations.get(folder);
    if (kustomization === undefined) throw new OpenError(`no kustomization: ${folderName(folder)}`);
    if (tree.doubled.has(folder)) throw new OpenError(`several kustomization files: ${folderName(folder)}`);
    if (given.broken.has(kustomization.path)) throw new OpenError(`YAML: ${kustomization.path}`);
    found.kustomizations.set(folder, kustomization);
    const { doc } = kustomization;
    for (const field of ["helmCharts", "helmChartInflationGenerator"]) {
      if (maps(doc[field]).length > 0) throw new OpenError(field);
    }
    for (const field of ["resources", "bases", "components"]) {
      for (const reference of strings(doc[field])) {
        const path = pathOf(folder, reference);
        if (tree.files.has(path)) addFile(path, found);
        else visit(path, found);
      }
    }
    for (const { field, target } of filesOf(kustomization)) {
      if (!PLUGINS.has(field)) addFile(pathOf(folder, target), found);
    }
    for (const field of PLUGINS) {
      for (const item of strings(doc[field])) addPlugin(item, { folder, found });
    }
  }

  function addFile(path: string, { files }: Found): void {
    if (!tree.files.has(path)) throw new OpenError(`missing: ${path}`);
    if (given.broken.has(path)) throw new OpenError(`YAML: ${path}`);
    // What is no text is not kept as it is, and would be another file there.
    if (tree.files.get(path)!.includes("\ufffd")) throw new OpenError(`not text: ${path}`);
    files.add(path);
  }

  function pathOf(folder: string, reference: string): string {
    if (isRemote(reference)) throw new OpenError(`remote: ${reference}`);
    const path = tree.resolve(folder, reference);
    if (path === undefined) throw new OpenError(`outside of the repository: ${reference}`);
    return path;
  }

  /** Configuration of a generator or transformer: only kustomize's own, and only what names files of the tree. */
  function addPlugin(item: string, { folder, found }: { folder: string; found: Found }): void {
    const isInline = item.includes("\n");
    const path = isInline ? "" : pathOf(folder, item);
    if (!isInline) addFile(path, found);
    const documents = parseDocuments(isInline ? item : (tree.files.get(path) ?? ""));
    if (documents === undefined) throw new OpenError(`YAML: ${path || "an inline plugin"}`);
    for (const document of documents) {
      const kind = isMap(document) ? word(document.kind) : "";
      if (!isMap(document) || document.apiVersion !== "builtin" || kind.startsWith("Helm")) {
        throw new OpenError(`a plugin: ${path || kind || "inline"}`);
      }
      for (const reference of pathsIn(document)) addFile(pathOf(folder, reference), found);
    }
  }
}

const PLUGINS = new Set(["generators", "transformers", "validators"]);

/** Every name of a file in the configuration of a plugin; a `path` may also be the path of a field. */
function pathsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(pathsIn);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === "path" && typeof item === "string") return /\.(?:ya?ml|json)$|:\/\//.test(item) ? [item] : [];
    if (!/^(?:paths|files|envs|env)$/.test(key)) return pathsIn(item);
    const names = typeof item === "string" ? [item] : strings(item);
    return names.filter((name) => !name.includes("\n")).map((name) => name.slice(name.indexOf("=") + 1));
  });
}
