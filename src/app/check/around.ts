import { lstat, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseDocument } from "yaml";
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
  const open = named.filter(
    ({ path, content }) => KUSTOMIZATION.test(basename(path)) && (!isWhole || content.includes("../")),
  );
  const seen = new Set<string>();
  const around: TreeFile[] = [];
  for (let one = open.pop(); one !== undefined && around.length < mostFiles; one = open.pop()) {
    for (const reference of referencesIn(one.content)) {
      const path = join(dirname(one.path), reference);
      if (seen.has(path)) continue;
      seen.add(path);
      for (const file of await filesAt(path, cwd)) {
        if (known.has(file.path)) continue;
        known.set(file.path, file);
        around.push(file);
        if (KUSTOMIZATION.test(basename(file.path))) open.push(file);
      }
    }
  }
  return around;
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
    visit(parseDocument(content, { logLevel: "silent" }).toJS({ maxAliasCount: 20 }));
  } catch {
    return []; // What is wrong with it is for the guard to say.
  }
  return found;
}

/** A file, or the files right below a folder that is built. */
async function filesAt(path: string, cwd: string): Promise<TreeFile[]> {
  const about = await lstat(resolve(cwd, path)).catch(() => undefined);
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
