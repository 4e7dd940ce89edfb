import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { languages } from "#model/text.ts";
import { createSpeech } from "../../src/app/speech.ts";
import { type FakeDiscord, spawnFakeDiscord } from "../../test/fakes/discord.ts";
import { startBot } from "../../test/fakes/storm/bot.ts";
import { chanceOf } from "../../test/fakes/storm/chance.ts";
import { discordSettings, discordStage, isDiscordConnected, roomy } from "../../test/fakes/storm/discord.ts";
import { leftIn } from "../../test/fakes/storm/judge.ts";
import { perform } from "../../test/fakes/storm/perform.ts";
import { planStory } from "../../test/fakes/storm/stories.ts";
import type { Seat } from "../../test/fakes/storm/types.ts";
import { lookFor, still } from "../../test/fakes/storm/wait.ts";

export type PlaceReport = {
  seed: number;
  plans: Record<string, number>;
  /** How they ended: the whole plan was there in time, or a sentence was said instead. */
  whole: number;
  told: number;
  seconds: number;
  problems: string[];
};

type Case = { fake: FakeDiscord; thread: string; channel: string };

/** What moderators do to a place while a plan is made in it. */
const acts: Record<string, (given: Case) => Promise<unknown>> = {
  "thread deleted": ({ fake, thread }) => fake.deleteThread(thread),
  "thread locked": ({ fake, thread }) => fake.lockThread(thread),
  "thread archived": ({ fake, thread }) => fake.archiveThread(thread),
  "channel deleted": async ({ fake, thread, channel }) => {
    await fake.deleteThread(thread);
    await fake.deleteChannel(channel);
  },
  "no more writing in threads": ({ fake, channel }) =>
    fake.removePermission("SendMessagesInThreads", channel),
  "no more attaching": ({ fake, channel }) => fake.removePermission("AttachFiles", channel),
  "no more seeing": ({ fake, channel }) => fake.removePermission("ViewChannel", channel),
};

const say = createSpeech();
const mostPosts = 18; // about what a plan is posted in
const longestMs = 5_000;
const atOnce = 4;

/** Plans whose place is taken away at a random moment: each ends whole, or in a sentence that its person can read. */
export async function sweepPlaces({ plans, seed }: { plans: number; seed: number }): Promise<PlaceReport> {
  const start = Date.now();
  const chance = chanceOf(seed);
  const names = Object.keys(acts);
  const seats = Array.from(
    { length: plans },
    (_, at): Seat => ({ at, language: languages[at % languages.length]! }),
  );
  const channels = seats.map(({ at }) => ({ name: `place${at}` }));
  const fake = await spawnFakeDiscord({ ...roomy, messageContent: "full", channels });
  const folder = await mkdtemp(join(tmpdir(), "edgewright-places-"));
  const bot = startBot({ env: discordSettings(fake), folder, isConnected: isDiscordConnected });
  const stage = discordStage(fake, seats);
  // Noted while they are there.
  const ids = new Map<string, string>();
  const threads = new Map<Seat, string>();
  const report: PlaceReport = { seed, plans: {}, whole: 0, told: 0, seconds: 0, problems: [] };
  try {
    await bot.connected;
    const { channels: idsByName } = await fake.ids();
    for (const { name } of channels) ids.set(name, idsByName[name]!);
    const waiting = [...seats];
    const players = Array.from({ length: atOnce }, async () => {
      for (let seat = waiting.shift(); seat; seat = waiting.shift()) await play(seat);
    });
    await Promise.all(players);
    if (!(await still(stage, { quietMs: 1_500, timeoutMs: 120_000 })))
      report.problems.push("it never became still");
    for (const seat of seats) await judge(seat);
    for (const ping of await fake.pings()) report.problems.push(`pinged: ${JSON.stringify(ping)}`);
    for (const { url } of await fake.fetchedLinks()) report.problems.push(`unfurled: ${url}`);
    for (const { channel, messages } of await fake.doubles())
      report.problems.push(`${channel}: one message ${messages.length} times`);
    const code = await bot.stop();
    if (code !== 0) report.problems.push(`the bot ended with ${code}`);
    report.problems.push(...(await leftIn(folder)).problems);
  } finally {
    await bot.stop("SIGKILL").catch(() => {});
    await fake.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { ...report, seconds: Math.round((Date.now() - start) / 1000) };

  function actOf({ at }: Seat): string {
    return names[at % names.length]!;
  }

  async function play(seat: Seat): Promise<void> {
    const name = actOf(seat);
    report.plans[name] = (report.plans[name] ?? 0) + 1;
    const story = planStory(`spot${seat.at}`, {
      language: seat.language,
      way: seat.at % 2 ? "mention" : "command",
    });
    const posts = chance.below(mostPosts);
    const [act] = story.acts;
    const opened = await perform({ ...story, acts: [] }, seat, { stage, bot: alwaysUp });
    if (opened.thread === undefined || opened.stuck !== undefined || !act || !("press" in act)) {
      report.problems.push(`${story.name}: ${opened.stuck}`);
      return;
    }
    threads.set(seat, opened.thread);
    const before = (await stage.read(seat, opened.thread)).length;
    await stage.press(seat, opened.thread, act.press);
    // So many messages of the plan are there already, whatever the machine's speed.
    const isThere = async () => (await stage.read(seat, opened.thread!)).length >= before + posts;
    await lookFor(isThere, { timeoutMs: longestMs, everyMs: 10 });
    await acts[name]!({ fake, thread: opened.thread, channel: `place${seat.at}` });
    await sleep(500);
  }

  /** What the person can read now: the thread as it was, the channel above it, and their direct messages. */
  async function judge(seat: Seat): Promise<void> {
    const words = say(seat.language);
    const all = await fake.messages();
    const direct = await fake.messages(`dm:person${seat.at}`);
    const places = [ids.get(`place${seat.at}`), threads.get(seat)];
    const here = all.filter((one) => one.ours && places.includes(one.channel_id));
    const readable = [...here, ...direct.filter(({ ours }) => ours)];
    const isWhole = here.some(({ flags = 0, components }) => {
      const isCard = (flags & (1 << 15)) !== 0;
      return !isCard && JSON.stringify(components).includes(words("button.zip"));
    });
    const sentences = ["discord.gone.deleted", "discord.gone.closed", "failure.gone", "failure.refused"].map(
      (key) => words(key),
    );
    const isTold = readable.some(({ text }) =>
      sentences.some((sentence) => text.includes(sentence.slice(0, 40))),
    );
    if (isWhole) report.whole++;
    else if (isTold) report.told++;
    else {
      const last = readable.slice(-2).map(({ text }) => text.slice(0, 120));
      report.problems.push(`person${seat.at} (${actOf(seat)}): heard nothing; last: ${last.join(" / ")}`);
    }
  }
}

const alwaysUp = { up: async () => {}, isUp: () => true };
