import { describe, expect, test } from "vitest";
import { boltApp, clientOf, fakeSlack, refusal } from "./bolt.ts";
import type { Json } from "./types.ts";

const words = (text: string) => ({ type: "plain_text" as const, text });

describe("threads", () => {
  test("a reply to a message that is gone lands in the channel, without a word", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "plan" });
    await fake.erase({ user: "U0ANNA", message: { channel: "C0EDGE", ts } });
    const answer = await client.chat.postMessage({ channel: "C0EDGE", thread_ts: ts, text: "late" });
    expect(answer.message).not.toHaveProperty("thread_ts");
    expect(await fake.messages("C0EDGE")).toMatchObject([{ text: "late" }]);
    expect((await refusal(client.conversations.replies({ channel: "C0EDGE", ts }))).error).toBe(
      "thread_not_found",
    );
  });

  test("a thread whose first message was deleted goes on under a tombstone", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "plan" });
    const reply = await client.chat.postMessage({ channel: "C0EDGE", thread_ts: ts, text: "one" });
    await fake.erase({ user: "U0ANNA", message: { channel: "C0EDGE", ts } });
    await client.chat.postMessage({ channel: "C0EDGE", thread_ts: reply.ts!, text: "two" });
    const { messages } = await client.conversations.replies({ channel: "C0EDGE", ts });
    expect(messages!.map(({ text, thread_ts }) => [text, thread_ts])).toEqual([
      ["This message was deleted.", ts],
      ["one", ts],
      ["two", ts],
    ]);
  });

  test("are read in pages, with metadata only where it is asked for", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "plan" });
    for (const id of ["1", "2", "3"])
      await client.chat.postMessage({
        channel: "C0EDGE",
        thread_ts: ts,
        text: id,
        metadata: { event_type: "edge", event_payload: { id } },
      });
    const first = await client.conversations.replies({ channel: "C0EDGE", ts, limit: 2 });
    expect(first).toMatchObject({ has_more: true });
    expect(first.messages!.map(({ text }) => text)).toEqual(["plan", "1"]);
    const cursor = first.response_metadata!.next_cursor!;
    const rest = await client.conversations.replies({
      channel: "C0EDGE",
      ts,
      limit: 2,
      cursor,
      include_all_metadata: true,
    });
    expect(rest.messages!.map(({ metadata }) => (metadata as Json)?.event_payload)).toEqual([
      { id: "2" },
      { id: "3" },
    ]);
    const history = await client.conversations.history({ channel: "C0EDGE" });
    expect(history.messages).toMatchObject([{ text: "plan", reply_count: 3 }]);
    expect(history.messages![0]).not.toHaveProperty("metadata");
  });

  test("an edit keeps metadata until an empty one is sent, and loses its blocks to a text", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const metadata = { event_type: "edge", event_payload: { id: "1" } };
    const { ts } = await client.chat.postMessage({
      channel: "C0EDGE",
      text: "a",
      metadata,
      blocks: [{ type: "divider" }],
    });
    const place = { channel: "C0EDGE", ts: ts! };
    await client.chat.update({ ...place, blocks: [{ type: "divider" }, { type: "divider" }] });
    expect(await fake.message("C0EDGE", ts!)).toMatchObject({ metadata, blocks: [{}, {}], text: "a" });
    await client.chat.update({ ...place, text: "b", metadata: {} as never });
    const message = await fake.message("C0EDGE", ts!);
    expect(message).toMatchObject({ text: "b", edited: { user: "B0BOT" } });
    expect(message).not.toHaveProperty("blocks");
    expect(message).not.toHaveProperty("metadata");
  });
});

