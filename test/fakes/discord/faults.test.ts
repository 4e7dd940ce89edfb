import { spawn } from "node:child_process";
import { once } from "node:events";
import { Events, RESTEvents, Routes } from "discord.js";
import { describe, expect, test } from "vitest";
import { type FakeDiscord, spawnFakeDiscord } from "../discord.ts";
import { atEnd, bot, fake, openThread, rest, textChannel } from "./harness.ts";

const messages = /\/messages$/;

async function posting(discord: FakeDiscord) {
  const { channels } = await discord.ids();
  const path = Routes.channelMessages(channels.general!);
  return (body: object, options = {}) => rest(discord, options).post(path, { body });
}

describe("a request that goes wrong", () => {
  test("a 500 before anything happened is tried again by the library, and happens once", async () => {
    const discord = await fake();
    const post = await posting(discord);
    await discord.fail({ method: "POST", path: messages, status: 500, times: 3 });
    await post({ content: "x" });
    expect(await discord.messages("general")).toHaveLength(1);
    expect(await discord.count("POST /channels/:channel/messages")).toBe(4);
    expect(await discord.pendingFaults()).toBe(0);
  });

  test("a 502 after it happened makes two messages without a nonce, one with", async () => {
    const discord = await fake();
    const post = await posting(discord);
    await discord.fail({ path: "/messages", after: true });
    await post({ content: "twice" });
    await discord.fail({ path: "/messages", after: true, status: 502 });
    await post({ content: "once", nonce: "n", enforce_nonce: true });
    expect((await discord.messages("general")).map(({ text }) => text)).toEqual(["twice", "twice", "once"]);
  });

  test("a line cut before leaves nothing, one cut after leaves the message", async () => {
    const discord = await fake();
    const post = await posting(discord);
    await discord.fail({ method: "POST", path: messages, cut: true });
    await expect(post({ content: "before" })).rejects.toThrow();
    await discord.fail({ method: "POST", path: messages, cut: true, after: true });
    await expect(post({ content: "after" })).rejects.toThrow();
    expect((await discord.messages("general")).map(({ text }) => text)).toEqual(["after"]);
  });

  test("an answer that never comes ends by the client's patience, one that comes late comes", async () => {
    const discord = await fake();
    const post = await posting(discord);
    await discord.fail({ path: messages, hang: 50 });
    await post({ content: "late" });
    await discord.fail({ path: messages, hang: true, times: 9 });
    await expect(post({ content: "never" }, { timeout: 100, retries: 0 })).rejects.toThrow(/abort/i);
    expect((await discord.messages("general")).map(({ text }) => text)).toEqual(["late"]);
  });

  test("a file can fail to come, and come the next time", async () => {
    const discord = await fake();
    const id = await discord.say({ user: "ada", files: [{ name: "a.yaml", content: "a: 1" }] });
    const { url } = (await discord.message(id))!.attachments[0]!;
    await discord.fail({ path: "/attachments/", status: 503 });
    await discord.fail({ path: "/attachments/", cut: true });
    expect((await fetch(url)).status).toBe(503);
    await expect(fetch(url)).rejects.toThrow();
    expect(await (await fetch(url)).text()).toBe("a: 1");
  });

  test("a refusal of the test's choosing carries its code", async () => {
    const discord = await fake();
    const post = await posting(discord);
    await discord.fail({ path: messages, status: 403, code: 50013, message: "Missing Permissions" });
    await expect(post({ content: "x" })).rejects.toMatchObject({ status: 403, code: 50013 });
    await discord.fail({ path: messages, status: 400, times: 5 });
    await discord.heal();
    await post({ content: "x" });
  });

  test("a storm strikes at its rate, the same for the same seed", async () => {
    const struck = async (seed: number) => {
      const discord = await fake({ globalPerSecond: 0, bucket: { limit: 1_000, windowMs: 1_000 } });
      const { channels } = await discord.ids();
      await discord.fail({ method: "GET", path: "/channels", status: 400, rate: 0.3, seed });
      const api = rest(discord);
      const results = [];
      for (let n = 0; n < 60; n++) {
        const asked = api.get(Routes.channel(channels.general!));
        results.push(await asked.then(() => "-").catch(() => "x"));
      }
      return results.join("");
    };
    const [one, same, other] = [await struck(1), await struck(1), await struck(2)];
    expect(one).toBe(same);
    expect(one).not.toBe(other);
    expect(one.split("x").length - 1).toBeGreaterThan(8);
    expect(one.split("x").length - 1).toBeLessThan(30);
  });

  test("an interaction's answer can be lost after it counted, and the next try hears so", async () => {
    const discord = await fake();
    const { client } = await bot(discord);
    await client.application.commands.set([{ name: "plan", description: "Plans" }]);
    const heard: unknown[] = [];
    client.on(Events.InteractionCreate, async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.deferReply().catch((error: { code: unknown }) => heard.push(error.code));
    });
    await discord.fail({ path: "/callback", after: true });
    const used = await discord.command({ user: "ada", name: "plan" });
    await expect.poll(() => heard).toEqual([40060]);
    expect((await used.seen()).ackedAfterMs).toBeGreaterThanOrEqual(0);
  });
});

