/**
 * What the chain adds to one call, beside the bare OpenAI SDK on the same zero-latency server in the same run; two hundred
 * chains at once in one process; what importing it costs. `npx node bench/chain.ts`.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import OpenAI from "openai";
import openai from "../src/providers/openai.ts";
import { runChain } from "../src/steps/chain.ts";
import { startModelServer } from "../test/fakes/model-server.ts";
import { goodText, noMicroK8s, Small, smallWire } from "../test/fakes/models.ts";
import { line, machine, spread } from "./measure.ts";

const runs = 300;
const warmUps = 40;
const atOnce = 200;
const pieceMs = 50; // about twenty pieces: one second of model time each
const importRuns = 7;
const messages = [
  { role: "system" as const, content: "Answer with one JSON object." },
  { role: "user" as const, content: "Three nodes, 2 GB." },
];

/** In a process of its own, so that its work is not counted as ours. */
async function serve() {
  const server = await startModelServer();
  const { url } = server.scenario("fast", { answer: goodText });
  const slow = server.scenario("slow", { answer: goodText, pieceMs });
  console.log(JSON.stringify({ fast: url, slow: slow.url }));
  process.stdin.resume().on("end", () => process.exit());
}

async function measure() {
  const child = spawn(process.execPath, [import.meta.filename, "--server"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [text] = await once(createInterface(child.stdout), "line");
  const { fast, slow } = JSON.parse(text) as { fast: string; slow: string };
  console.log(machine());
  await oneCall(fast);
  await manyCalls(slow);
  child.stdin.end();
  imports();
}

async function oneCall(url: string) {
  const client = new OpenAI({ apiKey: "none", baseURL: `${url}/v1`, maxRetries: 0 });
  const bare = async () => {
    const stream = await client.chat.completions.create({
      model: "gpt-4.1",
      stream: true,
      messages,
      response_format: {
        type: "json_schema",
        json_schema: { name: "answer", strict: true, schema: smallWire as Record<string, unknown> },
      },
    });
    let answer = "";
    for await (const chunk of stream) answer += chunk.choices[0]?.delta.content ?? "";
    Small.parse(JSON.parse(answer));
  };
  const ours = chainAt(url);
  const samples = { bare: [] as number[], ours: [] as number[] };
  for (let n = -warmUps; n < runs; n += 1) {
    // Taken in turns, so that both see the same machine.
    const [bareMs, oursMs] = [await timed(bare), await timed(ours)];
    if (n < 0) continue;
    samples.bare.push(bareMs);
    samples.ours.push(oursMs);
  }
  const added = spread(samples.ours).median - spread(samples.bare).median;
  console.log(`one call, bare SDK   ${line(spread(samples.bare), "ms")}`);
  console.log(`one call, chain      ${line(spread(samples.ours), "ms")}`);
  console.log(`the chain adds       ${added.toFixed(2)} ms (medians)`);
}

async function manyCalls(url: string) {
  const call = chainAt(url);
  const before = process.memoryUsage().rss;
  let most = before;
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const alone = await timed(call);
  const each = await Promise.all(Array.from({ length: atOnce }, () => timed(call)));
  const wallMs = performance.now() - startedAt - alone;
  clearInterval(watching);
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${atOnce} chains at once    ${wallMs.toFixed(0)} ms wall, one alone ${alone.toFixed(0)} ms`);
  console.log(`  each               ${line(spread(each), "ms")}`);
  console.log(
    `  memory             +${((most - before) / 2 ** 20).toFixed(0)} MiB at most, CPU ${((user + system) / 1e6).toFixed(1)} s`,
  );
}

function chainAt(url: string) {
  const opened = openai.open({ model: "gpt-4.1", env: openai.env.parse({ OPENAI_BASE_URL: `${url}/v1` }) });
  return async () => {
    const { kind } = await runChain({
      schema: Small,
      wire: smallWire,
      check: noMicroK8s,
      messages,
      models: [await opened],
      signal: new AbortController().signal,
    });
    if (kind !== "ok") throw new Error(`bench: the chain ended with "${kind}"`);
  };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
}

/** Each in a fresh process: what a start pays, and what only the first call pays. */
function imports() {
  const src = new URL("../src/", import.meta.url).href;
  const opened = (name: string, env: string) =>
    `(await import("${src}providers/${name}.ts")).default.open({ model: "m", env: { ${env} } })`;
  const codes = {
    "an empty process": "0",
    "the shelf (start)": `await Promise.all(["openai", "anthropic", "google", "ollama"].map((name) => import("${src}providers/" + name + ".ts")))`,
    "the chain": `await import("${src}steps/chain.ts")`,
    "openai, opened": `await ${opened("openai", 'OPENAI_API_KEY: "k", OPENAI_API: "auto"')}`,
    "anthropic, opened": `await ${opened("anthropic", 'ANTHROPIC_API_KEY: "k"')}`,
    "google, opened": `await ${opened("google", 'GOOGLE_API_KEY: "k"')}`,
    "ollama, opened": `await ${opened("ollama", 'OLLAMA_BASE_URL: "http://127.0.0.1:1"')}`,
  };
  for (const [name, code] of Object.entries(codes)) {
    const script = `const t = performance.now(); ${code}; console.log(JSON.stringify([performance.now() - t, process.memoryUsage().rss / 2 ** 20]))`;
    const samples = Array.from({ length: importRuns }, () => {
      const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
        encoding: "utf8",
      });
      return JSON.parse(output) as [number, number];
    });
    const ms = spread(samples.map(([each]) => each));
    const mib = spread(samples.map(([, each]) => each)).median;
    console.log(`import ${name.padEnd(20)} ${line(ms, "ms")}, ${mib.toFixed(0)} MiB`);
  }
}

if (process.argv.includes("--server")) await serve();
else await measure();
