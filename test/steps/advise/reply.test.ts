import { expect, test } from "vitest";
import { type Language, languages, type Text } from "#model/text.ts";
import { unverifiedMark } from "../../../src/steps/advise/apply.ts";
import { type ReplyContext, readReply } from "../../../src/steps/advise.ts";
import { claims, contextOf } from "./context.ts";
import { fleets } from "./fleets.ts";
import { de } from "./golden/de.ts";
import { en } from "./golden/en.ts";
import { es } from "./golden/es.ts";
import { zh } from "./golden/zh.ts";
import { lies } from "./hostile.ts";

const golden = { en, de, es, zh };
function replyContextOf(language: Language): ReplyContext {
  const { brief, ours, facts, words, schema } = contextOf(fleets.trucks, { language });
  return { brief, made: ours, facts, claims, words, schema };
}
const contexts: Record<Language, ReplyContext> = {
  en: replyContextOf("en"),
  de: replyContextOf("de"),
  es: replyContextOf("es"),
  zh: replyContextOf("zh"),
};
const opening: Text = {
  en: "The plan uses Flux.",
  de: "Der Plan verwendet Flux.",
  es: "El plan usa Flux.",
  zh: "本方案采用 Flux。",
};

/** What a person would read of an answer. */
function shown(words: string, language: Language): string {
  const { parts } = readReply(words, contexts[language]);
  return parts
    .flatMap((part) =>
      part.kind === "paragraph"
        ? [part.text[language]]
        : part.kind === "list"
          ? part.items.map((i) => i[language])
          : [],
    )
    .join("\n");
}

test("a hostile or mistaken sentence in an answer is marked or left out, and the rest stands", () => {
  const sample = lies(claims).filter((_, index) => index % 6 === 0);
  expect(sample.length).toBeGreaterThan(120);
  const through = sample.filter(({ sentence, language, gone }) => {
    const text = shown(`${opening[language]} ${sentence}`, language);
    const bare = text.replaceAll(`${unverifiedMark[language]}${sentence}`, "");
    return (gone ? text : bare).includes(sentence.trim());
  });
  expect(through).toEqual([]);
});

test("good prose stays as it was written", () => {
  for (const language of languages) {
    const { summary } = golden[language].trucks;
    const { dropped, unverified } = readReply(summary, contexts[language]);
    expect([...dropped, ...unverified]).toEqual([]);
    expect(shown(opening[language], language)).toBe(opening[language]);
  }
});

test("what was left out is named without repeating it", () => {
  const { parts, dropped } = readReply("The plan uses Flux. <!channel> look here.", contexts.en);
  expect(JSON.stringify([parts, dropped])).not.toContain("channel");
  expect(dropped.map(({ en: words }) => words)).toEqual([expect.stringContaining("the answer")]);
});
