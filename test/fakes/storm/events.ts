import { setTimeout as sleep } from "node:timers/promises";
import type { Keeper } from "./bot.ts";
import { calmPosts } from "./calm.ts";
import { chanceOf } from "./chance.ts";
import type { Performance } from "./perform.ts";
import { castOf, talkStory } from "./stories.ts";
import { withTroupe } from "./troupe.ts";
import type { Stage, Story, Theatre, Way } from "./types.ts";

export type EventReport = {
  seed: number;
  /** What people did, and how often the bot was told. */
  events: number;
  deliveries: number;
  restarts: { asked: number; killed: number };
  /** What the platform did to the connection, by name. */
  disturbed: Record<string, number>;
  seconds: number;
  errors: string[];
  problems: string[];
};

export type EventOptions = {
  /** How much people do at least. */
  events: number;
  seed: number;
  restarts: number;
  /** How often the platform disturbs the connection, where it does such things. */
  disturbances?: number;
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
    disturbances = 0,
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
    // Names of one length, since tables are laid out by it; bursts of every way and language.
    const name = `probe${String(n).padStart(4, "0")}x`;
    const burst = (n + Math.floor(n / cast.length)) % 3 === 2;
    return talkStory(name, { ...role, checks: checksPerTalk, burst });
  });
  const wanted = await calmPosts(theatre, stories);
  const counted = { asked: 0, killed: 0 };
  const disturbed: Record<string, number> = {};
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
    await Promise.all([everybody, restarted(troupe.bot), shaken(troupe.stage)]);
    return { performances, problems: await troupe.judge(performances, wanted) };

    /** Spread evenly over what is to be played, whatever the machine's speed. */
    async function* due(count: number): AsyncGenerator<number, void> {
      for (let n = 1; n <= count; n++) {
        const at = Math.floor((stories.length * n) / (count + 1));
        while (performances.length < at) await sleep(50);
        await sleep(chance.below(400));
        yield n;
      }
    }

    async function restarted(bot: Keeper): Promise<void> {
      for await (const n of due(restarts)) {
        const isKilled = n % 2 === 1;
        counted[isKilled ? "killed" : "asked"]++;
        await bot.stop(isKilled ? "SIGKILL" : "SIGTERM");
        await sleep(chance.below(600));
        await bot.start();
      }
    }

    async function shaken({ disturb = {} }: Stage): Promise<void> {
      const all = Object.entries(disturb);
      if (all.length === 0) return;
      for await (const n of due(disturbances)) {
        const [name, act] = all[n % all.length]!;
        disturbed[name] = (disturbed[name] ?? 0) + 1;
        await act();
      }
    }
  });
  return {
    seed,
    events: result.performances.reduce((sum, { acts }) => sum + acts, 0),
    deliveries: rest.deliveries,
    restarts: counted,
    disturbed,
    seconds: Math.round((Date.now() - start) / 1000),
    errors: rest.errors,
    problems: [...result.problems, ...rest.problems],
  };
}
