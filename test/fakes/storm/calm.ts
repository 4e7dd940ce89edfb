import { wordsOfPosts } from "./judge.ts";
import type { Performance } from "./perform.ts";
import { type Calm, keyOf, type Wanted, withTroupe } from "./troupe.ts";
import type { Story, Theatre } from "./types.ts";
import { still } from "./wait.ts";

const atOnce = 4;
const quietMs = 2_500;

/** Plays one story of each kind without any disturbance: what the threads of all the others have to read like. */
export async function calmPosts(theatre: Theatre, stories: readonly Story[]): Promise<Wanted> {
  const one = [...new Map(stories.map((story) => [keyOf(story), story])).values()];
  const { result, problems } = await withTroupe(theatre, { stories: one, seed: 1 }, async (troupe) => {
    await troupe.bot.start();
    const wanted = new Map<string, Calm>();
    const waiting = [...one];
    const played: { performance: Performance; tookMs: number }[] = [];
    const players = Array.from({ length: atOnce }, async () => {
      for (let story = waiting.shift(); story; story = waiting.shift()) {
        const start = Date.now();
        const performance = await troupe.play(story);
        played.push({ performance, tookMs: Date.now() - start });
      }
    });
    await Promise.all(players);
    // What a story waits for last need not be the last that comes.
    if (!(await still(troupe.stage, { quietMs }))) throw new Error("calm weather never comes to rest");
    for (const { performance, tookMs } of played) {
      const { story, seat, thread, stuck } = performance;
      if (thread === undefined || stuck !== undefined)
        throw new Error(`${keyOf(story)} does not work in calm weather: ${stuck}`);
      const posts = wordsOfPosts(await troupe.stage.read(seat, thread), story.name);
      wanted.set(keyOf(story), { posts, tookMs, ...(story.kind === "burst" && { anyOrder: true }) });
    }
    return wanted;
  });
  if (problems.length > 0) throw new Error(`in calm weather: ${problems.join("\n")}`);
  return result;
}
