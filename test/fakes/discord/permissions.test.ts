import { Routes } from "discord.js";
import { describe, expect, test } from "vitest";
import { bot, fake, openThread, refused, rest, textChannel } from "./harness.ts";

describe("permissions", () => {
  const send = { body: { content: "x" } };
  test.each<
    [string, string, (api: ReturnType<typeof rest>, channel: string, message: string) => Promise<unknown>]
  >([
    ["ViewChannel", "50001", (api, channel) => api.get(Routes.channel(channel))],
    ["SendMessages", "50013", (api, channel) => api.post(Routes.channelMessages(channel), send)],
    [
      "AttachFiles",
      "50013",
      (api, channel) => api.post(Routes.channelMessages(channel), { files: [{ name: "a", data: "b" }] }),
    ],
    [
      "EmbedLinks",
      "50013",
      (api, channel) => api.post(Routes.channelMessages(channel), { body: { embeds: [{ title: "x" }] } }),
    ],
    [
      "CreatePublicThreads",
      "50013",
      (api, channel, message) => api.post(Routes.threads(channel, message), { body: { name: "x" } }),
    ],
    [
      "ReadMessageHistory",
      "160002",
      (api, channel, message) =>
        api.post(Routes.channelMessages(channel), {
          body: { content: "x", message_reference: { message_id: message } },
        }),
    ],
  ])("without %s it is %s, in a channel and everywhere", async (name, code, attempt) => {
    const discord = await fake();
    const message = await discord.say({ user: "ada", content: "x", mention: true });
    const { channels } = await discord.ids();
    const now = () => attempt(rest(discord), channels.general!, message);
    await discord.removePermission(name, "general");
    expect(String((await refused(now())).code)).toBe(code);
    await discord.grantPermission(name, "general");
    await now();
    await discord.removePermission(name);
    await discord.removePermission(name, "general");
    await expect(now()).rejects.toMatchObject({ code: Number(code) });
  });

  test("threads do not inherit SendMessages, and the library sees the same as the server", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const thread = await openThread(own, discord);
    await discord.removePermission("SendMessages", "general");
    await thread.send("still");
    await discord.removePermission("SendMessagesInThreads", "general");
    expect(await refused(thread.send("x"))).toMatchObject({ code: 50013 });
    await expect.poll(() => thread.permissionsFor(own.client.user)?.has("SendMessagesInThreads")).toBe(false);
    expect(thread.permissionsFor(own.client.user)?.has("ReadMessageHistory")).toBe(true);
  });

  test("without ReadMessageHistory there is no history, and no refusal either", async () => {
    const discord = await fake();
    const own = await bot(discord);
    await discord.say({ user: "ada", content: "x" });
    await discord.removePermission("ReadMessageHistory");
    const channel = await textChannel(own, discord);
    expect((await channel.messages.fetch()).size).toBe(0);
  });

  test("a person who takes no direct messages gets none", async () => {
    const discord = await fake();
    const own = await bot(discord);
    await discord.person({ name: "ada" });
    const user = await own.client.users.fetch((await discord.ids()).users.ada!);
    await user.send("hello");
    await discord.closeDms("ada");
    expect(await refused(user.send("hello"))).toMatchObject({ code: 50007 });
  });
});

test("what is not there is unknown by name", async () => {
  const discord = await fake();
  const api = rest(discord);
  const { channels } = await discord.ids();
  const general = channels.general!;
  expect(await refused(api.get(Routes.channel("1")))).toMatchObject({ status: 404, code: 10003 });
  expect(await refused(api.get(Routes.channelMessage(general, "1")))).toMatchObject({
    status: 404,
    code: 10008,
  });
  expect(await refused(api.get(Routes.guild("1")))).toMatchObject({ status: 404, code: 10004 });
  expect(await refused(api.get(Routes.user("1")))).toMatchObject({ status: 404, code: 10013 });
  expect(await refused(api.get(Routes.applicationCommands("1")))).toMatchObject({ status: 404, code: 10002 });
  expect(await refused(api.get("/nowhere"))).toMatchObject({ status: 404, code: 0 });
  const theirs = await discord.say({ user: "ada", content: "x" });
  expect(
    await refused(api.patch(Routes.channelMessage(general, theirs), { body: { content: "y" } })),
  ).toMatchObject({ code: 50005 });
  expect(await refused(api.delete(Routes.channelMessage(general, theirs)))).toMatchObject({ code: 50013 });
  expect((await discord.violations()).map(({ kind }) => kind)).toContain("unknown-route");
});
