import type { Claim } from "#model/knowledge.ts";
import { clauses, isDenied } from "./sentences.ts";

const HAN = /\p{Script=Han}/u;
const SPECIAL = /[.+?^${}()|[\]\\]/g;
const near = 160; // letters between the first and the last of the words that give a claim away

type Phrase = {
  /** Its first letters, to look for before the pattern runs. */
  stem: string;
  pattern: RegExp;
};
const phrases = new Map<string, Phrase>();

/** A word or phrase of `detect` as a pattern: whole words with `*` for any ending; Chinese anywhere. */
function phraseOf(words: string): Phrase {
  const known = phrases.get(words);
  if (known) return known;
  const han = HAN.test(words);
  const gap = han ? "\\s*" : "[\\s-]+";
  const body = words.replace(SPECIAL, "\\$&").replaceAll("*", "[\\p{L}\\p{N}]*").replaceAll(" ", gap);
  const pattern = new RegExp(han ? body : `(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, "u");
  const phrase = { stem: words.split(/[*\s]/)[0]!, pattern };
  phrases.set(words, phrase);
  return phrase;
}

/** Claims of the catalogue that a sentence makes, those it denies left out. */
export function claimsIn(sentence: string, claims: readonly Claim[]): Claim[] {
  const lower = sentence.toLowerCase();
  return claims.filter((claim) => {
    const lists = (claim.detect ?? []).filter((list) => standsIn(list, lower));
    if (lists.length === 0) return false;
    // "The CA never expires" is false with its negation; there, no denial excuses.
    const excused = !isNegative(claim) && lists.every((list) => isDenying(list, lower));
    if (excused) return false;
    const truths = [claim.truth, claim.instead].flatMap(Object.values);
    return !soundsLike(lower, truths, Object.values(claim.claim));
  });
}

function standsIn(list: readonly string[], sentence: string): boolean {
  const places: number[] = [];
  for (const phrase of list) {
    const { stem, pattern } = phraseOf(phrase);
    const found = sentence.includes(stem) ? pattern.exec(sentence) : null;
    if (!found) return false;
    places.push(found.index);
  }
  return Math.max(...places) - Math.min(...places) <= near;
}

/** Whether a sentence that holds the words denies what they would claim. */
function isDenying(list: readonly string[], sentence: string): boolean {
  return clauses(sentence)
    .filter((clause) => list.some((phrase) => phraseOf(phrase).pattern.test(clause)))
    .some((clause) => isDenied(clause, { loosely: true }));
}

/** Whether the claim itself, in some language, reads like a denial. */
function isNegative({ claim, detect = [] }: Claim): boolean {
  return Object.values(claim).some((text) => {
    const lower = text.toLowerCase();
    const lists = detect.filter((list) => standsIn(list, lower));
    return lists.length > 0 && lists.every((list) => isDenying(list, lower));
  });
}

const WORDS = /[\p{Script=Latin}\p{N}]{3,}|\p{Script=Han}/gu;

/** A sentence that says what is true shares more words with the truth than with the claim. */
function soundsLike(sentence: string, truths: readonly string[], claims: readonly string[]): boolean {
  const said = new Set(sentence.match(WORDS) ?? []);
  const share = (text: string) => {
    const words = new Set(text.toLowerCase().match(WORDS) ?? []);
    return [...said].filter((word) => words.has(word)).length / Math.max(1, said.size);
  };
  return Math.max(...truths.map(share)) > Math.max(...claims.map(share)) + 0.2;
}
