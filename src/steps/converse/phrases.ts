import type { Say } from "#model/platform.ts";
import { type Language, languages } from "#model/text.ts";

export type Speech = (language: Language) => Say;

/**
 * The phrases of one key in every language, each normalised. Found by their first letter: every message is compared with
 * hundreds of them, of which hardly any begins as it does.
 */
export type Phrases = {
  all: readonly string[];
  has: (text: string) => boolean;
  byFirst: Map<string, string[]>;
};

/** What stands around a phrase without changing it. */
const EDGES = /^[\s"'“”„«».,;:!?¡¿。，；：！？、…*_`]+|[\s"'“”„«».,;:!?¡¿。，；：！？、…*_`]+$/gu;
const MENTION = /^\s*(?:@edgewright|edgewright[,:])\s*/i;
const LETTER = /[\p{Script=Latin}\p{N}]/u;

/** Lower case, one space, without a mention of the bot and without marks at the ends. */
export function normalise(text: string): string {
  return text.normalize("NFKC").replace(MENTION, "").toLowerCase().replace(/\s+/g, " ").replace(EDGES, "");
}

const known = new WeakMap<Speech, Map<string, Phrases>>();

/** The phrases of one key; remembered, since every message asks for them. */
export function phrasesOf(speech: Speech, key: string): Phrases {
  const lists = known.get(speech) ?? new Map<string, Phrases>();
  known.set(speech, lists);
  const found = lists.get(key) ?? phrasesFrom(languages.flatMap((one) => speech(one)(key).split("\n")));
  lists.set(key, found);
  return found;
}

function phrasesFrom(written: readonly string[]): Phrases {
  const all = written.map(normalise);
  const set = new Set(all);
  const longestFirst = [...set].sort((a, b) => b.length - a.length);
  return {
    all,
    has: (text) => set.has(text),
    byFirst: Map.groupBy(longestFirst, (phrase) => phrase[0] ?? ""),
  };
}

/** The longest phrase that a text begins with, as whole words. */
export function phraseAtStart(text: string, phrases: Phrases): string | undefined {
  return phraseAt(text, 0, phrases);
}

/** Whether one of the phrases stands in a text, as whole words. */
export function holdsPhrase(text: string, phrases: Phrases): boolean {
  for (let at = 0; at < text.length; at += 1) if (phraseAt(text, at, phrases) !== undefined) return true;
  return false;
}

function phraseAt(text: string, at: number, { byFirst }: Phrases): string | undefined {
  return byFirst
    .get(text[at] ?? "")
    ?.find((phrase) => text.startsWith(phrase, at) && isWordAt(text, at, phrase.length));
}

/** Where a word stands in a text by itself; below 0: nowhere. */
export function findWord(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (isWordAt(text, at, word.length)) return at;
  return -1;
}

function isWordAt(text: string, at: number, length: number): boolean {
  if (!LETTER.test(text[at]!)) return true;
  return !LETTER.test(text[at - 1] ?? " ") && !LETTER.test(text[at + length] ?? " ");
}
