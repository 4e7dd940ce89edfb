import { setTimeout as sleep } from "node:timers/promises";
import { calmPosts } from "./calm.ts";
import { chanceOf } from "./chance.ts";
import type { Performance } from "./perform.ts";
import { castOf, planStory } from "./stories.ts";
import { withTroupe } from "./troupe.ts";
import type { Theatre, Way } from "./types.ts";

export type KillReport = {
  seed: number;
  kills: number;
  /** Of them, while the bot was still starting. */
  atStart: number;
  plans: number;
  seconds: number;
  errors: string[];
  problems: string[];
};

export type KillOptions = {
  kills: number;
  seed: number;
  /** Plans under way at each kill. */
  parallel?: number;
  ways?: readonly Way[];
};

/** An effect is tried three times, so that one that kills the process cannot do so for ever. */
const killsPerPlan = 2;

/**
 * `kill -9` at random moments while plans are asked for, made and posted. Each plan meets two of them at most: what is
 * hit three times is given up with a sentence, and that is promised too.
 */
export async function killStorm(
  theatre: Theatre,
  { kills, seed, parallel = 3, ways = ["command", "mention", "direct"] }: KillOptions,
): Promise<KillReport> {
  const start = Date.now();
  const chance = chanceOf(seed);
  const cast = castOf(ways);
  const waves = Math.ceil(kills / killsPerPlan);
  // A wave can end before its second kill, or even its first: then others take them over.
  const stories = Array.from({ length: waves * parallel * 4 }, (_, n) =>
    planStory(`plan${n}x`, { ...cast[n % cast.length]!, asks: (n + Math.floor(n / cast.length)) % 2 === 1 }),
  );
  const wanted = await calmPosts(theatre, stories);
  // As long as a plan takes in calm weather: so the kills fall everywhere in it.
  const took = [...wanted.values()].map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  let longestLifeMs = took[Math.floor(took.length / 2)]!;
  const counted = { kills: 0, atStart: 0 };
  const { result, ...rest } = await withTroupe(theatre, { stories, seed }, async ({ bot, play, judge }) => {
    const performances: Performance[] = [];
    const problems: string[] = [];
    bot.launch();
    for (let at = 0; counted.kills < kills && at < stories.length; at += parallel) {
      await bot.up();
      let left = parallel;
      const began = Date.now();
      const before = counted.kills;
      const wave = stories.slice(at, at + parallel).map(async (story) => {
        await sleep(chance.below(longestLifeMs / 4));
        const performance = await play(story);
        left--;
        return performance;
      });
      for (let n = 0; n < killsPerPlan && counted.kills < kills; n++) {
        await sleep(chance.next() * longestLifeMs);
        if (left === 0) break;
        counted.kills++;
        if (!bot.isUp()) counted.atStart++;
        await bot.stop("SIGKILL");
        bot.launch();
      }
      const played = await Promise.all(wave);
      // The first plans load what all others find loaded.
      if (counted.kills === before) longestLifeMs = Math.min(longestLifeMs, Date.now() - began);
      problems.push(...(await judge(played, wanted)));
      performances.push(...played);
    }
    return { performances, problems };
  });
  return {
    seed,
    ...counted,
    plans: result.performances.length,
    seconds: Math.round((Date.now() - start) / 1000),
    errors: rest.errors,
    problems: [...result.problems, ...rest.problems],
  };
}
