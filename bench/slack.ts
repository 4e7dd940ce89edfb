// The Slack bot beside a bare Bolt app in the same run: acknowledgements, requests a second, memory, cold start. Ours is
// started as `npm start` does. Memory is that at rest, long enough after the last event for it to be given back, and the
// most there ever was.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type FakeSlack, spawnFakeSlack } from "../test/fakes/slack.ts";
import { type BotProcess, startBot } from "../test/fakes/storm/bot.ts";
import { isSlackConnected, slackSettings } from "../test/fakes/storm/slack.ts";
import { coldStarts, startFlags, startNames, type Way } from "./cold.ts";
import { line, load as loadNow, machine, mostMiB, residentMiB, restMs, spread } from "./measure.ts";
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
const ways: Record<Kind, Way> = { bare: { main: bare }, ours: { flags: startFlags } };
type Kind = (typeof kinds)[number];

type Running = { bot: BotProcess; fake: FakeSlack; close: () => Promise<void>; url: string; startMs: number };

/** Each has a fake and a store of its own, so that nothing of one slows the other. */
async function run({ env, ...way }: Way, transport: "socket" | "http"): Promise<Running> {
  const fake = await spawnFakeSlack();
  const folder = await mkdtemp(join(tmpdir(), "edgewright-bench-"));
  const start = performance.now();
  const bot = startBot({
    ...way,
    env: { ...slackSettings(fake, transport), ...env },
    folder,
    isConnected: isSlackConnected,
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
    const { fake, url, close } = await run(ways[kind], "http");
    await load(fake, url, { connections, seconds: 1, text }); // warm
    loads[kind].push(await load(fake, url, { connections, seconds, text }));
    await close();
  }
}

const cold = await coldStarts((way) => run(way, "socket"), { bare, starts });

const memory: Record<string, number> = {};
for (const kind of kinds) {
  const { bot, fake, url, close } = await run(ways[kind], "http");
  await sleep(restMs);
  memory[`${kind} idle`] = await residentMiB(bot.pid);
  await open(fake, url, conversations, text);
  await fake.settled({ quietMs: 1_500, timeoutMs: 300_000 });
  await sleep(restMs);
  memory[`${kind} with ${conversations} open conversations`] = await residentMiB(bot.pid);
  memory[`${kind} at most`] = await mostMiB(bot.pid);
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
]);
for (const [name, what] of Object.entries(startNames) as [keyof typeof cold, string][])
  table.push({ what: `${what}: spawn to connected`, value: line(spread(cold[name]), "ms") });
console.log(machine(), "load", ...loadNow());
for (const { what, value } of table) console.log(`${what.padEnd(58)} ${value}`);
for (const [what, value] of Object.entries(memory)) console.log(`${what.padEnd(58)} ${value.toFixed(0)} MiB`);
console.log(`p99 beside bare Bolt: ${ratio.toFixed(2)} times (aim: 2 at most)`);
console.log(`cold start beside bare Bolt: ${extra.toFixed(0)} ms more (aim: 300 at most)`);

const folder = join(import.meta.dirname, "results");
await mkdir(folder, { recursive: true });
const result = {
  ...{ machine: machine(), load: loadNow() },
  ...{ runs, seconds, connections, loads, cold, memory, p99Ratio: ratio, coldStartExtraMs: extra },
};
await writeFile(join(folder, "slack-bench.json"), `${JSON.stringify(result, null, 2)}\n`);
