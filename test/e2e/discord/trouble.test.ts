import { expect, test } from "vitest";
import { complaints, stage } from "./stage.ts";
import { ask, generate, interview } from "./talks.ts";

const long = { timeout: 120_000 };
const posting = /channels\/\d+\/messages$/;

test(
  "whom the operator did not name is refused in their language, by mention, command and button",
  long,
  async () => {
    const part = await stage("de", {
      envOf: async (fake) => ({
        DISCORD_ALLOWED_ROLES: await fake.role({ name: "edge-team", members: ["Bernd"] }),
      }),
    });
    const { fake, talk, say, own, bot } = part;
    await interview(part);
    await fake.person({ name: "Fremder", locale: "zh-CN" });
    const asked = await fake.say({ user: "Fremder", channel: "ops", content: own.fleet, mention: true });
    const refusal = await fake.waitForMessage({ channel: "ops", contains: say("discord.refused") });
    expect(refusal.message_reference?.message_id).toBe(asked);
    const used = await fake.command({
      user: "Fremder",
      channel: "ops",
      name: "edge",
      sub: "plan",
      options: { fleet: own.fleet },
    });
    const zh = await used.message();
    expect(zh.ephemeralTo).toBe("Fremder");
    expect(zh.text).toMatch(/[\u4e00-\u9fff]/);
    const pressed = await talk.press("generate", { by: "Fremder" });
    expect(pressed.messages.map(({ ephemeralTo }) => ephemeralTo)).toEqual(["Fremder"]);
    // Nobody's plan was made, and those who may go on.
    await talk.settled();
    expect(await fake.threads()).toHaveLength(1);
    await generate(part);
    expect(await complaints(fake)).toEqual([]);
    expect(await bot.stop()).toBe(0);
  },
);

test("what the library cannot digest is logged, and ends nothing", long, async () => {
  const part = await stage("en");
  const { fake, own, bot } = part;
  await interview(part);
  await fake.garble();
  await expect.poll(() => bot.log.find(({ msg }) => msg === "an error nobody waited for")).toBeDefined();
  await generate(part);
  await ask(part, own.stop);
  expect(await bot.stop()).toBe(0);
});

test("what the bot may not do is named, and it goes on where it can", long, async () => {
  const part = await stage("en");
  const { fake, talk, say, own, bot } = part;
  await fake.removePermission("CreatePublicThreads", "general");
  const asked = await talk.say(own.fleet, { mention: true });
  const told = await talk.until({ text: say("discord.permission.CreatePublicThreads") });
  expect(told.message_reference?.message_id).toBe(asked);
  const question = await talk.find(
    async () => (await talk.posts()).find((one) => talk.idsOf(one).some((id) => id.includes("exposure"))),
    "the first question",
  );
  expect(question.message_reference?.message_id).toBe(asked);
  // Where nothing can be written at all, the person alone hears it.
  for (const name of ["SendMessages", "SendMessagesInThreads"]) await fake.removePermission(name, "ops");
  const used = await fake.command({
    user: own.user,
    channel: "ops",
    name: "edge",
    sub: "plan",
    options: { fleet: own.fleet },
  });
  const aside = await used.message();
  expect(aside.ephemeralTo).toBe(own.user);
  expect(aside.text).toContain(say("discord.permission.SendMessages"));
  await talk.settled();
  expect(await fake.threads()).toEqual([]);
  expect(await complaints(fake)).toEqual([]);
  expect(await bot.stop()).toBe(0);
});

test("a thread that is deleted while the plan is made is missed where it hung", long, async () => {
  const part = await stage("zh");
  const { fake, talk, say, bot } = part;
  const thread = await interview(part);
  await fake.fail({ method: "POST", path: posting, hang: 400, times: 3 });
  await talk.press("generate");
  await fake.deleteThread(thread);
  const word = await fake.waitForMessage({
    channel: "general",
    contains: say("discord.gone.deleted").slice(0, 12),
  });
  expect(word.message_reference?.message_id).toBe(thread);
  await talk.settled();
  const words = (await fake.messages("general")).filter(({ ours }) => ours);
  expect(words).toHaveLength(1);
  expect(await fake.pings()).toEqual([]);
  expect(await bot.stop()).toBe(0);
});

test(
  "an answer to a command that comes too late, or whose token is over, does not stop the plan",
  long,
  async () => {
    const part = await stage("en", { clock: "manual" });
    const { fake, talk, say, own, bot } = part;
    // Discord no longer takes the answer: the person sees "did not respond", and the thread all the same.
    await fake.fail({ method: "POST", path: /callback$/, status: 404, code: 10_062 });
    await fake.command({ user: own.user, name: "edge", sub: "plan", options: { fleet: own.fleet } });
    await talk.find(
      async () => ((await fake.pendingFaults()) === 0 ? true : undefined),
      "the refused answer",
    );
    await fake.clock.advance(4_000);
    await talk.enterNewest();
    await talk.find(async () => (await talk.posts())[1], "the first question");
    await talk.press("exposure");
    await talk.find(async () => (await talk.posts())[2], "the second question");
    await talk.press("skip");
    await talk.until({ button: say("button.generate") });
    await talk.press("generate");
    await fake.clock.advance(16 * 60_000);
    await talk.until({ file: "fleet-r1.zip" });
    await talk.settled();
    expect(await fake.doubles()).toEqual([]);
    expect(await bot.stop()).toBe(0);
  },
);

test(
  "what was said while it was away is answered by the next process, and a drained one loses nothing",
  long,
  async () => {
    const part = await stage("es");
    const { fake, talk, say, own, bot } = part;
    await interview(part);
    await talk.press("generate");
    await talk.until({ file: "fleet-r1.zip" });
    // In the middle of the posts of a plan.
    expect(await bot.stop()).toBe(0);
    await talk.say(own.change);
    const next = await part.again();
    await talk.until({ file: "fleet-r2.zip" });
    await talk.record();
    await ask(part, own.question);
    const files = (await talk.posts()).flatMap(({ attachments }) =>
      attachments.map(({ filename }) => filename),
    );
    expect(files.filter((name) => name.endsWith(".zip"))).toEqual(["fleet-r1.zip", "fleet-r2.zip"]);
    const closing = (await talk.posts()).filter((one) => talk.labelsOf(one).includes(say("button.zip")));
    expect(closing).toHaveLength(4); // each revision's card, and its last post
    expect(await complaints(fake)).toEqual([]);
    expect(await next.stop()).toBe(0);
  },
);
