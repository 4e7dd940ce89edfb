import { Client, Events, Routes } from "discord.js";
import { expect, test } from "vitest";
import { atEnd, bot, fake, intents, refused, rest } from "./harness.ts";

test("a server whose data never comes delays ready and is unavailable until it does", async () => {
  const discord = await fake();
  await discord.silent();
  const { client } = await bot(discord, { waitGuildTimeout: 100 });
  const available = () => client.guilds.cache.map((guild) => [guild.available, guild.channels.cache.size]);
  expect(available()).toEqual([[false, 0]]);
  await discord.outage(false);
  await expect.poll(available).toEqual([[true, 3]]);
});

test("a server that is down is unavailable, one that threw the bot out is gone", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const heard: string[] = [];
  own.client.on(Events.GuildUnavailable, () => heard.push("down"));
  own.client.on(Events.GuildAvailable, () => heard.push("back"));
  own.client.on(Events.GuildDelete, () => heard.push("gone"));
  await discord.outage();
  await discord.outage(false);
  await discord.expel();
  await expect.poll(() => heard).toEqual(["down", "back", "gone"]);
  const { channels, guilds } = await discord.ids();
  const api = rest(discord);
  expect(await refused(api.get(Routes.channel(channels.general!)))).toMatchObject({ code: 50001 });
  expect(await refused(api.get(Routes.guild(guilds[0]!)))).toMatchObject({ code: 10004 });
  expect(await api.get(Routes.userGuilds())).toEqual([]);
});

test("a channel that is deleted is told and unknown from then on", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const { channels } = await discord.ids();
  const gone = new Promise((resolve) => own.client.once(Events.ChannelDelete, ({ id }) => resolve(id)));
  await discord.deleteChannel("ops");
  expect(await gone).toBe(channels.ops);
  expect(await refused(rest(discord).get(Routes.channel(channels.ops!)))).toMatchObject({ code: 10003 });
});

test("a bot without the scope for commands may keep none in a server, and nobody sees any there", async () => {
  const discord = await fake({ commandsScope: false });
  const { bot: id, guilds } = await discord.ids();
  const api = rest(discord);
  expect(await refused(api.get(Routes.applicationGuildCommands(id, guilds[0]!)))).toMatchObject({
    code: 50001,
  });
  await api.put(Routes.applicationCommands(id), { body: [{ name: "plan", description: "d" }] });
  await expect(discord.command({ user: "ada", name: "plan" })).rejects.toThrow(/brought no commands/);
  await discord.command({ user: "ada", channel: "dm", name: "plan" });
  await discord.app({ commandsScope: true });
  await discord.command({ user: "ada", name: "plan" });
});

test("commands of one server are seen in that server alone", async () => {
  const discord = await fake({ guilds: 2 });
  const { bot: id, guilds } = await discord.ids();
  await rest(discord).put(Routes.applicationGuildCommands(id, guilds[1]!), {
    body: [{ name: "plan", description: "d" }],
  });
  await expect(discord.command({ user: "ada", channel: "devops/general", name: "plan" })).rejects.toThrow(
    /no command/,
  );
  await discord.command({ user: "ada", channel: "devops-1/general", name: "plan" });
  expect(await discord.commands(guilds[1])).toHaveLength(1);
  expect(await discord.commands()).toEqual([]);
});

test("two processes with one token both hear everything, and Discord decides between them", async () => {
  const discord = await fake();
  const results: unknown[] = [];
  for (const _ of [1, 2]) {
    const { client } = await bot(discord);
    client.on(Events.MessageCreate, async (message) => {
      if (message.author.bot) return;
      const thread = rest(discord).post(Routes.threads(message.channelId, message.id), {
        body: { name: "plan" },
      });
      results.push(await thread.then(() => "made").catch((error: { code: number }) => error.code));
      await rest(discord).post(Routes.channelMessages(message.id), {
        body: { content: "x", nonce: "1", enforce_nonce: true },
      });
      results.push("posted");
    });
  }
  const id = await discord.say({ user: "ada", content: "plan", mention: true });
  await expect.poll(() => results.toSorted()).toEqual([160004, "made", "posted", "posted"].toSorted());
  expect((await discord.messages(id)).filter(({ text }) => text === "x")).toHaveLength(1);
  expect(await discord.sessions()).toHaveLength(2);
});

test("a message in an archived thread the library has forgotten comes with its thread", async () => {
  const discord = await fake();
  const first = await bot(discord);
  const id = await discord.say({ user: "ada", content: "x", mention: true });
  const channel = await first.client.channels.fetch((await discord.message(id))!.channel_id);
  const message = channel?.isTextBased() ? await channel.messages.fetch(id) : undefined;
  const thread = await message!.startThread({ name: "plan" });
  await thread.setArchived(true);
  await first.client.destroy();
  const second = await bot(discord);
  expect(second.client.channels.cache.has(thread.id)).toBe(false);
  const heard = new Promise<boolean>((resolve) => {
    second.client.on(Events.MessageCreate, ({ channel: place }) =>
      resolve(place.isThread() && place.ownerId === second.client.user.id),
    );
  });
  await discord.say({ user: "ada", channel: thread.id, content: "back", mention: true });
  expect(await heard).toBe(true);
});

test("a mention in somebody's thread makes the bot one of its people", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const id = await discord.say({ user: "ada", channel: "ideas", title: "Trucks", content: "5,000" });
  const joined = new Promise((resolve) =>
    own.client.on(Events.ThreadMembersUpdate, (added) => resolve(added.size)),
  );
  await discord.say({ user: "ada", channel: id, content: "plan", mention: true });
  expect(await joined).toBe(1);
});

test("a killed client's session waits for a while and is forgotten behind five others", async () => {
  const discord = await fake();
  for (let n = 0; n < 7; n++) {
    const client = new Client({ intents, rest: { api: discord.api } });
    atEnd(() => client.destroy());
    client.on(Events.Error, () => {});
    await client.login(discord.token);
  }
  await discord.rejectUpgrade();
  await discord.kick(0);
  await discord.say({ user: "ada", content: "x" });
  expect(await discord.sessions()).toHaveLength(5);
});
