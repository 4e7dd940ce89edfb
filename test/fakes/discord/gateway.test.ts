import { Client, Events, GatewayIntentBits as Intent, type Message } from "discord.js";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { bot, fake, intents, openThread, rest } from "./harness.ts";

const heard = (client: Client) => {
  const texts: string[] = [];
  client.on(Events.MessageCreate, (message: Message) => {
    if (!message.author.bot) texts.push(message.content);
  });
  return texts;
};

/** What a client hears when it may not come in. */
async function turnedAway(options: ConstructorParameters<typeof Client>[0], token: string): Promise<string> {
  const client = new Client(options);
  client.on(Events.Error, () => {});
  try {
    await client.login(token);
    return "let in";
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.destroy();
  }
}

describe("coming in", () => {
  test("the content intent is refused unless the application has it, and an approved one is let in", async () => {
    const discord = await fake();
    const options = { intents: [...intents, Intent.MessageContent], rest: { api: discord.api } };
    expect(await turnedAway(options, discord.token)).toMatch(/disallowed intents/i);
    expect(await discord.violations()).toMatchObject([{ kind: "gateway", code: 4014 }]);
    for (const messageContent of ["limited", "full"] as const) {
      await discord.app({ messageContent });
      expect(await turnedAway(options, discord.token)).toBe("let in");
    }
    await discord.app({ messageContent: "none" });
    expect(await turnedAway(options, discord.token)).toMatch(/disallowed intents/i);
  });

  test("members and presences are privileged too", async () => {
    const discord = await fake();
    const options = { intents: [...intents, Intent.GuildMembers], rest: { api: discord.api } };
    expect(await turnedAway(options, discord.token)).toMatch(/disallowed intents/i);
    await discord.app({ privileged: Intent.GuildMembers });
    expect(await turnedAway(options, discord.token)).toBe("let in");
  });

  test("a wrong token is refused by REST before any socket opens", async () => {
    const discord = await fake();
    const options = { intents, rest: { api: discord.api } };
    expect(await turnedAway(options, "MTIz.wrong.token")).toMatch(/invalid token/i);
    expect(await discord.identifies()).toBe(0);
  });

  test("too many servers on one shard are refused, on enough shards they are not", async () => {
    const discord = await fake({ guilds: 4, guildsPerShard: 3 });
    const options = { intents, rest: { api: discord.api } };
    expect(await turnedAway(options, discord.token)).toMatch(/too many guilds|sharding/i);
    expect(await discord.violations()).toMatchObject([{ code: 4011 }]);
  });

  test("servers and their messages go to the shard their id says, direct messages to the first", async () => {
    const discord = await fake({ guilds: 4, shards: 2, maxConcurrency: 2 });
    const own = await bot(discord, { shards: "auto" });
    expect(own.client.ws.shards.size).toBe(2);
    const shards = own.client.guilds.cache.map((guild) => guild.shardId);
    expect(shards.toSorted()).toEqual([0, 0, 1, 1]);
    const seen: number[] = [];
    own.client.on(Events.MessageCreate, ({ guild, content }) => {
      if (content.includes("here")) seen.push(guild?.shardId ?? -1);
    });
    for (const name of ["devops", "devops-1", "devops-2", "devops-3"])
      await discord.say({ user: "ada", channel: `${name}/general`, content: "here", mention: true });
    await discord.say({ user: "ada", channel: "dm", content: "here" });
    await expect.poll(() => seen.toSorted()).toEqual([-1, 0, 0, 1, 1]);
    expect(await discord.sessions()).toMatchObject([{ shard: [0, 2] }, { shard: [1, 2] }]);
  });

  test("identifies that come too fast hear 'invalid session' where a test wants it so", async () => {
    const discord = await fake({ strictIdentify: true });
    await bot(discord);
    // The library waits by itself; a bare socket does not.
    const socket = new WebSocket(
      `${discord.api.replace("http", "ws").replace("/api", "")}?v=10&encoding=json`,
    );
    const answers: unknown[] = [];
    socket.on("message", (raw) => answers.push((JSON.parse(String(raw)) as { op: number }).op));
    socket.on("open", () =>
      socket.send(JSON.stringify({ op: 2, d: { token: discord.token, intents: 1, properties: {} } })),
    );
    await expect.poll(() => answers).toEqual([10, 9]);
    socket.close();
  });

  test("a bot that has used up its identifies for today is told so by REST", async () => {
    const discord = await fake({ identifiesLeft: 0 });
    expect(await turnedAway({ intents, rest: { api: discord.api } }, discord.token)).toMatch(/sessions/i);
  });
});

