import { hash } from "node:crypto";
import type { Arrival, Desk } from "./desk.ts";
import { remoteFiles } from "./download.ts";
import type { Message } from "./payloads.ts";
import type { Place } from "./places.ts";
import { named, whole, wordsFrom } from "./read.ts";

/** Messages people write; what else has a subtype is Slack's own, or an echo of ours. */
const subtypes = [undefined, "file_share", "thread_broadcast"];
const strangersToUs = ["USLACK", "USLACKBOT"];
/** Words beside a thread go on with what was talked about so recently; later, they begin something new. */
const openMs = 15 * 60_000;
/** A root of ours can be answered before we know its id. */
const rootMs = 2_000; // Slack waits three seconds in all
const youngMs = 30_000;
const rootLookMs = 100;

/** The id of a conversation that begins without a message of its own: a command, a form. */
export function freshId(team: string, channel: string, trigger: string): string {
  return `slack:${team}:${channel}:${hash("sha256", trigger, "base64url").slice(0, 16)}`;
}

const idOfThread = (team: string, channel: string, ts: string): string => `slack:${team}:${channel}:${ts}`;

/**
 * Whether a message is meant for us, and which conversation it belongs to. In threads of ours every word is, unless it is
 * addressed to somebody else; elsewhere only what names us; in direct messages everything.
 */
export async function route(desk: Desk, message: Message): Promise<Arrival | undefined> {
  const { user, channel, ts, thread_ts, text } = message;
  const { me, team } = desk;
  if (!user || user === me.user || message.bot_id || strangersToUs.includes(user)) return undefined;
  if (!subtypes.includes(message.subtype)) return undefined;
  const isDirect = channel.startsWith("D") || message.channel_type === "im";
  const people = named(text);
  const isNamed = isDirect || message.type === "app_mention" || people.includes(me.user);
  if (!isNamed && people.length > 0) return undefined;
  const found = await conversationOf(desk, message, { isDirect, isNamed });
  if (!found) return undefined;
  const written = whole(message);
  return {
    event: {
      id: `message:${team}:${channel}:${ts}`,
      conversation: found.conversation,
      at: Math.floor(Number(ts) * 1000) || desk.clock.now(),
      kind: "said",
      text: wordsFrom(written.text, me.user),
    },
    // What only one person sees is not shown in a thread that has no answer yet.
    aside: { user, channel, ...((isDirect || thread_ts !== undefined) && { thread: thread_ts ?? ts }) },
    isDirect,
    channel,
    ...(found.place && { place: found.place }),
    ...(written.files.length > 0 && { files: remoteFiles(written.files) }),
  };
}

type Found = { conversation: string; place?: Place };

async function conversationOf(
  desk: Desk,
  message: Message,
  { isDirect, isNamed }: { isDirect: boolean; isNamed: boolean },
): Promise<Found | undefined> {
  const { channel, ts, thread_ts, user } = message;
  const { places, team } = desk;
  const known = thread_ts === undefined ? undefined : await ours(desk, message, thread_ts);
  if (known !== undefined) {
    const place = await places.get(known);
    return isNamed || place?.own !== false ? { conversation: known } : undefined;
  }
  if (!isNamed) return undefined;
  const open = isDirect && thread_ts === undefined ? await openWith(desk, message) : undefined;
  if (open !== undefined) return { conversation: open };
  const root = thread_ts ?? ts;
  return {
    conversation: idOfThread(team, channel, root),
    // In a thread of others we only hear what names us.
    place: { team, channel, thread: root, own: thread_ts === undefined || isDirect, user: user!, isDirect },
  };
}

/** The conversation of a thread; a reply to a root of ours that is just being posted waits until its id is known. */
async function ours(
  desk: Desk,
  { channel, parent_user_id }: Message,
  thread: string,
): Promise<string | undefined> {
  const until = desk.clock.now() + rootMs;
  for (;;) {
    const known = await desk.places.at(desk.team, channel, thread);
    const isYoung = Math.abs(desk.clock.now() / 1000 - Number(thread)) * 1000 < youngMs;
    if (known !== undefined || parent_user_id !== desk.me.user || !isYoung || desk.clock.now() > until)
      return known;
    await desk.clock.sleep(rootLookMs, desk.signal);
  }
}

/** Whoever says how many sites there are describes a fleet; anything else can be about the plan there is. */
async function isFleet(desk: Desk, text: string): Promise<boolean> {
  const { fields } = await desk.bot.form({ text: wordsFrom(text, desk.me.user), language: "en" });
  return fields.some(({ name, value }) => name === "sites" && value !== undefined);
}

/** What somebody was just talking about in their direct messages, beside its thread. */
async function openWith(desk: Desk, message: Message): Promise<string | undefined> {
  const { user = "", channel } = message;
  const since = desk.clock.now() - openMs;
  for (const { conversation, phase, updatedAt } of await desk.bot.conversationsOf(user, "en")) {
    if (updatedAt < since || !["asking", "summary", "working", "planned"].includes(phase)) continue;
    const place = await desk.places.get(conversation);
    const isHere = place?.isDirect && (place.channel === channel || place.channel === user);
    if (!isHere) continue;
    return phase === "planned" && (await isFleet(desk, whole(message).text)) ? undefined : conversation;
  }
  return undefined;
}
