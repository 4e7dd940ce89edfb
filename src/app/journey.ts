import { createHash } from "node:crypto";
import type { Block } from "#model/block.ts";
import type { Answers, Brief } from "#model/brief.ts";
import type { Conversation, Effect, Event, Job, Result } from "#model/conversation.ts";
import type { Plan } from "#model/plan.ts";
import {
  AmbiguousError,
  type Bot,
  type Connection,
  type Log,
  PermanentError,
  type Platform,
  type Say,
  type Split,
  type Step,
} from "#model/platform.ts";
import { blank } from "#model/secrets.ts";
import type { Language } from "#model/text.ts";
import { openArchives } from "./open-archives.ts";
import type { Carrying } from "./session/carry.ts";
import type { Converse } from "./session/turn.ts";
import { createSession, type Session, type SessionOptions } from "./session.ts";
import { owned, type Store } from "./store.ts";
import { tellOne, tellSteps } from "./tell-steps.ts";

/** For whom a work is done: caps on what models take are counted by conversation and person. */
export type Asking = { conversation: string; user: string; signal: AbortSignal };

/** Long work, as functions: each has to end when its signal fires. */
export type Jobs = {
  plan: (
    brief: Brief,
    options: Asking & { revision: number; onStep: (steps: Step[]) => void },
  ) => Promise<Plan>;
  /** Without a plan the catalogue alone answers. */
  answer: (
    question: string,
    plan: Plan | undefined,
    options: Asking & { language: Language },
  ) => Promise<Block[]>;
  /** The answers that a person's words change, where the rules read none; needs a model. */
  patch?: (message: string, plan: Plan, options: Asking) => Promise<Answers | undefined>;
  check: (
    files: readonly { path: string; content: string }[],
    options: { language: Language; signal: AbortSignal },
  ) => Promise<Block[]>;
};

type Shown = Extract<Effect, { kind: "show" }>;

/** Stands for the id of a message that may be there. */
const UNKNOWN = "?";

export type JourneyOptions = {
  store: Store;
  converse: Converse;
  jobs: Jobs;
  /** A stored plan as blocks. */
  show: (
    plan: Plan,
    options: {
      part: Shown["part"];
      language: Language;
      since?: Plan;
      /** Posted with a whole plan without being asked for. */
      attaches?: Platform["attaches"];
    },
  ) => Block[] | Promise<Block[]>;
  split: Split;
  /** Those that are connected, by name; may be filled after the journey was made, before `resume`. */
  platforms: ReadonlyMap<
    string,
    { connection: Connection } & Pick<Platform, "limits" | "attaches" | "arrange">
  >;
  /** How many plans a person and a workspace may have made a day; none where it is absent. */
  plansPerDay?: { person: number; scope: number };
  say: (language: Language) => Say;
  log: Log;
  session?: Partial<Pick<SessionOptions, "now" | "sleep" | "tries" | "showMs" | "workMs">>;
};

export type Journey = Pick<Bot, "receive" | "say"> &
  Pick<Session, "resume" | "settled" | "stop" | "forget"> & {
    /** Removes conversations that were idle longer than that many days; returns how many. */
    retain: (days: number) => Promise<number>;
  };

/**
 * The whole story on one page. A person writes: the platform hands the event to `receive`, one turn stores what follows
 * from it, and the platform acknowledges. Then the effects are carried out: messages are posted, a plan is made, stored,
 * named by an event, shown. Whatever fails ends in a sentence in the thread.
 */
