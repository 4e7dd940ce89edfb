import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Finding } from "#model/plan.ts";
import { checkFiles, type Workshop } from "../../src/app/workshop.ts";
import { random } from "../sweep/briefs.ts";

type Row = { repo: string; path: string; text: string };
export type CorpusHit = { repo: string; finding: Finding };

const file = join(import.meta.dirname, "../../../shared/corpus/manifests.jsonl.gz");
export const hasCorpus = existsSync(file);

/** Folders of a repository that are repositories of their own: test fixtures of tools that check repositories. */
const FIXTURE = /^(?:tests\/[^/]+\/[^/]+|e2e\/assets\/[^/]+)\//;

/** Real repositories, each as far as the corpus has it. */
function repositories(): Map<string, Row[]> {
  const rows = gunzipSync(readFileSync(file))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
  return Map.groupBy(rows, ({ repo, path }) => `${repo} ${FIXTURE.exec(path)?.[0] ?? ""}`.trim());
}

/** What the guard says of every repository of the corpus. */
export function checkCorpus(workshop: Workshop): CorpusHit[] {
  return [...repositories().values()].flatMap((rows) => {
    const files = rows.map(({ path, text }) => ({ path, content: text }));
    const { findings } = checkFiles(files, workshop, { role: "edge" });
    return findings.map((finding) => ({ repo: rows[0]!.repo, finding }));
  });
}

/** Up to `most` hits of each rule, drawn by the seed. */
export function sampled(hits: readonly CorpusHit[], most: number, seed: number): Map<string, CorpusHit[]> {
  const drawn = new Map<string, CorpusHit[]>();
  for (const [rule, all] of Map.groupBy(hits, ({ finding }) => finding.rule)) {
    const next = random(seed);
    const keyed = all.map((hit) => ({ hit, at: next() })).sort((a, b) => a.at - b.at);
    drawn.set(
      rule,
      keyed.slice(0, most).map(({ hit }) => hit),
    );
  }
  return drawn;
}
