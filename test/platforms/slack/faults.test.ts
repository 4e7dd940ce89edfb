import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Json, Message } from "../../fakes/slack.ts";
import { type Here, type HereOptions, here } from "./here.ts";

let bot: Here;
const open = async (options: HereOptions = {}) => {
  bot = await here(options);
  return bot.fake;
};
const closers: (() => void)[] = [];
afterEach(async () => {
  await bot?.close();
  for (const close of closers.splice(0)) close();
});

const anna = "U0ANNA";
const textOf = ({ text, blocks = [], files = [] }: Json): string =>
  JSON.stringify([text, blocks, files.map(({ title }: Json) => title)]);

async function thread(): Promise<Message[]> {
  const root = (await bot.fake.messages("C0EDGE")).find(
    ({ bot_id, thread_ts, ts }) => bot_id && (thread_ts ?? ts) === ts,
  );
  return root ? bot.fake.thread("C0EDGE", root.ts) : [];
}

async function told(words: string, timeoutMs = 20_000): Promise<Message> {
  return bot.fake.waitFor(
    async () => (await thread()).find((message) => message.bot_id && textOf(message).includes(words)),
    {
      what: words,
      timeoutMs,
    },
  );
}

/** Every message of ours, by what it says, to see that none is there twice. */
async function saidOnce(): Promise<void> {
  const said = (await thread()).filter(({ bot_id }) => bot_id).map(textOf);
  expect(said.filter((text, at) => said.indexOf(text) !== at)).toEqual([]);
}

