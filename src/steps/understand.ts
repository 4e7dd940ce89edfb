import type { Answers, PlaceholderName } from "#model/brief.ts";
import { type Language, languages } from "#model/text.ts";
import type { ReadAnswer, Understand, Understood } from "#model/understood.ts";
import { readCues } from "./understand/cues.ts";
import { detectLanguage as detect } from "./understand/detect.ts";
import { type Draft, emptyDraft } from "./understand/draft.ts";
import { read } from "./understand/reading.ts";
import { answerReply } from "./understand/reply.ts";
import { readSizes } from "./understand/sizes.ts";
import { maxCharacters, type Token, tokenise } from "./understand/tokens.ts";
import { readEdition, readIndustry, readNetwork } from "./understand/world.ts";

// What stands for a removed credential says nothing of a fleet: "‹secret:k3s-token›" is no wish for K3s.
const BLANKED = /‹secret:[^›\n]*›/g;

/** Which of the four languages a text is in, and how sure that is (0…1); technical words alone give 0. */
export function detectLanguage(text: string): { language: Language; confidence: number } {
  return detect(text);
}

/** Reads free text into answers, each with the words it came from; never throws, and never guesses. */
export const understand: Understand = (text, options = {}) => {
  const source = text.slice(0, maxCharacters).replace(BLANKED, (label) => " ".repeat(label.length));
  const { language, confidence, draft } = readInLanguage(source, options);
  const understood: Understood = {
    language,
    languageConfidence: confidence,
    answers: { ...draft.answers } as Answers,
    quotes: { ...draft.quotes },
    uncertain: draft.uncertain.filter(({ name }) => draft.answers[name] === undefined),
    refused: [...draft.refused],
  };
  if (draft.edition) understood.edition = draft.edition;
  return understood;
};

// A conversation's language is left only for a text that is clearly in another.
const clearly = 0.7;
// How many answers more another language must make of a text than the one it was said to be in.
const clearlyMore = 1.5;

type Read = { language: Language; confidence: number; draft: Draft };

/** What was read last. A turn reads the same words twice: for the language they are in, and for what they mean. */
let last:
  | { text: string; tokens: Token[]; detected: ReturnType<typeof detect>; drafts: Map<string, Draft> }
  | undefined;

function lookedAt(text: string): NonNullable<typeof last> {
  if (last?.text === text) return last;
  const tokens = tokenise(text);
  last = { text, tokens, detected: detect(text, tokens), drafts: new Map() };
  return last;
}

/**
 * Reads in the language the text is clearly in. Where a few technical words leave that open ("5.000 Lieferwagen, 2 GB"),
 * the language in which most of them mean something is the one; if several tell the same, it stays what it was.
 */
function readInLanguage(
  text: string,
  { language: given, asking }: { language?: Language; asking?: PlaceholderName },
): Read {
  const { detected } = lookedAt(text);
  const readIn = (language: Language, confidence: number): Read => ({
    language,
    confidence,
    draft: readDraft(text, language, asking),
  });
  if (detected.confidence >= clearly) return readIn(detected.language, detected.confidence);
  const first = readIn(
    given ?? detected.language,
    detected.language === (given ?? detected.language) ? detected.confidence : 0,
  );
  if (asking) return first; // one reply to one question: too short to tell, and the question was in that language
  const others = languages.filter((language) => language !== first.language && language !== "zh");
  const best = others.map((language) => readIn(language, clearly)).sort((a, b) => found(b) - found(a))[0]!;
  if (found(best) >= found(first) + (given ? clearlyMore : 0.5)) return best;
  return found(first) > found(best) ? { ...first, confidence: Math.max(first.confidence, clearly) } : first;
}

function found({ draft }: Read): number {
  return Object.keys(draft.answers).length + draft.uncertain.length / 2;
}

function readDraft(text: string, language: Language, asking?: PlaceholderName): Draft {
  const { tokens, drafts } = lookedAt(text);
  const key = `${language} ${asking ?? ""}`;
  const known = drafts.get(key);
  if (known) return known;
  const draft = emptyDraft();
  drafts.set(key, draft);
  const reading = read(text, language, tokens);
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