describe("limits", () => {
  test("buckets are told in headers, and the library waits instead of running into them", async () => {
    const discord = await fake({ bucket: { limit: 5, windowMs: 400 } });
    const own = await bot(discord);
    const channel = await textChannel(own, discord);
    const limited: string[] = [];
    own.client.rest.on(RESTEvents.RateLimited, ({ route }) => limited.push(route));
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => channel.send(`${n}`)));
    expect((await discord.messages("general")).map(({ text }) => text)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
    ]);
    expect(limited.length).toBeGreaterThan(0);
    expect(await discord.violations()).toEqual([]);
  });

  test("who does not read them is refused, per channel, and one route may have its own", async () => {
    const discord = await fake({
      buckets: { "POST /channels/:channel/messages": { limit: 2, windowMs: 60_000 } },
    });
    const { channels } = await discord.ids();
    const post = (name: string) =>
      fetch(`${discord.api}/v10${Routes.channelMessages(channels[name]!)}`, {
        method: "POST",
        headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json" },
        body: JSON.stringify({ content: "x" }),
      });
    const statuses = [];
    for (const name of ["general", "general", "general", "ops"]) statuses.push((await post(name)).status);
    expect(statuses).toEqual([200, 200, 429, 200]);
    const { headers } = await post("general");
    expect(headers.get("x-ratelimit-scope")).toBe("user");
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(50);
    expect((await discord.violations()).map(({ kind }) => kind)).toEqual(["rate", "rate"]);
  });

  test("fifty a second over all routes, and interactions are exempt", async () => {
    const discord = await fake({ bucket: { limit: 1_000, windowMs: 60_000 }, globalPerSecond: 3 });
    const ask = (path: string) =>
      fetch(`${discord.api}/v10${path}`, { headers: { authorization: `Bot ${discord.token}` } });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await ask("/users/@me")).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refusal = await ask("/users/@me");
    expect(refusal.headers.get("x-ratelimit-global")).toBe("true");
    expect(await refusal.json()).toMatchObject({ global: true });
    expect((await ask("/webhooks/1/token/messages/@original")).status).toBe(404);
  });

  test("a 429 of the test's choosing is waited out by the library", async () => {
    const discord = await fake();
    const post = await posting(discord);
    await discord.fail({ path: messages, retryAfter: 0.2, times: 2 });
    await post({ content: "x" });
    expect(await discord.messages("general")).toHaveLength(1);
    expect(await discord.invalidRequests()).toBe(2);
  });

  test("too many invalid requests, and nobody answers any more", async () => {
    const discord = await fake({ invalidCap: 3, clock: "manual" });
    const ask = (token: string) =>
      fetch(`${discord.api}/v10/users/@me`, { headers: { authorization: `Bot ${token}` } });
    for (let n = 0; n < 3; n++) expect((await ask("wrong")).status).toBe(401);
    const banned = await ask(discord.token);
    expect([banned.status, await banned.text()]).toEqual([429, expect.not.stringContaining("{")]);
    await discord.clock.advance(11 * 60_000);
    expect((await ask(discord.token)).status).toBe(200);
  });

  test("a 401 makes the library forget its token", async () => {
    const discord = await fake();
    const { client } = await bot(discord);
    await discord.fail({ path: "/users", status: 401 });
    await expect(client.rest.get(Routes.user())).rejects.toMatchObject({ status: 401 });
    await expect(client.rest.get(Routes.user())).rejects.toThrow(/token/i);
  });
});