const begin = () =>
  bot.fake.command({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB, three nodes each, SSD" });

/** Settings with a model that never answers; it is given up after a second where the plan shall come. */
async function thinking({ seconds = 90 } = {}): Promise<Record<string, string>> {
  const model = createServer(() => {});
  await new Promise<void>((resolve) => model.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    model.closeAllConnections();
    model.close();
  });
  const { port } = model.address() as AddressInfo;
  return {
    ...{ MODELS: "openai:gpt-5.5", OPENAI_API_KEY: "none", OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` },
    EDGEWRIGHT_MODEL_TOTAL_SECONDS: String(seconds),
  };
}

async function plan(): Promise<void> {
  await begin();
  const [root] = await bot.fake.waitFor(async () => (await thread()).length > 1 && thread());
  await bot.fake.say({ user: anna, channel: "C0EDGE", thread_ts: root!.ts, text: "generate" });
  const card = await told("Generate the plan");
  await bot.fake.click({
    user: anna,
    message: { channel: "C0EDGE", ts: card.ts },
    text: "Generate the plan",
  });
}

describe("a reply that is lost", () => {
  test("after Slack took a post, leads to no second one: the root and the thread are looked through", async () => {
    const fake = await open();
    await fake.fail({ method: "chat.postMessage", after: true, times: 2 });
    await begin();
    await told("1 of");
    await fake.settled();
    const calls = await fake.calls("chat.postMessage");
    expect(calls.filter(({ acted }) => acted)).toHaveLength(2);
    await saidOnce();
  });

  test("before Slack did anything, leads to a second try", async () => {
    const fake = await open();
    await fake.fail({ method: "chat.postMessage", status: 500, times: 1 });
    await begin();
    await told("1 of");
    await saidOnce();
  });

  test("because a call hangs, keeps nobody waiting for ever", { timeout: 40_000 }, async () => {
    const fake = await open();
    await fake.fail({ method: "chat.postMessage", hang: true, times: 1 });
    await begin();
    await told("1 of", 30_000);
    await saidOnce();
  });

  test("of a first direct message, leads to no second one and to no alarm", async () => {
    const fake = await open();
    await fake.openHome(anna);
    const home = await fake.waitFor(async () => (await fake.homes())[anna]);
    await fake.click({ user: anna, view: home.id, action_id: "edgehome:new" });
    const [form] = await fake.waitFor(async () => (await fake.views(anna)).length > 0 && fake.views(anna));
    await fake.fail({ method: "chat.postMessage", after: true, times: 1 });
    await fake.submit({ user: anna, view: form!.id, values: { sites: "500" } });
    const said = async () => (await fake.messages("D0ANNA")).map(textOf);
    await fake.waitFor(async () => (await said()).some((text) => text.includes("Generate the plan")));
    await fake.settled();
    expect((await said()).filter((text) => text.includes("Planning an edge fleet"))).toHaveLength(1);
    expect((await said()).join()).not.toContain("may not have arrived");
  });

  test("of a file, leads to no second one", { timeout: 60_000 }, async () => {
    const fake = await open();
    await plan();
    await fake.fail({ method: "files.completeUploadExternal", after: true, times: 2 });
    await fake.fail({ method: "upload", status: 500, times: 1 });
    await told("Repository (zip)", 40_000);
    await fake.settled();
    const names = (await fake.files()).filter(({ ts }) => ts !== undefined).map(({ title }) => title);
    expect(names).toContain("fleet-r1.zip");
    expect(new Set(names).size).toBe(names.length);
    await saidOnce();
  });
});

describe("what slack refuses", () => {
  test("is said with plainer blocks, and its buttons still work", async () => {
    const fake = await open();
    // The root is taken; the question's blocks are refused once.
    await begin();
    const [root] = await fake.waitFor(async () => (await thread()).length > 1 && thread());
    await fake.fail({ method: "chat.postMessage", error: "invalid_blocks", times: 1 });
    await fake.say({ user: anna, channel: "C0EDGE", thread_ts: root!.ts, text: "generate" });
    const card = await told("Generate the plan");
    expect(card.blocks!.some(({ type }) => type === "table")).toBe(false);
    expect(textOf(card)).toContain("three nodes");
  });

  test("twice, is said in words", async () => {
    const fake = await open();
    await begin();
    const [root] = await fake.waitFor(async () => (await thread()).length > 1 && thread());
    await fake.fail({ method: "chat.postMessage", error: "msg_blocks_too_long", times: 2 });
    await fake.say({ user: anna, channel: "C0EDGE", thread_ts: root!.ts, text: "generate" });
    const card = await told("[Generate the plan]");
    expect(card.blocks ?? []).toEqual([]);
  });

  test("in every form, is sent as a file", async () => {
    const fake = await open();
    await begin();
    const [root] = await fake.waitFor(async () => (await thread()).length > 1 && thread());
    await fake.fail({ method: "chat.postMessage", error: "msg_too_long", times: 3 });
    await fake.say({ user: anna, channel: "C0EDGE", thread_ts: root!.ts, text: "generate" });
    const file = await fake.waitFor(async () => (await fake.files())[0]);
    expect(Buffer.from(file.base64, "base64").toString()).toContain("Generate the plan");
  });

  test("of an edit, is posted instead", async () => {
    const fake = await open();
    await begin();
    const question = await told("1 of");
    await fake.fail({ method: "chat.update", error: "cant_update_message", times: 1 });
    await fake.click({ user: anna, message: { channel: "C0EDGE", ts: question.ts }, text: "arm64" });
    await told("✓ CPU architecture: **arm64**");
  });
});

test("a third of all calls answered with 429: everything arrives, in order", {
  timeout: 60_000,
}, async () => {
  const fake = await open();
  await fake.fail({ method: "chat.*", rate: 1 / 3, retryAfter: 1, seed: 7 });
  await plan();
  await told("Repository (zip)", 50_000);
  const said = (await thread()).filter(({ bot_id }) => bot_id).map(textOf);
  const order = [
    "Planning an edge fleet",
    "Your fleet",
    "Working on revision 1",
    "Edge fleet plan, revision 1",
    "Rollout in rings",
  ];
  const at = order.map((words) => said.findIndex((text) => text.includes(words)));
  expect(at).toEqual([...at].sort((a, b) => a - b));
  expect(at).not.toContain(-1);
  await saidOnce();
});

describe("progress", () => {
  test("without streams and sessions is one message that is edited", { timeout: 60_000 }, async () => {
    const fake = await open({ fake: { gov: true }, env: await thinking({ seconds: 2 }) });
    await plan();
    await told("Done in", 40_000);
    expect(await fake.streams()).toEqual([]);
    await fake.waitFor(async () => (await fake.statuses()).at(-1)?.status === "");
    expect((await fake.statuses()).map(({ status }) => status)).toEqual(["is working on it …", ""]);
    await saidOnce();
  });

  test("of an app that is no agent keeps the older status", { timeout: 60_000 }, async () => {
    const fake = await open({ fake: { agent: false }, env: await thinking({ seconds: 2 }) });
    await plan();
    await fake.waitFor(async () => (await fake.streams()).some(({ state }) => state === "done"), {
      timeoutMs: 40_000,
    });
    await fake.waitFor(async () => (await fake.statuses()).at(-1)?.status === "");
  });

  // Begun at Slack, and nobody was told: it would have run for five minutes and then turned red.
  test("of which nobody knows is taken away when the work ends", { timeout: 60_000 }, async () => {
    const fake = await open();
    await fake.fail({ method: "chat.startStream", after: true, times: 1 });
    await plan();
    await told("Repository (zip)", 50_000);
    await fake.waitFor(async () => (await fake.sessions()).every(({ status }) => status === "active"));
    expect((await fake.streams()).filter(({ state }) => state === "streaming")).toEqual([]);
    expect((await thread()).filter(({ stream }) => stream).length).toBeLessThanOrEqual(1);
  });

  test("without any of these is a reaction, taken away again", { timeout: 60_000 }, async () => {
    const fake = await open();
    for (const method of ["agents.sessions.setStatus", "assistant.threads.setStatus"])
      await fake.fail({ method, error: "unknown_method" });
    await plan();
    await fake.waitFor(async () => (await fake.calls("reactions.remove")).some(({ acted }) => acted), {
      timeoutMs: 40_000,
    });
    expect((await thread())[0]!.reactions ?? []).toEqual([]);
  });

  test("is ended by Slack's own Stop button, and so is the work", { timeout: 60_000 }, async () => {
    const fake = await open({ env: await thinking() });
    await plan();
    const isAsked = async () => (await fake.streams())[0]?.tasks.some(({ title }) => /gpt/.test(title));
    await fake.waitFor(isAsked, { timeoutMs: 30_000, what: "the model is asked" });
    const session = (await fake.sessions())[0]!;
    expect(session.status).toBe("processing");
    expect(await fake.stop({ user: anna, channel: "C0EDGE", thread_ts: session!.thread_ts })).toBe(true);
    await fake.settled({ quietMs: 1500 });
    expect((await thread()).some((message) => textOf(message).includes("Edge fleet plan, revision 1"))).toBe(
      false,
    );
    expect((await fake.sessions())[0]!.status).toBe("active");
    expect(textOf((await thread()).at(-1)!)).toContain("Generate the plan");
  });
});

test("/edge stop ends what runs for a person, and says so where nothing does", {
  timeout: 60_000,
}, async () => {
  const fake = await open({ env: await thinking() });
  const stop = async () => (await fake.command({ user: anna, channel: "C0OPS", text: "stop" })).body.text;
  expect(await stop()).toContain("Nothing of yours is running");
  await plan();
  await fake.waitFor(async () => (await fake.sessions())[0]?.status === "processing", { timeoutMs: 30_000 });
  expect(await stop()).toContain("500 sites");
  await fake.waitFor(async () => (await fake.sessions())[0]!.status === "active", { what: "it is stopped" });
  await fake.settled();
  expect((await thread()).some((one) => textOf(one).includes("Edge fleet plan, revision 1"))).toBe(false);
});

test("a thread whose root was deleted is not answered in the channel, and who started it is told once", async () => {
  const fake = await open();
  await begin();
  await told("1 of");
  await fake.settled();
  for (const { ts } of (await thread()).toReversed())
    await fake.erase({ user: fake.bot.user_id, message: { channel: "C0EDGE", ts } });
  expect(await fake.messages("C0EDGE")).toEqual([]);
  for await (const [conversation] of bot.bot.store.conversations.entries("slack:"))
    await bot.bot.journey.receive({ id: "late", conversation, at: Date.now(), kind: "said", text: "arm64" });
  await bot.bot.journey.settled();
  expect(await fake.messages("C0EDGE")).toEqual([]);
  const aside = (await fake.ephemerals()).filter((one) => JSON.stringify(one).includes("was deleted"));
  expect(aside).toHaveLength(1);
  expect(JSON.stringify(aside)).toContain(anna);
});

test.each([
  { refused: ["chat.postMessage"], where: "in the thread, for their eyes only" },
  { refused: ["chat.postMessage", "chat.postEphemeral"], where: "in their direct messages" },
])("where $refused may not be used, the person is told $where", async ({ refused }) => {
  const fake = await open();
  await begin();
  await told("1 of");
  await fake.settled();
  for (const method of refused) await fake.fail({ method, channel: "C0EDGE", error: "ekm_access_denied" });
  const [root] = await thread();
  await fake.say({ user: anna, channel: "C0EDGE", thread_ts: root!.ts, text: "help" });
  await bot.bot.journey.settled();
  const words = "The platform refused this message";
  const aside = (await fake.ephemerals(anna)).filter(({ text }) => text.startsWith(words));
  const direct = (await fake.messages("D0ANNA")).filter(({ text }) =>
    text.startsWith(`In <#C0EDGE>: ${words}`),
  );
  expect([aside.length, direct.length]).toEqual(refused.length === 1 ? [1, 0] : [0, 1]);
});

test.each(["the next call", "the event that tells it"])(
  "a token that is revoked is said in the log, by %s",
  async (by) => {
    const errors: string[] = [];
    const log = {
      debug() {},
      info() {},
      warn() {},
      error: (fields: Json, message: string) => void errors.push(`${message} ${fields.reason ?? ""}`),
    };
    const fake = await open({ log });
    await begin();
    await told("1 of");
    await fake.fail({ method: "*", error: "token_revoked" });
    if (by === "the next call") await fake.command({ user: anna, channel: "C0OPS", text: "40 factories" });
    else await fake.send({ type: "tokens_revoked", tokens: { oauth: [], bot: [fake.bot.user_id] } });
    await fake.waitFor(async () => errors.find((line) => line.includes("SLACK_BOT_TOKEN")));
  },
);
