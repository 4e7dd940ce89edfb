// The Slack bot beside a bare Bolt app in the same run: acknowledgements, requests a second, memory, cold start.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type FakeSlack, spawnFakeSlack } from "../test/fakes/slack.ts";
import { type BotProcess, startBot } from "../test/fakes/storm/bot.ts";
import { isSlackConnected, slackSettings } from "../test/fakes/storm/slack.ts";
import { line, machine, residentMiB, spread } from "./measure.ts";
import { type Load, load, open } from "./slack/load.ts";

// node bench/slack.ts [--runs N] [--seconds N] [--starts N] [--conversations N]
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    starts: { type: "string", default: "9" },
    conversations: { type: "string", default: "500" },
  },
});
const [runs, seconds, starts, conversations] = [
  values.runs,
  values.seconds,
  values.starts,
  values.conversations,
].map(Number) as [number, number, number, number];
const connections = 10;
const text = "500 stores, three boxes each with 8 GB and SSD, stable link, Flux";
const bare = join(import.meta.dirname, "slack", "bare.ts");
const kinds = ["bare", "ours"] as const;
type Kind = (typeof kinds)[number];

type Running = { bot: BotProcess; fake: FakeSlack; close: () => Promise<void>; url: string; startMs: number };

/** Each has a fake and a store of its own, so that nothing of one slows the other. */
async function run(kind: Kind, transport: "socket" | "http"): Promise<Running> {
  const fake = await spawnFakeSlack();
  const folder = await mkdtemp(join(tmpdir(), "edgewright-bench-"));
  const start = performance.now();
  const bot = startBot({
    env: slackSettings(fake, transport),
    folder,
    isConnected: isSlackConnected,
    ...(kind === "bare" && { main: bare }),
  });
  await bot.connected;
  const startMs = performance.now() - start;
  const address = bot.log.find((one) => one.address)?.address as { port: number } | undefined;
  return {
    ...{ bot, fake, startMs },
    url: `http://127.0.0.1:${address?.port}/slack/events`,
    async close() {
      await bot.stop("SIGKILL");
      await fake.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const loads: Record<Kind, Load[]> = { bare: [], ours: [] };
for (let n = 0; n < runs; n++) {
  for (const kind of kinds) {
    const { fake, url, close } = await run(kind, "http");
    await load(fake, url, { connections, seconds: 1, text }); // warm
    loads[kind].push(await load(fake, url, { connections, seconds, text }));
    await close();
  }
}

const cold: Record<Kind, number[]> = { bare: [], ours: [] };
for (let n = 0; n <= starts; n++) {
  for (const kind of kinds) {
    const { startMs, close } = await run(kind, "socket");
    if (n > 0) cold[kind].push(startMs); // the first fills the caches of the file system
    await close();
  }
}

const memory: Record<string, number> = {};
for (const kind of kinds) {
  const { bot, fake, url, close } = await run(kind, "http");
  await sleep(2_000);
  memory[`${kind} idle`] = await residentMiB(bot.pid);
  if (kind === "ours") {
    await open(fake, url, conversations, text);
    await fake.settled({ quietMs: 1_500, timeoutMs: 300_000 });
    memory[`ours with ${conversations} open conversations`] = await residentMiB(bot.pid);
  }
  await close();
}

const of = (kind: Kind, name: keyof Load) => spread(loads[kind].map((one) => one[name]));
const ratio = of("ours", "p99").median / of("bare", "p99").median;
const extra = spread(cold.ours).median - spread(cold.bare).median;
const table = kinds.flatMap((kind) => [
  { what: `${kind}: acknowledged, p50`, value: line(of(kind, "p50"), "ms") },
  { what: `${kind}: acknowledged, p99`, value: line(of(kind, "p99"), "ms") },
  {
    what: `${kind}: /edge a second, ${connections} connections`,
    value: line(of(kind, "perSecond"), "a second"),
  },
  { what: `${kind}: spawn to connected`, value: line(spread(cold[kind]), "ms") },
]);
console.log(
  machine(),
  "load",
  loadavg()
    .map((one) => one.toFixed(1))
    .join(" "),
);
for (const { what, value } of table) console.log(`${what.padEnd(46)} ${value}`);
for (const [what, value] of Object.entries(memory)) console.log(`${what.padEnd(46)} ${value.toFixed(0)} MiB`);
console.log(`p99 beside bare Bolt: ${ratio.toFixed(2)} times (aim: 2 at most)`);
console.log(`cold start beside bare Bolt: ${extra.toFixed(0)} ms more (aim: 300 at most)`);

const folder = join(import.meta.dirname, "results");
await mkdir(folder, { recursive: true });
const result = {
  ...{ machine: machine(), load: loadavg().map((one) => Number(one.toFixed(1))) },
  ...{ runs, seconds, connections, loads, cold, memory, p99Ratio: ratio, coldStartExtraMs: extra },
};
await writeFile(join(folder, "slack-bench.json"), `${JSON.stringify(result, null, 2)}\n`);
