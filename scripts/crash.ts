// Kills the session many times at random moments and prints what was seen: `node scripts/crash.ts [KILLS] [SEED]`.
import { crash } from "../test/app/crash/driver.ts";

const [kills = 200, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const { problems, acknowledgedMs, ...counts } = await crash({ kills, seed });
const sorted = acknowledgedMs.toSorted((a, b) => a - b);
const at = (part: number) => Number(sorted[Math.floor((sorted.length - 1) * part)]?.toFixed(2));
console.log({ seed, ...counts, acknowledgedMs: { p50: at(0.5), p99: at(0.99), max: at(1) } });
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
