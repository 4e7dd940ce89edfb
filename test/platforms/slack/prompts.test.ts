import { describe, expect, test } from "vitest";
import { languages } from "#model/text.ts";
import { understand } from "#steps/understand.ts";
import { createSpeech } from "../../../src/app/speech.ts";

const say = createSpeech();
const answersTo = (text: string) => understand(text).answers;

// Spanish trucks and Chinese stores were asked for what the suggested words already said.
describe.each(["retail", "trucks", "plants", "quick"])("the suggested prompt %s", (name) => {
  test("is understood alike in every language", () => {
    const english = answersTo(say("en")(`slack.prompts.${name}.message`));
    expect(Object.keys(english).length).toBeGreaterThanOrEqual(4);
    for (const language of languages)
      expect(answersTo(say(language)(`slack.prompts.${name}.message`)), language).toEqual(english);
  });
});
