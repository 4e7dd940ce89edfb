import type { Language } from "#model/text.ts";
import { drawn } from "../slack/transcript.ts";
import { type FakeSlack, type Json, type Message, spawnFakeSlack } from "../slack.ts";
import type { LogLine, Post, Seat, Stage, Theatre } from "./types.ts";

const locales: Record<Language, string> = { en: "en-US", de: "de-DE", es: "es-ES", zh: "zh-CN" };
/** Slack waits nothing, one and five minutes; nobody here has that long. */
const retryWaitsMs = [300, 1_500, 4_000, 8_000, 15_000, 30_000];

export const userOf = ({ at }: Seat) => `U0S${at}`;
export const channelOf = ({ at }: Seat) => `C0S${at}`;
const directOf = ({ at }: Seat) => `D0S${at}`;
/** A thread is named by its channel and its root. */
const split = (thread: string): [channel: string, ts: string] => thread.split("/") as [string, string];

/** A fake Slack in a process of its own, reached over sockets or HTTP. */
export function slackTheatre(
  transport: "socket" | "http" = "socket",
  { prepare }: { prepare?: (fake: FakeSlack, seats: readonly Seat[]) => Promise<void> } = {},
): Theatre {
  return {
    name: `slack over ${transport}`,
    async open({ seats, seed }) {
      const fake = await spawnFakeSlack({
        seed,
        users: seats.map((seat) => ({
          ...{ id: userOf(seat), name: `person${seat.at}`, real_name: `Person ${seat.at}` },
          locale: locales[seat.language],
        })),
        channels: seats.map((seat) => ({
          id: channelOf(seat),
          members: [userOf(seat), "U0BOT"],
        })),
      });
      await fake.deliver({ retryWaitsMs });
      await prepare?.(fake, seats);
      return slackStage(fake, transport, seats);
    },
  };
}

/** Settings that connect a bot to a fake Slack, as fast as it can. */
export function slackSettings(fake: FakeSlack, transport: "socket" | "http"): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: fake.tokens.bot,
    ...(transport === "socket"
      ? { SLACK_APP_TOKEN: fake.tokens.app }
      : { SLACK_SIGNING_SECRET: fake.tokens.signingSecret, SLACK_PORT: "0" }),
    SLACK_API_URL: fake.apiUrl,
    SLACK_POSTS_PER_SECOND: "1000",
  };
}

export const isSlackConnected = ({ msg }: LogLine): boolean => msg === "slack is connected";

/** Tells a fake that delivers over HTTP where the bot listens. */
export async function attachSlack(fake: FakeSlack, log: readonly LogLine[]): Promise<void> {
  const { port } = log.find(({ address }) => address)!.address as { port: number };
  await fake.connectHttp(`http://127.0.0.1:${port}/slack/events`);
}

/** A stage on a fake that is there already. */
export function slackStage(fake: FakeSlack, transport: "socket" | "http", seats: readonly Seat[]): Stage {
  return {
    env: slackSettings(fake, transport),
    isConnected: isSlackConnected,
    ...(transport === "http" && { attach: (log) => attachSlack(fake, log) }),
    async begin(seat, { way, text }) {
      const user = userOf(seat);
      if (way === "command") {
        const { ack } = await fake.command({ user, channel: channelOf(seat), text });
        return ack;
      }
      const isDirect = way === "direct";
      await fake.say({
        user,
        channel: isDirect ? directOf(seat) : channelOf(seat),
        text: isDirect ? text : `<@${fake.bot.user_id}> ${text}`,
      });
      return true;
    },
    async threadOf(seat) {
      for (const channel of [channelOf(seat), directOf(seat)]) {
        const root = (await fake.messages(channel)).find(
          ({ ts, thread_ts, only_for }) => (thread_ts ?? ts) === ts && !only_for,
        );
        if (root) return `${channel}/${root.ts}`;
      }
      return undefined;
    },
    async say(seat, thread, text) {
      const [channel, thread_ts] = split(thread);
      await fake.say({ user: userOf(seat), channel, thread_ts, text });
    },
    async press(seat, thread, words) {
      const [channel, ts] = split(thread);
      const message = (await fake.thread(channel, ts)).findLast((one) => buttonsOf(one).includes(words));
      if (!message) return false;
      const pressed = { user: userOf(seat), message: { channel, ts: message.ts }, text: words };
      // Somebody else's edit may have taken the button away under the finger.
      const reply = await fake.click(pressed).catch(() => undefined);
      return reply?.ack ?? false;
    },
    async read(_, thread) {
      const [channel, ts] = split(thread);
      return (await fake.thread(channel, ts)).map(postOf);
    },
    async pulse() {
      const { activity, underway, waiting } = await fake.pulse();
      return { activity, underway: underway + waiting };
    },
    unruly: (rules) => fake.deliver({ ...rules, retryWaitsMs }),
    async deliveries() {
      return (await fake.deliveries()).reduce((sum, { attempts }) => sum + attempts.length, 0);
    },
    complaints: () => complaints(fake, seats),
    close: () => fake.close(),
  };
}

async function complaints(fake: FakeSlack, seats: readonly Seat[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { method, error, messages } of await fake.violations())
    problems.push(`${method} was refused: ${error} ${messages.join("; ")}`);
  for (const ping of await fake.pings()) problems.push(`pinged: ${JSON.stringify(ping)}`);
  for (const { url } of await fake.unfurls()) problems.push(`unfurled: ${url}`);
  // What people do by hand fails before their eyes, and they do it again.
  for (const { kind, id, what, body, attempts } of await fake.undelivered()) {
    if (kind !== "events_api") continue;
    const whose = body.event.bot_id ? "an echo of our own" : `by ${body.event.user}`;
    const tries = attempts.map(
      ({ at, reason }) => `${reason} +${Math.round((at - attempts[0]!.at) / 1000)} s`,
    );
    problems.push(`never taken: ${what} ${id}, ${whose}: ${tries.join(", ")}`);
  }
  for (const { channel, thread_ts, state } of await fake.streams())
    if (state === "streaming") problems.push(`still streaming: ${channel}/${thread_ts}`);
  for (const { channel, thread_ts, status } of await fake.sessions())
    if (status === "processing") problems.push(`still processing: ${channel}/${thread_ts}`);
  for (const channel of seats.flatMap((seat) => [channelOf(seat), directOf(seat)])) {
    const own = (await fake.messages(channel)).filter(({ bot_id }) => bot_id);
    const keys = own.flatMap(({ metadata }) => (metadata ? [metadata.event_payload.key as string] : []));
    for (const [key, { length }] of Map.groupBy(keys, (one) => one))
      if (length > 1) problems.push(`${channel}: ${length} messages with the key ${key}`);
  }
  return problems;
}

function postOf(message: Message): Post {
  const files = (message.files ?? []).map(({ name, size }: Json) => `${name} ${size}`);
  const isOurs = message.bot_id !== undefined;
  return {
    id: message.ts,
    by: isOurs ? "bot" : "person",
    text: message.blocks?.length ? message.blocks.map(drawn).join("\n\n") : message.text,
    buttons: buttonsOf(message),
    files,
    // Everything the bot says carries its key; what it shows while it works does not.
    ...(isOurs && !message.metadata && files.length === 0 && { isProgress: true }),
  };
}

function buttonsOf({ blocks = [] }: Message): string[] {
  return blocks
    .filter(({ type }) => type === "actions")
    .flatMap(({ elements }) => elements)
    .flatMap(({ type, text }: Json) => (type === "button" ? [text.text as string] : []));
}
