import { lstatSync, type Stats } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { readPlain } from "#model/plain-yaml.ts";
import { readTree, type TreeFile } from "../read-tree.ts";

const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;
/** A kustomization and what it builds on; more is a repository, which is better named itself. */
const mostFiles = 2_000;

/**
 * What kustomizations refer to on disk beside what was named: it is read so that nothing is called missing that is there,
 * and nothing is said of it. `isWhole`: whole folders were named, so that only what climbs out of one can lie beside.
 */
export async function filesAround(
  named: readonly TreeFile[],
  { cwd, isWhole }: { cwd: string; isWhole: boolean },
): Promise<TreeFile[]> {
  const known = new Map(named.map((file) => [file.path, file]));
  const isOpen = ({ content }: TreeFile) => !isWhole || content.includes("../");
  const open = named.filter((file) => isKustomization(file) && isOpen(file));
  // Of a folder that was named whole everything is known, its kustomization first.
  const seen = new Set(isWhole ? named.filter(isKustomization).map(({ path }) => dirname(path)) : []);
  const around: TreeFile[] = [];
  for (let one = open.pop(); one !== undefined && around.length < mostFiles; one = open.pop()) {
    for (const reference of referencesIn(one.content)) {
      const path = join(dirname(one.path), reference);
      if (known.has(path) || seen.has(path)) continue;
      seen.add(path);
      for (const file of await filesAt(path, cwd)) {
        if (known.has(file.path)) continue;
        known.set(file.path, file);
        around.push(file);
        if (isKustomization(file)) open.push(file);
      }
    }
  }
  return around;
}

function isKustomization({ path }: TreeFile): boolean {
  return KUSTOMIZATION.test(basename(path));
}

/** Every short text of a kustomization; which of them are paths, the disk says. */
function referencesIn(content: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "string" && value !== "" && value.length < 300 && !/[\n:]/.test(value))
      found.push(value.slice(value.indexOf("=") + 1));
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  try {
    const plain = readPlain(content);
    if (plain !== undefined) visit(plain[0]?.value);
    else visit(parseDocument(content, { logLevel: "silent" }).toJS({ maxAliasCount: 20 }));
  } catch {
    return []; // What is wrong with it is for the guard to say.
  }
  return found;
}

/** Most names are no paths, and asking at once takes a tenth of waiting for another thread. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** A file, or the files right below a folder that is built. */
async function filesAt(path: string, cwd: string): Promise<TreeFile[]> {
  const about = statOf(resolve(cwd, path));
  if (about?.isFile()) return (await readTree([path], cwd)).files;
  if (!about?.isDirectory()) return [];
  const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"].map((name) => join(path, name));
  const there = await Promise.all(
    names.map((name) =>
      readFile(resolve(cwd, name)).then(
        () => [name],
        () => [],
      ),
    ),
  );
  return (await readTree(there.flat(), cwd)).files;
}
