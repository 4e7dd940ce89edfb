import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { complaints, stage } from "./stage.ts";
import {
  atHome,
  byDirectMessage,
  byMention,
  byShortcut,
  byWord,
  interview,
  refused,
  uninvited,
} from "./talks.ts";

const long = { timeout: 120_000 };

test("every other way in works, and is left again, in German over Socket Mode", long, async () => {
  const part = await stage("de", { transport: "socket" });
  const { fake, talk, say, bot } = part;
  for (const way of [byMention, byDirectMessage, byShortcut, byWord, uninvited, atHome, refused])
    await way(part);
  const said = talk.lines.join("\n\n");

  expect(said).toContain(say("plan.basicTitle", { revision: 1 }));
  expect(said).toContain(say("ended.hint").split(":")[0]!);
  expect(said).toContain(say("slack.help.heading"));
  expect(said).toContain(say("slack.list.heading"));
  expect(said).toContain("Lieferflotte 2027");
  // A sentence once said “{channel}” as it stood in its locale.
  expect(said).not.toMatch(/\{\w+\}/);
  // What is recorded of somebody begins with what they did, not with what others were told before.
  expect(said.split("**Guest**")[1]).not.toContain(say("button.generate"));
  // Whom nobody let in is told so in their own language, and nothing is begun for them.
  expect((await fake.ephemerals("U0GUEST")).map(({ text }) => text).join()).toContain("SLACK_ALLOW_GUESTS");
  expect((await fake.ephemerals("U0OTHER")).map(({ text }) => text).join()).toContain(
    "SLACK_ALLOWED_WORKSPACES",
  );
  expect((await fake.messages("C0NOBOT")).filter(({ bot_id }) => bot_id)).toEqual([]);
  expect((await fake.messages("C0SHARED")).filter(({ bot_id }) => bot_id)).toEqual([]);
  expect(await complaints(fake)).toEqual([]);
  expect(await bot.stop()).toBe(0);
});

test(
  "work is stopped by Slack's own button and by a word; a drained process leaves it to the next",
  long,
  async () => {
    const model = createServer(() => {}); // one that thinks for ever
    await new Promise<void>((resolve) => model.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      model.closeAllConnections();
      model.close();
    });
    const { port } = model.address() as AddressInfo;
    const env = {
      MODELS: "openai:gpt-5.5",
      OPENAI_API_KEY: "none",
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    };
    const part = await stage("en", { transport: "http", env });
    const { fake, talk, say, bot } = part;
    const thread_ts = await interview(part);
    const isWorking = async () =>
      (await fake.streams()).some(
        ({ state, tasks }) => state === "streaming" && tasks.some(({ title }) => /gpt/.test(title)),
      );
    const isStill = async () =>
      (await fake.sessions()).every(({ status }) => status === "active") &&
      (await fake.streams()).every(({ state }) => state !== "streaming");
    const stops = async () =>
      (await fake.thread("C0EDGE", thread_ts)).filter((one) =>
        JSON.stringify(one).includes(say("stop.work").split(".")[0]!),
      ).length;

    await talk.press(say("button.generate"));
    await fake.waitFor(isWorking, { what: "the model is asked", timeoutMs: 45_000 });
    expect(await talk.stop()).toBe(true);
    await fake.waitFor(async () => (await stops()) === 1 && isStill(), { what: "stopped by the button" });

    await talk.press(say("button.generate"));
    await fake.waitFor(isWorking, { what: "the model is asked again", timeoutMs: 45_000 });
    await talk.say("stop");
    await fake.waitFor(async () => (await stops()) === 2 && isStill(), { what: "stopped by a word" });

    await talk.press(say("button.generate"));
    await fake.waitFor(isWorking, { what: "the model is asked a third time", timeoutMs: 45_000 });
    expect(await bot.stop()).toBe(0);
    expect(await fake.violations()).toEqual([]);
  },
);
