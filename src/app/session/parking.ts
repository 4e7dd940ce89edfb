import type { Conversation, Effect, StoredEffect } from "#model/conversation.ts";
import { TaskError } from "#model/errors.ts";
import { owned, type Store } from "../store.ts";

const inlineCharacters = 16 * 1024; // the record is written at every turn; pasted manifests can be a hundred times that

/** Stands in the outbox for an effect that lies in a record of its own. */
export type Parked = { kind: "parked"; was: Effect["kind"] };

/** The kind of an effect, also where it lies elsewhere. */
export function kindOf({ effect }: StoredEffect): Effect["kind"] {
  const either = effect as Effect | Parked;
  return either.kind === "parked" ? either.was : either.kind;
}

/** The outbox as it is written: what is large gets a record of its own first, which never changes. */
export async function park(store: Store, { id, outbox }: Conversation): Promise<StoredEffect[]> {
  const small: StoredEffect[] = [];
  for (const stored of outbox) {
    const { effect } = stored;
    if (isParked(effect) || weigh(effect) <= inlineCharacters) {
      small.push(stored);
      continue;
    }
    await store.blobs.add(owned(id, stored.id), effect);
    const parked: Parked = { kind: "parked", was: effect.kind };
    small.push({ ...stored, effect: parked as unknown as Effect });
  }
  return small;
}

/** The effect as it was before it was parked. */
export async function unpark(
  store: Store,
  conversation: string,
  stored: StoredEffect,
): Promise<StoredEffect> {
  if (!isParked(stored.effect)) return stored;
  const effect = await store.blobs.get(owned(conversation, stored.id));
  if (!effect) throw new TaskError(`store: an effect of "${conversation}" is missing (${stored.id})`);
  return { ...stored, effect: effect as Effect };
}

/** Removes the records of effects that are carried out. */
export async function dropParked(store: Store, before: Conversation, after: Conversation): Promise<void> {
  const kept = new Set(after.outbox.map(({ id }) => id));
  for (const { id, effect } of before.outbox)
    if (isParked(effect) && !kept.has(id)) await store.blobs.delete(owned(before.id, id));
}

/** Removes whatever lies beside a record whose outbox is empty. */
export async function dropAllParked(store: Store, conversation: string): Promise<void> {
  for await (const [id] of store.blobs.entries(owned(conversation, ""))) await store.blobs.delete(id);
}

function isParked(effect: Effect | Parked): boolean {
  return effect.kind === "parked";
}

/** Characters of all text in a value, about what it takes to write it. */
function weigh(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (value instanceof Uint8Array) return value.length * 1.34; // as base64
  if (typeof value !== "object" || value === null) return 8;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + weigh(item), 0);
  let sum = 0;
  for (const name in value) sum += name.length + weigh((value as Record<string, unknown>)[name]);
  return sum;
}
