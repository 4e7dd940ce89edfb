import { afterEach, describe, expect, test } from "vitest";
import type { Block } from "#model/block.ts";
import type { Effect, Event, State } from "#model/conversation.ts";
import type { Plan } from "#model/plan.ts";
import { AmbiguousError, type Connection, type Log, PermanentError, type Step } from "#model/platform.ts";
import { createJourney, type Journey, type JourneyOptions } from "../../src/app/journey.ts";
import { openStore, owned, type Store } from "../../src/app/store.ts";

const words = (text: string): Block => ({ kind: "paragraph", text });
const wordsOf = (blocks: readonly Block[]) =>
  blocks.map((block) => ("text" in block ? block.text : block.kind)).join("|");
const plan = (id: string, text = "words") =>
  ({
    version: 1,
    id,
    revision: 1,
    summary: { en: text, de: text, es: text, zh: text },
    provenance: { model: "none", inputTokens: 3, outputTokens: 4, costUsd: 0.5 },
  }) as unknown as Plan;

/** One message a block; every call is written down. */
function fakePlatform(refuse: (what: string) => Error | undefined = () => undefined) {
  const calls: string[] = [];
  const keys: string[] = [];
  const statuses: Step[][] = [];
  const act = async (what: string) => {
    const error = refuse(what);
    calls.push(error ? `${what} failed` : what);
    if (error) throw error;
  };
  const connection: Connection = {
    async post(_, blocks, { key }) {
      await act(`post ${wordsOf(blocks)}`);
      keys.push(key);
      return `id-${keys.length}`;
    },
    edit: (_, message, blocks) => act(`edit ${message} ${wordsOf(blocks)}`),
    status: (_, steps) => void statuses.push(steps),
    closed: new Promise(() => {}),
    close: async () => {},
  };
  return { calls, keys, statuses, platform: { connection, limits: {} as never } };
}

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };
let ending: { journey: Journey; store: Store }[] = [];
afterEach(async () => {
  for (const { journey, store } of ending) {
    await journey.stop(AbortSignal.timeout(50));
    await store.close();
  }
  ending = [];
});

type Setup = Partial<Omit<JourneyOptions, "platforms">> & {
  effects?: (event: Event, state: State) => Effect[];
  refuse?: (what: string) => Error | undefined;
};

async function setUp({ effects = () => [], refuse, ...options }: Setup = {}) {
  const store = options.store ?? (await openStore("memory:"));
  const fake = fakePlatform(refuse);
  const platforms = new Map([["fake", fake.platform]]);
  const journey = createJourney({
    converse: (state, event) => ({ state, effects: effects(event, state) }),
    jobs: {
      plan: async () => plan("p"),
      answer: async (question, about) => [words(`${question}: ${about?.id ?? "catalogue"}`)],
      check: async (files) => files.map(({ path }) => words(path)),
    },
    show: (shown, { part, language, since }) => [
      words(`${shown.id} ${part} ${language} ${since?.id ?? ""}`.trim()),
    ],
    split: (blocks) => blocks.map((block) => [block]),
    say: () => (key) => key,
    log: quiet,
    session: { sleep: async () => {} },
    ...options,
    store,
    platforms,
  });
  ending.push({ journey, store });
  return { ...fake, journey, store, platforms };
}

let ids = 0;
const said = (text: string, conversation = "fake:t1"): Event => ({
  id: `e${++ids}`,
  conversation,
  at: 1,
  kind: "said",
  text,
});
const settled = (journey: Journey) => journey.settled(AbortSignal.timeout(5_000));
const brief = {} as never;

