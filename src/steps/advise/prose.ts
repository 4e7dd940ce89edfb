import type { Decisions } from "#model/decision.ts";
import type { Claim } from "#model/knowledge.ts";
import { claimsIn } from "./claims.ts";
import { slipsIn } from "./design.ts";
import { misplacedIn } from "./figures.ts";
import { harmsIn } from "./hostile.ts";
import { isForeign } from "./language.ts";
import { strangersIn } from "./names.ts";
import { type Sentence, splitSentences } from "./sentences.ts";
import { normal, type Vocabulary } from "./vocabulary.ts";

/**
 * One thing wrong with a sentence. `mark`: it may be shown, called unverified. `drop`: it must not be shown at all, because it
 * would do harm, is known to be false, or proposes what the plan must not hold.
 */
export type Flaw = { rule: string; what: string; remedy: "mark" | "drop"; sentence: Sentence };

export type Reader = { vocabulary: Vocabulary; decisions: Decisions; claims: readonly Claim[] };

/** Reads a text of a model sentence by sentence. */
export function flawsIn(text: string, { vocabulary, decisions, claims }: Reader): Flaw[] {
  const { language } = vocabulary;
  const whole: Sentence = { text, start: 0, end: text.length };
  if (isForeign(text, language)) {
    return [
      {
        rule: "TEXT-11",
        what: `write in the language of the plan: ${language}`,
        remedy: "drop",
        sentence: whole,
      },
    ];
  }
  const flaws: Flaw[] = [];
  // What spans sentences (a fence, a hidden link) is looked for in the whole text too.
  const sentences = splitSentences(text);
  for (const sentence of sentences) {
    const add = (remedy: Flaw["remedy"], found: readonly { rule: string; what: string }[]) => {
      for (const { rule, what } of found) flaws.push({ rule, what, remedy, sentence });
    };
    add("drop", harmsIn(sentence.text));
    if (sentences.length > 1 && isForeign(sentence.text, language))
      add("drop", [{ rule: "TEXT-11", what: `write in the language of the plan: ${language}` }]);
    // Our own words, repeated, were checked when they were written.
    if (isOurs(sentence.text, vocabulary)) continue;
    for (const { rule, what, remedy } of slipsIn(sentence.text, decisions)) add(remedy, [{ rule, what }]);
    add(
      "drop",
      claimsIn(sentence.text, claims).map(({ id, truth }) => ({
        rule: `CLAIM-${id}`,
        what: `known not to be so: ${truth[language]}`,
      })),
    );
    add(
      "mark",
      misplacedIn(sentence.text, vocabulary.footprints, language).map((what) => ({ rule: "PROSE-10", what })),
    );
    const strangers = strangersIn(sentence.text, vocabulary);
    // An address nobody knows would still be one to click on.
    add(
      "drop",
      strangers.filter(({ rule }) => rule === "PROSE-09"),
    );
    add(
      "mark",
      strangers.filter(({ rule }) => rule !== "PROSE-09"),
    );
  }
  if (!flaws.some(({ remedy }) => remedy === "drop")) {
    for (const { rule, what } of harmsIn(text)) flaws.push({ rule, what, remedy: "drop", sentence: whole });
  }
  return flaws;
}

const shortestOwn = 24; // letters; shorter ones are found anywhere by chance

function isOurs(sentence: string, { own }: Vocabulary): boolean {
  const plain = normal(sentence);
  return plain.length >= shortestOwn && own.includes(plain);
}
