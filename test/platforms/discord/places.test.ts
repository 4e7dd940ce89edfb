import { ChannelType } from "discord-api-types/v10";
import { describe, expect, test } from "vitest";
import type { SeenMessage } from "../../fakes/discord.ts";
import { aStore, components, setting } from "./setting.ts";

type Made = Awaited<ReturnType<typeof setting>>;

async function places(options: Parameters<typeof setting>[0] = {}) {
  const made = await setting({ messageContent: "full", ...options });
  await made.fake.waitForCommands();
  return made;
}

/** What the bot asked last in a place, once nothing more comes. */
async function asked({ fake, bot }: Made, channel: string): Promise<SeenMessage> {
  await bot.journey.settled();
  const messages = (await fake.messages(channel)).filter(({ ours }) => ours);
  return messages.findLast((one) => components(one).some((id) => id.startsWith("answer")))!;
}

async function answersOf({ bot }: Made) {
  await bot.journey.settled();
  const all = await Array.fromAsync(bot.store.conversations.entries(), ([, { state }]) => state.answers);
  return all
    .map(({ sites, memoryMiB, arch }) => ({ sites, memoryMiB, arch }))
    .sort((one, other) => Number(one.sites) - Number(other.sites));
}

describe("two plans in direct messages", () => {
  const dm = "dm:ada";
  const say = { user: "ada", channel: "dm" };

  async function two(options: Parameters<typeof setting>[0] = {}) {
    const made = await places(options);
    await made.fake.say({ ...say, content: "40 clinics" });
    await made.fake.waitForMessage({ contains: "Sites **40**", channel: dm });
    const first = await asked(made, dm);
    await made.fake.command({ ...say, name: "edge", sub: "plan", options: { fleet: "77 farms" } });
    await made.fake.waitForMessage({ contains: "Sites **77**", channel: dm });
    return { ...made, first, second: await asked(made, dm) };
  }

  test("words belong to the one whose button was pressed last, or whose message they answer", async () => {
    const made = await two();
    const { fake, first, second } = made;
    const noted = (answer: string) => fake.waitForMessage({ contains: `**${answer}**`, channel: dm });
    await fake.click({ user: "ada", message: first.id, customId: "2 GB" });
    await noted("2 GB");
    await fake.say({ ...say, content: "arm64" });
    await noted("arm64");
    await fake.say({ ...say, content: "16 GB", replyTo: second.id, untold: true });
    await noted("16 GB");
    await fake.say({ ...say, content: "amd64" });
    await noted("amd64 (x86-64)");
    expect(await answersOf(made)).toEqual([
      { sites: 40, memoryMiB: 2_048, arch: "arm64" },
      { sites: 77, memoryMiB: 16_384, arch: "amd64" },
    ]);
    const list = await (await fake.command({ ...say, name: "edge", sub: "list" })).message();
    expect(list.text.match(/https:\/\/discord\.com\/channels\/@me\/\d+\/\d+/g)).toHaveLength(2);
    expect(await fake.fetchedLinks()).toEqual([]);
  });

  test("words belong to the one whose form was sent last", async () => {
    const made = await two();
    const { fake, second } = made;
    const hello = (await fake.messages(dm)).find(({ text }) => text.includes("Sites **40**"))!;
    const form = await fake.click({ user: "ada", message: hello.id, customId: "All questions at once" });
    await form.answered();
    await fake.click({ user: "ada", message: second.id, customId: "2 GB" });
    await fake.waitForMessage({ contains: "**2 GB**", channel: dm });
    await fake.submit({ user: "ada", modal: form.id, fields: { "CPU architecture": "arm64" } });
    await fake.waitForMessage({ contains: "**arm64**", channel: dm });
    await fake.say({ ...say, content: "16 GB" });
    await fake.waitForMessage({ contains: "**16 GB**", channel: dm });
    expect(await answersOf(made)).toEqual([
      { sites: 40, memoryMiB: 16_384, arch: "arm64" },
      { sites: 77, memoryMiB: 2_048, arch: undefined },
    ]);
  });

  test("stay apart when a new process reads again what was said", async () => {
    const made = await two({ settings: { EDGEWRIGHT_STORE: aStore() } });
    const bot = await made.restart();
    await made.fake.say({ ...say, content: "arm64" });
    await made.fake.waitForMessage({ contains: "arm64", channel: dm, after: made.second.id });
    expect(await answersOf({ ...made, bot })).toEqual([
      { sites: 40, memoryMiB: undefined, arch: undefined },
      { sites: 77, memoryMiB: undefined, arch: "arm64" },
    ]);
  });

  test("what is forgotten stays so when a new process reads again what was said", async () => {
    const made = await two({ settings: { EDGEWRIGHT_STORE: aStore() } });
    const { fake } = made;
    await fake.say({ ...say, content: "16 GB" });
    await fake.waitForMessage({ contains: "**16 GB**", channel: dm });
    await fake.say({ ...say, content: "forget everything" });
    const sure = await fake.waitForMessage({ contains: "Delete every answer", channel: dm });
    await fake.click({ user: "ada", message: sure.id, customId: "Delete everything" });
    const done = await fake.waitForMessage({ contains: "is deleted", channel: dm });
    await made.bot.journey.settled();
    const bot = await made.restart();
    await fake.say({ ...say, content: "arm64" });
    await fake.waitForMessage({ contains: "arm64", channel: dm, after: done.id });
    expect(await answersOf({ ...made, bot })).toEqual([{ sites: 40, memoryMiB: undefined, arch: "arm64" }]);
  });

  test("a button of one that is forgotten is answered all the same", async () => {
    const made = await two();
    const { fake, bot } = made;
    const hello = (await fake.messages(dm)).find(({ text }) => text.includes("Sites **77**"))!;
    await fake.say({ ...say, content: "forget everything" });
    const sure = await fake.waitForMessage({ contains: "Delete every answer", channel: dm });
    await fake.click({ user: "ada", message: sure.id, customId: "Delete everything" });
    const done = await fake.waitForMessage({ contains: "is deleted", channel: dm });
    await bot.journey.settled();
    await fake.click({ user: "ada", message: hello.id, customId: "Stop" });
    await fake.waitForMessage({ contains: "Stopped", channel: dm, after: done.id });
  });
});

