import type { Block } from "#model/block.ts";
import type { Conversation, Event, Failure, StoredEffect } from "#model/conversation.ts";
import { TaskError } from "#model/errors.ts";
import { AmbiguousError, type Log, PermanentError } from "#model/platform.ts";
import { createLanes, type Lanes, orAborted } from "./lanes.ts";
import type { Carry, Carrying, Shown } from "./session/carry.ts";
import { doneEvent, failedEvent, reasonOf } from "./session/outcome.ts";
import { kindOf, unpark } from "./session/parking.ts";
import { createPatience } from "./session/patience.ts";
import { createPrecedence } from "./session/precedence.ts";
import { conversationRecords } from "./session/records.ts";
import {
  type Converse,
  isNotice,
  type Notice,
  settle,
  type Taken,
  takeTurn,
  withAttempts,
} from "./session/turn.ts";
import type { Change, Store } from "./store.ts";

export type SessionOptions = {
  store: Store;
  converse: Converse;
  carry: Carry;
  notice: Notice;
  log: Log;
  lanes?: Lanes;
  /** Whether somebody is there to carry effects of this conversation out; else they wait. */
  reachable?: (conversation: string) => boolean;
  /** Not even the sentence could be said that something else could not. */
  unsaid?: (record: Conversation, blocks: readonly Block[]) => Promise<void>;
  /** A conversation is gone, with all its records. */
  forgotten?: (conversation: string) => Promise<void>;
  now?: () => number;
  sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
  tries?: number;
  showMs?: number;
  workMs?: number;
};

export type Session = {
  /** Resolves once the event is stored, with all that follows from it and what stands beside it; rejects when it is not, and may be delivered again. */
  receive: (event: Event, beside?: readonly Change[]) => Promise<void>;
  /** Goes on with every conversation that was left with work; returns how many. */
  resume: () => Promise<number>;
  /** Resolves once nothing is left to do that can be done. */
  settled: (signal?: AbortSignal) => Promise<void>;
  /** Runs a job while no turn of the conversation runs. */
  alone: <T>(conversation: string, job: () => Promise<T>) => Promise<T>;
  /** Removes a conversation and all that belongs to it. */
  forget: (conversation: string) => Promise<void>;
  /** Ends: works are given back, what is being posted is finished until the signal fires. */
  stop: (signal?: AbortSignal) => Promise<void>;
};

const showMs = 120_000; // a plan in twenty messages at one a second, with room
const workMs = 15 * 60_000; // a model with two repairs takes two minutes; nobody waits longer than this

const graceMs = 1_000; // for what was told to end and has to write that down

type Work = { conversation: string; controller: AbortController; ended: Promise<void> };

