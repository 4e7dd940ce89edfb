import { describe, expect, test } from "vitest";
import { createJudge } from "../../scripts/sweep-schemas/ajv.ts";
import {
  checkSchemas,
  corpusPath,
  isOfSchema,
  type Repository,
  readCorpus,
} from "../../scripts/sweep-schemas/corpus.ts";
import { readJsonSchemas } from "../../scripts/sweep-schemas/json-schemas.ts";
import { measureOverlays, measurePackages } from "../../scripts/sweep-schemas/measure.ts";
import { findRemovedApi } from "../../src/catalogue/removed-apis.ts";
import { overlayReference } from "./overlay-reference.ts";
import { reference } from "./reference.ts";
import { flagged, onlyAjv } from "./verdicts.ts";

const corpus = readCorpus();
if (corpus === undefined) console.log(`corpus: ${corpusPath} is not there, nothing is measured against it`);

describe.runIf(corpus !== undefined)("real repositories", () => {
  const reports = (corpus ?? []).map((repository) => ({ repository, report: checkSchemas(repository) }));
  const said = reports.flatMap(({ repository, report }) =>
    report.findings.filter(isOfSchema).map(({ path }) => `${repository.name} ${path}`),
  );

  test("raise only alarms that were looked at, and of those at most two are false", () => {
    const files = [...new Set(said)];
    const falseAlarms = files.filter((file) => flagged[file]?.[0] !== "true");
    console.log(`corpus: ${files.length} files flagged, ${falseAlarms.length} false alarms`);
    expect(files.filter((file) => !(file in flagged))).toEqual([]);
    expect(falseAlarms.length).toBeLessThanOrEqual(2);
    // A verdict about a file that is no longer flagged is a miss, or stale.
    expect(
      Object.keys(flagged).filter((file) => flagged[file]![0] === "true" && !files.includes(file)),
    ).toEqual([]);
  });

  test("are covered in at least 85 of 100 documents", () => {
    const documents = reports.reduce((sum, { repository }) => sum + countDocuments(repository), 0);
    const checked = reports.reduce((sum, { report }) => sum + report.checked.documents, 0);
    console.log(`corpus: ${checked} of ${documents} documents covered`);
    expect(checked / documents).toBeGreaterThanOrEqual(0.85);
  });

  const set = corpus === undefined ? { files: new Map(), kinds: new Map() } : readJsonSchemas();
  const judge = createJudge(set, { strict: true });

  test("hold no true error that strict Ajv over the schemas of the packages finds and the guard does not", () => {
    const missed = new Set<string>();
    let judged = 0;
    for (const { name, tree } of corpus ?? []) {
      for (const { doc, patch, path, apiVersion, kind } of tree.manifests) {
        if (patch || findRemovedApi(apiVersion, kind) !== undefined) continue;
        const { status: _, ...spec } = doc;
        const errors = judge.check(spec);
        if (errors === undefined) continue;
        judged++;
        if (errors.length > 0 && !said.includes(`${name} ${path}`)) missed.add(`${name} ${path}`);
      }
    }
    console.log(`corpus: Ajv judged ${judged}, ${judge.skippedPatterns.size} patterns left out`);
    expect(judged).toBeGreaterThan(700);
    expect([...missed].sort()).toEqual(Object.keys(onlyAjv).sort());
  });

  // A sample; `npm run sweep:schemas` takes every document and several seeds.
  test("cannot be made wrong unseen: faults placed with the JSON Schemas of the packages", () => {
    const { documents, scores, misses } = measurePackages(corpus!, { set, judge, seed: 7, every: 12 });
    expect(documents).toBeGreaterThan(40);
    // This one the API server accepts: it has a default, of which the JSON Schemas say nothing.
    const real = misses.filter(({ pointer }) => !pointer.endsWith("/verify/provider"));
    expect(real).toEqual([]);
    for (const [fault, { made, caught, atPlace }] of Object.entries(scores)) {
      expect(made, fault).toBeGreaterThan(0);
      expect(caught / made, fault).toBeGreaterThanOrEqual(0.99);
      expect(atPlace / made, fault).toBeGreaterThanOrEqual(0.99);
    }
  });

  test("cannot be made wrong unseen: faults in kinds no package knows, placed by the documents alone", () => {
    const others = [...reference, ...overlayReference];
    const { kinds, scores } = measureOverlays(corpus!, { set, others, seed: 7, every: 4 });
    expect(kinds).toBeGreaterThan(10);
    for (const [fault, { made, caught }] of Object.entries(scores)) {
      if (made > 0) expect(caught / made, fault).toBeGreaterThanOrEqual(0.99);
    }
  });
});

/** Documents, and files that cannot be read: they count as not covered. */
function countDocuments({ tree }: Repository): number {
  const unreadable = tree.syntax.filter(({ code }) => !["ambiguous-scalar", "duplicate-key"].includes(code));
  return tree.documents.length + new Set(unreadable.map(({ path }) => path)).size;
}