describe("in channels of other kinds", () => {
  const begin = async (type: ChannelType.GuildAnnouncement | ChannelType.GuildVoice) => {
    const made = await places();
    const { fake } = made;
    const channel = await fake.channel({ name: "elsewhere", type });
    await fake.say({ user: "ada", channel, content: "40 clinics", mention: true });
    const said = await fake.waitForMessage({ contains: "Sites **40**" });
    const options = { fleet: "77 shops" };
    await fake.command({ user: "bob", channel, name: "edge", sub: "plan", options });
    const commanded = await fake.waitForMessage({ contains: "Sites **77**" });
    return { ...made, channel, said, commanded };
  };

  test("announcements have threads as other channels have", async () => {
    const { fake, channel, said, commanded } = await begin(ChannelType.GuildAnnouncement);
    expect((await fake.threads()).map(({ id, parent }) => ({ id, parent }))).toEqual([
      { id: said.channel_id, parent: channel },
      { id: commanded.channel_id, parent: channel },
    ]);
    await fake.say({ user: "ada", channel: said.channel_id, content: "arm64" });
    await fake.waitForMessage({ contains: "arm64", channel: said.channel_id, after: said.id });
    expect(await fake.violations()).toEqual([]);
  });

  test("beside a call, where there are no threads, everything is said in the channel", async () => {
    const made = await begin(ChannelType.GuildVoice);
    const { fake, channel, said, commanded } = made;
    expect([said.channel_id, commanded.channel_id]).toEqual([channel, channel]);
    const why = (await fake.messages(channel)).filter(({ text }) => text.includes("does not let me open"));
    expect(why).toHaveLength(2);
    await fake.say({ user: "ada", channel, content: "arm64", replyTo: said.id });
    await fake.waitForMessage({ contains: "arm64", channel, after: said.id });
    expect(await answersOf(made)).toMatchObject([
      { sites: 40, arch: "arm64" },
      { sites: 77, arch: undefined },
    ]);
    const refused = (await fake.violations()).map(({ code }) => code);
    expect(refused).toEqual([50_024, 50_024]); // it tried to open one for each
  });
});