export function createJourney(options: JourneyOptions): Journey {
  const { store, jobs, platforms, say, log } = options;
  const counted = new Set<string>();
  const session = createSession({
    ...options.session,
    store,
    log,
    converse: options.converse,
    reachable: (conversation) => platforms.has(platformOf(conversation)),
    notice: ({ language }, trouble) => [
      {
        kind: "notice",
        tone: trouble === "stopped" ? "info" : "error",
        text: say(language)(`failure.${trouble}`),
      },
    ],
    carry: { show: carryShown, work },
    unsaid,
    forgotten,
  });

  async function forgotten(conversation: string): Promise<void> {
    await platforms.get(platformOf(conversation))?.connection.forgotten?.(conversation);
  }

  async function unsaid({ id, state }: Conversation, blocks: readonly Block[]): Promise<void> {
    const text = blocks.flatMap((block) => (block.kind === "notice" ? [block.text] : [])).join("\n");
    const { connection } = platforms.get(platformOf(id))!;
    await connection.aside?.(id, text, { language: state.language });
  }

  // --- what is posted ----------------------------------------------------------------------------------------------

  async function carryShown(
    effect: Extract<Effect, { kind: "post" | "edit" | "show" }>,
    carrying: Carrying,
  ): Promise<Record<string, string>> {
    const platform = platforms.get(platformOf(carrying.conversation))!;
    const blocks = effect.kind === "show" ? await planBlocks(effect, carrying) : effect.blocks;
    const messages = platform.arrange?.(blocks, options.split) ?? options.split(blocks, platform.limits);
    if (effect.kind === "edit" && effect.superseded)
      return supersede(messages, { key: effect.key, carrying, ...platform });
    if (effect.kind === "edit") return edit(messages, { key: effect.key, carrying, ...platform });
    const ids = await post(messages, { carrying, ...platform });
    return effect.kind === "post" ? named(effect.key, ids) : {};
  }

  /** Posts message after message; those a crash left behind are known by the key they were posted with. */
  async function post(
    messages: Block[][],
    { carrying, connection, from }: { carrying: Carrying; connection: Connection; from?: number },
  ): Promise<string[]> {
    const { conversation, effect, posts, signal, remember } = carrying;
    const { language } = carrying.state;
    const ids: string[] = [];
    for (const [n, blocks] of messages.entries()) {
      const key = `${effect}:${(from ?? 0) + n}`;
      const id = posts[key] ?? (await postOnce(blocks, key));
      ids.push(id);
      // The last one of a post is kept with the effect's own tick.
      const isLast = from === undefined && n === messages.length - 1;
      if (!posts[key] && !isLast) await remember(key, id);
    }
    // Said once all the rest is there.
    if (ids.includes(UNKNOWN)) throw new AmbiguousError("a part may not have been posted");
    return ids;

    async function postOnce(blocks: Block[], key: string): Promise<string> {
      try {
        return await connection.post(conversation, blocks, { key, signal, language });
      } catch (error) {
        if (!(error instanceof AmbiguousError)) throw error;
        log.warn({ conversation, key, err: error }, "may have been posted, not repeated");
        return UNKNOWN;
      }
    }
  }

  type Editing = { key: string; carrying: Carrying; connection: Connection };

  /** Marks what was posted under that name as said again below. */
  async function supersede(
    [blocks]: Block[][],
    { key, carrying, connection }: Editing,
  ): Promise<Record<string, string>> {
    const { conversation, posts, signal } = carrying;
    for (const id of blocks ? idsOf(key, posts) : [])
      await connection.edit(conversation, id, blocks!, { signal, superseded: true }).catch((err) => {
        if (!(err instanceof PermanentError)) throw err;
        log.info({ conversation, message: id, err }, "what is said again below stays as it was");
      });
    return {};
  }

  /** Edits what was posted under that name; what is longer now, or cannot be edited any more, is posted. */
  async function edit(
    messages: Block[][],
    { key, carrying, connection }: Editing,
  ): Promise<Record<string, string>> {
    const { conversation, posts, signal } = carrying;
    const before = idsOf(key, posts);
    const ids: string[] = [];
    for (const [n, blocks] of messages.entries()) {
      const id = before[n];
      if (id !== undefined && (await edited(id, blocks))) ids.push(id);
      else ids.push(...(await post([blocks], { carrying, connection, from: n })));
    }
    return named(key, ids);

    async function edited(id: string, blocks: Block[]): Promise<boolean> {
      try {
        await connection.edit(conversation, id, blocks, { signal });
        return true;
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        log.warn({ conversation, message: id, err: error }, "cannot be edited, posted instead");
        return false;
      }
    }
  }

  async function planBlocks(
    { plan, part, since }: Shown,
    { conversation, state }: Carrying,
  ): Promise<Block[]> {
    const before = since === undefined ? undefined : await store.plans.get(owned(conversation, since));
    const { language } = state;
    const { attaches } = platforms.get(platformOf(conversation))!;
    return options.show(await storedPlan(conversation, plan), {
      part,
      language,
      ...(before && { since: before }),
      ...(attaches && { attaches }),
    });
  }

  // --- long work ---------------------------------------------------------------------------------------------------

  async function work(job: Job, carrying: Carrying): Promise<Result> {
    const { conversation, signal, state } = carrying;
    const { language } = state;
    const asking = { conversation, user: userOf(carrying), signal };
    switch (job.kind) {
      case "plan":
        return makePlan(job, carrying);
      case "answer": {
        const plan = job.plan === "" ? undefined : await storedPlan(conversation, job.plan);
        return told("answer", carrying, async () => ({
          kind: "answer",
          blocks: await jobs.answer(job.question, plan, { ...asking, language }),
        }));
      }
      case "patch": {
        const plan = await storedPlan(conversation, job.plan);
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
    const { plansPerDay } = options;
    const { conversation, effect, state } = carrying;
    if (!plansPerDay || counted.has(effect)) return;
    counted.add(effect);
    const scope = `${platformOf(conversation)}:${state.scope ?? ""}`;
    const caps = [
      { name: `plans/user/${hash(userOf(carrying))}`, cap: plansPerDay.person },
      ...(state.scope === undefined ? [] : [{ name: `plans/scope/${hash(scope)}`, cap: plansPerDay.scope }]),
    ];
    for (const { name, cap } of caps) {
      if (cap > 0 && (await store.count(today(), name, 1)) > cap)
        throw new PermanentError(`${conversation}: ${cap} plans a day are made already`, { reason: "limit" });
    }
  }

  function today(): string {
    return new Date((options.session?.now ?? Date.now)()).toISOString().slice(0, 10);
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

  async function storedPlan(conversation: string, id: string): Promise<Plan> {
    const plan = await store.plans.get(owned(conversation, id));
    if (!plan)
      throw new PermanentError(`plan "${id}" of "${conversation}" is not stored any more`, {
        reason: "internal",
      });
    return plan;
  }

  return {
    async receive(event) {
      await session.receive(withoutSecrets(await openArchives(event)));
      if (event.kind === "pressed" && event.action === "feedback") await noteFeedback(event);
    },
    say,
    resume: session.resume,
    settled: session.settled,
    stop: session.stop,
    forget: session.forget,
    async retain(days) {
      const now = (options.session?.now ?? Date.now)();
      const gone = await store.retain(days, { alone: session.alone, now });
      for (const conversation of gone) await forgotten(conversation);
      return gone.length;
    },
  };
}

/** People are counted, not named: the counters outlive their conversations. */
function hash(id: string): string {
  return createHash("sha256").update(id).digest("base64url").slice(0, 16);
}

/** Conversation ids are `<platform>:<thread>`. */
function platformOf(conversation: string): string {
  return conversation.slice(0, conversation.indexOf(":"));
}

/** Who is counted: the person who started; ids are only unique within their platform. */
function userOf({ conversation, state: { startedBy } }: Carrying): string {
  return startedBy ? `${platformOf(conversation)}:${startedBy.id}` : conversation;
}

/** Platform ids by the name of the effect: the first message has it, the next ones count on. */
function named(key: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id, n) => [n === 0 ? key : `${key}#${n}`, id]));
}

