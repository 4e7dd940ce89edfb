import {
  type APIUser,
  ApplicationCommandType,
  ChannelType,
  type EmbedType,
  GatewayDispatchEvents as Event,
  InteractionType,
  MessageReferenceType,
  MessageType,
} from "discord-api-types/v10";
import { checkNotEmpty, type Upload } from "./check-message.ts";
import { commandData } from "./command-data.ts";
import { fire } from "./fire.ts";
import { dm, join } from "./guilds.ts";
import { fetched } from "./mentions.ts";
import { post } from "./messages.ts";
import { press } from "./press.ts";
import { submission } from "./submission.ts";
import { openThread } from "./threads.ts";
import type {
  Autocomplete,
  Choose,
  Click,
  Command,
  Context,
  Person,
  Say,
  SentFile,
  Submit,
} from "./types.ts";
import { type Channel, guildOf, isThread, type Stored, type World } from "./world.ts";

/** A person by name, who is in every server from the first word on. */
export function personOf(world: World, name: string): APIUser {
  for (const user of world.users.values()) if (user.username === name || user.id === name) return user;
  return newPerson(world, name);
}

function newPerson(world: World, name: string, bot = false): APIUser {
  const user = world.addUser(name, bot);
  for (const guild of world.guilds.values()) join(world, guild, user);
  return user;
}

/** Somebody with a language of their own, roles, or a bot. */
function person(world: World, { name, locale, roles = [], bot = false }: Person): string {
  const known = [...world.users.values()].find((user) => user.username === name);
  const user = known ?? newPerson(world, name, bot);
  if (locale) world.locales.set(user.id, locale);
  for (const guild of world.guilds.values()) {
    const ids = [...guild.roles.values()].filter((role) => roles.includes(role.name)).map(({ id }) => id);
    const member = join(world, guild, user);
    member.roles = [...new Set([...member.roles, ...ids])];
  }
  return user.id;
}

/**
 * A channel or thread by id, by name, by `server/name`, or the person's direct messages with the bot as `dm`.
 * Of threads with one name the youngest is meant.
 */
export function channelOf(world: World, user: APIUser, name = "general"): Channel {
  if (name === "dm") return dm(world, user);
  const byId = world.channels.get(name);
  if (byId) return byId;
  const [guild, rest] = name.includes("/") ? name.split("/", 2) : [undefined, name];
  const named = [...world.channels.values()].filter(
    (channel) => channel.name === rest && (guild === undefined || guildOf(world, channel)?.name === guild),
  );
  const found = named.find((channel) => !isThread(channel)) ?? named.at(-1);
  if (found) return found;
  const there = [...world.channels.values()].map((one) => one.name).filter(Boolean);
  throw new Error(`no channel "${name}"; there are ${there.join(", ")}`);
}

export function messageById(world: World, id: string): Stored {
  const stored = world.messages.get(id);
  if (!stored || stored.deletedAt) throw new Error(`no message ${id} to act on`);
  return stored;
}

/** A file from a test as the server holds it. */
function upload(file: SentFile, index: number): Upload {
  const data = Buffer.from(file.content as string);
  return { key: String(index), name: file.name, type: file.type ?? "application/octet-stream", data };
}

function words(world: World, channel: Channel, { mention, everyone, content }: Say): string {
  const role = [...(guildOf(world, channel)?.roles.values() ?? [])].find((one) => one.managed)?.id;
  const prefix = mention === "role" ? `<@&${role}>` : mention ? `<@${world.bot.id}>` : "";
  return [everyone ? "@everyone" : "", prefix, content ?? ""].filter(Boolean).join(" ");
}

const answered = (id: string, ping: boolean) => ({
  message_reference: { message_id: id },
  allowed_mentions: { parse: ["users", "roles", "everyone"], replied_user: ping },
});

/** A forwarded message has no words of its own: https://docs.discord.com/developers/resources/message#message-snapshot-object */
function forwarded({ data }: Stored): Partial<Stored["data"]> {
  const { id, channel_id, content, attachments, embeds, timestamp, type, mentions, mention_roles } = data;
  return {
    message_reference: { type: MessageReferenceType.Forward, message_id: id, channel_id },
    message_snapshots: [
      {
        message: {
          ...{ content, attachments, embeds, timestamp, type, mentions, mention_roles },
          edited_timestamp: null,
        },
      },
    ],
  };
}

function say(world: World, input: Say): string {
  const user = personOf(world, input.user);
  const channel = channelOf(world, user, input.channel);
  const uploads = (input.files ?? []).map(upload);
  const content = words(world, channel, input);
  if (content.length > 4_000) throw new Error("a client sends no more than 4,000 characters");
  const body = {
    content,
    // Clients number what they send, and everybody is told.
    nonce: world.id(),
    ...(input.replyTo ? answered(input.replyTo, input.ping !== false) : {}),
  };
  if (!input.forward) checkNotEmpty(body, uploads.length);
  if (isThread(channel) && channel.thread_metadata?.locked)
    throw new Error(`thread ${channel.name} is locked`);
  const more = input.forward
    ? forwarded(messageById(world, input.forward))
    : input.webhook
      ? { webhook_id: world.id() }
      : input.system
        ? { type: MessageType.UserJoin }
        : input.untold
          ? { referenced_message: undefined }
          : {};
  const target =
    channel.type === ChannelType.GuildForum
      ? openThread(world, {
          parent: channel,
          owner: user,
          body: { name: input.title ?? content.slice(0, 100) },
        })
      : channel;
  const id = target === channel ? {} : { id: target.id };
  const stored = post(world, { channel: target, author: user, body, uploads, more, ...id });
  unfurl(world, stored);
  return stored.data.id;
}

