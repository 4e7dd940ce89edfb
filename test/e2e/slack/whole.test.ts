import { expect, test } from "vitest";
import { expectRepository, expectWholeTalk } from "../plan.ts";
import { complaints, downloaded, stage } from "./stage.ts";
import { whole } from "./talks.ts";

test.each([
  ["en", "http"],
  ["de", "socket"],
  ["es", "socket"],
  ["zh", "http"],
] as const)(
  "from /edge to a zip that builds, to a change and a question, in %s over %s",
  { timeout: 120_000 },
  async (language, transport) => {
    const part = await stage(language, { transport });
    const { fake, talk, say, bot } = part;
    const root = await whole(part);
    const said = talk.lines.join("\n\n");
    expectWholeTalk(said, { say, language });
    expect(said).toMatch(/MicroK8s/);
    await expectRepository(await downloaded(fake, "C0EDGE", "fleet-r1.zip"));

    const thread = (await fake.thread("C0EDGE", root)).filter(({ bot_id }) => bot_id);
    const keys = thread.flatMap(({ metadata }) => metadata?.event_payload.key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect((await fake.streams()).filter(({ state }) => state === "streaming")).toEqual([]);
    expect(await complaints(fake)).toEqual([]);
    expect(await bot.stop()).toBe(0);
  },
);
