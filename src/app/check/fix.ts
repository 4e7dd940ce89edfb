import { randomBytes } from "node:crypto";
import { chmod, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { TaskError } from "#model/errors.ts";
import type { Mended } from "#steps/mend.ts";
import { unified } from "#steps/render/lines.ts";
import type { TreeFile } from "../read-tree.ts";

/** What mending changes, as one patch: `patch -p1` and `git apply` take it from where the person stands. */
export function diffOf(before: readonly TreeFile[], { files }: Pick<Mended, "files">): string {
  const texts = new Map(before.map(({ path, content }) => [path, content]));
  return files
    .map(({ path, content }) => {
      const name = path.replace(/^\/+/, "");
      return `--- a/${name}\n+++ b/${name}\n${unified(texts.get(path) ?? "", content)}\n`;
    })
    .join("");
}

/** Writes mended files over what they were, each whole or not at all; one that changed since it was read is left alone. */
export async function writeMended(
  before: readonly TreeFile[],
  { files }: Pick<Mended, "files">,
  cwd: string,
): Promise<void> {
  const texts = new Map(before.map(({ path, content }) => [path, content]));
  for (const { path, content } of files) {
    try {
      // A link stays one: what it leads to is written.
      const target = await realpath(resolve(cwd, path));
      if ((await readFile(target, "utf8")) !== texts.get(path))
        throw new TaskError(`--fix: "${path}" changed while it was checked. Run it again`);
      await replace(target, content);
    } catch (cause) {
      if (cause instanceof TaskError) throw cause;
      throw new TaskError(`--fix: cannot write "${path}" (${(cause as NodeJS.ErrnoException).code})`, {
        cause,
      });
    }
  }
}

async function replace(target: string, content: string): Promise<void> {
  const part = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    const { mode } = await stat(target);
    await writeFile(part, content);
    await chmod(part, mode);
    await rename(part, target);
  } finally {
    await rm(part, { force: true });
  }
}
