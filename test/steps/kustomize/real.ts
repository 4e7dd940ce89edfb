import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Rendered } from "../../../src/model/rule.ts";
import { forKustomize, parseTree } from "../../../src/steps/guard/parse.ts";
import { kustomize } from "../../../src/steps/kustomize.ts";

/** The version of kustomize inside kubectl, or nothing where there is no kubectl. */
export function realVersion(): string | undefined {
  const { status, stdout } = spawnSync("kubectl", ["version", "--client"], { encoding: "utf8" });
  return status === 0 ? /Kustomize Version:\s*(\S+)/.exec(stdout)?.[1] : undefined;
}

/** Writes a tree below a folder. */
export function writeTree(dir: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

export type Theirs = { kind: "built"; docs: unknown[] } | { kind: "failed"; error: string };

/** What kubectl's kustomize makes of a folder, without network. */
export async function realBuild(dir: string): Promise<Theirs> {
  const { code, stdout, stderr } = await run("kubectl", ["kustomize", dir]);
  if (code !== 0)
    return { kind: "failed", error: stderr.slice(stderr.indexOf("err=") + 4).replaceAll(dir, "") };
  const docs = parseAllDocuments(stdout, { merge: true }).map((document): unknown => document.toJS());
  return { kind: "built", docs: docs.filter((doc) => doc !== null).map(sorted) };
}

function run(program: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const nowhere = "http://127.0.0.1:1";
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, HOME: "/nonexistent", HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere },
    timeout: 30_000,
  });
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].on("data", (chunk) => chunks[stream].push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(chunks.stdout).toString(),
        stderr: Buffer.concat(chunks.stderr).toString(),
      }),
    );
  });
}

/** The same value with its keys in one order. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

/** What ours makes of it, with the problems it names. */
export function ourBuild(files: ReadonlyMap<string, string>, dir: string) {
  const parsed = parseTree(files);
  const { render, problems } = kustomize(forKustomize(files, parsed));
  const rendered: Rendered = render(dir);
  const docs = rendered.kind === "rendered" ? rendered.objects.map(({ doc }) => sorted(doc)) : [];
  return { rendered, docs, problems, syntax: parsed.syntax };
}
