// Cold figures of the real process: the whole `plan` command, and from the start of node to the first question.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { line, machine, residentMiB, spread } from "./measure.ts";

const main = join(import.meta.dirname, "..", "src", "main.ts");
const runs = 12;
// As in `npm start`: what stays running should stay small.
const small = ["--max-semi-space-size=4"];
const brief = "sites: 5000\nmemoryMiB: 2048\narch: arm64\nnetwork: intermittent\n";

/** Milliseconds from spawn until the output holds the words, or until the end without any. */
async function timed(args: string[], input: string, until?: RegExp): Promise<{ ms: number; rssMiB: number }> {
  const state = await mkdtemp(join(tmpdir(), "edgewright-bench-"));
  const start = performance.now();
  const child = spawn(process.execPath, [...(until ? small : []), main, ...args], {
    env: { ...process.env, XDG_STATE_HOME: state, NO_COLOR: "1" },
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let out = "";
  const said = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      out += chunk;
      if (until?.test(out)) resolve();
    });
  });
  child.stdin.write(input);
  if (!until) child.stdin.end();
  await Promise.race([until ? said : ended, ended]);
  const ms = performance.now() - start;
  const rssMiB = until ? await residentMiB(child.pid!) : 0;
  child.stdin.end();
  await ended;
  await rm(state, { recursive: true, force: true });
  if (until && !until.test(out)) throw new Error(`never said ${until}: ${out.slice(-300)}`);
  return { ms, rssMiB };
}

async function measure(args: string[], input: string, until?: RegExp) {
  await timed(args, input, until); // the first start fills the compile cache
  const samples = [];
  for (let n = 0; n < runs; n++) samples.push(await timed(args, input, until));
  return { ms: spread(samples.map(({ ms }) => ms)), rss: spread(samples.map(({ rssMiB }) => rssMiB)) };
}

console.log(machine());
const plan = await measure(["plan", "--brief", "-"], brief);
console.log(`plan, the whole command, cold: ${line(plan.ms, "ms")}`);
const question = await measure(["chat"], "5,000 delivery trucks, 2 GB ARM64, flaky 4G\n", /\?/);
console.log(`start of node to the first question: ${line(question.ms, "ms")}`);
console.log(`memory at the first question: ${line(question.rss, "MiB")}`);
