import { afterEach, describe, expect, test } from "vitest";
import { type FakeSlack, type Message, spawnFakeSlack } from "../fakes/slack.ts";
import { serve } from "./slack/serve.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const trucks = "5,000 delivery trucks, each an ARM64 box with 2 GB RAM, flaky 4G, we'd like Argo CD";

/** The newest message of a thread that has a button with these words. */
async function withButton(fake: FakeSlack, root: string, words: string): Promise<Message> {
  return fake.waitFor(
    async () =>
      (await fake.thread("C0EDGE", root)).findLast(({ blocks }) =>
        JSON.stringify(blocks ?? []).includes(`"${words}"`),
      ),
    { what: words },
  );
}

describe.each(["socket", "http"] as const)("the real process over %s", (transport) => {
  test("takes a command to a plan, its files, a change and its difference", { timeout: 60_000 }, async () => {
    const fake = await spawnFakeSlack();
    closers.push(() => fake.close());
    const bot = await serve(fake, { transport });
    closers.push(() => bot.stop("SIGKILL"));

    const press = async (root: string, words: string) => {
      const message = await withButton(fake, root, words);
      const reply = await fake.click({
        user: "U0ANNA",
        message: { channel: "C0EDGE", ts: message.ts },
        text: words,
      });
      expect(reply.ack).toBe(true);
    };
    const reply = await fake.command({ user: "U0ANNA", channel: "C0EDGE", text: trucks });
    expect(reply.body).toMatchObject({ response_type: "ephemeral" });
    const { ts: root } = await fake.waitFor(async () =>
      (await fake.messages("C0EDGE")).find(({ bot_id, thread_ts, ts }) => bot_id && (thread_ts ?? ts) === ts),
    );
    // Who started is asked; the answer takes the question's place.
    await press(root, "Anyone");
    await fake.waitFor(async () =>
      (await fake.thread("C0EDGE", root)).find(
        ({ edited, blocks }) => edited && JSON.stringify(blocks).includes("Physical access"),
      ),
    );
    await withButton(fake, root, "eMMC");
    await fake.say({ user: "U0ANNA", channel: "C0EDGE", thread_ts: root, text: "sd cards" });
    await press(root, "Generate the plan");
    await fake.waitFor(async () => (await fake.files()).find(({ name }) => name.endsWith(".md")), {
      timeoutMs: 30_000,
    });
    await withButton(fake, root, "Repository (zip)");
    const names = (await fake.files()).map(({ name }) => name);
    expect(names).toContain("fleet-r1.zip");
    expect(names.some((name) => name.endsWith(".yaml"))).toBe(true);
    const session = await fake.waitFor(async () =>
      (await fake.sessions()).find(({ status }) => status === "active"),
    );
    expect(session.history).toEqual(["processing", "active"]);

    await fake.say({
      user: "U0ANNA",
      channel: "C0EDGE",
      thread_ts: root,
      text: "what if we take the 1 GB box?",
    });
    await withButton(fake, root, "Back to 1");
    const thread = await fake.thread("C0EDGE", root);
    expect(thread.some(({ blocks }) => blocks?.some(({ type }) => type === "table"))).toBe(true);
    expect(thread.some(({ blocks }) => blocks?.some(({ type }) => type === "container"))).toBe(true);
    expect(await fake.violations()).toEqual([]);
    expect(await fake.pings()).toEqual([]);
    expect(await fake.unfurls()).toEqual([]);
    expect(await fake.warnings()).toEqual([]);
    expect(await fake.undelivered()).toEqual([]);
    expect(await bot.stop()).toBe(0);
  });
});
