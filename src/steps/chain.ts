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

/** What a call told: an answer with what it changed unasked, or why there is none. */
type Told<T> = { kind: "answer"; judged: Judged<T>; drifted: string[] } | { kind: "fault"; fault: Fault };
type Turn<T> = Told<T> | { kind: "spent" };

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
  let best: { value: T; objections: Objection[]; drifted: boolean } | undefined;

  /** One model: its answer, and its corrections as long as there are repairs. */
  async function ask(model: Model): Promise<Tried<T>> {
    let base: Judged<T> | undefined;
    let drifted: string[] = [];
    for (;;) {
      const turns = base ? [...messages, ...repairTurn(base, drifted)] : messages;
      const turn = await takeTurn(model, turns, base);
      if (turn.kind === "spent") return { kind: "budget", again: false, stop: true };
      if (turn.kind === "fault") return after(turn.fault);
      const { judged } = turn;
      drifted = turn.drifted;
      if (judged.kind === "ok" && drifted.length === 0) return { kind: "ok", value: judged.value };
      keepBest(judged, drifted);
      // A correction that is no better, or that touched more than was named, is thrown away.
      if (!base || (drifted.length === 0 && isBetter(judged, base))) base = judged;
      if (repairs === 0 || attempts.length >= attemptsMax || !isRepairable(base))
        return after({ kind: judged.kind === "ok" ? "guard" : judged.kind });
      repairs -= 1;
    }
  }

  async function takeTurn(
    model: Model,
    turns: readonly Message[],
    base: Judged<T> | undefined,
  ): Promise<Turn<T>> {
    const settle = await reserve(model, turns);
    if (!settle) return { kind: "spent" };
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
    const turn = read(called, base);
    const attempt = record(model, called, { turn, repair: base !== undefined });
    attempts.push(attempt);
    await settle(attempt);
    options.onAttempt?.(attempt);
    return turn;
  }

  function read({ end }: Called, base: Judged<T> | undefined): Told<T> {
    if (end.kind !== "text") return { kind: "fault", fault: end };
    const judged = judge(end.text, { schema, check });
    return { kind: "answer", judged, drifted: base ? drift(base, judged) : [] };
  }

  async function reserve(model: Model, turns: readonly Message[]) {
    if (!options.reserve) return async () => {};
    const { input } = estimate(turns, "");
    return options.reserve({ model, inputTokens: input, outputTokens: maxTokens });
  }

  /** A drifted correction is kept only where there is nothing else: it fits the schema, but nobody asked for it. */
  function keepBest(judged: Judged<T>, drifted: readonly string[]) {
    if (judged.kind !== "guard" && judged.kind !== "ok") return;
    const better = !best || best.drifted || judged.objections.length < best.objections.length;
    if (drifted.length > 0 ? best : !better) return;
    const objections = [...judged.objections, ...drifted.map(driftedAt)];
    best = { value: judged.value, objections, drifted: drifted.length > 0 };
  }

  return {
    attempts,
    ask,
    failed(kind: Failed): ChainResult<T> {
      if (!best) return { kind, attempts };
      const { value, objections } = best;
      return { kind, attempts, best: { value, objections } };
    },
  };
}

function driftedAt(pointer: string): Objection {
  return { pointer, rule: "drift", message: "changed though nobody named it" };
}

/** A correction that drifted counts as one that the guards refused. */
function record<T>(
  model: Model,
  { ms, firstTextMs, usage, estimated }: Called,
  { turn, repair }: { turn: Told<T>; repair: boolean },
): Attempt {
  const counted = { ms, firstTextMs, usage, estimated, costUsd: costFor(model, usage), repair };
  if (turn.kind === "fault") {
    const { kind, detail, alert } = turn.fault;
    return { model: model.id, kind, ...counted, objections: [], detail, ...(alert && { alert }) };
  }
  const { judged, drifted } = turn;
  return {
    model: model.id,
    kind: judged.kind === "ok" && drifted.length > 0 ? "guard" : judged.kind,
    ...counted,
    objections: [...judged.objections, ...drifted.map(driftedAt)],
  };
}

/** What a call cost by the price table; null where nobody knows. */
export function costFor({ id, pricing = "list" }: Model, usage: Attempt["usage"]): number | null {
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
