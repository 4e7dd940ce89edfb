import type { Brief } from "#model/brief.ts";
import type { Claim } from "#model/knowledge.ts";
import type { Part } from "#model/plan.ts";
import type { SchemaWords } from "#model/schema.ts";
import type { Text } from "#model/text.ts";
import { cleaned, Log, partsOf } from "./apply.ts";
import { flawsIn } from "./prose.ts";
import { type Made, vocabularyOf } from "./vocabulary.ts";

/** What the answer to a question is read against: the plan it is about, and the facts that were looked up. */
export type ReplyContext = {
  /** Its language is the one the answer must be in. */
  brief: Brief;
  made: Made;
  facts: readonly { id: string; fact: string; source: string }[];
  claims: readonly Claim[];
  /** Flags and keys of the distributions. */
  words: readonly string[];
  schema: SchemaWords;
};

/** A model's answer as it may be shown: unbacked sentences marked, harmful and false ones left out and named in `dropped`. */
export type Reply = { parts: Part[]; dropped: Text[]; unverified: Text[] };

/** Reads a model's answer to a question sentence by sentence, as strictly as its advice. */
export function readReply(words: string, context: ReplyContext): Reply {
  const { brief, made, claims } = context;
  const flaws = flawsIn(words, {
    vocabulary: vocabularyOf(context),
    decisions: made.verdict.decisions,
    claims,
  });
  const log = new Log(claims);
  const shown = cleaned(words, flaws, { language: brief.language, where: place, log });
  return { parts: partsOf(shown), dropped: log.dropped, unverified: log.unverified };
}

const place: Text = { en: "the answer", de: "der Antwort", es: "la respuesta", zh: "回答" };