describe("where the bot may not do everything", () => {
  test("a post of a forum is written in without what only opening posts needs", async () => {
    const { fake } = await places();
    for (const name of ["SendMessages", "CreatePublicThreads"]) await fake.removePermission(name, "ideas");
    const post = await fake.say({ user: "ada", channel: "ideas", title: "edge", content: "any ideas?" });
    await fake.command({
      user: "ada",
      channel: post,
      name: "edge",
      sub: "plan",
      options: { fleet: "40 clinics" },
    });
    await fake.waitForMessage({ contains: "Sites **40**", channel: post });
  });

  test("nobody fills in a form for nothing, and a mention is answered to the person alone", async () => {
    const { fake } = await places();
    for (const name of ["SendMessages", "SendMessagesInThreads"]) await fake.removePermission(name, "ops");
    for (const sub of ["plan", "check"]) {
      const used = await fake.command({ user: "ada", channel: "ops", name: "edge", sub });
      expect((await used.message()).text).toContain("“Send Messages in Threads”");
    }
    await fake.say({ user: "ada", channel: "ops", content: "40 clinics", mention: true });
    const { channels } = await fake.ids();
    const told = await fake.waitForMessage({
      contains: "I may not write in this channel",
      channel: "dm:ada",
    });
    expect(told.text).toContain(`In <#${channels.ops}>`);
    expect(told.text).toContain("“Send Messages”");
  });
});

test("what is answered cannot be read where its history is closed: a plan begins instead of an excuse", async () => {
  const made = await places();
  const { fake } = made;
  for (const name of ["CreatePublicThreads", "ReadMessageHistory"]) await fake.removePermission(name, "ops");
  const say = { user: "ada", channel: "ops" };
  await fake.say({ ...say, content: "40 clinics", mention: true });
  await fake.waitForMessage({ contains: "Sites **40**", channel: "ops" });
  const question = await asked(made, "ops");
  await fake.say({ ...say, content: "why", replyTo: question.id });
  const why = await fake.waitForMessage({ contains: "Unanswered", channel: "ops" });
  await fake.say({ ...say, content: "70 farms", replyTo: why.id });
  await fake.waitForMessage({ contains: "Sites **70**", channel: "ops" });
});

