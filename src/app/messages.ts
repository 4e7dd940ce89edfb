import { claims } from "#catalogue/claims.ts";
import type { Brief } from "#model/brief.ts";
import type { Verdict } from "#model/decision.ts";
import { feasibleOptions } from "#steps/advise.ts";
import { decide } from "#steps/decide.ts";
import { buildPrompt, type Fact, factsFor, type Message, type Prompt } from "#steps/prompt.ts";
import { factsForDecide } from "./make-plan.ts";
import type { Workshop } from "./workshop.ts";

/**
 * The messages of a plan, made in one place: what is sent to a model, what "show the prompt" prints and what `edgewright prompt`
 * exports are the same. `facts` are those the answer may cite.
 */
export function messagesFor(
  brief: Brief,
  {
    workshop,
    prompt,
    answer,
    verdict,
  }: { workshop: Workshop; prompt: Prompt; answer: "json" | "markdown"; verdict?: Verdict },
): { messages: Message[]; facts: Fact[] } {
  const decideAgain = (changed: Brief) => decide(changed, factsForDecide(workshop));
  const ours = verdict ?? decideAgain(brief);
  const facts = factsFor(ours, { claims, brief }, prompt.language);
  const options = feasibleOptions(brief, ours, decideAgain);
  return { messages: buildPrompt(prompt, { brief, verdict: ours, facts, options, answer }), facts };
}
