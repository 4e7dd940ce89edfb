import { describe, expect, test } from "vitest";
import { components, setting } from "./discord/setting.ts";

const fleet = "5,000 trucks, 2 GB ARM64, flaky 4G, Flux, eMMC, one node each";

describe("a mention", () => {
  test("opens a thread on the message, and the plan is made there", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.say({ user: "ada", content: fleet, mention: true });
    const question = await fake.waitForMessage({ contains: "Who can" });
    const [thread] = await fake.threads();
    expect(thread).toMatchObject({ owner: "edgewright", name: fleet });
    expect(question.channel_id).toBe(thread!.id);
    expect(components(question)).toContain("answer:exposure|exposed");
    await fake.say({ user: "ada", channel: thread!.id, content: "drivers can, and they get stolen" });
    const card = await fake.waitForMessage({ contains: "Your fleet" });
    await fake.click({ user: "ada", message: card.id, customId: "Generate the plan" });
    const plan = await fake.waitForMessage({ contains: "Edge fleet plan, revision 1" });
    expect(plan.attachments.map(({ filename }) => filename)).toEqual([
      "fleet-r1.zip",
      "edge-fleet-plan-r1.md",
    ]);
    await bot.journey.settled();
    expect(await fake.violations()).toEqual([]);
    expect(await fake.pings()).toEqual([]);
    expect(await fake.fetchedLinks()).toEqual([]);
  });

  test("of the bot's own role counts, one of everybody does not", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.say({ user: "ada", content: "good morning", everyone: true });
    await fake.say({ user: "ada", content: fleet, mention: "role" });
    await fake.waitForMessage({ contains: "Who can" });
    await bot.journey.settled();
    expect(await fake.threads()).toHaveLength(1);
  });

  test("in somebody's thread is answered there; what is not said to the bot is left alone", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    const post = await fake.say({
      user: "ada",
      channel: "ideas",
      title: "Trucks",
      content: "how would you do it?",
    });
    await fake.say({ user: "bob", channel: post, content: "no idea" });
    await fake.say({ user: "ada", channel: post, content: fleet, mention: true });
    const question = await fake.waitForMessage({ contains: "Who can" });
    expect(question.channel_id).toBe(post);
    await bot.journey.settled();
    const before = await fake.count("POST /channels/:channel/messages");
    await fake.say({ user: "bob", channel: post, content: "I would ask somebody" });
    await fake.say({ user: "ada", channel: post, content: "anyone", replyTo: question.id });
    await fake.waitForMessage({ contains: "Your fleet" });
    await bot.journey.settled();
    expect(await fake.count("POST /channels/:channel/messages")).toBe(before + 1);
  });

  test("that begins a forum post makes the whole post the bot's", async () => {
    const { fake } = await setting({ messageContent: "full" });
    const post = await fake.say({
      user: "ada",
      channel: "ideas",
      title: "Trucks",
      content: fleet,
      mention: true,
    });
    await fake.waitForMessage({ contains: "Who can", channel: post });
    await fake.say({ user: "ada", channel: post, content: "anyone" });
    await fake.waitForMessage({ contains: "Your fleet", channel: post });
    expect(await fake.violations()).toEqual([]);
  });

  test("of somebody else in the bot's thread is not for the bot", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.say({ user: "ada", content: fleet, mention: true });
    const { channel_id: thread } = await fake.waitForMessage({ contains: "Who can" });
    await bot.journey.settled();
    await fake.person({ name: "bob" });
    const { users } = await fake.ids();
    const before = await fake.count("POST /channels/:channel/messages");
    await fake.say({ user: "ada", channel: thread, content: `<@${users.bob}> look at this` });
    await fake.say({ user: "ada", channel: thread, content: "anyone" });
    await fake.waitForMessage({ contains: "Your fleet" });
    await bot.journey.settled();
    expect(await fake.count("POST /channels/:channel/messages")).toBe(before + 1);
  });

  test("by another bot, a webhook or Discord itself is nobody's, and no answer in the bot's thread either", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.person({ name: "robot", bot: true });
    await fake.say({ user: "ada", content: fleet, mention: true });
    const { channel_id: thread } = await fake.waitForMessage({ contains: "Who can" });
    await bot.journey.settled();
    const before = await fake.count("POST /channels/:channel/messages");
    for (const channel of ["general", thread]) {
      await fake.say({ user: "robot", channel, content: "anyone", mention: true });
      await fake.say({ user: "ada", channel, content: "anyone", mention: true, webhook: true });
      await fake.say({ user: "ada", channel, content: "anyone", mention: true, system: true });
    }
    await fake.say({ user: "ada", channel: thread, content: "help" });
    await fake.waitForMessage({ contains: "What you can say", channel: thread });
    await bot.journey.settled();
    expect(await fake.count("POST /channels/:channel/messages")).toBe(before + 1);
    expect(await fake.threads()).toHaveLength(1);
  });

  test("in direct messages needs no mention", async () => {
    const { fake } = await setting({ messageContent: "none" });
    await fake.say({ user: "ada", channel: "dm", content: fleet });
    const question = await fake.waitForMessage({ contains: "Who can", channel: "dm:ada" });
    expect(components(question)).not.toContain("write");
    await fake.say({ user: "ada", channel: "dm", content: "anyone" });
    await fake.waitForMessage({ contains: "Your fleet", channel: "dm:ada" });
    expect(await fake.violations()).toEqual([]);
  });
});

