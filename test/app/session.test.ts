import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { Effect, Event, State } from "#model/conversation.ts";
import { AmbiguousError, type Log, PermanentError } from "#model/platform.ts";
import type { Carry } from "../../src/app/session/carry.ts";
import type { Converse } from "../../src/app/session/turn.ts";
import type { Session, SessionOptions } from "../../src/app/session.ts";
import { createSession } from "../../src/app/session.ts";
import { openStore, owned, type Store } from "../../src/app/store.ts";

const CONVERSATION = "fake:1";
const brief = { edition: "basic" } as never;
const post = (key: string): Effect => ({ kind: "post", key, blocks: [{ kind: "paragraph", text: key }] });
const edit = (key: string): Effect => ({ kind: "edit", key, blocks: [] });
const work: Effect = { kind: "work", job: { kind: "plan", brief, revision: 1 } };

/** Says what a test wants: the text of an event names its effects, results are posted. */
const script = new Map<string, { effects: Effect[]; raise?: boolean }>();
const converse: Converse = (state, event) => {
  const plans = [...state.plans, event.kind === "said" ? event.text : event.kind];
  const next: State = { ...state, plans };
  if (event.kind === "done") return { state: next, effects: [post("result")] };
  if (event.kind === "failed") return { state: next, effects: [] };
  if (event.kind !== "said") return { state: next, effects: [] };
  if (event.text === "bug") throw new Error("a bug of ours");
  return { state: next, ...(script.get(event.text) ?? { effects: [post(event.text)] }) };
};

type Setup = {
  show?: Carry["show"];
  work?: Carry["work"];
  store?: Store;
  options?: Partial<SessionOptions>;
};

let open: { session: Session; store: Store }[] = [];
afterEach(async () => {
  for (const { session, store } of open)
    await session.stop(AbortSignal.timeout(100)).then(() => store.close());
  open = [];
  script.clear();
});

async function setUp(setup: Setup = {}) {
  const store = setup.store ?? (await openStore("memory:"));
  const shown: string[] = [];
  const sleeps: number[] = [];
  const lines: { level: string; fields: Record<string, unknown>; message: string }[] = [];
  const line = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields: { ...fields }, message });
  const log: Log = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
  const show: Carry["show"] = async (effect, carrying) => {
    const posts = await setup.show?.(effect, carrying);
    const name = effect.kind === "show" ? effect.plan : effect.key;
    const [first] = effect.kind === "show" ? [] : effect.blocks;
    shown.push(name === "failure" && first?.kind === "notice" ? `failure.${first.text}` : name);
    return posts ?? { [name]: `m-${carrying.effect}` };
  };
  const doWork: Carry["work"] = async (job, carrying) =>
    setup.work ? setup.work(job, carrying) : { kind: "plan", plan: "p1", revision: 1 };
  const session = createSession({
    store,
    converse,
    carry: { show, work: doWork },
    notice: (_, trouble) => [{ kind: "notice", tone: "error", text: trouble }],
    log,
    sleep: async (ms) => void sleeps.push(ms),
    ...setup.options,
  });
  open.push({ session, store });
  const record = () => store.conversations.get(CONVERSATION);
  return { session, store, shown, sleeps, lines, record };
}

let ids = 0;
const said = (text: string, id = `e${++ids}`): Event => ({
  id,
  conversation: CONVERSATION,
  at: 1,
  kind: "said",
  text,
});
const settled = (session: Session) => session.settled(AbortSignal.timeout(5_000));

