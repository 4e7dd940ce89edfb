import { calmPosts } from "./calm.ts";
import type { Performance } from "./perform.ts";
import { castOf, planStory, talkStory } from "./stories.ts";
import { withTroupe } from "./troupe.ts";
import type { Story, Theatre, Way } from "./types.ts";

export type WeatherReport = {
  seed: number;
  /** Stories played in each weather. */
  stories: Record<string, number>;
  seconds: number;
  errors: string[];
  problems: string[];
};

export type WeatherOptions = {
  seed: number;
  /** In each weather; every third is a plan. */
  stories: number;
  ways?: readonly Way[];
  /** Only these weathers. */
  only?: readonly string[];
};

const checksPerTalk = 3;

/** Stories while calls fail in one way after the other: whatever happens on the line, every thread reads as in calm weather. */
export async function weatherStorm(
  theatre: Theatre,
  { seed, stories: count, ways = ["mention", "command", "direct"], only }: WeatherOptions,
): Promise<WeatherReport> {
  const start = Date.now();
  const probe = await theatre.open({ seats: [], seed });
  const weathers = Object.keys(probe.weathers ?? {}).filter((name) => !only || only.includes(name));
  await probe.close();
  const cast = castOf(ways);
  const waves = weathers.map((weather, nth) => ({
    weather,
    stories: Array.from({ length: count }, (_, n): Story => {
      const role = cast[(n + nth * count) % cast.length]!;
      const name = `drop${String(nth * count + n).padStart(4, "0")}x`;
      return n % 3 === 0
        ? planStory(name, { ...role, asks: true })
        : talkStory(name, { ...role, checks: checksPerTalk });
    }),
  }));
  const stories = waves.flatMap((wave) => wave.stories);
  const wanted = await calmPosts(theatre, stories);
  const { result, ...rest } = await withTroupe(theatre, { stories, seed }, async (troupe) => {
    const { stage, bot, play, judge } = troupe;
    await bot.start();
    const problems: string[] = [];
    for (const [nth, wave] of waves.entries()) {
      await stage.weathers?.[wave.weather]?.(seed + nth);
      const played: Performance[] = await Promise.all(wave.stories.map(play));
      problems.push(...(await judge(played, wanted)).map((what) => `${wave.weather}: ${what}`));
      await stage.clearUp?.();
    }
    return problems;
  });
  return {
    seed,
    stories: Object.fromEntries(waves.map((wave) => [wave.weather, wave.stories.length])),
    seconds: Math.round((Date.now() - start) / 1000),
    errors: rest.errors,
    problems: [...result, ...rest.problems],
  };
}
