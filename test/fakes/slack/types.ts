// biome-ignore lint/suspicious/noExplicitAny: payloads of Slack are open JSON, walked freely by tests
export type Json = any;

export type ChannelType = "channel" | "group" | "im" | "mpim";

export type User = {
  id: string;
  name: string;
  real_name: string;
  /** As Slack writes it: `de-DE`. */
  locale: string;
  tz: string;
  email?: string;
  /** Guest of several channels, guest of one channel. */
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  /** Somebody of another organisation, seen through a shared channel. */
  is_stranger?: boolean;
  team_id: string;
  is_bot?: boolean;
  is_admin?: boolean;
  /** On Enterprise Grid: the organisation, and its workspaces they belong to. */
  enterprise_user?: { enterprise_id: string; teams: string[] };
};

export type Channel = {
  id: string;
  name: string;
  type: ChannelType;
  /** The bot's user id among them where it is a member. */
  members: string[];
  is_ext_shared?: boolean;
  is_archived?: boolean;
};

export type Message = {
  type: "message";
  channel: string;
  ts: string;
  text: string;
  user: string;
  thread_ts?: string;
  subtype?: string;
  bot_id?: string;
  app_id?: string;
  team?: string;
  username?: string;
  client_msg_id?: string;
  parent_user_id?: string;
  blocks?: Json[];
  attachments?: Json[];
  files?: Json[];
  metadata?: { event_type: string; event_payload: Json };
  edited?: { user: string; ts: string };
  reactions?: { name: string; users: string[]; count: number }[];
  /** Whom a response or `chat.postEphemeral` was shown to; absent for what everybody sees. */
  only_for?: string;
  /** Where it was written in `markdown_text`, the Markdown as it was sent. */
  markdown?: string;
  /** Present while and after a message was streamed. */
  stream?: StreamState;
};

export type StreamState = "streaming" | "done" | "expired" | "stopped_by_user";

export type Stream = {
  ts: string;
  channel: string;
  thread_ts: string;
  state: StreamState;
  startedAt: number;
  /** What people read: every `markdown_text`, in order. */
  text: string;
  /** What counts against the size of one streamed message, UTF-8. */
  bytes: number;
  chunks: Json[];
  blocks: Json[];
  /** Latest state of each task row, in the order they appeared. */
  tasks: Json[];
  plan_title?: string;
  task_display_mode?: string;
  recipient_user_id?: string;
};

export type SharedFile = {
  id: string;
  name: string;
  title: string;
  size: number;
  mimetype: string;
  filetype: string;
  snippet_type?: string;
  user: string;
  channel?: string;
  thread_ts?: string;
  /** Of the message that shows it; absent until Slack has shared it. */
  ts?: string;
  base64: string;
};

export type View = {
  id: string;
  type: "modal" | "home";
  user: string;
  callback_id: string;
  private_metadata: string;
  title?: Json;
  blocks: Json[];
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
  external_id: string;
  notify_on_close: boolean;
  open: boolean;
  [more: string]: Json;
};

export type Session = {
  channel: string;
  thread_ts: string;
  status: "processing" | "active" | "suspended" | "closed";
  title?: string;
  history: string[];
};

export type Call = {
  method: string;
  args: Record<string, Json>;
  /** On the fake's clock, ms since the epoch. */
  at: number;
  /** HTTP status that went out; 0 when the reply was lost or never came. */
  status: number;
  error?: string;
  /** Whether Slack did what was asked, reply or not. */
  acted: boolean;
};

/** A payload Slack would have refused: which method, with which error, and what it said about it. */
export type Violation = { method: string; error: string; messages: string[]; at: number };

/** Somebody, or everybody, whom a post of the bot would have notified. */
export type Ping = {
  kind: "channel" | "here" | "everyone" | "user" | "usergroup";
  id?: string;
  /** `token`: Slack's own `<!…>` form or a rich text element; `bare`: a plain @word that Slack may turn into one. */
  via: "token" | "bare";
  channel: string;
  ts: string;
  where: string;
};
export type Unfurl = { url: string; channel: string; ts: string };

/** What a person saw because the app did not answer in time or not well. */
export type Warning = { user: string; kind: string; text: string; at: number };

