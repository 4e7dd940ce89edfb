import type { Advice } from "#model/advice.ts";
import type { Brief } from "#model/brief.ts";
import type { Topic, Verdict } from "#model/decision.ts";
import type { Objection } from "#model/provider.ts";
import { type Applied, applyReviewed } from "./advise/apply.ts";
import { amendReasons, optionsOf, preferring } from "./advise/preferences.ts";
import { type AdviceContext, review } from "./advise/review.ts";

export type { AcceptedSnippet, Applied } from "./advise/apply.ts";
export { type Reply, type ReplyContext, readReply } from "./advise/reply.ts";
export type { AdviceContext } from "./advise/review.ts";
export type { Made } from "./advise/vocabulary.ts";

/** Everything wrong with an answer, in words a model can act on; none means all of it may be shown as checked. */
export function objections(advice: Advice, context: AdviceContext): Objection[] {
  return review(advice, context).objections;
}

/**
 * The plan with what holds of an answer: decisions that do not fall back to ours, snippets are dropped, sentences marked or
 * left out, and each is said. Reads the answer again, so that nothing depends on what a caller believes is left.
 */
export function applyAdvice(advice: Advice, context: AdviceContext): Applied {
  const { brief, claims } = context;
  return applyReviewed(advice, review(advice, context), { language: brief.language, claims });
}

/**
 * The brief to decide again with, and the words to put where rules would say a person asked; undefined where there is no
 * preference, or the set does not hold together.
 */
export function preferencesOf(
  advice: Advice,
  context: AdviceContext,
): { brief: Brief; amend: (verdict: Verdict) => Verdict } | undefined {
  const { kept } = review(advice, context);
  const brief = kept.length > 0 ? preferring(context.brief, kept) : undefined;
  return brief && { brief, amend: amendReasons(context.ours.verdict, kept) };
}

/** What a model may prefer, by topic: the choices that are feasible here and that no person settled. */
export function feasibleOptions(
  brief: Brief,
  ours: Verdict,
  decideAgain: (brief: Brief) => Verdict,
): Partial<Record<Topic, string[]>> {
  return optionsOf(brief, ours, decideAgain);
}