describe("a fake in its own process", () => {
  const program = `
    import { Client, Partials } from "discord.js";
    const [api, token] = process.argv.slice(1);
    const client = new Client({ intents: [1, 512, 4096], partials: [Partials.Channel], rest: { api }, enforceNonce: true });
    client.on("messageCreate", async (message) => {
      if (message.author.bot) return;
      await message.channel.send({ content: message.content, nonce: message.id, enforceNonce: true });
    });
    client.once("clientReady", async () => {
      for (const channel of client.channels.cache.filter((one) => one.name === "general").values()) {
        const missed = await channel.messages.fetch({ limit: 50 });
        for (const message of missed.values())
          if (!message.author.bot) await channel.send({ content: message.content, nonce: message.id, enforceNonce: true });
      }
    });
    await client.login(token);`;

  test("lives on while a bot is killed, and keeps what nobody heard", async () => {
    const discord = await spawnFakeDiscord({ bucket: { limit: 1_000, windowMs: 1_000 }, globalPerSecond: 0 });
    atEnd(() => discord.close());
    const start = () => {
      const child = spawn(
        process.execPath,
        ["--input-type=module", "-e", program, discord.api, discord.token],
        { stdio: "inherit" },
      );
      atEnd(() => child.kill("SIGKILL"));
      return child;
    };
    const first = start();
    await discord.waitForSessions(1, 20_000);
    await discord.say({ user: "ada", content: "one", mention: true });
    await discord.waitForMessage({ contains: "one" });
    // The answer is stored, but its sender dies before it hears so.
    await discord.fail({ method: "POST", path: messages, hang: true, after: true });
    await discord.say({ user: "ada", content: "two", mention: true });
    await discord.waitForMessage({ contains: "two" });
    first.kill("SIGKILL");
    await once(first, "exit");
    await discord.waitForSessions(0);
    await discord.say({ user: "ada", content: "three", mention: true });
    start();
    await discord.waitForMessage({ contains: "three", timeoutMs: 20_000 });
    const said = (await discord.messages("general"))
      .filter(({ ours }) => ours)
      .map(({ text }) => text.split(" ").at(-1));
    expect(said.toSorted()).toEqual(["one", "three", "two"]);
    expect(await discord.sessions()).toHaveLength(2);
  });

  test("patterns, bytes and errors cross the border", async () => {
    const discord = await spawnFakeDiscord();
    atEnd(() => discord.close());
    const bytes = new Uint8Array([0, 1, 255]);
    const id = await discord.say({ user: "ada", files: [{ name: "a.bin", content: bytes }] });
    const message = await discord.message(id);
    expect(await discord.bytes(message!.attachments[0]!.url)).toEqual(bytes);
    await discord.fail({ path: /^\/users\/@me$/, status: 418 });
    await expect(rest(discord).get("/users/@me")).rejects.toMatchObject({ status: 418 });
    await expect(discord.say({ user: "ada", channel: "nowhere", content: "x" })).rejects.toThrow(
      /no channel "nowhere"; there are general/,
    );
    await expect(discord.waitForMessage({ contains: "never", timeoutMs: 50 })).rejects.toThrow(
      /waited 50 ms for a message with "never"/,
    );
  });
});

test("a thread lost between two requests leaves the bot with a refusal it can name", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const thread = await openThread(own, discord);
  const sending = thread.send("x").then(() => discord.deleteThread(thread.id));
  await sending;
  await expect(thread.send("y")).rejects.toMatchObject({ code: 10003 });
});
