import {
  type APIDMChannel,
  type APIGuild,
  type APIGuildMember,
  type APIRole,
  type APIUser,
  ChannelType,
  GatewayDispatchEvents as Event,
  type GatewayGuildCreateDispatchData,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  type Locale,
  PermissionFlagsBits as P,
} from "discord-api-types/v10";
import { may } from "./permissions.ts";
import type { ChannelKind } from "./types.ts";
import {
  type Guild,
  type GuildChannel,
  isGuildChannel,
  isThread,
  type Member,
  noFlags,
  type World,
} from "./world.ts";

/** What @everyone may in a new server, as far as a bot meets it. */
const everyoneMay =
  P.ViewChannel |
  P.SendMessages |
  P.SendMessagesInThreads |
  P.CreatePublicThreads |
  P.AttachFiles |
  P.EmbedLinks |
  P.ReadMessageHistory |
  P.MentionEveryone |
  P.AddReactions |
  P.UseApplicationCommands;

// What the bot's invitation asks for: ViewChannel, SendMessages, SendMessagesInThreads, CreatePublicThreads,
// AttachFiles, EmbedLinks, ReadMessageHistory.
const invited = 309_237_763_072n;

const defaultChannels = [
  { name: "general", type: ChannelType.GuildText },
  { name: "ops", type: ChannelType.GuildText },
  { name: "ideas", type: ChannelType.GuildForum },
] as const;

/** A server with its owner, its channels, and the role that inviting the bot made. */
export function addGuild(world: World, name: string): Guild {
  const id = world.guildId();
  // The owner is a person: an owner may do everything, and the library knows.
  const owner = [...world.users.values()].find((user) => user.username === "owner") ?? world.addUser("owner");
  const guild: Guild = {
    id,
    name,
    locale: (world.options.guildLocale ?? "en-US") as Locale,
    owner: owner.id,
    roles: new Map(),
    members: new Map(),
  };
  world.guilds.set(id, guild);
  addRole(world, guild, { id, name: "@everyone", permissions: everyoneMay });
  const managed = addRole(world, guild, { name: world.bot.username, managed: true, permissions: invited });
  join(world, guild, world.bot, [managed.id]);
  join(world, guild, owner);
  for (const channel of world.options.channels ?? defaultChannels)
    addChannel(world, guild, channel.name, channel.type);
  return guild;
}

type NewRole = {
  id?: string;
  name: string;
  managed?: boolean;
  permissions?: bigint;
  mentionable?: boolean;
};

export function addRole(world: World, guild: Guild, role: NewRole): APIRole {
  const { id = world.id(), name, managed = false, permissions = 0n, mentionable = false } = role;
  const made: APIRole = {
    id,
    name,
    managed,
    mentionable,
    permissions: permissions.toString(),
    position: guild.roles.size,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    flags: noFlags,
    ...(managed ? { tags: { bot_id: world.bot.id } } : {}),
  };
  guild.roles.set(id, made);
  return made;
}

export function join(world: World, guild: Guild, user: APIUser, roles: string[] = []): Member {
  const known = guild.members.get(user.id);
  if (known) return known;
  const member = { user, roles, joined: world.iso() };
  guild.members.set(user.id, member);
  world.dispatch(Event.GuildMemberAdd, { ...toMember(member), guild_id: guild.id });
  return member;
}

export function addChannel(
  world: World,
  guild: Guild,
  name: string,
  type: ChannelKind = ChannelType.GuildText,
): GuildChannel {
  const base = {
    id: world.id(),
    guild_id: guild.id,
    name,
    position: world.channels.size,
    permission_overwrites: [],
    parent_id: null,
    nsfw: false,
    topic: null,
    rate_limit_per_user: 0,
  };
  const channel =
    type === ChannelType.GuildForum
      ? {
          ...base,
          type,
          available_tags: [],
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
          flags: noFlags,
        }
      : { ...base, type, last_message_id: null, default_auto_archive_duration: 4_320, flags: noFlags };
  world.channels.set(channel.id, channel);
  return channel;
}

/** The direct messages between the bot and somebody. */
export function dm(world: World, user: APIUser): APIDMChannel {
  for (const channel of world.channels.values())
    if (channel.type === ChannelType.DM && channel.recipients?.some((one) => one.id === user.id))
      return channel;
  const channel: APIDMChannel = {
    id: world.id(),
    type: ChannelType.DM,
    name: null,
    recipients: [user],
    last_message_id: null,
    flags: noFlags,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** A member without the user, as messages carry it. */
export function memberFields(member: Member): Omit<APIGuildMember, "user"> {
  return {
    roles: member.roles,
    nick: null,
    avatar: null,
    banner: null,
    joined_at: member.joined,
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: noFlags,
  };
}

export function toMember(member: Member): APIGuildMember {
  return { ...memberFields(member), user: member.user };
}

/** A server's fixed fields, the same for REST and gateway. */
export function guildFields(guild: Guild): APIGuild {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: guild.owner,
    preferred_locale: guild.locale,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: GuildVerificationLevel.None,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.Disabled,
    roles: [...guild.roles.values()],
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: GuildMFALevel.None,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: noFlags,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    premium_tier: GuildPremiumTier.None,
    premium_progress_bar_enabled: false,
    nsfw_level: GuildNSFWLevel.Default,
    hub_type: null,
    incidents_data: null,
    max_members: 500_000,
  };
}

/** What GUILD_CREATE brings: every channel, but only active threads that the bot can see. */
export function guildCreate(world: World, guild: Guild): GatewayGuildCreateDispatchData {
  const own = guild.members.get(world.bot.id)!;
  const here = [...world.channels.values()];
  return {
    ...guildFields(guild),
    joined_at: own.joined,
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: [toMember(own)],
    channels: here.filter(isGuildChannel).filter((one) => one.guild_id === guild.id),
    threads: here
      .filter(isThread)
      .filter((one) => one.guild_id === guild.id && !one.thread_metadata?.archived)
      .filter((one) => may(world, world.bot.id, one, "ViewChannel")),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
