import { afterEach, expect, test } from "vitest";
import { createClient } from "../../../src/platforms/slack/client.ts";
import { createPlaces } from "../../../src/platforms/slack/places.ts";
import { realClock } from "../../../src/platforms/slack/scheduler.ts";
import { createStatus } from "../../../src/platforms/slack/status.ts";
import { listeningBot, quiet } from "../../fakes/bot.ts";
import { type FakeSlack, startFakeSlack } from "../../fakes/slack.ts";

let fake: FakeSlack;
afterEach(async () => {
  await fake?.close();
});

test("the reaction a killed process left behind is taken away, and shown anew where work goes on", async () => {
  fake = await startFakeSlack({ gov: true });
  const { apiUrl, team, bot } = fake;
  await fake.fail({ method: "assistant.threads.setStatus", error: "unknown_method" });
  const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "500 stores" });
  const left = { user: bot.user_id, message: { channel: "C0EDGE", ts }, name: "hourglass_flowing_sand" };
  const reactions = async () => (await fake.message("C0EDGE", ts))?.reactions ?? [];
  const token = fake.tokens.bot;
  const { bot: listening, notes } = await listeningBot("slack");
  const places = createPlaces(notes);
  const place = { team: team.id, channel: "C0EDGE", thread: ts, own: true, user: "U0ANNA" };
  await places.set("one", place);
  const status = createStatus({
    client: createClient({ token, apiUrl, log: quiet, clock: realClock, postsPerSecond: 1000 }),
    ...{ places, clock: realClock, log: quiet, me: bot.user_id },
    say: listening.say,
    titleOf: async () => undefined,
    signal: new AbortController().signal,
  });
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