describe("turns", () => {
  test("an event is handled once, however often and how close together it is delivered", async () => {
    const { session, shown, record } = await setUp();
    const event = said("hello");
    await Promise.all([session.receive(event), session.receive(event)]);
    await session.receive(event);
    await settled(session);
    expect(shown).toEqual(["hello"]);
    expect((await record())?.state.plans).toEqual(["hello"]);
  });

  test("what stands beside an event is written with it, or not at all", async () => {
    const { session, store, record } = await setUp();
    const beside = (value: string) => [store.notes.change("fake/place", value)];
    const { write } = store;
    store.write = () => Promise.reject(new Error("disk full"));
    await expect(session.receive(said("hello", "a"), beside("lost"))).rejects.toThrow("disk full");
    expect(await store.notes.get("fake/place")).toBeUndefined();
    const written: (readonly string[])[] = [];
    store.write = (changes) => write(changes).finally(() => written.push(changes.map(([key]) => key)));
    await session.receive(said("hello", "a"), beside("first"));
    // Together with the mark that makes a restart find it.
    expect(written[0]).toEqual(["notes/fake/place", `open/${CONVERSATION}`, `conversations/${CONVERSATION}`]);
    await session.receive(said("hello", "a"), beside("again"));
    await settled(session);
    expect(await store.notes.get("fake/place")).toBe("first");
    expect(Object.keys((await record())!.seen)).toEqual(["a"]);
  });

  test("seen ids are kept seven days, no longer", async () => {
    let now = 0;
    const { session, record } = await setUp({ options: { now: () => now } });
    await session.receive(said("a", "old"));
    now = 6 * 86_400_000;
    await session.receive(said("b", "newer"));
    expect(Object.keys((await record())!.seen)).toEqual(["old", "newer"]);
    now = 8 * 86_400_000;
    await session.receive(said("c", "newest"));
    expect(Object.keys((await record())!.seen)).toEqual(["newer", "newest"]);
  });

  test("is stored before receive resolves, and rejects when it cannot be", async () => {
    const { session, store, record, shown } = await setUp();
    const { write } = store;
    store.write = () => Promise.reject(new Error("disk full"));
    const event = said("hello");
    await expect(session.receive(event)).rejects.toThrow("disk full");
    expect(await record()).toBeUndefined();
    store.write = write;
    await session.receive(event);
    await settled(session);
    expect(shown).toEqual(["hello"]);
  });

  test("never waits for an effect", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { session, shown } = await setUp({ show: () => promise.then(() => ({})) });
    await session.receive(said("a"));
    await session.receive(said("b"));
    expect(shown).toEqual([]);
    resolve();
    await settled(session);
    expect(shown).toEqual(["a", "b"]);
  });

  test("a bug in a turn ends in a sentence, and the conversation goes on", async () => {
    const { session, shown, lines } = await setUp();
    await session.receive(said("bug"));
    await session.receive(said("after"));
    await settled(session);
    expect(shown).toEqual(["failure.internal", "after"]);
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
  });
});

