import { Keyv } from "keyv";
import type { Conversation } from "#model/conversation.ts";
import { TaskError, UsageError } from "#model/errors.ts";
import type { Plan } from "#model/plan.ts";
import type { Note, Notes } from "#model/platform.ts";
import type { Adapter, Row } from "./store/adapter.ts";
import { openMemory } from "./store/memory.ts";
import { openSqlite } from "./store/sqlite.ts";

/** Lifts a record from one version to the next. */
export type Migration = (record: unknown) => unknown;

/**
 * Every kind of record with the steps that lift old ones: a record is of version 1, plus one for each step. Steps are
 * only ever added at the end.
 */
const formats = {
  conversations: [],
  plans: [],
  blobs: [],
  open: [],
  owners: [],
  notes: [],
  counters: [],
} satisfies Record<string, Migration[]>;
export type Kind = keyof typeof formats;

/** Records of one kind. A failed read throws; `undefined` means there is none. */
export type Records<T> = {
  get: (id: string) => Promise<T | undefined>;
  set: (id: string, value: T) => Promise<void>;
  /** Writes only what is not there yet, for what never changes; says whether it did. */
  add: (id: string, value: T) => Promise<boolean>;
  delete: (id: string) => Promise<void>;
  /** What a record shall be, to be written with others. */
  change: (id: string, value: T) => Change;
  /** In the order of their ids; others may be written meanwhile. */
  entries: (prefix?: string) => AsyncGenerator<[id: string, value: T], void>;
};

/** A record as it is written. */
export type Change = Row;

export type Store = {
  conversations: Records<Conversation>;
  /** Immutable, by `owned(conversation, plan)`. */
  plans: Records<Plan>;
  /** Immutable large things of a conversation, by `owned(conversation, name)`. */
  blobs: Records<unknown>;
  /** Conversations whose outbox is not empty. */
  open: Records<number>;
  /** Who started what, by `ownerKey(platform, person, conversation)`; written with the conversation that it names. */
  owners: Records<number>;
  /** Small notes of platforms, by `<platform>/<key>`. */
  notes: Records<unknown>;
  /** Writes all of them, or none; of one record the last. */
  write: (changes: readonly Change[]) => Promise<void>;
  /** Adds to a count of one day (`2026-11-21`) and returns the new sum; with 0 it only reads. */
  count: (day: string, name: string, by: number) => Promise<number>;
  /** Removes all records of a conversation; nothing of their text stays in the files. */
  forget: (conversation: string) => Promise<void>;
  /** Removes what was idle longer than that many days, with its plans; returns the ids of the conversations. */
  retain: (days: number, options?: RetainOptions) => Promise<string[]>;
  close: () => Promise<void>;
};
export type RetainOptions = {
  now?: number;
  /** Runs each removal, so that it never meets a turn of the same conversation. */
  alone?: <T>(conversation: string, job: () => Promise<T>) => Promise<T>;
};

export type StoreOptions = {
  /** How long to wait for a process that is just ending. */
  lockWaitMs?: number;
  formats?: Partial<Record<Kind, Migration[]>>;
};

const dayMs = 86_400_000;

/** Opens the store at `sqlite:FILE`, `postgres://…` or `memory:`; one process at a time. */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const adapter = await openAdapter(url, options);
  // Without throwOnErrors keyv answers a failed read with "no record", and a conversation would start anew.
  const keyv = new Keyv({
    store: adapter,
    useKeyPrefix: false,
    throwOnErrors: true,
    serialize: ({ value }) => textOf(value),
    deserialize: (text) => ({ value: JSON.parse(text, text.includes(BYTES) ? unpackBytes : undefined) }),
  });
  const records = <T>(kind: Kind) =>
    recordsOf<T>(kind, { keyv, adapter, migrations: options.formats?.[kind] ?? formats[kind] });
  const store = {
    conversations: records<Conversation>("conversations"),
    plans: records<Plan>("plans"),
    blobs: records<unknown>("blobs"),
    open: records<number>("open"),
    owners: records<number>("owners"),
    notes: records<unknown>("notes"),
  };
  const counters = records<number>("counters");
  let counting: Promise<unknown> = Promise.resolve();

  async function remove(conversation: string): Promise<void> {
    const person = (await store.conversations.get(conversation))?.state.startedBy?.id;
    // The record goes first: what names the others must never outlive them.
    await store.conversations.delete(conversation);
    await store.open.delete(conversation);
    if (person !== undefined) await store.owners.delete(ownerKey(conversation, person));
    await adapter.deleteRange(`plans/${owned(conversation, "")}`);
    await adapter.deleteRange(`blobs/${owned(conversation, "")}`);
  }

  return {
    ...store,
    write: (changes) => adapter.write([...new Map(changes).entries()]),
    count(day, name, by) {
      const id = `${day}/${name}`;
      const counted = counting.then(async () => {
        const sum = ((await counters.get(id)) ?? 0) + by;
        if (by !== 0) await counters.set(id, sum);
        return sum;
      });
      counting = counted.catch(() => {}); // the caller has the error; the next count starts afresh
      return counted;
    },
    async forget(conversation) {
      await remove(conversation);
      await adapter.compact();
    },
    async retain(days, { now = Date.now(), alone = (_: string, job) => job() }: RetainOptions = {}) {
      const before = now - days * dayMs;
      const removed: string[] = [];
      const kept = new Set<string>();
      for await (const [id, { updatedAt }] of store.conversations.entries()) {
        if (updatedAt >= before) kept.add(id);
        else if (await alone(id, () => removeIdle(id))) removed.push(id);
      }
      await removeOrphans(kept);
      for await (const [id] of counters.entries())
        if (Date.parse(id.slice(0, 10)) < before) await counters.delete(id);
      if (removed.length > 0) await adapter.compact();
      return removed;

      async function removeIdle(id: string): Promise<boolean> {
        const record = await store.conversations.get(id);
        if (record && record.updatedAt >= before) return false;
        await remove(id);
        return true;
      }
    },
    async close() {
      await counting;
      await adapter.disconnect();
    },
  };

  /** Plans and blobs whose conversation is gone: a process was killed between two deletes. */
  async function removeOrphans(kept: ReadonlySet<string>): Promise<void> {
    for (const kind of ["plans", "blobs"] as const) {
      for await (const [key] of adapter.range(`${kind}/`)) {
        const owner = ownerOf(key.slice(kind.length + 1));
        if (!kept.has(owner) && !(await store.conversations.get(owner))) await keyv.delete(key);
      }
    }
  }
}

