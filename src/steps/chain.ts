import { costOf } from "#catalogue/prices.ts";
import type {
  Attempt,
  ChainOptions,
  ChainResult,
  Clock,
  Deadlines,
  Message,
  Model,
  Objection,
  Outcome,
} from "#model/provider.ts";
import { type Called, call, estimate } from "./chain/call.ts";
import { systemClock, wait } from "./chain/clock.ts";
import { type Judged, judge } from "./chain/judge.ts";
import { type Fault, type Policy, policies } from "./chain/outcome.ts";
import { drift, isBetter, isRepairable, repairTurn } from "./chain/repair.ts";

/** Reasoning models think long before they write; once they write, half a minute of silence is a stall. */
export const defaultDeadlines: Deadlines = {
  firstTextMs: 90_000,
  idleMs: 30_000,
  attemptMs: 200_000,
  totalMs: 300_000,
};

/** Thinking counts as output: a plan takes 4,000 at most, thinking about it several times that. */
const defaultMaxTokens = 16_000;
const rounds = 3; // over the models: what may pass by itself gets two more chances
const backoffMs = 500;
const backoffMaxMs = 10_000; // whoever wants us to wait longer is not waited for
const attemptsMax = 10;

type Failed = Exclude<Outcome, "ok">;
type Tried<T> =
  | { kind: "ok"; value: T }
  | { kind: Failed; again: boolean; retryAfterMs?: number; stop: boolean };

/**
 * Asks models in turn for one checked object. What comes back wrong is sent back with its objections, at most twice;
 * what cannot be corrected goes to the next model; what nobody gets right is said, with the best there was.
 */
export async function runChain<T>(options: ChainOptions<T>): Promise<ChainResult<T>> {
  const { models, clock = systemClock } = options;
  // One of our own: hundreds of chains may share a signal, and listeners on it would pile up.
  const signal = AbortSignal.any([options.signal]);
  const overdue = new AbortController();
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const endTotal = clock.after(deadlines.totalMs, () => overdue.abort());
  const run = startRun({ ...options, signal }, { clock, deadlines, overdue: overdue.signal });

  try {
    let asked = models;
    let last: Failed = "config";
    for (let round = 0; round < rounds && asked.length > 0; round += 1) {
      const later: Model[] = [];
      let pauseMs = backoffMs * 2 ** round;
      for (const model of asked) {
        const tried = await run.ask(model);
        if (tried.kind === "ok") return { kind: "ok", value: tried.value, attempts: run.attempts };
        last = tried.kind;
        if (tried.stop || overdue.signal.aborted || run.attempts.length >= attemptsMax)
          return run.failed(last);
        if (!tried.again || (tried.retryAfterMs ?? 0) > backoffMaxMs) continue;
        later.push(model);
        pauseMs = Math.max(pauseMs, tried.retryAfterMs ?? 0);
      }
      asked = later;
      if (asked.length === 0 || round === rounds - 1) break;
      await wait(Math.min(pauseMs, backoffMaxMs), {
        clock,
        signal: AbortSignal.any([signal, overdue.signal]),
      });
      if (signal.aborted) return run.failed("aborted");
      if (overdue.signal.aborted) return run.failed("timeout");
    }
    return run.failed(last);
  } finally {
    endTotal();
  }
}

