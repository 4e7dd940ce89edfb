import { afterEach, expect, test } from "vitest";
import { fitted } from "../../../src/platforms/slack/aside.ts";
import { createClient } from "../../../src/platforms/slack/client.ts";
import { isContent } from "../../../src/platforms/slack/errors.ts";
import { realClock } from "../../../src/platforms/slack/scheduler.ts";
import { quiet } from "../../fakes/bot.ts";
import { type FakeSlack, startFakeSlack } from "../../fakes/slack.ts";

let fake: FakeSlack;
afterEach(async () => {
  await fake?.close();
});

const long = (length: number) => "a".repeat(length);
const section = (length: number) => [{ type: "section", text: { type: "mrkdwn", text: long(length) } }];

test("what Slack would refuse is refused before the call, whatever the method", async () => {
  fake = await startFakeSlack();
  const { bot: token } = fake.tokens;
  const { apiUrl } = fake;
  const client = createClient({ token, apiUrl, log: quiet, clock: realClock, postsPerSecond: 1000 });
  const modal = { type: "modal", title: { type: "plain_text", text: long(25) }, blocks: section(10) };
  const calls: [method: string, args: Record<string, unknown>][] = [
    ["chat.postMessage", { channel: "C0EDGE", text: "a", blocks: section(3_001) }],
    ["chat.postEphemeral", { channel: "C0EDGE", user: "U0ANNA", text: "a", blocks: section(3_001) }],
    ["chat.update", { channel: "C0EDGE", ts: "1.1", text: long(4_001) }],
    ["views.open", { trigger_id: "1", view: modal }],
    ["views.publish", { user_id: "U0ANNA", view: { type: "home", blocks: section(3_001) } }],
    ["chat.startStream", { channel: "C0EDGE", chunks: [{ type: "plan_update", title: long(257) }] }],
    ["chat.appendStream", { channel: "C0EDGE", ts: "1.1", chunks: Array(60).fill({ type: "plan_update" }) }],
    ["agents.sessions.setStatus", { channel_id: "C0EDGE", thread_ts: "1.1", title: long(201) }],
    ["assistant.threads.setSuggestedPrompts", { channel_id: "C0EDGE", prompts: Array(5).fill({}) }],
    ["files.completeUploadExternal", { files: [], initial_comment: long(4_001) }],
  ];
  for (const [method, args] of calls) {
    const error = await client.call(method, args, { repeatable: false }).catch((err: unknown) => err);
    expect([method, isContent(error)]).toEqual([method, true]);
  }
  expect(await fake.calls()).toEqual([]);
});

test("an answer for one person that does not fit is told in its words", () => {
  const whisper = { text: "hello", blocks: section(100) as never };
  expect(fitted(whisper)).toBe(whisper);
  expect(fitted({ text: "hello", blocks: section(3_001) as never })).toEqual({ text: "hello" });
  expect(fitted({ text: long(9_000) }).text.length).toBeLessThanOrEqual(4_000);
});
