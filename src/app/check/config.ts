import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { UsageError } from "#model/errors.ts";
import type { Language } from "#model/text.ts";
import type { TreeFile } from "../read-tree.ts";
import type { FoundConfig, readConfig } from "./read-config.ts";

export const configNames = ["edgewright.yaml", "edgewright.yml"];

export type ConfigWanted = {
  /** Named with `--config`. */
  named?: string;
  /** The checked folder, where it is one. */
  folder: string;
  files: readonly TreeFile[];
  cwd: string;
  language: Language;
};

/**
 * Finds and reads `edgewright.yaml`: the named one, that of the checked folder, or that of where the person stands.
 * Whatever is wrong in it ends in a sentence that names the line.
 */
export async function findConfig(wanted: ConfigWanted): Promise<FoundConfig | undefined> {
  const { named, folder, files, cwd, language } = wanted;
  if (named !== undefined) {
    const content = await readFile(resolve(cwd, named), "utf8").catch((cause: NodeJS.ErrnoException) => {
      throw new UsageError(`--config: cannot read "${named}" (${cause.code}). Name an edgewright.yaml`, {
        cause,
      });
    });
    return { ...(await read(content, named, language)), path: named, folder: folderOfNamed(wanted, named) };
  }
  for (const name of configNames) {
    const path = join(folder, name);
    const inside = files.find((file) => file.path === path);
    if (inside !== undefined) return { ...(await read(inside.content, path, language)), path, folder };
  }
  for (const path of configNames) {
    const content = await readFile(join(cwd, path), "utf8").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return undefined;
      throw new UsageError(`${path}: cannot be read (${cause.code})`, { cause });
    });
    if (content !== undefined) return { ...(await read(content, path, language)), path, folder: "" };
  }
  return undefined;
}

/** Most repositories have none: what reads one is loaded for those that do. */
async function read(...given: Parameters<typeof readConfig>): Promise<ReturnType<typeof readConfig>> {
  return (await import("./read-config.ts")).readConfig(...given);
}

/** Globs of a named file count from its own folder where that holds all that is checked, else from the checked folder. */
function folderOfNamed({ folder, files, cwd }: ConfigWanted, named: string): string {
  const home = dirname(resolve(cwd, named));
  const holdsAll = files.every(({ path }) => resolve(cwd, path).startsWith(home + sep));
  const own = relative(cwd, home);
  return holdsAll && !own.startsWith("..") ? own : folder;
}

/** Whether a file of the tree is the configuration itself: it is read, not checked. */
export function isConfig(path: string, found: FoundConfig | undefined): boolean {
  return found !== undefined && path === found.path && configNames.includes(basename(path));
}
