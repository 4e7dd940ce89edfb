import {
  type APIAttachment,
  type APIMessageTopLevelComponent,
  type APIUser,
  ChannelType,
  type EmbedType,
  GatewayDispatchEvents as Event,
  MessageFlags as F,
  MessageReferenceType,
  MessageType,
} from "discord-api-types/v10";
import { attach, renewed, resolveFiles } from "./attachments.ts";
import { type Body, checkMessage, checkNotEmpty, legacyFields, type Upload } from "./check-message.ts";
import type { Loose } from "./components.ts";
import { Form, refuse } from "./errors.ts";
import { memberFields } from "./guilds.ts";
import { exempt, mentioned, wordsOf } from "./mentions.ts";
import { demand, may, sendPermission } from "./permissions.ts";
import { joinThread } from "./threads.ts";
import { witness } from "./witness.ts";
import { type Channel, guildOf, isThread, type Message, type Stored, type World } from "./world.ts";

const nonceMs = 5 * 60_000; // "the past few minutes", resources/message#create-message

export type Post = {
  channel: Channel;
  author: APIUser;
  body: Body;
  uploads?: Upload[];
  /** Fields that this kind of message carries besides. */
  more?: Partial<Message>;
  ephemeralTo?: string;
  viaInteraction?: boolean;
  /** A starter message of a forum post has the post's id. */
  id?: string;
};

/** Stores a message, its words trimmed as Discord does, and tells everybody who may see it. */
export function post(world: World, { channel, author, body, uploads = [], more, ...rest }: Post): Stored {
  if (channel.type === ChannelType.GuildForum) throw refuse("notText");
  const repliedTo = reference(world, channel, body);
  const who = mentioned(world, {
    text: wordsOf(body),
    channel,
    author: author.id,
    allowed: body.allowed_mentions,
    repliedTo,
    quiet: rest.viaInteraction === true,
  });
  const guild = guildOf(world, channel);
  const member = rest.viaInteraction ? undefined : guild?.members.get(author.id);
  const id = rest.id ?? world.id();
  const attachments = attach(world, channel.id, body, uploads);
  const data: Message = {
    id,
    channel_id: channel.id,
    channel_type: channel.type,
    ...(guild ? { guild_id: guild.id } : {}),
    author,
    ...(member ? { member: memberFields(member) } : {}),
    content: (body.content ?? "").trim(),
    timestamp: world.iso(),
    edited_timestamp: null,
    tts: body.tts ?? false,
    mention_everyone: who.everyone,
    mentions: who.users.map((user) => mentionedUser(world, channel, user)),
    mention_roles: who.roles,
    attachments,
    embeds: rich(body.embeds),
    components: numbered(body.components, attachments),
    pinned: false,
    type: repliedTo ? MessageType.Reply : MessageType.Default,
    flags: body.flags ?? 0,
    ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
    ...(repliedTo ? referenceFields(world, channel, repliedTo) : {}),
    ...more,
  };
  const stored: Stored = { data, edits: 0 };
  if (rest.ephemeralTo) stored.ephemeralTo = rest.ephemeralTo;
  if (rest.viaInteraction) stored.viaInteraction = true;
  world.keep(stored);
  wake(world, channel);
  if (!stored.ephemeralTo) channel.last_message_id = id;
  if (isThread(channel)) count(channel);
  if (isThread(channel) && who.users.includes(world.bot.id)) joinThread(world, channel);
  witness(world, channel, stored, who);
  if (!stored.ephemeralTo) world.dispatch(Event.MessageCreate, data);
  world.changed(stored);
  return stored;
}

const settable = F.SuppressEmbeds | F.SuppressNotifications | F.IsVoiceMessage | F.IsComponentsV2;

