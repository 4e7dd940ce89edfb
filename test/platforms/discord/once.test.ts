import { describe, expect, test } from "vitest";
import type { Block } from "#model/block.ts";
import { openStore } from "#src/app/store.ts";
import { openPlaces } from "#src/platforms/discord/places.ts";
import { aStore, components, connecting, setting } from "./setting.ts";

const fleet = "5,000 trucks, 2 GB ARM64, flaky 4G, Flux, eMMC, one node each";
/** A conversation whose first question stands in its thread, all still; `help` asks for more words of the bot's. */
async function asked() {
  const { fake, bot } = await setting({ messageContent: "full" });
  const root = await fake.say({ user: "ada", content: fleet, mention: true });
  const question = await fake.waitForMessage({ contains: "Who can" });
  await bot.journey.settled();
  let count = 0;
  const help = () =>
    bot.journey.receive({
      ...{ id: `x${++count}`, conversation: `discord:${root}`, at: count },
      ...{ kind: "pressed", action: "help" },
    });
  return { fake, bot, root, question, thread: question.channel_id, help };
}

const posting = "POST /channels/:channel/messages";
const words = (text: string): Block[] => [{ kind: "paragraph", text }];
const signal = AbortSignal.timeout(60_000);

describe("a message is posted once", () => {
  test.each([
    ["stored, but answered with an error", { status: 502, after: true }],
    ["stored, then the connection is cut", { after: true, cut: true }],
    ["refused twice before it is taken", { status: 503 }],
  ])("when it is %s", async (_, fault) => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.fail({ method: "POST", path: /channels\/\d+\/messages$/, times: 2, ...fault });
    await fake.say({ user: "ada", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "Who can" });
    await bot.journey.settled();
    const texts = (await fake.messages()).filter(({ ours }) => ours).map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    expect(await fake.pendingFaults()).toBe(0);
  });

  test("when the process died before it could note that, and Discord has forgotten the nonce", async () => {
    const { fake, connect, notes } = await connecting();
    const first = await connect();
    const place = { kind: "thread" as const, channel: (await fake.ids()).channels.general! };
    const conversation = "discord:7";
    const places = openPlaces({
      notes,
      rest: { get: async () => [], post: async () => ({}) },
      log: first.log,
      say: first.bot.say,
      missing: () => [],
    });
    await places.save(conversation, place);
    await first.connection.post(conversation, words("one"), { key: "e-0:0", signal });
    const id = await first.connection.post(conversation, words("two"), { key: "e-0:1", signal });
    // What was noted last is what a killed process had noted: the message before.
    const [before] = (await fake.messages("general")).filter(({ ours }) => ours);
    await notes.set(`sent/${conversation}`, { nonce: before!.nonce, id: before!.id });
    await first.connection.close();
    await fake.clock.advance(10 * 60_000);
    const second = await connect();
    expect(await second.connection.post(conversation, words("two"), { key: "e-0:1", signal })).toBe(id);
    expect(await second.connection.post(conversation, words("three"), { key: "e-1:0", signal })).not.toBe(id);
    // The very message that was noted is not even looked for.
    const count = await fake.count(posting);
    await second.connection.post(conversation, words("three"), { key: "e-1:0", signal });
    expect(await fake.count(posting)).toBe(count);
    const texts = (await fake.messages("general")).filter(({ ours }) => ours).map(({ text }) => text);
    expect(texts).toEqual(["one", "two", "three"]);
  });

  test("and its thread opened on the answer to a command, when nobody hears that it was given", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.waitForCommands();
    await fake.fail({ method: "POST", path: /callback$/, status: 502, after: true });
    await fake.command({ user: "ada", name: "edge", sub: "plan", options: { fleet } });
    const { channel_id: thread } = await fake.waitForMessage({ contains: "Who can" });
    await bot.journey.settled();
    const own = (await fake.messages("general")).filter(({ ours }) => ours);
    expect(own.map(({ id }) => id)).toEqual([thread]);
  });

  test("and its thread opened once, when the answer to that is lost", async () => {
    const { fake } = await setting({ messageContent: "full" });
    await fake.fail({ method: "POST", path: /threads$/, status: 502, after: true, times: 2 });
    await fake.say({ user: "ada", content: fleet, mention: true });
    const { channel_id: thread } = await fake.waitForMessage({ contains: "Who can" });
    expect((await fake.threads()).map(({ id }) => id)).toEqual([thread]);
  });
});

