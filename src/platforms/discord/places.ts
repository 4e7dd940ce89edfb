import { hash } from "node:crypto";
import { type APIMessage, Routes } from "discord.js";
import { z } from "zod";
import { type Log, type Note, type Notes, PermanentError, type Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { call, code, codeOf } from "./call.ts";
import { plain } from "./escape.ts";
import { flags, message, short, thread } from "./limits.ts";
import { permissionWords } from "./permissions.ts";
import { timeOf } from "./snowflake.ts";
import { openTurns } from "./turns.ts";

/** Where a conversation takes place. */
export const Place = z.object({
  /** `opening`: a thread begins on `root` with the first message; `replies`: in the channel, each message answers `root`. */
  kind: z.enum(["opening", "thread", "replies", "direct"]),
  /** Where its messages go: the thread, the channel, the direct messages. */
  channel: z.string(),
  /** The message a thread begins on, or that is answered. */
  root: z.string().optional(),
  /** The message of a person that began it. */
  began: z.string().optional(),
  /** The channel a thread hangs in. */
  parent: z.string().optional(),
  server: z.string().optional(),
  /** Name for the thread. */
  name: z.string().optional(),
  /** Who began, for a last word where the place is gone. */
  person: z.string().optional(),
  /** Everything people write there is meant for the bot. */
  isOurs: z.boolean().optional(),
  /** Nothing can be posted there any more, and that was said. */
  isGone: z.boolean().optional(),
});
export type Place = z.infer<typeof Place>;

/** What the last message of a conversation was, so that none is posted twice. */
const Sent = z.object({ nonce: z.string(), id: z.string() });
export type Sent = z.infer<typeof Sent>;

type Rest = {
  get: (route: `/${string}`, options: { query: URLSearchParams; signal?: AbortSignal }) => Promise<unknown>;
  post: (route: `/${string}`, options: { body: unknown; signal?: AbortSignal }) => Promise<unknown>;
};
export type Places = ReturnType<typeof openPlaces>;

const dayMs = 86_400_000;
const remembered = 10_000; // places kept in memory; the others are read again
const lookedAt = 50; // messages after a command; its answer is among the first
const openerMs = 5_000; // an answer to a command is there within 3 s, or never

/** Keeps where each conversation takes place, and opens its thread when the first message is posted. */
export function openPlaces({ notes, rest, log, say, missing }: Tools) {
  const known = new Map<string, Place>();
  const at = new Map<string, string>();
  const opening = new Map<string, Promise<Place>>();
  const openers = new Map<string, Promise<string | undefined>>();
  const turns = openTurns(notes);

  async function find(conversation: string): Promise<Place | undefined> {
    const cached = known.get(conversation);
    if (cached) return cached;
    const read = Place.safeParse(await notes.get(`place/${conversation}`));
    if (read.success) remember(known, conversation, read.data);
    return read.success ? read.data : undefined;
  }

  async function save(conversation: string, place: Place): Promise<void> {
    // Found by its channel before it is found by itself: a thread without a way back would be nobody's.
    for (const [key, value] of notesOf(conversation, place)) await notes.set(key, value);
    for (const id of waysBack(conversation, place)) remember(at, id, conversation);
    remember(known, conversation, place);
  }

  /** What is kept of a place; whoever has it written calls `learn` afterwards. */
  function notesOf(conversation: string, place: Place): Note[] {
    const back = waysBack(conversation, place).map((id): Note => [`at/${id}`, conversation]);
    return [...back, [`place/${conversation}`, place]];
  }

  /** Takes up a place that was written with an event; says whether it was. */
  async function learn(conversation: string): Promise<boolean> {
    const place = await find(conversation);
    if (place) for (const id of waysBack(conversation, place)) remember(at, id, conversation);
    return place !== undefined;
  }

  /** The conversation that takes place in a channel, or that answers a message. */
  async function conversationAt(id: string): Promise<string | undefined> {
    const cached = at.get(id);
    if (cached) return cached;
    const noted = await notes.get(`at/${id}`);
    const found = typeof noted === "string" ? noted : (await find(`discord:${id}`)) && `discord:${id}`;
    if (found) remember(at, id, found);
    return found || undefined;
  }

  /** What is kept where direct messages turn to a conversation, with the interaction or message that turns them. */
  async function turnNotes(channel: string, to: string, since: string): Promise<Note[]> {
    const from = await conversationAt(channel);
    const turn = from === to ? undefined : await turns.turn(channel, since, { from, to });
    return turn ? [[`at/${channel}`, to], turn] : [];
  }

  /** Turns direct messages to a conversation: words that come without saying which plan they mean belong to it. */
  async function turnTo(channel: string, conversation: string, since: string): Promise<void> {
    for (const [key, value] of await turnNotes(channel, conversation, since)) {
      await notes.set(key, value);
      remember(at, channel, conversation);
    }
  }

  /** Where to post: opens the thread on the first message, or falls back to answers in the channel, and says why. */
  async function open(conversation: string, options: Opening): Promise<Place> {
    const place = await find(conversation);
    if (!place) throw gone(conversation);
    if (place.isGone) throw gone(conversation);
    if (place.kind !== "opening") return place;
    const running = opening.get(conversation);
    if (running) return running;
    const begun = openThread(conversation, place, options).finally(() => opening.delete(conversation));
    opening.set(conversation, begun);
    return begun;
  }

  async function openThread(
    conversation: string,
    place: Place,
    { signal, language }: Opening,
  ): Promise<Place> {
    const root = place.root ?? (await openerOf(conversation, place, { signal, language }));
    const parent = place.channel;
    const here: Place = { ...place, root };
    const lacking = missing(parent).filter((name) => name.includes("Threads"));
    if (lacking.length > 0) return inReplies(conversation, here, { lacking, signal, language });
    try {
      const id = await threadOn(root, parent, { name: place.name ?? "Edgewright", signal });
      const opened: Place = { ...here, kind: "thread", channel: id, parent, isOurs: true };
      await save(conversation, opened);
      return opened;
    } catch (error) {
      if (!(error instanceof PermanentError) || codeOf(error) === code.unknownChannel) throw error;
      log.warn({ conversation, channel: parent, err: error }, "no thread could be opened");
      return inReplies(conversation, here, {
        lacking: [],
        signal,
        language,
        isFull: codeOf(error) === code.threadCap,
      });
    }
  }

  /** Answers in the channel, one under the other, where there can be no thread; says why. */
  async function inReplies(
    conversation: string,
    place: Place,
    { lacking, signal, language, isFull = false }: Opening & { lacking: readonly string[]; isFull?: boolean },
  ): Promise<Place> {
    const replies: Place = { ...place, kind: "replies", channel: place.parent ?? place.channel };
    const names = permissionWords(lacking, say(language));
    const text = isFull
      ? say(language)("discord.noThread.full")
      : say(language)(names === "" ? "discord.noThread.refused" : "discord.noThread.missing", { names });
    await tell(replies, text, { signal, key: `${conversation}:no-thread` });
    await save(conversation, replies);
    return replies;
  }

  /** Of two who begin a thread on one message the second is told so: the thread has the message's id. */
  async function threadOn(
    root: string,
    parent: string,
    { name, signal }: { name: string; signal: AbortSignal },
  ) {
    const body = { name: short(name, thread.nameCharacters), auto_archive_duration: thread.archiveMinutes };
    try {
      await call(() => rest.post(Routes.threads(parent, root), { body, signal }), signal);
    } catch (error) {
      if (codeOf(error) !== code.threadExists) throw error;
    }
    return root;
  }

  /** The answer to the command that began it; where none came, a message of ours. */
  async function openerOf(
    conversation: string,
    place: Place,
    { signal, language }: Opening,
  ): Promise<string> {
    const answer = openers.get(conversation);
    const waited = answer && (await Promise.race([answer, delay(openerMs)]));
    const root = waited ?? (await find(conversation))?.root ?? (await answerTo(conversation, place, signal));
    if (root) return root;
    const text = say(language)("discord.opener", { name: plain(place.name ?? "") });
    const id = await tell(place, text, { signal, key: `${conversation}:opener` });
    await save(conversation, { ...place, root: id });
    return id;
  }

  /** The answer may be there although nobody heard of it: its line was cut, or the process died. */
  async function answerTo(
    conversation: string,
    { channel }: Place,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const interaction = conversation.slice(conversation.indexOf(":") + 1);
    const query = new URLSearchParams({ after: interaction, limit: String(lookedAt) });
    const request = () => rest.get(Routes.channelMessages(channel), { query, signal });
    const found = await call(request, signal).catch((err) => {
      signal.throwIfAborted();
      log.warn({ conversation, channel, err }, "cannot look for the answer that began it");
      return [];
    });
    return (found as APIMessage[]).find((one) => one.interaction_metadata?.id === interaction)?.id;
  }

  /** Posts one sentence at a place, once; returns its id. */
  async function tell(
    place: Place,
    text: string,
    { signal, key }: { signal: AbortSignal; key: string },
  ): Promise<string> {
    const body = {
      content: text,
      flags: flags.suppressEmbeds,
      allowed_mentions: { parse: [] },
      nonce: nonceOf(key),
      enforce_nonce: true,
      ...referenceOf(place),
    };
    const sent = (await call(
      () => rest.post(Routes.channelMessages(place.channel), { body, signal }),
      signal,
    )) as { id: string };
    return sent.id;
  }

  /** What makes a message an answer to another; one that is gone is no reason not to post, nor is a lacking permission. */
  function answering(channel: string, message: string) {
    if (missing(channel).includes("ReadMessageHistory")) return {};
    return { message_reference: { message_id: message, fail_if_not_exists: false } };
  }

  /** Where there is no thread each message answers the first one. */
  function referenceOf({ kind, channel, root }: Place) {
    return kind === "replies" && root !== undefined ? answering(channel, root) : {};
  }

  return {
    find,
    answering,
    referenceOf,
    save,
    notesOf,
    learn,
    conversationAt,
    /** The conversation of direct messages that a message was written to; undefined where that is forgotten. */
    async directAt(channel: string, written: string): Promise<string | undefined> {
      const earlier = await turns.before(channel, written);
      return earlier ? earlier.conversation : ((await conversationAt(channel)) ?? `discord:${channel}`);
    },
    turnNotes,
    turnTo,
    open,
    inReplies,
    tell,
    /** The answer to a command is on its way; its message is what the thread begins on. */
    expectOpener(conversation: string, answer: Promise<string | undefined>) {
      openers.set(conversation, answer);
      void answer.finally(() => openers.delete(conversation)).catch(() => {});
    },
    async sent(conversation: string): Promise<Sent | undefined> {
      return Sent.safeParse(await notes.get(`sent/${conversation}`)).data;
    },
    noteSent: (conversation: string, sent: Sent) => notes.set(`sent/${conversation}`, sent),
    /** The last message of what was forgotten in a channel: nothing up to it is read again. */
    async forgottenIn(channel: string): Promise<string> {
      const noted = await notes.get(`forgotten/${channel}`);
      return typeof noted === "string" ? noted : "0";
    },
    /** Everything kept about a conversation goes. */
    async forget(conversation: string): Promise<void> {
      const place = await find(conversation);
      for (const id of [place?.channel, place?.root]) {
        if (id === undefined) continue;
        if ((await notes.get(`at/${id}`)) === conversation) await notes.delete(`at/${id}`);
        at.delete(id);
      }
      const left = place?.kind === "direct" ? await turns.without(place.channel, conversation) : undefined;
      if (left) await notes.set(...left);
      const last = Sent.safeParse(await notes.get(`sent/${conversation}`)).data?.id;
      // What is deleted for its age is older than anything that is read again.
      if (place && last && Date.now() - timeOf(last) < dayMs)
        await notes.set(`forgotten/${place.channel}`, last);
      await notes.delete(`sent/${conversation}`);
      await notes.delete(`place/${conversation}`);
      known.delete(conversation);
    },
  };
}

type Tools = {
  notes: Notes;
  rest: Rest;
  log: Log;
  say: (language: Language) => Say;
  /** Permissions the bot lacks in a channel. */
  missing: (channel: string) => readonly string[];
};
type Opening = { signal: AbortSignal; language: Language };

/** A channel many conversations share is nobody's own: only the message that is answered tells them apart. */
const isShared = ({ kind, channel }: Place, id: string): boolean =>
  (kind === "opening" || kind === "replies") && id === channel;

/** Ids by which the conversation is found that takes place there. */
function waysBack(conversation: string, place: Place): string[] {
  return [place.channel, place.root].filter(
    (id) => id !== undefined && !isShared(place, id) && `discord:${id}` !== conversation,
  ) as string[];
}

function gone(conversation: string): PermanentError {
  return new PermanentError(`discord: nobody knows where "${conversation}" takes place any more`, {
    reason: "gone",
  });
}

/** At most 25 characters, the same for the same key: Discord posts a nonce once. */
export function nonceOf(key: string): string {
  return hash("sha256", key, "base64url").slice(0, message.nonceCharacters);
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > remembered) map.delete(map.keys().next().value!);
}

const delay = (ms: number) =>
  new Promise<undefined>((resolve) => void setTimeout(() => resolve(undefined), ms).unref());
