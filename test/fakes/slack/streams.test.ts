import { describe, expect, test } from "vitest";
import { boltApp, clientOf, fakeSlack, refusal } from "./bolt.ts";
import type { FakeSlack, Json } from "./types.ts";

async function streamIn(fake: FakeSlack, more: Json = {}) {
  const client = clientOf(fake);
  const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "plan" });
  const start = {
    channel: "C0EDGE",
    thread_ts: ts,
    recipient_team_id: fake.team.id,
    recipient_user_id: "U0ANNA",
  };
  const stream = await client.chat.startStream({ ...start, ...more });
  const at = { channel: "C0EDGE", ts: stream.ts! };
  const append = (chunks: Json) => client.chat.appendStream({ ...at, chunks });
  return {
    client,
    root: ts,
    start,
    at,
    append,
    text: (text: string) => append([{ type: "markdown_text", text }]),
  };
}

describe("streams", () => {
  test("grow, end with blocks and metadata, and read as what was written", async () => {
    const fake = await fakeSlack();
    const task = { type: "task_update", id: "size", title: "Sizing", status: "in_progress", details: "a" };
    const { client, root, at, append, text } = await streamIn(fake, { chunks: [task] });
    await text("**k3s** ");
    await append([
      { ...task, status: "complete", details: "b" },
      { type: "plan_update", title: "The plan" },
    ]);
    await text("it is");
    expect((await refusal(client.chat.update({ ...at, text: "x" }))).error).toBe("streaming_state_conflict");
    const metadata = { event_type: "edge", event_payload: { id: "7" } };
    await client.chat.stopStream({ ...at, blocks: [{ type: "divider" }], metadata });
    expect(await fake.streams()).toMatchObject([
      {
        state: "done",
        text: "**k3s** it is",
        plan_title: "The plan",
        tasks: [{ id: "size", status: "complete", details: "ab" }],
      },
    ]);
    const [message] = await fake.messages("C0EDGE", root);
    expect(message).toMatchObject({ text: "**k3s** it is", metadata, thread_ts: root });
    expect(message!.blocks!.map(({ type }) => type)).toEqual(["markdown", "plan", "divider"]);
    expect((await refusal(text("more"))).error).toBe("message_not_in_streaming_state");
    await client.chat.update({ ...at, text: "x" });
  });

  test("need a reader in a channel, none in a direct message", async () => {
    const fake = await fakeSlack();
    const { client, start } = await streamIn(fake);
    const without = (name: string) => ({ ...start, [name]: undefined });
    expect((await refusal(client.chat.startStream(without("recipient_user_id")))).error).toBe(
      "missing_recipient_user_id",
    );
    expect((await refusal(client.chat.startStream(without("recipient_team_id")))).error).toBe(
      "missing_recipient_team_id",
    );
    const { ts } = await fake.say({ user: "U0ANNA", channel: "D0ANNA", text: "plan" });
    await client.chat.startStream({ channel: "D0ANNA", thread_ts: ts });
    expect((await refusal(client.chat.startStream({ channel: "D0ANNA", thread_ts: "1.000001" }))).error).toBe(
      "invalid_thread_ts",
    );
  });

  test("hold 10,600 bytes, counted in UTF-8, rows counted twice", async () => {
    const fake = await fakeSlack();
    const { client, at, append, text } = await streamIn(fake);
    await text("ü".repeat(5_000));
    expect((await refusal(text("ü".repeat(301)))).error).toBe("msg_too_long");
    const row = (details: string) => [
      { type: "task_update", id: "1", title: "t", status: "complete", details },
    ];
    await append(row("x".repeat(200)));
    expect((await refusal(append(row("x".repeat(200))))).error).toBe("msg_too_long");
    expect((await fake.streams())[0]).toMatchObject({ bytes: 10_401 });
    const end = client.chat.stopStream({ ...at, chunks: [{ type: "markdown_text", text: "x".repeat(200) }] });
    expect((await refusal(end)).error).toBe("msg_too_long");
    expect(await fake.violations()).toHaveLength(3);
  });

  test("end after five minutes, whatever is written", async () => {
    const fake = await fakeSlack();
    const { text, root } = await streamIn(fake);
    for (const minute of [1, 2, 3, 4]) {
      await fake.clock.advance(60_000);
      await text(`${minute} `);
    }
    await fake.clock.advance(60_000);
    expect((await refusal(text("5"))).error).toBe("message_not_in_streaming_state");
    expect(await fake.messages("C0EDGE", root)).toMatchObject([{ text: "1 2 3 4 ", stream: "expired" }]);
  });

  test.for([
    [
      "both ways at once",
      { markdown_text: "a", chunks: [{ type: "markdown_text", text: "a" }] },
      "cannot_provide_both_markdown_text_and_chunks",
    ],
    ["nothing", {}, "markdown_text_or_chunks_required"],
    ["another way than before", { markdown_text: "a" }, "streaming_mode_mismatch"],
    ["an unknown chunk", { chunks: [{ type: "song" }] }, "invalid_chunks"],
    [
      "a task without title",
      { chunks: [{ type: "task_update", id: "1", status: "pending" }] },
      "invalid_chunks",
    ],
    [
      "a task with a wrong status",
      { chunks: [{ type: "task_update", id: "1", title: "t", status: "done" }] },
      "invalid_chunks",
    ],
    ["blocks that are none", { chunks: [{ type: "blocks", blocks: [{ type: "song" }] }] }, "invalid_blocks"],
  ] as [string, Json, string][])("take %s as %s", async ([, args, error]) => {
    const fake = await fakeSlack();
    const { client, at } = await streamIn(fake, { chunks: [{ type: "markdown_text", text: "a" }] });
    expect((await refusal(client.chat.appendStream({ ...at, ...args }))).error).toBe(error);
  });

  test("hold fifty blocks, and fifty more at the end", async () => {
    const fake = await fakeSlack();
    const { client, at, append } = await streamIn(fake);
    const dividers = (count: number) => Array.from({ length: count }, () => ({ type: "divider" as const }));
    await append([{ type: "blocks", blocks: dividers(30) }]);
    expect((await refusal(append([{ type: "blocks", blocks: dividers(21) }]))).error).toBe(
      "msg_blocks_too_many",
    );
    await append([{ type: "blocks", blocks: dividers(20) }]);
    expect((await refusal(client.chat.stopStream({ ...at, blocks: dividers(51) }))).error).toBe(
      "msg_blocks_too_many",
    );
    await client.chat.stopStream({ ...at, blocks: dividers(50) });
    expect((await fake.message("C0EDGE", at.ts))!.blocks).toHaveLength(100);
  });
});

