import { setTimeout as sleep } from "node:timers/promises";
import type { FakeDiscord } from "../../test/fakes/discord.ts";
import type { BotProcess } from "../../test/fakes/storm/bot.ts";

/** Milliseconds from the moment Discord tells of something, each of its kind; and what was never stored. */
export type Load = {
  /** Until the listener of a message begins. */
  messageHeard: number[];
  /** Until the turn of a message is committed to the store. */
  messageStored: number[];
  commandHeard: number[];
  commandStored: number[];
  /** Until a command is answered, as Discord sees it. */
  commandAnswered: number[];
  lost: number;
};

const quietMs = 1_500;
const lookMs = 100;
const patienceMs = 300_000;
const warm = { count: 200, everyMs: 25 }; // what a bot is like that has run for a while
/** No two alike, so that nothing of one is known by the next. */
const textOf = (n: number) => `${100 + n} stores, three boxes each with 8 GB and SSD, stable link, Flux`;

/** Channels for people to begin in: those of one are heard one after the other. */
export const channels = Array.from({ length: 10 }, (_, at) => ({ name: `place${at}` }));
const channelOf = (n: number) => channels[n % channels.length]!.name;

/** So many mentions, one every so often, then as many commands: each begins a conversation. */
export async function load(
  fake: FakeDiscord,
  bot: BotProcess,
  { count, everyMs }: { count: number; everyMs: number },
): Promise<Load> {
  await commandsAreThere(fake);
  await mentions(fake, warm);
  await commands(fake, warm);
  await quiet(fake);
  const said = await mentions(fake, { count, everyMs });
  await quiet(fake);
  const used = await commands(fake, { count, everyMs });
  await quiet(fake);
  const told = await fake.toldAt();
  const { heard, stored } = await probed(bot);
  const after = (ids: readonly string[], at: Record<string, number>) =>
    ids.flatMap((id) => (at[id] === undefined ? [] : [at[id] - told[id]!]));
  const usedIds = used.map(({ id }) => id);
  const [messageStored, commandStored] = [after(said, stored), after(usedIds, stored)];
  return {
    messageHeard: after(said, heard),
    messageStored,
    commandHeard: after(usedIds, heard),
    commandStored,
    commandAnswered: used.map(({ ms }) => ms),
    lost: 2 * count - messageStored.length - commandStored.length,
  };
}

/** So many conversations, one mention each; resolves once nothing goes on any more. */
export async function open(fake: FakeDiscord, conversations: number): Promise<void> {
  await mentions(fake, { count: conversations, everyMs: 20 });
  await quiet(fake);
}

type Pace = { count: number; everyMs: number };

function mentions(fake: FakeDiscord, pace: Pace): Promise<string[]> {
  return paced(pace, (n) =>
    fake.say({ user: "anna", channel: channelOf(n), content: textOf(n), mention: true }),
  );
}

function commands(fake: FakeDiscord, pace: Pace): Promise<{ id: string; ms: number }[]> {
  return paced(pace, async (n) => {
    const where = { user: "anna", channel: channelOf(n) };
    const { id, acked } = await fake.command({
      ...where,
      name: "edge",
      sub: "plan",
      options: { fleet: textOf(n) },
    });
    return { id, ms: (await acked()).ackedAfterMs! };
  });
}

/** Begins one every so often, however long those before it take. */
async function paced<T>({ count, everyMs }: Pace, act: (n: number) => Promise<T>): Promise<T[]> {
  const start = performance.now();
  const all: Promise<T>[] = [];
  for (let n = 0; n < count; n++) {
    await sleep(Math.max(0, start + n * everyMs - performance.now()));
    all.push(act(n));
  }
  return Promise.all(all);
}

async function commandsAreThere(fake: FakeDiscord): Promise<void> {
  await until(async () => (await fake.commands()).some(({ name }) => name === "edge"), "the commands");
}

/** Nobody asks and nobody is told anything for a while. */
async function quiet(fake: FakeDiscord): Promise<void> {
  let before = -1;
  let since = performance.now();
  await until(async () => {
    const { activity, unanswered } = await fake.pulse();
    if (activity !== before || unanswered > 0) since = performance.now();
    before = activity;
    return performance.now() - since >= quietMs;
  }, "quiet");
}

async function probed(bot: BotProcess): Promise<Record<"heard" | "stored", Record<string, number>>> {
  process.kill(bot.pid, "SIGUSR2");
  const find = () => bot.log.find(({ msg }) => msg === "probe");
  await until(async () => find() !== undefined, "what the probe saw");
  return find() as unknown as Record<"heard" | "stored", Record<string, number>>;
}

async function until(look: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + patienceMs; performance.now() < end; await sleep(lookMs))
    if (await look()) return;
  throw new Error(`waited ${patienceMs} ms for ${what}`);
}
