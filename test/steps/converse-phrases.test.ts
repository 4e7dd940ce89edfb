import fc from "fast-check";
import { expect, test } from "vitest";
import { createSpeech } from "#src/app/speech.ts";
import { findWord, holdsPhrase, phraseAtStart, phrasesOf } from "#src/steps/converse/phrases.ts";

const speech = createSpeech();
const lists = ["also", "question", "ask", "instead", "whatIf", "edit", "to", "sorry"].map((key) =>
  phrasesOf(speech, `words.${key}`),
);
const cases = fc.constantFrom(...lists).chain((list) => {
  const words = fc.oneof(fc.constantFrom(...list.all), fc.constantFrom(" ", " ", "x", "500", "店", "ü"));
  return fc.tuple(
    fc.constant(list),
    fc.array(words, { maxLength: 6 }).map((parts) => parts.join("")),
  );
});

test("phrases are found by their first letter as they are found one by one", () => {
  let found = 0;
  fc.assert(
    fc.property(cases, ([list, text]) => {
      const fitting = list.all.filter((phrase) => findWord(text, phrase) === 0);
      const longest = fitting.sort((a, b) => b.length - a.length)[0];
      expect(phraseAtStart(text, list)).toBe(longest);
      expect(holdsPhrase(text, list)).toBe(list.all.some((phrase) => findWord(text, phrase) >= 0));
      if (longest) found++;
    }),
    { numRuns: 2_000 },
  );
  expect(found).toBeGreaterThan(200);
});
