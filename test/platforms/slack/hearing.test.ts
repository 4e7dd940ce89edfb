import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Desk } from "../../../src/platforms/slack/desk.ts";
import { createHearing } from "../../../src/platforms/slack/hearing.ts";
import type { Message } from "../../../src/platforms/slack/payloads.ts";
import { listeningBot, quiet } from "../../fakes/bot.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout"] }));
afterEach(() => void vi.useRealTimers());

const mention = (ts: string): Message => ({
  ...{
    type: "app_mention",
    channel: "C1",
    ts,
    user: "U1",
    text: "<@U0BOT> hello",
    files: [],
    attachments: [],
  },
});

test("mentions without their message are said in the log each time, and to the person once", async () => {
  const { bot } = await listeningBot("slack");
  const jobs: Promise<unknown>[] = [];
  const errors: unknown[] = [];
  const calls: Record<string, unknown>[] = [];
  const desk = {
    ...{ bot, team: "T1", me: { user: "U0BOT", name: "edgewright" }, people: { cached: () => undefined } },
    log: { ...quiet, error: (fields: unknown) => void errors.push(fields) },
    client: { call: async (method: string, args: object) => void calls.push({ method, ...args }) },
    signal: new AbortController().signal,
    later: (job: () => Promise<unknown>) => void jobs.push(job()),
  } as unknown as Desk;
  const hearing = createHearing(desk);
  // The message comes, too, before or after: all is well.
  hearing.heard({ ...mention("1.1"), type: "message" });
  hearing.heard(mention("1.1"));
  hearing.heard(mention("1.2"));
  hearing.heard({ ...mention("1.2"), type: "message" });
  vi.advanceTimersByTime(30_000);
  expect(errors).toEqual([]);
  hearing.heard(mention("1.3"));
  hearing.heard(mention("1.4"));
  vi.advanceTimersByTime(30_000);
  await Promise.all(jobs);
  expect(errors).toHaveLength(2);
  expect(JSON.stringify(errors[0])).toContain("message.channels");
  expect(calls).toMatchObject([
    { method: "chat.postEphemeral", channel: "C1", user: "U1", thread_ts: "1.3" },
  ]);
  expect(String(calls[0]!.text)).toContain("@edgewright");
});
