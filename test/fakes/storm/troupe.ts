import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Keeper, keepBot } from "./bot.ts";
import { differences, leftIn, wordsOfPosts } from "./judge.ts";
import { type Performance, perform } from "./perform.ts";
import type { Seat, Stage, Story, Theatre } from "./types.ts";
import { lookFor, still } from "./wait.ts";

/** A stage with a bot on it, for the time of one storm. */
export type Troupe = {
  stage: Stage;
  bot: Keeper;
  /** Plays a story on the next free seat. */
  play: (story: Story) => Promise<Performance>;
  /** What went wrong so far in what was played; waits until all is still. */
  judge: (performances: readonly Performance[], wanted: Wanted) => Promise<string[]>;
};

/** What a story's thread reads like in calm weather, by `keyOf`. */
export type Wanted = ReadonlyMap<string, Calm>;
export type Calm = { posts: string[]; anyOrder?: boolean; tookMs: number };

export const keyOf = ({ kind, language, way }: Story): string => `${kind}/${language}/${way}`;

const quietMs = 700;

/** Opens a stage and a store, does the job, and ends with what the store and the platform have to complain about. */
export async function withTroupe<T>(
  theatre: Theatre,
  { stories, seed, env = {} }: { stories: readonly Story[]; seed: number; env?: Record<string, string> },
  job: (troupe: Troupe) => Promise<T>,
): Promise<{ result: T; problems: string[]; errors: string[]; deliveries: number; events: number }> {
  const seats = stories.map(({ language }, at): Seat => ({ at, language }));
  const folder = await mkdtemp(join(tmpdir(), "edgewright-storm-"));
  const stage = await theatre.open({ seats, seed });
  const bot = keepBot(stage, folder, env);
  const places = new Map(stories.map((story, at) => [story, seats[at]!]));
  try {
    const result = await job({
      stage,
      bot,
      play: (story) => perform(story, places.get(story)!, { stage, bot }),
      judge: (performances, wanted) => judge(stage, performances, wanted),
    });
    // What comes last, such as echoes of its own messages, comes a moment later.
    await lookFor(async () => (await stage.complaints()).length === 0, { timeoutMs: 20_000, everyMs: 500 });
    const deliveries = await stage.deliveries();
    const code = await bot.stop();
    const complaints = await stage.complaints();
    const { problems, events } = await leftIn(folder);
    const ended = code === 0 || code === null ? [] : [`the bot ended with ${code}`];
    return {
      result,
      deliveries,
      events,
      errors: bot.errors(),
      problems: [...ended, ...complaints, ...problems],
    };
  } finally {
    await bot.stop("SIGKILL").catch(() => {});
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function judge(stage: Stage, performances: readonly Performance[], wanted: Wanted): Promise<string[]> {
  const problems: string[] = [];
  if (!(await still(stage, { quietMs }))) problems.push("it never became still");
  for (const { story, seat, thread, stuck } of performances) {
    const where = `${story.name} (${keyOf(story)}, ${thread})`;
    if (stuck !== undefined) problems.push(`${where}: stuck, ${stuck}`);
    const calm = wanted.get(keyOf(story));
    if (thread === undefined || !calm) continue;
    const posts = await stage.read(seat, thread);
    const seen = wordsOfPosts(posts, story.name);
    for (const what of differences(calm.posts, seen, calm)) problems.push(`${where}: ${what}`);
    // Shorter work may show no progress at all; what is shown must not stay behind.
    const progress = posts.filter(({ isProgress }) => isProgress).length;
    if (progress > story.plans)
      problems.push(`${where}: ${progress} progress messages for ${story.plans} plans`);
  }
  return problems;
}
