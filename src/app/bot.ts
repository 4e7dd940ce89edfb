import type { Connection, Log, Platform } from "#model/platform.ts";
import { converse } from "#steps/converse.ts";
import { split } from "#steps/split.ts";
import { readAnswer, understand } from "#steps/understand.ts";
import type { Kitchen } from "./jobs.ts";
import { createJourney, type Journey, type JourneyOptions } from "./journey.ts";
import { createLog } from "./log.ts";
import type { AppSettings, Environment } from "./settings.ts";
import { readSettings } from "./settings.ts";
import { createSpeech } from "./speech.ts";
import { openStore, platformNotes, type Store } from "./store.ts";

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
  const journey = createJourney(parts({ store, env, log }, connected));
  const say = createSpeech();
  const { EDGEWRIGHT_LANGUAGE: language } = settings;
  const receive: Journey["receive"] = (event) => journey.receive(language ? { ...event, language } : event);
  const receiveAndFinish: Journey["receive"] = async (event) => {
    await receive(event);
    await journey.settled(signal);
  };
  try {
    for (const platform of platforms) {
      const notes = platformNotes(store, platform.name);
      const bot = { receive: patient ? receiveAndFinish : receive, say };
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

function parts(
  { store, env, log }: { store: Store; env: Environment; log: Log },
  platforms: JourneyOptions["platforms"],
): JourneyOptions {
  const say = createSpeech();
  // Shelves, schemas and catalogue are half of a cold start, and nobody needs them before the first question is answered.
  let opened: Promise<Kitchen> | undefined;
  const kitchen = () => {
    opened ??= import("./jobs.ts").then(({ openKitchen }) => openKitchen({ say, store, env, log }));
    return opened;
  };
  const readsChanges = Boolean(env.MODELS?.trim());
  return {
    store,
    converse: (state, event) => converse(state, event, { understand, readAnswer, say, readsChanges }),
    jobs: {
      plan: async (...given) => (await kitchen()).jobs.plan(...given),
      answer: async (...given) => (await kitchen()).jobs.answer(...given),
      patch: async (...given) => (await kitchen()).jobs.patch?.(...given),
      check: async (...given) => (await kitchen()).jobs.check(...given),
    },
    show: async (...given) => (await kitchen()).show(...given),
    split,
    platforms,
    say,
    log,
  };
}