describe("files", () => {
  test("are shared after the reply, found by name, and need the token", async () => {
    const fake = await fakeSlack({ shareDelayMs: 80 });
    const client = clientOf(fake);
    const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "plan" });
    await client.filesUploadV2({
      channel_id: "C0EDGE",
      thread_ts: ts,
      initial_comment: "both",
      file_uploads: [
        { filename: "plan.zip", file: Buffer.from([80, 75, 0, 255]) },
        { filename: "app.yaml", content: "a: 1\n", snippet_type: "yaml", title: "App" },
      ],
    } as never);
    expect(await fake.messages("C0EDGE", ts)).toEqual([]);
    const [message] = await fake.waitFor(async () => {
      const replies = await fake.messages("C0EDGE", ts);
      return replies.length > 0 && replies;
    });
    expect(message!.files!.map(({ name }) => name)).toEqual(["plan.zip", "app.yaml"]);
    const [zip, yaml] = await fake.files();
    expect(Buffer.from(zip!.base64, "base64")).toEqual(Buffer.from([80, 75, 0, 255]));
    expect(yaml).toMatchObject({ title: "App", snippet_type: "yaml", ts: message!.ts, thread_ts: ts });
    const info = await client.files.info({ file: yaml!.id });
    expect(info.file!.shares!.public!.C0EDGE).toMatchObject([{ ts: message!.ts, thread_ts: ts }]);
    const { url_private } = info.file!;
    expect(await (await fetch(url_private!)).text()).toContain("Sign in");
    const headers = { authorization: `Bearer ${fake.tokens.bot}` };
    expect(await (await fetch(url_private!, { headers })).text()).toBe("a: 1\n");
  });

  test("of people come with their message", async () => {
    const fake = await fakeSlack();
    await boltApp(fake, "socket", () => {});
    await fake.say({
      user: "U0ANNA",
      channel: "D0ANNA",
      text: "check",
      files: [{ name: "app.yaml", content: "kind: Pod\n" }],
    });
    const { event } = (await fake.deliveries()).find(({ what }) => what === "file_share")!.body;
    const headers = { authorization: `Bearer ${fake.tokens.bot}` };
    expect(await (await fetch(event.files[0].url_private, { headers })).text()).toBe("kind: Pod\n");
  });

  test.for([
    ["an empty file", { filename: "a", length: 0 }, "missing_argument"],
    ["a snippet over 1 MB", { filename: "a", length: 1_000_001, snippet_type: "yaml" }, "snippet_too_large"],
  ] as [string, Json, string][])("refuse %s", async ([, args, error]) => {
    const fake = await fakeSlack();
    expect((await refusal(clientOf(fake).files.getUploadURLExternal(args))).error).toBe(error);
  });

  test("that were never sent, or sent short, are not there", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const { upload_url, file_id } = await client.files.getUploadURLExternal({ filename: "a", length: 5 });
    expect((await fetch(upload_url!, { method: "POST", body: "1234" })).status).toBe(400);
    const complete = client.files.completeUploadExternal({ files: [{ id: file_id! }] });
    expect((await refusal(complete)).error).toBe("file_not_found");
  });
});

describe("what a post would have done to people", () => {
  test.for([
    ["text", { text: "<!channel> hi <@U0ANNA>" }, ["channel token", "user token"]],
    ["a bare word", { text: "ask @here or mail a@here.example" }, ["here bare"]],
    ["code", { text: "`@channel` and ```\n@everyone\n```" }, []],
    [
      "a section",
      { text: "t", blocks: [{ type: "section", text: { type: "mrkdwn", text: "<!subteam^S123>" } }] },
      ["usergroup token"],
    ],
    ["plain text", { text: "t", blocks: [{ type: "section", text: words("<!here> @channel") }] }, []],
    [
      "Markdown",
      { text: "t", blocks: [{ type: "markdown", text: "- @channel\n- <!everyone>" }] },
      ["channel bare", "everyone token"],
    ],
    [
      "rich text",
      {
        text: "t",
        blocks: [
          {
            type: "rich_text",
            elements: [
              {
                type: "rich_text_section",
                elements: [
                  { type: "broadcast", range: "here" },
                  { type: "text", text: "@channel" },
                ],
              },
            ],
          },
        ],
      },
      ["here token"],
    ],
    ["escaped", { text: "&lt;!channel&gt; @\u200bhere" }, []],
  ] as [string, Json, string[]][])("pings in %s", async ([, args, kinds]) => {
    const fake = await fakeSlack();
    await clientOf(fake).chat.postMessage({
      channel: "C0EDGE",
      unfurl_links: false,
      unfurl_media: false,
      ...args,
    });
    expect((await fake.pings()).map(({ kind, via }) => `${kind} ${via}`).toSorted()).toEqual(
      kinds.toSorted(),
    );
  });

  test("links unfurl unless both kinds are refused", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const text = "see <https://docs.example/a|the docs>";
    await client.chat.postMessage({ channel: "C0EDGE", text, unfurl_links: false, unfurl_media: false });
    expect(await fake.unfurls()).toEqual([]);
    await client.chat.postMessage({ channel: "C0EDGE", text, unfurl_links: false });
    expect(await fake.unfurls()).toMatchObject([{ url: "https://docs.example/a" }]);
  });

  test("a transcript reads like the thread", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const { ts: root } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "plan" });
    await client.chat.postMessage({ channel: "C0EDGE", thread_ts: root, markdown_text: "## Plan\n\nk3s" });
    await client.chat.postMessage({
      channel: "C0EDGE",
      thread_ts: root,
      text: "t",
      blocks: [
        {
          type: "table",
          rows: [
            [
              { type: "raw_text", text: "a" },
              { type: "raw_text", text: "b" },
            ],
          ],
        },
        { type: "actions", elements: [{ type: "button", action_id: "go", text: words("Go") }] },
      ],
    });
    expect(await fake.transcript("C0EDGE", root)).toBe(
      [
        "**Anna Miller**",
        "plan",
        "**edgewright**",
        "## Plan\n\nk3s",
        "**edgewright**",
        "| a | b |\n| --- | --- |",
        "[Go]",
      ].join("\n\n"),
    );
  });
});