export type DeliveryKind = "events_api" | "slash_commands" | "interactive";
export type Delivery = {
  kind: DeliveryKind;
  /** `event_id` of an event, `trigger_id` of the rest. */
  id: string;
  /** Event type, command, or kind of interaction. */
  what: string;
  body: Json;
  attempts: { at: number; acked: boolean; elapsedMs: number; reason?: string }[];
  acked: boolean;
  /** No further attempt will be made. */
  over: boolean;
};

/** What came back for a command, a click or a submission. */
export type Reply = {
  ack: boolean;
  elapsedMs: number;
  /** Body of the acknowledgement, parsed where it is JSON. */
  body: Json;
  /** HTTP status, where HTTP is used. */
  status?: number;
  reason?: string;
  trigger_id: string;
  /** Errors beside inputs, of a submission that was sent back. */
  errors?: Record<string, string>;
};

export type Said = { ts: string; channel: string; thread_ts?: string; event_ids: string[] };

/** A message by its place; an ephemeral one too. */
export type MessageRef = { channel: string; ts: string };

export type ElementRef = {
  user: string;
  message?: MessageRef;
  /** Id of a modal or home view. */
  view?: string;
  action_id?: string;
  block_id?: string;
  /** Words on the button, instead of the action id. */
  text?: string;
};

export type Fault = {
  /** `chat.postMessage`, `chat.*`, `*`; also `upload` and `response_url`. */
  method: string;
  /** Calls it hits; endless without. */
  times?: number;
  status?: number;
  error?: string;
  messages?: string[];
  /** The connection stays open and nothing comes. */
  hang?: boolean;
  /** Slack acts first, then the reply is lost (or is the given status or error). */
  after?: boolean;
  /** Seconds; answers 429. */
  retryAfter?: number;
  delayMs?: number;
  /** Share of calls it hits, by chance. */
  rate?: number;
  seed?: number;
  channel?: string;
};

export type RateRules = {
  /** Replaces the computed Retry-After, in seconds. */
  retryAfter?: number;
  /** Calls a minute, instead of the tier's. */
  perMinute?: Record<string, number>;
  /** Posts a channel may take at once before one a second holds. */
  burst?: number;
};

export type DeliveryRules = {
  /** Every event is delivered so many times (smallest, largest), the repeats marked as retries. */
  times?: [number, number];
  /** Each delivery waits a random time up to this, so that the order is lost. */
  spreadMs?: number;
  /** Instead of Slack's three retries of an event: at once, after one minute, after five. */
  retryWaitsMs?: number[];
};

export type FakeOptions = {
  team?: { id?: string; name?: string; domain?: string };
  users?: (Partial<User> & { id: string })[];
  channels?: (Partial<Channel> & { id: string })[];
  clock?: "real" | "manual";
  seed?: number;
  scopes?: string[];
  events?: string[];
  /** No streams, no agent sessions: `unknown_method`. */
  gov?: boolean;
  /** A free plan: canvases only in a channel. */
  free?: boolean;
  /** The app is not declared as an agent: no sessions, no Stop button. */
  agent?: boolean;
  /** Buttons, menus and forms are switched off for the app. */
  interactivity?: boolean;
  /** Until a completed upload shows up as a message, ms. */
  shareDelayMs?: number;
};