describe("what a client makes of words", () => {
  test("too many for a message come as a file, and are read as words", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    const files = [{ name: "message.txt", content: fleet, type: "text/plain" }];
    await fake.say({ user: "ada", mention: true, files });
    await fake.waitForMessage({ contains: "Sites **5,000**" });
    await bot.journey.settled();
    expect((await fake.messages()).filter(({ text }) => text.includes("Not read"))).toEqual([]);
  });

  test("forwarded ones are read as they were written", async () => {
    const { fake } = await setting({ messageContent: "full" });
    const written = await fake.say({ user: "bob", content: fleet });
    await fake.say({ user: "ada", channel: "dm", forward: written });
    await fake.waitForMessage({ contains: "Sites **5,000**", channel: "dm:ada" });
  });
});

test("as many connections are opened as Discord recommends, and all are listened to", async () => {
  const { fake } = await setting({ messageContent: "full", guilds: 2, shards: 2, maxConcurrency: 2 });
  await fake.waitForSessions(2);
  for (const server of ["devops", "devops-1"]) {
    const asked = await fake.say({
      user: "ada",
      channel: `${server}/general`,
      content: fleet,
      mention: true,
    });
    expect((await fake.waitForMessage({ contains: "Who can", after: asked })).channel_id).toBe(asked);
  }
});

describe("without the intent for what messages hold", () => {
  test("what cannot be read is answered with a button, which opens a field", async () => {
    const { fake } = await setting({ messageContent: "none" });
    await fake.say({ user: "ada", content: fleet, mention: true });
    const question = await fake.waitForMessage({ contains: "Who can" });
    expect(components(question)).toContain("write");
    await fake.say({ user: "ada", channel: question.channel_id, content: "anyone" });
    const hint = await fake.waitForMessage({ contains: "I can only read messages that mention me" });
    const field = await fake.click({ user: "ada", message: hint.id, customId: "write" });
    expect((await field.answered()).modal?.title).toBe("Your message");
    const sent = await fake.submit({
      user: "ada",
      modal: field.id,
      fields: { text: "anyone can get at them" },
    });
    await sent.acked();
    await fake.waitForMessage({ contains: "Your fleet" });
    expect(await fake.violations()).toEqual([]);
  });

  test("an answer without the ping is no answer that can be read", async () => {
    const { fake, bot } = await setting({ messageContent: "none" });
    await fake.say({ user: "ada", content: fleet, mention: true });
    const { id, channel_id: channel } = await fake.waitForMessage({ contains: "Who can" });
    await bot.journey.settled();
    const answer = { user: "ada", channel, content: "anyone", replyTo: id };
    const asked = await fake.say({ ...answer, ping: false });
    const hint = await fake.waitForMessage({ contains: "I can only read messages that mention me" });
    expect(hint.message_reference?.message_id).toBe(asked);
    await fake.say(answer);
    await fake.waitForMessage({ contains: "Your fleet" });
    const questions = (await fake.messages(channel)).filter(({ text }) => text.includes("Who can"));
    expect(questions).toEqual([]);
  });

  test("a mention of the bot's role cannot be read; what is written into the field opens the thread on it", async () => {
    const { fake } = await setting({ messageContent: "none" });
    const asked = await fake.say({ user: "ada", content: fleet, mention: "role" });
    const hint = await fake.waitForMessage({ contains: "I can only read messages that mention me" });
    const field = await fake.click({ user: "ada", message: hint.id, customId: "Write …" });
    await field.answered();
    await fake.submit({ user: "ada", modal: field.id, fields: { text: fleet } });
    const question = await fake.waitForMessage({ contains: "Who can" });
    expect(question.channel_id).toBe(asked);
    expect(await fake.violations()).toEqual([]);
  });

  test("an answer to the line of a command cannot be read; what is written into the field goes into its thread", async () => {
    const { fake } = await setting({ messageContent: "none" });
    await fake.waitForCommands();
    const used = await fake.command({ user: "ada", name: "edge", sub: "plan", options: { fleet } });
    const { id: line } = await used.message();
    await fake.waitForMessage({ contains: "Who can", channel: line });
    await fake.say({ user: "ada", content: "anyone", replyTo: line });
    const hint = await fake.waitForMessage({ contains: "I can only read messages that mention me" });
    const field = await fake.click({ user: "ada", message: hint.id, customId: "Write …" });
    await field.answered();
    await fake.submit({ user: "ada", modal: field.id, fields: { text: "anyone" } });
    await fake.waitForMessage({ contains: "Your fleet", channel: line });
  });

  test("answers to the bot's messages and mentions are read in its thread", async () => {
    const { fake } = await setting({ messageContent: "none" });
    await fake.say({ user: "ada", content: fleet, mention: true });
    const question = await fake.waitForMessage({ contains: "Who can" });
    await fake.say({ user: "ada", channel: question.channel_id, content: "anyone", replyTo: question.id });
    await fake.waitForMessage({ contains: "Your fleet" });
    await fake.say({ user: "ada", channel: question.channel_id, content: "memory is 4 GB", mention: true });
    await fake.waitForMessage({ contains: "Noted" });
  });

  test("identifies without it; with it granted it asks for it", async () => {
    const { fake } = await setting({ messageContent: "none" });
    const other = await setting({ messageContent: "limited" });
    const content = 1 << 15;
    expect((await fake.sessions()).map(({ intents }) => intents & content)).toEqual([0]);
    expect((await other.fake.sessions()).map(({ intents }) => intents & content)).toEqual([content]);
  });
});

