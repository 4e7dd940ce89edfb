import { FakeClock, seeded } from "./clock.ts";
import type {
  Call,
  Channel,
  Delivery,
  FakeOptions,
  Json,
  Message,
  Ping,
  Session,
  SharedFile,
  Stream,
  Unfurl,
  User,
  View,
  Violation,
  Warning,
} from "./types.ts";

/** A refusal as Slack words it: `{ ok: false, error, … }`. */
export class Refusal extends Error {
  readonly error: string;
  readonly extra: Record<string, Json>;
  constructor(error: string, extra: Record<string, Json> = {}) {
    super(error);
    this.error = error;
    this.extra = extra;
  }
}

/** Refuses with Slack's details, as `response_metadata.messages` carries them. */
export function refuse(error: string, details: string[] = []): never {
  if (details.length === 0) throw new Refusal(error);
  throw new Refusal(error, {
    ...(error === "invalid_blocks" ? { errors: details } : {}),
    response_metadata: { messages: details.map((detail) => `[ERROR] ${detail}`) },
  });
}

/** Refuses where the token lacks a scope, naming it as Slack does. */
export function missingScope(world: World, needed: string): void {
  if (world.scopes.has(needed)) return;
  throw new Refusal("missing_scope", { needed, provided: [...world.scopes].join(",") });
}

const defaultScopes =
  "app_mentions:read,assistant:write,canvases:write,channels:history,channels:read,chat:write,commands,files:read,files:write,groups:history,groups:read,im:history,im:read,im:write,mpim:history,mpim:read,reactions:read,reactions:write,team:read,users:read,users:read.email";
const defaultEvents =
  "agent_session_stopped,agent_session_title_changed,app_context_changed,app_home_opened,app_mention,app_uninstalled,file_shared,member_joined_channel,member_left_channel,message.channels,message.groups,message.im,message.mpim,reaction_added,reaction_removed,tokens_revoked";

export type Trigger = { user: string; expiresAt: number; used: boolean; view?: string };
export type ResponseUrl = {
  user: string;
  channel: string;
  message?: { channel: string; ts: string };
  posts: number;
  expiresAt: number;
};
export type Upload = {
  id: string;
  name: string;
  length: number;
  snippet_type?: string;
  content?: Buffer;
  done: boolean;
};

/** Everything the fake workspace knows. Methods of the Web API and people both act on it. */
export class World {
  readonly clock: FakeClock;
  readonly chance: () => number;
  readonly team: { id: string; name: string; domain: string };
  readonly bot = {
    user_id: "U0BOT",
    bot_id: "B0BOT",
    app_id: "A0EDGE",
    name: "edgewright",
  };
  readonly tokens = {
    bot: "xoxb-fake-bot-token",
    app: "xapp-1-A0EDGE-fake-app-token",
    config: "xoxe.xoxp-fake-config-token",
    signingSecret: "fake-signing-secret",
  };
  readonly options: FakeOptions;
  readonly scopes: Set<string>;
  readonly subscriptions: Set<string>;
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Message[]>();
  readonly ephemerals: Message[] = [];
  readonly files = new Map<string, SharedFile>();
  readonly uploads = new Map<string, Upload>();
  readonly views = new Map<string, View>();
  readonly homes = new Map<string, View>();
  readonly streams = new Map<string, Stream>();
  readonly sessions = new Map<string, Session>();
  readonly statuses: Json[] = [];
  readonly prompts: Json[] = [];
  readonly titles: Json[] = [];
  readonly canvases = new Map<string, { id: string; title?: string; channel?: string; markdown: string }>();
  readonly triggers = new Map<string, Trigger>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  /** What people have picked in a message or view, by its id: `state.values`. */
  readonly inputs = new Map<string, Record<string, Record<string, Json>>>();
  calls: Call[] = [];
  violations: Violation[] = [];
  pings: Ping[] = [];
  unfurls: Unfurl[] = [];
  warnings: Warning[] = [];
  deliveries: Delivery[] = [];
  /** Moves with everything that happens, so that one can wait for quiet. */
  activity = 0;
  /** Address of the fake itself, once it listens. */
  base = "";
  /** Set by the delivery side: sends an event to the app. */
  emit: (event: Json, more?: Json) => Promise<Delivery | undefined> = async () => undefined;
  #lastMicros = 0;
  #count = 0;

  constructor(options: FakeOptions = {}) {
    this.options = options;
    this.clock = new FakeClock(options.clock ?? "real");
    this.chance = seeded(options.seed ?? 1);
    this.team = {
      id: options.team?.id ?? "T0EDGE",
      name: options.team?.name ?? "Edge Team",
      domain: options.team?.domain ?? "edge-team",
    };
    this.scopes = new Set(options.scopes ?? defaultScopes.split(","));
    this.subscriptions = new Set(options.events ?? defaultEvents.split(","));
    for (const user of [...people(this.team.id), ...(options.users ?? [])]) this.addUser(user);
    this.addUser({ id: this.bot.user_id, name: this.bot.name, is_bot: true });
    for (const channel of [...rooms(), ...(options.channels ?? [])]) this.addChannel(channel);
  }

