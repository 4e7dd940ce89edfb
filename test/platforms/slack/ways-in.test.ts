import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Json, Message } from "../../fakes/slack.ts";
import { type Here, type HereOptions, here } from "./here.ts";

let bot: Here;
const open = async (options: HereOptions = {}) => {
  bot = await here(options);
  return bot.fake;
};
beforeEach(() => {
  bot = undefined as never;
});
afterEach(async () => {
  if (bot) await quietly();
  await bot?.close();
});

const textOf = (message: Json): string => JSON.stringify([message.text, message.blocks ?? []]);
const anna = "U0ANNA";

/** Nothing we post or change makes Slack fetch a page, nor read mentions and links into plain words. */
async function quietly(): Promise<void> {
  const off = { unfurl_links: false, unfurl_media: false };
  for (const { args } of await bot.fake.calls("chat.postMessage")) expect(args).toMatchObject(off);
  for (const { args } of await bot.fake.calls("chat.update")) expect(args).toMatchObject({ parse: "none" });
}

/** What the bot wrote into a channel at top level. */
async function roots(channel: string): Promise<Message[]> {
  const { fake } = bot;
  return (await fake.messages(channel)).filter(
    ({ user, thread_ts, ts }) => user === fake.bot.user_id && (thread_ts ?? ts) === ts,
  );
}

async function firstRoot(channel: string): Promise<Message> {
  return bot.fake.waitFor(async () => (await roots(channel))[0], { what: `a root in ${channel}` });
}

/** Waits until the bot said something like this in a thread. */
async function told(channel: string, thread: string, words: string): Promise<Message> {
  return bot.fake.waitFor(
    async () =>
      (await bot.fake.thread(channel, thread)).find(
        (message) => message.bot_id && textOf(message).includes(words),
      ),
    { what: words },
  );
}

async function whispered(user: string, words: string): Promise<Message> {
  return bot.fake.waitFor(
    async () => (await bot.fake.ephemerals(user)).find((one) => textOf(one).includes(words)),
    {
      what: words,
    },
  );
}