describe("plans", () => {
  const planning = (event: Event): Effect[] => {
    if (event.kind === "said") return [{ kind: "work", job: { kind: "plan", brief, revision: 1 } }];
    if (event.kind !== "done" || event.result.kind !== "plan") return [];
    return [{ kind: "show", plan: event.result.plan, part: "whole" }];
  };

  test("are made, stored, named, shown, and their cost is counted", async () => {
    const steps: Step[] = [{ key: "decide", state: "running" }];
    const jobs = {
      plan: async (_: unknown, { onStep }: { onStep: (of: Step[]) => void }) => {
        onStep(steps);
        return plan("p");
      },
    };
    const { journey, store, calls, statuses } = await setUp({ effects: planning, jobs: jobs as never });
    await journey.receive(said("go"));
    await settled(journey);
    expect(calls).toEqual(["post p whole en"]);
    const over = steps.map((step) => ({ ...step, state: "done" }));
    expect(statuses).toEqual([steps, over, []]);
    expect(await store.plans.get(owned("fake:t1", "p"))).toEqual(plan("p"));
    const day = new Date().toISOString().slice(0, 10);
    expect(await store.count(day, "tokens", 0)).toBe(7);
    expect(await store.count(day, "microUsd", 0)).toBe(500_000);
  });

  test("are told who asked: the person who started, else the conversation", async () => {
    const users: string[] = [];
    const jobs = {
      plan: async (_: unknown, { user }: { user: string }) => {
        users.push(user);
        return plan("p");
      },
    };
    const converse: JourneyOptions["converse"] = (state, event) => ({
      state: event.person ? { ...state, startedBy: event.person } : state,
      effects: planning(event),
    });
    const { journey } = await setUp({ converse, jobs: jobs as never });
    await journey.receive(said("go"));
    await settled(journey);
    await journey.receive({ ...said("go"), person: { id: "U1", name: "Ada" } });
    await settled(journey);
    expect(users).toEqual(["fake:t1", "fake:U1"]);
  });

  test("that a person changes in words of their own are read with the plan they mean; without a model nothing is read", async () => {
    const results: unknown[] = [];
    const effects = (event: Event): Effect[] => {
      if (event.kind === "done" && event.result.kind === "patch") results.push(event.result);
      if (event.kind === "done" && event.result.kind === "plan")
        return [{ kind: "work", job: { kind: "patch", message: "twice", plan: event.result.plan } }];
      return planning(event);
    };
    const patch = async (message: string, { id }: Plan) => ({ notes: `${message} ${id}` });
    for (const extra of [{ patch }, {}]) {
      const jobs = { plan: async () => plan("p"), ...extra } as never;
      const { journey } = await setUp({ effects, jobs });
      await journey.receive(said("go"));
      await settled(journey);
    }
    const asked = { kind: "patch", message: "twice", plan: "p" };
    expect(results).toEqual([{ ...asked, answers: { notes: "twice p" } }, asked]);
  });

  test("never change: the same one is kept once, another one of the same id beside it", async () => {
    const made = [plan("p"), plan("p"), plan("p", "other words")];
    const jobs = { plan: async () => made.shift()! } as never;
    const { journey, store, calls } = await setUp({ effects: planning, jobs });
    for (const text of ["one", "two", "three"]) {
      await journey.receive(said(text));
      await settled(journey);
    }
    expect(calls).toEqual(["post p whole en", "post p whole en", "post p-2 whole en"]);
    expect((await store.plans.get(owned("fake:t1", "p")))?.summary.en).toBe("words");
  });

  test("a plan that is not stored any more ends in a sentence", async () => {
    const { journey, calls } = await setUp({ effects: () => [{ kind: "show", plan: "gone", part: "zip" }] });
    await journey.receive(said("zip"));
    await settled(journey);
    expect(calls).toEqual(["post failure.internal"]);
  });

  test("questions are answered from the plan, or from the catalogue before there is one", async () => {
    const { journey, store, calls } = await setUp({
      effects: (event) => {
        if (event.kind === "said")
          return [
            { kind: "work", job: { kind: "answer", question: "why", plan: event.text === "p" ? "p" : "" } },
          ];
        return event.kind === "done" && event.result.kind === "answer"
          ? [{ kind: "post", key: "note", blocks: event.result.blocks }]
          : [];
      },
    });
    await store.plans.add(owned("fake:t1", "p"), plan("p"));
    for (const text of ["p", "none"]) {
      await journey.receive(said(text));
      await settled(journey);
    }
    expect(calls).toEqual(["post why: p", "post why: catalogue"]);
  });
});

