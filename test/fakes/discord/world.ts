import { EventEmitter } from "node:events";
import {
  type APIApplicationCommand,
  type APIDMChannel,
  type APIGuildForumChannel,
  type APIMessage,
  type APIPublicThreadChannel,
  type APIRole,
  type APITextChannel,
  type APIUser,
  ApplicationFlags,
  ChannelType,
  type GatewayDispatchEvents,
  type GatewayDispatchPayload,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  type Locale,
  PermissionFlagsBits as P,
} from "discord-api-types/v10";
import type { Interaction } from "./interactions.ts";
import type { Call, FakeOptions, Link, Ping, Violation } from "./types.ts";

const none = 0 as never; // a bit field with nothing set
const epoch = 1_420_070_400_000n; // first second of 2015, https://docs.discord.com/developers/reference#snowflakes

export type Thread = APIPublicThreadChannel;
export type Channel = APITextChannel | APIGuildForumChannel | Thread | APIDMChannel;
export type Member = { user: APIUser; roles: string[]; joined: string };
export type Guild = {
  id: string;
  name: string;
  locale: Locale;
  roles: Map<string, APIRole>;
  members: Map<string, Member>;
};
export type Message = APIMessage & { guild_id?: string; channel_type?: ChannelType };
/** A message with what only the server knows about it. */
export type Stored = {
  data: Message;
  /** Only this user sees it. */
  ephemeralTo?: string;
  deletedAt?: number;
  edits: number;
  /** When it was edited although older than an hour. */
  lateEdits?: number[];
  /** Posted as an answer to an interaction, so a reply to it does not show its text to the bot. */
  viaInteraction?: boolean;
};
export type File = { name: string; type: string; data: Buffer };

export type DispatchData<T extends GatewayDispatchEvents> = Extract<GatewayDispatchPayload, { t: T }>["d"];

/** Discord's default for @everyone in a new server, as far as a bot meets it. */
export const everyoneCan =
  P.ViewChannel |
  P.SendMessages |
  P.SendMessagesInThreads |
  P.CreatePublicThreads |
  P.AttachFiles |
  P.EmbedLinks |
  P.ReadMessageHistory |
  P.MentionEveryone |
  P.AddReactions |
  P.UseApplicationCommands |
  P.ChangeNickname |
  P.Connect |
  P.Speak;

/** All that the fake server knows: people, servers, channels, messages, and what happened, in order. */
export class World {
  readonly token: string;
  readonly options: FakeOptions;
  readonly events = new EventEmitter().setMaxListeners(0);
  readonly users = new Map<string, APIUser>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Stored>();
  readonly files = new Map<string, File>();
  readonly interactions = new Map<string, Interaction>();
  readonly commands = new Map<string, APIApplicationCommand[]>();
  readonly nonces = new Map<string, { message: string; at: number }>();
  readonly commandCreates = new Map<string, number[]>();
  readonly closedDms = new Set<string>();
  readonly deletedThreads = new Set<string>();
  readonly calls: Call[] = [];
  readonly violations: Violation[] = [];
  readonly pings: Ping[] = [];
  readonly links: Link[] = [];
  readonly typing: { channel: string; at: number }[] = [];
  readonly bot: APIUser;
  /** Set by the gateway; sends an event to every session that may see it. */
  dispatch: <T extends GatewayDispatchEvents>(event: T, data: DispatchData<T>) => void = () => {};
  /** Where the server listens, known once it does. */
  base = "";
  appFlags = 0;
  private readonly started = Date.now();
  private ahead = 0;
  private last = 0n;

  constructor(options: FakeOptions) {
    this.options = options;
    this.token = options.token ?? "MTIzNDU2Nzg5MDEyMzQ1Njc4.fake00.token-of-a-fake-discord-00000000";
    this.bot = this.addUser(options.botName ?? "edgewright", true);
    this.setMessageContent(options.messageContent ?? "none");
    for (let index = 0; index < (options.guilds ?? 1); index++)
      this.addGuild(index ? `devops-${index}` : "devops");
  }

  /** Milliseconds on the fake's own clock. */
  now(): number {
    return (this.options.clock === "manual" ? this.started : Date.now()) + this.ahead;
  }

  advance(ms: number) {
    this.ahead += ms;
    this.events.emit("clock");
  }

  iso(at = this.now()): string {
    return new Date(at).toISOString();
  }

  /** The next id: carries the time, never goes back, never repeats. */
  id(): string {
    const fromClock = (BigInt(this.now()) - epoch) << 22n;
    this.last = fromClock > this.last ? fromClock : this.last + 1n;
    return this.last.toString();
  }

  setMessageContent(kind: "none" | "limited" | "full") {
    const both = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
    this.appFlags &= ~both;
    if (kind === "full") this.appFlags |= ApplicationFlags.GatewayMessageContent;
    if (kind === "limited") this.appFlags |= ApplicationFlags.GatewayMessageContentLimited;
  }