/** What the bot itself sends by REST: with its permissions, its limits and its nonce. */
export function send(world: World, channel: Channel, body: Body, uploads: Upload[]): Stored {
  if (channel.type === ChannelType.GuildForum) throw refuse("notText");
  demand(world, channel, sendPermission(channel));
  if (uploads.length) demand(world, channel, "AttachFiles");
  if (body.embeds?.length) demand(world, channel, "EmbedLinks");
  if (body.message_reference?.message_id && !may(world, world.bot.id, channel, "ReadMessageHistory"))
    throw refuse("noReplyHistory");
  if (locked(world, channel)) throw refuse("threadLocked");
  if (channel.type === ChannelType.DM && world.closedDms.has(channel.recipients?.[0]?.id ?? ""))
    throw refuse("closedDms");
  checkMessage(body, uploads);
  checkNotEmpty(body, uploads.length);
  const repeated = sameNonce(world, body);
  if (repeated) return repeated;
  const flags = (body.flags ?? 0) & settable;
  const stored = post(world, { channel, author: world.bot, body: { ...body, flags }, uploads });
  if (body.nonce !== undefined)
    world.nonces.set(String(body.nonce), { message: stored.data.id, at: world.now() });
  return stored;
}

/** Whether the bot may say nothing here because a moderator closed the thread. */
export function locked(world: World, channel: Channel): boolean {
  const shut = isThread(channel) && channel.thread_metadata?.locked === true;
  return shut && !may(world, world.bot.id, channel, "ManageThreads");
}

/** Changes a message; files it held are dropped unless the body lists them or says nothing of attachments. */
export function edit(world: World, stored: Stored, body: Body, uploads: Upload[] = []): Stored {
  const { data } = stored;
  const channel = world.channels.get(data.channel_id);
  if (!channel) throw refuse("unknownChannel");
  const flags = data.flags ?? 0;
  const wasV2 = (flags & F.IsComponentsV2) !== 0;
  const loading = (flags & F.Loading) !== 0;
  // Whoever names flags without this one is read by the old rules, though the message keeps it.
  const v2 = ((body.flags ?? flags) & F.IsComponentsV2) !== 0;
  const kept = body.attachments
    ? data.attachments.filter((old) => body.attachments?.some(({ id }) => String(id) === old.id))
    : data.attachments;
  checkMessage(body, uploads, { kept: kept.map(({ filename }) => filename), v2 });
  const content = body.content === undefined ? data.content : (body.content ?? "").trim();
  const embeds = body.embeds === undefined ? data.embeds : rich(body.embeds);
  const attachments = [...kept, ...attach(world, channel.id, body, uploads)];
  const components = body.components === undefined ? data.components : numbered(body.components, attachments);
  if (v2 && !wasV2) legacyRefused(content, embeds.length);
  if (!content && !embeds.length && !components?.length && !attachments.length) throw refuse("empty");

  const frozen = flags & (F.Ephemeral | F.HasThread | F.IsComponentsV2);
  data.flags = frozen | ((body.flags ?? flags) & (F.SuppressEmbeds | F.IsComponentsV2));
  Object.assign(data, { content, embeds, components, attachments });
  if (!loading) data.edited_timestamp = world.iso();
  stored.edits += 1;
  const who = mentioned(world, {
    text: wordsOf({ content, components: components as unknown as Loose[] }),
    channel,
    author: data.author.id,
    allowed: body.allowed_mentions,
    repliedTo: undefined,
    quiet: stored.viaInteraction === true,
  });
  // Mentions are made anew when the words are, by the defaults unless the edit says otherwise.
  const reworded = body.content !== undefined || body.components !== undefined;
  if (reworded) {
    data.mentions = who.users.map((user) => mentionedUser(world, channel, user));
    data.mention_roles = who.roles;
    data.mention_everyone = who.everyone;
    witness(world, channel, stored, who, { edit: !loading });
  }
  if (!stored.ephemeralTo) world.dispatch(Event.MessageUpdate, data);
  world.changed(stored);
  return stored;
}

function legacyRefused(content: string, embeds: number) {
  const form = new Form();
  legacyFields(form, { content, embeds: Array(embeds).fill({}) });
  form.settle();
}

export function remove(world: World, stored: Stored) {
  stored.deletedAt = world.now();
  const { id, channel_id, guild_id } = stored.data;
  const channel = world.channels.get(channel_id);
  if (channel && isThread(channel) && channel.message_count) channel.message_count -= 1;
  if (!stored.ephemeralTo)
    world.dispatch(Event.MessageDelete, { id, channel_id, ...(guild_id ? { guild_id } : {}) });
  world.changed(stored);
}

