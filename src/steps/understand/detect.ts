import type { Language } from "#model/text.ts";
import { splitPhrases } from "./lexicon.ts";
import { lexicons } from "./reading.ts";
import { terms } from "./terms.ts";
import { fold, type Token, tokenise } from "./tokens.ts";

type Telling = { words: Set<string>; nouns: Set<string> };
/** How much a word says for each of the languages it says something for. */
type Scores = Partial<Record<"en" | "de" | "es", number>>;
let telling: Map<string, Scores> | undefined;

const SPANISH = /[ñ¿¡]|ción\b|ciones\b/i;
const GERMAN = /[äöüß]/i;
const ACUTE = /[áéíóú]/i;
const maxRead = 4_000;

/** Which of the languages a text is in; `confidence` is low where technical words are all there is. */
export function detectLanguage(
  text: string,
  all: readonly Token[] = tokenise(text),
): { language: Language; confidence: number } {
  const start = text.slice(0, maxRead);
  const tokens = all.at(-1) && all.at(-1)!.end > maxRead ? all.filter(({ end }) => end <= maxRead) : all;
  const han = tokens.filter((token) => token.kind === "han").length;
  const words = tokens.filter((token) => token.kind === "word");
  if (han > 0 && han * 3 >= words.length) return { language: "zh", confidence: han >= 2 ? 0.99 : 0.8 };
  const scores = { en: 0, de: 0, es: 0 };
  const known = tellingWords();
  for (const { text: word } of words) {
    const { en = 0, de = 0, es = 0 } = known.get(word) ?? {};
    scores.en += en;
    scores.de += de;
    scores.es += es;
  }
  if (GERMAN.test(start)) scores.de += 1.5;
  if (SPANISH.test(start)) scores.es += 1.5;
  if (ACUTE.test(start)) scores.es += 1;
  const [best, second] = (Object.entries(scores) as [Language, number][]).sort((a, b) => b[1] - a[1]);
  if (best![1] === 0) return { language: "en", confidence: 0 };
  const lead = (best![1] - second![1]) / (best![1] + second![1] + 0.8);
  return { language: best![0], confidence: Math.min(0.99, Math.max(0, lead)) };
}

function languagesWith(all: Record<"en" | "de" | "es", Telling>, word: string): number {
  return Object.values(all).filter(({ nouns }) => nouns.has(word)).length;
}

/** Small words count in full where one language has them, less where two do; nouns and number words count a little. */
function tellingWords(): Map<string, Scores> {
  if (telling) return telling;
  const build = (language: "en" | "de" | "es"): Telling => {
    const lexicon = lexicons[language];
    const nouns = new Set<string>();
    for (const phrases of Object.values(lexicon.tags)) {
      for (const phrase of splitPhrases(phrases)) {
        for (const word of fold(phrase)
          .replace("*", "")
          .split(/[\s-]+/))
          if (word.length > 3) nouns.add(word);
      }
    }
    for (const word of [...Object.keys(lexicon.units), ...Object.keys(lexicon.multipliers)])
      nouns.add(fold(word));
    const words = new Set(splitPhrases(lexicon.telling).map(fold));
    return { words, nouns };
  };
  const all = { en: build("en"), de: build("de"), es: build("es") };
  const products = new Set(Object.values(terms).flatMap((phrases) => fold(phrases).split(/[\s,-]+/)));
  // What two languages share, and names of products, give nothing away.
  const shared = new Set(
    [...all.en.nouns, ...all.de.nouns, ...all.es.nouns].filter((word) => languagesWith(all, word) > 1),
  );
  for (const { nouns } of Object.values(all)) {
    for (const word of nouns) if (products.has(word) || shared.has(word)) nouns.delete(word);
  }
  telling = new Map();
  for (const [language, { words, nouns }] of Object.entries(all)) {
    for (const word of new Set([...words, ...nouns]))
      telling.set(word, { ...telling.get(word), [language]: words.has(word) ? 1 : 0.6 });
  }
  return telling;
}
