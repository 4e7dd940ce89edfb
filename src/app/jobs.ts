import { answers } from "#catalogue/answers.ts";
import { claims } from "#catalogue/claims.ts";
import type { Block } from "#model/block.ts";
import { TaskError } from "#model/errors.ts";
import type { Plan } from "#model/plan.ts";
import type { Log, Say, Step } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { answer } from "#steps/answer.ts";
import { bundle } from "#steps/bundle.ts";
import { loggable } from "#steps/chain.ts";
import { buildPrompt, factsFor } from "#steps/prompt.ts";
import { render, renderDocument, renderReport } from "#steps/render.ts";
import { capsOf, openBudget } from "./budget.ts";
import type { Jobs, JourneyOptions } from "./journey.ts";
import { modelSettings } from "./model-settings.ts";
import { deadlinesOf, openModels, warm } from "./models.ts";
import { loadPrompts } from "./prompts.ts";
import { type Environment, readSettings } from "./settings.ts";
import type { Store } from "./store.ts";
import { checkFiles, makePlan, openWorkshop } from "./workshop.ts";

/** Long work and what is shown of it, with everything it needs loaded. */
export type Kitchen = { jobs: Jobs; show: JourneyOptions["show"] };

type KitchenOptions = { say: (language: Language) => Say; store: Store; env: Environment; log: Log };

/** Loads shelves, schemas, catalogue and prompts, once a process; with MODELS set, plans are made with their advice. */
export async function openKitchen({ say, store, env, log }: KitchenOptions): Promise<Kitchen> {
  const [workshop, prompts, models] = await Promise.all([openWorkshop(), loadPrompts(), openModels(env)]);
  const settings = readSettings(modelSettings, env);
  const knowledge = { answers, claims };
  // The adapters take half a second to load; whoever asks first should not wait for them.
  warm(models).catch((err) => log.warn({ err }, "a language model could not be opened ahead of time"));
  return {
    jobs: {
      async plan(brief, { revision, conversation, signal, onStep }) {
        const step = stepReporter(onStep);
        if (models.length === 0) return makePlan(brief, workshop, { revision, signal, onStep: step });
        const budget = openBudget({
          store,
          caps: capsOf(settings),
          plan: `${conversation}/${revision}`,
          user: conversation,
        });
        const { advisePlan } = await import("./advise-plan.ts"); // nobody needs it without a model
        return advisePlan(brief, workshop, {
          models,
          prompt: prompts[brief.edition][brief.language],
          deadlines: deadlinesOf(settings),
          reserve: budget.reserve,
          revision,
          signal,
          onStep: step,
          onAttempt: (attempt) => log.info(loggable(attempt), "model"),
        });
      },
      async answer(question, plan, { language }) {
        return answer(question, { ...(plan && { plan }), knowledge, language, say: say(language) });
      },
      async check(files, { language }) {
        return renderReport(checkFiles(files, workshop, { role: "edge" }), { say: say(language), language });
      },
    },
    show(plan, { part, language, since }) {
      const speaker = { say: say(language), language };
      if (part === "zip") return [zipOf(plan)];
      if (part === "document") return [renderDocument(plan, speaker)];
      if (part === "prompt") return promptBlocks(plan, prompts[plan.brief.edition][language]);
      return render(plan, { ...speaker, part, ...(since && { since }) });
    },
  };
}

/** Exactly what a model is sent for this plan. */
function promptBlocks(plan: Plan, prompt: Parameters<typeof buildPrompt>[0]): Block[] {
  const { brief, decisions, denied, risks, budgets } = plan;
  const verdict = { decisions, denied, risks, budgets };
  const facts = factsFor(verdict, { claims, brief }, prompt.language);
  return buildPrompt(prompt, { brief, verdict, facts, answer: "json" }).map(({ role, content }) => ({
    kind: "code",
    language: "markdown",
    title: role,
    text: content,
  }));
}

/** Steps as a platform shows them: those before are done, this one runs. */
function stepReporter(onStep: (steps: Step[]) => void) {
  const begun: string[] = [];
  return (key: string) => {
    begun.push(key);
    onStep(
      begun.map((step, index) => ({ key: step, state: index === begun.length - 1 ? "running" : "done" })),
    );
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
