import { join } from "node:path";
import { parseArgs } from "node:util";
import { slackTheatre } from "../test/fakes/storm/slack.ts";
import { faultStorm } from "../test/fakes/storm/slack-faults.ts";
import { eventStorm } from "../test/fakes/storm.ts";
import { checkPlans, type PlanReport } from "../test/platforms/slack/random-plans.ts";
import { killsInRounds } from "./sweep/kills.ts";
import { recordPart } from "./sweep/record.ts";

// npm run sweep:slack [-- PART… --events N --kills N --plans N --seed S]: storms over the real process on a fake Slack. Each part that
// is run takes the place of the one recorded before.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: "string", default: "2000" },
    kills: { type: "string", default: "200" },
    plans: { type: "string", default: "20000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    out: { type: "string" },
  },
});
const file = values.out ?? join(import.meta.dirname, "..", "bench", "results", "slack.json");
const seed = Number(values.seed);
const plansPerRound = 200;

type Report = { seconds: number; errors: string[]; problems: string[] };
const parts: Record<string, () => Promise<Report>> = {
  events: () => {
    const events = Number(values.events);
    return eventStorm(slackTheatre("http"), {
      events,
      seed,
      restarts: Math.max(1, Math.round(events / 100)),
    });
  },
  kills: () =>
    killsInRounds([slackTheatre("socket"), slackTheatre("http")], {
      kills: Number(values.kills),
      seed,
      told: ({ errors: _, ...counts }) => recordPart(file, "kills", counts),
    }),
  faults: () => faultStorm("socket", seed),
  plans: () => manyPlans(Number(values.plans)),
};

const chosen = positionals.length > 0 ? positionals : Object.keys(parts);
for (const name of chosen) {
  const run = parts[name];
  if (!run) throw new Error(`no part "${name}"; there is ${Object.keys(parts).join(", ")}`);
  console.log(`${name}, seed ${seed}`);
  const { problems, errors, ...counts } = await run();
  console.log({ ...counts, problems: problems.length });
  for (const problem of problems.slice(0, 40)) console.error(`  ${problem}`);
  for (const error of [...new Set(errors)].slice(0, 10)) console.error(`  log: ${error}`);
  recordPart(file, name, { ...counts, problems });
  if (problems.length > 0) process.exitCode = 1;
}

async function manyPlans(plans: number): Promise<Report & Omit<PlanReport, "problems">> {
  const start = Date.now();
  const sum = {
    seed,
    plans: 0,
    messages: 0,
    codeBlocks: 0,
    seconds: 0,
    errors: [],
    problems: [] as string[],
  };
  for (let n = 0; sum.plans < plans && sum.problems.length < 40; n++) {
    const one = await checkPlans(Math.min(plansPerRound, plans - sum.plans), seed + n);
    for (const name of ["plans", "messages", "codeBlocks"] as const) sum[name] += one[name];
    sum.problems.push(...one.problems);
    sum.seconds = Math.round((Date.now() - start) / 1000);
    const { errors: _, ...counts } = sum;
    recordPart(file, "plans", counts);
  }
  return sum;
}