describe("a thread that cannot be", () => {
  test("is named with the permission that lacks, and the plan is made in the channel", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.removePermission("CreatePublicThreads");
    const asked = await fake.say({ user: "ada", content: fleet, mention: true });
    const note = await fake.waitForMessage({ contains: "“Create Public Threads”" });
    expect(note.message_reference?.message_id).toBe(asked);
    const question = await fake.waitForMessage({ contains: "Who can" });
    expect(question.message_reference?.message_id).toBe(asked);
    const pressed = await fake.click({ user: "ada", message: question.id, customId: "Anyone" });
    await pressed.acked();
    const card = await fake.waitForMessage({ contains: "Your fleet" });
    await fake.say({ user: "ada", content: "memory is 4 GB", replyTo: card.id });
    await fake.waitForMessage({ contains: "Noted" });
    await bot.journey.settled();
    expect(await fake.threads()).toEqual([]);
    expect(await fake.violations()).toEqual([]);
  });

  test("for want of writing in threads is not opened", async () => {
    const { fake } = await setting();
    await fake.removePermission("SendMessagesInThreads");
    await fake.say({ user: "ada", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "“Send Messages in Threads”" });
    await fake.waitForMessage({ contains: "Who can" });
    expect(await fake.threads()).toEqual([]);
  });

  test("nor can files be attached everywhere: then their names are said, with what lacks", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.removePermission("AttachFiles");
    await fake.say({ user: "ada", content: `${fleet}, anyone can get at it`, mention: true });
    const card = await fake.waitForMessage({ contains: "Your fleet" });
    await fake.click({ user: "ada", message: card.id, customId: "Generate the plan" });
    const plan = await fake.waitForMessage({ contains: "Edge fleet plan, revision 1" });
    expect(plan.text).toMatch(/fleet-r1\.zip.*“Attach Files”/);
    expect(components(plan)).toContain("zip");
    await bot.journey.settled();
    expect(await fake.violations()).toEqual([]);
  });

  test("is a line of answers also where the bot may not read what was said before", async () => {
    const { fake } = await setting();
    await fake.removePermission("CreatePublicThreads");
    await fake.removePermission("ReadMessageHistory");
    await fake.say({ user: "ada", content: fleet, mention: true });
    const question = await fake.waitForMessage({ contains: "Who can" });
    expect(question.message_reference).toBeUndefined();
    await (await fake.click({ user: "ada", message: question.id, customId: "Anyone" })).acked();
    await fake.waitForMessage({ contains: "Your fleet" });
  });

  test("because a server has as many as it may is told so", async () => {
    const { fake } = await setting({ threadCap: 0 });
    await fake.say({ user: "ada", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "as many open threads as Discord allows" });
    await fake.waitForMessage({ contains: "Who can" });
  });

  test("a channel in which the bot may not write is told to who asked, for them alone or directly", async () => {
    const { fake, bot } = await setting();
    await fake.removePermission("SendMessages");
    await fake.removePermission("SendMessagesInThreads");
    await fake.waitForCommands();
    const used = await fake.command({ user: "ada", name: "edge", sub: "plan", options: { fleet } });
    const answer = await used.message();
    expect(answer).toMatchObject({ ephemeralTo: "ada" });
    expect(answer.text).toContain("I may not write in this channel");
    await fake.say({ user: "bob", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "I may not write in this channel", channel: "dm:bob" });
    await bot.journey.settled();
  });
});