describe("a command", () => {
  test("makes a root of its own, and the interview stands in its thread", async () => {
    const fake = await open();
    const reply = await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores, 8 GB" });
    expect(reply.body.text).toContain("thread below");
    const root = await firstRoot("C0EDGE");
    expect(textOf(root)).toContain("**500**");
    await told("C0EDGE", root.ts, "1 of");
    expect(await roots("C0EDGE")).toHaveLength(1);
  });

  test("delivered again, it begins nothing new", async () => {
    const fake = await open();
    await fake.deliver({ times: [3, 3] });
    await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores, 8 GB" });
    const root = await firstRoot("C0EDGE");
    await told("C0EDGE", root.ts, "1 of");
    await fake.say({ user: anna, channel: "C0EDGE", thread_ts: root.ts, text: "three nodes each" });
    await told("C0EDGE", root.ts, "Nodes per site **3**");
    await fake.settled();
    expect(await roots("C0EDGE")).toHaveLength(1);
    const noted = (await fake.thread("C0EDGE", root.ts)).filter((one) =>
      textOf(one).includes("Nodes per site **3**"),
    );
    expect(noted).toHaveLength(1);
  });

  test("where the bot is no member, says how to let it in, once", async () => {
    const fake = await open();
    const reply = await fake.command({ user: anna, channel: "C0NOBOT", text: "500 stores" });
    expect(reply.body.text).toContain("/invite @edgewright");
    await fake.settled();
    expect((await fake.ephemerals(anna)).filter((one) => textOf(one).includes("/invite"))).toHaveLength(1);
    expect(await fake.messages("C0NOBOT")).toEqual([]);
  });

  test("in direct messages of two others goes on in those with the bot, where nobody need be invited", async () => {
    const pair = { id: "D0PAIR", name: "pair", type: "im" as const, members: [anna, "U0BEN"] };
    const fake = await open({ fake: { channels: [pair] } });
    await fake.command({ user: anna, channel: "D0PAIR", text: "500 stores with 8 GB" });
    const root = await firstRoot("D0ANNA");
    expect(textOf(root)).toContain("**500**");
    await told("D0ANNA", root.ts, "1 of");
    await whispered(anna, "I wrote to you directly");
    const message = await fake.say({ user: "U0BEN", channel: "D0PAIR", text: "80 clinics with 4 GB" });
    await fake.shortcut({ user: anna, callback_id: "edge:check", message });
    await fake.waitFor(async () => (await roots("D0ANNA")).length === 2, { what: "a second root" });
    await fake.settled();
    expect((await fake.messages("D0PAIR")).filter(({ bot_id }) => bot_id)).toEqual([]);
    expect((await fake.ephemerals(anna)).filter((one) => textOf(one).includes("/invite"))).toEqual([]);
  });

  test("whose bot is thrown out of the channel tells the person directly, and goes on once it is let in", async () => {
    const fake = await open();
    await fake.command({ user: anna, channel: "C0OPS", text: "500 stores, 8 GB" });
    const root = await firstRoot("C0OPS");
    await told("C0OPS", root.ts, "1 of");
    await fake.openHome(anna);
    const home = await fake.waitFor(async () => (await fake.homes())[anna]);
    await fake.kick("C0OPS");
    await fake.click({ user: anna, view: home.id, text: "Rename" });
    const view = await fake.waitFor(async () =>
      (await fake.views(anna)).find(({ type }) => type === "modal"),
    );
    await fake.submit({ user: anna, view: view.id, values: { title: "North" } });
    await fake.waitFor(async () =>
      [...(await fake.ephemerals(anna)), ...(await fake.messages("D0ANNA"))].find((one) =>
        textOf(one).includes("not a member of <#C0OPS>"),
      ),
    );
    for await (const [conversation] of bot.bot.store.conversations.entries("slack:"))
      await bot.bot.journey.receive({ id: "late", conversation, at: Date.now(), kind: "said", text: "help" });
    await bot.bot.journey.settled();
    await fake.settled();
    const sayings = [...(await fake.ephemerals(anna)), ...(await fake.messages("D0ANNA"))];
    expect(sayings.filter((one) => textOf(one).includes("not a member of <#C0OPS>"))).toHaveLength(1);
    await fake.invite("C0OPS");
    await fake.say({ user: anna, channel: "C0OPS", thread_ts: root.ts, text: "three nodes each" });
    await told("C0OPS", root.ts, "Nodes per site **3**");
  });

  test.each([
    ["help", "What you can type after"],
    ["hilfe", "What you can type after"],
    ["list", "No plans yet"],
    ["stop", "Nothing of yours is running"],
    ["Stop it!", "Nothing of yours is running"],
  ])("%s is answered to the person alone", async (text, words) => {
    const fake = await open();
    const reply = await fake.command({ user: anna, channel: "C0EDGE", text });
    expect(reply.body.response_type).toBe("ephemeral");
    expect(textOf(reply.body)).toContain(words);
    await fake.settled();
    expect(await fake.messages("C0EDGE")).toEqual([]);
  });

  test("help speaks the language of the person's Slack", async () => {
    const fake = await open();
    const [ben, carla, mei] = await Promise.all(
      ["U0BEN", "U0CARLA", "U0MEI"].map((user) => fake.command({ user, channel: "C0EDGE", text: "help" })),
    );
    expect(textOf(ben!.body)).toContain("Was Sie nach");
    expect(textOf(carla!.body)).toContain("Qué se puede escribir");
    expect(textOf(mei!.body)).toContain("后面可以输入");
  });

  test("list shows the person's plans with a link to each thread", async () => {
    const fake = await open();
    await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores, 8 GB" });
    const root = await firstRoot("C0EDGE");
    await told("C0EDGE", root.ts, "1 of");
    const reply = await fake.command({ user: anna, channel: "C0OPS", text: "list" });
    expect(textOf(reply.body)).toContain(`/archives/C0EDGE/p${root.ts.replace(".", "")}`);
    const others = await fake.command({ user: "U0BEN", channel: "C0OPS", text: "list" });
    expect(textOf(others.body)).not.toContain("archives");
  });

  test("check takes YAML, in the command or in a form", async () => {
    const fake = await open();
    const pod =
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: nginx:latest\n";
    await fake.command({ user: anna, channel: "C0EDGE", text: `check ${pod}` });
    const root = await firstRoot("C0EDGE");
    expect(textOf(root)).toContain("IMG-01");
    await fake.command({ user: anna, channel: "C0OPS", text: "check" });
    const view = await fake.waitFor(async () => (await fake.views(anna))[0]);
    expect((await fake.submit({ user: anna, view: view.id, values: { yaml: pod } })).ack).toBe(true);
    expect(textOf(await firstRoot("C0OPS"))).toContain("IMG-01");
  });

  test("quick asks for the short recommendation", async () => {
    const fake = await open();
    await fake.command({ user: anna, channel: "C0EDGE", text: "quick: 80 clinics, 4 GB boxes" });
    expect(textOf(await firstRoot("C0EDGE"))).toContain("A quick recommendation");
  });
});

