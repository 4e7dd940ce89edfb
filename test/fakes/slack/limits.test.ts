import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientOf, fakeSlack, refusal } from "./bolt.ts";
import { blockLimits, many, markdown, plain, section } from "./limit-cases.ts";
import { inMessages } from "./limits/blocks.ts";
import { elements } from "./limits/elements.ts";
import { checkBlocks } from "./limits.ts";
import { expand } from "./markdown.ts";
import type { Json } from "./types.ts";
import { Refusal } from "./world.ts";

describe("limits of blocks", async () => {
  test.for(blockLimits)("%s", async ([, fits, tooMuch, error, says]) => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const post = (blocks: Json) => client.chat.postMessage({ channel: "C0EDGE", text: "t", blocks });
    await post(fits);
    expect(await fake.violations()).toEqual([]);
    const answer = await refusal(post(tooMuch));
    expect(answer.error).toBe(error);
    const { messages = [] } = (answer.response_metadata ?? {}) as { messages?: string[] };
    expect(messages.join("\n")).toContain(says);
    expect(await fake.violations()).toMatchObject([{ method: "chat.postMessage", error, messages }]);
    expect(await fake.messages("C0EDGE")).toHaveLength(1);
  });
});

describe("limits of text", () => {
  test("text is cut at 40,000 characters, with a warning", async () => {
    const fake = await fakeSlack();
    const answer = await clientOf(fake).chat.postMessage({ channel: "C0EDGE", text: "ü".repeat(40_001) });
    expect(answer.response_metadata?.warnings).toEqual(["message_truncated"]);
    expect((await fake.messages("C0EDGE"))[0]!.text).toHaveLength(40_000);
  });

  test("an edit takes 4,000 characters and no more", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const { ts } = await client.chat.postMessage({ channel: "C0EDGE", text: "a" });
    await client.chat.update({ channel: "C0EDGE", ts: ts!, text: "x".repeat(4_000) });
    const longer = client.chat.update({ channel: "C0EDGE", ts: ts!, text: "x".repeat(4_001) });
    expect((await refusal(longer)).error).toBe("msg_too_long");
  });

  test.for([
    ["nothing to say", { text: "" }, "no_text"],
    ["Markdown and text", { text: "a", markdown_text: "b" }, "markdown_text_conflict"],
    ["long Markdown", { markdown_text: "x".repeat(12_001) }, "msg_too_long"],
    ["metadata that names nothing", { text: "a", metadata: { event_type: "x" } }, "invalid_metadata_format"],
    [
      "large metadata",
      { text: "a", metadata: { event_type: "x", event_payload: { x: "x".repeat(4_000) } } },
      "metadata_too_large",
    ],
    [
      "too many attachments",
      { text: "a", attachments: many(101, () => ({ text: "b" })) },
      "too_many_attachments",
    ],
    ["broken blocks", { text: "a", blocks: "{" }, "invalid_blocks_format"],
  ] as [string, Json, string][])("%s is refused", async ([, args, error]) => {
    const fake = await fakeSlack();
    const call = clientOf(fake).chat.postMessage({ channel: "C0EDGE", ...args });
    expect((await refusal(call)).error).toBe(error);
  });

  test("a response_url has no limit on all blocks together", async () => {
    const fake = await fakeSlack();
    await fake.command({ user: "U0ANNA", channel: "C0EDGE" });
    const { response_url } = (await fake.deliveries())[0]!.body;
    const body = JSON.stringify({ blocks: many(5, () => section(3_000)) });
    expect((await fetch(response_url, { method: "POST", body })).status).toBe(200);
  });
});

