import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Block } from "#model/block.ts";
import type { Platform } from "#model/platform.ts";
import { languages } from "#model/text.ts";
import { makePlan } from "#src/app/make-plan.ts";
import { all, names } from "#src/app/shelf.ts";
import { createSpeech } from "#src/app/speech.ts";
import { openWorkshop } from "#src/app/workshop.ts";
import { render, renderDocument } from "#steps/render.ts";
import { split } from "#steps/split.ts";
import { briefOf } from "../steps/decide/briefs.ts";

const say = createSpeech();
const platforms = await all<Platform>("platforms");
const brief = briefOf({
  sites: 5_000,
  memoryMiB: 2_048,
  arch: "arm64",
  network: "intermittent",
  gitops: "argocd",
});
const plan = makePlan(brief, await openWorkshop());

/** Every kind of block that a plan posts, in one language. */
const blocksOf = (language: (typeof languages)[number]): Block[] => {
  const speaker = { say: say(language), language };
  const blocks = render(plan, { ...speaker, part: "whole" });
  // The document stands before the buttons, as it is posted.
  return [...blocks.slice(0, -1), renderDocument(plan, speaker), ...blocks.slice(-1)];
};

const squashed = (text: string): string => text.replace(/\s+/g, "");
const codeOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => (block.kind === "code" ? [block.text] : []));
const filesOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === "file" ? [String(block.content)] : []));
const prose = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => {
    if (block.kind === "list") return block.items;
    return block.kind === "paragraph" || block.kind === "notice" || block.kind === "heading"
      ? [block.text]
      : [];
  });
const buttonsOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) =>
    block.kind === "actions" ? block.buttons.map(({ action, value }) => `${action} ${value ?? ""}`) : [],
  );

test("every platform is found under the name of its file", async () => {
  expect(platforms.map(({ name }) => name)).toEqual(await names("platforms"));
});

describe.each(platforms.map((platform): [string, Platform] => [platform.name, platform]))(
  "platform %s",
  (_, { env, limits, arrange = (blocks, parted) => parted(blocks, limits), attaches = [] }) => {
    test.each(languages)("cuts nothing of a plan: words, code, files and buttons, in %s", (language) => {
      const blocks = blocksOf(language);
      const messages = arrange(structuredClone(blocks), split);
      const posted = messages.flat();
      expect(messages.every((message) => message.length > 0)).toBe(true);
      const code = squashed(codeOf(posted).join(""));
      const files = filesOf(posted).map(squashed);
      const missing = codeOf(blocks)
        .map(squashed)
        .filter((text) => !code.includes(text) && !files.includes(text));
      expect(missing).toEqual([]);
      const words = squashed(prose(posted).join(""));
      expect(prose(blocks).filter((text) => !words.includes(squashed(text)))).toEqual([]);
      for (const content of filesOf(blocks)) expect(files).toContain(squashed(content));
      expect(new Set(buttonsOf(posted))).toEqual(new Set(buttonsOf(blocks)));
    });

    test("describes each of its settings, and names one that is wrong", () => {
      for (const [name, setting] of Object.entries(env.shape)) {
        expect((setting as z.ZodType).description, name).toMatch(/\w/);
        if (!name.endsWith("_TOKEN")) continue;
        const read = env.safeParse({ [name]: "wrong" });
        expect(z.prettifyError(read.error!)).toContain(name);
      }
    });

    test("holds its limits to something that fits a message", () => {
      expect(limits.blockText).toBeLessThanOrEqual(limits.messageText);
      for (const most of [limits.blockText, limits.options, limits.buttons, limits.tableColumns])
        expect(most).toBeGreaterThan(0);
      expect(new Set(attaches).size).toBe(attaches.length);
    });
  },
);
