import { EventEmitter } from "node:events";
import {
  type APIAnnouncementThreadChannel,
  type APIApplicationCommand,
  type APIDMChannel,
  type APIGuildApplicationCommandPermissions,
  type APIGuildForumChannel,
  type APIGuildVoiceChannel,
  type APINewsChannel,
  type APIPrivateThreadChannel,
  type APIPublicThreadChannel,
  type APIRole,
  type APITextChannel,
  type APIUser,
  ApplicationFlags,
  ChannelType,
  type GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayMessageCreateDispatchData,
  type Locale,
} from "discord-api-types/v10";
import type { Interaction } from "./interactions.ts";
import type { Call, FakeOptions, Link, Ping, Violation } from "./types.ts";

const epoch = 1_420_070_400_000n; // first second of 2015, https://docs.discord.com/developers/reference#snowflakes

/** A bit field with nothing set, which no enumeration has a name for. */
export const noFlags = 0 as never;

export type Thread = (APIPublicThreadChannel | APIPrivateThreadChannel | APIAnnouncementThreadChannel) & {
  guild_id: string;
};
export type GuildChannel = (APITextChannel | APIGuildForumChannel | APINewsChannel | APIGuildVoiceChannel) & {
  guild_id: string;
};
export type Channel = GuildChannel | Thread | APIDMChannel;
export type Member = { user: APIUser; roles: string[]; joined: string };
export type Guild = {
  id: string;
  name: string;
  locale: Locale;
  owner: string;
  roles: Map<string, APIRole>;
  members: Map<string, Member>;
};
export type Message = GatewayMessageCreateDispatchData;
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

const contentFlags = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;

/** All that the fake server knows: people, servers, channels, messages, and what happened, in order. */
export class World {
  readonly token: string;
  readonly options: FakeOptions;
  readonly events = new EventEmitter().setMaxListeners(0);
  readonly users = new Map<string, APIUser>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Stored>();
  private readonly history = new Map<string, Stored[]>();
  readonly files = new Map<string, File>();
  readonly interactions = new Map<string, Interaction>();
  readonly tokens = new Map<string, Interaction>();
  readonly commands = new Map<string, APIApplicationCommand[]>();
  readonly nonces = new Map<string, { message: string; at: number }>();
  readonly commandCreates = new Map<string, number[]>();
  /** By server: who may use commands, and where. */
  readonly commandRules = new Map<string, APIGuildApplicationCommandPermissions[]>();
  /** The language a person's client is set to. */
  readonly locales = new Map<string, string>();
  readonly closedDms = new Set<string>();
  /** Threads that are gone, as they were. */
  readonly deletedThreads = new Map<string, Thread>();
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
  /** How often the bot identified. */
  identifies = 0;
  /** Messages and interactions told to the bot, each as often as it was told. */
  delivered = 0;
  /** When each was told first, by its id, in milliseconds of the clock that all processes of a machine share. */
  readonly toldAt = new Map<string, number>();
  private readonly started = Date.now();
  private ahead = 0;
  private last = 0n;

  constructor(options: FakeOptions) {
    this.options = { ...options };
    this.token = options.token ?? "MTIzNDU2Nzg5MDEyMzQ1Njc4.fake00.token-of-a-fake-discord-00000000";
    this.bot = this.addUser(options.botName ?? "edgewright", true);
    this.setMessageContent(options.messageContent ?? "none");
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

  /** A server's id: one millisecond after the last, since its shard is read from the time in it. */
  guildId(): string {
    this.last += 1n << 22n;
    return this.id();
  }

  setMessageContent(kind: "none" | "limited" | "full") {
    this.appFlags &= ~contentFlags;
    if (kind === "full") this.appFlags |= ApplicationFlags.GatewayMessageContent;
    if (kind === "limited") this.appFlags |= ApplicationFlags.GatewayMessageContentLimited;
  }

  get mayReadContent(): boolean {
    return (this.appFlags & contentFlags) !== 0;
  }

  addUser(username: string, bot = false): APIUser {
    const user: APIUser = {
      id: this.id(),
      username,
      discriminator: "0",
      global_name: bot ? null : username,
      avatar: null,
      avatar_decoration_data: null,
      collectibles: null,
      primary_guild: null,
      public_flags: noFlags,
      ...(bot ? { bot } : {}),
    };
    this.users.set(user.id, user);
    return user;
  }

  keep(stored: Stored) {
    this.messages.set(stored.data.id, stored);
    this.historyOf(stored.data.channel_id).push(stored);
  }

  /** Messages of a channel, oldest first; the same list for ever. */
  historyOf(channelId: string): Stored[] {
    const known = this.history.get(channelId);
    if (known) return known;
    const fresh: Stored[] = [];
    this.history.set(channelId, fresh);
    return fresh;
  }

  /** What a channel shows: nothing deleted, nothing for one person only. */
  shown(channelId: string): Stored[] {
    return this.historyOf(channelId).filter(({ deletedAt, ephemeralTo }) => !deletedAt && !ephemeralTo);
  }

  note(kind: Violation["kind"], what: string, more: Omit<Violation, "kind" | "what" | "at"> = {}) {
    this.violations.push({ kind, what, at: this.now(), ...more });
  }

  /** Tells who waits that something changed, a message perhaps. */
  changed(stored?: Stored) {
    this.events.emit("change", stored);
  }
}

const threadTypes: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];
const channelTypes: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildForum,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
];

/** Whether a channel is a thread. */
export function isThread(channel: Channel): channel is Thread {
  return threadTypes.includes(channel.type);
}

/** Whether a channel belongs to a server without being a thread. */
export function isGuildChannel(channel: Channel): channel is GuildChannel {
  return channelTypes.includes(channel.type);
}

/** The server a channel belongs to, none for a direct message. */
export function guildOf(world: World, channel: Channel): Guild | undefined {
  return channel.type === ChannelType.DM ? undefined : world.guilds.get(channel.guild_id);
}
