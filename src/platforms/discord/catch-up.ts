import { type APIMessage, Routes } from "discord.js";
import { call } from "./call.ts";
import type { Desk } from "./desk.ts";
import { Place } from "./places.ts";
import type { Heard } from "./receive.ts";
import { idAt, timeOf } from "./snowflake.ts";

const markMs = 15_000;
/** Clocks differ, and a message may be on its way: so far back is read again; what was handled is known by its id. */
const overlapMs = 120_000;
const dayMs = 86_400_000;
const firstLookMs = 15 * 60_000;
/** Conversations nobody touched for longer are not looked at. */
const lookBackDays = 30;
const pageSize = 100; // resources/message#get-channel-messages
const atOnce = 4; // channels; Discord allows 50 requests a second over all
/** Who called the bot longer ago no longer waits for it. */
const calledMs = 60 * 60_000;
const mostCalled = 50; // channels with news, the newest first

/**
 * Finds what was said while nobody listened, by a new process, or after a session that Discord lost: in open conversations
 * all of it, in other channels what calls the bot.
 */
export function createCatchUp(
  desk: Desk,
  {
    hear,
    isCall,
    isConnected,
    pending,
  }: {
    hear: (message: Heard) => Promise<void>;
    /** Whether a message is meant for the bot wherever it stands. */
    isCall: (message: Heard, server: string | undefined) => boolean;
    isConnected: () => boolean;
    pending: () => string[];
  },
) {
  const { notes, log, bot, places, client, rest, signal } = desk;
  let connectedAt: number | undefined;
  const first = Promise.withResolvers<void>();
  /** Undefined while nothing is being read; nothing was read before the first time. */
  let running: Promise<void> | undefined = first.promise;

  /** Everything up to here was handled: nothing older waits, and the connection stood. */
  function cursorNow(): string | undefined {
    if (connectedAt === undefined) return undefined;
    const oldest = pending().map(timeOf);
    return idAt(Math.min(connectedAt, ...oldest) - overlapMs);
  }

  async function mark(): Promise<void> {
    if (isConnected()) connectedAt = Date.now();
    const cursor = cursorNow();
    if (cursor)
      await notes.set("cursor", cursor).catch((err) => log.warn({ err }, "the cursor could not be kept"));
  }

  const timer = setInterval(() => void mark(), markMs).unref();

  /** Reads open conversations; returns since when nobody listened, where that is known. */
  async function run(): Promise<string | undefined> {
    const known = cursorNow() ?? (await cursorBefore());
    // One that was killed before it could note where it stood had only just begun.
    const noted = known ?? idAt(Date.now() - firstLookMs);
    await readFirst(noted);
    const open = await bot.openSince(timeOf(noted) - lookBackDays * dayMs);
    const channels = new Map<string, string | undefined>();
    for (const { conversation } of open) {
      const place = await places.find(conversation);
      if (!place || place.isGone || place.kind === "opening") continue;
      if (!isQuiet(place.channel, noted)) channels.set(place.channel, place.server);
    }
    await readAll([...channels], noted);
    if (channels.size > 0)
      log.info({ conversations: open.length, read: channels.size }, "caught up with what was said");
    return known;
  }

  async function readAll(
    left: [channel: string, server: string | undefined][],
    since: string,
    isWanted?: Wanted,
  ): Promise<void> {
    const workers = Array.from({ length: atOnce }, async () => {
      for (let next = left.shift(); next && !signal.aborted; next = left.shift())
        await read(...next, since, isWanted);
    });
    await Promise.all(workers);
  }

  /** Where an earlier process stopped. */
  async function cursorBefore(): Promise<string | undefined> {
    const noted = await notes.get("cursor");
    return typeof noted === "string" ? noted : undefined;
  }

  /** Calls in channels that nobody had heard of; those that were heard have a thread, or a place. */
  async function readCalls(noted: string): Promise<void> {
    const since = idAt(Math.max(timeOf(noted), Date.now() - calledMs));
    const news = [...client.channels.cache.values()].flatMap((channel) => {
      const last = "lastMessageId" in channel ? channel.lastMessageId : undefined;
      if (channel.isDMBased() || !last || BigInt(last) <= BigInt(since)) return [];
      const lacks = desk.channels.missing(channel.id);
      if (lacks.includes("ViewChannel") || lacks.includes("ReadMessageHistory")) return [];
      return [{ channel: channel.id, server: channel.guildId, last: BigInt(last) }];
    });
    const newest = news.sort((a, b) => (a.last > b.last ? -1 : 1)).slice(0, mostCalled);
    await readAll(
      newest.map(({ channel, server }) => [channel, server]),
      since,
      async (message, server) =>
        isCall(message, server) &&
        ownerOf(message) !== desk.me &&
        !(await places.find(`discord:${message.id}`)),
    );
  }

  /** First messages that were received by a process which died before it could store them. */
  async function readFirst(since: string): Promise<void> {
    for await (const [key, note] of notes.entries("place/")) {
      const { channel, server, began } = Place.safeParse(note).data ?? {};
      if (!channel || !began || BigInt(began) < BigInt(since)) continue;
      const conversation = key.slice("place/".length);
      if (await bot.conversation(conversation)) continue;
      try {
        const request = () => rest.get(Routes.channelMessage(channel, began), { signal });
        const message = (await call(request, signal)) as APIMessage;
        await hear({ ...message, ...(server && { guild_id: server }) });
      } catch (err) {
        log.info({ conversation, err }, "a first message is no longer there");
      }
    }
  }

  /** What the gateway told about a channel says that nothing new is there. */
  function isQuiet(id: string, since: string): boolean {
    const channel = client.channels.cache.get(id);
    const last = channel && "lastMessageId" in channel ? channel.lastMessageId : undefined;
    return typeof last === "string" && BigInt(last) <= BigInt(since);
  }

  async function read(
    channel: string,
    server: string | undefined,
    since: string,
    isWanted: Wanted = async () => true,
  ): Promise<void> {
    try {
      const forgotten = await places.forgottenIn(channel);
      let after = BigInt(forgotten) > BigInt(since) ? forgotten : since;
      for (;;) {
        const query = new URLSearchParams({ after, limit: String(pageSize) });
        const request = () => rest.get(Routes.channelMessages(channel), { query, signal });
        const page = ((await call(request, signal)) as APIMessage[]).sort(byAge);
        for (const message of withoutRepeats(page))
          if (await isWanted(message, server))
            await hear({ ...message, ...(server && { guild_id: server }) });
        const last = page.at(-1);
        if (!last || page.length < pageSize) return;
        after = last.id;
      }
    } catch (err) {
      log.warn({ channel, err }, "could not catch up with a conversation");
    }
  }

  return {
    /** Reads what was missed; live messages wait meanwhile, so that they keep their order. */
    async run(): Promise<void> {
      const broke = (err: unknown) => void log.error({ err }, "catching up broke off");
      const since = run().catch(broke);
      const started = since.then(() => {});
      running = started;
      await started;
      if (running === started) running = undefined;
      first.resolve();
      // Each begins a conversation of its own: nothing that comes meanwhile has to wait for it.
      const noted = await since;
      if (noted) await readCalls(noted).catch(broke);
    },
    running: () => running,
    mark,
    async close(): Promise<void> {
      clearInterval(timer);
      await mark();
    },
  };
}

/** Who opened the thread on a message. */
const ownerOf = ({ thread }: Heard) => (thread && "owner_id" in thread ? thread.owner_id : undefined);

type Wanted = (message: Heard, server: string | undefined) => Promise<boolean>;

/** Without what its author said again in the same words, since nobody had answered: that is answered once, the last time. */
function withoutRepeats(page: readonly APIMessage[]): APIMessage[] {
  const keyOf = ({ author, content, attachments, id }: APIMessage): string =>
    content === "" || attachments.length > 0 ? id : `${author.id} ${content}`;
  const last = new Map(page.map((message) => [keyOf(message), message.id]));
  return page.filter((message) => last.get(keyOf(message)) === message.id);
}

const byAge = (a: APIMessage, b: APIMessage): number => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);