/** What stays over the attempts of one chain: their record, the repairs left, the best answer so far. */
function startRun<T>(
  options: ChainOptions<T>,
  given: { clock: Clock; deadlines: Deadlines; overdue: AbortSignal },
) {
  const { messages, schema, wire, name = "answer", check, maxTokens = defaultMaxTokens, signal } = options;
  const attempts: Attempt[] = [];
  let repairs = options.repairs ?? 2;
  let best: { value: T; objections: Objection[] } | undefined;

  /** One model: its answer, and its corrections as long as there are repairs. */
  async function ask(model: Model): Promise<Tried<T>> {
    let base: Judged<T> | undefined;
    let drifted: string[] = [];
    for (;;) {
      const turns = base ? [...messages, ...repairTurn(base, drifted)] : messages;
      const { called, judged, attempt } = await tryOnce(model, turns, base);
      if (!called) return { kind: "budget", again: false, stop: true };
      if (called.end.kind !== "text") return after(called.end);
      if (judged!.kind === "ok" && attempt!.kind === "ok")
        return { kind: "ok", value: (judged as { value: T }).value };
      keepBest(judged!, attempt!.objections);
      drifted = base ? drift(base, judged!) : [];
      // A correction that is no better, or that touched more than was named, is thrown away.
      if (!base || (drifted.length === 0 && isBetter(judged!, base))) base = judged!;
      if (repairs === 0 || attempts.length >= attemptsMax || !isRepairable(base))
        return after({ kind: attempt!.kind as Failed });
      repairs -= 1;
    }
  }

  async function tryOnce(model: Model, turns: readonly Message[], base: Judged<T> | undefined) {
    const settle = await reserve(model, turns);
    if (!settle) return {};
    const called = await call({
      model,
      messages: turns,
      schema: { name, wire },
      maxTokens,
      signal,
      deadlines: given.deadlines,
      overdue: given.overdue,
      clock: given.clock,
      onText: partials(options.onPartial),
    });
    const judged = called.end.kind === "text" ? judge(called.end.text, { schema, check }) : undefined;
    const attempt = record(model, called, {
      repair: base !== undefined,
      ...(judged && verdictOf(judged, base)),
    });
    attempts.push(attempt);
    await settle(attempt);
    options.onAttempt?.(attempt);
    return { called, judged, attempt };
  }

  async function reserve(model: Model, turns: readonly Message[]) {
    if (!options.reserve) return async () => {};
    const { input } = estimate(turns, "");
    return options.reserve({ model, inputTokens: input, outputTokens: maxTokens });
  }

  function keepBest(judged: Judged<T>, objections: Objection[]) {
    if (judged.kind !== "guard" && judged.kind !== "ok") return;
    if (best && best.objections.length <= objections.length) return;
    best = { value: judged.value, objections };
  }

  return {
    attempts,
    ask,
    failed: (kind: Failed): ChainResult<T> => ({ kind, attempts, ...(best && { best }) }),
  };
}

/** The outcome of an answer, where a drifted correction counts as one that the guards refused. */
function verdictOf<T>(judged: Judged<T>, base: Judged<T> | undefined) {
  const drifted = base ? drift(base, judged) : [];
  if (drifted.length === 0) return { kind: judged.kind, objections: judged.objections };
  const objections = drifted.map((pointer) => ({
    pointer,
    rule: "drift",
    message: "changed though nobody named it",
  }));
  return {
    kind: judged.kind === "ok" ? ("guard" as const) : judged.kind,
    objections: [...judged.objections, ...objections],
  };
}

function record(
  model: Model,
  { end, ms, firstTextMs, usage, estimated }: Called,
  { repair, kind, objections = [] }: { repair: boolean; kind?: Outcome; objections?: Objection[] },
): Attempt {
  return {
    model: model.id,
    kind: kind ?? (end as Fault).kind,
    ms,
    firstTextMs,
    usage,
    estimated,
    costUsd: costFor(model, usage),
    objections,
    repair,
    ...(end.kind !== "text" && { detail: end.detail }),
    ...(end.kind !== "text" && end.alert && { alert: true }),
  };
}

function costFor({ id, pricing = "list" }: Model, usage: Attempt["usage"]): number | null {
  if (usage === null || pricing === "free") return 0;
  return pricing === "list" ? costOf(id, usage) : null;
}

function after({ kind, retryAfterMs, permanent }: Pick<Fault, "kind" | "retryAfterMs" | "permanent">) {
  const { then, again }: Policy = policies[kind];
  return {
    kind,
    stop: then === "stop",
    again: again && !permanent,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Loads the parser of half answers only where somebody looks at them. */
function partials(onPartial: ((value: unknown) => void) | undefined) {
  if (!onPartial) return undefined;
  let parse: ((text: string) => unknown) | undefined;
  void import("@langchain/core/output_parsers").then(({ parsePartialJson }) => {
    parse = parsePartialJson;
  });
  return (text: string) => {
    const value = parse?.(text);
    if (value !== undefined && value !== null) onPartial(value);
  };
}

/** What a log may hold of an attempt: no word of a prompt or an answer. */
export function loggable({ objections, detail, alert, ...attempt }: Attempt): object {
  return {
    ...attempt,
    objections: objections.map(({ rule }) => rule),
    ...(alert && { alert, detail }),
  };
}
