import { setTimeout as sleep } from "node:timers/promises";
import { calmPosts } from "./calm.ts";
import { chanceOf } from "./chance.ts";
import type { Performance } from "./perform.ts";
import { castOf, talkStory } from "./stories.ts";
import { withTroupe } from "./troupe.ts";
import type { Story, Theatre, Way } from "./types.ts";

export type EventReport = {
  seed: number;
  /** What people did, and how often the bot was told. */
  events: number;
  deliveries: number;
  restarts: { asked: number; killed: number };
  seconds: number;
  errors: string[];
  problems: string[];
};

export type EventOptions = {
  /** How much people do at least. */
  events: number;
  seed: number;
  restarts: number;
  /** Talks at once. */
  parallel?: number;
  ways?: readonly Way[];
  times?: [least: number, most: number];
  spreadMs?: number;
};

const checksPerTalk = 8;

/** Many talks at once, each event delivered several times in random order, while the bot is restarted and killed. */
export async function eventStorm(
  theatre: Theatre,
  {
    events,
    seed,
    restarts,
    parallel = 12,
    ways = ["mention", "command", "direct"],
    times = [1, 4],
    spreadMs = 400,
  }: EventOptions,
): Promise<EventReport> {
  const start = Date.now();
  const chance = chanceOf(seed);
  const cast = castOf(ways);
  const stories = Array.from({ length: Math.ceil(events / checksPerTalk) }, (_, n): Story => {
    const role = cast[n % cast.length]!;
    return talkStory(`probe${n}x`, { ...role, checks: checksPerTalk, burst: n % 3 === 2 });
  });
  const wanted = await calmPosts(theatre, stories);
  const counted = { asked: 0, killed: 0 };
  const { result, ...rest } = await withTroupe(theatre, { stories, seed }, async (troupe) => {
    await troupe.stage.unruly({ times, spreadMs });
    await troupe.bot.start();
    const waiting = chance.shuffled(stories);
    const performances: Performance[] = [];
    const players = Array.from({ length: parallel }, async () => {
      for (let story = waiting.pop(); story; story = waiting.pop())
        performances.push(await troupe.play(story));
    });
    const everybody = Promise.all(players);
    // Spread evenly over what is to be played, whatever the machine's speed.
    for (let n = 1; n <= restarts; n++) {
      const due = Math.floor((stories.length * n) / (restarts + 1));
      while (performances.length < due) await sleep(50);
      await sleep(chance.below(400));
      const isKilled = n % 2 === 1;
      counted[isKilled ? "killed" : "asked"]++;
      await troupe.bot.stop(isKilled ? "SIGKILL" : "SIGTERM");
      await sleep(chance.below(600));
      await troupe.bot.start();
    }
    await everybody;
    return { performances, problems: await troupe.judge(performances, wanted) };
  });
  return {
    seed,
    events: result.performances.reduce((sum, { acts }) => sum + acts, 0),
    deliveries: rest.deliveries,
    restarts: counted,
    seconds: Math.round((Date.now() - start) / 1000),
    errors: rest.errors,
    problems: [...result.problems, ...rest.problems],
  };
}
