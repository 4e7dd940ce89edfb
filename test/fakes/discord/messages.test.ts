import {
  AttachmentBuilder,
  ContainerBuilder,
  Events,
  FileBuilder,
  MessageFlags,
  type RawFile,
  Routes,
  TextDisplayBuilder,
} from "discord.js";
import { describe, expect, test } from "vitest";
import { bot, fake, many, paths, refused, rest, textChannel } from "./harness.ts";

const V2 = MessageFlags.IsComponentsV2;
const text = (content: string) => ({ type: 10, content });

describe("files", () => {
  const file = (name: string, bytes: number): RawFile => ({ name, data: Buffer.alloc(bytes, "x") });

  test("eleven files, a file over 10 MiB and a request over 25 MiB are refused", async () => {
    const discord = await fake();
    const { channels } = await discord.ids();
    const post = (files: RawFile[]) =>
      rest(discord).post(Routes.channelMessages(channels.general!), { body: { content: "x" }, files });
    expect(await refused(post(many(11, (n) => file(`${n}`, 1))))).toMatchObject({ code: 50035 });
    expect(await refused(post([file("a", 10 * 1024 * 1024 + 1)]))).toMatchObject({
      status: 413,
      code: 40005,
    });
    expect(await refused(post(many(3, (n) => file(`${n}`, 9 * 1024 * 1024))))).toMatchObject({
      status: 413,
      code: 40005,
    });
    await post([...many(9, (n) => file(`${n}`, 1)), file("big", 10 * 1024 * 1024)]);
  });

  test("an edit with files drops the old ones unless it lists them; one without keeps them", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const channel = await textChannel(own, discord);
    const named = (name: string) => new AttachmentBuilder(Buffer.from(name), { name });
    const message = await channel.send({ content: "x", files: [named("a.txt")] });
    const names = async () =>
      (await discord.message(message.id))?.attachments.map(({ filename }) => filename);
    await message.edit({ content: "y" });
    expect(await names()).toEqual(["a.txt"]);
    await message.edit({ attachments: [...message.attachments.values()], files: [named("b.txt")] });
    expect(await names()).toEqual(["a.txt", "b.txt"]);
    await message.edit({ files: [named("c.txt")] });
    expect(await names()).toEqual(["c.txt"]);
  });

  test("a file no component shows is invisible, and one that is shown comes back byte by byte", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const channel = await textChannel(own, discord);
    const files = [new AttachmentBuilder(Buffer.from([0, 255, 7]), { name: "fleet-plan.zip" })];
    const card = new ContainerBuilder().addTextDisplayComponents(new TextDisplayBuilder().setContent("card"));
    await channel.send({ flags: V2, components: [card], files });
    expect(await discord.violations()).toMatchObject([
      { kind: "invisible-attachment", what: expect.stringContaining("fleet-plan.zip") },
    ]);
    const shown = new ContainerBuilder().addFileComponents(
      new FileBuilder().setURL("attachment://fleet-plan.zip"),
    );
    const message = await channel.send({ flags: V2, components: [shown], files });
    expect(await discord.violations()).toHaveLength(1);
    const bytes = await (await fetch(message.attachments.first()!.url)).bytes();
    expect([...bytes]).toEqual([0, 255, 7]);
  });

  test("addresses of files expire, and a message fetched again has new ones", async () => {
    const discord = await fake();
    const own = await bot(discord);
    const channel = await textChannel(own, discord);
    const message = await channel.send({
      files: [new AttachmentBuilder(Buffer.from("x"), { name: "a.txt" })],
    });
    await discord.clock.advance(25 * 60 * 60_000);
    expect((await fetch(message.attachments.first()!.url)).status).toBe(404);
    const again = await channel.messages.fetch({ message: message.id, force: true });
    expect(await (await fetch(again.attachments.first()!.url)).text()).toBe("x");
  });
});

test("names of files become plain, and what they were stays as the title", async () => {
  const discord = await fake();
  const { channels } = await discord.ids();
  const components = [{ type: 13, file: { url: "attachment://my plan 规划.zip" } }];
  const files = [{ name: "my plan 规划.zip", data: "x" }];
  await rest(discord).post(Routes.channelMessages(channels.general!), {
    body: { flags: V2, components },
    files,
  });
  const [message] = await discord.messages("general");
  expect(message?.attachments[0]).toMatchObject({ filename: "my_plan_.zip", title: "my plan 规划" });
  expect(await discord.violations()).toEqual([]);
});

