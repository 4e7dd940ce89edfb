import { answers } from "#catalogue/answers.ts";
import { claims } from "#catalogue/claims.ts";
import type { Block } from "#model/block.ts";
import { TaskError } from "#model/errors.ts";
import type { Plan } from "#model/plan.ts";
import type { Log, Say, Step } from "#model/platform.ts";
import type { Attempt, Deadlines } from "#model/provider.ts";
import type { Language } from "#model/text.ts";
import { answer, searchFacts } from "#steps/answer.ts";
import { bundle } from "#steps/bundle.ts";
import { loggable } from "#steps/chain.ts";
import type { Prompt } from "#steps/prompt.ts";
import { render, renderDocument } from "#steps/render.ts";
import { capsOf, openBudget } from "./budget.ts";
import type { Asking, Jobs, JourneyOptions } from "./journey.ts";
import { makePlan } from "./make-plan.ts";
import { messagesFor } from "./messages.ts";
import { modelSettings } from "./model-settings.ts";
import { deadlinesOf, openModels, warm } from "./models.ts";
import { loadPrompts } from "./prompts.ts";
import { reviewBlocks } from "./review/blocks.ts";
import { review } from "./review.ts";
import { type Environment, readSettings } from "./settings.ts";
import type { Store } from "./store.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

/** Long work and what is shown of it, with everything it needs loaded. */
export type Kitchen = { jobs: Jobs; show: JourneyOptions["show"] };

type KitchenOptions = { say: (language: Language) => Say; store: Store; env: Environment; log: Log };

/** Loads shelves, schemas, catalogue and prompts, once a process; with MODELS set, plans are made with their advice. */
export async function openKitchen({ say, store, env, log }: KitchenOptions): Promise<Kitchen> {
  const [workshop, prompts, models] = await Promise.all([openWorkshop(), loadPrompts(), openModels(env)]);
  const settings = readSettings(modelSettings, env);
  const knowledge = { answers, claims };
  const deadlines = deadlinesOf(settings);
  const budgetOf = (of: { plan: string; user: string }) =>
    openBudget({ store, caps: capsOf(settings), ...of });
  const onAttempt = (attempt: Attempt) => log.info(loggable(attempt), "model");
  // The adapters take half a second to load; whoever asks first should not wait for them.
  warm(models).catch((err) => log.warn({ err }, "a language model could not be opened ahead of time"));
  return {
    jobs: {
      async plan(brief, { revision, conversation, user, signal, onStep }) {
        const step = stepReporter(onStep);
        if (models.length === 0) return makePlan(brief, workshop, { revision, signal, onStep: step });
        const { advisePlan } = await import("./advise-plan.ts"); // nobody needs it without a model
        return advisePlan(brief, workshop, {
          models,
          prompt: prompts[brief.edition][brief.language],
          deadlines,
          reserve: budgetOf({ plan: `${conversation}/${revision}`, user }).reserve,
          revision,
          signal,
          onStep: step,
          onAttempt,
        });
      },
      async answer(question, plan, { language, conversation, user, signal }) {
        const byRules = () =>
          answer(question, { ...(plan && { plan }), knowledge, language, say: say(language) });
        // Before there is a plan there is nothing a model could add to the catalogue.
        if (!plan || models.length === 0) return byRules();
        const { askModel } = await import("./ask-model.ts"); // nobody needs it without a model
        return askModel(question, {
          plan,
          language,
          models,
          workshop,
          search: (query) => searchFacts(query, knowledge, language),
          otherwise: byRules,
          say: say(language),
          log,
          signal,
          deadlines: followUpDeadlines(deadlines),
          reserve: budgetOf({ plan: followUps(conversation, plan), user }).reserve,
          onAttempt,
        });
      },
      ...(models.length > 0 && {
        async patch(message: string, plan: Plan, { conversation, user, signal }: Asking) {
          const { patchBrief } = await import("./patch-brief.ts"); // nobody needs it without a model
          return patchBrief(message, plan.brief, {
            models,
            signal,
            log,
            deadlines: followUpDeadlines(deadlines),
            reserve: budgetOf({ plan: followUps(conversation, plan), user }).reserve,
            onAttempt,
          });
        },
      }),
      async check(files, { language, signal }) {
        const reviewed = await review(files, { workshop, language, signal });
        return reviewBlocks(files, reviewed, { say: say(language), language });
      },
    },
    show(plan, { part, language, since, attaches = [] }) {
      const speaker = { say: say(language), language };
      if (part === "zip") return [zipOf(plan)];
      if (part === "document") return [renderDocument(plan, speaker)];
      if (part === "prompt")
        return promptBlocks(plan, workshop, prompts[plan.brief.edition][plan.brief.language]);
      const blocks = render(plan, { ...speaker, part, ...(since && { since }) });
      const files = {
        zip: () => (plan.files.length > 0 ? [zipOf(plan)] : []),
        document: () => [renderDocument(plan, speaker)],
      };
      // Before the buttons, which stay the last thing one sees.
      const attached = attaches.flatMap((name) => files[name]());
      return attached.length === 0 ? blocks : [...blocks.slice(0, -1), ...attached, ...blocks.slice(-1)];
    },
  };
}

/** Questions and changes about a plan have a cap of their own: they must not use up that of a plan. */
function followUps(conversation: string, { revision }: Plan): string {
  return `${conversation}/${revision}/follow-ups`;
}

/** A question is worth less waiting than a plan: two fifths of it. */
function followUpDeadlines({ firstTextMs = 90_000, totalMs = 300_000 }: Partial<Deadlines>) {
  return { firstTextMs, totalMs: totalMs * 0.4 };
}

/** Exactly what a model is sent for this plan. */
function promptBlocks({ brief }: Plan, workshop: Workshop, prompt: Prompt): Block[] {
  const { messages } = messagesFor(brief, { workshop, prompt, answer: "json" });
  return messages.map(({ role, content }) => ({
    kind: "code",
    language: "markdown",
    title: `${role}.md`,
    text: content,
  }));
}

/** Steps as a platform shows them: those before are done, this one runs. */
function stepReporter(onStep: (steps: Step[]) => void) {
  const begun: Omit<Step, "state">[] = [];
  return (key: string, note?: string | number) => {
    begun.push({ key, ...(note !== undefined && { note: String(note) }) });
    onStep(begun.map((step, index) => ({ ...step, state: index === begun.length - 1 ? "running" : "done" })));
  };
}

function zipOf(plan: Plan): Block {
  if (plan.files.length === 0) throw new TaskError("a basic plan has no repository");
  return {
    kind: "file",
    name: `fleet-r${plan.revision}.zip`,
    content: bundle([...plan.files, ...snippetFiles(plan)]),
    mime: "application/zip",
  };
}

/** What a model wrote lies beside the repository, never in it. */
function snippetFiles({ snippets = [] }: Plan): { path: string; content: string }[] {
  return snippets.map(({ name, content }) => ({ path: name, content }));
}
