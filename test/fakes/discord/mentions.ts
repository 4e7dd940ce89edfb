import { ChannelType, MessageFlags } from "discord-api-types/v10";
import type { Allowed, Body } from "./check-message.ts";
import { displayed, type Loose, media } from "./components.ts";
import { may } from "./permissions.ts";
import { type Channel, guildOf, type Stored, type World } from "./world.ts";

const USER = /<@!?(\d{15,21})>/g;
const ROLE = /<@&(\d{15,21})>/g;
// Anywhere, even inside a word: what a client draws as a mention is not written down anywhere.
const EVERYONE = /@(everyone|here)/;
const CODE = /```[\s\S]*?(?:```|$)|``[\s\S]*?``|`[^`]*`/g;
const LINK = /(<)?(https?:\/\/[^\s<>)\]"']+)/g;

export type Mentioned = { users: string[]; roles: string[]; everyone: boolean; repliedUser: boolean };

/**
 * Who a text notifies, given what the sender allows; an empty permission counts as none given. Text in code counts too: Discord promises nothing
 * about it, and a test that looks for leaks should not either.
 * https://docs.discord.com/developers/resources/message#allowed-mentions-object
 */
export function mentioned(
  world: World,
  { text, channel, author, repliedTo, quiet, ...given }: Words,
): Mentioned {
  const guild = guildOf(world, channel);
  const allowed = given.allowed && Object.keys(given.allowed).length ? given.allowed : undefined;
  const parse = allowed ? (allowed.parse ?? []) : quiet ? ["users"] : ["users", "roles", "everyone"];
  const named = (kind: "users" | "roles", id: string) =>
    parse.includes(kind) || allowed?.[kind]?.includes(id);
  const users = ids(text, USER).filter((id) => world.users.has(id) && named("users", id));
  const roles = ids(text, ROLE).filter((id) => guild?.roles.has(id) && named("roles", id));
  const loud = guild !== undefined && may(world, author, channel, "MentionEveryone");
  const everyone = loud && EVERYONE.test(text) && parse.includes("everyone");
  const repliedUser = repliedTo !== undefined && (allowed ? allowed.replied_user === true : true);
  if (repliedUser) users.push(repliedTo.data.author.id);
  return { users: [...new Set(users)], roles: [...new Set(roles)], everyone, repliedUser };
}

type Words = {
  text: string;
  channel: Channel;
  author: string;
  allowed: Allowed | null | undefined;
  repliedTo: Stored | undefined;
  /** Answers to interactions ping only users unless they say more. */
  quiet: boolean;
};

const ids = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);

/** All words of a body that can hold a mention; embeds cannot. */
export function wordsOf(body: Pick<Body, "content" | "components">): string {
  return [body.content ?? "", ...displayed(body.components ?? [])].filter(Boolean).join("\n");
}

/** Whether a mention reaches somebody: a role the sender may not ping shows, but rings nobody. */
export function rings(world: World, channel: Channel, author: string, roleId: string): boolean {
  const role = guildOf(world, channel)?.roles.get(roleId);
  return Boolean(role?.mentionable) || may(world, author, channel, "MentionEveryone");
}

/** Links a client would fetch for a preview or a picture. */
export function fetched(message: Stored["data"]): string[] {
  const components = (message.components ?? []) as unknown as Loose[];
  const outside = [
    ...media(components),
    ...message.embeds.flatMap((embed) => [
      embed.image?.url,
      embed.thumbnail?.url,
      embed.author?.icon_url,
      embed.footer?.icon_url,
    ]),
  ].filter((url): url is string => typeof url === "string" && /^https?:/.test(url));
  const quiet = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
  if ((message.flags ?? 0) & quiet) return outside;
  const prose = message.content.replace(CODE, " ");
  const unfurled = [...prose.matchAll(LINK)].filter((match) => !match[1]).map((match) => match[2]!);
  return [...new Set([...unfurled, ...outside])];
}

/** Whether the bot, without its intent, would still see this message's text. */
export function exempt(world: World, stored: Stored): boolean {
  const { data } = stored;
  if (data.author.id === world.bot.id) return true;
  if (!data.guild_id || data.channel_type === ChannelType.DM) return true;
  if (!data.mentions.some((user) => user.id === world.bot.id)) return false;
  const written = new RegExp(`<@!?${world.bot.id}>`).test(data.content);
  // A ping by replying counts, but not when the answered message came from an interaction.
  const answered = world.messages.get(data.message_reference?.message_id ?? "");
  return written || !answered?.viaInteraction;
}
