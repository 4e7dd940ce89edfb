import { describe, expect, test } from "vitest";
import type { Answer, Client } from "../../../src/platforms/slack/client.ts";
import { Refused } from "../../../src/platforms/slack/errors.ts";
import { slackLimits } from "../../../src/platforms/slack/limits.ts";
import { RowStream } from "../../../src/platforms/slack/stream.ts";

type Call = { method: string; args: Record<string, unknown> };
type Chunk = { type: string; id?: string; title: string; status?: string };

/** What Slack would be told, on time that moves only when it is slept through. */
function setUp(refuse: (call: Call, calls: Call[]) => string | undefined = () => undefined) {
  const calls: Call[] = [];
  let now = 0;
  const client = {
    async call(method: string, args: Record<string, unknown>): Promise<Answer> {
      const code = refuse({ method, args }, calls);
      calls.push({ method, args });
      if (code) throw new Refused(method, { error: code });
      return { ok: true, ts: `${calls.length}.0` };
    },
    has: () => true,
    token: "",
  } as Client;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const messages: string[] = [];
  const stream = new RowStream(
    { channel: "C1", thread: "0.1", team: "T1", user: "U1" },
    {
      client,
      clock,
      signal: new AbortController().signal,
      onMessage: async (ts) => void messages.push(ts),
      onStray: async () => {},
    },
  );
  return { stream, calls, messages, wait: (ms: number) => clock.sleep(ms) };
}

const row = (id: string, status: "pending" | "in_progress" | "complete", title = `Step ${id}`) =>
  ({ type: "task_update", id, title, status }) as const;
const methods = (calls: Call[]) => calls.map(({ method }) => method.replace("chat.", ""));
const chunksOf = ({ args }: Call) => (args.chunks ?? []) as Chunk[];

describe("a stream of rows", () => {
  test("begins with all of them, then sends what changed, and ends", async () => {
    const { stream, calls } = setUp();
    await stream.show("Working", [row("a", "in_progress")]);
    await stream.show("Working", [row("a", "complete"), row("b", "in_progress")]);
    await stream.show("Working", [row("a", "complete"), row("b", "in_progress")]);
    await stream.show("Done", [row("a", "complete"), row("b", "complete")]);
    await stream.end();
    expect(methods(calls)).toEqual(["startStream", "appendStream", "appendStream", "stopStream"]);
    expect(calls[0]!.args).toMatchObject({
      thread_ts: "0.1",
      recipient_user_id: "U1",
      recipient_team_id: "T1",
    });
    expect(chunksOf(calls[1]!).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(chunksOf(calls[2]!).map(({ title }) => title)).toEqual(["Done", "Step b"]);
  });

  test("leaves out states that come faster than Slack takes them, never the newest", async () => {
    const { stream, calls } = setUp();
    const all = Array.from({ length: 50 }, (_, n) =>
      stream.show("Working", [row("a", "in_progress", `Step ${n}`)]),
    );
    await Promise.all(all);
    await stream.end();
    expect(calls.length).toBeLessThan(6);
    expect(chunksOf(calls.at(-2)!).at(-1)!.title).toBe("Step 49");
  });

  test("grown too old goes on in a new message, and the old one is taken away", async () => {
    const { stream, calls, wait } = setUp();
    await stream.show("Working", [row("a", "in_progress")]);
    await wait(slackLimits.streamMs + 1);
    await stream.show("Working", [row("a", "complete"), row("b", "in_progress")]);
    expect(methods(calls)).toEqual(["startStream", "stopStream", "delete", "startStream"]);
    expect(chunksOf(calls[3]!).map(({ id }) => id)).toEqual([undefined, "a", "b"]);
  });

  test("grown too long goes on in a new message that holds the latest state", async () => {
    const { stream, calls } = setUp();
    const sent = () => calls.filter(({ method }) => /start|append/.test(method));
    for (let n = 0; n < 120; n++)
      await stream.show("Working", [row("a", "in_progress", `${n} ${"x".repeat(200)}`)]);
    expect(methods(calls).filter((method) => method === "startStream").length).toBeGreaterThan(3);
    let bytes = 0;
    for (const { method, args } of sent()) {
      if (method === "chat.startStream") bytes = 0;
      bytes += Buffer.byteLength(JSON.stringify(args.chunks));
      expect(bytes).toBeLessThanOrEqual(slackLimits.streamBytes);
    }
    expect(chunksOf(sent().at(-1)!).at(-1)!.title).toMatch(/^119 /);
  });

  test("that Slack ended by itself goes on in a new message", async () => {
    const { stream, calls } = setUp(({ method }) =>
      method === "chat.appendStream" ? "message_not_in_streaming_state" : undefined,
    );
    await stream.show("Working", [row("a", "in_progress")]);
    await stream.show("Working", [row("a", "complete")]);
    expect(methods(calls)).toEqual(["startStream", "appendStream", "startStream"]);
  });

  test("that a person stopped shows nothing more", async () => {
    const { stream, calls } = setUp(({ method }) =>
      method === "chat.appendStream" ? "stopped_by_user" : undefined,
    );
    await stream.show("Working", [row("a", "in_progress")]);
    await stream.show("Working", [row("a", "complete")]);
    await stream.show("Working", [row("a", "complete"), row("b", "in_progress")]);
    await stream.end();
    expect(methods(calls)).toEqual(["startStream", "appendStream"]);
  });
});
