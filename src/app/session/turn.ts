import { hash } from "node:crypto";
import type { Block } from "#model/block.ts";
import type { Conversation, Effect, Event, Failure, State, StoredEffect } from "#model/conversation.ts";
import { kindOf } from "./parking.ts";

/** What an event leads to; `raise` starts a new generation, so that works of the old one are no longer wanted. */
export type Converse = (
  state: State,
  event: Event,
) => { state: State; effects: readonly Effect[]; raise?: boolean };

/** Sentences for what could not be done; `ambiguous`: it may have been posted, and nobody can look it up. */
export type Trouble = Failure | "ambiguous";
export type Notice = (state: State, trouble: Trouble) => Block[];

export type Taken =
  | { kind: "taken"; record: Conversation; error?: unknown }
  /** Delivered before. */
  | { kind: "seen" }
  /** What a work of an older generation brought, or one that nobody waits for any more. */
  | { kind: "stale"; record: Conversation };

export const seenMs = 7 * 86_400_000; // Slack gives up after an hour; a restored backup of ours may lie days back

/** One event into one record: dedupes, converses, and puts the effects behind those that wait. Pure. */
export function takeTurn(
  record: Conversation,
  event: Event,
  { converse, notice, now }: { converse: Converse; notice: Notice; now: number },
): Taken {
  if (record.seen[event.id] !== undefined) return { kind: "seen" };
  const seen = withSeen(record.seen, event.id, now);
  const answered = event.kind === "done" || event.kind === "failed" ? event : undefined;
  const waiting = record.outbox.filter(({ id }) => id !== answered?.effect);
  const awaited = waiting.length < record.outbox.length && answered?.generation === record.generation;
  if (answered && !awaited)
    return { kind: "stale", record: { ...record, seen, outbox: waiting, updatedAt: now } };

  const { state, effects, raise, error } = converseSafely(record.state, event, { converse, notice });
  const said = effects.some(({ kind }) => kind === "post" || kind === "edit");
  const spoken =
    event.kind === "failed" && !said ? [...effects, failurePost(notice(state, event.reason))] : effects;
  const generation = record.generation + (raise ? 1 : 0);
  const stops = raise || spoken.some(({ kind }) => kind === "abort");
  const outbox = stops ? waiting.filter((stored) => kindOf(stored) !== "work") : waiting;
  return {
    kind: "taken",
    record: {
      ...record,
      state,
      generation,
      seen,
      outbox: [...outbox, ...stored(spoken, event.id, generation)],
      updatedAt: now,
    },
    ...(error !== undefined && { error }),
  };
}

/** The record without one effect, and with what is said instead where it was given up. */
export function settle(
  record: Conversation,
  id: string,
  outcome: { posts?: Readonly<Record<string, string>>; instead?: Block[]; now: number },
): Conversation {
  const { posts = {}, instead, now } = outcome;
  const outbox = record.outbox.flatMap((stored): StoredEffect[] => {
    if (stored.id !== id) return [stored];
    if (!instead || isNotice(stored)) return [];
    const { generation } = stored;
    return [{ id: `${id}${NOTICE}`, generation, attempts: 0, effect: failurePost(instead) }];
  });
  // Parts of a message that was posted in pieces need not be known any longer.
  const kept = Object.entries(record.posts).filter(([key]) => !key.startsWith(`${id}:`));
  return { ...record, outbox, posts: { ...Object.fromEntries(kept), ...posts }, updatedAt: now };
}

/** The record with another count of tries for one effect. */
export function withAttempts(record: Conversation, id: string, attempts: number): Conversation {
  const outbox = record.outbox.map((stored) => (stored.id === id ? { ...stored, attempts } : stored));
  return { ...record, outbox };
}

const NOTICE = "-notice";

/** Whether an effect says that another one failed; when it fails too, nothing more is tried. */
export function isNotice({ id }: StoredEffect): boolean {
  return id.endsWith(NOTICE);
}

function converseSafely(
  state: State,
  event: Event,
  { converse, notice }: { converse: Converse; notice: Notice },
): ReturnType<Converse> & { error?: unknown } {
  try {
    return converse(state, event);
  } catch (error) {
    // The same event would fail again however often it came: it counts as handled, and the person is told.
    return { state, effects: [failurePost(notice(state, "internal"))], error };
  }
}

function failurePost(blocks: Block[]): Effect {
  return { kind: "post", key: "failure", blocks };
}

/** Effects with their ids, the same however often the turn is repeated; "abort" is done by the turn, "forget" comes last. */
function stored(effects: readonly Effect[], event: string, generation: number): StoredEffect[] {
  const turn = hash("sha256", event, "base64url").slice(0, 12).replaceAll("-", "_");
  const lasting = effects.filter(({ kind }) => kind !== "abort" && kind !== "forget");
  const last = effects.filter(({ kind }) => kind === "forget").slice(0, 1);
  return [...lasting, ...last].map((effect, n) => ({ id: `${turn}-${n}`, generation, attempts: 0, effect }));
}

function withSeen(seen: Conversation["seen"], id: string, now: number): Conversation["seen"] {
  const recent = Object.entries(seen).filter(([, at]) => at > now - seenMs);
  return { ...Object.fromEntries(recent), [id]: now };
}