describe("effects", () => {
  test("are carried out in order, remembered for edits, and leave nothing open", async () => {
    script.set("go", { effects: [post("one"), post("two"), edit("one"), post("three")] });
    let edited: string | undefined;
    const { session, store, shown, record } = await setUp({
      show: async (effect, { posts, effect: id }) => {
        if (effect.kind === "edit") edited = posts[effect.key];
        return effect.kind === "post" ? { [effect.key]: `m-${id}` } : {};
      },
    });
    await session.receive(said("go"));
    expect(await Array.fromAsync(store.open.entries())).toHaveLength(1);
    await settled(session);
    expect(shown).toEqual(["one", "two", "one", "three"]);
    expect(edited).toBe((await record())!.posts.one);
    expect((await record())!.outbox).toEqual([]);
    expect(await Array.fromAsync(store.open.entries())).toEqual([]);
  });

  test("a passing failure is tried again, in place, with growing waits and the same id", async () => {
    const tried: string[] = [];
    script.set("go", { effects: [post("one"), post("two")] });
    const { session, shown, sleeps } = await setUp({
      show: async (_, { effect }) => {
        tried.push(effect);
        if (tried.length < 3) throw new Error("502");
        return {};
      },
    });
    await session.receive(said("go"));
    await settled(session);
    expect(shown).toEqual(["one", "two"]);
    expect(new Set(tried.slice(0, 3)).size).toBe(1);
    expect(sleeps).toEqual([1_000, 5_000]);
  });

  test("after three tries it is given up with a sentence, and what stands behind goes on", async () => {
    script.set("go", { effects: [post("bad"), post("good")] });
    let tries = 0;
    const { session, shown } = await setUp({
      show: async (effect) => {
        if (effect.kind === "post" && effect.key === "bad" && ++tries) throw new Error("502");
        return {};
      },
    });
    await session.receive(said("go"));
    await settled(session);
    expect(tries).toBe(3);
    expect(shown).toEqual(["failure.internal", "good"]);
  });

  test("attempts of a process that died count: three deaths at one effect, and it is given up", async () => {
    const store = await openStore("memory:");
    const first = await setUp({ store, options: { reachable: () => false } });
    await first.session.receive(said("poison"));
    for (let death = 0; death < 3; death++) {
      const never = new Promise<never>(() => {});
      const dying = await setUp({ store, show: () => never });
      expect(await dying.session.resume()).toBe(1);
      await wait(5);
      open.pop(); // killed: it never gets to give anything back
    }
    const next = await setUp({ store });
    await next.session.resume();
    await settled(next.session);
    expect(next.shown).toEqual(["failure.internal"]);
  });

  test("no retry where none can help; the reason picks the sentence, and a failing sentence ends it", async () => {
    let tries = 0;
    const { session, shown, record } = await setUp({
      show: async (effect) => {
        tries++;
        if (effect.kind === "post" && effect.key === "big")
          throw new PermanentError("no", { reason: "too-large" });
        if (effect.kind === "post" && effect.key !== "failure")
          throw new PermanentError("gone", { reason: "gone" });
        if (shown.length > 0) throw new PermanentError("gone", { reason: "gone" });
        return {};
      },
    });
    await session.receive(said("big"));
    await settled(session);
    expect(shown).toEqual(["failure.too-large"]);
    expect(tries).toBe(2);
    await session.receive(said("lost"));
    await settled(session);
    expect(tries).toBe(4);
    expect((await record())!.outbox).toEqual([]);
  });

  test("what may have been posted is said, not doubled; an edit is simply repeated", async () => {
    script.set("go", { effects: [post("one"), edit("one"), post("two")] });
    const tried: string[] = [];
    const { session, shown } = await setUp({
      show: async (effect) => {
        tried.push(effect.kind === "show" ? "" : `${effect.kind} ${effect.key}`);
        const first = tried.filter((one) => one === tried.at(-1)).length === 1;
        if (first && tried.at(-1) !== "post two" && tried.at(-1) !== "post failure")
          throw new AmbiguousError("reset");
        return {};
      },
    });
    await session.receive(said("go"));
    await settled(session);
    expect(tried).toEqual(["post one", "post failure", "edit one", "edit one", "post two"]);
    expect(shown).toEqual(["failure.ambiguous", "one", "two"]);
  });

  test("large ones lie beside the record, are carried out whole, and go when they are done", async () => {
    const text = "x".repeat(300_000);
    const content = new Uint8Array([1, 2, 3]);
    const big: Effect = {
      kind: "post",
      key: "big",
      blocks: [
        { kind: "paragraph", text },
        { kind: "file", name: "a.zip", mime: "application/zip", content },
      ],
    };
    script.set("go", { effects: [big] });
    let blocks: unknown;
    const gate = Promise.withResolvers<void>();
    const { session, store, record } = await setUp({
      show: async (effect) => {
        await gate.promise;
        blocks = effect.kind === "post" && effect.blocks;
        return {};
      },
    });
    await session.receive(said("go"));
    expect(JSON.stringify(await record()).length).toBeLessThan(2_000);
    expect(await Array.fromAsync(store.blobs.entries())).toHaveLength(1);
    gate.resolve();
    await settled(session);
    expect(blocks).toEqual(big.blocks);
    expect(await Array.fromAsync(store.blobs.entries())).toEqual([]);
  });

  test("wait while nobody can carry them out, and cost no attempt", async () => {
    let there = false;
    const { session, shown, record } = await setUp({ options: { reachable: () => there } });
    await session.receive(said("later"));
    await settled(session);
    expect((await record())!.outbox.map(({ attempts }) => attempts)).toEqual([0]);
    there = true;
    await session.resume();
    await settled(session);
    expect(shown).toEqual(["later"]);
  });
});

