import { ChannelType, Routes, type ThreadChannel } from "discord.js";
import { describe, expect, test } from "vitest";
import { bot, fake, openThread, refused, rest, textChannel } from "./harness.ts";

describe("threads", () => {
  test("a thread has its message's id, one each, and is found by it", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const thread = await openThread(own, discord);
    const channel = await textChannel(own, discord);
    const message = await channel.messages.fetch(thread.id);
    expect(message.hasThread).toBe(true);
    const again = rest(discord).post(Routes.threads(channel.id, message.id), { body: { name: "again" } });
    expect(await refused(again)).toMatchObject({ code: 160004 });
    expect((await own.client.channels.fetch(message.id))?.id).toBe(thread.id);
    expect(thread.ownerId).toBe(own.client.user.id);
    expect((await thread.fetchStarterMessage())?.id).toBe(message.id);
  });

  test("a name over 100 characters, an odd duration and a thread in a thread are refused", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const thread = await openThread(own, discord);
    const said = await thread.send("x");
    const nested = rest(discord).post(Routes.threads(thread.id, said.id), { body: { name: "nested" } });
    expect(await refused(nested)).toMatchObject({ code: 50024 });
    const channel = await textChannel(own, discord);
    const other = await channel.send("x");
    expect(await refused(other.startThread({ name: "x".repeat(101) }))).toMatchObject({ code: 50035 });
    expect(await refused(other.startThread({ name: "x", autoArchiveDuration: 61 as 60 }))).toMatchObject({
      code: 50035,
    });
  });

  test("an archived thread takes no edits, and any message brings it back, told before the message", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const thread = await openThread(own, discord);
    const message = await thread.send("x");
    await thread.setArchived(true);
    expect(await refused(message.edit("y"))).toMatchObject({ code: 50083 });
    const order: string[] = [];
    own.client.on("raw" as never, ({ t }: { t: string }) => order.push(t));
    await discord.say({ user: "ada", channel: thread.id, content: "back", mention: true });
    await expect.poll(() => order).toEqual(["THREAD_UPDATE", "MESSAGE_CREATE"]);
    expect((await discord.threads())[0]).toMatchObject({ archived: false });
    await thread.setArchived(true);
    await thread.send("by itself");
    expect((await discord.threads())[0]).toMatchObject({ archived: false });
  });

  test("a locked thread takes nothing, and a creator may rename but not lock", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const thread = await openThread(own, discord);
    const message = await thread.send("x");
    await thread.setName("renamed");
    expect(await refused(thread.setLocked(true))).toMatchObject({ code: 50013 });
    await discord.lockThread(thread.id);
    expect(await refused(thread.send("y"))).toMatchObject({ code: 160005 });
    await discord.archiveThread(thread.id, false);
    expect(await refused(message.edit("y"))).toMatchObject({ code: 160005 });
    await expect(discord.say({ user: "ada", channel: thread.id, content: "x" })).rejects.toThrow(/locked/);
  });

  test("a deleted thread is unknown, and what it held can still be looked at", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const thread = await openThread(own, discord);
    const message = await thread.send("x");
    await discord.deleteThread(thread.id);
    await expect.poll(() => own.client.channels.cache.has(thread.id)).toBe(false);
    const api = rest(discord);
    expect(
      await refused(api.post(Routes.channelMessages(thread.id), { body: { content: "y" } })),
    ).toMatchObject({ code: 10003 });
    expect(
      await refused(api.patch(Routes.channelMessage(thread.id, message.id), { body: { content: "y" } })),
    ).toMatchObject({ code: 10003 });
    expect((await discord.threads())[0]).toMatchObject({ deleted: true });
    expect((await discord.messages(thread.id)).map(({ text: words }) => words)).toContain("x");
  });

  test("a server has room for so many active threads", async () => {
    const discord = await fake({ threadCap: 1 });
    const own = await bot(discord);
    const thread = await openThread(own, discord);
    await expect(openThread(own, discord)).rejects.toMatchObject({ code: 160006 });
    await thread.setArchived(true);
    await openThread(own, discord);
  });

  test("a forum post is a thread of its author's with the first message's id", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const heard: string[] = [];
    own.client.on("messageCreate", ({ channel, id }) =>
      heard.push(`${channel.isThread()} ${channel.id === id}`),
    );
    const id = await discord.say({
      user: "ada",
      channel: "ideas",
      title: "Trucks",
      content: "5,000",
      mention: true,
    });
    await expect.poll(() => heard).toEqual(["true true"]);
    const thread = (await own.client.channels.fetch(id)) as ThreadChannel;
    expect(thread.parent?.type).toBe(ChannelType.GuildForum);
    expect(thread.name).toBe("Trucks");
    await thread.send("in place");
    const parent = thread.parent?.type === ChannelType.GuildForum ? thread.parent : undefined;
    const made = await parent?.threads.create({ name: "Shops", message: { content: "500" } });
    expect((await made?.fetchStarterMessage())?.content).toBe("500");
    const { channels } = await discord.ids();
    expect(
      await refused(rest(discord).post(Routes.channelMessages(channels.ideas!), { body: { content: "x" } })),
    ).toMatchObject({ code: 50008 });
  });
});

test("a thread nobody writes in archives itself, and a message brings it back", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const thread = await openThread(own, discord);
  await thread.setAutoArchiveDuration(60);
  await discord.clock.advance(50 * 60_000);
  await discord.say({ user: "ada", channel: thread.id, content: "still here", mention: true });
  await discord.clock.advance(50 * 60_000);
  expect((await discord.threads())[0]).toMatchObject({ archived: false });
  await discord.clock.advance(20 * 60_000);
  await expect.poll(() => thread.archived).toBe(true);
  await discord.say({ user: "ada", channel: thread.id, content: "back", mention: true });
  await expect.poll(() => thread.archived).toBe(false);
});