/** Durable conversations: each event is one write, its effects are carried out afterwards, in order, through crashes. */
export function createSession(options: SessionOptions): Session {
  const { store, carry, log, notice } = options;
  const lanes = options.lanes ?? createLanes();
  const now = options.now ?? Date.now;
  const tries = options.tries ?? 3;
  const reachable = options.reachable ?? (() => true);

  const { load, save, close, ...records } = conversationRecords(store, now);
  const pumps = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const works = new Map<string, Work>();
  const stopping = new AbortController();
  const hard = new AbortController();
  const precedence = createPrecedence();
  const { pause, insist } = createPatience({ stopping: stopping.signal, log, sleep: options.sleep });

  // --- records -----------------------------------------------------------------------------------------------------

  /** Reads, changes and writes one record, alone; nothing is written when the change gives none. */
  function change(id: string, step: (record: Conversation) => Conversation | undefined): Promise<void> {
    return lanes.run(id, async () => {
      const { record, fresh } = await load(id);
      const changed = fresh ? undefined : step(record);
      if (changed) await save(record, changed);
    });
  }

  // --- turns -------------------------------------------------------------------------------------------------------

  function turn(event: Event, beside?: readonly Change[]): Promise<void> {
    return lanes.run(event.conversation, async () => {
      const { record, fresh } = await load(event.conversation);
      const taken = takeTurn(record, event, { converse: options.converse, notice, now: now() });
      report(event, taken);
      if (taken.kind === "seen" || (taken.kind === "stale" && fresh)) return;
      await save(record, taken.record, beside);
      abortUnwanted(taken.record);
    });
  }

  function report(event: Event, taken: Taken): void {
    const { conversation, id, kind } = event;
    if (taken.kind === "seen") log.debug({ conversation, event: id }, "delivered again, handled once");
    if (taken.kind === "stale" && (event.kind === "done" || event.kind === "failed")) {
      const { effect, generation } = event;
      log.info({ conversation, effect, generation, kind }, "work of an older generation: counted, not shown");
    }
    if (taken.kind === "taken" && taken.error !== undefined)
      log.error({ conversation, event: id, err: taken.error }, "a turn failed, the person was told");
  }

  function abortUnwanted({ id, outbox }: Conversation): void {
    const wanted = new Set(outbox.map((stored) => stored.id));
    for (const [effect, { conversation, controller }] of works)
      if (conversation === id && !wanted.has(effect)) controller.abort(new Error("no longer wanted"));
  }

  async function receive(event: Event, beside?: readonly Change[]): Promise<void> {
    if (stopping.signal.aborted)
      throw new TaskError("session: ending, no more events are taken; deliver it again");
    await precedence.ahead(() => turn(event, beside));
    kick(event.conversation);
  }

  // --- the pump ----------------------------------------------------------------------------------------------------

  function kick(id: string): void {
    if (stopping.signal.aborted) return;
    if (pumps.has(id)) return void again.add(id);
    const pump = run(id)
      .catch((err) =>
        log.error({ conversation: id, err }, "the pump broke off, the next event starts it again"),
      )
      .finally(() => {
        pumps.delete(id);
        if (again.delete(id)) kick(id);
      });
    pumps.set(id, pump);
  }

  async function run(id: string): Promise<void> {
    let settled: ((record: Conversation) => Conversation) | undefined;
    for (;;) {
      await precedence.behind();
      const next = await insist(id, () => claim(id, settled));
      if (!next) return;
      settled = undefined;
      if (next.stored.effect.kind === "work") start(next);
      else settled = await carryOut(next);
    }
  }

  type Claimed = { record: Conversation; stored: StoredEffect };

  /** In one short turn: ticks the last effect off, and counts the attempt of the next one before it is tried. */
  function claim(
    id: string,
    settled: ((record: Conversation) => Conversation) | undefined,
  ): Promise<Claimed | undefined> {
    return lanes.run(id, async () => {
      const { record: before, fresh } = await load(id);
      if (fresh) return close(id);
      let record = settled ? settled(before) : before;
      for (;;) {
        const stored = stopping.signal.aborted || !reachable(id) ? undefined : firstToDo(record);
        if (!stored) {
          if (record !== before) await save(before, record);
          return record.outbox.length === 0 ? close(id) : undefined;
        }
        if (kindOf(stored) === "forget") return forgetNow(record, stored);
        if (stored.attempts < tries) {
          record = withAttempts(record, stored.id, stored.attempts + 1);
          await save(before, record);
          return {
            record,
            stored: await unpark(store, id, record.outbox.find((one) => one.id === stored.id)!),
          };
        }
        record = giveUp(record, stored, "internal");
      }
    });
  }

  function firstToDo({ outbox }: Conversation): StoredEffect | undefined {
    return outbox.find(({ id }) => !works.has(id));
  }

  /** Carries one effect out; returns how the record changes by it. */
  async function carryOut({
    record,
    stored,
  }: Claimed): Promise<((record: Conversation) => Conversation) | undefined> {
    const { id, attempts, effect } = stored;
    const timeout = AbortSignal.timeout(options.showMs ?? showMs);
    const ends = AbortSignal.any([hard.signal, timeout]);
    try {
      // Also over one that does not listen to its signal: what stands behind it must go on.
      const posts = await orAborted(carry.show(effect as Shown, carryingOf(record, stored, ends)), ends);
      return (latest) => settle(latest, id, { posts, now: now() });
    } catch (error) {
      if (hard.signal.aborted) return (latest) => withAttempts(latest, id, attempts - 1);
      const fields = { conversation: record.id, effect: id, kind: effect.kind, attempts, err: error };
      // An edit may be repeated: only what would stand there twice is ambiguous.
      if (error instanceof AmbiguousError && effect.kind !== "edit") {
        log.warn(fields, "may have been posted, not repeated");
        const instead = notice(record.state, "ambiguous");
        return (latest) => settle(latest, id, { instead, now: now() });
      }
      if (error instanceof PermanentError || attempts >= tries) {
        log.error(fields, "given up");
        if (isNotice(stored) && effect.kind === "post") await options.unsaid?.(record, effect.blocks);
        return (latest) => giveUp(latest, stored, reasonOf(error));
      }
      log.warn(fields, "failed, will be tried again");
      await pause(attempts);
      return undefined;
    }
  }

  function giveUp(record: Conversation, stored: StoredEffect, reason: Failure): Conversation {
    const { id } = stored;
    if (isNotice(stored) || kindOf(stored) !== "work")
      return settle(record, id, { instead: notice(record.state, reason), now: now() });
    const event = failedEvent(record.id, { stored, reason, at: now() });
    const taken = takeTurn(record, event, { converse: options.converse, notice, now: now() });
    report(event, taken);
    return taken.kind === "seen" ? settle(record, id, { now: now() }) : taken.record;
  }

  function carryingOf(record: Conversation, { id, generation }: StoredEffect, signal: AbortSignal): Carrying {
    return {
      conversation: record.id,
      effect: id,
      generation,
      state: record.state,
      posts: record.posts,
      signal,
      remember: (key, message) =>
        insist(record.id, () =>
          // What gets on is no effect that kills its process, however often that is killed.
          change(record.id, (latest) => ({
            ...withAttempts(latest, id, 1),
            posts: { ...latest.posts, [key]: message },
          })),
        ),
    };
  }

  // --- works -------------------------------------------------------------------------------------------------------

  function start({ record, stored }: Claimed): void {
    const controller = new AbortController();
    const ended = work(record, stored, controller.signal)
      .catch((err) => log.error({ conversation: record.id, effect: stored.id, err }, "a work broke off"))
      .finally(() => {
        works.delete(stored.id);
        kick(record.id);
      });
    works.set(stored.id, { conversation: record.id, controller, ended });
  }

  async function work(record: Conversation, stored: StoredEffect, unwanted: AbortSignal): Promise<void> {
    const { id, effect } = stored;
    if (effect.kind !== "work") return;
    const conversation = record.id;
    for (let attempts = stored.attempts; ; attempts++) {
      const timeout = AbortSignal.timeout(options.workMs ?? workMs);
      const ends = AbortSignal.any([stopping.signal, timeout]);
      const signal = AbortSignal.any([unwanted, ends]);
      try {
        // One that is no longer wanted may still end by itself: then its result is counted.
        const result = await orAborted(carry.work(effect.job, carryingOf(record, stored, signal)), ends);
        return await insist(conversation, () => turn(doneEvent(conversation, { stored, result, at: now() })));
      } catch (error) {
        if (unwanted.aborted) return log.info({ conversation, effect: id }, "work stopped");
        if (stopping.signal.aborted)
          return await change(conversation, (latest) => withAttempts(latest, id, attempts - 1));
        const fields = { conversation, effect: id, kind: effect.job.kind, attempts, err: error };
        if (error instanceof PermanentError || attempts >= tries) {
          log.error(fields, "given up");
          const reason = reasonOf(error);
          return await insist(conversation, () =>
            turn(failedEvent(conversation, { stored, reason, at: now() })),
          );
        }
        log.warn(fields, "failed, will be tried again");
        await pause(attempts, unwanted);
        if (unwanted.aborted || stopping.signal.aborted) return;
        await insist(conversation, () =>
          change(conversation, (latest) => withAttempts(latest, id, attempts + 1)),
        );
      }
    }
  }

  // --- waiting and ending ------------------------------------------------------------------------------------------

  /** Forgets inside a lane; what people asked for since stays, on a record that knows nothing else. */
  async function forgetNow(record: Conversation, stored?: StoredEffect): Promise<undefined> {
    const { id } = record;
    for (const { conversation, controller } of works.values())
      if (conversation === id) controller.abort(new Error("forgotten"));
    const behind = stored ? record.outbox.slice(record.outbox.indexOf(stored) + 1) : [];
    const rest = await Promise.all(behind.map((one) => unpark(store, id, one)));
    await records.forget(record);
    await options
      .forgotten?.(id)
      .catch((err) => log.error({ conversation: id, err }, "notes about it stayed"));
    if (rest.length === 0) return;
    await save(record, { ...record, posts: {}, outbox: rest });
    again.add(id);
  }

  async function drained(signal: AbortSignal | undefined): Promise<void> {
    while (pumps.size > 0 || works.size > 0 || lanes.busy > 0) {
      await orAborted(
        Promise.all([...pumps.values(), ...[...works.values()].map(({ ended }) => ended)]),
        signal,
      );
      await lanes.drain(signal);
    }
  }

  return {
    receive,
    alone: (id, job) =>
      lanes.run(id, async () => {
        const result = await job();
        await records.recheck(id);
        return result;
      }),
    settled: drained,
    async resume() {
      let count = 0;
      for await (const id of records.left()) {
        count++;
        kick(id);
      }
      return count;
    },
    async forget(id) {
      await lanes.run(id, async () => forgetNow((await load(id)).record));
    },
    async stop(signal) {
      stopping.abort(new Error("ending"));
      const late = new AbortController();
      const stopHard = () => {
        hard.abort(new Error("ending now"));
        setTimeout(() => late.abort(new Error("ended with work left")), graceMs).unref();
      };
      if (signal?.aborted) stopHard();
      signal?.addEventListener("abort", stopHard, { once: true });
      await drained(late.signal).catch((err) => log.warn({ err }, "ended before everything was given back"));
      signal?.removeEventListener("abort", stopHard);
    },
  };
}