describe("what is sent to whom", () => {
  test("without GUILDS nothing is heard of servers, without DIRECT_MESSAGES nothing of direct messages", async () => {
    const discord = await fake();
    const own = await bot(discord, { intents: [Intent.GuildMessages] });
    const raw: string[] = [];
    own.client.on(Events.Raw as never, (packet: { t: string }) => raw.push(packet.t));
    await discord.say({ user: "ada", content: "one", mention: true });
    await discord.say({ user: "ada", channel: "dm", content: "two" });
    await discord.channel({ name: "new" });
    await discord.say({ user: "ada", content: "three", mention: true });
    await expect.poll(() => raw).toEqual(["MESSAGE_CREATE", "MESSAGE_CREATE"]);
  });

  test("a channel that the bot may not see tells it nothing", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const texts = heard(own.client);
    await discord.removePermission("ViewChannel", "ops");
    await discord.say({ user: "ada", channel: "ops", content: "hidden", mention: true });
    await discord.say({ user: "ada", channel: "general", content: "open", mention: true });
    await expect.poll(() => texts).toEqual([expect.stringContaining("open")]);
  });

  test("text is shown without the intent only in its exceptions, by gateway and by REST", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const texts = heard(own.client);
    const thread = await openThread(own, discord);
    const ours = await thread.send("ours");
    const say = (content: string, more = {}) =>
      discord.say({ user: "ada", channel: thread.id, content, ...more });
    await say("plain", { files: [{ name: "a.yaml", content: "a: 1" }] });
    await say("mention", { mention: true });
    await say("role", { mention: "role" });
    await say("ping", { replyTo: ours.id });
    await say("no ping", { replyTo: ours.id, ping: false });
    await discord.say({ user: "ada", channel: "dm", content: "private" });
    const visible = [expect.stringContaining("mention"), "", "ping", "", "private"];
    await expect.poll(() => texts).toEqual([expect.stringContaining("trucks"), "", ...visible]);
    const history = await thread.messages.fetch({ after: ours.id, cache: false });
    expect(history.map(({ content, attachments }) => [content, attachments.size]).reverse()).toEqual([
      ["", 0],
      [expect.stringContaining("mention"), 0],
      ["", 0],
      ["ping", 0],
      ["", 0],
    ]);
  });

  test("a ping by replying to a command's answer does not show the text", async () => {
    const discord = await fake();
    const own = await bot(discord);
    await own.client.application.commands.set([{ name: "plan", description: "Plans" }]);
    own.client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isChatInputCommand()) void interaction.reply("answer");
    });
    const texts = heard(own.client);
    const { id } = await (await discord.command({ user: "ada", name: "plan" })).message();
    await discord.say({ user: "ada", content: "reply", replyTo: id });
    await expect.poll(() => texts).toEqual([""]);
  });

  test("with the intent everything is shown", async () => {
    const discord = await fake({ messageContent: "full" });
    const own = await bot(discord, { intents: [...intents, Intent.MessageContent] });
    const texts = heard(own.client);
    await discord.say({ user: "ada", content: "plain" });
    await expect.poll(() => texts).toEqual(["plain"]);
  });
});

