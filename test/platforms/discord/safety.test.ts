import { describe, expect, test, vi } from "vitest";
import type { Block } from "#model/block.ts";
import { connecting, setting } from "./setting.ts";

const fleet = "5,000 trucks, 2 GB ARM64, flaky 4G, Flux, eMMC, one node each";
const signal = AbortSignal.timeout(60_000);

describe("who may use it", () => {
  test("is decided by lists of servers, channels, roles and people, for mentions, commands and buttons alike", async () => {
    const { fake: first } = await connecting({ messageContent: "full" });
    const role = await first.role({ name: "platform", members: ["ada"] });
    const { channels } = await first.ids();
    const settings = { DISCORD_ALLOWED_ROLES: role, DISCORD_ALLOWED_CHANNELS: channels.ops! };
    const { fake } = await setting({ fake: first, settings });
    await fake.waitForCommands();
    await fake.say({ user: "ada", channel: "general", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "I am not allowed to work for you here", channel: "general" });
    await fake.say({ user: "bob", channel: "ops", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "I am not allowed to work for you here", channel: "ops" });
    const used = await fake.command({
      user: "bob",
      channel: "ops",
      name: "edge",
      sub: "plan",
      options: { fleet },
    });
    expect(await used.message()).toMatchObject({
      ephemeralTo: "bob",
      text: expect.stringContaining("not allowed"),
    });
    await fake.say({ user: "ada", channel: "ops", content: fleet, mention: true });
    const question = await fake.waitForMessage({ contains: "Who can" });
    const pressed = await fake.click({ user: "bob", message: question.id, customId: "Anyone" });
    expect(await pressed.answered()).toMatchObject({
      messages: expect.arrayContaining([expect.objectContaining({ ephemeralTo: "bob" })]),
    });
    const asked = await fake.say({ user: "bob", channel: question.channel_id, content: "anyone" });
    await fake.say({ user: "ada", channel: question.channel_id, content: "staff only" });
    await fake.waitForMessage({ contains: "Your fleet", after: asked });
    expect(await fake.threads()).toHaveLength(1);
  });

  test("is also what a server settled for commands: mentions are held to it as Discord holds commands", async () => {
    const { fake } = await setting({ messageContent: "full" });
    const role = await fake.role({ name: "platform", members: ["ada"] });
    await fake.person({ name: "bob" });
    await fake.say({ user: "bob", content: fleet, mention: true });
    const before = await fake.waitForMessage({ contains: "Who can" });
    const { guilds, channels } = await fake.ids();
    const everybody = { id: guilds[0]!, type: 1, permission: false };
    const ops = { id: channels.ops!, type: 3, permission: false };
    await fake.commandRules([everybody, { id: role, type: 1, permission: true }, ops]);
    await fake.say({ user: "bob", channel: before.channel_id, content: "anyone" });
    await fake.waitForMessage({ contains: "not allowed", channel: before.channel_id });
    await fake.say({ user: "ada", channel: "ops", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "not allowed", channel: "ops" });
    await fake.say({ user: "ada", channel: "general", content: "120 stores, 8 GB", mention: true });
    await fake.waitForMessage({ contains: "Sites **120**" });
    expect(await fake.violations()).toEqual([]);
  });

  test("holds in direct messages too: whoever is allowed in a server is allowed there", async () => {
    const { fake: first } = await connecting({ messageContent: "full" });
    const role = await first.role({ name: "platform", members: ["ada"] });
    const { guilds } = await first.ids();
    const settings = { DISCORD_ALLOWED_ROLES: role, DISCORD_ALLOWED_SERVERS: guilds.join(",") };
    const { fake } = await setting({ fake: first, settings });
    await fake.say({ user: "ada", channel: "dm", content: fleet });
    await fake.waitForMessage({ contains: "Who can", channel: "dm:ada" });
    await fake.say({ user: "bob", channel: "dm", content: fleet });
    await fake.waitForMessage({ contains: "not allowed", channel: "dm:bob" });
  });

  test("a category that is allowed allows its channels, and their threads", async () => {
    const { fake: first } = await connecting({ messageContent: "full" });
    const category = await first.category({ name: "platform", channels: ["ops"] });
    const { fake } = await setting({ fake: first, settings: { DISCORD_ALLOWED_CHANNELS: category } });
    const asked = await fake.say({ user: "bob", channel: "general", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "not allowed", channel: "general", after: asked });
    await fake.say({ user: "ada", channel: "ops", content: fleet, mention: true });
    const { channel_id: thread } = await fake.waitForMessage({ contains: "Who can" });
    await fake.say({ user: "ada", channel: thread, content: "anyone" });
    await fake.waitForMessage({ contains: "Your fleet", channel: thread });
  });

  test("an administrator is held to nothing that a server settled", async () => {
    const { fake } = await setting({ messageContent: "full" });
    await fake.role({ name: "admins", members: ["ada"], permissions: ["Administrator"] });
    const { guilds } = await fake.ids();
    await fake.commandRules([{ id: guilds[0]!, type: 1, permission: false }]);
    const asked = await fake.say({ user: "bob", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "not allowed", after: asked });
    await fake.say({ user: "ada", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "Who can" });
  });

  test("what a server settled for one command goes before what it settled for all", async () => {
    const { fake } = await setting({ messageContent: "full" });
    await fake.waitForCommands();
    const [everyone] = (await fake.ids()).guilds;
    const [edge] = await fake.commands();
    const rule = (permission: boolean) => [{ id: everyone!, type: 1, permission }];
    await fake.commandRules(rule(false), { command: edge!.id, rules: rule(true) });
    await fake.say({ user: "ada", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "Who can" });
    await fake.commandRules(rule(true), { command: edge!.id, rules: rule(false) });
    const asked = await fake.say({ user: "bob", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "not allowed", after: asked });
  });

  test("what a server settled for a message command holds for no mention", async () => {
    const { fake } = await setting({ messageContent: "full" });
    await fake.waitForCommands();
    const [everyone] = (await fake.ids()).guilds;
    const rules = [{ id: everyone!, type: 1, permission: false }];
    const onMessage = (await fake.commands()).find(({ name }) => name !== "edge");
    await fake.commandRules([], { command: onMessage!.id, rules });
    await fake.say({ user: "ada", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "Who can" });
    // Where nobody can tell which command it is about, it holds for all of them.
    const { fake: other } = await setting({ messageContent: "full" });
    await other.waitForCommands();
    await other.fail({
      path: /applications\/\d+\/commands$/,
      method: "GET",
      status: 403,
      code: 50_001,
      times: 9,
    });
    const [all] = (await other.ids()).guilds;
    const there = (await other.commands()).find(({ name }) => name !== "edge");
    await other.commandRules([], { command: there!.id, rules: [{ id: all!, type: 1, permission: false }] });
    const asked = await other.say({ user: "ada", content: fleet, mention: true });
    await other.waitForMessage({ contains: "not allowed", after: asked });
  });

  test("whoever left the server has left its direct messages", async () => {
    const { fake: first } = await connecting({ messageContent: "full" });
    const { guilds } = await first.ids();
    const { fake } = await setting({ fake: first, settings: { DISCORD_ALLOWED_SERVERS: guilds.join(",") } });
    await fake.say({ user: "ada", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "Who can" });
    await fake.dismiss("ada");
    await fake.say({ user: "ada", channel: "dm", content: fleet });
    await fake.waitForMessage({ contains: "not allowed", channel: "dm:ada" });
  });

  test("what a server settled goes on to hold while it cannot be read", async () => {
    const { fake } = await setting({ messageContent: "full" });
    const { channels } = await fake.ids();
    const rules = [{ id: channels.ops!, type: 3, permission: false }];
    await fake.commandRules(rules);
    await fake.say({ user: "ada", channel: "ops", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "not allowed", channel: "ops" });
    await fake.fail({ path: /commands\/permissions$/, status: 403, code: 50_001, times: 100 });
    await fake.commandRules(rules);
    const asked = await fake.say({ user: "eve", channel: "ops", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "not allowed", channel: "ops", after: asked });
    expect(await fake.pendingFaults()).toBeLessThan(100);
  });

  test("what a server settled is not waited for longer than a command may take", async () => {
    const { fake } = await setting({ messageContent: "full" });
    await fake.waitForCommands();
    await fake.fail({ path: /commands\/permissions$/, hang: 4_000 });
    const used = await fake.command({ user: "ada", name: "edge", sub: "plan" });
    expect((await used.answered()).modal?.title).toBe("Plan an edge fleet");
  });

  test("a person who is refused is told once, not each time", async () => {
    const { fake: first } = await connecting({ messageContent: "full" });
    const { fake, bot } = await setting({
      fake: first,
      settings: { DISCORD_ALLOWED_USERS: "123456789012345678" },
    });
    await fake.say({ user: "ada", content: fleet, mention: true });
    await fake.say({ user: "ada", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "not allowed" });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await bot.journey.settled();
    expect((await fake.messages()).filter(({ ours }) => ours)).toHaveLength(1);
  });
});