function idsOf(key: string, posts: Readonly<Record<string, string>>): string[] {
  const ids: string[] = [];
  for (let id = posts[key], n = 1; id !== undefined; id = posts[`${key}#${n++}`]) ids.push(id);
  return ids;
}

/** What people wrote, before anything else sees it. */
function withoutSecrets(event: Event): Event {
  if (event.kind === "said") {
    const attachments = event.attachments?.map(({ text, content, ...rest }) => ({
      ...rest,
      ...(text !== undefined && { text: blank(text) }),
      ...(content && { content: blankBytes(content) }),
    }));
    return { ...event, text: blank(event.text), ...(attachments && { attachments }) };
  }
  if (event.kind === "pressed" && event.value !== undefined) return { ...event, value: blank(event.value) };
  if (event.kind !== "submitted") return event;
  const fields = Object.entries(event.fields).map(([name, text]) => [name, blank(text)]);
  const text = event.text === undefined ? {} : { text: blank(event.text) };
  return { ...event, ...text, fields: Object.fromEntries(fields) };
}

/** Text is blanked; what is no text stays as it is. */
function blankBytes(content: Uint8Array): Uint8Array {
  try {
    return new TextEncoder().encode(blank(new TextDecoder("utf-8", { fatal: true }).decode(content)));
  } catch {
    return content;
  }
}
