import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Finding, Report } from "#model/plan.ts";
import { loadSchemas } from "../../src/schemas/walk.ts";
import { type ParsedTree, parseTree } from "../../src/steps/guard/parse.ts";
import { guard } from "../../src/steps/guard.ts";
import { kustomize } from "../../src/steps/kustomize.ts";

export type Document = Record<string, unknown>;
/** One repository of the corpus: its files, what is in them, and what the guard says about them. */
export type Repository = { name: string; files: { path: string; content: string }[]; tree: ParsedTree };

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where the corpus of real manifests lies; it is no part of this repository. */
export const corpusPath = join(
  process.env.EDGEWRIGHT_CORPUS ?? join(root, "../shared/corpus"),
  "manifests.jsonl.gz",
);

/** Every repository of the corpus, read; undefined where there is none on this machine. */
export function readCorpus(): Repository[] | undefined {
  if (!existsSync(corpusPath)) return undefined;
  const lines = gunzipSync(readFileSync(corpusPath)).toString().trim().split("\n");
  const rows = lines.map((line) => JSON.parse(line) as { repo: string; path: string; text: string });
  return [...Map.groupBy(rows, ({ repo }) => repo)].map(([name, own]) => ({
    name,
    files: own.map(({ path, text }) => ({ path, content: text })),
    tree: parseTree(new Map(own.map(({ path, text }) => [path, text]))),
  }));
}

/** What the schema check alone says about a repository: no policy, no distributions. */
export function checkSchemas({ files }: Pick<Repository, "files">): Report {
  const setting = { role: "edge" } as const;
  return guard(files, { rules: [], schemas: loadSchemas(), kustomize, distros: [], setting, ignores: false });
}

/** Findings of the schema check, as opposed to removed APIs and what a kustomization does. */
export function isOfSchema({ rule }: Finding): boolean {
  return rule.startsWith("SCHEMA-");
}
