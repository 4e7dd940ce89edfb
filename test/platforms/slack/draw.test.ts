import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Block } from "#model/block.ts";
import { split } from "#steps/split.ts";
import { createSpeech } from "../../../src/app/speech.ts";
import { actionOf } from "../../../src/platforms/slack/draw/controls.ts";
import { wordsOf } from "../../../src/platforms/slack/draw/words.ts";
import { arrange, type Drawn, draw, type Style } from "../../../src/platforms/slack/draw.ts";
import { blockLimits, problemsOfMessage } from "../../../src/platforms/slack/limits.ts";
import { anyBlock } from "./random-blocks.ts";

const say = createSpeech()("en");
const runs = Number(process.env.FC_RUNS ?? 60);
const lists = fc.array(anyBlock, { maxLength: 12 });

function messages(blocks: Block[], style: Style = "full"): Drawn[] {
  return arrange(blocks, split).map((part) => draw(part, { say, style }));
}

/** Every text in a piece of Block Kit that is found under one of these types. */
function textsOf(value: unknown, type: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsOf(one, type));
  if (typeof value !== "object" || value === null) return [];
  const one = value as { type?: string; text?: unknown };
  const own = one.type === type && typeof one.text === "string" ? [one.text] : [];
  return [...own, ...Object.values(value).flatMap((inner) => textsOf(inner, type))];
}

function objectsOf(value: unknown, type: string): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  const own = (value as { type?: string }).type === type ? [value as Record<string, unknown>] : [];
  return [...own, ...Object.values(value).flatMap((inner) => objectsOf(inner, type))];
}

function preformatted(value: unknown): string {
  if (Array.isArray(value)) return value.map(preformatted).join("");
  if (typeof value !== "object" || value === null) return "";
  const one = value as { type?: string; elements?: { text: string }[] };
  if (one.type === "rich_text_preformatted") return one.elements!.map(({ text }) => text).join("");
  return Object.values(value).map(preformatted).join("");
}

test("no message has what Slack would refuse, whatever the blocks", () => {
  fc.assert(
    fc.property(lists, (blocks) => {
      for (const message of messages(blocks)) expect(problemsOfMessage(message)).toEqual([]);
    }),
    { numRuns: runs },
  );
});

describe.each<Style>(["full", "plain"])("drawn %s", (style) => {
  test("code arrives byte for byte, in the message or as a file of its own", () => {
    fc.assert(
      fc.property(lists, (blocks) => {
        const read = arrange(blocks, split).map((part) => {
          const files = part.flatMap((block) => (block.kind === "file" ? [String(block.content)] : []));
          return files.join("") + preformatted(draw(part, { say, style }).blocks);
        });
        const given = blocks.flatMap((block) => (block.kind === "code" ? [block.text || " "] : []));
        expect(read.join("")).toBe(given.join(""));
      }),
      { numRuns: runs },
    );
  });

  test("nobody is mentioned, no link is made and no fence stays open by what people and models write", () => {
    fc.assert(
      fc.property(lists, (blocks) => {
        const addresses = blocks.flatMap((block) =>
          block.kind === "sources" ? block.sources.map(({ url = "" }) => url.split("?")[0]) : [],
        );
        for (const { blocks: drawn, text } of messages(blocks, style)) {
          const marked = [...textsOf(drawn, "markdown"), ...textsOf(drawn, "mrkdwn"), text].join("\n");
          for (const [whole] of marked.matchAll(/<[^>]*>?/g)) {
            const url = /^<(https?:[^|]*)\|/.exec(whole)?.[1]?.replaceAll("&amp;", "&");
            expect(
              addresses.some((address) => address && url?.startsWith(address)),
              whole,
            ).toBe(true);
          }
          expect(marked).not.toMatch(/@(channel|here|everyone)(?![a-z0-9/-])/i);
          // Slack makes links and mentions of bare words, too, unless it is told to take them as they stand.
          expect(objectsOf(drawn, "mrkdwn").filter(({ verbatim }) => verbatim !== true)).toEqual([]);
          // What is escaped and what is code is no markup any more.
          for (const prose of textsOf(drawn, "markdown"))
            expect(prose.replace(/\\[^\n]|`[^`\n]+`/g, "")).not.toMatch(
              /\]\(|```|~~|(?<![a-z0-9])(https?:\/\/|www\.)\w/i,
            );
        }
      }),
      { numRuns: runs },
    );
  });
});

test("as plain words, every fence is closed in the message it was opened in", () => {
  fc.assert(
    fc.property(lists, (blocks) => {
      for (const part of split(blocks, { ...blockLimits, blockText: 3000, messageText: 3000, tables: 99 })) {
        const fences = part.map(wordsOf).join("\n").match(/```/g) ?? [];
        expect(fences.length).toBe(2 * part.filter(({ kind }) => kind === "code").length);
      }
    }),
    { numRuns: runs },
  );
});

test("a question with few choices has buttons, one with many a menu, and each comes back with its value", () => {
  const options = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      action: "answer:network",
      label: `Choice ${at}`,
      value: `v${at}`,
    }));
  const drawn = (count: number) =>
    messages([
      {
        kind: "choice",
        id: "question:network",
        prompt: "**What is the link like?**",
        options: options(count),
      },
    ])[0]!;
  const few = drawn(4).blocks[1] as { elements: { action_id: string; value: string }[] };
  expect(few.elements.map(({ action_id, value }) => [actionOf(action_id), value])).toEqual(
    options(4).map(({ action, value }) => [action, value]),
  );
  const many = drawn(12).blocks[1] as { elements: { type: string; options: { value: string }[] }[] };
  expect(many.elements[0]!.type).toBe("static_select");
  expect(many.elements[0]!.options.map(({ value }) => value)).toEqual(options(12).map(({ value }) => value));
});

test("a label too long for a button is told in full beside it", () => {
  const label =
    "Take the default, which is that nobody but staff gets near the device and that it stands in a locked room";
  const { blocks } = messages([
    { kind: "actions", id: "steps", buttons: [{ action: "skip", value: "exposure", label }] },
  ])[0]!;
  expect(JSON.stringify(blocks[0])).toContain("stands in a locked room");
  expect(
    (blocks[1] as { elements: { text: { text: string } }[] }).elements[0]!.text.text.length,
  ).toBeLessThanOrEqual(75);
});

test("feedback is Slack's own pair of thumbs", () => {
  const { blocks } = messages([
    {
      kind: "actions",
      id: "plan:1",
      buttons: [
        { action: "zip", label: "Repository (zip)" },
        { action: "feedback", value: "up", label: "👍" },
        { action: "feedback", value: "down", label: "👎" },
      ],
    },
  ])[0]!;
  expect(blocks.map(({ type }) => type)).toEqual(["actions", "context_actions"]);
});

test("a long file becomes a snippet, a short one folds into the message under its path", () => {
  const code = (lines: number): Block => ({
    kind: "code",
    language: "yaml",
    title: "sets/eu-arm64/kustomization.yaml",
    text: "- path: fleet.yaml\n".repeat(lines),
  });
  expect(split([code(20)], blockLimits)[0]![0]!.kind).toBe("code");
  expect(messages([code(20)])[0]!.blocks[0]).toMatchObject({ type: "container", is_collapsible: true });
  expect(split([code(400)], blockLimits)[0]![0]).toMatchObject({
    kind: "file",
    name: "kustomization.yaml",
    caption: "sets/eu-arm64/kustomization.yaml",
  });
});
