import { afterEach, expect, test, vi } from "vitest";
import { createClient } from "../../../src/platforms/slack/client.ts";
import { createPlaces } from "../../../src/platforms/slack/places.ts";
import { realClock } from "../../../src/platforms/slack/scheduler.ts";
import { createStatus } from "../../../src/platforms/slack/status.ts";
import { listeningBot, quiet } from "../../fakes/bot.ts";
import { type FakeSlack, startFakeSlack } from "../../fakes/slack.ts";

let fake: FakeSlack;
afterEach(async () => {
  vi.useRealTimers();
  await fake?.close();
});

/** The progress of one conversation, below a message of somebody's. */
async function shown() {
  const { apiUrl, team, bot, tokens } = fake;
  const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "500 stores" });
  const { bot: listening, notes } = await listeningBot("slack");
  const places = createPlaces(notes);
  await places.set("one", { team: team.id, channel: "C0EDGE", thread: ts, own: true, user: "U0ANNA" });
  const status = createStatus({
    client: createClient({ token: tokens.bot, apiUrl, log: quiet, clock: realClock, postsPerSecond: 1000 }),
    ...{ places, clock: realClock, log: quiet, me: bot.user_id },
    say: listening.say,
    titleOf: async () => undefined,
    signal: new AbortController().signal,
  });
  return { ts, places, status };
}

test("the reaction a killed process left behind is taken away, and shown anew where work goes on", async () => {
  fake = await startFakeSlack({ gov: true });
  await fake.fail({ method: "assistant.threads.setStatus", error: "unknown_method" });
  const { ts, places, status } = await shown();
  const left = { user: fake.bot.user_id, message: { channel: "C0EDGE", ts }, name: "hourglass_flowing_sand" };
  const reactions = async () => (await fake.message("C0EDGE", ts))?.reactions ?? [];
  await fake.react(left);
  await places.streaming("one", "");
  await status.recover();
  await status.drain();
  expect(await reactions()).toEqual([]);
  // One that could not be taken away then is, once the work is over.
  await fake.react(left);
  status.status("one", [{ key: "answer", state: "running" }], { language: "en" });
  await status.drain();
  expect(await reactions()).toHaveLength(1);
  status.status("one", [], { language: "en" });
  await status.drain();
  expect(await reactions()).toEqual([]);
});

test("the older status is set again before Slack takes it away, until the work is over", async () => {
  fake = await startFakeSlack({ gov: true });
  const { status } = await shown();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const said = async (words: string[]) =>
    fake.waitFor(
      async () => JSON.stringify((await fake.statuses()).map((one) => one.status)) === JSON.stringify(words),
      { what: JSON.stringify(words) },
    );
  const works = "is working on it …";
  status.status("one", [{ key: "answer", state: "running" }], { language: "en" });
  await status.drain();
  await said([works]);
  vi.advanceTimersByTime(119_000);
  await said([works, works]);
  status.status("one", [], { language: "en" });
  await said([works, works, ""]);
  vi.advanceTimersByTime(600_000);
  await fake.settled();
  await said([works, works, ""]);
});