describe("what is delivered more than once", () => {
  test("is handled once, messages and presses", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.repeat({ rate: 1, most: 3 });
    await fake.say({ user: "ada", content: fleet, mention: true });
    const question = await fake.waitForMessage({ contains: "Who can" });
    await (await fake.click({ user: "ada", message: question.id, customId: "Anyone" })).acked();
    const card = await fake.waitForMessage({ contains: "Your fleet" });
    await (await fake.click({ user: "ada", message: card.id, customId: "Generate the plan" })).acked();
    await fake.waitForMessage({ contains: "Edge fleet plan, revision 1" });
    await bot.journey.settled();
    const own = (await fake.messages()).filter(({ ours, deleted }) => ours && !deleted);
    expect(own.filter(({ text }) => text.includes("Your fleet"))).toHaveLength(1);
    expect(own.filter(({ text }) => text.includes("# Edge fleet plan, revision 1"))).toHaveLength(1);
    expect(await fake.threads()).toHaveLength(1);
  });
});

test("a press that was acknowledged, although nobody heard of it, is no failure to the person", async () => {
  const { fake, bot } = await setting({ messageContent: "full" });
  await fake.say({ user: "ada", content: fleet, mention: true });
  const question = await fake.waitForMessage({ contains: "Who can" });
  await fake.fail({ method: "POST", path: /callback$/, status: 502, after: true });
  const pressed = await fake.click({ user: "ada", message: question.id, customId: "Anyone" });
  await fake.waitForMessage({ contains: "Your fleet" });
  await bot.journey.settled();
  await expect.poll(() => fake.pendingFaults()).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const own = (await pressed.seen()).messages.filter(({ ephemeralTo }) => ephemeralTo !== undefined);
  expect(own).toEqual([]);
});

describe("what was said while nobody listened", () => {
  test("is answered after a start, once and in order", async () => {
    const settings = { EDGEWRIGHT_STORE: aStore() };
    const { fake, bot, restart } = await setting({ messageContent: "full", settings });
    await fake.say({ user: "ada", content: "120 stores, 8 GB amd64", mention: true });
    const { channel_id: thread } = await fake.waitForMessage({ contains: "1 of" });
    await bot.journey.settled();
    await bot.close();
    await fake.say({ user: "ada", channel: thread, content: "memory is 4 GB" });
    await fake.say({ user: "ada", channel: thread, content: "memory is 16 GB" });
    const next = await restart();
    await fake.waitForMessage({ contains: "16 GB", channel: thread });
    await next.journey.settled();
    const noted = (await fake.messages(thread))
      .filter(({ text, ours }) => ours && text.includes("Noted"))
      .map(({ text }) => /(\d+) GB/.exec(text)?.[1]);
    expect(noted).toEqual(["4", "16"]);
    await restart();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(
      (await fake.messages(thread)).filter(({ text, ours }) => ours && text.includes("Noted")),
    ).toHaveLength(2);
  });

  test("is answered where it called the bot in a channel nobody had talked to it before", async () => {
    const settings = { EDGEWRIGHT_STORE: aStore() };
    const { fake, bot, restart } = await setting({ messageContent: "full", settings });
    const before = await fake.say({ user: "ada", content: "120 stores, 8 GB amd64", mention: true });
    await fake.waitForMessage({ contains: "1 of" });
    await bot.journey.settled();
    await bot.close();
    await fake.say({ user: "bob", channel: "ops", content: "is anybody there?" });
    const asked = await fake.say({ user: "bob", channel: "ops", content: fleet, mention: true });
    const next = await restart();
    expect((await fake.waitForMessage({ contains: "Who can" })).channel_id).toBe(asked);
    await next.journey.settled();
    await (await restart()).journey.settled();
    // Neither of them, nor what was forgotten, begins again.
    await fake.say({ user: "bob", channel: asked, content: "forget everything" });
    const sure = await fake.waitForMessage({ contains: "Delete every answer", channel: asked });
    await fake.click({ user: "bob", message: sure.id, customId: components(sure)[0]! });
    await fake.waitForMessage({ contains: "is deleted", channel: asked });
    await (await restart()).journey.settled();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await fake.threads()).map(({ id }) => id)).toEqual([before, asked]);
    const texts = (await fake.messages()).filter(({ ours }) => ours).map(({ text }) => text);
    expect(texts.filter((text) => text.includes("Planning an edge fleet"))).toHaveLength(2);
  });

  test("is known where it was answered in the channel: the reason is not given again", async () => {
    const settings = { EDGEWRIGHT_STORE: aStore() };
    const { fake, bot, restart } = await setting({ messageContent: "full", settings, nonceMs: 100 });
    await fake.removePermission("CreatePublicThreads", "general");
    await fake.say({ user: "ada", content: fleet, mention: true });
    const { id: question } = await fake.waitForMessage({ contains: "Who can" });
    await bot.journey.settled();
    await fake.say({ user: "bob", content: "good morning" });
    const next = await restart();
    await fake.say({ user: "ada", content: "anyone", replyTo: question });
    await fake.waitForMessage({ contains: "Your fleet" });
    await next.journey.settled();
    const reasons = (await fake.messages()).filter(({ text }) => text.includes("cannot open a thread here"));
    expect(reasons).toHaveLength(1);
  });

  test("is answered where a process died between receiving a mention and storing it", async () => {
    const settings = { EDGEWRIGHT_STORE: aStore() };
    const { fake, bot, restart } = await setting({ messageContent: "full", settings });
    await bot.close();
    const asked = await fake.say({ user: "ada", content: fleet, mention: true });
    const { channels } = await fake.ids();
    const again = await openStore(settings.EDGEWRIGHT_STORE);
    await again.notes.set(`discord/place/discord:${asked}`, {
      kind: "opening",
      channel: channels.general,
      root: asked,
      began: asked,
    });
    await again.close();
    await restart();
    const question = await fake.waitForMessage({ contains: "Who can" });
    expect(question.channel_id).toBe(asked);
  });

  test("is answered when Discord lost the session, and when it only resumes", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.say({ user: "ada", content: "120 stores, 8 GB amd64", mention: true });
    const { channel_id: thread } = await fake.waitForMessage({ contains: "1 of" });
    await bot.journey.settled();
    await fake.kick(4000);
    await fake.say({ user: "ada", channel: thread, content: "memory is 4 GB" });
    await fake.waitForMessage({ contains: "Memory per node **4 GB**", channel: thread });
    await fake.forget();
    await fake.say({ user: "ada", channel: thread, content: "memory is 32 GB" });
    await fake.waitForMessage({ contains: "Memory per node **32 GB**", channel: thread });
    await bot.journey.settled();
    const noted = (await fake.messages(thread)).filter(({ text, ours }) => ours && text.includes("Noted"));
    expect(noted).toHaveLength(2);
  });
});

