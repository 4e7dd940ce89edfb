import {
  type APIUser,
  ApplicationCommandType,
  ChannelType,
  GatewayDispatchEvents as Event,
  InteractionType,
} from "discord-api-types/v10";
import { checkNotEmpty, type Upload } from "./check-message.ts";
import { commandData } from "./command-data.ts";
import { fire } from "./fire.ts";
import { post } from "./messages.ts";
import { press } from "./press.ts";
import { submission } from "./submission.ts";
import { openThread } from "./threads.ts";
import type { Autocomplete, Choose, Click, Command, Context, Say, SentFile, Submit } from "./types.ts";
import { type Channel, guildOf, type Stored, type World } from "./world.ts";

/** A person by name, who is in every server from the first word on. */
export function personOf(world: World, name: string): APIUser {
  for (const user of world.users.values()) if (user.username === name || user.id === name) return user;
  const user = world.addUser(name);
  for (const guild of world.guilds.values()) {
    const member = world.join(guild, user);
    world.dispatch(Event.GuildMemberAdd, {
      guild_id: guild.id,
      user,
      roles: member.roles,
      joined_at: member.joined,
      deaf: false,
      mute: false,
      flags: 0,
    } as never);
  }
  return user;
}

/** A channel or thread by id or name, or the person's direct messages with the bot. */
export function channelOf(world: World, user: APIUser, name = "general"): Channel {
  if (name === "dm") return world.dm(user);
  const byId = world.channels.get(name);
  if (byId) return byId;
  const named = [...world.channels.values()].filter((channel) => channel.name === name);
  if (named.length) return named.at(-1)!.type === ChannelType.PublicThread ? named.at(-1)! : named[0]!;
  throw new Error(
    `no channel "${name}"; there are ${[...world.channels.values()].map((one) => one.name).join(", ")}`,
  );
}

export function messageById(world: World, id: string): Stored {
  const stored = world.messages.get(id);
  if (!stored || stored.deletedAt) throw new Error(`no message ${id} to act on`);
  return stored;
}

/** A file from a test as the server holds it. */
export function upload(file: SentFile, index = 0): Upload {
  const data = Buffer.from(file.content as string);
  return { key: String(index), name: file.name, type: file.type ?? "application/octet-stream", data };
}

function words(world: World, channel: Channel, { mention, everyone, content }: Say): string {
  const role = [...(guildOf(world, channel)?.roles.values() ?? [])].find((one) => one.managed)?.id;
  const prefix = mention === "role" ? `<@&${role}>` : mention ? `<@${world.bot.id}>` : "";
  return [everyone ? "@everyone" : "", prefix, content ?? ""].filter(Boolean).join(" ");
}

function say(world: World, input: Say): string {
  const user = personOf(world, input.user);
  const channel = channelOf(world, user, input.channel);
  const uploads = (input.files ?? []).map(upload);
  const content = words(world, channel, input);
  const body = {
    content,
    ...(input.replyTo
      ? {
          message_reference: { message_id: input.replyTo },
          allowed_mentions: { parse: ["users", "roles", "everyone"], replied_user: input.ping !== false },
        }
      : {}),
  };
  checkNotEmpty(body, uploads.length);
  if (channel.type === ChannelType.GuildForum) {
    const thread = openThread(world, {
      parent: channel,
      owner: user,
      body: { name: input.title ?? content.slice(0, 100) },
    });
    return post(world, { channel: thread, author: user, body, uploads, id: thread.id }).data.id;
  }
  return post(world, { channel, author: user, body, uploads }).data.id;
}

function command(world: World, input: Command): string {
  const user = personOf(world, input.user);
  const channel = channelOf(world, user, input.channel);
  const data = commandData(world, channel, input);
  return fire(world, {
    type: InteractionType.ApplicationCommand,
    name: data.name,
    user,
    channel,
    data,
    ...languages(input),
  });
}

function autocomplete(world: World, input: Autocomplete): string {
  const user = personOf(world, input.user);
  const channel = channelOf(world, user, input.channel);
  const data = commandData(world, channel, { ...input, partial: input.focused });
  const type = InteractionType.ApplicationCommandAutocomplete;
  return fire(world, { type, name: data.name, user, channel, data, ...languages(input) });
}

function context(world: World, input: Context): string {
  const user = personOf(world, input.user);
  const stored = messageById(world, input.message);
  const channel = world.channels.get(stored.data.channel_id)!;
  const data = commandData(world, channel, {
    user: input.user,
    name: input.name,
    type: ApplicationCommandType.Message,
    target: stored.data,
  });
  return fire(world, {
    type: InteractionType.ApplicationCommand,
    name: data.name,
    user,
    channel,
    data,
    about: stored.data.id,
    ...languages(input),
  });
}

function click(world: World, input: Click): string {
  return choose(world, { ...input, values: [] });
}

function choose(world: World, input: Choose): string {
  const user = personOf(world, input.user);
  const stored = messageById(world, input.message);
  if (stored.ephemeralTo && stored.ephemeralTo !== user.id)
    throw new Error(`${input.user} cannot see message ${input.message}`);
  const channel = world.channels.get(stored.data.channel_id);
  if (!channel) throw new Error(`the channel of message ${input.message} is gone`);
  const data = press(world, stored, input);
  const type = InteractionType.MessageComponent;
  return fire(world, {
    type,
    name: data.custom_id,
    user,
    channel,
    data,
    message: stored.data,
    ...languages(input),
  });
}

function submit(world: World, input: Submit): string {
  const user = personOf(world, input.user);
  const opened = world.interactions.get(input.modal);
  if (!opened?.modal) throw new Error(`interaction ${input.modal} showed no form`);
  const channel = world.channels.get(opened.channelId);
  if (!channel) throw new Error("the channel the form was opened in is gone");
  const data = submission(world, channel, opened.modal, input);
  const message =
    opened.type === InteractionType.MessageComponent
      ? world.messages.get(opened.message ?? "")?.data
      : undefined;
  const type = InteractionType.ModalSubmit;
  const locales = {
    locale: input.locale ?? opened.locale,
    guildLocale: input.guildLocale ?? opened.guildLocale,
  };
  return fire(world, {
    type,
    name: data.custom_id,
    user,
    channel,
    data,
    ...(message ? { message } : {}),
    ...locales,
  });
}

const languages = ({ locale, guildLocale }: { locale?: string; guildLocale?: string }) => ({
  ...(locale ? { locale } : {}),
  ...(guildLocale ? { guildLocale } : {}),
});

/** What people do; each returns the id of the message or interaction it made. */
export const people = (world: World) => ({
  say: (input: Say) => say(world, input),
  command: (input: Command) => command(world, input),
  autocomplete: (input: Autocomplete) => autocomplete(world, input),
  context: (input: Context) => context(world, input),
  click: (input: Click) => click(world, input),
  choose: (input: Choose) => choose(world, input),
  submit: (input: Submit) => submit(world, input),
});
