/**
 * How much the schema check sees, in full: the corpus of real manifests, strict Ajv beside it, every mutant of every valid
 * document for several seeds, and the hand-written faults. `npm run sweep:schemas` writes bench/results/schemas.json; exit
 * code 1 where a class of faults is caught in fewer than 99 of 100.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { overlayReference } from "../test/schemas/overlay-reference.ts";
import { reference } from "../test/schemas/reference.ts";
import { overlaySlips, type Slip, slips } from "../test/schemas/slips.ts";
import { flagged, onlyAjv } from "../test/schemas/verdicts.ts";
import { createJudge } from "./sweep-schemas/ajv.ts";
import { checkSchemas, corpusPath, isOfSchema, readCorpus } from "./sweep-schemas/corpus.ts";
import { readJsonSchemas } from "./sweep-schemas/json-schemas.ts";
import {
  type Miss,
  measureOverlays,
  measurePackages,
  pointersOf,
  type Result,
} from "./sweep-schemas/measure.ts";

const target = fileURLToPath(new URL("../bench/results/schemas.json", import.meta.url));
const seeds = [1, 2, 3, 4, 5];
const least = 0.99;

const corpus = readCorpus();
if (corpus === undefined)
  throw new Error(`${corpusPath} is not there; set EDGEWRIGHT_CORPUS to where it lies`);

const set = readJsonSchemas();
const judge = createJudge(set, { strict: true });
const others = [...reference, ...overlayReference];
const packages = seeds.map((seed) => measurePackages(corpus, { set, judge, seed, every: 1 }));
const overlays = seeds.map((seed) => measureOverlays(corpus, { set, others, seed, every: 1 }));
const results = {
  date: new Date().toISOString().slice(0, 10),
  corpus: measureCorpus(),
  seeds: seeds.length,
  packages: summarise(packages),
  overlays: summarise(overlays),
  handWritten: { packages: measureSlips(slips), overlays: measureSlips(overlaySlips) },
};
writeFileSync(target, `${JSON.stringify(results, undefined, 2)}\n`);
process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);

const poor = [results.packages, results.overlays].flatMap(({ caught }) =>
  Object.entries(caught).filter(([, { share }]) => share < least),
);
if (poor.length > 0) {
  process.stderr.write(`caught too rarely: ${poor.map(([fault]) => fault).join(", ")}\n`);
  process.exitCode = 1;
}

function measureCorpus() {
  const reports = corpus!.map((repository) => ({ repository, report: checkSchemas(repository) }));
  const files = new Set(
    reports.flatMap(({ repository, report }) =>
      report.findings.filter(isOfSchema).map(({ path }) => `${repository.name} ${path}`),
    ),
  );
  const unreadable = reports.reduce(
    (sum, { repository: { tree } }) =>
      sum +
      new Set(tree.syntax.filter(({ code }) => code !== "ambiguous-scalar").map(({ path }) => path)).size,
    0,
  );
  const documents = reports.reduce(
    (sum, { repository: { tree } }) => sum + tree.documents.length,
    unreadable,
  );
  const covered = reports.reduce((sum, { report }) => sum + report.checked.documents, 0);
  return {
    repositories: corpus!.length,
    documents,
    covered,
    share: round(covered / documents),
    flagged: files.size,
    falseAlarms: [...files].filter((file) => flagged[file]?.[0] !== "true").length,
    onlyAjvFlags: Object.fromEntries(
      ["newer", "lost"].map((why) => [why, Object.values(onlyAjv).filter((one) => one === why).length]),
    ),
    patternsAjvCannotRead: judge.skippedPatterns.size,
  };
}

function summarise(all: readonly Result[]) {
  const { documents, kinds, scores } = all[0]!;
  const sum = (fault: string, of: "made" | "caught" | "atPlace" | "noFault") =>
    all.reduce((total, result) => total + result.scores[fault]![of], 0);
  const caught = Object.fromEntries(
    Object.keys(scores)
      .filter((fault) => sum(fault, "made") > 0)
      .map((fault) => {
        const made = sum(fault, "made");
        const share = round(sum(fault, "caught") / made);
        return [
          fault,
          {
            made,
            caught: sum(fault, "caught"),
            share,
            atPlace: round(sum(fault, "atPlace") / made),
            noFault: sum(fault, "noFault"),
          },
        ];
      }),
  );
  return { documents, kinds, caught, misses: together(all.flatMap(({ misses }) => misses)) };
}

/** Each miss once, and how often it was made. */
function together(misses: readonly Miss[]) {
  const byName = new Map<string, Miss & { times: number }>();
  for (const miss of misses) {
    const name = JSON.stringify(miss);
    byName.set(name, { ...miss, times: (byName.get(name)?.times ?? 0) + 1 });
  }
  return [...byName.values()].slice(0, 20);
}

function measureSlips(all: readonly Slip[]) {
  const found = all.map(([, text, pointer]) => {
    const pointers = pointersOf(parse(text, { uniqueKeys: false }));
    return { caught: pointers.length > 0, atPlace: pointers.includes(pointer) };
  });
  return {
    made: all.length,
    caught: found.filter(({ caught }) => caught).length,
    atPlace: found.filter(({ atPlace }) => atPlace).length,
  };
}

function round(share: number): number {
  return Math.floor(share * 10_000) / 10_000;
}
