import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { UsageError } from "#model/errors.ts";

export type TreeFile = { path: string; content: string };
/** A file that was found and not read: no text, too large, a link out of the tree, or closed to us. */
export type Skip = { path: string; why: "binary" | "too-large" | "link" | "unreadable" };
export type Tree = { files: TreeFile[]; skipped: Skip[] };

type Found = Map<string, "file" | "link">;

const passedOver = new Set([".git", "node_modules", ".terraform", ".venv"]);
const fileBytes = 16 * 1_048_576; // larger files are no manifests; the guard itself stops parsing at 1 MB
/** Threads of libuv that read; more would only wait. */
const atOnce = 16;
/** What a file of a disk that answers at once may take, and all of them beside it: then threads only cost. */
const fast = { fileMs: 0.25, graceMs: 50 };
/** Stands for the content of a file that is no text: bytes that say nothing as text. */
export const noText = "\ufffd";
const MANIFEST = /\.(?:ya?ml|json)$/i;

/** Whether a file would be checked by its name: of these it is said when they are not read. */
export function isManifestName(path: string): boolean {
  return MANIFEST.test(path) || basename(path) === "Kustomization";
}

/**
 * Reads every text file under the given paths, each once; in parallel where the disk makes us wait. Paths are as the person
 * wrote them; links are followed to files inside the tree only. A file that is no text and no manifest is kept without its
 * content: others may refer to it.
 */
export async function readTree(
  paths: readonly string[],
  cwd: string,
  { fileMs, graceMs } = fast,
): Promise<Tree & { folders: number }> {
  const found: Found = new Map();
  const kinds = await Promise.all(paths.map((path) => collect(path, cwd, found)));
  const roots = await Promise.all(
    [...paths, "."].map((path) => realpath(resolve(cwd, path)).catch(() => "")),
  );
  const files: TreeFile[] = [];
  const skipped: Skip[] = [];
  const take = (read: TreeFile | Skip) => {
    if ("content" in read) files.push(read);
    else if (isManifestName(read.path)) skipped.push(read);
    else files.push({ path: read.path, content: noText });
  };
  const started = performance.now();
  const rest: [string, "file" | "link"][] = [];
  for (const [path, kind] of found) {
    const isSlow = performance.now() - started > graceMs + fileMs * files.length;
    if (kind === "link" || isSlow) rest.push([path, kind]);
    else take(readNow(path, cwd));
  }
  const next = rest.values();
  const worker = async () => {
    for (const [path, kind] of next) take(await readOne(path, kind, { cwd, roots }));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, rest.length) }, worker));
  return {
    files: files.sort(byPath),
    skipped: skipped.sort(byPath),
    folders: kinds.filter((kind) => kind === "folder").length,
  };
}

function byPath(one: { path: string }, other: { path: string }): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}

/** A path somebody named: it must be there; a link among them is meant as what it leads to. */
async function collect(path: string, cwd: string, found: Found): Promise<"file" | "folder"> {
  const about = await stat(resolve(cwd, path)).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`check: cannot read "${path}" (${cause.code}). Name files or folders that exist`, {
      cause,
    });
  });
  if (about.isDirectory()) {
    await walk(path, cwd, found);
    return "folder";
  }
  found.set(tidy(path, cwd), "file");
  return "file";
}

async function walk(path: string, cwd: string, found: Found): Promise<void> {
  const entries = await readdir(resolve(cwd, path), { withFileTypes: true }).catch(
    (cause: NodeJS.ErrnoException) => {
      throw new UsageError(`check: cannot read the folder "${path}" (${cause.code})`, { cause });
    },
  );
  // Go keeps the sources of others there; a folder of that name without the list is somebody's own.
  const isGo = basename(path) === "vendor" && entries.some(({ name }) => name === "modules.txt");
  if (isGo) return;
  const folders: Promise<void>[] = [];
  for (const entry of entries) {
    const inside = join(path, entry.name);
    if (entry.isFile()) found.set(tidy(inside, cwd), "file");
    else if (entry.isSymbolicLink()) found.set(tidy(inside, cwd), "link");
    else if (entry.isDirectory() && !passedOver.has(entry.name)) folders.push(walk(inside, cwd, found));
  }
  await Promise.all(folders);
}

/** A path inside `cwd` is shown relative to it; one outside stays as it is. */
function tidy(path: string, cwd: string): string {
  const inside = relative(cwd, resolve(cwd, path));
  return inside.startsWith("..") ? path : inside || basename(path);
}

type Where = { cwd: string; roots: readonly string[] };

async function readOne(path: string, kind: "file" | "link", { cwd, roots }: Where): Promise<TreeFile | Skip> {
  const full = resolve(cwd, path);
  try {
    if (kind === "link") {
      const target = await realpath(full);
      const isInside = roots.some((root) => root !== "" && target.startsWith(root + sep));
      if (!isInside || !(await stat(target)).isFile()) return { path, why: "link" };
    }
    return await readText(path, full);
  } catch {
    return { path, why: kind === "link" ? "link" : "unreadable" };
  }
}

/** Reads a file without leaving our thread, which takes a fifth of what going through others does. */
function readNow(path: string, cwd: string): TreeFile | Skip {
  let handle: number | undefined;
  try {
    handle = openSync(resolve(cwd, path), "r");
    if (fstatSync(handle).size > fileBytes) return { path, why: "too-large" };
    return asText(path, readFileSync(handle));
  } catch {
    return { path, why: "unreadable" };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

async function readText(path: string, full: string): Promise<TreeFile | Skip> {
  const handle = await open(full, "r");
  try {
    const { size } = await handle.stat();
    if (size > fileBytes) return { path, why: "too-large" };
    return asText(path, await handle.readFile());
  } finally {
    await handle.close();
  }
}

function asText(path: string, bytes: Uint8Array): TreeFile | Skip {
  const content = textOf(bytes);
  return content === undefined ? { path, why: "binary" } : { path, content };
}

/** Bytes as text; what holds a zero near its beginning is none. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.subarray(0, 8_192).includes(0)) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
