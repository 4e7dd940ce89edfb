import { describe, expect, test } from "vitest";
import { adviceOf } from "#model/advice.ts";
import { languages } from "#model/text.ts";
import { flawsIn } from "../../../src/steps/advise/prose.ts";
import { proseOf, review } from "../../../src/steps/advise/review.ts";
import { splitSentences } from "../../../src/steps/advise/sentences.ts";
import { applyAdvice, objections } from "../../../src/steps/advise.ts";
import { contextOf } from "./context.ts";
import { fleets } from "./fleets.ts";
import { de } from "./golden/de.ts";
import { en } from "./golden/en.ts";
import { es } from "./golden/es.ts";
import { sentences as others } from "./golden/sentences.ts";
import { zh } from "./golden/zh.ts";

const golden = { en, de, es, zh };
const names = Object.keys(fleets) as (keyof typeof fleets)[];
const cases = languages.flatMap((language) => names.map((name) => ({ language, name })));

test("at most one sentence of a hundred in good answers is objected to, in four languages", () => {
  let sentences = 0;
  const alarms: string[] = [];
  for (const { language, name } of cases) {
    const advice = golden[language][name];
    sentences += proseOf(advice).flatMap(([, text]) => splitSentences(text)).length;
    const found = objections(advice, contextOf(fleets[name], { language }));
    alarms.push(
      ...found.map(({ pointer, rule, message }) => `${language} ${name} ${pointer} ${rule} ${message}`),
    );
  }
  for (const language of languages) {
    const context = contextOf(fleets.trucks, { language });
    const { vocabulary, made } = review(golden[language].trucks, context);
    for (const sentence of others[language]) {
      sentences += 1;
      const reader = { vocabulary, decisions: made.verdict.decisions, claims: context.claims };
      alarms.push(
        ...flawsIn(sentence, reader).map(({ rule, what }) => `${language} ${rule} ${what}: ${sentence}`),
      );
    }
  }
  console.log(`golden: ${sentences} sentences, ${alarms.length} false alarms\n${alarms.join("\n")}`);
  expect(sentences).toBeGreaterThan(250);
  expect(alarms.length / sentences).toBeLessThanOrEqual(0.01);
});

describe.each(cases)("a good answer for $name in $language", ({ language, name }) => {
  test("is of the schema's shape and reaches the plan as it was written", () => {
    const advice = golden[language][name];
    expect(adviceOf("pro").safeParse(advice).error).toBeUndefined();
    const context = contextOf(fleets[name], { language });
    const applied = applyAdvice(advice, context);
    expect(applied.made).toBe(context.ours);
    expect(applied.snippets).toHaveLength(1);
    for (const { id, parts } of applied.sections) {
      const ours = context.ours.sections.find((section) => section.id === id)!;
      expect(parts.slice(-ours.parts.length)).toEqual(ours.parts);
    }
  });
});
