import {
  AttachmentBuilder,
  ChannelType,
  ContainerBuilder,
  FileBuilder,
  MessageFlags,
  type RawFile,
  Routes,
  TextDisplayBuilder,
  type ThreadChannel,
} from "discord.js";
import { describe, expect, test } from "vitest";
import { bot, fake, openThread, refused, rest, textChannel } from "./harness.ts";

const V2 = MessageFlags.IsComponentsV2;
const text = (content: string) => ({ type: 10, content });
const button = (custom_id: string, more = {}) => ({ type: 2, style: 1, label: "x", custom_id, ...more });
const row = (...components: object[]) => ({ type: 1, components });
const menu = (options: object[], more = {}) => ({ type: 3, custom_id: "m", options, ...more });
const option = (n: number) => ({ label: `l${n}`, value: `v${n}` });
const many = <V>(count: number, make: (n: number) => V) => Array.from({ length: count }, (_, n) => make(n));

/** Where in the nested errors the refusal lies. */
const paths = (errors: object, at = ""): string[] =>
  Object.entries(errors).flatMap(([key, inner]) =>
    key === "_errors"
      ? (inner as { code: string }[]).map(({ code }) => `${at} ${code}`)
      : paths(inner as object, at ? `${at}.${key}` : key),
  );

describe("a message that breaks a limit is refused where it breaks it", () => {
  test.each<[string, object, string]>([
    ["2,001 characters", { content: "x".repeat(2_001) }, "content BASE_TYPE_MAX_LENGTH"],
    ["11 embeds", { embeds: many(11, () => ({ title: "t" })) }, "embeds BASE_TYPE_MAX_LENGTH"],
    ["a long embed title", { embeds: [{ title: "x".repeat(257) }] }, "embeds.0.title BASE_TYPE_MAX_LENGTH"],
    [
      "a long description",
      { embeds: [{ description: "x".repeat(4_097) }] },
      "embeds.0.description BASE_TYPE_MAX_LENGTH",
    ],
    [
      "26 fields",
      { embeds: [{ fields: many(26, () => ({ name: "n", value: "v" })) }] },
      "embeds.0.fields BASE_TYPE_MAX_LENGTH",
    ],
    [
      "a field without a name",
      { embeds: [{ fields: [{ value: "v" }] }] },
      "embeds.0.fields.0.name BASE_TYPE_REQUIRED",
    ],
    [
      "6,001 characters of embeds",
      { embeds: [{ description: "x".repeat(4_000) }, { description: "x".repeat(2_001) }] },
      "embeds MAX_EMBED_SIZE_EXCEEDED",
    ],
    ["a nonce of 26", { content: "x", nonce: "n".repeat(26) }, "nonce NONCE_TYPE_TOO_LONG"],
    ["six rows", { components: many(6, (n) => row(button(`${n}`))) }, "components BASE_TYPE_MAX_LENGTH"],
    [
      "six buttons in a row",
      { components: [row(...many(6, (n) => button(`${n}`)))] },
      "components.0.components BASE_TYPE_MAX_LENGTH",
    ],
    ["an empty row", { components: [row()] }, "components.0.components BASE_TYPE_BAD_LENGTH"],
    [
      "a button beside a menu",
      { components: [row(menu([option(1)]), button("b"))] },
      "components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ],
    [
      "a custom id of 101",
      { components: [row(button("x".repeat(101)))] },
      "components.0.components.0.custom_id BASE_TYPE_MAX_LENGTH",
    ],
    [
      "a label of 81",
      { components: [row(button("b", { label: "x".repeat(81) }))] },
      "components.0.components.0.label BASE_TYPE_MAX_LENGTH",
    ],
    [
      "one custom id twice",
      { components: [row(button("b"), button("b"))] },
      "components COMPONENT_CUSTOM_ID_DUPLICATED",
    ],
    [
      "a link button with a custom id",
      { components: [row(button("b", { style: 5, url: "https://a.example" }))] },
      "components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
    ],
    [
      "26 options",
      { components: [row(menu(many(26, option)))] },
      "components.0.components.0.options BASE_TYPE_MAX_LENGTH",
    ],
    [
      "an option text of 101",
      { components: [row(menu([{ label: "x".repeat(101), value: "v" }]))] },
      "components.0.components.0.options.0.label BASE_TYPE_MAX_LENGTH",
    ],
    [
      "one value twice",
      { components: [row(menu([option(1), option(1)]))] },
      "components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ],
    [
      "more choices than options",
      { components: [row(menu([option(1)], { max_values: 2 }))] },
      "components.0.components.0.max_values BASE_TYPE_BAD_LENGTH",
    ],
    [
      "a placeholder of 151",
      { components: [row(menu([option(1)], { placeholder: "x".repeat(151) }))] },
      "components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH",
    ],
    ["text displays without the flag", { components: [text("x")] }, "components.0 UNION_TYPE_CHOICES"],
    [
      "content beside components v2",
      { flags: V2, content: "x", components: [text("x")] },
      "content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ],
    [
      "embeds beside components v2",
      { flags: V2, embeds: [{ title: "x" }], components: [text("x")] },
      "embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ],
    [
      "41 components",
      { flags: V2, components: [{ type: 17, components: many(40, () => text("x")) }] },
      "components COMPONENT_MAX_TOTAL_COMPONENTS",
    ],
    [
      "4,001 characters of text",
      { flags: V2, components: [text("x".repeat(2_000)), text("x".repeat(2_001))] },
      "components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ],
    [
      "a section of four texts",
      { flags: V2, components: [{ type: 9, components: many(4, () => text("x")), accessory: button("b") }] },
      "components.0.components BASE_TYPE_MAX_LENGTH",
    ],
    [
      "a section without an accessory",
      { flags: V2, components: [{ type: 9, components: [text("x")] }] },
      "components.0.accessory BASE_TYPE_REQUIRED",
    ],
    [
      "a file nobody sent",
      { flags: V2, components: [{ type: 13, file: { url: "attachment://no.zip" } }] },
      "components.0.file.url ATTACHMENT_NOT_FOUND",
    ],
    [
      "a file from elsewhere",
      { flags: V2, components: [{ type: 13, file: { url: "https://a.example/x.zip" } }] },
      "components.0.file.url URL_TYPE_INVALID_SCHEME",
    ],
    [
      "a container in a container",
      { flags: V2, components: [{ type: 17, components: [{ type: 17, components: [text("x")] }] }] },
      "components.0.components.0 UNION_TYPE_CHOICES",
    ],
    [
      "11 pictures",
      {
        flags: V2,
        components: [{ type: 12, items: many(11, () => ({ media: { url: "https://a.example/x.png" } })) }],
      },
      "components.0.items BASE_TYPE_MAX_LENGTH",
    ],
    [
      "an answer to nothing",
      { content: "x", message_reference: { message_id: "1" } },
      "message_reference MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ],
    [
      "users allowed twice",
      { content: "x", allowed_mentions: { parse: ["users"], users: ["1"] } },
      "allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ],
  ])("%s", async (_, body, where) => {
    const discord = await fake();
    const { channels } = await discord.ids();
    const { code, errors } = await refused(
      rest(discord).post(Routes.channelMessages(channels.general!), { body }),
    );
    expect(code).toBe(50035);
    expect(paths(errors)).toContain(where);
  });

  test("what just fits is taken", async () => {
    const discord = await fake();
    const { channels } = await discord.ids();
    const post = (body: object) => rest(discord).post(Routes.channelMessages(channels.general!), { body });
    await post({
      content: "x".repeat(2_000),
      nonce: "n".repeat(25),
      components: many(5, (n) => row(...many(5, (m) => button(`${n}${m}`)))),
    });
    await post({
      embeds: [
        { title: "x".repeat(256), description: "x".repeat(4_096) },
        { footer: { text: "x".repeat(1_648) } },
      ],
    });
    await post({
      flags: V2,
      components: [text("x".repeat(4_000)), { type: 17, components: many(38, () => ({ type: 14 })) }],
    });
    expect(await discord.violations()).toEqual([]);
  });

  test("nothing at all is no message", async () => {
    const discord = await fake();
    const { channels } = await discord.ids();
    expect(
      await refused(
        rest(discord).post(Routes.channelMessages(channels.general!), { body: { content: " " } }),
      ),
    ).toMatchObject({ code: 50006 });
  });
});

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
    const { channels } = await discord.ids();
    expect(
      await refused(rest(discord).post(Routes.channelMessages(channels.ideas!), { body: { content: "x" } })),
    ).toMatchObject({ code: 50008 });
  });
});

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