/** A message that is there, in this channel. */
export function existing(world: World, channelId: string, messageId: string): Stored {
  const stored = world.messages.get(messageId);
  if (!stored || stored.deletedAt || stored.data.channel_id !== channelId) throw refuse("unknownMessage");
  return stored;
}

/** The message as this application may read it, with addresses of files that hold from now on. */
export function readable(world: World, stored: Stored, mayRead: boolean): Message {
  const answered = world.messages.get(stored.data.referenced_message?.id ?? "");
  const hides = answered && !mayRead && !exempt(world, answered);
  const data = {
    ...stored.data,
    attachments: stored.data.attachments.map((one) => renewed(world, one)),
    ...(hides ? { referenced_message: { ...stored.data.referenced_message!, ...blank } } : {}),
  };
  if (mayRead || exempt(world, stored)) return data;
  const emptied = data.message_snapshots?.map(({ message }) => ({ message: { ...message, ...blank } }));
  return { ...data, ...blank, ...(emptied && { message_snapshots: emptied }) };
}

const blank = { content: "", embeds: [], attachments: [], components: [] };

function sameNonce(world: World, body: Body): Stored | undefined {
  if (!body.enforce_nonce || body.nonce === undefined) return undefined;
  const known = world.nonces.get(String(body.nonce));
  if (!known || world.now() - known.at > (world.options.nonceMs ?? nonceMs)) return undefined;
  const stored = world.messages.get(known.message);
  if (!stored || stored.deletedAt) throw refuse("unknownMessage");
  return stored;
}

const answerable = [
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
];

function reference(world: World, channel: Channel, body: Body): Stored | undefined {
  const id = body.message_reference?.message_id;
  if (!id || body.message_reference?.type === MessageReferenceType.Forward) return undefined;
  const stored = world.messages.get(id);
  const there = stored && !stored.deletedAt && stored.data.channel_id === channel.id;
  if (there && answerable.includes(stored.data.type)) return stored;
  const form = new Form();
  if (there)
    form.add(
      ["message_reference"],
      "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE",
      "Cannot reply to a system message",
    );
  else if (body.message_reference?.fail_if_not_exists !== false)
    form.add(["message_reference"], "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message");
  form.settle();
  return undefined;
}

/** How a message points to another one in its channel. */
export function referenceFields(world: World, channel: Channel, to: Stored): Partial<Message> {
  const guild = guildOf(world, channel);
  // What it answers itself is named, but not told: https://github.com/discord/discord-api-docs/pull/5095
  const { referenced_message: _message, ...flat } = to.data;
  return {
    message_reference: {
      type: MessageReferenceType.Default,
      message_id: to.data.id,
      channel_id: channel.id,
      ...(guild ? { guild_id: guild.id } : {}),
    },
    referenced_message: flat,
  };
}

function mentionedUser(world: World, channel: Channel, id: string): Message["mentions"][number] {
  const user = world.users.get(id)!;
  const member = guildOf(world, channel)?.members.get(id);
  return member ? { ...user, member: memberFields(member) } : user;
}

function rich(embeds: Loose[] | null | undefined): Message["embeds"] {
  return (embeds ?? []).map((embed) => ({ ...embed, type: "rich" as EmbedType }));
}

/** Components as Discord gives them back: each with an id, and files by their address. */
export function numbered(
  components: Loose[] | null | undefined,
  files: APIAttachment[],
): APIMessageTopLevelComponent[] {
  let next = 0;
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const copy: Loose = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
    if (typeof copy.type !== "number") return copy;
    next += 1;
    return { ...copy, id: copy.id || next };
  };
  return resolveFiles(visit(components ?? []), files) as APIMessageTopLevelComponent[];
}

/** Any message brings an archived thread back; its people hear of it first. */
function wake(world: World, channel: Channel) {
  if (!isThread(channel) || !channel.thread_metadata?.archived) return;
  channel.thread_metadata.archived = false;
  channel.thread_metadata.archive_timestamp = world.iso();
  world.dispatch(Event.ThreadUpdate, channel);
}

function count(channel: { message_count?: number; total_message_sent?: number }) {
  channel.message_count = (channel.message_count ?? 0) + 1;
  channel.total_message_sent = (channel.total_message_sent ?? 0) + 1;
}
