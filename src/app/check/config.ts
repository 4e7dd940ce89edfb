import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { UsageError } from "#model/errors.ts";
import { readGuardConfig } from "#model/guard-config.ts";
import type { GuardConfig } from "#model/rule.ts";
import type { Language } from "#model/text.ts";
import type { TreeFile } from "../read-tree.ts";

/** What a repository says of itself, and where that stands. */
export type FoundConfig = {
  config: GuardConfig;
  /** As it is shown. */
  path: string;
  /** Folder that its globs count from, as a prefix of paths; "" is where the person stands. */
  folder: string;
  line: (pointer: string) => number;
};

export const configNames = ["edgewright.yaml", "edgewright.yml"];
const mostAliases = 20;

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
    return { ...readConfig(content, named, language), path: named, folder: folderOfNamed(wanted, named) };
  }
  for (const name of configNames) {
    const path = join(folder, name);
    const inside = files.find((file) => file.path === path);
    if (inside !== undefined) return { ...readConfig(inside.content, path, language), path, folder };
  }
  for (const path of configNames) {
    const content = await readFile(join(cwd, path), "utf8").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return undefined;
      throw new UsageError(`${path}: cannot be read (${cause.code})`, { cause });
    });
    if (content !== undefined) return { ...readConfig(content, path, language), path, folder: "" };
  }
  return undefined;
}

/** Globs of a named file count from its own folder where that holds all that is checked, else from the checked folder. */
function folderOfNamed({ folder, files, cwd }: ConfigWanted, named: string): string {
  const home = dirname(resolve(cwd, named));
  const holdsAll = files.every(({ path }) => resolve(cwd, path).startsWith(home + sep));
  const own = relative(cwd, home);
  return holdsAll && !own.startsWith("..") ? own : folder;
}

/** Reads the text of a configuration; `path` is what the sentences call it. */
export function readConfig(
  content: string,
  path: string,
  language: Language,
): Pick<FoundConfig, "config" | "line"> {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const [error] = document.errors;
  if (error !== undefined)
    throw new UsageError(`${path}:${lines.linePos(error.pos[0]).line}: ${error.message.split("\n")[0]}`);
  const line = (pointer: string) => lineOf(document.contents, pointer, lines);
  const read = readGuardConfig(plainValue(document, path));
  if (read.kind === "read") return { config: read.config, line };
  const sentences = read.problems.map(
    ({ pointer, message, fix }) => `${path}:${line(pointer)}: ${message[language]} ${fix[language]}`,
  );
  throw new UsageError(sentences.join("\n"));
}

function plainValue(document: ReturnType<typeof parseDocument>, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (cause) {
    throw new UsageError(`${path}: ${(cause as Error).message}`, { cause });
  }
}

function lineOf(root: unknown, pointer: string, lines: LineCounter): number {
  let [node, at] = [root, 0];
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
      if (pair === undefined) break;
      at = (pair.key as { range?: [number, number, number] }).range?.[0] ?? at;
      node = pair.value;
    } else {
      node = (node as { items?: unknown[] } | null)?.items?.[Number(name)];
      at = (node as { range?: [number, number, number] } | undefined)?.range?.[0] ?? at;
    }
  }
  return Math.max(1, lines.linePos(at).line);
}

/** Whether a file of the tree is the configuration itself: it is read, not checked. */
export function isConfig(path: string, found: FoundConfig | undefined): boolean {
  return found !== undefined && path === found.path && configNames.includes(basename(path));
}
