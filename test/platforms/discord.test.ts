import { describe, expect, test } from "vitest";
import { setting } from "./discord/setting.ts";

const fleet = "5,000 trucks, 2 GB ARM64, flaky 4G, Flux, eMMC, one node each";

describe("a mention", () => {
  test("opens a thread on the message, and the plan is made there", async () => {
    const { fake, bot } = await setting({ messageContent: "full" });
    await fake.say({ user: "ada", content: fleet, mention: true });
    const question = await fake.waitForMessage({ contains: "Who can" });
    const [thread] = await fake.threads();
    expect(thread).toMatchObject({ owner: "edgewright", name: fleet });
    expect(question.channel_id).toBe(thread!.id);
    expect(JSON.stringify(question.components)).toContain("answer:exposure|exposed");
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
});
