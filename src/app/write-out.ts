import { randomBytes } from "node:crypto";
import { lstat, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { TaskError } from "#model/errors.ts";
import type { File } from "#model/plan.ts";
import { makeFolder } from "./make-folder.ts";

/** The file that names a folder as a fleet repository of ours, so that it may be written again. */
const marker = "fleet.yaml";
const scripts = /^(scripts\/|.*\.sh$)/;

/**
 * Writes the repository so that DIR is its root, all or nothing: everything is staged beside it first. An existing folder must
 * be empty or hold an earlier fleet repository; other files in that one (such as `.git`) stay. Returns paths of the earlier
 * plan that are not part of this one: they are removed, and said.
 */
export async function writeTree(folder: string, files: readonly File[]): Promise<{ removed: string[] }> {
  const target = resolve(folder);
  const state = await inspect(target);
  const staged = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    for (const file of files) await writeInside(staged, file);
    if (state.kind === "absent") makeFolder(dirname(target));
    if (state.kind === "empty") await rm(target, { recursive: true });
    if (state.kind !== "fleet") {
      await rename(staged, target);
      return { removed: [] };
    }
    const now = new Set(files.map(({ path }) => path));
    const removed = state.written.filter((path) => !now.has(path));
    for (const { path } of files) {
      makeFolder(dirname(join(target, path)));
      await rename(join(staged, path), join(target, path));
    }
    for (const path of removed) await removeFile(target, path);
    return { removed };
  } catch (cause) {
    throw fault(`--out: cannot write to "${folder}"`, cause);
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

type Found = { kind: "absent" } | { kind: "empty" } | { kind: "fleet"; written: string[] };

async function inspect(target: string): Promise<Found> {
  const about = await lstat(target).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw fault(`--out: cannot read "${target}"`, cause);
  });
  if (!about) return { kind: "absent" };
  if (!about.isDirectory())
    throw new TaskError(`--out: "${target}" is not a folder. Name an empty or new folder`);
  const entries = await readdir(target).catch((cause) => {
    throw fault(`--out: cannot read "${target}"`, cause);
  });
  if (entries.length === 0) return { kind: "empty" };
  if (!entries.includes(marker)) {
    throw new TaskError(
      `--out: "${target}" holds other files. Name an empty or new folder, or an earlier fleet repository`,
    );
  }
  return { kind: "fleet", written: written(await readFile(join(target, marker), "utf8"), target) };
}

/** Paths that an earlier fleet.yaml lists under `files:`; only those are ever removed. */
function written(text: string, target: string): string[] {
  const lines = text
    .slice(text.search(/^files:$/m))
    .split("\n")
    .slice(1);
  const paths = lines
    .map((line) => /^ {2}- "?([\w.@/-]+)"?$/.exec(line)?.[1])
    .filter((path) => path !== undefined);
  return paths.filter((path) => !relative(target, resolve(target, path)).startsWith(".."));
}

async function writeInside(root: string, { path, content }: File): Promise<void> {
  const full = resolve(root, path);
  if (!full.startsWith(root + sep)) throw new TaskError(`--out: the path "${path}" leaves the folder`);
  makeFolder(dirname(full));
  await writeFile(full, content, { mode: scripts.test(path) ? 0o755 : 0o644 });
}

/** Removes a file and every folder above it, inside the target, that it leaves empty. */
async function removeFile(target: string, path: string): Promise<void> {
  await rm(join(target, path), { force: true });
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    const emptied = await rmdir(join(target, folder)).then(
      () => true,
      () => false, // holds something else, which stays
    );
    if (!emptied) return;
  }
}

/** Writes one file whole or not at all. */
export async function writeWhole(path: string, content: Uint8Array | string, option: string): Promise<void> {
  const target = resolve(path);
  const part = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    makeFolder(dirname(target));
    await writeFile(part, content);
    await rename(part, target);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => {});
    throw fault(`${option}: cannot write "${path}"`, cause);
  }
}

function fault(what: string, cause: unknown): Error {
  if (cause instanceof TaskError) return cause;
  const code = (cause as NodeJS.ErrnoException).code;
  const reasons: Record<string, string> = {
    EACCES: "no permission",
    EPERM: "no permission",
    EROFS: "the file system is read-only",
    ENOSPC: "the disk is full",
    ENOTDIR: "a part of the path is a file",
    EISDIR: "it is a folder",
    ENOENT: "no folder can be made there",
  };
  return new TaskError(
    `${what}: ${reasons[code ?? ""] ?? code ?? (cause as Error).message}. Name a place you can write to`,
    { cause },
  );
}
