import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type SweepResult, sweep } from "./sweep/sweep.ts";

// npm run sweep [-- --sample N --seed S]: as many different briefs through the whole of decide, lay-out and guard, every
// set and exception of every repository built by kustomize, every decision looked for in its file.

const { values } = parseArgs({
  options: {
    sample: { type: "string", default: "320" },
    seed: { type: "string", default: "1" },
    out: { type: "string" },
  },
});
const file = values.out ?? join(import.meta.dirname, "..", "bench", "results", "sweep.json");

const result = await sweep({
  count: Number(values.sample),
  seed: Number(values.seed),
  onBrief: (done, count) => {
    if (process.stderr.isTTY || done % 40 === 0) process.stderr.write(`\r${done}/${count}`);
  },
});
process.stderr.write("\n");
print(result);
await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${JSON.stringify(withHash(result), null, 2)}\n`);
if (result.failures.length > 0) process.exitCode = 1;

function print({ briefs, repositories, files, targets, findings, seconds, choices, failures }: SweepResult) {
  console.log(`briefs        ${briefs} different`);
  console.log(`repositories  ${repositories} (${files} files)`);
  console.log(`kustomize     ${targets} sets, exceptions and bootstraps built`);
  console.log(`guard         ${findings.block} blocking, ${findings.warn} warnings`);
  console.log(`time          ${seconds} s`);
  for (const [topic, counts] of Object.entries(choices)) {
    const list = Object.entries(counts).map(([choice, count]) => `${choice} ${count}`);
    console.log(`${topic.padEnd(14)}${list.join(", ")}`);
  }
  console.log(failures.length === 0 ? "all well" : `${failures.length} failures`);
  for (const { brief, what } of failures.slice(0, 40)) console.log(`  brief ${brief}: ${what}`);
}

/** The trees' own hash goes along, so that two machines can compare what they laid out. */
function withHash(result: SweepResult) {
  const trees = createHash("sha256").update(result.hashes.join("\n")).digest("hex");
  const { hashes: _, ...rest } = result;
  return { ...rest, trees };
}
