import { join } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { discordTheatre } from "../test/fakes/storm/discord.ts";
import { eventStorm, killStorm, weatherStorm } from "../test/fakes/storm.ts";
import { killsInRounds } from "./sweep/kills.ts";
import { recordPart } from "./sweep/record.ts";
import { sweepPlaces } from "./sweep-discord/places.ts";
import type { PlanReport } from "./sweep-discord/plans.ts";

// npm run sweep:discord [-- --only events,kills… --events N --kills N --forgetful N --stories N --places N --plans N --seed S]:
// the real process on a fake Discord: many deliveries, kills, bad lines, places that vanish, random plans. Each part that is run takes
// the place of the one recorded before.

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    events: { type: "string", default: "2000" },
    kills: { type: "string", default: "200" },
    /** Kills where Discord forgets nonces before the next process asks. */
    forgetful: { type: "string", default: "40" },
    /** Stories in each kind of bad weather. */
    stories: { type: "string", default: "12" },
    places: { type: "string", default: "70" },
    plans: { type: "string", default: "20000" },
    seed: { type: "string", default: "20261121" },
    out: { type: "string" },
  },
});
const seed = Number(values.seed);
const file = values.out ?? join(import.meta.dirname, "..", "bench", "results", "discord.json");
const times: [number, number] = [1, 3];
const discord = discordTheatre();
const events = Number(values.events);

const parts: Record<string, () => Promise<{ problems: string[]; errors?: string[] }>> = {
  events: () =>
    eventStorm(discord, {
      ...{ events, seed, times },
      restarts: Math.ceil(events / 200),
      disturbances: Math.ceil(events / 40),
    }),
  weather: () => weatherStorm(discord, { stories: Number(values.stories), seed }),
  places: () => sweepPlaces({ plans: Number(values.places), seed }),
  kills: () =>
    killsInRounds([discord], {
      kills: Number(values.kills),
      seed,
      told: ({ errors, ...counts }) => recordPart(file, "kills", { ...counts, errorsLogged: errors.length }),
    }),
  forgetful: () =>
    killStorm(discordTheatre({ nonceMs: 300 }), { kills: Number(values.forgetful), seed: seed + 1 }),
  plans: () => inWorker({ plans: Number(values.plans), seed }),
};
const chosen = values.only?.split(",") ?? Object.keys(parts);
const start = Date.now();
let problems = 0;

// Drawing keeps a core busy, the storms mostly wait: side by side they take the time of the longer one.
const { plans, ...storms } = Object.fromEntries(
  Object.entries(parts).filter(([name]) => chosen.includes(name)),
);
await Promise.all([plans && run("plans", plans), inTurn(storms)]);
console.log(`${problems} problems in ${Math.round((Date.now() - start) / 1000)} s, seed ${seed}`);
process.exitCode = problems === 0 ? 0 : 1;

async function inTurn(all: typeof parts): Promise<void> {
  for (const [name, part] of Object.entries(all)) await run(name, part);
}

async function run(name: string, part: (typeof parts)[string]): Promise<void> {
  const began = Date.now();
  const report = await part().catch((error: Error) => ({
    problems: [`broke off: ${error.stack}`],
    errors: [],
  }));
  problems += report.problems.length;
  const { errors, ...rest } = report;
  // What a process says in its log when it is killed or a line breaks is no result; how often, and of which kinds, is.
  const logged = errors && { errorsLogged: errors.length };
  const seconds = Math.round((Date.now() - began) / 1000);
  recordPart(file, name, { seed, ...rest, ...logged, seconds });
  console.log(name, JSON.stringify({ ...rest, ...logged, problems: report.problems.length }));
  for (const problem of report.problems.slice(0, 20)) console.log(`  ${problem}`);
  for (const error of [...new Set(errors)].slice(0, 5)) console.log(`  log: ${error}`);
}

function inWorker(given: { plans: number; seed: number }): Promise<PlanReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./sweep-discord/plans.ts", import.meta.url), { workerData: given });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
