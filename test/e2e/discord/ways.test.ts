import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { FakeDiscord } from "../../fakes/discord.ts";
import { complaints, stage } from "./stage.ts";
import { aside, byForm, checkMessage, fromMessage, inDirect, inForum, interview, quickly } from "./talks.ts";

const long = { timeout: 120_000 };

test("every other way in works, and is left again, in Spanish", long, async () => {
  const part = await stage("es");
  const { fake, talk, say, bot } = part;
  for (const way of [byForm, fromMessage, checkMessage, inDirect, inForum, quickly, aside]) await way(part);
  const said = talk.lines.join("\n\n");

  expect(said).toContain(say("form.title"));
  expect(said).toContain(say("help.heading"));
  expect(said).toContain(say("discord.list.heading"));
  expect(said).toContain(say("plan.basicTitle", { revision: 1 }));
  expect(said).toContain("IMG-01");
  // A conversation each, in a thread of its own; the forum post is one already, and direct messages have none.
  const threads = await fake.threads();
  expect(threads.map(({ owner }) => owner).sort()).toEqual(
    ["edgewright", "edgewright", "edgewright", "edgewright", "edgewright", part.own.user].sort(),
  );
  expect(await complaints(fake)).toEqual([]);
  expect(await bot.stop()).toBe(0);
});

/** A model that thinks for ever. */
async function silentModel(): Promise<Record<string, string>> {
  const model = createServer(() => {});
  await new Promise<void>((resolve) => model.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    model.closeAllConnections();
    model.close();
  });
  const { port } = model.address() as AddressInfo;
  return { MODELS: "openai:gpt-5.5", OPENAI_API_KEY: "none", OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` };
}

const CARD = /^-# <t:\d+:R>$/m;
const cards = async (fake: FakeDiscord, thread: string) =>
  (await fake.messages(thread)).filter(({ ours, text }) => ours && CARD.test(text));

test(
  "work is stopped by the button and by a word; a drained process leaves it to the next",
  long,
  async () => {
    const part = await stage("en", { envOf: silentModel });
    const { fake, talk, say, bot } = part;
    const thread = await interview(part);
    const works = (count: number) =>
      talk.find(
        async () => ((await cards(fake, thread)).length === count ? true : undefined),
        `${count} status cards`,
      );
    const stopped = async () =>
      (await fake.messages(thread)).filter(
        ({ ours, text }) => ours && text.includes(say("stop.work").split(".")[0]!),
      ).length;

    await talk.press("generate");
    await works(1);
    expect((await cards(fake, thread))[0]!.text).toContain("gpt-5.5");
    await talk.press(say("button.stop"));
    await works(0);
    await talk.find(async () => ((await stopped()) === 1 ? true : undefined), "stopped by the button");

    await talk.press("generate");
    await works(1);
    await talk.say("stop");
    await works(0);
    await talk.find(async () => ((await stopped()) === 2 ? true : undefined), "stopped by a word");

    await talk.press("generate");
    await works(1);
    expect(await bot.stop()).toBe(0);
    // Nothing claims to be under way while nobody works.
    expect(await cards(fake, thread)).toEqual([]);
    const next = await part.again();
    await works(1);
    await talk.press(say("button.stop"));
    await talk.find(async () => ((await stopped()) === 3 ? true : undefined), "stopped in the next process");
    expect(await next.stop()).toBe(0);
    expect(await complaints(fake)).toEqual([]);
  },
);