describe("agent sessions", () => {
  test("Stop ends the streams, tells the app, and is there only while it works", async () => {
    const fake = await fakeSlack();
    const stopped: Json[] = [];
    await boltApp(fake, "socket", (app) => {
      app.event("agent_session_stopped" as never, async ({ event }: Json) => void stopped.push(event));
    });
    const { client, root, at, text } = await streamIn(fake);
    const stop = () => fake.stop({ user: "U0ANNA", channel: "C0EDGE", thread_ts: root });
    expect(await stop()).toBe(false);
    await client.agents.sessions.setStatus({
      channel_id: "C0EDGE",
      thread_ts: root,
      status: "processing",
      title: "Plan",
    });
    expect(await stop()).toBe(true);
    expect(stopped).toMatchObject([
      { channel: "C0EDGE", thread_ts: root, user: "U0ANNA", streaming_message_ts: [at.ts] },
    ]);
    expect((await refusal(text("more"))).error).toBe("stopped_by_user");
    expect((await refusal(client.chat.stopStream(at))).error).toBe("message_not_in_streaming_state");
    await client.agents.sessions.setStatus({ channel_id: "C0EDGE", thread_ts: root, status: "active" });
    expect(await stop()).toBe(false);
    await client.agents.sessions.rename({ channel_id: "C0EDGE", thread_ts: root, title: "40 stores" });
    expect(await fake.sessions()).toMatchObject([
      { title: "40 stores", status: "active", history: ["processing", "active"] },
    ]);
  });

  test("the end of a stream can set the status", async () => {
    const fake = await fakeSlack();
    const { client, root, at } = await streamIn(fake);
    await client.chat.stopStream({ ...at, session_status: "active" });
    expect(await fake.sessions()).toMatchObject([{ thread_ts: root, status: "active" }]);
  });

  test.for([
    ["a status that is none", { channel_id: "C0EDGE", thread_ts: "1", status: "busy" }, "invalid_status"],
    ["no thread", { channel_id: "C0EDGE", status: "active" }, "thread_ts_required"],
    ["a channel it is not in", { channel_id: "C0NOBOT", thread_ts: "1", status: "active" }, "not_authorized"],
    [
      "a long title",
      { channel_id: "C0EDGE", thread_ts: "1", status: "active", title: "x".repeat(201) },
      "invalid_arguments",
    ],
  ] as [string, Json, string][])("refuse %s", async ([, args, error]) => {
    const fake = await fakeSlack();
    expect((await refusal(clientOf(fake).agents.sessions.setStatus(args))).error).toBe(error);
  });

  test("the older status goes after two minutes; prompts are four at most", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const { ts } = await fake.say({ user: "U0ANNA", channel: "D0ANNA", text: "hi" });
    const place = { channel_id: "D0ANNA", thread_ts: ts };
    const loading_messages = (count: number) => Array.from({ length: count }, () => "…");
    await client.assistant.threads.setStatus({
      ...place,
      status: "thinks",
      loading_messages: loading_messages(10),
    });
    await fake.clock.advance(120_000);
    expect((await fake.statuses()).map(({ status }) => status)).toEqual(["thinks", ""]);
    const long = client.assistant.threads.setStatus({
      ...place,
      status: "x",
      loading_messages: loading_messages(11),
    });
    expect((await refusal(long)).error).toBe("invalid_arguments");
    const prompts = (count: number) =>
      Array.from({ length: count }, () => ({ title: "a", message: "b" })) as never;
    await client.assistant.threads.setSuggestedPrompts({ channel_id: "D0ANNA", prompts: prompts(4) });
    expect(await fake.prompts()).toMatchObject([{ channel: "D0ANNA" }]);
    const five = client.assistant.threads.setSuggestedPrompts({ channel_id: "D0ANNA", prompts: prompts(5) });
    expect((await refusal(five)).error).toBe("invalid_arguments");
    await client.assistant.threads.setTitle({ ...place, title: "Plan" });
    expect(await fake.titles()).toMatchObject([{ title: "Plan" }]);
  });
});
