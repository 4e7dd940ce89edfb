import type { Interaction } from "discord.js";
import type { Event } from "#model/conversation.ts";
import type { Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { type Answer, answerTo } from "./answer.ts";
import type { Channel } from "./channels.ts";
import { type Desk, languageOf } from "./desk.ts";
import type { Actor } from "./people.ts";
import { lacking, type Permission } from "./permissions.ts";
import type { Place } from "./places.ts";

/** What every event of an interaction has in common. */
type Base = Pick<Event, "id" | "at" | "person" | "language" | "languageSure" | "scope">;

/** An interaction with what is needed to act on it. */
export type Used = {
  id: string;
  channel: Channel;
  server?: string;
  person: { id: string; name: string };
  answer: Answer;
  /** The person's language, else the server's. */
  language: Language;
  say: Say;
  base: Base;
  actor: Actor;
  /** Permissions the bot lacks there. */
  lacks: readonly Permission[];
};

/** Reads who did it, where, and in which language. */
export async function usedBy(desk: Desk, interaction: Interaction): Promise<Used> {
  const { id, user, member, guildId, locale, createdTimestamp } = interaction;
  const channel = await desk.channels.find(interaction.channelId ?? "");
  const spoken = languageOf(locale);
  const language = spoken ?? languageOf(interaction.guildLocale) ?? "en";
  const nick = member && ("nickname" in member ? member.nickname : member.nick);
  const person = { id: user.id, name: nick ?? user.globalName ?? user.username };
  const roles =
    member === null ? [] : Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
  const isCommand = interaction.isCommand() || interaction.isAutocomplete();
  const isPress =
    interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());
  const asked = { id, token: interaction.token, applicationId: interaction.applicationId, isPress };
  return {
    id,
    channel,
    ...(guildId && { server: guildId }),
    person,
    answer: answerTo(asked, desk),
    language,
    say: desk.bot.say(language),
    base: {
      id: `i${id}`,
      at: createdTimestamp,
      person,
      language,
      // English is what a client speaks when nobody has chosen; any other language was chosen.
      ...(spoken && spoken !== "en" && { languageSure: true }),
      ...(guildId && { scope: guildId }),
    },
    lacks: lacksAt(),
    actor: {
      user: user.id,
      channels: desk.channels.around(channel),
      roles,
      ...(guildId && { server: guildId }),
      ...(isCommand && { command: interaction.commandId }),
    },
  };

  /** Told with each use, also of channels the bot does not see; of direct messages only what has no bearing there. */
  function lacksAt(): Used["lacks"] {
    if (channel.kind === "direct") return [];
    const { appPermissions } = interaction;
    return appPermissions ? lacking(appPermissions.bitfield) : desk.channels.missing(channel.id);
  }
}

/** Where a command begins a conversation: in its thread or direct messages, else in a thread to be opened. */
export async function placeFor(
  desk: Desk,
  { id, channel, person, server }: Used,
  { isPlan }: { isPlan: boolean },
): Promise<{ conversation: string; place: Place; isNew: boolean }> {
  const base = { channel: channel.id, person: person.id, ...(server && { server }) };
  const own = `discord:${id}`;
  if (channel.kind === "channel")
    return { conversation: own, isNew: true, place: { ...base, kind: "opening" } };
  // Direct messages are one place for many plans: a command for a plan begins the next one.
  if (channel.kind === "direct" && (isPlan || !(await desk.places.conversationAt(channel.id))))
    return { conversation: own, isNew: true, place: { ...base, kind: "direct", isOurs: true } };
  const conversation = (await desk.places.conversationAt(channel.id)) ?? `discord:${channel.id}`;
  const there = await desk.places.find(conversation);
  const isOurs = channel.kind === "direct" || channel.owner === desk.me;
  const parent = channel.parent && { parent: channel.parent };
  return {
    conversation,
    isNew: !there,
    place: there ?? { ...base, ...parent, kind: channel.kind, isOurs },
  };
}