  addUser(user: Partial<User> & { id: string }): void {
    const known = this.users.get(user.id);
    const name = user.name ?? known?.name ?? user.id.toLowerCase();
    this.users.set(user.id, {
      ...{ name, real_name: name, locale: "en-US", tz: "Europe/Berlin", team_id: this.team.id },
      ...known,
      ...user,
    });
    if (user.is_bot) return;
    this.addChannel({
      id: this.imOf(user.id),
      name: "",
      type: "im",
      members: [user.id, this.bot.user_id],
    });
  }

  addChannel(channel: Partial<Channel> & { id: string }): void {
    const known = this.channels.get(channel.id);
    const everyone = [...this.users.keys()].filter((id) => !this.users.get(id)?.is_stranger);
    this.channels.set(channel.id, {
      ...{ name: channel.id.toLowerCase(), type: "channel", members: everyone },
      ...known,
      ...channel,
    });
    if (!this.messages.has(channel.id)) this.messages.set(channel.id, []);
  }

  /** The direct message channel a person has with the app. */
  imOf(user: string): string {
    return `D${user.slice(1)}`;
  }

  id(prefix: string): string {
    this.#count += 1;
    return `${prefix}0${this.#count.toString(36).toUpperCase().padStart(6, "0")}`;
  }

  secret(length = 24): string {
    const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    return Array.from({ length }, () => letters[Math.floor(this.chance() * letters.length)]).join("");
  }

  /** A new timestamp: later than every other one, in microseconds, as Slack identifies messages. */
  ts(): string {
    this.#lastMicros = Math.max(this.clock.now() * 1000, this.#lastMicros + 1);
    const seconds = Math.floor(this.#lastMicros / 1_000_000);
    return `${seconds}.${String(this.#lastMicros % 1_000_000).padStart(6, "0")}`;
  }

  channel(id: string): Channel | undefined {
    return this.channels.get(id);
  }

  message(channel: string, ts: string): Message | undefined {
    return this.messages.get(channel)?.find((message) => message.ts === ts);
  }

  thread(channel: string, ts: string): Message[] {
    const all = this.messages.get(channel) ?? [];
    return all.filter((message) => message.ts === ts || message.thread_ts === ts);
  }

  isMember(channel: Channel): boolean {
    return channel.members.includes(this.bot.user_id);
  }

  trigger(user: string, view?: string): string {
    const id = `${this.#count + 1}.${this.id("9").slice(1)}.${this.secret(32)}`;
    this.triggers.set(id, {
      user,
      expiresAt: this.clock.now() + 3000,
      used: false,
      ...(view ? { view } : {}),
    });
    return id;
  }

  responseUrl(kind: "commands" | "actions", target: Omit<ResponseUrl, "posts" | "expiresAt">): string {
    const id = `${this.team.id}/${this.id("1").slice(1)}/${this.secret()}`;
    this.responseUrls.set(id, { ...target, posts: 0, expiresAt: this.clock.now() + 30 * 60_000 });
    return `${this.base}/${kind}/${id}`;
  }

  warn(user: string, kind: string, text: string): void {
    this.warnings.push({ user, kind, text, at: this.clock.now() });
  }
}

function people(team_id: string): (Partial<User> & { id: string })[] {
  return [
    { id: "U0ANNA", name: "anna", real_name: "Anna Miller", locale: "en-US", email: "anna@edge.example" },
    { id: "U0BEN", name: "ben", real_name: "Ben Krause", locale: "de-DE", email: "ben@edge.example" },
    { id: "U0CARLA", name: "carla", real_name: "Carla Ruiz", locale: "es-ES", email: "carla@edge.example" },
    { id: "U0MEI", name: "mei", real_name: "Mei Lin", locale: "zh-CN", email: "mei@edge.example" },
    { id: "U0ADMIN", name: "ada", real_name: "Ada Admin", is_admin: true, email: "ada@edge.example" },
    { id: "U0GUEST", name: "gus", real_name: "Gus Guest", is_restricted: true, email: "gus@guest.example" },
    { id: "U0SINGLE", name: "sid", real_name: "Sid Single", is_restricted: true, is_ultra_restricted: true },
    { id: "U0OTHER", name: "olga", real_name: "Olga Other", is_stranger: true, team_id: "T0OTHER" },
  ].map((user) => ({ team_id, ...user }));
}

function rooms(): (Partial<Channel> & { id: string })[] {
  const staff = ["U0ANNA", "U0BEN", "U0CARLA", "U0MEI", "U0ADMIN"];
  return [
    { id: "C0EDGE", name: "edge", members: [...staff, "U0GUEST", "U0SINGLE", "U0BOT"] },
    { id: "C0OPS", name: "ops", members: [...staff, "U0BOT"] },
    { id: "C0NOBOT", name: "no-bot", members: staff },
    { id: "G0SECRET", name: "secret", type: "group", members: ["U0ANNA", "U0BEN", "U0BOT"] },
    { id: "G0HIDDEN", name: "hidden", type: "group", members: ["U0ANNA"] },
    {
      id: "G0MULTI",
      name: "mpdm-anna--ben--edgewright-1",
      type: "mpim",
      members: ["U0ANNA", "U0BEN", "U0BOT"],
    },
    { id: "C0SHARED", name: "shared", is_ext_shared: true, members: [...staff, "U0OTHER", "U0BOT"] },
    { id: "C0OLD", name: "old", is_archived: true, members: [...staff, "U0BOT"] },
  ];
}
