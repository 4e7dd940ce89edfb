import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { makePlan } from "../src/app/make-plan.ts";
import { openWorkshop } from "../src/app/workshop.ts";
import { parseTree } from "../src/steps/guard/parse.ts";
import { type Comparison, compare, stricter } from "../test/steps/kustomize/compare.ts";
import { hasCorpus, publicTrees } from "../test/steps/kustomize/corpus.ts";
import { realVersion, writeTree } from "../test/steps/kustomize/real.ts";
import { target, trees } from "../test/steps/kustomize/trees.ts";
import { briefAt } from "./sweep/briefs.ts";
import { pooled, rootsOf } from "./sweep/build.ts";

// npm run sweep:kustomize [-- --trees N --briefs N --seed S]: our renderer against kubectl's kustomize, verdict by verdict
// and document by document, over generated trees, real repositories and the ones we lay out.

const { values } = parseArgs({
  options: {
    trees: { type: "string", default: "1000" },
    briefs: { type: "string", default: "24" },
    seed: { type: "string", default: "1" },
    out: { type: "string" },
  },
});
const seed = Number(values.seed);
const file = values.out ?? join(import.meta.dirname, "..", "bench", "results", "kustomize.json");
const version = realVersion();
if (version === undefined) {
  console.error("sweep:kustomize: kubectl is not on PATH, there is nothing to compare with");
  process.exit(2);
}

type Job = { name: string; files: ReadonlyMap<string, string>; dir: string };
const width = 2; // kustomize processes at a time
const root = mkdtempSync(join(tmpdir(), "edgewright-kustomize-"));
let written = 0;

const result = {
  kustomize: version,
  seed,
  generated: await run("generated", generated(Number(values.trees))),
  corpus: hasCorpus ? await run("corpus", fromCorpus()) : "no corpus",
  own: await run("own", await fromBriefs(Number(values.briefs))),
};
rmSync(root, { recursive: true, force: true });
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
const parts = [result.generated, result.corpus, result.own].filter((part) => typeof part === "object");
if (parts.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;

function generated(count: number): Job[] {
  return fc
    .sample(trees, { numRuns: count, seed })
    .map((files, i) => ({ name: `tree ${i}`, files, dir: target }));
}

/** Every kustomization of every repository, as far as it lies in the corpus; a Component cannot be built alone. */
function fromCorpus(): Job[] {
  return [...publicTrees()].flatMap(([repo, files]) =>
    parseTree(files).kustomizations.map(({ dir, path }) => ({ name: `${repo} ${path}`, files, dir })),
  );
}

async function fromBriefs(count: number): Promise<Job[]> {
  const workshop = await openWorkshop();
  return Array.from({ length: count }, (_, i) => makePlan(briefAt(i, seed), workshop)).flatMap(
    ({ files }, i) => {
      const tree = new Map(files.map(({ path, content }) => [path, content]));
      return rootsOf(files).map((dir) => ({ name: `brief ${i} ${dir}`, files: tree, dir }));
    },
  );
}

async function run(name: string, jobs: Job[]) {
  const folders = new Map<ReadonlyMap<string, string>, string>();
  const counts = {
    targets: jobs.length,
    equal: 0,
    documents: 0,
    bothRefuse: 0,
    outside: 0,
    outsideTheyFail: 0,
  };
  const stricterCounts: Record<string, { times: number; because: string }> = {};
  const outside: Record<string, number> = {};
  const wrong: { name: string; what: string }[] = [];
  let done = 0;
  await pooled(jobs, width, async (job) => {
    let dir = folders.get(job.files);
    if (dir === undefined) {
      dir = join(root, String(written++));
      folders.set(job.files, dir);
      writeTree(dir, job.files);
    }
    count(job.name, await compare(dir, job.files, job.dir));
    if (++done % 50 === 0 && process.stderr.isTTY) process.stderr.write(`\r${name} ${done}/${jobs.length}`);
  });
  console.log(
    `${name.padEnd(10)} ${counts.targets} targets: ${counts.equal} equal (${counts.documents} documents), ${counts.bothRefuse} refused by both, ${counts.outside + counts.outsideTheyFail} outside the subset, ${wrong.length} wrong`,
  );
  for (const { name: which, what } of wrong.slice(0, 20)) console.log(`  ${which}: ${what}`);
  return { ...counts, stricter: stricterCounts, outsideBecause: outside, wrong };

  function addStricter(code: string): void {
    stricterCounts[code] ??= { times: 0, because: stricter[code]! };
    stricterCounts[code].times++;
  }

  function count(which: string, found: Comparison): void {
    if (found.kind === "wrong") wrong.push({ name: which, what: found.what });
    else if (found.kind === "both-refuse") counts.bothRefuse++;
    else if (found.kind === "stricter") addStricter(found.code);
    else if (found.kind === "outside") {
      if (found.theirs === "built") counts.outside++;
      else counts.outsideTheyFail++;
      const feature = found.feature.replace(/: .*/, "");
      outside[feature] = (outside[feature] ?? 0) + 1;
    } else {
      counts.equal++;
      counts.documents += found.documents;
      for (const code of found.stricter) addStricter(code);
    }
  }
}