describe("nothing rings and nothing unfolds", () => {
  test("whatever people write into names, threads, answers and quotes", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.waitForCommands();
    const { users } = await fake.ids();
    const evil = `@everyone <@${users.edgewright}> <@&1> https://evil.example/x [a](https://evil.example/y) 120 stores, 8 GB`;
    await fake.say({ user: "ada", content: evil, mention: true });
    const { channel_id: thread } = await fake.waitForMessage({ contains: "Understood" });
    await fake.say({ user: "ada", channel: thread, content: "@here is no answer https://evil.example/z" });
    await fake.command({ user: "bob", name: "edge", sub: "plan", options: { fleet: evil } });
    await fake.waitForMessage({ contains: "**bob** plans" });
    await bot.journey.settled();
    const ours = new Set((await fake.messages()).filter((one) => one.ours).map(({ id }) => id));
    expect((await fake.pings()).filter(({ message }) => ours.has(message))).toEqual([]);
    expect((await fake.fetchedLinks()).filter(({ message }) => ours.has(message))).toEqual([]);
  });

  test("credentials reach neither the thread's name nor the line above it", async () => {
    const { fake } = await setting({ messageContent: "full" });
    await fake.say({ user: "ada", content: "password=hunter2hunter2 120 stores, 8 GB", mention: true });
    await fake.waitForMessage({ contains: "Understood" });
    await fake.waitForCommands();
    const options = { fleet: "password=hunter2hunter2 77 stores, 8 GB" };
    const used = await fake.command({ user: "bob", name: "edge", sub: "plan", options });
    expect((await used.message()).text).toContain("77 stores");
    await fake.waitForMessage({ contains: "Sites **77**" });
    const ours = (await fake.messages()).filter(({ ours }) => ours).map(({ text }) => text);
    const names = (await fake.threads()).map(({ name }) => name);
    expect(names).toHaveLength(2);
    expect([...ours, ...names].join("\n")).not.toContain("hunter2");
  });
});

