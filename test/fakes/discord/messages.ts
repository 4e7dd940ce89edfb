import {
  type APIAttachment,
  type APIUser,
  ChannelType,
  GatewayDispatchEvents as Event,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from "discord-api-types/v10";
import { type Body, checkMessage, checkNotEmpty, type Upload } from "./check-message.ts";
import { type Loose, media } from "./components.ts";
import { DiscordError, refuse } from "./errors.ts";
import { exempt, fetched, type Mentioned, mentioned, rings, wordsOf } from "./mentions.ts";
import { demand, sendPermission } from "./permissions.ts";
import { type Channel, guildOf, isThread, type Message, type Stored, type World } from "./world.ts";

const nonceMs = 5 * 60_000; // "the past few minutes", resources/message#create-message

export type Post = {
  channel: Channel;
  author: APIUser;
  body: Body;
  uploads?: Upload[];
  more?: Partial<Message>;
  ephemeralTo?: string;
  viaInteraction?: boolean;
  /** A starter message of a forum post has the post's id. */
  id?: string;
};

/** Stores a message and tells everybody who may see it. */
export function post(world: World, { channel, author, body, uploads = [], ...rest }: Post): Stored {
  if (channel.type === ChannelType.GuildForum) throw refuse("notText");
  const repeated = rest.viaInteraction ? undefined : sameNonce(world, author, body);
  if (repeated) return repeated;
  const repliedTo = reference(world, channel, body);
  const who = mentioned(world, {
    text: wordsOf(body),
    channel,
    author: author.id,
    allowed: body.allowed_mentions,
    repliedTo,
  });
  const guild = guildOf(world, channel);
  const member = guild?.members.get(author.id);
  const id = rest.id ?? world.id();
  const data: Message = {
    id,
    channel_id: channel.id,
    channel_type: channel.type,
    ...(guild ? { guild_id: guild.id } : {}),
    author,
    ...(member && !rest.viaInteraction
      ? { member: { roles: member.roles, joined_at: member.joined, deaf: false, mute: false, flags: 0 } }
      : {}),
    content: body.content ?? "",
    timestamp: world.iso(),
    edited_timestamp: null,
    tts: body.tts ?? false,
    mention_everyone: who.everyone,
    mentions: who.users.map((user) => world.users.get(user)!),
    mention_roles: who.roles,
    attachments: [],
    embeds: (body.embeds ?? []) as Message["embeds"],
    components: numbered(body.components ?? []),
    pinned: false,
    type: repliedTo ? MessageType.Reply : MessageType.Default,
    flags: body.flags ?? 0,
    ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
    ...(repliedTo ? referenceFields(world, channel, repliedTo) : {}),
    ...rest.more,
  } as Message;
  data.attachments = attach(world, { channel: channel.id, body, uploads });
  const stored: Stored = { data, edits: 0 };
  if (rest.ephemeralTo) stored.ephemeralTo = rest.ephemeralTo;
  if (rest.viaInteraction) stored.viaInteraction = true;
  world.messages.set(id, stored);
  if (body.nonce !== undefined && author.id === world.bot.id && !rest.viaInteraction)
    world.nonces.set(String(body.nonce), { message: id, at: world.now() });
  wake(world, channel);
  if ("last_message_id" in channel) channel.last_message_id = id;
  if (isThread(channel)) count(channel);
  witness(world, channel, stored, who);
  if (!stored.ephemeralTo) world.dispatch(Event.MessageCreate, data as never);
  world.changed();
  return stored;
}

/** What the bot itself sends by REST: with its permissions, its limits and its nonce. */
export function send(world: World, channel: Channel, body: Body, uploads: Upload[]): Stored {
  if (channel.type === ChannelType.GuildForum) throw refuse("notText");
  demand(world, channel, sendPermission(channel));
  if (uploads.length) demand(world, channel, "AttachFiles");
  if (body.embeds?.length) demand(world, channel, "EmbedLinks");
  if (isThread(channel) && channel.thread_metadata?.locked) throw refuse("threadLocked");
  if (channel.type === ChannelType.DM && world.closedDms.has(channel.recipients?.[0]?.id ?? ""))
    throw refuse("closedDms");
  checkMessage(body, uploads);
  checkNotEmpty(body, uploads.length);
  return post(world, { channel, author: world.bot, body, uploads });
}

/** Changes a message; files it held are dropped unless the body lists them or says nothing of attachments. */
export function edit(world: World, stored: Stored, body: Body, uploads: Upload[] = []): Stored {
  const { data } = stored;
  const channel = world.channels.get(data.channel_id);
  if (!channel) throw refuse("unknownChannel");
  const wasV2 = ((data.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  const kept = body.attachments
    ? data.attachments.filter((old) => body.attachments?.some(({ id }) => String(id) === old.id))
    : data.attachments;
  checkMessage(body, uploads, { kept: kept.map(({ filename }) => filename), wasV2 });
  const after = {
    ...data,
    ...Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
  };
  const turnsV2 = !wasV2 && ((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  const loading = ((data.flags ?? 0) & MessageFlags.Loading) !== 0;
  if (turnsV2 && !loading && (after.content || after.embeds?.length))
    throw legacy(after.content ? "content" : "embeds");
  checkNotEmpty({ ...after, poll: undefined } as unknown as Body, kept.length + uploads.length);

  const frozen =
    (data.flags ?? 0) & (MessageFlags.Ephemeral | MessageFlags.HasThread | MessageFlags.IsComponentsV2);
  const asked = (body.flags ?? data.flags ?? 0) & (MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2);
  data.flags = frozen | asked;
  if (body.content !== undefined) data.content = body.content ?? "";
  else if (turnsV2) data.content = "";
  if (body.embeds !== undefined) data.embeds = (body.embeds ?? []) as Message["embeds"];
  if (body.components !== undefined) data.components = numbered(body.components ?? []);
  data.attachments = [...kept, ...attach(world, { channel: channel.id, body, uploads })];
  if (!loading) data.edited_timestamp = world.iso();
  stored.edits += 1;
  const who = mentioned(world, {
    text: wordsOf(body),
    channel,
    author: data.author.id,
    allowed: body.allowed_mentions,
    repliedTo: undefined,
  });
  data.mentions = who.users.map((user) => world.users.get(user)!);
  witness(world, channel, stored, who, !loading);
  if (!stored.ephemeralTo) world.dispatch(Event.MessageUpdate, data as never);
  world.changed();
  return stored;
}

function legacy(field: string) {
  return new DiscordError(400, 50035, "Invalid Form Body", {
    errors: {
      [field]: {
        _errors: [
          {
            code: "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
          },
        ],
      },
    },
  });
}

export function remove(world: World, stored: Stored) {
  stored.deletedAt = world.now();
  const { id, channel_id, guild_id } = stored.data;
  if (!stored.ephemeralTo)
    world.dispatch(Event.MessageDelete, { id, channel_id, ...(guild_id ? { guild_id } : {}) });
  world.changed();
}

/** A message that is there, in this channel. */
export function existing(world: World, channelId: string, messageId: string): Stored {
  const stored = world.messages.get(messageId);
  if (!stored || stored.deletedAt || stored.data.channel_id !== channelId) throw refuse("unknownMessage");
  return stored;
}

/** The message as this application may read it. */
export function readable(world: World, stored: Stored, mayRead: boolean): Message {
  if (mayRead || exempt(world, stored)) return stored.data;
  const { poll: _poll, ...data } = stored.data;
  return { ...data, content: "", embeds: [], attachments: [], components: [] };
}

function sameNonce(world: World, author: APIUser, body: Body): Stored | undefined {
  if (!body.enforce_nonce || body.nonce === undefined || author.id !== world.bot.id) return undefined;
  const known = world.nonces.get(String(body.nonce));
  if (!known || world.now() - known.at > nonceMs) return undefined;
  const stored = world.messages.get(known.message);
  if (!stored || stored.deletedAt) throw refuse("unknownMessage");
  return stored;
}

function reference(world: World, channel: Channel, body: Body): Stored | undefined {
  const id = body.message_reference?.message_id;
  if (!id || body.message_reference?.type === MessageReferenceType.Forward) return undefined;
  const stored = world.messages.get(id);
  if (stored && !stored.deletedAt && stored.data.channel_id === channel.id) return stored;
  if (body.message_reference?.fail_if_not_exists === false) return undefined;
  throw new DiscordError(400, 50035, "Invalid Form Body", {
    errors: {
      message_reference: {
        _errors: [{ code: "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", message: "Unknown message" }],
      },
    },
  });
}

function referenceFields(world: World, channel: Channel, to: Stored) {
  const guild = guildOf(world, channel);
  const { message_reference: _reference, referenced_message: _message, ...flat } = to.data;
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

/** Components as Discord gives them back: each with an id. */
function numbered(components: Loose[]): Message["components"] {
  let next = 1;
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const own = "type" in value && !("id" in value) ? { id: next++ } : {};
    return {
      ...own,
      ...Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)])),
    };
  };
  return visit(components) as Message["components"];
}

function attach(
  world: World,
  { channel, body, uploads }: { channel: string; body: Body; uploads: Upload[] },
): APIAttachment[] {
  return uploads.map(({ key, name, type, data }) => {
    const meta = body.attachments?.find(({ id }) => String(id) === key) ?? {};
    const id = world.id();
    const filename = String((meta as Loose).filename ?? name);
    const expires = Math.floor(world.now() / 1000 + 86_400).toString(16);
    const path = `/attachments/${channel}/${id}/${encodeURIComponent(filename)}`;
    world.files.set(decodeURIComponent(path), { name: filename, type, data });
    const url = `${world.base}${path}?ex=${expires}`;
    const description = (meta as Loose).description;
    return {
      id,
      filename,
      size: data.length,
      content_type: type,
      url,
      proxy_url: url,
      ...(typeof description === "string" ? { description } : {}),
    };
  });
}

/** Any message brings an archived thread back; its people hear of it first. */
function wake(world: World, channel: Channel) {
  if (!isThread(channel) || !channel.thread_metadata?.archived) return;
  channel.thread_metadata.archived = false;
  world.dispatch(Event.ThreadUpdate, channel);
}

function count(channel: { message_count?: number; total_message_sent?: number }) {
  channel.message_count = (channel.message_count ?? 0) + 1;
  channel.total_message_sent = (channel.total_message_sent ?? 0) + 1;
}

/** Writes down whom the bot's message rang, what it made clients fetch, and files nobody can see. */
function witness(world: World, channel: Channel, stored: Stored, who: Mentioned, isEdit = false) {
  const { data } = stored;
  if (data.author.id !== world.bot.id) return;
  const where = { message: data.id, channel: channel.id };
  const roles = who.roles.filter((role) => rings(world, channel, data.author.id, role));
  if (who.users.length || roles.length || who.everyone)
    world.pings.push({ ...where, ...who, roles, edit: isEdit });
  for (const url of fetched(data)) if (!url.startsWith(world.base)) world.links.push({ ...where, url });
  if (!((data.flags ?? 0) & MessageFlags.IsComponentsV2)) return;
  const shown = media(data.components as unknown as Loose[]);
  for (const { filename } of data.attachments)
    if (!shown.includes(`attachment://${filename}`))
      world.note("invisible-attachment", `${filename}: no component shows it`, {
        path: `/channels/${channel.id}/messages/${data.id}`,
      });
}
