import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { File } from "#model/plan.ts";

const run = promisify(execFile);
const timeoutMs = 60_000;

/** What can be built on its own: every kustomization that is no component. */
export function buildTargets(files: readonly File[]): string[] {
  return files
    .filter(
      ({ path, content }) => path.endsWith("/kustomization.yaml") && !content.includes("kind: Component"),
    )
    .map(({ path }) => dirname(path))
    .sort();
}

/** What is applied: sets, exceptions, bootstrap and stages. Bases and policies are built as parts of the sets. */
export function rootsOf(files: readonly File[]): string[] {
  return buildTargets(files).filter((dir) => !/^(base|policies)(\/|$)/.test(dir));
}

/** Writes a tree into a new temporary folder, hands it to `use`, and takes it away again. */
export async function withTree<T>(files: readonly File[], use: (root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), "edgewright-sweep-"));
  try {
    for (const { path, content } of files) {
      await mkdir(join(root, dirname(path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    return await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

export type Built = { dir: string; ok: true; output: string } | { dir: string; ok: false; error: string };

/** Builds one target with the real kustomize; no network, no plugins, nothing outside the tree. */
export async function build(root: string, dir: string): Promise<Built> {
  try {
    const { stdout } = await run("kubectl", ["kustomize", join(root, dir)], {
      timeout: timeoutMs,
      maxBuffer: 64 * 2 ** 20,
      env: { PATH: process.env.PATH, HOME: root },
    });
    return { dir, ok: true, output: stdout };
  } catch (cause) {
    const text = (cause as { stderr?: string }).stderr || String(cause);
    return { dir, ok: false, error: text.replaceAll(root, "").trim() };
  }
}

/** Runs a task for every item, so many at a time; results in the order of the items. */
export async function pooled<T, R>(
  items: readonly T[],
  width: number,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  async function worker() {
    while (next < items.length) {
      const mine = next++;
      results[mine] = await task(items[mine]!);
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