describe("the form", () => {
  test("of a command is prefilled with its text, and begins the plan where it was opened", async () => {
    const fake = await open();
    await fake.command({
      user: anna,
      channel: "C0EDGE",
      text: "form 500 stores with 8 GB and a service mesh",
    });
    const view = await fake.waitFor(async () => (await fake.views(anna))[0]);
    const sites = view.blocks.find((block: Json) => block.block_id === "sites");
    expect(sites.element.initial_value).toBe("500");
    expect(
      (await fake.submit({ user: anna, view: view.id, values: { sites: "40", network: "stable" } })).ack,
    ).toBe(true);
    const root = await firstRoot("C0EDGE");
    expect(textOf(root)).toContain("**40**");
    const card = await told("C0EDGE", root.ts, "Your fleet");
    expect(textOf(card)).toContain("Stable");
    await fake.settled();
    expect((await fake.thread("C0EDGE", root.ts)).some((message) => textOf(message).includes("1 of"))).toBe(
      false,
    );
  });

  test("keeps all of a text that is too long for a modal to carry", async () => {
    const fake = await open();
    const story = "we open at nine and close at six. ".repeat(100);
    await fake.command({ user: anna, channel: "C0EDGE", text: `form ${story} it needs a service mesh` });
    const view = await fake.waitFor(async () => (await fake.views(anna))[0]);
    expect(view.private_metadata.length).toBeLessThanOrEqual(3_000);
    await fake.submit({ user: anna, view: view.id, values: { sites: "500" } });
    expect(textOf(await firstRoot("C0EDGE"))).toContain("Sites **500**");
    const [[, kept] = []] = await Array.fromAsync(bot.bot.store.conversations.entries("slack:"));
    expect(JSON.stringify(kept)).toContain("service-mesh");
  });

  test("opens from a question's thread with what is known, and fills the same brief", async () => {
    const fake = await open();
    await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB" });
    const root = await firstRoot("C0EDGE");
    await told("C0EDGE", root.ts, "1 of");
    await fake.click({
      user: anna,
      message: { channel: "C0EDGE", ts: root.ts },
      text: "All questions at once",
    });
    const view = await fake.waitFor(async () => (await fake.views(anna))[0]);
    await fake.submit({ user: anna, view: view.id, values: { nodesPerSite: "3" } });
    const card = await told("C0EDGE", root.ts, "Your fleet");
    expect(textOf(card)).toMatch(/Nodes per site.{1,60}3/);
    // Said stays said, though the form held it.
    expect(textOf(card)).toContain("500 stores");
  });

  test("opens from the shortcuts: of a message in its thread, from anywhere in the direct messages", async () => {
    const fake = await open();
    const { ts } = await fake.say({ user: "U0BEN", channel: "C0OPS", text: "we have 700 trucks with 2 GB" });
    await fake.shortcut({ user: anna, callback_id: "edge:plan", message: { channel: "C0OPS", ts } });
    const view = await fake.waitFor(async () => (await fake.views(anna))[0]);
    await fake.submit({ user: anna, view: view.id });
    await told("C0OPS", ts, "**700**");
    await fake.shortcut({ user: anna, callback_id: "edge:new" });
    const fresh = await fake.waitFor(async () => (await fake.views(anna)).find(({ id }) => id !== view.id));
    await fake.submit({ user: anna, view: fresh.id, values: { sites: "12" } });
    expect(textOf(await firstRoot("D0ANNA"))).toContain("**12**");
  });
});

