import { afterEach, expect, test } from "vitest";
import type { Json, Message } from "../../fakes/slack.ts";
import { type Here, type HereOptions, here } from "./here.ts";

let bot: Here;
afterEach(() => bot.close());
const open = async (options: HereOptions = {}) => {
  bot = await here(options);
  return bot.fake;
};

const anna = "U0ANNA";
const pod =
  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: nginx:latest\n";
const settings = 'write-kubeconfig-mode: "0644"\ndisable:\n  - traefik\n';

const textOf = (message: Json): string => JSON.stringify([message.text, message.blocks ?? []]);

/** Everything the bot wrote into a channel, for all to see. */
const posts = async (channel: string): Promise<Message[]> =>
  (await bot.fake.messages(channel)).filter(({ bot_id }) => bot_id);

const posted = (channel: string, words: string): Promise<Message> =>
  bot.fake.waitFor(async () => (await posts(channel)).find((one) => textOf(one).includes(words)), {
    ...{ what: `“${words}” in ${channel}`, timeoutMs: 20_000 },
  });

const whispered = (user: string, words: string): Promise<Message> =>
  bot.fake.waitFor(async () => (await bot.fake.ephemerals(user)).find((one) => textOf(one).includes(words)), {
    what: `“${words}” to ${user}`,
  });

const modal = (user: string, nth = 0) =>
  bot.fake.waitFor(async () => (await bot.fake.views(user)).filter(({ type }) => type === "modal")[nth]);

test("/edge alone opens the form, in Chinese without a space too, and says nothing to the channel", async () => {
  const fake = await open();
  await fake.command({ user: anna, channel: "C0EDGE", text: "" });
  expect((await modal(anna)).callback_id).toBe("edge:form");
  await fake.command({ user: "U0MEI", channel: "C0EDGE", text: "表单500家门店" });
  const sites = (await modal("U0MEI")).blocks.find(({ block_id }: Json) => block_id === "sites");
  expect(sites.element.initial_value).toBe("500");
  await fake.settled();
  expect(await posts("C0EDGE")).toEqual([]);
});

test("where the bot is no member, that is said before a form is filled in", async () => {
  const fake = await open();
  for (const text of ["", "form", "check"]) {
    const { body } = await fake.command({ user: anna, channel: "C0NOBOT", text });
    expect(body.text).toContain("/invite");
  }
  const message = await fake.say({ user: anna, channel: "C0NOBOT", text: "700 trucks with 2 GB" });
  for (const callback_id of ["edge:plan", "edge:check"])
    await fake.shortcut({ user: anna, callback_id, message });
  await fake.waitFor(async () => (await fake.ephemerals(anna)).length === 5, {
    what: "both shortcuts are answered",
  });
  expect(await fake.calls("views.open")).toEqual([]);
  expect(await Array.fromAsync(bot.bot.store.conversations.entries("slack:"))).toEqual([]);
});

test("in direct messages of several others it goes on in those with the bot", async () => {
  const members = [anna, "U0BEN", "U0CARLA"];
  const trio = { id: "G0TRIO", name: "mpdm-anna--ben--carla-1", type: "mpim" as const, members };
  const fake = await open({ fake: { channels: [trio] } });
  const { body } = await fake.command({ user: anna, channel: "G0TRIO", text: "500 stores with 8 GB" });
  expect(body.text).toContain("our direct messages");
  await posted("D0ANNA", "**500**");
  const message = await fake.say({ user: "U0BEN", channel: "G0TRIO", text: "700 trucks with 2 GB" });
  await fake.shortcut({ user: anna, callback_id: "edge:plan", message });
  await fake.submit({ user: anna, view: (await modal(anna)).id });
  await posted("D0ANNA", "**700**");
  expect(await posts("G0TRIO")).toEqual([]);
});

