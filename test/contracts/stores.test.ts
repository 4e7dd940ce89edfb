import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Conversation } from "#model/conversation.ts";
import { freshState } from "#model/conversation.ts";
import { TaskError } from "#model/errors.ts";
import type { Plan } from "#model/plan.ts";
import { noteChanges, openStore, owned, platformNotes, type Store } from "../../src/app/store.ts";
import { findPostgres, type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";

const bin = findPostgres();
const folder = mkdtempSync(join(tmpdir(), "edgewright-store-"));
let server: PostgresServer | undefined;
let count = 0;

/** Each store: a fresh URL, and all bytes it keeps on disk. */
const stores: Record<string, { url: () => string | Promise<string>; bytes?: () => Buffer }> = {
  memory: { url: () => "memory:" },
  sqlite: { url: () => `sqlite:${join(folder, `${++count}.sqlite`)}`, bytes: () => allBytes(folder) },
};
if (bin)
  stores.postgres = {
    url: async () => {
      const name = `t${++count}`;
      await server!.createDatabase(name);
      return server!.url(name);
    },
  };
else console.warn("stores: no initdb/postgres on PATH or in /usr/lib/postgresql, PostgreSQL is not tested");

beforeAll(async () => {
  if (bin) server = await startPostgres(bin);
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

function allBytes(of: string): Buffer {
  const files = readdirSync(of, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
}

function conversation(id: string, more: Partial<Conversation> = {}): Conversation {
  const now = 1_000_000_000_000;
  return {
    version: 1,
    id,
    state: freshState,
    generation: 0,
    seen: {},
    outbox: [],
    posts: {},
    createdAt: now,
    updatedAt: now,
    ...more,
  };
}
const plan = (id: string, words = "") => ({ version: 1, id, summary: words }) as unknown as Plan;

async function ids(entries: AsyncIterable<[string, unknown]>): Promise<string[]> {
  const found: string[] = [];
  for await (const [id] of entries) found.push(id);
  return found;
}

describe.each(Object.keys(stores))("store %s", (name) => {
  const { url: newUrl, bytes } = stores[name]!;
  let url: string;
  let store: Store;
  beforeEach(async () => {
    url = await newUrl();
    store = await openStore(url);
  });
  afterEach(() => store.close());

  test("gives back what was written, whatever the text or bytes", async () => {
    // Zero characters are no text in PostgreSQL, and JSON keeps them apart from it; keyv's own format breaks ":base64:".
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(":base64:aGk=", "::", "\u0000", "✓"),
    );
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.dictionary(anything, anything), fc.uint8Array(), async (words, data) => {
        const id = owned("slack:C1:1.2", String(n++));
        const value = { words: Object.entries(words), nested: [{ data }] };
        await store.blobs.set(id, value);
        expect(await store.blobs.get(id)).toEqual(value);
      }),
      { numRuns: 40 },
    );
  });

  test("knows no record that was not written, and none that was deleted", async () => {
    expect(await store.conversations.get("slack:x")).toBeUndefined();
    await store.conversations.set("slack:x", conversation("slack:x"));
    await store.conversations.delete("slack:x");
    expect(await store.conversations.get("slack:x")).toBeUndefined();
  });

  test("lists by prefix, in order, past one page, without neighbours, while records are deleted", async () => {
    const wanted = Array.from({ length: 120 }, (_, n) => `discord/${String(n).padStart(3, "0")}`);
    for (const id of [...wanted, "discor", "discord0", "slack/1", "discord\u{10FFFF}"])
      await store.notes.set(id, 1);
    const found: string[] = [];
    for await (const [id] of store.notes.entries("discord/")) {
      found.push(id);
      await store.notes.delete(id);
    }
    expect(found).toEqual(wanted);
    expect(await ids(store.notes.entries("discord/"))).toEqual([]);
    expect(await ids(store.open.entries())).toEqual([]);
  });

  test("adds a record once and never changes it by adding", async () => {
    const id = owned("slack:x", "p1");
    expect(await store.plans.add(id, plan("p1", "first"))).toBe(true);
    expect(await store.plans.add(id, plan("p1", "second"))).toBe(false);
    expect(await store.plans.get(id)).toEqual(plan("p1", "first"));
  });

  test("writes several records at once, of each the last, or none of them", async () => {
    const at = (n: number) => store.open.change("slack:1", n);
    await store.write([at(1), store.notes.change("slack/a", { words: "\u0000" }), at(2)]);
    await store.write([]);
    expect(await store.open.get("slack:1")).toBe(2);
    expect(await store.notes.get("slack/a")).toEqual({ words: "\u0000" });
    if (name === "memory") return; // what cannot fail is never half there
    const bad = [null as never, "1"] as const;
    await expect(store.write([at(3), bad, store.open.change("slack:2", 1)])).rejects.toThrow(TaskError);
    expect(await ids(store.open.entries())).toEqual(["slack:1"]);
    expect(await store.open.get("slack:1")).toBe(2);
  });

  test("counts every addition of a day, also those at the same moment", async () => {
    await Promise.all(Array.from({ length: 20 }, () => store.count("2026-11-21", "tokens", 5)));
    expect(await store.count("2026-11-21", "tokens", 0)).toBe(100);
    expect(await store.count("2026-11-22", "tokens", 0)).toBe(0);
  });

  test("keeps the notes of platforms apart", async () => {
    await platformNotes(store, "slack").set("cursor", "1.2");
    expect(await platformNotes(store, "slack").get("cursor")).toBe("1.2");
    await store.write(noteChanges(store, "slack", [["cursor", "1.3"]]));
    expect(await platformNotes(store, "slack").get("cursor")).toBe("1.3");
    expect(await platformNotes(store, "discord").get("cursor")).toBeUndefined();
  });

  test("forgets a conversation with its plans, and no other one", async () => {
    for (const id of ["slack:C1:1", "slack:C1:11"]) {
      await store.conversations.set(id, conversation(id, { state: { ...freshState, plans: ["p"] } }));
      await store.open.set(id, 1);
      await store.plans.add(owned(id, "p"), plan("p"));
      await store.blobs.set(owned(id, "b"), "b");
    }
    await store.forget("slack:C1:1");
    expect(await ids(store.conversations.entries())).toEqual(["slack:C1:11"]);
    expect(await ids(store.open.entries())).toEqual(["slack:C1:11"]);
    expect(await ids(store.plans.entries())).toEqual([owned("slack:C1:11", "p")]);
    expect(await ids(store.blobs.entries())).toEqual([owned("slack:C1:11", "b")]);
  });

  test.runIf(bytes)("leaves nothing of a forgotten text in its files", async () => {
    const id = "slack:C9:9";
    const words = (n: number) => `five thousand unforgettable trucks, number ${n} ${"x".repeat(3000)}`;
    for (let n = 0; n < 30; n++) {
      await store.conversations.set(
        id,
        conversation(id, { state: { ...freshState, answers: { notes: words(n) } } }),
      );
      await store.plans.add(owned(id, `p${n}`), plan(`p${n}`, words(n)));
    }
    expect(bytes!().includes("unforgettable")).toBe(true);
    await store.forget(id);
    expect(bytes!().includes("unforgettable")).toBe(false);
  });

  test("retention removes what is idle with all that hangs on it, and orphans, and keeps the rest", async () => {
    const dayMs = 86_400_000;
    const now = 1_700_000_000_000;
    const idle = conversation("slack:old", { updatedAt: now - 31 * dayMs });
    const used = conversation("slack:new", { updatedAt: now - 29 * dayMs });
    for (const one of [idle, used]) {
      await store.conversations.set(one.id, one);
      await store.plans.add(owned(one.id, "p"), plan("p"));
    }
    await store.plans.add(owned("slack:gone", "p"), plan("p"));
    await store.count("2020-01-01", "tokens", 1);
    expect(await store.retain(30, { now })).toEqual(["slack:old"]);
    expect(await ids(store.conversations.entries())).toEqual(["slack:new"]);
    expect(await ids(store.plans.entries())).toEqual([owned("slack:new", "p")]);
    expect(await store.count("2020-01-01", "tokens", 0)).toBe(0);
  });

  test.runIf(name !== "memory")(
    "keeps everything over a restart, and lifts old records to a new version",
    async () => {
      await store.notes.set("slack/a", { words: 1 });
      await store.close();
      const lift = (record: unknown) => ({ ...(record as object), lifted: true });
      store = await openStore(url, { formats: { notes: [lift] } });
      expect(await store.notes.get("slack/a")).toEqual({ words: 1, lifted: true });
      expect(await Array.fromAsync(store.notes.entries())).toEqual([["slack/a", { words: 1, lifted: true }]]);
      await store.notes.set("slack/b", { words: 2 });
      await store.close();
      store = await openStore(url);
      expect(await store.notes.get("slack/a")).toEqual({ words: 1 });
      await expect(store.notes.get("slack/b")).rejects.toThrow(
        /newer Edgewright \(version 2, this one knows 1\)/,
      );
    },
  );

  test.runIf(name !== "memory")(
    "refuses a second one with a sentence, and lets it in once the first is gone",
    async () => {
      const second = openStore(url, { lockWaitMs: 0 });
      await expect(second).rejects.toThrow(TaskError);
      await expect(second).rejects.toThrow(/in use by another Edgewright process\. Stop that one/);
      const waiting = openStore(url, { lockWaitMs: 5_000 });
      await store.close();
      store = await waiting;
    },
  );
});
