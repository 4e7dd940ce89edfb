import { readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { isArchive } from "#model/archive.ts";
import { UsageError } from "#model/errors.ts";
import type { Say } from "#model/platform.ts";
import { ArchiveError } from "../archive/limits.ts";
import { looksPacked, unpack } from "../archive.ts";
import type { World } from "../command.ts";
import { isManifestName, noText, readTree, type Skip, type Tree, textOf } from "../read-tree.ts";
import { topFolder } from "./rooted.ts";

const streamBytes = 16 * 1_048_576;
const stdinName = "stdin.yaml";

/** What was named, read. Paths are as they are shown to the person. */
export type Gathered = Tree & {
  /** The one folder or archive that was named, as a prefix of every path; "" where it is where the person stands. */
  folder: string;
  /** Where they lie: only files on disk can be written again under their paths. */
  origin: "disk" | "archive" | "stdin";
  /** Whether only some files of a repository were named: what they refer to may well be there. */
  partial: boolean;
};

/** Reads files, folders, archives and standard input. */
export async function gather(paths: readonly string[], world: World, say: Say): Promise<Gathered> {
  const nothing = new UsageError("check: name at least one file or folder, or - for standard input");
  if (paths.length === 0 && world.stdin.isTTY) throw nothing;
  const named = paths.length === 0 ? ["-"] : [...new Set(paths)];
  const packed = named.filter((path) => path !== "-" && isArchive(path));
  const plain = named.filter((path) => path !== "-" && !isArchive(path));
  const [plainTree, ...others] = await Promise.all([
    readTree(plain, world.cwd),
    ...packed.map((path) => readArchive(path, world, say)),
    ...(named.includes("-") ? [readStandardInput(world, say)] : []),
  ]);
  const trees: Tree[] = [plainTree, ...others];
  // A pipeline that forgot the path has an empty standard input, and would pass for ever.
  if (paths.length === 0 && trees.every(({ files, skipped }) => files.every(isEmpty) && skipped.length === 0))
    throw nothing;
  const only = named.length === 1 ? named[0]! : "";
  return {
    files: trees.flatMap(({ files }) => files),
    skipped: trees.flatMap(({ skipped }) => skipped),
    folder: folderOf(only, trees, world.cwd),
    origin:
      only === "-" && isOneText(trees)
        ? "stdin"
        : packed.length > 0 || named.includes("-")
          ? "archive"
          : "disk",
    partial: packed.length === 0 && plainTree.folders === 0,
  };
}

function isEmpty({ content }: Tree["files"][number]): boolean {
  return content.trim() === "";
}

/** A single named folder is the root that references and globs count from; so is the one top folder of an archive. */
function folderOf(only: string, trees: readonly Tree[], cwd: string): string {
  if (only === "" || only === "-") return "";
  const paths = trees.flatMap(({ files }) => files.map(({ path }) => path));
  if (isArchive(only)) return join(only, topFolder(paths.map((path) => path.slice(only.length + 1))));
  const shown = relative(cwd, resolve(cwd, only));
  const isFile = paths.length === 1 && (paths[0] === shown || paths[0] === only);
  if (shown === "" || isFile) return "";
  return shown.startsWith("..") ? only.replace(/\/+$/, "") : shown;
}

/** Standard input held one text, not an archive. */
function isOneText(trees: readonly Tree[]): boolean {
  const [file, ...others] = trees.flatMap(({ files }) => files);
  return file?.path === stdinName && others.length === 0;
}

async function readArchive(path: string, world: World, say: Say): Promise<Tree> {
  const bytes = await readFile(resolve(world.cwd, path)).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`check: cannot read "${path}" (${cause.code}). Name files or folders that exist`, {
      cause,
    });
  });
  return unpacked(bytes, path, say);
}

async function unpacked(bytes: Uint8Array, name: string, say: Say): Promise<Tree> {
  try {
    const { entries, links } = await unpack(bytes);
    return treeOf(entries, links, name);
  } catch (cause) {
    if (!(cause instanceof ArchiveError)) throw cause;
    const sentence = say(`archive.${cause.reason}`, { ...cause.values, name: basename(name) });
    throw new UsageError(`check: ${sentence}`, { cause });
  }
}

function treeOf(
  entries: readonly { path: string; bytes: Uint8Array }[],
  links: readonly string[],
  name: string,
): Tree {
  const tree: Tree = {
    files: [],
    skipped: links.map((path): Skip => ({ path: join(name, path), why: "link" })),
  };
  for (const { path, bytes } of entries) {
    const shown = join(name, path);
    const content = textOf(bytes);
    if (content !== undefined || !isManifestName(path))
      tree.files.push({ path: shown, content: content ?? noText });
    else tree.skipped.push({ path: shown, why: "binary" });
  }
  return tree;
}

async function readStandardInput({ stdin }: World, say: Say): Promise<Tree> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += chunk.length;
    if (size > streamBytes)
      throw new UsageError(
        `check: standard input holds more than ${streamBytes / 1_048_576} MiB. Name a folder instead`,
      );
    chunks.push(Buffer.from(chunk));
  }
  const bytes = Buffer.concat(chunks);
  if (looksPacked(bytes)) return unpacked(bytes, "stdin", say);
  const content = textOf(bytes);
  if (content === undefined) return { files: [], skipped: [{ path: stdinName, why: "binary" }] };
  return { files: [{ path: stdinName, content }], skipped: [] };
}