/** Previews of links come a moment later, as an update that is no edit. */
function unfurl(world: World, stored: Stored) {
  const links = fetched(stored.data);
  if (!links.length) return;
  stored.data.embeds = links.map((url) => ({ type: "link" as EmbedType, url, title: url }));
  world.dispatch(Event.MessageUpdate, stored.data);
}

function command(world: World, input: Command): string {
  const user = personOf(world, input.user);
  const channel = usable(channelOf(world, user, input.channel));
  const data = commandData(world, channel, user, input);
  return fire(world, {
    ...languages(input),
    type: InteractionType.ApplicationCommand,
    name: data.name,
    user,
    channel,
    data,
  });
}

/** Nobody uses commands in an archived thread, https://docs.discord.com/developers/topics/threads */
function usable(channel: Channel): Channel {
  if (isThread(channel) && channel.thread_metadata?.archived)
    throw new Error(`thread ${channel.name} is archived: no commands there`);
  if (channel.type === ChannelType.GuildForum)
    throw new Error(`${channel.name} is a forum: no commands there`);
  return channel;
}

function autocomplete(world: World, input: Autocomplete): string {
  const user = personOf(world, input.user);
  const channel = usable(channelOf(world, user, input.channel));
  const data = commandData(world, channel, user, { ...input, partial: input.focused });
  const type = InteractionType.ApplicationCommandAutocomplete;
  return fire(world, { ...languages(input), type, name: data.name, user, channel, data });
}

function context(world: World, input: Context): string {
  const user = personOf(world, input.user);
  const target = messageById(world, input.message).data;
  const channel = usable(world.channels.get(target.channel_id)!);
  const type = ApplicationCommandType.Message;
  const data = commandData(world, channel, user, { user: input.user, name: input.name, type, target });
  return fire(world, {
    ...languages(input),
    type: InteractionType.ApplicationCommand,
    name: data.name,
    user,
    channel,
    data,
    about: target.id,
  });
}

function choose(world: World, input: Choose): string {
  const user = personOf(world, input.user);
  const stored = messageById(world, input.message);
  if (stored.ephemeralTo && stored.ephemeralTo !== user.id)
    throw new Error(`${input.user} cannot see message ${input.message}`);
  const channel = world.channels.get(stored.data.channel_id);
  if (!channel) throw new Error(`the channel of message ${input.message} is gone`);
  const data = press(world, channel, stored, input);
  const type = InteractionType.MessageComponent;
  return fire(world, {
    ...languages(input),
    type,
    name: data.custom_id,
    user,
    channel,
    data,
    message: stored.data,
  });
}

function submit(world: World, input: Submit): string {
  const user = personOf(world, input.user);
  const opener = world.interactions.get(input.modal);
  if (!opener?.modal) throw new Error(`interaction ${input.modal} showed no form`);
  if (opener.user.id !== user.id)
    throw new Error(`the form was shown to ${opener.user.username}, not to ${input.user}`);
  const channel = world.channels.get(opener.channelId);
  if (!channel) throw new Error("the channel the form was opened in is gone");
  const data = submission(world, channel, opener.modal, input);
  const opened =
    opener.type === InteractionType.MessageComponent ? world.messages.get(opener.message ?? "") : undefined;
  return fire(world, {
    type: InteractionType.ModalSubmit,
    name: data.custom_id,
    user,
    channel,
    data,
    opener,
    ...(opened ? { message: opened.data } : {}),
    locale: input.locale ?? opener.locale,
    guildLocale: input.guildLocale ?? opener.guildLocale,
  });
}

type NewThread = { user: string; channel?: string; name: string; isPrivate?: boolean };
type Languages = { locale?: string; guildLocale?: string };
const languages = ({ locale, guildLocale }: Languages) => ({ locale, guildLocale });

/** What people do; each returns the id of the message or interaction it made. */
export const people = (world: World) => ({
  person: (input: Person) => person(world, input),
  say: (input: Say) => say(world, input),
  /** Opens a thread without a message to begin on; a private one shows itself to nobody who is not added. */
  thread: ({ user, channel, name, isPrivate = false }: NewThread) => {
    const owner = personOf(world, user);
    const parent = channelOf(world, owner, channel);
    const type = isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread;
    return openThread(world, { parent, owner, body: { name }, type }).id;
  },
  command: (input: Command) => command(world, input),
  autocomplete: (input: Autocomplete) => autocomplete(world, input),
  context: (input: Context) => context(world, input),
  click: (input: Click) => choose(world, { ...input, values: [] }),
  choose: (input: Choose) => choose(world, input),
  submit: (input: Submit) => submit(world, input),
});