describe("works", () => {
  const gateWork = () => {
    const gates: { resolve: () => void; signal: AbortSignal }[] = [];
    const doWork: Carry["work"] = (_, { signal }) =>
      new Promise((resolve, reject) => {
        gates.push({
          resolve: () => resolve({ kind: "plan", plan: `p${gates.length}`, revision: 1 }),
          signal,
        });
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    return { gates, work: doWork };
  };

  test("run beside later posts, stay in the outbox until their result is stored, and answer once", async () => {
    script.set("plan", { effects: [post("working"), work, post("behind")] });
    const { gates, work: doWork } = gateWork();
    const { session, shown, record } = await setUp({ work: doWork });
    await session.receive(said("plan"));
    await expect.poll(() => shown).toEqual(["working", "behind"]);
    await session.receive(said("meanwhile"));
    await expect.poll(() => shown).toEqual(["working", "behind", "meanwhile"]);
    await expect
      .poll(async () => (await record())!.outbox.map(({ effect }) => effect.kind))
      .toEqual(["work"]);
    gates[0]!.resolve();
    await settled(session);
    expect(shown.at(-1)).toBe("result");
    expect((await record())!.outbox).toEqual([]);
    expect(gates).toHaveLength(1);
  });

  test("stop aborts at once and shows nothing of it any more", async () => {
    script.set("plan", { effects: [work] });
    script.set("stop", { effects: [{ kind: "abort" }, post("stopped")], raise: true });
    const { gates, work: doWork } = gateWork();
    const { session, shown, record } = await setUp({ work: doWork });
    await session.receive(said("plan"));
    await expect.poll(() => gates).toHaveLength(1);
    await session.receive(said("stop"));
    expect(gates[0]!.signal.aborted).toBe(true);
    await settled(session);
    expect(shown).toEqual(["stopped"]);
    expect((await record())!.generation).toBe(1);
  });

  test("what an older generation still brings is counted, not shown", async () => {
    script.set("plan", { effects: [work] });
    script.set("again", { effects: [work], raise: true });
    const finish: (() => void)[] = [];
    const { session, shown, lines, record } = await setUp({
      work: () =>
        new Promise((resolve) => finish.push(() => resolve({ kind: "plan", plan: "p", revision: 1 }))),
    });
    await session.receive(said("plan"));
    await expect.poll(() => finish).toHaveLength(1);
    await session.receive(said("again"));
    await expect.poll(() => finish).toHaveLength(2);
    finish[0]!();
    await expect.poll(() => lines.filter(({ message }) => /older generation/.test(message))).toHaveLength(1);
    expect(shown).toEqual([]);
    finish[1]!();
    await settled(session);
    expect(shown).toEqual(["result"]);
    expect((await record())!.state.plans).toEqual(["plan", "again", "done"]);
  });

  test("are started again after a stop or a crash, without losing a try to a stop", async () => {
    script.set("plan", { effects: [work] });
    const store = await openStore("memory:");
    for (let restart = 0; restart < 5; restart++) {
      const { gates, work: doWork } = gateWork();
      const { session } = await setUp({ store, work: doWork });
      await (restart === 0 ? session.receive(said("plan")) : session.resume());
      await expect.poll(() => gates).toHaveLength(1);
      await session.stop();
      open.pop();
      await expect(session.receive(said("late"))).rejects.toThrow(/deliver it again/);
    }
    const { session, shown } = await setUp({ store });
    await session.resume();
    await settled(session);
    expect(shown).toEqual(["result"]);
  });

  test.each([
    ["internal", () => new Error("model down"), 3],
    ["refused", () => new PermanentError("content policy"), 1],
    ["timeout", () => new DOMException("too slow", "TimeoutError"), 3],
  ] as const)("end in a sentence when they fail for good (%s)", async (reason, error, tries) => {
    script.set("plan", { effects: [work] });
    let count = 0;
    const { session, shown, record } = await setUp({
      work: async () => {
        count++;
        throw error();
      },
    });
    await session.receive(said("plan"));
    await settled(session);
    expect(count).toBe(tries);
    expect(shown).toEqual([`failure.${reason}`]);
    expect((await record())!.state.plans).toEqual(["plan", "failed"]);
  });

  test("a work that never ends is ended", async () => {
    script.set("plan", { effects: [work] });
    const { work: doWork } = gateWork();
    const { session, shown } = await setUp({ work: doWork, options: { workMs: 5, tries: 1 } });
    await session.receive(said("plan"));
    await settled(session);
    expect(shown).toEqual(["failure.timeout"]);
  });
});

test("a post that never answers and does not listen is tried again, and what stands behind it goes on", async () => {
  script.set("go", { effects: [post("deaf"), post("next")] });
  const { session, shown } = await setUp({
    show: (effect) =>
      effect.kind === "post" && effect.key === "deaf" ? new Promise(() => {}) : Promise.resolve({}),
    options: { showMs: 5 },
  });
  await session.receive(said("go"));
  await settled(session);
  expect(shown).toEqual(["failure.timeout", "next"]);
});

describe("forgetting", () => {
  test("comes last of its turn, removes all records, and a late second delivery does not begin anew", async () => {
    script.set("forget", { effects: [{ kind: "forget" }, post("forgotten")] });
    const { session, store, shown, record } = await setUp();
    await store.plans.add(owned(CONVERSATION, "p"), { id: "p" } as never);
    await session.receive(said("hello"));
    const event = said("forget");
    await session.receive(event);
    await settled(session);
    expect(shown).toEqual(["hello", "forgotten"]);
    expect(await record()).toBeUndefined();
    expect(await store.plans.get(owned(CONVERSATION, "p"))).toBeUndefined();
    expect(await Array.fromAsync(store.open.entries())).toEqual([]);
    await session.receive(event);
    await settled(session);
    expect(shown).toEqual(["hello", "forgotten"]);
    expect(await record()).toBeUndefined();
  });

  test("keeps what was asked for since", async () => {
    script.set("forget", { effects: [post("slow"), { kind: "forget" }] });
    const gate = Promise.withResolvers<void>();
    const { session, shown, record } = await setUp({
      show: async (effect) => {
        if (effect.kind === "post" && effect.key === "slow") await gate.promise;
        return {};
      },
    });
    await session.receive(said("forget"));
    await session.receive(said("new start"));
    gate.resolve();
    await settled(session);
    expect(shown).toEqual(["slow", "new start"]);
    expect((await record())!.outbox).toEqual([]);
  });
});

test("a store that fails between two effects is waited for, and nothing is carried out twice", async () => {
  script.set("go", { effects: [post("one"), post("two"), post("three")] });
  const { session, store, shown, sleeps } = await setUp();
  const { write } = store;
  let writes = 0;
  store.write = (changes) => (++writes % 2 === 0 ? Promise.reject(new Error("locked")) : write(changes));
  await session.receive(said("go"));
  await settled(session);
  expect(shown).toEqual(["one", "two", "three"]);
  expect(sleeps.length).toBeGreaterThan(0);
});

test("stop lets a post end that has begun, and gives it back when the time is up", async () => {
  const gate = Promise.withResolvers<void>();
  const first = await setUp({ show: () => gate.promise.then(() => ({})) });
  await first.session.receive(said("a"));
  await first.session.receive(said("b"));
  const stopping = first.session.stop();
  gate.resolve();
  await stopping;
  expect(first.shown).toEqual(["a"]);
  expect((await first.record())!.outbox).toHaveLength(1);

  const second = await setUp({
    store: first.store,
    show: (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });
  await second.session.resume();
  await wait(5);
  await second.session.stop(AbortSignal.timeout(20));
  expect((await second.record())!.outbox.map(({ attempts }) => attempts)).toEqual([0]);
});