/** A whole workspace to test against; the same object in this process or driving one of its own. */
export type FakeSlack = {
  apiUrl: string;
  uploadUrl: string;
  tokens: { bot: string; app: string; config: string; signingSecret: string };
  team: { id: string; name: string; domain: string };
  bot: { user_id: string; bot_id: string; app_id: string; name: string };

  /** From now on everything is delivered there, signed; nothing given: over Socket Mode. */
  connectHttp(url?: string | string[], options?: { verify?: boolean }): Promise<void>;
  /** Where it delivers over HTTP; none: over Socket Mode. */
  addresses(): Promise<string[]>;
  sockets(): Promise<number>;

  command(what: { user: string; channel: string; text?: string; command?: string }): Promise<Reply>;
  say(what: {
    user: string;
    channel: string;
    text: string;
    thread_ts?: string;
    files?: { name: string; content: string; title?: string }[];
    /** Said by another app in that person's name: `bot_id` is on it. */
    bot_id?: string;
    app_context?: Json;
  }): Promise<Said>;
  edit(what: { user: string; message: MessageRef; text: string }): Promise<void>;
  erase(what: { user: string; message: MessageRef }): Promise<void>;
  click(what: ElementRef & { value?: string }): Promise<Reply>;
  /** Picks options of a select, radio buttons, checkboxes or an overflow menu; or types text into an input. */
  choose(what: ElementRef & { value: string | string[] }): Promise<Reply>;
  /** `values` by block id: an option's value, several, or text. What is not named keeps its first value. */
  submit(what: { user: string; view: string; values?: Record<string, Json> }): Promise<Reply>;
  closeView(what: { user: string; view: string }): Promise<Reply | undefined>;
  shortcut(what: { user: string; callback_id: string; message?: MessageRef }): Promise<Reply>;
  openHome(user: string, tab?: "home" | "messages", context?: Json): Promise<void>;
  /** Presses Slack's own Stop button; false where none is shown. */
  stop(what: { user: string; channel: string; thread_ts: string }): Promise<boolean>;
  react(what: { user: string; message: MessageRef; name: string; remove?: boolean }): Promise<void>;
  /** Brings a recorded payload to the app as it stands, once, whatever the workspace knows. */
  replay(recorded: { kind: DeliveryKind; body: Json }): Promise<Reply>;
  /** Any event of the Events API, as Slack would send it. */
  send(event: Json, more?: Json): Promise<Delivery>;

  /** Everything in a channel, or the replies of one thread. */
  messages(channel: string, thread_ts?: string): Promise<Message[]>;
  /** Root and replies. */
  thread(channel: string, thread_ts: string): Promise<Message[]>;
  message(channel: string, ts: string): Promise<Message | undefined>;
  ephemerals(user?: string): Promise<Message[]>;
  files(): Promise<SharedFile[]>;
  /** Modals that are open. */
  views(user?: string): Promise<View[]>;
  homes(): Promise<Record<string, View>>;
  calls(method?: string): Promise<Call[]>;
  streams(): Promise<Stream[]>;
  sessions(): Promise<Session[]>;
  statuses(): Promise<
    { channel: string; thread_ts: string; status: string; at: number; loading_messages?: string[] }[]
  >;
  prompts(): Promise<{ channel: string; thread_ts?: string; title?: string; prompts: Json[] }[]>;
  titles(): Promise<{ channel: string; thread_ts: string; title: string }[]>;
  canvases(): Promise<{ id: string; title?: string; channel?: string; markdown: string }[]>;
  /** Every payload that broke a rule of Slack's, and was refused for it. */
  violations(): Promise<Violation[]>;
  pings(): Promise<Ping[]>;
  unfurls(): Promise<Unfurl[]>;
  warnings(): Promise<Warning[]>;
  deliveries(): Promise<Delivery[]>;
  /** Events, commands and clicks that no app took, now or after all retries. */
  undelivered(): Promise<Delivery[]>;
  /** What can be read in a thread, as Markdown. */
  transcript(channel: string, thread_ts?: string): Promise<string>;

  fail(fault: Fault): Promise<void>;
  /** Takes back every fault. */
  heal(): Promise<void>;
  rateLimits(on: boolean | RateRules): Promise<void>;
  deliver(rules: DeliveryRules): Promise<void>;
  disconnectSockets(how: "refresh" | "warning" | "cut", count?: number): Promise<number>;
  revoke(scope: string): Promise<void>;
  grant(scope: string): Promise<void>;
  subscribe(events: string[]): Promise<void>;
  kick(channel: string): Promise<void>;
  invite(channel: string, user?: string): Promise<void>;
  archive(channel: string): Promise<void>;
  clock: { now(): Promise<number>; advance(ms: number): Promise<void> };

  /** Polls until the look gives something; throws with `what` after the time. */
  waitFor<T>(
    look: () => Promise<T | undefined | false | null>,
    options?: { what?: string; timeoutMs?: number; everyMs?: number },
  ): Promise<T>;
  /** Moves with every call and delivery; what is on its way, and which events will be tried again. */
  pulse(): Promise<{ activity: number; underway: number; waiting: number }>;
  /** Nothing called, nothing on its way for so long. */
  settled(options?: { quietMs?: number; timeoutMs?: number }): Promise<void>;
  /** Forgets what was observed (calls, violations, pings, warnings); the workspace stays. */
  clear(): Promise<void>;
  close(): Promise<void>;
};
