import { botMessage } from "./methods/base.ts";
import { change, contentOf, keep, remove } from "./methods/chat.ts";
import { notice } from "./notices.ts";
import { note } from "./server.ts";
import type { Call, Json, Message } from "./types.ts";
import { Refusal, type World } from "./world.ts";

const postsPerUrl = 5; // in 30 minutes: docs.slack.dev/interactivity/handling-user-interaction

/** What a post to a `response_url` does and what Slack answers. */
export function respond(world: World, id: string, body: Buffer, call: Call): { status: number; body: Json } {
  const target = world.responseUrls.get(id);
  if (!target) return { status: 404, body: { ok: false, error: "invalid_url" } };
  if (world.clock.now() > target.expiresAt) return { status: 404, body: { ok: false, error: "expired_url" } };
  if (target.posts >= postsPerUrl) return { status: 404, body: { ok: false, error: "used_url" } };
  let payload: Json;
  try {
    payload = JSON.parse(body.toString());
  } catch {
    return { status: 400, body: { ok: false, error: "invalid_payload" } };
  }
  call.args = payload;
  target.posts += 1;
  try {
    show(world, payload, target);
    return { status: 200, body: "ok" };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    note(world, "response_url", error);
    return { status: 400, body: { ok: false, error: error.error, ...error.extra } };
  }
}

type Target = { user: string; channel: string; message?: { channel: string; ts: string } };

/** Shows an answer to a command or a click: in place of the message, to one person, or to everybody. */
export function show(world: World, payload: Json, target: Target): Message | undefined {
  const old = target.message && find(world, target.message);
  if (payload.delete_original) {
    if (old) discard(world, old);
    return undefined;
  }
  const { content } = contentOf(payload, world, { whole: false });
  if (payload.replace_original && old) {
    if (old.only_for) Object.assign(old, { blocks: undefined, attachments: undefined }, content);
    else change(world, old, { ...(payload.blocks ? {} : { blocks: undefined }), ...content });
    notice(world, old, payload);
    return old;
  }
  const everybody = payload.response_type === "in_channel";
  const message = botMessage(world, target.channel, {
    ...content,
    ...(payload.thread_ts ? { thread_ts: payload.thread_ts } : {}),
    ...(everybody ? {} : { only_for: target.user }),
  });
  if (everybody) keep(world, message);
  else world.ephemerals.push(message);
  notice(world, message, payload);
  return message;
}

export function find(world: World, { channel, ts }: { channel: string; ts: string }): Message | undefined {
  return (
    world.message(channel, ts) ??
    world.ephemerals.find((message) => message.channel === channel && message.ts === ts)
  );
}

function discard(world: World, message: Message): void {
  if (message.only_for) world.ephemerals.splice(world.ephemerals.indexOf(message), 1);
  else remove(world, message);
}