  get mayReadContent(): boolean {
    const both = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
    return (this.appFlags & both) !== 0;
  }

  addUser(username: string, bot = false): APIUser {
    const user: APIUser = {
      id: this.id(),
      username,
      discriminator: "0",
      global_name: bot ? null : username,
      avatar: null,
      ...(bot ? { bot } : {}),
    };
    this.users.set(user.id, user);
    return user;
  }

  addGuild(name: string): Guild {
    // One millisecond apart, since a server's shard is read from the time in its id.
    this.last += 1n << 22n;
    const id = this.id();
    const guild: Guild = {
      id,
      name,
      locale: (this.options.guildLocale ?? "en-US") as Locale,
      roles: new Map(),
      members: new Map(),
    };
    this.guilds.set(id, guild);
    this.addRole(guild, { id, name: "@everyone", permissions: everyoneCan });
    // The role that inviting a bot creates, which autocomplete likes to offer instead of the bot.
    const managed = this.addRole(guild, { name: this.bot.username, managed: true, permissions: invited });
    this.join(guild, this.bot, [managed.id]);
    for (const channel of this.options.channels ?? defaultChannels)
      this.addChannel(guild, channel.name, channel.type);
    return guild;
  }

  addRole(
    guild: Guild,
    {
      id = this.id(),
      name,
      managed = false,
      permissions = 0n,
      mentionable = false,
    }: { id?: string; name: string; managed?: boolean; permissions?: bigint; mentionable?: boolean },
  ): APIRole {
    const role: APIRole = {
      id,
      name,
      managed,
      mentionable,
      permissions: permissions.toString(),
      position: guild.roles.size,
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      flags: none,
      ...(managed ? { tags: { bot_id: this.bot.id } } : {}),
    };
    guild.roles.set(id, role);
    return role;
  }

  join(guild: Guild, user: APIUser, roles: string[] = []): Member {
    const known = guild.members.get(user.id);
    if (known) return known;
    const member = { user, roles, joined: this.iso() };
    guild.members.set(user.id, member);
    return member;
  }

  addChannel(
    guild: Guild,
    name: string,
    type: ChannelType.GuildText | ChannelType.GuildForum = ChannelType.GuildText,
  ) {
    const base = {
      id: this.id(),
      guild_id: guild.id,
      name,
      position: this.channels.size,
      permission_overwrites: [],
      parent_id: null,
      nsfw: false,
      topic: null,
      rate_limit_per_user: 0,
    };
    const channel: APITextChannel | APIGuildForumChannel =
      type === ChannelType.GuildForum
        ? {
            ...base,
            type,
            available_tags: [],
            default_reaction_emoji: null,
            default_sort_order: null,
            default_forum_layout: 0,
            flags: none,
          }
        : { ...base, type, last_message_id: null, default_auto_archive_duration: 4320 };
    this.channels.set(channel.id, channel);
    return channel;
  }

  dm(user: APIUser): APIDMChannel {
    for (const channel of this.channels.values())
      if (channel.type === ChannelType.DM && channel.recipients?.some((one) => one.id === user.id))
        return channel;
    const channel: APIDMChannel = {
      id: this.id(),
      type: ChannelType.DM,
      name: null,
      recipients: [user],
      last_message_id: null,
      flags: none,
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  note(kind: Violation["kind"], what: string, more: Omit<Violation, "kind" | "what" | "at"> = {}) {
    this.violations.push({ kind, what, at: this.now(), ...more });
  }

  /** Tells who waits that something changed. */
  changed() {
    this.events.emit("change");
  }
}

const defaultChannels = [
  { name: "general", type: ChannelType.GuildText },
  { name: "ops", type: ChannelType.GuildText },
  { name: "ideas", type: ChannelType.GuildForum },
] as const;

// The invite integer of notes on set-up: ViewChannel, SendMessages, SendMessagesInThreads, CreatePublicThreads,
// AttachFiles, EmbedLinks, ReadMessageHistory.
const invited = 309_237_763_072n;

/** Whether a channel is a thread. */
export function isThread(channel: Channel): channel is Thread {
  return channel.type === ChannelType.PublicThread;
}

/** The server a channel belongs to, none for a direct message. */
export function guildOf(world: World, channel: Channel): Guild | undefined {
  return "guild_id" in channel && channel.guild_id ? world.guilds.get(channel.guild_id) : undefined;
}

/** A server's fixed fields, the same for REST and gateway. */
export function guildFields(world: World, guild: Guild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: ownerOf(guild, world).id,
    preferred_locale: guild.locale,
    region: "",
    afk_channel_id: null,
    afk_timeout: 300 as const,
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
    system_channel_flags: none,
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

function ownerOf(guild: Guild, world: World): APIUser {
  for (const member of guild.members.values()) if (!member.user.bot) return member.user;
  return world.bot;
}
