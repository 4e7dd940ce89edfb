import { lstat, open, readdir } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { UsageError } from "#model/errors.ts";

export type TreeFile = { path: string; content: string };

const skipped = new Set([".git", "node_modules", ".terraform", ".venv", "vendor"]);
const fileBytes = 16 * 1_048_576; // larger files are no manifests; the guard itself stops parsing at 1 MiB
const atOnce = 16;

/** Reads every text file under the given paths, in parallel. Paths are as the person wrote them; links are not followed. */
export async function readTree(
  paths: readonly string[],
  cwd: string,
): Promise<{ files: TreeFile[]; skipped: string[] }> {
  const found: string[] = [];
  for (const path of paths) await collect(path, cwd, found);
  const unique = [...new Set(found)].sort();
  const files: TreeFile[] = [];
  const left: string[] = [];
  const next = unique[Symbol.iterator]();
  const worker = async () => {
    for (const path of next) {
      const content = await readText(resolve(cwd, path));
      if (content === undefined) left.push(path);
      else files.push({ path, content });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), skipped: left.sort() };
}

async function collect(path: string, cwd: string, found: string[]): Promise<void> {
  const full = resolve(cwd, path);
  const about = await lstat(full).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`check: cannot read "${path}" (${cause.code}). Name files or folders that exist`, {
      cause,
    });
  });
  if (about.isFile()) found.push(tidy(path, cwd));
  if (!about.isDirectory()) return;
  const entries = await readdir(full, { recursive: false, withFileTypes: true });
  for (const entry of entries) {
    if (entry.isFile()) found.push(tidy(join(path, entry.name), cwd));
    if (entry.isDirectory() && !skipped.has(entry.name)) await collect(join(path, entry.name), cwd, found);
  }
}

/** A path inside `cwd` is shown relative to it; one outside stays as it is. */
function tidy(path: string, cwd: string): string {
  const inside = relative(cwd, resolve(cwd, path));
  return inside.startsWith("..") ? path : inside || basename(path);
}

async function readText(full: string): Promise<string | undefined> {
  const handle = await open(full, "r");
  try {
    const { size } = await handle.stat();
    if (size > fileBytes) return undefined;
    const bytes = await handle.readFile();
    return bytes.subarray(0, 8_192).includes(0) ? undefined : bytes.toString("utf8");
  } finally {
    await handle.close();
  }
}
