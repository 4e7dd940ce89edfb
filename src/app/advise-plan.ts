import { claims } from "#catalogue/claims.ts";
import { type Advice, adviceOf } from "#model/advice.ts";
import type { Brief } from "#model/brief.ts";
import type { Plan, Provenance } from "#model/plan.ts";
import type { Attempt, ChainOptions, ChainResult, Model } from "#model/provider.ts";
import { type Language, languages, type Text } from "#model/text.ts";
import { loadSchemaWords } from "#schemas/words.ts";
import { type AdviceContext, type Applied, applyAdvice, objections } from "#steps/advise.ts";
import { wireSchema } from "#steps/chain/wire-schema.ts";
import { runChain } from "#steps/chain.ts";
import { decide } from "#steps/decide.ts";
import type { Prompt } from "#steps/prompt.ts";
import { factsForDecide, type MakeOptions, make, planOf, settingOf } from "./make-plan.ts";
import { messagesFor } from "./messages.ts";
import { createSpeech } from "./speech.ts";
import { checkFiles, type Workshop } from "./workshop.ts";

export type AdviseOptions = MakeOptions & {
  models: readonly Model[];
  prompt: Prompt;
  signal: AbortSignal;
} & Pick<ChainOptions<Advice>, "deadlines" | "reserve" | "onAttempt" | "onPartial" | "clock">;

/**
 * Makes a plan with a language model's advice: our plan first, then the model argues and chooses among what is feasible, and what
 * holds of its answer goes into the plan. Whatever becomes of the model, there is a plan: at worst ours, with a sentence that says why.
 */
export async function advisePlan(brief: Brief, workshop: Workshop, options: AdviseOptions): Promise<Plan> {
  const { models, prompt, onStep, signal, revision = 1, ...chain } = options;
  const ours = make(brief, workshop, { onStep, signal });
  const { messages, facts } = messagesFor(brief, { workshop, prompt, answer: "json", verdict: ours.verdict });
  const context = adviceContext(brief, workshop, ours, facts);
  onStep?.("advise", models[0]?.id);
  const schema = adviceOf(brief.edition);
  const result: ChainResult<Advice> = await runChain<Advice>({
    ...chain,
    schema,
    wire: wireSchema(schema),
    name: "advice",
    check: (advice) => objections(advice, context),
    messages,
    models,
    signal,
  });
  signal.throwIfAborted();
  const advice = result.kind === "ok" ? result.value : result.best?.value;
  const applied = advice && applyAdvice(advice, context);
  onStep?.("guard", (applied?.made ?? ours).files.length);
  const plan = planOf(brief, applied?.made ?? ours, { workshop, revision });
  const failed = result.kind === "ok" || advice ? [] : [outcomeSentence(result.kind)];
  return {
    ...plan,
    ...(applied && wordsOf(applied)),
    provenance: {
      ...plan.provenance,
      ...provenanceOf(result.attempts, [...failed, ...(applied?.repairs ?? [])]),
    },
  };
}

/** What an answer is read against. */
function adviceContext(
  brief: Brief,
  workshop: Workshop,
  ours: AdviceContext["ours"],
  facts: AdviceContext["facts"],
): AdviceContext {
  return {
    brief,
    ours,
    facts,
    claims,
    words: workshop.distros.flatMap((distro) => distro.words()),
    schema: loadSchemaWords(),
    decideAgain: (changed) => decide(changed, factsForDecide(workshop)),
    remake: (changed, amend) => make(changed, workshop, { amend }),
    // A model must not excuse itself with a comment.
    check: (files, { verdict }) =>
      checkFiles(files, workshop, settingOf(brief, verdict, workshop), { ignores: false }),
  };
}

function wordsOf({ decisions, summary, sections, risks, snippets }: Applied): Partial<Plan> {
  const posted = snippets.map(({ name, title, purpose, content }) => ({ name, title, purpose, content }));
  return { decisions, summary, sections, risks, ...(posted.length > 0 && { snippets: posted }) };
}

function provenanceOf(attempts: readonly Attempt[], repairs: Text[]): Partial<Provenance> {
  const sum = (count: (attempt: Attempt) => number) =>
    attempts.reduce((total, attempt) => total + count(attempt), 0);
  const unpriced = attempts.some(({ usage, costUsd }) => usage && costUsd === null);
  return {
    model: attempts.at(-1)?.model ?? "none",
    attempts: attempts.length,
    calls: attempts.map(({ model, kind, ms, usage, costUsd, repair, objections: found }) => ({
      model,
      outcome: kind,
      ms: Math.round(ms),
      inputTokens: usage?.input ?? null,
      outputTokens: usage?.output ?? null,
      costUsd,
      repair,
      objections: found.length,
    })),
    inputTokens: sum(({ usage }) => usage?.input ?? 0),
    outputTokens: sum(({ usage }) => usage?.output ?? 0),
    costUsd: unpriced ? null : sum(({ costUsd }) => costUsd ?? 0),
    repairs,
  };
}

/** Why there is no advice, in every language. */
function outcomeSentence(kind: string): Text {
  const speech = createSpeech();
  const said = (language: Language) => speech(language)(`model.${kind}`);
  return Object.fromEntries(languages.map((language) => [language, said(language)])) as Text;
}
