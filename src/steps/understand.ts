import type { Answers, PlaceholderName } from "#model/brief.ts";
import type { Language } from "#model/text.ts";
import type { ReadAnswer, Understand, Understood } from "#model/understood.ts";
import { readCues } from "./understand/cues.ts";
import { detectLanguage as detect } from "./understand/detect.ts";
import { type Draft, emptyDraft } from "./understand/draft.ts";
import { read } from "./understand/reading.ts";
import { answerReply } from "./understand/reply.ts";
import { readSizes } from "./understand/sizes.ts";
import { maxCharacters } from "./understand/tokens.ts";
import { readEdition, readIndustry, readNetwork } from "./understand/world.ts";

/** Which of the four languages a text is in, and how sure that is (0…1); technical words alone give 0. */
export function detectLanguage(text: string): { language: Language; confidence: number } {
  return detect(text);
}

/** Reads free text into answers, each with the words it came from; never throws, and never guesses. */
export const understand: Understand = (text, options = {}) => {
  const source = text.slice(0, maxCharacters);
  const detected = detect(source);
  const language = languageOf(detected, options.language);
  const draft = readDraft(source, language, options.asking);
  const understood: Understood = {
    language,
    languageConfidence: detected.confidence,
    answers: draft.answers as Answers,
    quotes: draft.quotes,
    uncertain: draft.uncertain.filter(({ name }) => draft.answers[name] === undefined),
    refused: draft.refused,
  };
  if (draft.edition) understood.edition = draft.edition;
  return understood;
};

// A conversation's language is left only for a text that is clearly in another.
const clearly = 0.7;

function languageOf(detected: ReturnType<typeof detect>, given: Language | undefined): Language {
  if (given === undefined || given === detected.language) return detected.language;
  return detected.confidence >= clearly ? detected.language : given;
}

function readDraft(text: string, language: Language, asking?: PlaceholderName): Draft {
  const draft = emptyDraft();
  const reading = read(text, language);
  const { counts } = readSizes(draft, reading, asking);
  const cues = readCues(draft, reading);
  readNetwork(draft, reading, cues);
  readIndustry(
    draft,
    reading,
    cues,
    counts.map((count) => count.noun),
  );
  readEdition(draft, reading);
  return draft;
}

/** Reads one reply to one question: its value, or a problem with a key the interface has a sentence for. */
export function readAnswer(name: PlaceholderName, text: string, language: Language): ReadAnswer {
  const { answers, quotes, uncertain } = understand(text, { language, asking: name });
  return answerReply({ name, text: text.slice(0, maxCharacters), language, answers, quotes, uncertain });
}
