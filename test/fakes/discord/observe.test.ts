import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Events, MessageFlags, TextDisplayBuilder } from "discord.js";
import { describe, expect, test } from "vitest";
import { atEnd, bot, fake, openThread, textChannel } from "./harness.ts";

const V2 = MessageFlags.IsComponentsV2;

describe("who is pinged", () => {
  async function setting() {
    const discord = await fake();
    const own = await bot(discord);
    await discord.person({ name: "ada" });
    const role = await discord.role({ name: "platform" });
    const { users } = await discord.ids();
    const channel = await textChannel(own, discord);
    return { discord, own, channel, role, ada: users.ada! };
  }

  test("everybody a message names, unless it allows fewer", async () => {
    const { discord, channel, role, ada } = await setting();
    const content = `@everyone <@${ada}> <@&${role}>`;
    await channel.send(content);
    await channel.send({ content, allowedMentions: { parse: [] } });
    await channel.send({ content, allowedMentions: { users: [ada] } });
    await channel.send({ content, allowedMentions: { parse: ["everyone", "roles"] } });
    expect(await discord.pings()).toMatchObject([
      { users: [ada], roles: [role], everyone: true, repliedUser: false },
      { users: [ada], roles: [], everyone: false },
      { users: [], roles: [role], everyone: true },
    ]);
  });

  test("words of components count, embeds do not, and neither do names of nobody", async () => {
    const { discord, channel, ada } = await setting();
    await channel.send({ flags: V2, components: [new TextDisplayBuilder().setContent(`<@${ada}>`)] });
    await channel.send({ embeds: [{ description: `@everyone <@${ada}>` }] });
    await channel.send("<@123456789012345678> @\u200beveryone everyone @platform");
    expect(await discord.pings()).toMatchObject([{ users: [ada], everyone: false }]);
  });

  test("a reply pings who is answered, unless it says not to", async () => {
    const { discord, own, ada } = await setting();
    const id = await discord.say({ user: "ada", content: "x" });
    const channel = await textChannel(own, discord);
    const message = await channel.messages.fetch(id);
    await message.reply("loud");
    await message.reply({ content: "quiet", allowedMentions: { repliedUser: false, parse: [] } });
    expect(await discord.pings()).toMatchObject([{ users: [ada], repliedUser: true }]);
  });

  test("an answer to an interaction pings people only, unless it asks for more", async () => {
    const { discord, own, role, ada } = await setting();
    await own.client.application.commands.set([{ name: "plan", description: "Plans" }]);
    const content = `@everyone <@${ada}> <@&${role}>`;
    own.client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await interaction.editReply(content);
      await interaction.followUp({ content, allowedMentions: { parse: ["everyone"] } });
    });
    await discord.command({ user: "ada", name: "plan" });
    await expect
      .poll(() => discord.pings())
      .toMatchObject([
        { users: [ada], roles: [], everyone: false, edit: false },
        { users: [], roles: [], everyone: true },
      ]);
  });

  test("a bot that may not mention everyone pings nobody with it", async () => {
    const { discord, channel, role } = await setting();
    await discord.removePermission("MentionEveryone");
    await channel.send(`@here <@&${role}>`);
    expect(await discord.pings()).toEqual([]);
    expect((await discord.messages("general")).at(-1)).toMatchObject({
      mention_everyone: false,
      mention_roles: [role],
    });
  });

  test("an edit rings nobody but is written down as one", async () => {
    const { discord, channel, ada } = await setting();
    const message = await channel.send("x");
    await message.edit(`<@${ada}>`);
    expect(await discord.pings()).toMatchObject([{ users: [ada], edit: true }]);
  });
});

