import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { machine } from "../bench/measure.ts";
import { slackTheatre } from "../test/fakes/storm/slack.ts";
import { faultStorm } from "../test/fakes/storm/slack-faults.ts";
import { eventStorm, killStorm } from "../test/fakes/storm.ts";
import { checkPlans, type PlanReport } from "../test/platforms/slack/random-plans.ts";

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
const killsPerStage = 20; // a fake keeps all it saw; each stage and store is a new one

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
  kills: () => manyKills(Number(values.kills)),
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
  await record(name, { ...counts, problems });
  if (problems.length > 0) process.exitCode = 1;
}

async function manyKills(kills: number): Promise<Report & { kills: number; atStart: number; plans: number }> {
  const sum = { seed, kills: 0, atStart: 0, plans: 0, seconds: 0, errors: [], problems: [] } as Awaited<
    ReturnType<typeof killStorm>
  >;
  for (let n = 0; sum.kills < kills; n++) {
    const transport = n % 2 === 0 ? "socket" : "http";
    const one = await killStorm(slackTheatre(transport), {
      kills: Math.min(killsPerStage, kills - sum.kills),
      seed: seed + n,
    });
    for (const name of ["kills", "atStart", "plans", "seconds"] as const) sum[name] += one[name];
    sum.errors.push(...one.errors);
    sum.problems.push(...one.problems);
    // A sweep that is broken off has shown what it has shown.
    const { errors: _, ...counts } = sum;
    await record("kills", counts);
    console.log(
      `  ${sum.kills} kills, ${sum.plans} plans, ${sum.seconds} s, ${sum.problems.length} problems`,
    );
  }
  return sum;
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
    await record("plans", counts);
  }
  return sum;
}

async function record(name: string, result: object): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const before = existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : {};
  const load = loadavg().map((one) => Number(one.toFixed(1)));
  const entry = { ...result, machine: machine(), load };
  await writeFile(file, `${JSON.stringify({ ...before, [name]: entry }, null, 2)}\n`);
}