test("a direct message said again, since the first came while nobody was there, is answered once", async () => {
  const settings = { EDGEWRIGHT_STORE: aStore() };
  const { fake, bot, restart } = await setting({ messageContent: "full", settings });
  await bot.close();
  await fake.say({ user: "ada", channel: "dm", content: fleet });
  const next = await restart();
  await fake.say({ user: "ada", channel: "dm", content: fleet });
  await fake.waitForMessage({ contains: "Who can" });
  await next.journey.settled();
  const last = await restart();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await last.journey.settled();
  const asked = (await fake.messages("dm:ada")).filter(({ text, ours }) => ours && text.includes("Who can"));
  expect(asked).toHaveLength(1);
});

test("what was said twice since nobody listened is answered once, the last time", async () => {
  const { fake, bot } = await setting({ messageContent: "full" });
  await fake.say({ user: "ada", content: "120 stores, 8 GB amd64", mention: true });
  const { channel_id: thread } = await fake.waitForMessage({ contains: "1 of" });
  await bot.journey.settled();
  await fake.forget();
  for (const content of ["memory is 4 GB", "memory is 4 GB", "memory is 32 GB"])
    await fake.say({ user: "ada", channel: thread, content });
  await fake.waitForMessage({ contains: "Memory per node **32 GB**", channel: thread });
  await bot.journey.settled();
  const noted = (await fake.messages(thread)).filter(({ text, ours }) => ours && text.includes("Noted"));
  expect(noted).toHaveLength(2);
});

describe("when Discord is slow or strict", () => {
  test("a command whose answer comes too late still gets its thread, on a message of the bot's", async () => {
    const { fake } = await setting({ messageContent: "full", interactionMs: 0 });
    await fake.waitForCommands();
    const words = `[login](https://evil.example) ${fleet} https://evil.example`;
    await fake.command({ user: "ada", name: "edge", sub: "plan", options: { fleet: words } });
    const opener = await fake.waitForMessage({ contains: "Planning here: \\[login\\](https" });
    expect((await fake.waitForMessage({ contains: "Who can" })).channel_id).toBe(opener.id);
    expect(await fake.fetchedLinks()).toEqual([]);
  });

  test("a command whose file takes longer than Discord waits is taken first, and answered then", async () => {
    const { fake } = await setting({ messageContent: "full", interactionMs: 2_700 });
    await fake.waitForCommands();
    await fake.fail({ path: /\/web\.yaml/, hang: 3_000 });
    const content = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: LoadBalancer}\n";
    const files = { file: { name: "web.yaml", content } };
    const used = await fake.command({ user: "ada", name: "edge", sub: "check", files });
    expect((await used.acked()).response?.type).toBe(5); // later
    const line = await fake.waitForMessage({ contains: "**ada** has YAML checked: web.yaml" });
    expect((await fake.waitForMessage({ contains: "IN-01" })).channel_id).toBe(line.id);
    expect(await fake.pendingFaults()).toBe(0);
  });

  test("a plan is posted whole and in order through its limits, and through refusals for being too fast", async () => {
    const { fake, bot } = await setting({ messageContent: "full", bucket: { limit: 4, windowMs: 300 } });
    await fake.say({ user: "ada", content: `${fleet}, anyone can get at it`, mention: true });
    const card = await fake.waitForMessage({ contains: "Your fleet" });
    await fake.fail({ method: "POST", path: /messages$/, retryAfter: 0.2, times: 5, rate: 0.5, seed: 3 });
    await fake.click({ user: "ada", message: card.id, customId: "Generate the plan" });
    await fake.waitForMessage({ contains: "A person reviews this before use" });
    await bot.journey.settled();
    const text = (await fake.messages(card.channel_id))
      .filter(({ ours }) => ours)
      .map((one) => one.text)
      .join("\n");
    const order = [
      "# Edge fleet plan",
      "## Risks you carry",
      "## Components",
      "## Memory of one node",
      "## Architecture",
      "## Repository",
      "## Checked",
    ];
    const places = order.map((heading) => text.indexOf(`\n${heading}`));
    expect(places.every((at, nth) => at > (places[nth - 1] ?? -1))).toBe(true);
    expect((await fake.violations()).filter(({ kind }) => kind === "rate")).toEqual([]);
  });
});

