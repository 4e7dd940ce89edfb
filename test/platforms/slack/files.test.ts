import { afterEach, expect, test } from "vitest";
import { createClient } from "../../../src/platforms/slack/client.ts";
import { createFiles } from "../../../src/platforms/slack/files.ts";
import { markOf } from "../../../src/platforms/slack/look-up.ts";
import { createPlaces } from "../../../src/platforms/slack/places.ts";
import { realClock } from "../../../src/platforms/slack/scheduler.ts";
import { listeningBot, quiet } from "../../fakes/bot.ts";
import { type FakeSlack, startFakeSlack } from "../../fakes/slack.ts";

let fake: FakeSlack;
afterEach(() => fake.close());

test("a file that was shared before the process was killed is found in its thread, not shared again", async () => {
  fake = await startFakeSlack();
  const { apiUrl, team, tokens } = fake;
  const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "500 stores" });
  const { notes } = await listeningBot("slack");
  const places = createPlaces(notes);
  await places.set("one", { team: team.id, channel: "C0EDGE", thread: ts, own: true, user: "U0ANNA" });
  const client = createClient({
    token: tokens.bot,
    apiUrl,
    log: quiet,
    clock: realClock,
    postsPerSecond: 1000,
  });
  const file = { kind: "file" as const, name: "fleet-r1.zip", content: "zip", mime: "application/zip" };
  const share = (key: string) =>
    createFiles({ client, places, clock: realClock, log: quiet }).share("one", file, {
      ...{ key, after: undefined, signal: new AbortController().signal },
    });
  const shares = async () => (await fake.calls("files.completeUploadExternal")).length;
  const first = await share("zip");
  // It stands in the thread and in the notes, and nobody told the store any more.
  expect((await places.intent("one"))?.key).toBe(markOf("one", "zip"));
  expect(await share("zip")).toBe(first);
  expect(await shares()).toBe(1);
  expect(await share("other")).not.toBe(first);
  expect(await shares()).toBe(2);
});
