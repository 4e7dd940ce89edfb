import { describe, expect, test } from "vitest";
import { languages } from "#model/text.ts";
import { understand } from "#steps/understand.ts";
import { createSpeech } from "../../../src/app/speech.ts";

const say = createSpeech();
const answersTo = (text: string) => {
  const { answers, edition } = understand(text);
  return { ...answers, edition };
};

// German help taught `/edge kurz …`, and nobody read it; Spanish trucks and Chinese stores were asked for what the suggested words already said.
describe.each(["retail", "trucks", "plants", "quick"])("the suggested prompt %s", (name) => {
  test("is understood alike in every language", () => {
    const english = answersTo(say("en")(`slack.prompts.${name}.message`));
    expect(Object.keys(english).length).toBeGreaterThanOrEqual(4);
    for (const language of languages)
      expect(answersTo(say(language)(`slack.prompts.${name}.message`)), language).toEqual(english);
  });
});

// What help shows after `/edge` has to work as it stands there.
test.each(languages)("the example of a short recommendation in help is one, in %s", (language) => {
  const items = say(language)("slack.help.items").split("\n");
  const shown = items.flatMap((item) => /^`\/edge (\S+) …`/.exec(item)?.[1] ?? []);
  const [quick] = shown.filter(
    (word) => understand(`${word} 80 sites, 4 GB`, { language }).edition === "basic",
  );
  expect(quick, shown.join()).toBeDefined();
});