describe("a connection that breaks", () => {
  test("a cut socket is resumed and what was missed is told once", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const texts = heard(own.client);
    for (const code of [4_000, 0]) {
      await discord.kick(code);
      await discord.say({ user: "ada", content: `during ${code}`, mention: true });
      await discord.waitForSessions(1);
    }
    await discord.say({ user: "ada", content: "after", mention: true });
    const expected = ["during 4000", "during 0", "after"].map((text) => expect.stringContaining(text));
    await expect.poll(() => texts).toEqual(expected);
    expect(await discord.sessions()).toMatchObject([{ resumes: 2, connected: true }]);
    expect(await discord.identifies()).toBe(1);
  });

  test("a client asked to reconnect resumes", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const texts = heard(own.client);
    await discord.reconnect();
    await expect.poll(async () => (await discord.sessions())[0]?.resumes).toBe(1);
    await discord.say({ user: "ada", content: "after", mention: true });
    await expect.poll(() => texts.length).toBe(1);
  });

  test("a forgotten session is identified anew, and what happened between is gone", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const texts = heard(own.client);
    const back = new Promise((resolve) => own.client.once(Events.ShardReady, resolve));
    await discord.forget();
    const lost = await discord.say({ user: "ada", content: "lost", mention: true });
    await back;
    await discord.say({ user: "ada", content: "after", mention: true });
    await expect.poll(() => texts).toEqual([expect.stringContaining("after")]);
    expect(await discord.identifies()).toBe(2);
    const channel = await own.client.channels.fetch((await discord.message(lost))!.channel_id);
    const missed = channel?.isTextBased()
      ? await channel.messages.fetch({ after: `${BigInt(lost) - 1n}` })
      : undefined;
    expect(missed?.size).toBe(2);
  });

  test("goodbye ends a session; a killed bot's session stays for a while", async () => {
    const discord = await fake();
    const { client } = await bot(discord);
    await client.destroy();
    await expect.poll(() => discord.sessions()).toEqual([]);
  });

  test("heartbeats that get no answer make the client come back", async () => {
    const discord = await fake({ heartbeatMs: 150 });
    await bot(discord);
    await discord.deaf();
    await expect
      .poll(async () => (await discord.sessions())[0]?.resumes, { timeout: 8_000 })
      .toBeGreaterThan(0);
    await discord.deaf(false);
    await discord.waitForSessions(1);
  });

  test("a client without a heartbeat is dropped", async () => {
    const discord = await fake({ heartbeatMs: 100 });
    const socket = new WebSocket(`${discord.cdn.replace("http", "ws")}?v=10&encoding=json`);
    const code = await new Promise((resolve) => socket.on("close", resolve));
    expect(code).toBe(4009);
  });

  test("a refused upgrade is tried again until the door opens", async () => {
    const discord = await fake();
    const own = await bot(discord);
    await discord.rejectUpgrade();
    await discord.kick();
    await expect.poll(() => own.errors.length, { timeout: 8_000 }).toBeGreaterThan(0);
    await discord.rejectUpgrade(false);
    await discord.waitForSessions(1);
  });

  test("events can be told more than once", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const raw: string[] = [];
    own.client.on(Events.Raw as never, ({ t, d }: { t: string; d: { id: string } }) => {
      if (t === "MESSAGE_CREATE") raw.push(d.id);
    });
    await discord.repeat({ rate: 1, most: 3, seed: 7 });
    const ids = [1, 2, 3, 4, 5].map((n) => discord.say({ user: "ada", content: `${n}`, mention: true }));
    const sent = await Promise.all(ids);
    await expect.poll(() => new Set(raw).size).toBe(sent.length);
    const counts = sent.map((id) => raw.filter((one) => one === id).length);
    expect(Math.min(...counts)).toBe(2);
    expect(Math.max(...counts)).toBe(3);
  });

  test.each([
    ["no JSON", "{", 4002],
    ["an unknown opcode before identify", JSON.stringify({ op: 3 }), 4003],
    ["a payload over 4096 bytes", JSON.stringify({ op: 1, d: "x".repeat(4_096) }), 4002],
    ["a wrong token", JSON.stringify({ op: 2, d: { token: "x", intents: 1 } }), 4004],
    ["intents nobody knows", JSON.stringify({ op: 2, d: { token: "TOKEN", intents: 1 << 30 } }), 4013],
    [
      "an impossible shard",
      JSON.stringify({ op: 2, d: { token: "TOKEN", intents: 1, shard: [2, 2] } }),
      4010,
    ],
  ])("%s closes the socket", async (_, frame, code) => {
    const discord = await fake();
    const socket = new WebSocket(`${discord.cdn.replace("http", "ws")}?v=10&encoding=json`);
    socket.on("open", () => socket.send(frame.replace("TOKEN", discord.token)));
    expect(await new Promise((resolve) => socket.on("close", resolve))).toBe(code);
  });
});

test("the application can be asked for its intent, and switch on the limited one by itself", async () => {
  const discord = await fake();
  const flags = { limited: 1 << 19, full: 1 << 18 };
  const api = rest(discord);
  expect(await api.get("/applications/@me")).toMatchObject({ flags: 0 });
  await expect(api.patch("/applications/@me", { body: { flags: flags.full } })).rejects.toMatchObject({
    code: 50035,
  });
  expect(await api.patch("/applications/@me", { body: { flags: flags.limited } })).toMatchObject({
    flags: flags.limited,
  });
  await bot(discord, { intents: [...intents, Intent.MessageContent] });
});
