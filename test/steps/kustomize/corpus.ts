import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

/** Where real manifests lie, if they do: `EDGEWRIGHT_CORPUS`, or beside the repository. */
export const corpus = join(
  process.env.EDGEWRIGHT_CORPUS ?? resolve(import.meta.dirname, "../../../../shared/corpus"),
  "manifests.jsonl.gz",
);
export const hasCorpus = existsSync(corpus);

/** The trees of public repositories, by repository. */
export function publicTrees(): Map<string, Map<string, string>> {
  const trees = new Map<string, Map<string, string>>();
  for (const line of gunzipSync(readFileSync(corpus)).toString().trim().split("\n")) {
    const { repo, path, text } = JSON.parse(line) as { repo: string; path: string; text: string };
    const files = trees.get(repo) ?? new Map<string, string>();
    trees.set(repo, files.set(path, text));
  }
  return trees;
}