/** The id of a record that belongs to a conversation and goes with it. */
export function owned(conversation: string, id: string): string {
  return `${encodeURIComponent(conversation)}/${id}`;
}

function ownerOf(id: string): string {
  return decodeURIComponent(id.slice(0, id.indexOf("/")));
}

/** The id under which a person's conversation is found; without a conversation, what all of theirs begin with. */
export function ownerKey(conversation: string, person: string, all = false): string {
  const platform = conversation.slice(0, conversation.indexOf(":"));
  return `${platform}/${encodeURIComponent(person)}/${all ? "" : conversation}`;
}

const noteKey = (platform: string, name: string) => `${platform}/${name}`;

/** Notes of a platform, to be written with other records. */
export function noteChanges(
  { notes }: Pick<Store, "notes">,
  platform: string,
  written: readonly Note[],
): Change[] {
  return written.map(([name, value]) => notes.change(noteKey(platform, name), value));
}

/** The notes a platform may keep, apart from those of the others. */
export function platformNotes(store: Pick<Store, "notes">, platform: string): Notes {
  const key = (name: string) => noteKey(platform, name);
  return {
    get: (name) => store.notes.get(key(name)),
    set: (name, value) => store.notes.set(key(name), value),
    delete: (name) => store.notes.delete(key(name)),
    async *entries(prefix) {
      for await (const [id, value] of store.notes.entries(key(prefix)))
        yield [id.slice(platform.length + 1), value];
    },
  };
}

async function openAdapter(url: string, options: StoreOptions): Promise<Adapter> {
  if (url === "memory:") return openMemory();
  if (url.startsWith("sqlite:")) return openSqlite(url.slice("sqlite:".length), options);
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import("./store/postgres.ts"); // a client nobody else needs
    return openPostgres(url, options);
  }
  throw new UsageError(
    "store: EDGEWRIGHT_STORE must be sqlite:FILE, postgres://user@host/database or memory:",
  );
}

type Shelved = { version: number; record: unknown };
type Shelf = { keyv: Keyv; adapter: Adapter; migrations: readonly Migration[] };

function recordsOf<T>(kind: Kind, { keyv, adapter, migrations }: Shelf): Records<T> {
  const version = migrations.length + 1;
  const key = (id: string) => `${kind}/${id}`;
  const lift = ({ version: found, record }: Shelved): T => {
    if (found > version)
      throw new TaskError(
        `store: ${kind} were written by a newer Edgewright (version ${found}, this one knows ${version}). Update Edgewright, or name another store in EDGEWRIGHT_STORE`,
      );
    return migrations.slice(found - 1).reduce((old, step) => step(old), record) as T;
  };
  return {
    async get(id) {
      const shelved = await keyv.get<Shelved>(key(id));
      return shelved && lift(shelved);
    },
    async set(id, record) {
      await keyv.set(key(id), { version, record });
    },
    async add(id, record) {
      return adapter.add(key(id), textOf({ version, record }));
    },
    change: (id, record) => [key(id), textOf({ version, record })],
    async delete(id) {
      await keyv.delete(key(id));
    },
    async *entries(prefix = "") {
      for await (const [found, text] of adapter.range(key(prefix))) {
        const data = await keyv.deserializeData<Shelved>(text);
        if (data?.value) yield [found.slice(kind.length + 1), lift(data.value)];
      }
    },
  };
}

const BYTES = "$bytes";

/** A value as it is stored. A replacer makes writing several times slower, and hardly anything holds bytes. */
function textOf(value: unknown): string {
  return JSON.stringify(value, holdsBytes(value) ? packBytes : undefined);
}

function holdsBytes(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Uint8Array) return true;
  if (Array.isArray(value)) return value.some(holdsBytes);
  // By name: a list of what is in each object would be the larger part of what a turn allocates.
  for (const name in value) if (holdsBytes((value as Record<string, unknown>)[name])) return true;
  return false;
}

function packBytes(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const raw = this[key]; // a Buffer has become something else by now
  return raw instanceof Uint8Array ? { [BYTES]: Buffer.from(raw).toString("base64") } : value;
}

function unpackBytes(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(BYTES in value)) return value;
  return new Uint8Array(Buffer.from(String(value[BYTES]), "base64"));
}