test("what is given to be checked is checked, whatever it is, and begins no interview", async () => {
  const fake = await open();
  await fake.command({ user: anna, channel: "C0EDGE", text: "check" });
  await fake.submit({ user: anna, view: (await modal(anna)).id, values: { yaml: settings } });
  await posted("C0EDGE", "nothing was checked");
  const text = `please look: \`\`\`${pod}\`\`\` and \`\`\`${settings}\`\`\``;
  const message = await fake.say({ user: "U0BEN", channel: "C0OPS", text });
  await fake.shortcut({ user: anna, callback_id: "edge:check", message });
  await posted("C0OPS", "IMG-01");
  await fake.say({ user: anna, channel: "G0SECRET", text: `<@U0BOT> check ${pod}` });
  await posted("G0SECRET", "IMG-01");
  const files = [{ name: "pod.yaml", content: pod }];
  await fake.say({ user: anna, channel: "D0ANNA", text: "check this", files });
  await posted("D0ANNA", "IMG-01");
  await fake.say({ user: "U0BEN", channel: "D0BEN", text: "Sehen Sie sich das bitte an?", files });
  await posted("D0BEN", "IMG-01");
  await fake.settled();
  const all = await Promise.all(["C0EDGE", "C0OPS", "G0SECRET", "D0ANNA", "D0BEN"].map(posts));
  expect(all.flat().map(textOf).join()).not.toMatch(/1 (of|von) 7/);
});

test("list, stop and check by mention or in direct messages mean what they mean after /edge", async () => {
  const fake = await open();
  await fake.say({ user: anna, channel: "C0EDGE", text: "<@U0BOT> 500 stores with 8 GB" });
  await posted("C0EDGE", "1 of");
  for (const word of ["list", "stop", "check"])
    await fake.say({ user: anna, channel: "C0OPS", text: `<@U0BOT> ${word}` });
  await whispered(anna, "500 sites");
  await whispered(anna, "Nothing of yours is running");
  await whispered(anna, "I see no YAML there");
  await fake.say({ user: anna, channel: "D0ANNA", text: "list" });
  await posted("D0ANNA", "500 sites");
  await fake.settled();
  expect(await fake.ephemerals(anna)).toHaveLength(3);
  expect(await posts("C0OPS")).toEqual([]);
  expect(await Array.fromAsync(bot.bot.store.conversations.entries("slack:"))).toHaveLength(1);
});

test("beside its thread in direct messages a plan is changed, and another fleet begins another", {
  timeout: 30_000,
}, async () => {
  const fake = await open();
  const first = await fake.say({ user: anna, channel: "D0ANNA", text: "quick: 500 stores with 8 GB" });
  await posted("D0ANNA", "**500**");
  await fake.say({ user: anna, channel: "D0ANNA", text: "generate" });
  await posted("D0ANNA", "Generate the plan");
  await fake.say({ user: anna, channel: "D0ANNA", text: "generate" });
  await posted("D0ANNA", "What if …");
  await fake.settled({ quietMs: 300 });
  await fake.say({ user: anna, channel: "D0ANNA", text: "what if they have 1 GB?" });
  expect((await posted("D0ANNA", "evision 2")).thread_ts).toBe(first.ts);
  const choice = await posted("D0ANNA", "Back to 1");
  await fake.click({ user: anna, message: choice, text: "Back to 1" });
  // A quick recommendation has no repository to offer.
  const inForce = await posted("D0ANNA", "Revision 1 is in force");
  expect([choice, inForce].map(textOf).join()).not.toContain("Repository (zip)");
  const other = await fake.say({ user: anna, channel: "D0ANNA", text: "80 clinics with 4 GB" });
  expect((await posted("D0ANNA", "**80**")).thread_ts).toBe(other.ts);
});

