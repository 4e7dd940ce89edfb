// The Discord bot beside a bare discord.js client in the same run: from dispatch to listener, to stored turn and to
// answer; memory after READY and with open conversations; from spawn to READY.
//
// The clock starts in the fake, as it writes the packet to the socket. `discord/probe.ts`, loaded before both processes,
// writes down when the listener begins (ours hears the packet itself, the bare one a message made of it) and when SQLite
// has committed: ours the turn, with all that follows from it; the bare client the message as it came, in one insert with
// the same pragmas. A second bare client takes the turn, too: it understands what came by the bot's own steps before that
// insert, so that beside it stands what the bot adds to discord.js, beside the first what a turn is. Commands are answered
// after that, which the fake sees. Ours goes on meanwhile: it opens threads and posts its first questions. For memory and
// starts no probe is loaded. Ours is started as `npm start` does; memory is that at rest, long enough after the last event
// for it to be given back.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type FakeDiscord, spawnFakeDiscord } from "../test/fakes/discord.ts";
import { type BotProcess, startBot } from "../test/fakes/storm/bot.ts";
import { discordSettings, isDiscordConnected, roomy } from "../test/fakes/storm/discord.ts";
import { coldStarts, startFlags, startNames, type Way } from "./cold.ts";
import { channels, type Load, load as loadOf, open } from "./discord/load.ts";
import { line, load, machine, mostMiB, residentMiB, restMs, share, spread } from "./measure.ts";

// node bench/discord.ts [--runs N] [--messages N] [--every MS] [--starts N] [--conversations N]
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    messages: { type: "string", default: "200" },
    every: { type: "string", default: "50" },
    starts: { type: "string", default: "9" },
    conversations: { type: "string", default: "500" },
  },
});
const [runs, messages, everyMs, starts, conversations] = [
  values.runs,
  values.messages,
  values.every,
  values.starts,
  values.conversations,
].map(Number) as [number, number, number, number, number];
const bare = join(import.meta.dirname, "discord", "bare.ts");
const probe = join(import.meta.dirname, "discord", "probe.ts");
const kinds = ["bare", "ours"] as const;
const timed = ["bare", "turn", "ours"] as const;
const ways: Record<Timed, Way> = {
  bare: { main: bare },
  turn: { main: bare, env: { BARE_TURN: "1" } },
  ours: { flags: startFlags },
};
type Kind = (typeof kinds)[number];
type Timed = (typeof timed)[number];

type Running = { bot: BotProcess; fake: FakeDiscord; close: () => Promise<void>; startMs: number };

/** Each has a fake and a store of its own, so that nothing of one slows the other. */
async function run({ env, ...way }: Way): Promise<Running> {
  const fake = await spawnFakeDiscord({ ...roomy, messageContent: "full", channels });
  await fake.person({ name: "anna", locale: "en-US" });
  const folder = await mkdtemp(join(tmpdir(), "edgewright-bench-"));
  const start = performance.now();
  const bot = startBot({
    ...way,
    ...{ folder, env: { ...discordSettings(fake), ...env }, isConnected: isDiscordConnected },
  });
  await bot.connected;
  return {
    ...{ bot, fake, startMs: performance.now() - start },
    async close() {
      await bot.stop("SIGKILL");
      await fake.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const loads: Record<Timed, Load[]> = { bare: [], turn: [], ours: [] };
for (let n = 0; n < runs; n++) {
  for (const kind of timed) {
    const { flags = [], ...way } = ways[kind];
    const { bot, fake, close } = await run({ ...way, flags: [...flags, "--import", probe] });
    loads[kind].push(await loadOf(fake, bot, { count: messages, everyMs }));
    await close();
  }
}

const cold = await coldStarts(run, { bare, starts });

type Memory = Record<"idle" | "open" | "most", number>;
const memory = {} as Record<Kind, Memory>;
for (const kind of kinds) {
  const { bot, fake, close } = await run(ways[kind]);
  await sleep(restMs);
  const idle = await residentMiB(bot.pid);
  await open(fake, conversations);
  await sleep(restMs);
  memory[kind] = { idle, open: await residentMiB(bot.pid), most: await mostMiB(bot.pid) };
  await close();
}

/** p50 and p99 of all runs together. */
const of = (kind: Timed, name: Exclude<keyof Load, "lost">) => {
  const all = loads[kind].flatMap((one) => one[name]);
  return { count: all.length, p50: share(all, 0.5), p99: share(all, 0.99) };
};
type Times = ReturnType<typeof of>;
const steps = {
  messageHeard: "message to its listener",
  messageStored: "message to stored",
  commandHeard: "command to its listener",
  commandStored: "command to stored",
  commandAnswered: "command to answered",
} as const;
const names = Object.keys(steps) as (keyof typeof steps)[];
const latency = Object.fromEntries(
  names.map((name) => [name, Object.fromEntries(timed.map((kind) => [kind, of(kind, name)]))]),
);
const startRatio = spread(cold.ours).median / spread(cold.bare).median;
const extra = { idle: memory.ours.idle - memory.bare.idle, open: memory.ours.open - memory.bare.open };
const lost = loads.ours.reduce((sum, one) => sum + one.lost, 0);

console.log(machine(), "load", ...load());
for (const name of names) {
  const [floor, turn, ours] = timed.map((kind) => of(kind, name)) as [Times, Times, Times];
  const times = (at: "p50" | "p99") => {
    const ratios = [floor, turn].map((one) => (ours[at] / one[at]).toFixed(1));
    return `${ours[at].toFixed(2)} ms (bare ${floor[at].toFixed(2)}, with the turn ${turn[at].toFixed(2)}: ${ratios.join(" and ")} times)`;
  };
  console.log(`${steps[name].padEnd(24)} p50 ${times("p50")}, p99 ${times("p99")}`);
}
for (const [name, what] of Object.entries(startNames) as [keyof typeof cold, string][])
  console.log(`${`${what}: spawn to READY`.padEnd(58)} ${line(spread(cold[name]), "ms")}`);
for (const kind of kinds) {
  const [idle, open, most] = Object.values(memory[kind]).map((one) => one.toFixed(0));
  console.log(
    `${kind}: memory ${idle} MiB after READY, ${open} with ${conversations} conversations, ${most} at most`,
  );
}
console.log(`spawn to READY beside the bare client: ${startRatio.toFixed(2)} times (aim: 1.5 at most)`);
console.log(
  `memory beside the bare client: ${extra.idle.toFixed(0)} MiB more after READY, ${extra.open.toFixed(0)} with conversations (aim: 40 at most)`,
);
if (lost > 0) {
  console.log(`${lost} were never stored`);
  process.exitCode = 1;
}

const folder = join(import.meta.dirname, "results");
await mkdir(folder, { recursive: true });
const result = {
  ...{ machine: machine(), load: load() },
  ...{ runs, messages, everyMs, conversations, latency, cold, memory, startRatio, extraMiB: extra, lost },
};
await writeFile(join(folder, "discord-bench.json"), `${JSON.stringify(result, null, 2)}\n`);