describe("running work", () => {
  test("shows one card with a Stop button, edited at most once a second, and typing; then it is gone", async () => {
    const { fake, connect, notes } = await connecting();
    const { connection } = await connect();
    const channel = (await fake.ids()).channels.general!;
    await notes.set("place/discord:7", { kind: "thread", channel });
    // Every tick has something new to show.
    const steps = (running: number, tick: number) =>
      ["decide", "advise", "guard"].slice(0, running + 1).map((key, at) => ({
        key,
        state: at < running ? ("done" as const) : ("running" as const),
        note: `m${tick}`,
      }));
    const begun = Date.now();
    for (let tick = 0; tick < 20; tick++) {
      connection.status("discord:7", steps(Math.floor(tick / 7), tick), { language: "de" });
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    const [card] = (await fake.messages("general")).filter(({ ours }) => ours);
    expect(card!.text).toMatch(/m\d+ befragen/);
    expect(JSON.stringify(card!.components)).toContain('"stop"');
    expect(card!.edits).toBeLessThanOrEqual(Math.ceil((Date.now() - begun) / 1_000));
    expect(await fake.typing()).not.toEqual([]);
    connection.status("discord:7", [], { language: "de" });
    await expect.poll(async () => (await fake.messages("general")).filter(({ ours }) => ours)).toEqual([]);
    expect(await fake.violations()).toEqual([]);
  });

  test("shows typing as long as it runs, since the sign lasts ten seconds", async () => {
    const { fake, connect, notes } = await connecting();
    const { connection } = await connect();
    await notes.set("place/discord:7", {
      kind: "thread",
      channel: (await fake.ids()).channels.general!,
    });
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      connection.status("discord:7", [{ key: "decide", state: "running" }], { language: "en" });
      await expect.poll(() => vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(19_000);
      await expect.poll(async () => (await fake.typing()).length).toBe(3);
      connection.status("discord:7", [], { language: "en" });
      await expect.poll(() => vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test("that an earlier process showed is taken away at the start", async () => {
    const { fake, connect, notes } = await connecting();
    const channel = (await fake.ids()).channels.general!;
    await notes.set("place/discord:7", { kind: "thread", channel });
    const { connection } = await connect();
    const blocks: Block[] = [{ kind: "paragraph", text: "deciding" }];
    const message = await connection.post("discord:7", blocks, { key: "x:0", signal });
    await notes.set("status/discord:7", { channel, message });
    await connection.close();
    await connect();
    await expect.poll(async () => (await fake.messages("general")).filter(({ ours }) => ours)).toEqual([]);
  });

  test("is stopped by the word and by the button", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.say({ user: "ada", content: fleet, mention: true });
    const hello = await fake.waitForMessage({ contains: "Planning an edge fleet" });
    await fake.waitForMessage({ contains: "Who can" });
    await (await fake.click({ user: "ada", message: hello.id, customId: "Stop" })).acked();
    await fake.waitForMessage({ contains: "Stopped. The answers so far are kept" });
    await bot.journey.settled();
  });
});

describe("the language", () => {
  test("is the person's own where it is no English, what they write else, then the server's", async () => {
    const { fake } = await setting({ messageContent: "full", guildLocale: "de" });
    await fake.waitForCommands();
    const plan = { name: "edge", sub: "plan", options: { fleet: "120, 8 GB" } };
    await fake.command({ ...plan, user: "ada", locale: "es-ES" });
    await fake.waitForMessage({ contains: "Planificación de una flota" });
    await fake.say({ user: "bob", content: "120, 8 GB", mention: true });
    await fake.waitForMessage({ contains: "Planung einer Edge-Flotte" });
    await fake.say({ user: "eve", content: "我们有 120 家门店，每台 8 GB 内存", mention: true });
    await fake.waitForMessage({ contains: "边缘设备群规划" });
    await fake.command({
      user: "ada",
      name: "edge",
      sub: "plan",
      options: { fleet: "120 Filialen mit 8 GB Speicher und wackliger Verbindung" },
      locale: "en-GB",
    });
    await fake.waitForMessage({ contains: "Verstanden: Branche" });
    expect(await fake.violations()).toEqual([]);
  });
});
