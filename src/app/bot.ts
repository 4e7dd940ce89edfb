import type { Event } from "#model/conversation.ts";
import type { Connection, Log, Note, Platform } from "#model/platform.ts";
import { converse } from "#steps/converse.ts";
import { split } from "#steps/split.ts";
import { readAnswer, understand } from "#steps/understand.ts";
import { createCourtesy } from "./courtesy.ts";
import { type Directory, openDirectory } from "./directory.ts";
import type { Kitchen } from "./jobs.ts";
import { createJourney, type Journey, type JourneyOptions } from "./journey.ts";
import { createLog } from "./log.ts";
import type { AppSettings, Environment } from "./settings.ts";
import { readSettings } from "./settings.ts";
import { createSpeech } from "./speech.ts";
import { noteChanges, openStore, platformNotes, type Store } from "./store.ts";

const dayMs = 86_400_000;
const drainMs = 25_000; // orchestrators kill after 30 s

export type RunningBot = {
  journey: Journey;
  store: Store;
  /** Resolves when every platform has ended by itself: the terminal's input is over. */
  ended: Promise<void>;
  /** Resolves when no platform can be served any longer. */
  lost: Promise<void>;
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
  const connected: Connected = new Map();
  const journey = createJourney({ ...parts({ store, env, log }, connected), plansPerDay: plansOf(settings) });
  const say = createSpeech();
  const judge = createCourtesy(settings.EDGEWRIGHT_MESSAGES_PER_MINUTE);
  const operators = new Set(settings.EDGEWRIGHT_OPERATORS);
  const { EDGEWRIGHT_LANGUAGE: language } = settings;
  const lost = Promise.withResolvers<void>();
  const connections: Connection[] = [];

  /** A platform's event with what only the bot knows: what is settled, who may steer, and who sends too much. */
  async function receive(
    platform: string,
    { directory, event: given, notes }: { directory: Directory; event: Event; notes: readonly Note[] },
  ): Promise<void> {
    const { person, scope } = given;
    const event: Event = {
      ...given,
      ...(language && { language }),
      ...(scope !== undefined && { defaults: await directory.defaults(scope) }),
      ...(person && operators.has(`${platform}:${person.id}`) && { operator: true }),
    };
    const verdict = judge(event);
    if (verdict.kind === "dropped")
      return log.warn(
        { conversation: event.conversation, person: person?.id },
        "too many messages, not taken",
      );
    const { seconds } = { seconds: 0, ...verdict };
    const taken = verdict.kind === "limited" ? limited(event, seconds) : event;
    await journey.receive(taken, noteChanges(store, platform, notes));
    if (patient) await journey.settled(signal);
  }

  async function connect(platform: Platform): Promise<void> {
    const { name, limits, attaches, arrange } = platform;
    const directory = openDirectory(name, { store, say });
    const connection = await platform.connect({
      env: readSettings(platform.env, env),
      bot: { ...directory, receive: (event, notes = []) => receive(name, { directory, event, notes }), say },
      split,
      log,
      signal,
      notes: platformNotes(store, name),
    });
    connections.push(connection);
    connected.set(name, { connection, limits, ...(attaches && { attaches }), ...(arrange && { arrange }) });
    void connection.lost?.then((reason) => {
      log.error({ platform: name, reason }, "a platform is lost, what waits for it is kept");
      connected.delete(name);
      if (connected.size === 0) lost.resolve();
    });
  }

  const failures: unknown[] = [];
  // One platform after the other: their libraries load faster so than at once, and one that fails stops no other.
  for (const platform of platforms) {
    await connect(platform).catch((err) => {
      failures.push(err);
      log.error({ err, platform: platform.name }, "a platform could not be connected");
    });
  }
  if (failures.length > 0 && connected.size === 0) {
    await end();
    throw failures[0];
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
    ended: Promise.all(connections.map(({ closed }) => closed)).then(() => {}),
    lost: lost.promise,
    async close() {
      clearInterval(daily);
      await end();
    },
  };

  /** The journey ends before the connections: the message being posted still needs one. */
  async function end(): Promise<void> {
    await journey.stop(AbortSignal.timeout(drainMs));
    for (const connection of connections) await connection.close();
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

type Connected = Map<string, { connection: Connection } & Pick<Platform, "limits" | "attaches" | "arrange">>;

function plansOf(settings: AppSettings): NonNullable<JourneyOptions["plansPerDay"]> {
  return {
    person: settings.EDGEWRIGHT_PLANS_PER_PERSON_PER_DAY,
    scope: settings.EDGEWRIGHT_PLANS_PER_WORKSPACE_PER_DAY,
  };
}

/** Stands for what a person sent beyond the cap. */
function limited({ id, conversation, at, person, language }: Event, seconds: number): Event {
  return {
    id: `${id}:limited`,
    conversation,
    at,
    kind: "limited",
    seconds,
    ...(person && { person }),
    ...(language && { language }),
  };
}

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
