import { type KillReport, killStorm, type Theatre } from "../../test/fakes/storm.ts";

const killsPerStage = 20; // a fake keeps all it saw; each stage and store is a new one

/** Many kills, on one stage after the other; `told` hears the sums so far, since a sweep that is broken off has shown what it has shown. */
export async function killsInRounds(
  theatres: readonly Theatre[],
  { kills, seed, told }: { kills: number; seed: number; told: (sum: KillReport) => void },
): Promise<KillReport> {
  const sum: KillReport = { seed, kills: 0, atStart: 0, plans: 0, seconds: 0, errors: [], problems: [] };
  for (let n = 0; sum.kills < kills; n++) {
    const one = await killStorm(theatres[n % theatres.length]!, {
      kills: Math.min(killsPerStage, kills - sum.kills),
      seed: seed + n,
    });
    for (const name of ["kills", "atStart", "plans", "seconds"] as const) sum[name] += one[name];
    sum.errors.push(...one.errors);
    sum.problems.push(...one.problems);
    told(sum);
    console.log(
      `  ${sum.kills} kills, ${sum.plans} plans, ${sum.seconds} s, ${sum.problems.length} problems`,
    );
  }
  return sum;
}