describe("which links are fetched", () => {
  test("those a client would unfurl, and no others", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const channel = await textChannel(own, discord);
    await channel.send("see https://a.example/1 and [words](https://a.example/2), (https://a.example/3)");
    await channel.send(
      "not <https://b.example/1>, `https://b.example/2`\n```yaml\nurl: https://b.example/3\n```",
    );
    await channel.send({ content: "https://b.example/4", flags: MessageFlags.SuppressEmbeds });
    await channel.send({
      flags: V2,
      components: [new TextDisplayBuilder().setContent("https://b.example/5")],
    });
    await channel.send({ embeds: [{ title: "x", image: { url: "https://a.example/4" } }] });
    const links = (await discord.fetchedLinks()).map(({ url }) => url);
    expect(links).toEqual([1, 2, 3, 4].map((n) => `https://a.example/${n}`));
  });

  test("one that leads to this machine is really fetched", async () => {
    const hits: string[] = [];
    const canary = createServer((request, response) => {
      hits.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
    atEnd(() => new Promise((resolve) => canary.close(resolve)));
    const discord = await fake();
    const channel = await textChannel(await bot(discord), discord);
    await channel.send(`http://127.0.0.1:${(canary.address() as AddressInfo).port}/leak`);
    await expect.poll(() => hits).toEqual(["/leak"]);
  });
});

test("a person's link is shown a moment later by an update that is no edit", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const updates: unknown[] = [];
  own.client.on(Events.MessageUpdate, (_, message) =>
    updates.push([message.embeds.length, message.editedTimestamp]),
  );
  await discord.say({ user: "ada", content: "https://a.example", mention: true });
  await expect.poll(() => updates).toEqual([[1, null]]);
  expect(await discord.fetchedLinks()).toEqual([]);
});

test("messages of bots, of webhooks and of Discord itself are what the library takes them for", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const heard: unknown[] = [];
  own.client.on(Events.MessageCreate, ({ author, webhookId, system }) =>
    heard.push([author.bot, webhookId !== null, system]),
  );
  await discord.person({ name: "robot", bot: true });
  await discord.say({ user: "robot", content: "x" });
  await discord.say({ user: "ada", content: "x", webhook: true });
  await discord.say({ user: "ada", content: "x", system: true });
  await expect
    .poll(() => heard)
    .toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
});

test("the bot's own role can be mentioned instead of the bot", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const heard: unknown[] = [];
  own.client.on(Events.MessageCreate, ({ mentions, guild }) => {
    const role = guild?.roles.botRoleFor(own.client.user);
    heard.push([mentions.users.size, mentions.roles.has(role?.id ?? "")]);
  });
  await discord.say({ user: "ada", content: "plan", mention: "role" });
  await expect.poll(() => heard).toEqual([[0, true]]);
});

test("everyone counts as a mention of the bot to who does not look closer", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const heard: unknown[] = [];
  own.client.on(Events.MessageCreate, ({ mentions }) => {
    const { user } = own.client;
    heard.push([mentions.has(user), mentions.has(user, { ignoreEveryone: true, ignoreRoles: true })]);
  });
  await discord.say({ user: "ada", content: "lunch", everyone: true });
  await expect.poll(() => heard).toEqual([[true, false]]);
});

test("typing, requests and the conversation as a reader sees it are there to look at", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const thread = await openThread(own, discord);
  await thread.sendTyping();
  const asked = await thread.send("How many sites?");
  await discord.say({ user: "ada", channel: thread.id, content: "5,000", replyTo: asked.id });
  await asked.edit("How many sites? (5,000)");
  expect(await discord.typing()).toMatchObject([{ channel: thread.id }]);
  expect(await discord.count("POST /channels/:channel/typing")).toBe(1);
  expect((await discord.calls("PATCH /channels/:channel/messages/:message"))[0]).toMatchObject({
    status: 200,
    authorized: true,
    body: { content: "How many sites? (5,000)" },
  });
  expect(await discord.transcript(thread.id)).toBe(
    ["**edgewright** (edited once)", "How many sites? (5,000)", "", "**ada**", "5,000", ""].join("\n"),
  );
});