describe("a place that is gone", () => {
  test("is said where the thread hung, once", async () => {
    const { fake, bot, root, thread, help } = await asked();
    await fake.deleteThread(thread);
    await help();
    const word = await fake.waitForMessage({ contains: "was deleted", channel: "general" });
    expect(word.message_reference?.message_id).toBe(root);
    await help();
    await bot.journey.settled();
    const words = (await fake.messages("general")).filter(({ text }) => text.includes("was deleted"));
    expect(words).toHaveLength(1);
  });

  test("because a moderator locked it is said in the channel", async () => {
    const { fake, bot, thread, help } = await asked();
    await fake.lockThread(thread);
    await help();
    await fake.waitForMessage({ contains: "the thread is locked", channel: "general" });
    await help();
    await bot.journey.settled();
    const words = (await fake.messages("general")).filter(({ text }) => text.includes("thread is locked"));
    expect(words).toHaveLength(1);
  });

  test("where writing in threads is forbidden meanwhile, the conversation goes on in the channel", async () => {
    const { fake, bot, root, help } = await asked();
    await fake.removePermission("SendMessagesInThreads");
    await help();
    const word = await fake.waitForMessage({ contains: "What you can say", channel: "general" });
    expect(word.message_reference?.message_id).toBe(root);
    await bot.journey.settled();
  });

  test("to every word, by its moderation, is said to the person alone", async () => {
    const { fake, bot, thread } = await asked();
    const path = new RegExp(`channels/${thread}/messages$`);
    await fake.fail({ method: "POST", path, status: 400, code: 200_000, times: 100 });
    await fake.say({ user: "ada", channel: thread, content: "help" });
    await fake.waitForMessage({ contains: "The platform refused this message", channel: "dm:ada" });
    await bot.journey.settled();
  });

  test("by archiving is opened again for an edit", async () => {
    const { fake, question, thread } = await asked();
    const pressed = await fake.click({ user: "ada", message: question.id, customId: "Anyone" });
    await fake.archiveThread(thread);
    await pressed.acked();
    await fake.waitForMessage({ contains: "Physical access: **Anyone**" });
  });
});

describe("the end of a platform", () => {
  test("comes with a revoked token, in a sentence; what waits is kept", async () => {
    const { fake, bot, root, help } = await asked();
    await fake.fail({ method: "POST", path: /channels\/\d+\/messages$/, status: 401, code: 0, times: 100 });
    await help();
    await bot.lost;
    await bot.journey.settled();
    expect((await bot.store.conversations.get(`discord:${root}`))!.outbox).toHaveLength(1);
  });

  test("comes with an intent that was taken away", async () => {
    const { fake, bot } = await setting({ messageContent: "limited" });
    await fake.app({ messageContent: "none" });
    await fake.forget();
    await bot.lost;
  });

  test("is one even while the library waits to connect anew", async () => {
    const { fake, connect } = await connecting();
    const { connection } = await connect();
    await fake.kick(4000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await connection.close();
    // The library's pause is half a second; a connection that it forgot would be back by then.
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect((await fake.sessions()).filter(({ connected }) => connected)).toEqual([]);
  });

  test("at the start is an error that names what to do", async () => {
    const { fake } = await connecting();
    await fake.fail({ path: /applications\/@me/, status: 401, code: 0, times: 10 });
    const { connect } = await connecting({ fake });
    await expect(connect()).rejects.toThrow(/token is not valid.*DISCORD_TOKEN/);
  });
});
