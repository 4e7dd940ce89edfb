import { answers } from "#catalogue/answers.ts";
import { claims } from "#catalogue/claims.ts";
import type { Block } from "#model/block.ts";
import { TaskError } from "#model/errors.ts";
import type { Plan } from "#model/plan.ts";
import type { Say, Step } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { answer } from "#steps/answer.ts";
import { bundle } from "#steps/bundle.ts";
import { buildPrompt, factsOf } from "#steps/prompt.ts";
import { render, renderDocument, renderReport } from "#steps/render.ts";
import type { Jobs, JourneyOptions } from "./journey.ts";
import { loadPrompts } from "./prompts.ts";
import { checkFiles, makePlan, openWorkshop } from "./workshop.ts";

/** Long work and what is shown of it, with everything it needs loaded. */
export type Kitchen = { jobs: Jobs; show: JourneyOptions["show"] };

/** Loads shelves, schemas, catalogue and prompts, once a process. */
export async function openKitchen(say: (language: Language) => Say): Promise<Kitchen> {
  const [workshop, prompts] = await Promise.all([openWorkshop(), loadPrompts()]);
  const knowledge = { answers, claims };
  return {
    jobs: {
      async plan(brief, { revision, signal, onStep }) {
        return makePlan(brief, workshop, { revision, signal, onStep: stepReporter(onStep) });
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
  const facts = factsOf(verdict, prompt.language);
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
    content: bundle(plan.files),
    mime: "application/zip",
  };
}
