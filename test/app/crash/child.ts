/**
 * The process that is killed: a session on SQLite, a platform that is a file, and a parent that delivers events over the
 * channel of `fork`. Nothing here is mocked that a crash could touch: the store, the session and the clock are the real ones.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Effect, Event } from "#model/conversation.ts";
import type { Connection } from "#model/platform.ts";
import { createJourney } from "../../../src/app/journey.ts";
import { openStore } from "../../../src/app/store.ts";

const [storePath, postsPath, slowMs = "6"] = process.argv.slice(2);
if (!storePath || !postsPath) throw new Error("usage: child.ts STORE POSTS [SLOW_MS]");

/** A wait of the length of a network call, from nothing to the given time. */
const network = () => wait(Math.random() * Number(slowMs));

// The platform: a message is there once its line is. It looks a key up before it posts, as the real ones do.
const posted = new Map<string, string>();
if (existsSync(postsPath))
  for (const line of readFileSync(postsPath, "utf8").split("\n").filter(Boolean)) {
    const { key, id } = JSON.parse(line);
    posted.set(key, id);
  }
const connection: Connection = {
  async post(conversation, blocks, { key }) {
    await network();
    const known = posted.get(key);
    if (known) return known;
    const id = `m${posted.size + 1}`;
    const text = blocks.map((block) => ("text" in block ? block.text : "")).join();
    appendFileSync(postsPath, `${JSON.stringify({ key, id, conversation, text })}\n`);
    posted.set(key, id);
    await network(); // posted, and we do not know it yet
    return id;
  },
  async edit() {
    await network();
  },
  status: () => {},
  closed: new Promise(() => {}),
  close: async () => {},
};

const say = (text: string): Effect => ({ kind: "post", key: text, blocks: [{ kind: "paragraph", text }] });
const store = await openStore(`sqlite:${storePath}`, { lockWaitMs: 5_000 });
const journey = createJourney({
  store,
  platforms: new Map([["crash", { connection, limits: {} as never }]]),
  // Every event is written into the state, so that one that was handled twice or never shows.
  converse: (state, event) => {
    if (event.kind === "said") {
      const effects: Effect[] = [say(`${event.text} a`), say(`${event.text} b`)];
      const job = { kind: "check", files: [{ path: event.text, content: "x".repeat(30_000) }] } as const;
      if (Number(event.text) % 3 === 0)
        effects.splice(1, 0, { kind: "work", job: { ...job, files: [...job.files] } });
      return { state: { ...state, plans: [...state.plans, event.text] }, effects };
    }
    if (event.kind !== "done" || event.result.kind !== "check")
      return { state, effects: [say(`bad ${event.kind}`)] };
    const [block] = event.result.blocks;
    const text = block?.kind === "paragraph" ? block.text : "";
    return { state: { ...state, plans: [...state.plans, text] }, effects: [say(text)] };
  },
  jobs: {
    plan: () => Promise.reject(new Error("not asked for")),
    answer: () => Promise.reject(new Error("not asked for")),
    check: async ([file]) => {
      await wait(Math.random() * Number(slowMs) * 4);
      return [{ kind: "paragraph", text: `${file?.path} done` }];
    },
  },
  show: () => [],
  split: (blocks) => blocks.map((block) => [block]),
  say: () => (key) => key,
  log: {
    debug() {},
    info() {},
    warn() {},
    error: (fields, message) =>
      process.send?.({ kind: "error", message, fields: String((fields as { err?: unknown }).err) }),
  },
  // The count of tries is tested elsewhere; here the same effect may be hit by many kills in a row.
  session: { tries: 1_000 },
});
process.on("message", async (message: Event | "finish") => {
  if (message === "finish") {
    await journey.settled(AbortSignal.timeout(20_000));
    const records = await Array.fromAsync(store.conversations.entries());
    const open = await Array.fromAsync(store.open.entries());
    const blobs = await Array.fromAsync(store.blobs.entries());
    await journey.stop();
    await store.close();
    process.send?.({ kind: "finished", records, open: open.length, blobs: blobs.length }, () =>
      process.exit(0),
    );
    return;
  }
  const start = performance.now();
  await journey.receive(message);
  process.send?.({ kind: "ack", id: message.id, ms: performance.now() - start });
});
await journey.resume();
process.send?.({ kind: "ready" });