describe("limits of views", () => {
  const modal = (more: Json = {}) => ({
    type: "modal",
    title: plain(24),
    submit: plain(24),
    blocks: [
      {
        type: "input",
        block_id: "i",
        label: plain(5),
        element: { type: "plain_text_input", action_id: "v" },
      },
    ],
    ...more,
  });
  const input = (element: Json) => modal({ blocks: [{ type: "input", label: plain(5), element }] });

  test.for([
    [
      "title",
      modal({ title: plain(25) }),
      "invalid_arguments",
      "25 characters [json-pointer:/view/title/text]",
    ],
    ["submit", modal({ submit: plain(25) }), "invalid_arguments", "/view/submit/text"],
    [
      "an input without submit",
      modal({ submit: undefined }),
      "invalid_arguments",
      "missing required field: submit",
    ],
    [
      "private metadata",
      modal({ private_metadata: "x".repeat(3_001) }),
      "invalid_arguments",
      "3001 characters",
    ],
    ["callback id", modal({ callback_id: "x".repeat(256) }), "invalid_arguments", "256 characters"],
    ["blocks", modal({ blocks: many(101, () => section(5)) }), "invalid_arguments", "no more than 100 items"],
    ["size", modal({ blocks: many(90, () => section(3_000)) }), "view_too_large", ""],
    ["Markdown", modal({ blocks: [markdown("x")] }), "invalid_arguments", "unsupported type: markdown"],
    [
      "a long input",
      input({ type: "plain_text_input", max_length: 3_001 }),
      "invalid_arguments",
      "max_length must be between 1 and 3000",
    ],
    [
      "a first value",
      input({ type: "plain_text_input", max_length: 3, initial_value: "four" }),
      "invalid_arguments",
      "4 characters",
    ],
  ] as [string, Json, string, string][])("%s", async ([, view, error, says]) => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const trigger = async () => (await fake.command({ user: "U0ANNA", channel: "C0EDGE" })).trigger_id;
    await client.views.open({ trigger_id: await trigger(), view: modal() as Json });
    expect(await fake.violations()).toEqual([]);
    const answer = await refusal(client.views.open({ trigger_id: await trigger(), view }));
    expect(answer.error).toBe(error);
    expect(JSON.stringify(answer.response_metadata ?? "")).toContain(says);
  });
});

describe("whatever is sent", () => {
  const names =
    "type text elements rows fields title accessory options child_blocks value element label".split(" ");
  const types = [
    ...inMessages,
    ...Object.keys(elements),
    "plain_text",
    "mrkdwn",
    "rich_text_section",
    "raw_text",
  ];
  const { blocks } = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.constantFrom(null, 5, true, "x", ""), fc.constantFrom(...types)),
    part: fc.oneof(
      { depthSize: "small" },
      tie("leaf"),
      tie("object"),
      fc.array(tie("part"), { maxLength: 3 }),
    ),
    object: fc
      .tuple(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...names), tie("part"), { maxKeys: 4 }))
      .map(([type, more]) => ({ type, ...more })),
    blocks: fc.array(tie("object"), { minLength: 1, maxLength: 3 }),
  }));

  test("is taken or refused by name, never a crash", async () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(blocks as fc.Arbitrary<Json[]>, (sent) => {
        try {
          checkBlocks(sent);
          seen.add("taken");
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          seen.add(error.error);
        }
      }),
      { numRuns: 2_000 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(["taken", "invalid_blocks"]));
  });
});

describe("Markdown as Slack draws it", () => {
  test.for([
    ["one two\nthree", ["paragraph"]],
    ["# a\n## b", ["heading", "heading"]],
    ["- a\n- b\n  more\n\n1. c", ["list"]],
    ["a\n\n```yaml\n# no heading\n- x\n```\n\nb", ["paragraph", "code", "paragraph"]],
    ["a | b\n--|--\n1 | 2\n3 | 4\n\nend", ["table", "paragraph"]],
    ["| a |\n| - |\n| 1 |", ["table"]],
    ["> a\n> b\n\n---\n\n> c", ["quote", "rule", "quote"]],
    ["~~~\n```\n~~~", ["code"]],
    ["```\nopen to the end", ["code"]],
  ] as [string, string[]][])("%j becomes %j", ([text, drawn]) => {
    expect(expand(text)).toEqual(drawn);
  });
});
