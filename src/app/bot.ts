import { answers } from "#catalogue/answers.ts";
import { claims } from "#catalogue/claims.ts";
import type { Block } from "#model/block.ts";
import { TaskError } from "#model/errors.ts";
import type { Plan } from "#model/plan.ts";
import type { Connection, Log, Platform, Step } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { answer } from "#steps/answer.ts";
import { bundle } from "#steps/bundle.ts";
import { converse } from "#steps/converse.ts";
import { buildPrompt, factsOf } from "#steps/prompt.ts";
import { render, renderDocument, renderReport } from "#steps/render.ts";
import { split } from "#steps/split.ts";
import { readAnswer, understand } from "#steps/understand.ts";
import { createJourney, type Jobs, type Journey, type JourneyOptions } from "./journey.ts";
import { createLog } from "./log.ts";
import { loadPrompts } from "./prompts.ts";
import type { AppSettings, Environment } from "./settings.ts";
import { readSettings } from "./settings.ts";
import { createSpeech } from "./speech.ts";
import { openStore, platformNotes, type Store } from "./store.ts";
import { checkFiles, makePlan, openWorkshop } from "./workshop.ts";

const dayMs = 86_400_000;
const drainMs = 25_000; // orchestrators kill after 30 s

export type RunningBot = {
  journey: Journey;
  store: Store;
  /** Resolves when every platform has ended by itself: the terminal's input is over. */
  ended: Promise<void>;
  /** Finishes what is being posted, gives running works back, and closes the store. */
  close: () => Promise<void>;
};

/** Opens the store, connects the platforms and goes on with every conversation that was left with work. */
export async function openBot(
  platforms: readonly Platform[],
  {
    settings,
    env,
    signal,
    patient = false,
    log = createLog({ level: settings.EDGEWRIGHT_LOG_LEVEL }),
  }: BotOptions,
): Promise<RunningBot> {
  const store = await openStore(settings.EDGEWRIGHT_STORE);
  const connected = new Map<string, { connection: Connection; limits: Platform["limits"] }>();
  const journey = createJourney(await parts(store, connected, log));
  const say = createSpeech();
  const receiveAndFinish: Journey["receive"] = async (event) => {
    await journey.receive(event);
    await journey.settled(signal);
  };
  try {
    for (const platform of platforms) {
      const notes = platformNotes(store, platform.name);
      const bot = { receive: patient ? receiveAndFinish : journey.receive, say };
      const connection = await platform.connect({
        env: readSettings(platform.env, env),
        bot,
        split,
        log,
        signal,
        notes,
      });
      connected.set(platform.name, { connection, limits: platform.limits });
    }
  } catch (error) {
    await end();
    throw error;
  }
  const resumed = await journey.resume();
  if (resumed > 0) log.info({ conversations: resumed }, "going on with what was left");
  const retain = () =>
    journey.retain(settings.EDGEWRIGHT_RETENTION_DAYS).catch((err) => log.error({ err }, "retention failed"));
  const daily = setInterval(retain, dayMs).unref();
  void retain();
  return {
    journey,
    store,
    ended: Promise.all([...connected.values()].map(({ connection }) => connection.closed)).then(() => {}),
    async close() {
      clearInterval(daily);
      await end();
    },
  };

  /** The journey ends before the connections: the message being posted still needs one. */
  async function end(): Promise<void> {
    await journey.stop(AbortSignal.timeout(drainMs));
    for (const { connection } of connected.values()) await connection.close();
    await store.close();
  }
}

type BotOptions = {
  settings: AppSettings;
  env: Environment;
  signal: AbortSignal;
  log?: Log;
  /** Each message waits until what the one before it asked for is done: lines of a pipe, which nobody paces. */
  patient?: boolean;
};

async function parts(
  store: Store,
  platforms: JourneyOptions["platforms"],
  log: Log,
): Promise<JourneyOptions> {
  const [workshop, prompts] = await Promise.all([openWorkshop(), loadPrompts()]);
  const say = createSpeech();
  const knowledge = { answers, claims };
  const jobs: Jobs = {
    async plan(brief, { revision, signal, onStep }) {
      return makePlan(brief, workshop, { revision, signal, onStep: stepReporter(onStep) });
    },
    async answer(question, plan, { language }) {
      return answer(question, { ...(plan && { plan }), knowledge, language, say: say(language) });
    },
    async check(files, { language }) {
      return renderReport(checkFiles(files, workshop, { role: "edge" }), { say: say(language), language });
    },
  };
  const show = (
    plan: Plan,
    { part, language, since }: { part: string; language: Language; since?: Plan },
  ): Block[] => {
    const speaker = { say: say(language), language };
    switch (part) {
      case "zip":
        return [zipOf(plan)];
      case "document":
        return [renderDocument(plan, speaker)];
      case "prompt": {
        const { brief, decisions, denied, risks, budgets } = plan;
        const messages = buildPrompt(prompts[brief.edition][language], {
          brief,
          verdict: { decisions, denied, risks, budgets },
          facts: factsOf({ decisions, denied, risks, budgets }, language),
          answer: "json",
        });
        return messages.map(({ role, content }) => ({
          kind: "code",
          language: "markdown",
          title: role,
          text: content,
        }));
      }
      case "diff":
        return render(plan, { ...speaker, part: "diff", ...(since && { since }) });
      default:
        return render(plan, { ...speaker, part: "whole" });
    }
  };
  return {
    store,
    converse: (state, event) => converse(state, event, { understand, readAnswer, say }),
    jobs,
    show,
    split,
    platforms,
    say,
    log,
  };
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
