import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { openWorkshop } from "../src/app/workshop.ts";
import { checkCorpus, hasCorpus } from "./sweep-rules/corpus.ts";
import { allFaults, type RuleScore, sweepRules } from "./sweep-rules/sweep.ts";

// npm run sweep:rules [-- --most N --seed S --only REF]: breaks every policy rule on purpose in up to N ways, in every way a
// repository writes its objects, and counts how many were caught; then counts what the rules say of the corpus.

const { values } = parseArgs({
  options: {
    most: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    out: { type: "string" },
  },
});
const root = join(import.meta.dirname, "..");
const file = values.out ?? join(root, "bench", "results", "rules.json");

const workshop = await openWorkshop();
const rules = workshop.rules.filter(({ id }) => id.startsWith(values.only));
const start = performance.now();
const scores = rules.flatMap((rule, i) => {
  if (process.stderr.isTTY || i % 20 === 0) process.stderr.write(`\r${i}/${rules.length}`);
  return sweepRules(workshop, { most: Number(values.most), seed: Number(values.seed), rules: [rule] });
});
const seconds = Math.round((performance.now() - start) / 1_000);
process.stderr.write("\n");

const sum = (pick: (score: RuleScore) => number) => scores.reduce((total, score) => total + pick(score), 0);
const share = (score: RuleScore) => (score.mutants === 0 ? 0 : score.caught / score.mutants);
const below = scores.filter((score) => share(score) < 0.99);
const few = scores.filter(({ mutants }) => mutants < 20).map(({ rule }) => rule);
const result = {
  rules: rules.length,
  mutants: sum(({ mutants }) => mutants),
  caught: sum(({ caught }) => caught),
  seed: Number(values.seed),
  seconds,
  below99: below.map(({ rule }) => rule),
  fewerThan20: few,
  /** Rules broken by their own examples only: faults by other hands are still to be written. */
  byExample: scores.map(({ rule }) => rule).filter((rule) => !allFaults.some((fault) => fault.rule === rule)),
  perRule: Object.fromEntries(scores.map(({ rule, caught, mutants }) => [rule, `${caught}/${mutants}`])),
  missed: Object.fromEntries(
    scores.filter(({ missed }) => missed.length > 0).map(({ rule, missed }) => [rule, missed]),
  ),
  ...(hasCorpus && { corpus: await corpusCounts() }),
};

console.log(`rules    ${result.rules}`);
console.log(`mutants  ${result.mutants}, caught ${result.caught}`);
console.log(`time     ${seconds} s`);
for (const { rule, caught, mutants, missed, noisy } of scores) {
  if (missed.length + noisy.length === 0) continue;
  console.log(`${rule}  ${caught}/${mutants}`);
  for (const what of missed) console.log(`  missed: ${what}`);
  for (const what of noisy) console.log(`  said before it was broken: ${what}`);
}
await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
if (below.length > 0) process.exitCode = 1;

/** Hits of each rule over real repositories, with what reading a sample of them by hand gave. */
async function corpusCounts() {
  const hits = checkCorpus(workshop);
  const verdicts = JSON.parse(await readFile(join(root, "test", "rules", "verdicts.json"), "utf8"));
  const counts: Record<string, number> = {};
  for (const { finding } of hits) counts[finding.rule] = (counts[finding.rule] ?? 0) + 1;
  return {
    hits: Object.fromEntries(Object.entries(counts).sort()),
    read: Object.values(verdicts.read as Record<string, number>).reduce((total, count) => total + count, 0),
    wrong: verdicts.wrong.length,
    incomplete: verdicts.incomplete.length,
    mended: verdicts.mended.length,
  };
}
