import type {
  APIApplicationCommand,
  APIInteractionResponse,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  ChannelType,
} from "discord-api-types/v10";

/** Channels of a server that people write in. */
export type ChannelKind =
  | ChannelType.GuildText
  | ChannelType.GuildForum
  | ChannelType.GuildAnnouncement
  | ChannelType.GuildVoice;

/** How a fake Discord starts; every field has a default that suits most tests. */
export type FakeOptions = {
  token?: string;
  botName?: string;
  /** What the application may read: nothing beyond its exceptions, the intent for small bots, or the approved intent. */
  messageContent?: "none" | "limited" | "full";
  /** Where interactions are sent instead of the gateway. */
  interactionsEndpoint?: string | null;
  /** Whether the bot was invited with the scope `applications.commands`, true unless said. */
  commandsScope?: boolean;
  /** Further privileged intents (members, presences) the application was granted, as bits. */
  privileged?: number;
  /** The server's own language, `en-US` unless said. */
  guildLocale?: string;
  /** Servers the bot is in. */
  guilds?: number;
  /** Channels of each server; `general`, `ops` and a forum `ideas` unless said. */
  channels?: readonly { name: string; type?: ChannelKind }[];
  /** `real` follows the machine, `manual` stands still until `clock.advance`. */
  clock?: "real" | "manual";
  /** Discord says about 41 s. */
  heartbeatMs?: number;
  /** Time to acknowledge an interaction, 3,000 unless said. */
  interactionMs?: number;
  /** How long a nonce is known, "a few minutes" as documented, five here. */
  nonceMs?: number;
  /** Requests in a route's bucket and its window; Discord tells nobody, 5 in 5 s is what people see for messages. */
  bucket?: Bucket;
  /** Buckets of single routes such as `POST /channels/:channel/messages`. */
  buckets?: Record<string, Bucket>;
  /** Requests a second over all routes, 50 as documented; 0 switches it off. */
  globalPerSecond?: number;
  /** Shards that Discord recommends. */
  shards?: number;
  /** Identifies a shard bucket may do at once. */
  maxConcurrency?: number;
  /** Refuses identifies that come faster than `maxConcurrency` in five seconds. */
  strictIdentify?: boolean;
  /** Identifies left today. */
  identifiesLeft?: number;
  /** Servers one shard may carry, 2,500 as documented. */
  guildsPerShard?: number;
  /** Invalid requests in ten minutes before nothing is answered any more, 10,000 as documented. */
  invalidCap?: number;
  /** Active threads a server may have. */
  threadCap?: number;
  port?: number;
};

export type Bucket = { limit: number; windowMs: number };

/** Bytes cross the process border as base64. */
export type SentFile = { name: string; content: string | Uint8Array; type?: string };

export type Say = {
  user: string;
  /** A channel's or thread's name or id, `server/channel`, or `dm`; `general` unless said. */
  channel?: string;
  content?: string;
  /** Writes the bot's mention first: itself, or the role that autocomplete offers. */
  mention?: boolean | "role";
  /** Answers this message, with a ping unless `ping` is false. */
  replyTo?: string;
  ping?: boolean;
  /** What is answered is named, but not told along: "the backend did not attempt to fetch the message". */
  untold?: boolean;
  files?: SentFile[];
  /** Forwards this message, without words of one's own. */
  forward?: string;
  everyone?: boolean;
  /** Title of a forum post. */
  title?: string;
  /** Comes from a webhook. */
  webhook?: boolean;
  /** Is a line of Discord's own, such as somebody joining. */
  system?: boolean;
};

/** Somebody who differs from the rest. */
export type Person = { name: string; locale?: string; roles?: string[]; bot?: boolean };

export type Command = {
  user: string;
  channel?: string;
  name: string;
  sub?: string;
  options?: Record<string, string | number | boolean>;
  files?: Record<string, SentFile>;
  locale?: string;
  guildLocale?: string;
};

export type Autocomplete = Omit<Command, "files"> & { focused: string };

export type Context = { user: string; name: string; message: string; locale?: string; guildLocale?: string };

export type Click = {
  user: string;
  message: string;
  /** Custom id of the button, or the text on it. */
  customId: string;
  locale?: string;
  guildLocale?: string;
};

export type Choose = Click & { values: string[] };

export type Submit = {
  user: string;
  /** The interaction that showed the form. */
  modal: string;
  /** By custom id or by label; what is not given keeps its prefilled value. */
  fields?: Record<string, string | string[] | boolean | null>;
  files?: Record<string, SentFile[]>;
  locale?: string;
  guildLocale?: string;
};

/** A message as its channel shows it. */
export type SeenMessage = APIMessage & {
  guild_id?: string;
  /** Who alone sees it. */
  ephemeralTo?: string;
  deleted?: boolean;
  edits: number;
  /** Sent by the bot under test. */
  ours: boolean;
  /** All words a reader sees: content, embeds and text displays. */
  text: string;
  /** The person looks at "thinking…". */
  loading: boolean;
};

/** An interaction as the person who started it saw it. */
export type SeenInteraction = {
  id: string;
  /** What its webhook is reached by. */
  token: string;
  kind: "command" | "autocomplete" | "component" | "modal";
  name: string;
  user: string;
  channel: string;
  /** Milliseconds until the bot acknowledged, missing while it has not. */
  ackedAfterMs?: number;
  /** The callback as the bot sent it. */
  response?: APIInteractionResponse;
  modal?: APIModalInteractionResponseCallbackData;
  choices?: { name: string; value: string | number }[];
  /** The answer's message and those that followed. */
  messages: SeenMessage[];
  /** Discord shows "The application did not respond". */
  didNotRespond: boolean;
};

export type SeenThread = {
  id: string;
  name: string;
  parent: string;
  owner: string;
  archived: boolean;
  locked: boolean;
  deleted: boolean;
  messages: number;
};

/** One request that reached the server. */
export type Call = {
  at: number;
  method: string;
  path: string;
  /** Path with its parameters named, none if there is no such route. */
  route: string | undefined;
  body: unknown;
  files: string[];
  authorized: boolean;
  /** What was answered; 0 for a cut or hanging connection. */
  status: number;
  code?: number;
};

export type Violation = {
  kind: "refused" | "gateway" | "rate" | "unknown-route" | "invisible-attachment" | "no-answer" | "crash";
  what: string;
  at: number;
  status?: number;
  code?: number;
  method?: string;
  path?: string;
  errors?: unknown;
};

export type Ping = {
  message: string;
  channel: string;
  users: string[];
  roles: string[];
  everyone: boolean;
  repliedUser: boolean;
  /** By an edit, which rings nobody but still shows as a mention. */
  edit: boolean;
};

export type Link = { message: string; channel: string; url: string };

export type SeenSession = {
  id: string;
  shard: [number, number];
  intents: number;
  connected: boolean;
  resumes: number;
  seq: number;
};

export type Fault = {
  method?: string;
  /** A part of the path, or a pattern it must match. */
  path?: string | RegExp;
  status?: number;
  code?: number;
  message?: string;
  /** How often; once unless said. */
  times?: number;
  /** Acts first, then loses the answer. */
  after?: boolean;
  /** Cuts the connection instead of answering. */
  cut?: boolean;
  /** Milliseconds to wait before going on, or `true` for ever. */
  hang?: boolean | number;
  /** Seconds; makes it a 429. */
  retryAfter?: number;
  global?: boolean;
  /** Chance of each matching request, drawn from `seed`. */
  rate?: number;
  seed?: number;
};

export type CommandList = APIApplicationCommand[];
