import { type APIMessage, MessageReferenceType, MessageType, Routes } from "discord.js";
import type { Event } from "#model/conversation.ts";
import { PermanentError } from "#model/platform.ts";
import { blank } from "#model/secrets.ts";
import type { Language } from "#model/text.ts";
import { type GivenFile, longWords, readFiles } from "./brought.ts";
import { call } from "./call.ts";
import type { Channel } from "./channels.ts";
import { decode, encode, WRITE } from "./controls.ts";
import { type Desk, languageOf } from "./desk.ts";
import { bare } from "./escape.ts";
import { type Component, flags, short, types, walk } from "./limits.ts";
import { nonceOf, type Place } from "./places.ts";
import { createQueues, createSeen } from "./queues.ts";

/** A message as the gateway delivers it, or as it is read later. */
export type Heard = APIMessage & { guild_id?: string; member?: { nick?: string | null; roles: string[] } };

const nameCharacters = 90; // of a thread; it holds 100
const hintMs = 10_000; // people who chat among themselves are not answered line by line
const mostHinted = 1_000;
const MENTION = /<@[!&]?\d+>/g;

/** What people write: who is meant, which conversation it belongs to, and what it says. */
export function createReceiving(desk: Desk) {
  const { bot, places, people, channels, log, me, signal } = desk;
  const queue = createQueues();
  const seen = createSeen();
  const hinted = new Map<string, number>();

  /** Takes a message once; resolves when it is stored, or was not for us. Those of a channel are taken in order. */
  function hear(message: Heard): Promise<void> {
    if (!isFromPerson(message)) return Promise.resolve();
    return queue(message.channel_id, async () => {
      if (seen.has(message.id)) return;
      await take(message);
      seen.add(message.id);
    });
  }

  async function take(message: Heard): Promise<void> {
    const channel = await channels.find(message.channel_id);
    const server = message.guild_id ?? channel.server;
    const isMeant = channel.kind === "direct" || isAddressed(message, server);
    const found = await placeOf(message, channel, { isMeant, server });
    if (!found) return;
    const { conversation, place, isNew } = found;
    // Direct messages tell no locale; what the person speaks elsewhere is a hint.
    const isUntold = channel.kind === "direct" && isNew;
    const elsewhere = isUntold ? await bot.conversationsOf(message.author.id, "en") : [];
    const language = languageOf(channels.localeOf(server)) ?? elsewhere[0]?.language;
    if (!(await isAllowed(message, channel, server))) return refuse(message, language ?? "en");
    const files = filesOf(message);
    const written = wordsOf(message, server);
    const isWithheld = !desk.readsContent && channel.kind !== "direct" && !hasWords(message);
    const kept = isNew ? { ...place, name: nameOf(written, language ?? "en") } : place;
    if (isWithheld && files.length === 0) {
      if (isNew) await places.save(conversation, kept);
      return hint(message, { conversation, place, language });
    }
    const { text, attachments } = longWords(written, await readFiles(files, { log, signal }));
    const isEmpty = text === "" && attachments.length === 0 && !isNew;
    const event = {
      id: `m${message.id}`,
      conversation,
      at: Date.parse(message.timestamp),
      person: { id: message.author.id, name: personName(message) },
      ...(language && { language }),
      ...(server && { scope: server }),
      ...(isEmpty
        ? { kind: "pressed", action: "continue" }
        : { kind: "said", text, ...(attachments.length > 0 && { attachments }) }),
    } satisfies Event;
    await bot.receive(event, isNew ? places.notesOf(conversation, kept) : []);
    if (isNew) await places.learn(conversation);
  }

  /** By name, by the role that stands for it, or by an answer to one of its messages; never by everyone. */
  function isAddressed(
    { mentions, mention_roles, referenced_message }: Heard,
    server: string | undefined,
  ): boolean {
    const role = channels.roleOf(server, me);
    return (
      mentions.some(({ id }) => id === me) ||
      (role !== undefined && mention_roles.includes(role)) ||
      referenced_message?.author.id === me
    );
  }

  type Found = { conversation: string; place: Place; isNew: boolean };

  async function placeOf(
    message: Heard,
    channel: Channel,
    { isMeant, server }: { isMeant: boolean; server: string | undefined },
  ): Promise<Found | undefined> {
    const person = message.author.id;
    const base = { channel: channel.id, person, began: message.id, ...(server && { server }) };
    if (channel.kind === "direct") return directly(message, { ...base, kind: "direct", isOurs: true });
    if (channel.kind === "thread") {
      // A forum post that begins by calling the bot is meant for it as a whole.
      const isOurs = channel.owner === me || message.id === channel.id;
      const parent = channel.parent && { parent: channel.parent };
      const found = await known(channel.id, { ...base, ...parent, kind: "thread", isOurs });
      const isListening = found.place.isOurs === true && (!found.isNew || channel.owner === me);
      return isMeant || (isListening && !isForSomebodyElse(message)) ? found : undefined;
    }
    if (!isMeant) return undefined;
    const answered = await answeredConversation(message);
    if (answered) return answered;
    // Read again after a restart it may have its place already, and must not lose it.
    const conversation = `discord:${message.id}`;
    const there = await places.find(conversation);
    const place: Place = there ?? { ...base, kind: "opening", root: message.id };
    return { conversation, place, isNew: place.kind === "opening" };
  }

  /** Which of a person's plans is meant: that of the message they answer, else what is talked about. */
  async function directly(message: Heard, place: Place): Promise<Found | undefined> {
    const { channel } = place;
    const answered = taggedOn(await answeredIn(message));
    const isHere = answered && (await places.find(answered))?.channel === channel;
    if (isHere) await places.turnTo(channel, answered, message.id);
    const conversation = isHere ? answered : await places.directAt(channel, message.id);
    if (!conversation) return undefined;
    const there = await places.find(conversation);
    return { conversation, place: there ?? place, isNew: !there };
  }

  /** The conversation that the buttons on a message of ours name, where its place does not. */
  function taggedOn(before: APIMessage | undefined): string | undefined {
    if (before?.author.id !== me) return undefined;
    const ids = [...walk((before.components ?? []) as Component[])].map(({ custom_id: id }) => id);
    const tags = ids.map((id) => (typeof id === "string" ? decode(id).conversation : undefined));
    const tag = tags.find((one) => one !== undefined);
    return tag && `discord:${tag}`;
  }

  async function known(id: string, place: Place): Promise<Found> {
    const conversation = (await places.conversationAt(id)) ?? `discord:${id}`;
    const there = await places.find(conversation);
    return { conversation, place: there ?? place, isNew: !there };
  }

  /** The conversation whose message is answered in a channel: that message is its first one, or answers that one. */
  async function answeredConversation(message: Heard): Promise<Found | undefined> {
    const answered = message.message_reference?.message_id;
    const at = async (id: string | undefined) => (id ? places.conversationAt(id) : undefined);
    const before = await answeredIn(message);
    for (const conversationOf of [
      () => at(answered),
      async () => taggedOn(before),
      async () => at(await answeredBy(before)),
    ]) {
      const conversation = await conversationOf();
      const place = conversation && (await places.find(conversation));
      if (place) return { conversation, place, isNew: false };
    }
    return undefined;
  }

  /** What the bot's message answers that is answered here; Discord does not always tell it along. */
  async function answeredBy(before: APIMessage | undefined): Promise<string | undefined> {
    if (before?.author.id !== me) return undefined;
    const whole = before.message_reference ? before : await read(before.channel_id, before.id);
    return whole?.message_reference?.message_id;
  }

  /** The message that is answered, which Discord may name without telling it; undefined for one that is gone. */
  async function answeredIn({
    referenced_message: before,
    message_reference: reference,
    channel_id,
  }: Heard): Promise<APIMessage | undefined> {
    const isReply = reference?.message_id && reference.type !== MessageReferenceType.Forward;
    if (before !== undefined || !isReply) return before ?? undefined;
    return read(channel_id, reference.message_id!);
  }

  /** A message; undefined where it is gone, or may not be read. */
  async function read(channel: string, id: string): Promise<APIMessage | undefined> {
    const request = () => desk.rest.get(Routes.channelMessage(channel, id), { signal });
    return call(request, signal).then(
      (message) => message as APIMessage,
      (err) => {
        if (!(err instanceof PermanentError)) throw err;
        log.info({ err, channel }, "what is answered cannot be read");
        return undefined;
      },
    );
  }

  /** Whoever answers their own words mentions only themselves. */
  function isForSomebodyElse({ author, mentions, mention_roles, mention_everyone }: Heard): boolean {
    return mentions.some(({ id }) => id !== author.id) || mention_roles.length > 0 || mention_everyone;
  }

  async function isAllowed(
    { author, member }: Heard,
    channel: Channel,
    server: string | undefined,
  ): Promise<boolean> {
    // What is read later comes without its author's roles.
    const roles = member?.roles ?? (server ? await desk.rolesOf(server, author.id) : undefined) ?? [];
    return people.may({
      user: author.id,
      channels: channels.around(channel),
      roles,
      ...(server && { server }),
    });
  }

  async function refuse(message: Heard, language: Language): Promise<void> {
    if (!people.shouldTell(message.author.id)) return;
    await answer(message, { content: bot.say(language)("discord.refused") }, "refused");
  }

  /** The words could not be read: says how they can be, with a button that opens a field. */
  async function hint(
    message: Heard,
    {
      conversation,
      place,
      language,
    }: Pick<Found, "conversation" | "place"> & { language: Language | undefined },
  ): Promise<void> {
    const now = Date.now();
    // Whoever calls the bot anew waits for an answer, whoever else was told.
    const where = place.kind === "opening" ? message.id : message.channel_id;
    if (now - (hinted.get(where) ?? 0) < hintMs) return;
    hinted.delete(where);
    hinted.set(where, now);
    if (hinted.size > mostHinted) hinted.delete(hinted.keys().next().value!);
    const spoken = (await bot.conversation(conversation))?.language ?? language ?? "en";
    const say = bot.say(spoken);
    const isThere = place.kind === "thread" && place.channel === message.channel_id;
    const button = {
      type: types.button,
      style: 1,
      label: say("discord.write.button"),
      custom_id: encode({
        action: WRITE,
        ...(!isThere && { conversation: idOf(conversation) }),
      })!,
    };
    const components = [{ type: types.row, components: [button] }];
    await answer(message, { content: say("discord.unread"), components }, "hint");
  }

  /** Answers one message, once. */
  async function answer({ id, channel_id }: Heard, body: object, what: string): Promise<void> {
    const whole = {
      ...body,
      flags: flags.suppressEmbeds,
      allowed_mentions: { parse: [] },
      ...places.answering(channel_id, id),
      nonce: nonceOf(`${id}:${what}`),
      enforce_nonce: true,
    };
    await call(
      () => desk.rest.post(Routes.channelMessages(channel_id), { body: whole, signal }),
      signal,
    ).catch((err) => log.warn({ err, channel: channel_id }, `a message could not be answered (${what})`));
  }

  /** The words without the mention of the bot, or what was forwarded; other people by their names. */
  function wordsOf(message: Heard, server: string | undefined): string {
    const { mentions } = message;
    const content = [message.content, ...forwardedBy(message).map((one) => one.content)].join("\n");
    const role = channels.roleOf(server, me);
    const names = new Map(mentions.map(({ id, global_name, username }) => [id, global_name ?? username]));
    return content
      .replace(MENTION, (mention) => {
        const id = mention.replace(/\D/g, "");
        if (id === me || id === role) return " ";
        return names.has(id) ? `@${names.get(id)}` : " ";
      })
      .trim();
  }

  function nameOf(text: string, language: Language): string {
    return threadName(text) ?? bot.say(language)("discord.threadName");
  }

  return { hear, isAddressed, isIdle: queue.isIdle };
}

/** What a thread is called after what was said first; undefined for a message without words. */
export function threadName(text: string): string | undefined {
  return short(bare(blank(text).replace(/```[\s\S]*?(```|$)/g, " ")), nameCharacters) || undefined;
}

function isFromPerson({ author, webhook_id, type }: Heard): boolean {
  return !author.bot && !webhook_id && (type === MessageType.Default || type === MessageType.Reply);
}

function personName({ author, member }: Heard): string {
  return member?.nick ?? author.global_name ?? author.username;
}

const idOf = (conversation: string): string => conversation.slice(conversation.indexOf(":") + 1);

/** What a forwarded message holds, whose own words are empty. */
const forwardedBy = ({ message_snapshots: snapshots = [] }: Heard) => snapshots.map(({ message }) => message);

/** Discord gives an application without the intent a message with nothing in it. */
const hasWords = (message: Heard): boolean =>
  [message, ...forwardedBy(message)].some(({ content }) => content !== "");

function filesOf(message: Heard): GivenFile[] {
  return [message, ...forwardedBy(message)].flatMap(({ attachments }) =>
    attachments.map(({ filename, size, url }) => ({ name: filename, size, url })),
  );
}
