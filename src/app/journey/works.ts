import type { Event, Job, Result } from "#model/conversation.ts";
import type { Plan } from "#model/plan.ts";
import { PermanentError, type Step } from "#model/platform.ts";
import { pseudonym } from "../pseudonym.ts";
import type { Carrying } from "../session/carry.ts";
import { owned } from "../store.ts";
import { tellOne, tellSteps } from "../tell-steps.ts";
import { type JourneyOptions, platformOf } from "./options.ts";
import { storedPlan } from "./stored-plan.ts";

/** Long work of conversations: done, told, counted, and stored before anything names it. */
export function createWorks({ store, jobs, platforms, plansPerDay, session, log }: JourneyOptions) {
  const counted = new Set<string>();
  const now = session?.now ?? Date.now;

  async function work(job: Job, carrying: Carrying): Promise<Result> {
    const { conversation, signal, state } = carrying;
    const { language } = state;
    const asking = { conversation, user: userOf(carrying), signal };
    switch (job.kind) {
      case "plan":
        return makePlan(job, carrying);
      case "answer": {
        const plan = job.plan === "" ? undefined : await storedPlan(store, conversation, job.plan);
        return told("answer", carrying, async () => ({
          kind: "answer",
          blocks: await jobs.answer(job.question, plan, { ...asking, language }),
        }));
      }
      case "patch": {
        const plan = await storedPlan(store, conversation, job.plan);
        const answers = await told("answer", carrying, async () => jobs.patch?.(job.message, plan, asking));
        return { ...job, ...(answers && { answers }) };
      }
      case "check":
        return told("check", carrying, async () => ({
          kind: "check",
          blocks: await jobs.check(job.files, { language, signal }),
        }));
    }
  }

  async function makePlan(
    { brief, revision }: Extract<Job, { kind: "plan" }>,
    carrying: Carrying,
  ): Promise<Result> {
    const { conversation, signal, state } = carrying;
    const { connection } = platforms.get(platformOf(conversation))!;
    const { language } = state;
    const steps = tellSteps((told) => connection.status(conversation, told, { language }), signal);
    await mayPlan(carrying);
    try {
      const plan = await jobs.plan(brief, {
        revision,
        conversation,
        user: userOf(carrying),
        signal,
        onStep: steps.show,
      });
      await countCost(conversation, plan);
      // Stored before anything names it.
      const id = await keep(conversation, plan);
      steps.end("done");
      return { kind: "plan", plan: id, revision: plan.revision };
    } catch (error) {
      steps.end("failed");
      throw error;
    }
  }

  /** Shows what is done, where it takes longer than a moment. */
  function told<T>(
    key: Step["key"],
    { conversation, signal, state }: Carrying,
    run: () => Promise<T>,
  ): Promise<T> {
    const { language } = state;
    const { connection } = platforms.get(platformOf(conversation))!;
    return tellOne(key, {
      run,
      signal,
      status: (steps) => connection.status(conversation, steps, { language }),
    });
  }

  /** Refused once a person or a workspace has had its plans for the day; a work that is tried again counts once. */
  async function mayPlan(carrying: Carrying): Promise<void> {
    const { conversation, effect, state } = carrying;
    if (!plansPerDay || counted.has(effect)) return;
    counted.add(effect);
    const scope = `${platformOf(conversation)}:${state.scope ?? ""}`;
    const caps = [
      { name: `plans/user/${pseudonym(userOf(carrying))}`, cap: plansPerDay.person },
      ...(state.scope === undefined
        ? []
        : [{ name: `plans/scope/${pseudonym(scope)}`, cap: plansPerDay.scope }]),
    ];
    for (const { name, cap } of caps) {
      if (cap > 0 && (await store.count(today(), name, 1)) > cap)
        throw new PermanentError(`${conversation}: ${cap} plans a day are made already`, { reason: "limit" });
    }
  }

  function today(): string {
    return new Date(now()).toISOString().slice(0, 10);
  }

  /** For the operator: which plans people liked, without their words. */
  async function noteFeedback({ conversation, value }: Extract<Event, { kind: "pressed" }>): Promise<void> {
    const which = value === "down" ? "down" : "up";
    log.info({ conversation, feedback: which }, "feedback on a plan");
    await store.count(today(), `feedback/${which}`, 1);
  }

  /** Counted when it is known, also for a result nobody waits for any more. */
  async function countCost(conversation: string, { provenance }: Plan): Promise<void> {
    const { model, inputTokens, outputTokens, costUsd } = provenance;
    log.info({ conversation, model, inputTokens, outputTokens, costUsd }, "a plan was made");
    const day = today();
    await store.count(day, "plans", 1);
    await store.count(day, "tokens", inputTokens + outputTokens);
    if (costUsd) await store.count(day, "microUsd", Math.round(costUsd * 1e6));
  }

  /** A revision never changes: a second plan of the same id, from another model or catalogue, gets one of its own. */
  async function keep(conversation: string, plan: Plan): Promise<string> {
    for (let n = 1; ; n++) {
      const id = n === 1 ? plan.id : `${plan.id}-${n}`;
      const named: Plan = { ...plan, id };
      if (await store.plans.add(owned(conversation, id), named)) return id;
      const there = await store.plans.get(owned(conversation, id));
      if (JSON.stringify(there) === JSON.stringify(named)) return id;
    }
  }

  return { work, noteFeedback };
}

/** Who is counted: the person who started; ids are only unique within their platform. */
function userOf({ conversation, state: { startedBy } }: Carrying): string {
  return startedBy ? `${platformOf(conversation)}:${startedBy.id}` : conversation;
}
