import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { parse } from "yaml";
import type { Decisions } from "#model/decision.ts";
import type { File } from "#model/plan.ts";

const run = promisify(execFile);

const words = { k3s: /k3s|rancher/i, k0s: /k0s/i, microk8s: /microk8s/i };

/** Images and projects whose names speak of another distribution than the one that runs. */
const namesake = /docker\.io\/rancher\/|rancher\.io\/local-path/gi;

/** Words of distributions that do not run here, outside the page that says why they were rejected. */
export function leftovers(decisions: Decisions, files: readonly File[]): string[] {
  const { choice } = decisions.distribution;
  const others = Object.entries(words).filter(([name]) => name !== choice);
  return files
    .filter(({ path }) => path !== "DECISIONS.md")
    .flatMap(({ path, content }) =>
      others
        .filter(([, word]) => word.test(path) || word.test(content.replaceAll(namesake, "")))
        .map(([name]) => `${path} speaks of ${name}, but ${choice} runs`),
    );
}

/** fleet.yaml must list every file, so that a later plan can remove what it no longer writes; and point at files that exist. */
export function unlisted(files: readonly File[]): string[] {
  const fleet = parse(files.find(({ path }) => path === "fleet.yaml")?.content ?? "") as {
    files: string[];
    decisions: Record<string, { shownIn: string }>;
  };
  const paths = files.map(({ path }) => path).sort();
  const missing = Object.entries(fleet.decisions)
    .filter(([, { shownIn }]) => !paths.includes(shownIn))
    .map(([topic, { shownIn }]) => `fleet.yaml: ${topic} is shown in ${shownIn}, which does not exist`);
  return JSON.stringify(fleet.files) === JSON.stringify(paths)
    ? missing
    : [...missing, "fleet.yaml: files differ"];
}

const SCRIPT = /^#!\/(?:bin\/sh|usr\/bin\/env bash)\n/;

/** Files that a Markdown page or a script names by path and that are not there. */
export function dangling(files: readonly File[]): string[] {
  const paths = files.map(({ path }) => path);
  return files
    .filter(({ path, content }) => path.endsWith(".md") || SCRIPT.test(content))
    .flatMap(({ path, content }) =>
      [...content.matchAll(/(?<![\w./-])((?:scripts|docs|hub|stores)\/[\w./-]*\w)/g)]
        .map((match) => match[1]!)
        .filter((named) => !paths.some((known) => known === named || known.startsWith(`${named}/`)))
        .map((named) => `${path} names ${named}, which does not exist`),
    );
}

/** Scripts no shell could read; each is only parsed, never run. `root` is where the tree was written. */
export async function unreadable(files: readonly File[], root: string): Promise<string[]> {
  const scripts = files.filter(({ content }) => SCRIPT.test(content));
  const results = await Promise.all(
    scripts.map(({ path, content }) =>
      run(content.startsWith("#!/bin/sh") ? "sh" : "bash", ["-n", path], { cwd: root }).then(
        () => [],
        (cause: { stderr?: string }) => [`${path}: ${(cause.stderr ?? String(cause)).trim()}`],
      ),
    ),
  );
  return results.flat();
}
