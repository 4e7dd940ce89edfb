import { wordsOfPosts } from "./judge.ts";
import { type Calm, keyOf, type Wanted, withTroupe } from "./troupe.ts";
import type { Story, Theatre } from "./types.ts";
import { still } from "./wait.ts";

const atOnce = 4;

/** Plays one story of each kind without any disturbance: what the threads of all the others have to read like. */
export async function calmPosts(theatre: Theatre, stories: readonly Story[]): Promise<Wanted> {
  const one = [...new Map(stories.map((story) => [keyOf(story), story])).values()];
  const { result, problems } = await withTroupe(theatre, { stories: one, seed: 1 }, async (troupe) => {
    await troupe.bot.start();
    const wanted = new Map<string, Calm>();
    const waiting = [...one];
    const players = Array.from({ length: atOnce }, async () => {
      for (let story = waiting.shift(); story; story = waiting.shift()) {
        const start = Date.now();
        const { seat, thread, stuck } = await troupe.play(story);
        if (thread === undefined || stuck !== undefined)
          throw new Error(`${keyOf(story)} does not work in calm weather: ${stuck}`);
        const tookMs = Date.now() - start;
        await still(troupe.stage, { quietMs: 400, timeoutMs: 2_000 });
        const posts = wordsOfPosts(await troupe.stage.read(seat, thread), story.name);
        wanted.set(keyOf(story), { posts, tookMs, ...(story.kind === "burst" && { anyOrder: true }) });
      }
    });
    await Promise.all(players);
    return wanted;
  });
  if (problems.length > 0) throw new Error(`in calm weather: ${problems.join("\n")}`);
  return result;
}