describe("components v2 on edits", () => {
  test("a message becomes one once its words are taken back, and never stops being one", async () => {
    const discord = await fake();
    const { channels } = await discord.ids();
    const api = rest(discord);
    const { id } = (await api.post(Routes.channelMessages(channels.general!), {
      body: { content: "x" },
    })) as { id: string };
    const patch = (body: object) => api.patch(Routes.channelMessage(channels.general!, id), { body });
    const components = [text("card")];
    expect(paths((await refused(patch({ flags: V2, components }))).errors)).toEqual([
      "content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ]);
    await patch({ flags: V2, components, content: null });
    await patch({ components: [text("again")] });
    expect(await refused(patch({ content: "words" }))).toMatchObject({ code: 50035 });
    expect(paths((await refused(patch({ flags: 0, components }))).errors)).toEqual([
      "components.0 UNION_TYPE_CHOICES",
    ]);
    expect((await discord.message(id))?.flags).toBe(V2);
    expect((await discord.message(id))?.text).toBe("again");
  });
});

describe("nonces", () => {
  test("an enforced nonce gives the message it made before, for some minutes, in any channel", async () => {
    const discord = await fake();
    const { channels } = await discord.ids();
    const api = rest(discord);
    const send = (channel: string, nonce: string) =>
      api.post(Routes.channelMessages(channels[channel]!), {
        body: { content: "x", nonce, enforce_nonce: true },
      }) as Promise<{ id: string }>;
    const first = await send("general", "a");
    expect((await send("general", "a")).id).toBe(first.id);
    expect((await send("ops", "a")).id).toBe(first.id);
    expect((await send("general", "b")).id).not.toBe(first.id);
    await discord.clock.advance(10 * 60_000);
    expect((await send("general", "a")).id).not.toBe(first.id);
    expect(await discord.messages("general")).toHaveLength(3);
    expect(await discord.messages("ops")).toHaveLength(0);
  });

  test("one whose message was deleted meanwhile is refused", async () => {
    const discord = await fake();
    const { channels } = await discord.ids();
    const send = () =>
      rest(discord).post(Routes.channelMessages(channels.general!), {
        body: { content: "x", nonce: 1, enforce_nonce: true },
      });
    await discord.deleteMessage(((await send()) as { id: string }).id);
    expect(await refused(send())).toMatchObject({ code: 10008 });
  });
});

test("history is given newest first, in pages, before, after and around a message", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const channel = await textChannel(own, discord);
  const ids = [];
  for (const n of many(7, String)) ids.push((await channel.send(n)).id);
  const texts = async (options: object) =>
    (await channel.messages.fetch(options)).map(({ content }) => content);
  expect(await texts({ limit: 3 })).toEqual(["6", "5", "4"]);
  expect(await texts({ limit: 3, before: ids[4] })).toEqual(["3", "2", "1"]);
  expect(await texts({ limit: 3, after: ids[1] })).toEqual(["4", "3", "2"]);
  expect(await texts({ limit: 3, around: ids[3] })).toEqual(["4", "3", "2"]);
  expect(await refused(channel.messages.fetch({ limit: 101 }))).toMatchObject({ code: 50035 });
});

test("edits of a message older than an hour are rationed", async () => {
  const discord = await fake();
  const { channels } = await discord.ids();
  const api = rest(discord, { rejectOnRateLimit: ["/channels"] });
  const { id } = (await api.post(Routes.channelMessages(channels.general!), { body: { content: "x" } })) as {
    id: string;
  };
  const patch = (content: string) =>
    api.patch(Routes.channelMessage(channels.general!, id), { body: { content } });
  for (const n of many(5, String)) await patch(n);
  await discord.clock.advance(61 * 60_000);
  for (const n of many(3, String)) await patch(n);
  await expect(patch("too much")).rejects.toThrow();
  expect(await discord.violations()).toMatchObject([{ status: 429, code: 30046 }]);
});

test("words are trimmed as Discord trims them, and a nonce is told only once", async () => {
  const discord = await fake();
  const { channels } = await discord.ids();
  const path = Routes.channelMessages(channels.general!);
  const sent = await rest(discord).post(path, { body: { content: "  - a list\n\n", nonce: "n" } });
  expect(sent).toMatchObject({ content: "- a list", nonce: "n" });
  const [again] = (await rest(discord).get(path)) as object[];
  expect(again).toMatchObject({ content: "- a list" });
  expect(again).not.toHaveProperty("nonce");
});

test("a person's edit and deletion reach the bot", async () => {
  const discord = await fake();
  const own = await bot(discord);
  const heard: unknown[] = [];
  own.client.on(Events.MessageUpdate, (_, message) =>
    heard.push([message.content, message.editedAt !== null]),
  );
  own.client.on(Events.MessageDelete, ({ id }) => heard.push(id));
  const id = await discord.say({ user: "ada", channel: "dm", content: "5,000 trucks" });
  await discord.editMessage(id, "6,000 trucks");
  await discord.deleteMessage(id);
  await expect.poll(() => heard).toEqual([["6,000 trucks", true], id]);
  await expect(discord.deleteMessage(id)).rejects.toThrow(/no message/);
});
