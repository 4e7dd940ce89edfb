import { expect, test } from "vitest";
import { expectRepository, expectWholeTalk } from "../plan.ts";
import { complaints, downloaded, stage } from "./stage.ts";
import { unread, whole } from "./talks.ts";

test.each([
  ["en", "full"],
  ["de", "none"],
  ["es", "full"],
  ["zh", "none"],
] as const)(
  "from a mention to a zip that builds, to a change and a question, in %s, message content: %s",
  { timeout: 120_000 },
  async (language, messageContent) => {
    const part = await stage(language, { messageContent });
    const { fake, talk, say, bot } = part;
    const thread = await (messageContent === "none" ? unread : whole)(part);
    const said = talk.lines.join("\n\n");
    expectWholeTalk(said, { say, language });
    expect(said).toMatch(/Argo CD/);

    const all = await fake.messages(thread);
    const card = all.find(({ attachments }) =>
      attachments.some(({ filename }) => filename === "fleet-r1.zip"),
    )!;
    await expectRepository(await downloaded(card, "fleet-r1.zip"));
    // The document is the plan as a whole, in the person's language.
    const document = new TextDecoder().decode(await downloaded(card, "edge-fleet-plan-r1.md"));
    expect(document).toContain(say("plan.components.heading"));

    expect(await fake.threads()).toHaveLength(1);
    expect(await complaints(fake)).toEqual([]);
    expect(await bot.stop()).toBe(0);
  },
);
