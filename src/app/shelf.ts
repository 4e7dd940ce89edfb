import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "#model/errors.ts";

/** The shelves and what lies on them; adding a file to a folder is all it takes to be found. */
export type ShelfName = "platforms" | "providers" | "distros" | "gitops" | "rules";

const root = join(import.meta.dirname, "..");
const SHELF_FILE = /^([a-z0-9][a-z0-9-]*)\.(ts|js)$/;

/** Names of the files on a shelf, sorted, so that everything that walks a shelf does so in one order. */
export async function names(shelf: ShelfName): Promise<string[]> {
  const entries = await readdir(join(root, shelf), { withFileTypes: true }).catch(
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return [];
      throw cause;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .flatMap((entry) => SHELF_FILE.exec(entry.name)?.[1] ?? [])
    .sort();
}

/** Loads one shelf file by name; an unknown name is answered with the ones there are. */
export async function load<T>(shelf: ShelfName, name: string): Promise<T> {
  const known = await names(shelf);
  if (!known.includes(name)) {
    throw new UsageError(`${shelf}: no "${name}". Pick one of: ${known.join(", ")}`);
  }
  const extension = import.meta.filename.endsWith(".ts") ? "ts" : "js";
  const module = await import(pathToFileURL(join(root, shelf, `${name}.${extension}`)).href);
  return module.default as T;
}

/** Loads a whole shelf, in the order of names. */
export async function all<T>(shelf: ShelfName): Promise<T[]> {
  const found = await names(shelf);
  return Promise.all(found.map((name) => load<T>(shelf, name)));
}