describe("messages", () => {
  test("in pieces: what is posted is not posted again when a later piece fails", async () => {
    let failed = false;
    const { journey, calls, keys, store } = await setUp({
      effects: () => [{ kind: "post", key: "long", blocks: [words("1"), words("2"), words("3")] }],
      refuse: (what) => {
        if (what !== "post 2" || failed) return undefined;
        failed = true;
        return new Error("502");
      },
    });
    await journey.receive(said("go"));
    await settled(journey);
    expect(calls).toEqual(["post 1", "post 2 failed", "post 2", "post 3"]);
    const [effect] = keys[0]!.split(":");
    expect(keys).toEqual([`${effect}:0`, `${effect}:1`, `${effect}:2`]);
    expect((await store.conversations.get("fake:t1"))!.posts).toEqual({
      long: "id-1",
      "long#1": "id-2",
      "long#2": "id-3",
    });
  });

  test("a piece that may be there is not repeated, the rest is posted, and then it is said", async () => {
    const { journey, calls } = await setUp({
      effects: () => [{ kind: "post", key: "long", blocks: [words("1"), words("2"), words("3")] }],
      refuse: (what) => (what === "post 2" ? new AmbiguousError("connection reset") : undefined),
    });
    await journey.receive(said("go"));
    await settled(journey);
    expect(calls).toEqual(["post 1", "post 2 failed", "post 3", "post failure.ambiguous"]);
  });

  test("an edit finds all its pieces, and posts what is new or cannot be edited", async () => {
    const { journey, calls } = await setUp({
      effects: (event) => {
        const text = event.kind === "said" ? event.text : "";
        const blocks = text.split(" ").map(words);
        return [{ kind: text.startsWith("a") ? "post" : "edit", key: "card", blocks }];
      },
      refuse: (what) => (what.startsWith("edit id-2") ? new PermanentError("deleted") : undefined),
    });
    await journey.receive(said("a1 a2"));
    await journey.receive(said("b1 b2 b3"));
    await settled(journey);
    expect(calls).toEqual([
      "post a1",
      "post a2",
      "edit id-1 b1",
      "edit id-2 b2 failed",
      "post b2",
      "post b3",
    ]);
    await journey.receive(said("c1 c2"));
    await settled(journey);
    expect(calls.slice(-2)).toEqual(["edit id-1 c1", "edit id-3 c2"]);
  });

  test("wait for a platform that is not connected, and go on once it is", async () => {
    const { journey, platforms, store } = await setUp({
      effects: () => [{ kind: "post", key: "a", blocks: [words("hi")] }],
    });
    await journey.receive(said("x", "other:1"));
    await settled(journey);
    expect(await Array.fromAsync(store.open.entries())).toHaveLength(1);
    const other = fakePlatform();
    platforms.set("other", other.platform);
    expect(await journey.resume()).toBe(1);
    await settled(journey);
    expect(other.calls).toEqual(["post hi"]);
  });
});

