import type { Language } from "#model/text.ts";
import { createSpeech } from "../../../src/app/speech.ts";
import type { FakeSlack, Fault } from "../slack.ts";
import { calmPosts } from "./calm.ts";
import { differences, wordsOfPosts } from "./judge.ts";
import { channelOf, slackTheatre, userOf } from "./slack.ts";
import { castOf, planStory } from "./stories.ts";
import { keyOf, withTroupe } from "./troupe.ts";
import type { Seat } from "./types.ts";
import { still } from "./wait.ts";

/** What Slack does to one channel, and what its thread must read like all the same. */
type Weather = {
  name: string;
  faults: Omit<Fault, "channel">[];
  /** `same`: word for word as without the fault. `answered`: with everything, or with a sentence that says what is missing. */
  must: "same" | "answered";
};

const weathers: Weather[] = [
  ...[
    "chat.postMessage",
    "chat.update",
    "chat.startStream",
    "chat.stopStream",
    "files.completeUploadExternal",
  ].map(
    (method): Weather => ({
      name: `every third answer of ${method} is lost`,
      faults: [{ method, after: true, rate: 1 / 3 }],
      must: "same",
    }),
  ),
  {
    name: "a fifth of all answers is lost",
    faults: [{ method: "*", after: true, rate: 0.2 }],
    must: "same",
  },
  {
    name: "a third of all calls is answered with 429",
    faults: [{ method: "*", retryAfter: 1, rate: 1 / 3 }],
    must: "same",
  },
  {
    name: "a post hangs, done or not",
    faults: [
      { method: "chat.postMessage", hang: true, times: 1 },
      { method: "chat.postMessage", hang: true, after: true, times: 1 },
    ],
    must: "same",
  },
  { name: "an edit hangs", faults: [{ method: "chat.update", hang: true, times: 1 }], must: "same" },
  { name: "progress hangs", faults: [{ method: "chat.startStream", hang: true, times: 1 }], must: "same" },
  {
    name: "posts are answered with 500, twice",
    faults: [{ method: "chat.postMessage", status: 500, times: 2 }],
    must: "same",
  },
  {
    name: "posts end in internal_error after they were taken",
    faults: [{ method: "chat.postMessage", error: "internal_error", after: true, rate: 0.3 }],
    must: "same",
  },
  {
    name: "streams have expired",
    faults: [
      { method: "chat.appendStream", error: "message_not_in_streaming_state" },
      { method: "chat.stopStream", error: "message_not_in_streaming_state" },
    ],
    must: "same",
  },
  {
    name: "streams are too long at once",
    faults: [{ method: "chat.appendStream", error: "msg_too_long" }],
    must: "same",
  },
  ...["feature_disabled", "not_authorized", "thread_ts_required", "invalid_status"].map(
    (error): Weather => ({
      name: `sessions are refused: ${error}`,
      faults: [{ method: "agents.sessions.*", error }],
      must: "same",
    }),
  ),
  ...["invalid_blocks", "msg_blocks_too_long", "msg_too_long"].map(
    (error): Weather => ({
      name: `${error} for every fifth post`,
      faults: [{ method: "chat.postMessage", error, rate: 0.2 }],
      must: "answered",
    }),
  ),
  {
    name: "a post is refused for good",
    faults: [{ method: "chat.postMessage", error: "restricted_action", rate: 0.1 }],
    must: "answered",
  },
  {
    name: "files are refused for good",
    faults: [{ method: "files.completeUploadExternal", error: "file_uploads_disabled" }],
    must: "answered",
  },
  {
    name: "edits are refused for good",
    faults: [{ method: "chat.update", error: "cant_update_message" }],
    must: "answered",
  },
];

export type FaultReport = {
  seed: number;
  weathers: Record<string, string>;
  seconds: number;
  errors: string[];
  problems: string[];
};

/** A plan in every kind of bad weather, all at once, each in a channel of its own. */
export async function faultStorm(transport: "socket" | "http", seed: number): Promise<FaultReport> {
  const start = Date.now();
  const cast = castOf(["command", "mention"]);
  const stories = weathers.map((_, n) =>
    planStory(`weather${n}x`, { ...cast[n % cast.length]!, asks: true }),
  );
  const wanted = await calmPosts(slackTheatre(transport), stories);
  let fake: FakeSlack | undefined;
  const prepare = async (opened: FakeSlack, seats: readonly Seat[]) => {
    fake = opened;
    for (const [n, { faults }] of weathers.entries())
      for (const fault of faults)
        await opened.fail({ ...fault, channel: channelOf(seats[n]!), seed: seed + n });
  };
  const theatre = slackTheatre(transport, { prepare });
  const { result, ...rest } = await withTroupe(theatre, { stories, seed }, async ({ bot, stage, play }) => {
    await bot.start();
    const told: Record<string, string> = {};
    const problems: string[] = [];
    const waiting = stories.map((story, n) => ({ story, weather: weathers[n]! }));
    const players = Array.from({ length: 4 }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { story, weather } = next;
        const { seat, thread, stuck } = await play(story);
        await still(stage, { quietMs: 3_000, timeoutMs: 15_000 });
        const posts = thread === undefined ? [] : await stage.read(seat, thread);
        const seen = wordsOfPosts(posts, story.name);
        const unlike = differences(wanted.get(keyOf(story))!.posts, seen);
        const own = posts.filter(({ by }) => by === "bot").map(({ text }) => text);
        // What the thread refuses is told to the person alone.
        const aside = (await fake!.ephemerals(userOf(seat))).map(({ text }) => text);
        const sentence = sentenceIn([...own, ...aside], story.language);
        told[weather.name] = unlike.length === 0 ? "as in calm weather" : (sentence ?? "other words");
        if (weather.must === "same") problems.push(...unlike.map((what) => `${weather.name}: ${what}`));
        const isAnswered = stuck === undefined || sentence !== undefined;
        if (!isAnswered) problems.push(`${weather.name}: ${stuck}, and no sentence says why`);
        if (new Set(seen).size < seen.length && weather.must === "answered" && sentence === undefined)
          problems.push(`${weather.name}: something stands there twice`);
      }
    });
    await Promise.all(players);
    return { told, problems };
  });
  return {
    seed,
    weathers: result.told,
    seconds: Math.round((Date.now() - start) / 1000),
    errors: rest.errors,
    problems: [...result.problems, ...rest.problems],
  };
}

const say = createSpeech();
const sentences = [
  "failure.gone",
  "failure.refused",
  "failure.timeout",
  "failure.internal",
  "failure.too-large",
  "failure.ambiguous",
  "slack.asFile",
];

/** A sentence that says that something went wrong, and what to do. */
function sentenceIn(texts: readonly string[], language: Language): string | undefined {
  const own = texts.map((text) => text.replaceAll("`", ""));
  return sentences.find((key) => {
    const start = say(language)(key).replaceAll("`", "").slice(0, 24);
    return own.some((text) => text.includes(start));
  });
}
