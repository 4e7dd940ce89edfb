import { type Conversation, freshState } from "#model/conversation.ts";
import { type Change, ownerKey, type Store } from "../store.ts";
import { dropAllParked, dropParked, park } from "./parking.ts";

/** The records of conversations as a session reads and writes them. Always called from within the lane of that one. */
export type ConversationRecords = {
  load: (id: string) => Promise<{ record: Conversation; fresh: boolean }>;
  /** One write, with the mark that makes a restart find the conversation; after it the clearing away. */
  save: (before: Conversation, record: Conversation, beside?: readonly Change[]) => Promise<void>;
  /** Takes the mark away: nothing is left to do. */
  close: (id: string) => Promise<undefined>;
  forget: (record: Conversation) => Promise<void>;
  /** Every conversation that was left with work. */
  left: () => AsyncGenerator<string, void>;
  /** Somebody else may have removed it from the store. */
  recheck: (id: string) => Promise<void>;
};

/** Opens them over a store. */
export function conversationRecords(store: Store, now: () => number): ConversationRecords {
  /** Those whose mark is known to be set, so that it is not written at every turn. */
  const opened = new Set<string>();
  /** Event ids of what was forgotten, so that a late second delivery does not begin it anew; never written down. */
  const forgotten = new Map<string, Conversation["seen"]>();

  async function close(id: string): Promise<undefined> {
    if (!opened.has(id)) return;
    await dropAllParked(store, id); // a crash between two writes leaves one behind
    await store.open.delete(id);
    opened.delete(id);
  }

  return {
    async load(id) {
      const found = await store.conversations.get(id);
      if (found) return { record: found, fresh: false };
      const at = now();
      const begun = { generation: 0, seen: forgotten.get(id) ?? {}, outbox: [], posts: {} };
      return {
        record: { version: 1, id, state: freshState, ...begun, createdAt: at, updatedAt: at },
        fresh: true,
      };
    },
    async save(before, record, beside = []) {
      const { id, outbox } = record;
      const person = record.state.startedBy?.id;
      const isStarted = person !== undefined && before.state.startedBy?.id !== person;
      const isOpened = outbox.length > 0 && !opened.has(id);
      const kept = { ...record, outbox: await park(store, record) };
      await store.write([
        ...beside,
        ...(isStarted ? [store.owners.change(ownerKey(id, person), record.createdAt)] : []),
        ...(isOpened ? [store.open.change(id, now())] : []),
        store.conversations.change(id, kept),
      ]);
      if (isOpened) opened.add(id);
      await dropParked(store, before, record);
      if (outbox.length === 0) await close(id);
    },
    close,
    async forget({ id, seen }) {
      forgotten.set(id, seen);
      await store.forget(id);
      opened.delete(id);
    },
    async *left() {
      for await (const [id] of store.open.entries()) {
        opened.add(id);
        yield id;
      }
    },
    async recheck(id) {
      if (opened.has(id) && !(await store.open.get(id))) opened.delete(id);
    },
  };
}