test("credentials are blanked before anything else sees them", async () => {
  const token = "xoxb-123456789012-abcdefABCDEF123456";
  const seen: Event[] = [];
  const { journey } = await setUp({
    effects: (event) => {
      seen.push(event);
      return [];
    },
  });
  const base = { conversation: "fake:t1", at: 1 };
  const content = new TextEncoder().encode(`token: ${token}`);
  const binary = new Uint8Array([0xff, 0xfe, 1]);
  const attachments = [
    { name: "a.yaml", bytes: 1, text: `password: ${token}`, content },
    { name: "b.bin", bytes: 3, content: binary },
  ];
  await journey.receive({ ...base, id: "a", kind: "said", text: `it is ${token}`, attachments });
  await journey.receive({ ...base, id: "b", kind: "submitted", fields: { notes: token } });
  await journey.receive({ ...base, id: "c", kind: "pressed", action: "x", value: token });
  const text = seen.map((event) =>
    JSON.stringify(event, (_, value) =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
    ),
  );
  expect(text.join()).not.toContain("abcdefABCDEF");
  expect(text[0]).toContain("it is ‹secret:slack-token›");
  expect(seen[0]!.kind === "said" && seen[0]!.attachments![1]!.content).toEqual(binary);
});

test("retention removes idle conversations and leaves the others able to go on", async () => {
  let now = 0;
  const { journey, store, calls } = await setUp({
    effects: (event) => [{ kind: "post", key: "a", blocks: [words(event.conversation)] }],
    session: { now: () => now, sleep: async () => {} },
  });
  await journey.receive(said("x", "fake:old"));
  await settled(journey);
  now = 40 * 86_400_000;
  await journey.receive(said("x", "fake:new"));
  await settled(journey);
  expect(await journey.retain(30)).toBe(1);
  expect(await store.conversations.get("fake:old")).toBeUndefined();
  await journey.receive(said("y", "fake:old"));
  await settled(journey);
  expect(calls).toEqual(["post fake:old", "post fake:new", "post fake:old"]);
});

describe("caps and feedback", () => {
  const brief = { language: "en" } as never;
  const making = (event: Event, state: State): Effect[] => {
    if (event.kind === "failed")
      return [{ kind: "post", key: "x", blocks: [words(`failed: ${event.reason}`)] }];
    if (event.kind !== "said") return [];
    return state && [{ kind: "work", job: { kind: "plan", brief, revision: 1 } }];
  };

  test("a person's plans of a day are counted over conversations, and the one too many is refused with its reason", async () => {
    const made: string[] = [];
    const { journey, calls } = await setUp({
      effects: making,
      plansPerDay: { person: 2, scope: 0 },
      converse: (state, event) => ({
        state: event.person && !state.startedBy ? { ...state, startedBy: event.person } : state,
        effects: making(event, state),
      }),
      jobs: {
        plan: async (_, { conversation }) => {
          made.push(conversation);
          return plan(conversation);
        },
        answer: async () => [],
        check: async () => [],
      },
    });
    const person = { id: "U1", name: "Ada" };
    for (const n of [1, 2, 3])
      await journey.receive({
        id: `e${n}`,
        conversation: `fake:${n}`,
        at: n,
        person,
        kind: "said",
        text: "go",
      });
    await journey.settled();
    expect(made).toEqual(["fake:1", "fake:2"]);
    expect(calls).toContain("post failed: limit");
  });

  test("a workspace has a cap of its own, over people", async () => {
    const { journey, calls } = await setUp({
      plansPerDay: { person: 0, scope: 1 },
      converse: (state, event) => ({ state: { ...state, scope: "T" }, effects: making(event, state) }),
    });
    for (const n of [1, 2])
      await journey.receive({ id: `e${n}`, conversation: `fake:${n}`, at: n, kind: "said", text: "go" });
    await journey.settled();
    expect(calls.filter((call) => call === "post failed: limit")).toHaveLength(1);
  });

  test("feedback is counted for the operator", async () => {
    const { journey, store } = await setUp();
    const press = (id: string, value: string): Event => ({
      id,
      conversation: "fake:1",
      at: 1,
      kind: "pressed",
      action: "feedback",
      value,
    });
    await journey.receive(press("a", "up"));
    await journey.receive(press("b", "down"));
    await journey.receive(press("c", "up"));
    const day = new Date().toISOString().slice(0, 10);
    expect([await store.count(day, "feedback/up", 0), await store.count(day, "feedback/down", 0)]).toEqual([
      2, 1,
    ]);
  });
});