test("a channel that lets only others write is said to, once", async () => {
  const fake = await open();
  await fake.fail({
    method: "chat.postMessage",
    channel: "C0OPS",
    error: "restricted_action_read_only_channel",
  });
  await fake.command({ user: anna, channel: "C0OPS", text: "500 stores with 8 GB" });
  await whispered(anna, "I cannot write in <#C0OPS>");
  await fake.say({ user: "U0BEN", channel: "C0OPS", text: "<@U0BOT> 500 Filialen mit 8 GB" });
  await posted("D0BEN", "In <#C0OPS> kann ich nicht schreiben");
  await fake.settled();
  expect([await fake.ephemerals(anna), await posts("D0BEN")].map(({ length }) => length)).toEqual([2, 1]);
});

test("who presses inside a thread is answered inside it, and who may not is offered nothing", async () => {
  const fake = await open();
  await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB" });
  const question = await posted("C0EDGE", "1 of");
  await fake.click({ user: "U0GUEST", message: question, text: "amd64 (x86-64)" });
  expect((await whispered("U0GUEST", "guests")).thread_ts).toBe(question.thread_ts);
  await fake.openHome("U0GUEST", "messages");
  await fake.settled();
  expect(await fake.prompts()).toEqual([]);
});

test("the form of a message of ours is filled in with the answers, not with our own words", async () => {
  const fake = await open();
  await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores, 2 nodes each, 8 GB" });
  await posted("C0EDGE", "1 of");
  const [root] = await posts("C0EDGE");
  await fake.shortcut({ user: anna, callback_id: "edge:plan", message: root! });
  await fake.submit({ user: anna, view: (await modal(anna)).id });
  const card = await posted("C0EDGE", "Your fleet");
  expect(textOf(card)).not.toMatch(/Nodes per site.{1,60}500/);
});

test("a mention counts once among the messages a person may send, though it comes twice", async () => {
  const fake = await open({ env: { EDGEWRIGHT_MESSAGES_PER_MINUTE: "2" } });
  for (const channel of ["C0EDGE", "C0OPS"]) {
    await fake.say({ user: anna, channel, text: "<@U0BOT> 500 stores with 8 GB" });
    await posted(channel, "1 of");
  }
  await fake.settled();
  expect((await posts("C0OPS")).map(textOf).join()).not.toContain("a lot at once");
});

test("words in a young thread that is not kept any more are acknowledged in time", async () => {
  const fake = await open();
  await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB" });
  await posted("C0EDGE", "1 of");
  const [root] = await posts("C0EDGE");
  for await (const [conversation] of bot.bot.store.conversations.entries("slack:"))
    await bot.bot.journey.forget(conversation);
  await fake.say({ user: anna, channel: "C0EDGE", thread_ts: root!.ts, text: "three nodes each" });
  await fake.settled();
  expect(await fake.undelivered()).toEqual([]);
});

test("a message that is passed on is read as if it had been written, and what it names is not addressed", async () => {
  const fake = await open();
  const { ts: thread_ts } = await fake.say({ user: anna, channel: "D0ANNA", text: "500 stores with 8 GB" });
  await posted("D0ANNA", "1 of");
  const share = {
    is_share: true,
    text: "<@U0BEN> three nodes each",
    from_url: "https://edge-team.slack.com/x",
  };
  const preview = { title: "9 nodes each", text: "9 nodes each", from_url: "https://example.com" };
  const message = { type: "message", user: anna, text: "", attachments: [share, preview] };
  const at = (n: number) => ({ ts: `1795000000.00000${n}`, event_ts: `1795000000.00000${n}` });
  await fake.send({ ...message, ...at(1), thread_ts, channel: "D0ANNA", channel_type: "im" });
  await posted("D0ANNA", "Nodes per site **3**");
  const inside = { ...share, text: "<@U0BOT> 700 trucks with 2 GB" };
  await fake.send({
    ...message,
    ...at(2),
    channel: "C0EDGE",
    channel_type: "channel",
    attachments: [inside],
  });
  await fake.settled();
  expect(await posts("C0EDGE")).toEqual([]);
});
