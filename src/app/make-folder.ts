import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, one by one. Node's own recursive mkdir spins for ever where a file system answers
 * ENOENT to a name it will never hold, as /proc does.
 */
export function makeFolder(folder: string, { mode }: { mode?: number } = {}): void {
  const missing: string[] = [];
  for (let at = folder; !isFolder(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  for (const at of missing) makeOne(at, mode);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch (cause) {
    // Below a file: the file itself is found next, and mkdir then says what is wrong.
    if ((cause as NodeJS.ErrnoException).code === "ENOTDIR") return false;
    throw cause;
  }
}

/** Another process may make the same folder meanwhile, which is as good. */
function makeOne(folder: string, mode: number | undefined): void {
  try {
    mkdirSync(folder, { mode });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST" || !isFolder(folder)) throw cause;
  }
}