describe("where people talk among themselves", () => {
  test("what answers a colleague is left to them; what answers one's own words is not", async () => {
    const made = await places();
    const { fake } = made;
    await fake.say({ user: "ada", content: "40 clinics", mention: true });
    const { channel_id: channel } = await fake.waitForMessage({ contains: "Sites **40**" });
    await asked(made, channel);
    const theirs = await fake.say({ user: "bob", channel, content: "arm64" });
    await fake.waitForMessage({ contains: "**arm64**", channel });
    await fake.say({ user: "ada", channel, content: "4 GB", replyTo: theirs });
    const own = await fake.say({ user: "ada", channel, content: "stable link" });
    await fake.waitForMessage({ contains: "**Stable**", channel });
    await fake.say({ user: "ada", channel, content: "8 GB", replyTo: own });
    await fake.waitForMessage({ contains: "**8 GB**", channel });
    expect(await answersOf(made)).toEqual([{ sites: 40, memoryMiB: 8_192, arch: "arm64" }]);
    expect((await fake.messages(channel)).map(({ text }) => text).join()).not.toContain("**4 GB**");
  });

  test("questions have a field to write in, although messages can be read", async () => {
    const made = await places();
    const { fake } = made;
    const post = await fake.say({ user: "bob", channel: "ideas", title: "edge", content: "any ideas?" });
    await fake.say({ user: "ada", channel: post, content: "40 clinics", mention: true });
    await fake.waitForMessage({ contains: "Sites **40**", channel: post });
    const question = await asked(made, post);
    const field = await fake.click({ user: "ada", message: question.id, customId: "Write …" });
    await field.answered();
    await fake.submit({ user: "ada", modal: field.id, fields: { text: "8 GB" } });
    await fake.waitForMessage({ contains: "CPU architecture", channel: post });
  });

  test("answering the hint that something could not be read goes on with the plan", async () => {
    const made = await places({ messageContent: "none" });
    const { fake } = made;
    await fake.removePermission("CreatePublicThreads", "ops");
    const say = { user: "ada", channel: "ops" };
    await fake.say({ ...say, content: "40 clinics", mention: true });
    await fake.waitForMessage({ contains: "Sites **40**", channel: "ops" });
    const question = await asked(made, "ops");
    await fake.say({ ...say, content: "8 GB", replyTo: question.id, ping: false });
    const hint = await fake.waitForMessage({ contains: "but not what", channel: "ops" });
    await fake.say({ ...say, content: "8 GB", replyTo: hint.id, untold: true });
    await fake.waitForMessage({ contains: "CPU architecture", channel: "ops" });
    expect(await answersOf(made)).toEqual([{ sites: 40, memoryMiB: 8_192, arch: undefined }]);
  });
});

test("a form that a command opened is answered when nothing is left to ask", async () => {
  const made = await places();
  const { fake } = made;
  await fake.say({ user: "ada", content: "quick: 40 clinics", mention: true });
  const { channel_id: thread } = await fake.waitForMessage({ contains: "Sites **40**" });
  await asked(made, thread);
  const form = await fake.command({ user: "ada", channel: thread, name: "edge", sub: "plan" });
  await form.answered();
  const sent = await fake.submit({ user: "ada", modal: form.id, fields: {} });
  expect((await sent.message()).text).toContain("Everything was asked");
});

test("a form sent without anything to check says so", async () => {
  const { fake } = await places();
  const form = await fake.command({ user: "ada", name: "edge", sub: "check" });
  await form.answered();
  const sent = await fake.submit({ user: "ada", modal: form.id, fields: {} });
  expect(await sent.message()).toMatchObject({
    ephemeralTo: "ada",
    text: expect.stringContaining("nothing to check"),
  });
});

test("the language and edition of /edge plan hold for the plan of the thread it is used in", async () => {
  const made = await places();
  const { fake } = made;
  await fake.say({ user: "ada", content: "40 clinics", mention: true });
  const { channel_id: thread } = await fake.waitForMessage({ contains: "Sites **40**" });
  await asked(made, thread);
  const command = { user: "ada", channel: thread, name: "edge", sub: "plan" };
  await fake.command({ ...command, options: { fleet: "8 GB", language: "de" } });
  await fake.waitForMessage({ contains: "Arbeitsspeicher je Knoten: **8 GB**", channel: thread });
  const form = await fake.command({ ...command, options: { edition: "basic", language: "es" } });
  expect((await form.answered()).modal?.title).toBe("Planificar la flota edge");
  await fake.waitForMessage({ contains: "Recomendación rápida", channel: thread });
});

test("a private thread it is not in is named, before a form is filled in; a mention lets it in", async () => {
  const made = await places();
  const { fake } = made;
  const thread = await fake.thread({ user: "bob", name: "edge", isPrivate: true });
  const command = { user: "ada", channel: thread, name: "edge", sub: "plan" };
  expect((await (await fake.command(command)).message()).text).toContain("private thread that I am not in");
  await fake.say({ user: "ada", channel: thread, content: "40 clinics", mention: true });
  await fake.waitForMessage({ contains: "Sites **40**", channel: thread });
  await asked(made, thread);
  await fake.command({ ...command, options: { fleet: "8 GB" } });
  await fake.waitForMessage({ contains: "CPU architecture", channel: thread });
});