describe("a message", () => {
  test("that mentions the bot begins a plan in its thread, and follow-ups need no mention", async () => {
    const fake = await open();
    const { ts } = await fake.say({ user: anna, channel: "C0EDGE", text: "<@U0BOT> 500 stores with 8 GB" });
    await told("C0EDGE", ts, "1 of");
    await fake.say({ user: "U0BEN", channel: "C0EDGE", thread_ts: ts, text: "three nodes each" });
    await told("C0EDGE", ts, "Nodes per site **3**");
    await fake.settled();
    const before = (await fake.thread("C0EDGE", ts)).length;
    await fake.say({ user: "U0BEN", channel: "C0EDGE", thread_ts: ts, text: "<@U0CARLA> 9 nodes or so?" });
    await fake.settled();
    expect(await fake.thread("C0EDGE", ts)).toHaveLength(before + 1);
    expect(await roots("C0EDGE")).toEqual([]);
  });

  test("without a mention, or in threads of others, is left alone", async () => {
    const fake = await open();
    const { ts } = await fake.say({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB" });
    await fake.say({ user: "U0BEN", channel: "C0EDGE", thread_ts: ts, text: "and 3 nodes" });
    await fake.settled();
    expect((await fake.calls("chat.postMessage")).length).toBe(0);
    // Named there, it answers, and says that it has to be named.
    await fake.say({
      user: anna,
      channel: "C0EDGE",
      thread_ts: ts,
      text: "<@U0BOT> plan this: 500 stores with 8 GB",
    });
    await told("C0EDGE", ts, "1 of");
    await whispered(anna, "put @edgewright in front");
    const before = (await fake.thread("C0EDGE", ts)).length;
    await fake.say({ user: "U0BEN", channel: "C0EDGE", thread_ts: ts, text: "good idea" });
    await fake.settled();
    expect(await fake.thread("C0EDGE", ts)).toHaveLength(before + 1);
    await fake.say({ user: anna, channel: "C0EDGE", thread_ts: ts, text: "<@U0BOT> three nodes each" });
    await told("C0EDGE", ts, "Nodes per site **3**");
  });

  test("in the direct messages needs no mention, and goes on beside its thread", async () => {
    const fake = await open();
    await fake.openHome(anna, "messages");
    const [prompts] = await fake.waitFor(async () => (await fake.prompts()).length > 0 && fake.prompts());
    expect(prompts!.prompts).toHaveLength(4);
    const { ts } = await fake.say({ user: anna, channel: "D0ANNA", text: "500 stores with 8 GB" });
    await told("D0ANNA", ts, "1 of");
    await fake.say({ user: anna, channel: "D0ANNA", text: "three nodes each" });
    await told("D0ANNA", ts, "Nodes per site **3**");
  });

  test("with a file has it checked, fetched with the token from Slack alone", async () => {
    const fake = await open();
    const content =
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: nginx:latest\n";
    const { ts } = await fake.say({
      user: anna,
      channel: "C0EDGE",
      text: "<@U0BOT> please check this",
      files: [{ name: "pod.yaml", content }],
    });
    await told("C0EDGE", ts, "IMG-01");
  });

  test("whose text is null, or whose file is a stub that Slack holds back, is answered all the same", async () => {
    const fake = await open();
    const { ts } = await fake.say({ user: anna, channel: "C0EDGE", text: "<@U0BOT> 500 stores with 8 GB" });
    await told("C0EDGE", ts, "1 of");
    const stub = { id: "F0STUB", name: null, size: null, mode: "file_access", url_private: null };
    await fake.send({
      ...{ type: "message", subtype: "file_share", channel: "C0EDGE", channel_type: "channel" },
      ...{ user: anna, thread_ts: ts, ts: "1795000000.000002", event_ts: "1795000000.000002" },
      ...{ text: null, files: [stub, { id: "F0GONE", mode: "tombstone" }] },
    });
    await told("C0EDGE", ts, "F0STUB");
  });

  test("that is sent to the channel as well as to our thread is heard once", async () => {
    const fake = await open();
    const { ts } = await fake.say({ user: anna, channel: "C0EDGE", text: "<@U0BOT> 500 stores with 8 GB" });
    await told("C0EDGE", ts, "1 of");
    await fake.send({
      ...{ type: "message", subtype: "thread_broadcast", channel: "C0EDGE", channel_type: "channel" },
      ...{ user: anna, thread_ts: ts, ts: "1795000000.000003", event_ts: "1795000000.000003" },
      ...{ text: "three nodes each", root: { ts } },
    });
    await told("C0EDGE", ts, "Nodes per site **3**");
  });

  test("with a credential waits without it, where it has to wait at all", async () => {
    const fake = await open();
    await fake.fail({ method: "users.info", status: 500 });
    const token = `ghp_${"a1B2".repeat(9)}`;
    await fake.say({ user: anna, channel: "C0EDGE", text: `<@U0BOT> 500 stores, our token is ${token}` });
    await fake.say({ user: anna, channel: "C0OPS", text: `<@U0BOT> check kind: Secret\n# ${token}` });
    const waiting = await fake.waitFor(async () => {
      const all = await Array.fromAsync(bot.bot.store.notes.entries(""));
      return all.filter(([key]) => key.includes("arrival/")).length === 2 && JSON.stringify(all);
    });
    expect(waiting).toContain("our token is");
    expect(waiting).toContain("kind: Secret");
    expect(waiting).not.toContain(token);
  });

  test("of another bot, or an edit of our own, is nobody's word", async () => {
    const fake = await open();
    await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB" });
    const root = await firstRoot("C0EDGE");
    await told("C0EDGE", root.ts, "1 of");
    const before = (await fake.calls("chat.postMessage")).length;
    // An app may speak in the name of a person, too.
    const said = { user: anna, channel: "C0EDGE", thread_ts: root.ts, text: "3 nodes", bot_id: "B0ELSE" };
    await fake.say(said);
    await fake.settled();
    await fake.send({
      ...{
        type: "message",
        channel: "C0EDGE",
        channel_type: "channel",
        ts: "1795000000.000001",
        event_ts: "1795000000.000001",
      },
      ...{ thread_ts: root.ts, user: "U0ELSE", bot_id: "B0ELSE", text: "3 nodes" },
    });
    await fake.settled();
    expect((await fake.calls("chat.postMessage")).length).toBe(before);
  });
});

describe("the home", () => {
  test("lists a person's plans, renames and deletes them", async () => {
    const fake = await open();
    await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB" });
    const root = await firstRoot("C0EDGE");
    await told("C0EDGE", root.ts, "1 of");
    await fake.openHome(anna);
    const home = await fake.waitFor(async () => (await fake.homes())[anna]);
    expect(JSON.stringify(home.blocks)).toContain("500 sites");
    await fake.click({ user: anna, view: home.id, text: "Rename" });
    const view = await fake.waitFor(async () =>
      (await fake.views(anna)).find(({ type }) => type === "modal"),
    );
    await fake.submit({ user: anna, view: view.id, values: { title: "Stores of the north" } });
    await told("C0EDGE", root.ts, "Stores of the north");
    await fake.waitFor(async () =>
      JSON.stringify((await fake.homes())[anna]!.blocks).includes("Stores of the north"),
    );
    await fake.click({ user: anna, view: (await fake.homes())[anna]!.id, text: "Delete" });
    await told("C0EDGE", root.ts, "is deleted");
    await fake.waitFor(
      async () => !JSON.stringify((await fake.homes())[anna]!.blocks).includes("Stores of the north"),
    );
    // Its buttons say so, instead of doing nothing.
    await fake.click({ user: anna, message: { channel: "C0EDGE", ts: root.ts }, text: "Stop" });
    await whispered(anna, "not kept any more");
  });

  test("that is out of date begins nothing by the id of what is gone, and is shown anew", async () => {
    const fake = await open();
    await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB" });
    await told("C0EDGE", (await firstRoot("C0EDGE")).ts, "1 of");
    await fake.openHome(anna);
    const home = await fake.waitFor(async () => (await fake.homes())[anna]);
    // The home is not shown anew by itself this once: its buttons are still there.
    await fake.fail({ method: "views.publish", error: "internal_error", times: 4 });
    for await (const [conversation] of bot.bot.store.conversations.entries("slack:"))
      await bot.bot.journey.forget(conversation);
    await fake.click({ user: anna, view: home.id, text: "Rename" });
    await fake.waitFor(
      async () => !JSON.stringify((await fake.homes())[anna]!.blocks).includes("500 Sites"),
      {
        timeoutMs: 20_000,
      },
    );
    expect((await fake.views(anna)).filter(({ type }) => type === "modal")).toEqual([]);
    expect(await Array.fromAsync(bot.bot.store.conversations.entries("slack:"))).toEqual([]);
  });

  test("lets admins settle the workspace's language, engine and edition, and nobody else", async () => {
    const fake = await open();
    await fake.openHome("U0ADMIN");
    const home = await fake.waitFor(async () => (await fake.homes()).U0ADMIN);
    await fake.choose({
      user: "U0ADMIN",
      view: home.id,
      action_id: "edgehome:default:language",
      value: "de",
    });
    await fake.choose({
      user: "U0ADMIN",
      view: home.id,
      action_id: "edgehome:default:gitops",
      value: "argocd",
    });
    await fake.openHome(anna);
    const plain = await fake.waitFor(async () => (await fake.homes())[anna]);
    expect(JSON.stringify(plain.blocks)).not.toContain("static_select");
    expect(JSON.stringify(plain.blocks)).toMatch(/(Language|Sprache): \*Deutsch\*/);
    await fake.openHome("U0MEI");
    const chinese = await fake.waitFor(async () => (await fake.homes()).U0MEI);
    expect(JSON.stringify(chinese.blocks)).toContain("语言：*Deutsch*");
    await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB" });
    const root = await firstRoot("C0EDGE");
    expect(textOf(root)).toMatch(/Verstanden.*Argo CD/);
  });
});

describe("who may not", () => {
  test("opens no form and settles nothing either, whatever still stands there to be pressed", async () => {
    const fake = await open({ env: { SLACK_ALLOWED_USERS: anna } });
    await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB" });
    const root = await firstRoot("C0EDGE");
    const message = { channel: "C0EDGE", ts: root.ts };
    await fake.click({ user: "U0BEN", message, text: "All questions at once" });
    await whispered("U0BEN", "Sie stehen nicht auf der Liste");
    await fake.shortcut({ user: "U0BEN", callback_id: "edge:new" });
    await fake.settled();
    expect(await fake.calls("views.open")).toEqual([]);
    await fake.openHome("U0ADMIN");
    const home = await fake.waitFor(async () => (await fake.homes()).U0ADMIN);
    const action = { action_id: "edgehome:default:language", action_ts: "1", type: "static_select" };
    for (const [n, id] of ["U0ADMIN", anna].entries())
      await fake.replay({
        kind: "interactive",
        body: {
          ...{ type: "block_actions", team: { id: fake.team.id }, user: { id }, trigger_id: `t${n}` },
          ...{ container: { type: "view", view_id: home.id }, view: home },
          actions: [{ ...action, selected_option: { value: "de" } }],
        },
      });
    await fake.settled();
    expect(await Array.fromAsync(bot.bot.store.notes.entries("defaults/"))).toEqual([]);
  });

  test("guests and strangers are told so, and nothing is begun", async () => {
    const fake = await open();
    const guest = await fake.command({ user: "U0GUEST", channel: "C0EDGE", text: "500 stores" });
    expect(guest.body.text).toContain("guests");
    await fake.say({ user: "U0OTHER", channel: "C0SHARED", text: "<@U0BOT> 500 stores" });
    await whispered("U0OTHER", "people of this workspace");
    await fake.settled();
    expect(await roots("C0EDGE")).toEqual([]);
    expect((await fake.calls("chat.postMessage")).length).toBe(0);
  });

  test("lists of people, e-mail domains, channels and workspaces hold", async () => {
    const env = {
      SLACK_ALLOWED_USERS: "U0BEN",
      SLACK_ALLOWED_EMAIL_DOMAINS: "guest.example",
      SLACK_ALLOWED_CHANNELS: "C0EDGE,C0SHARED",
      SLACK_ALLOWED_WORKSPACES: "T0OTHER",
      SLACK_ALLOW_GUESTS: "true",
    };
    const fake = await open({ env });
    const tried = async (user: string, channel: string) =>
      (await fake.command({ user, channel, text: "help" })).body.text as string;
    expect(await tried("U0BEN", "C0EDGE")).toContain("Sie nach");
    expect(await tried("U0GUEST", "C0EDGE")).toContain("What you can type");
    expect(await tried(anna, "C0EDGE")).toContain("not on the list");
    expect(await tried("U0BEN", "C0OPS")).toContain("In diesem Kanal");
    expect(await tried("U0BEN", "D0BEN")).toContain("Sie nach");
    expect(await tried("U0OTHER", "C0SHARED")).toContain("not on the list");
  });
});

describe("on Enterprise Grid", () => {
  const users = [
    // Their home is another workspace of the organisation; Uma belongs to ours as well.
    {
      id: "U0UMA",
      name: "uma",
      team_id: "T0HOME",
      enterprise_user: { enterprise_id: "E0ORG", teams: ["T0HOME"] },
    },
    {
      id: "U0NOA",
      name: "noa",
      team_id: "T0HOME",
      enterprise_user: { enterprise_id: "E0ORG", teams: ["T0HOME"] },
    },
  ];
  const help = async (user: string) => {
    await bot.fake.invite("C0EDGE", user);
    return (await bot.fake.command({ user, channel: "C0EDGE", text: "help" })).body.text as string;
  };

  test("people who belong to the workspace are no strangers, wherever their home is", async () => {
    const [uma, noa] = users;
    const ours = { ...uma!, enterprise_user: { enterprise_id: "E0ORG", teams: ["T0HOME", "T0EDGE"] } };
    await open({ fake: { users: [ours, noa!], team: { id: "T0EDGE" } } });
    expect(await help("U0UMA")).toContain("What you can type");
    expect(await help("U0NOA")).toContain("people of this workspace");
  });

  test("the whole organisation is let in by its id", async () => {
    await open({ fake: { users }, env: { SLACK_ALLOWED_WORKSPACES: "E0ORG" } });
    expect(await help("U0NOA")).toContain("What you can type");
  });
});

describe("stop", () => {
  test.each(["word", "button"])("as a %s ends what waits", async (how) => {
    const fake = await open();
    await fake.command({ user: anna, channel: "C0EDGE", text: "500 stores with 8 GB" });
    const root = await firstRoot("C0EDGE");
    await told("C0EDGE", root.ts, "1 of");
    if (how === "word") await fake.say({ user: anna, channel: "C0EDGE", thread_ts: root.ts, text: "stop" });
    else await fake.click({ user: anna, message: { channel: "C0EDGE", ts: root.ts }, text: "Stop" });
    await told("C0EDGE", root.ts, "Go on");
  });
});
