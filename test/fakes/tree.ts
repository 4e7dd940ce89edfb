import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { parseAllDocuments } from "yaml";
import { File } from "#model/plan.ts";

/** What must never stand in a repository for sites that only pull. */
const forbidden: [string, RegExp][] = [
  ["a moving tag", /:latest\b/],
  ["NodePort", /\bNodePort\b/],
  ["LoadBalancer", /type: LoadBalancer/],
  ["a token", /AGE-SECRET-KEY|BEGIN [A-Z ]*PRIVATE KEY|ghp_[A-Za-z0-9]/],
  ["undefined", /\bundefined\b/],
  ["[object Object]", /\[object /],
];

/** A document read in a test by path; what it holds is what the test is about. */
// biome-ignore lint/suspicious/noExplicitAny: typing every manifest again here would test the types.
export type Loose = any;

const isYaml = (path: string) => path.endsWith(".yaml") && !path.includes("/templates/");

/** Asserts what every file of the repository owes: a safe path that is its own, text that parses, no forbidden word. */
export function expectSound(files: readonly File[]): void {
  const seen = new Set<string>();
  for (const file of files) {
    File.parse(file);
    expect(seen.has(file.path), `${file.path} is written twice`).toBe(false);
    seen.add(file.path);
    expect(file.content.endsWith("\n"), `${file.path} ends with a newline`).toBe(true);
    for (const [name, pattern] of forbidden) {
      expect(pattern.test(file.content), `${file.path} holds ${name}`).toBe(false);
    }
    if (isYaml(file.path) || file.path.endsWith("/user-data")) documentsOf(file);
  }
}

/** The documents of a YAML file; throws where one does not parse. */
export function documentsOf({ path, content }: File): Record<string, unknown>[] {
  return parseAllDocuments(content, { merge: true, uniqueKeys: true }).map((document) => {
    expect(document.errors, path).toEqual([]);
    return document.toJS();
  });
}

/** Whether any object of these files is a Secret that holds something. */
export function secretsIn(files: readonly File[]): string[] {
  const held = files
    .filter(({ path }) => isYaml(path))
    .filter((file) =>
      documentsOf(file).some((doc) => doc?.kind === "Secret" && (doc.data || doc.stringData)),
    );
  return held.map(({ path }) => path);
}

/** Writes files to a folder that is gone afterwards, and runs something in it. */
export function within<T>(files: readonly File[], run: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), "edge-tree-"));
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), content);
    }
    return run(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Checks the grammar of every shell script with the shell that its first line names. */
export function expectScriptsParse(files: readonly File[]): void {
  for (const { path, content } of files) {
    const shell = /^#!\/(?:usr\/bin\/env )?(?:bin\/)?(sh|bash)\n/.exec(content)?.[1];
    if (!shell) continue;
    expect(() => execFileSync(shell, ["-n"], { input: content, stdio: "pipe" }), path).not.toThrow();
  }
}

/** Whether a program is there to check against. */
export function has(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
