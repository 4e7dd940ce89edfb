import type { Event, Failure, Result, StoredEffect } from "#model/conversation.ts";
import { PermanentError } from "#model/platform.ts";

/** The event of a work that ended well; its id is the same however often the work was started. */
export function doneEvent(
  conversation: string,
  { stored, result, at }: { stored: StoredEffect; result: Result; at: number },
): Event {
  const { id: effect, generation } = stored;
  return { id: `${effect}:done`, conversation, at, kind: "done", effect, generation, result };
}

/** The event of a work that was given up. */
export function failedEvent(
  conversation: string,
  { stored, reason, at }: { stored: StoredEffect; reason: Failure; at: number },
): Event {
  const { id, generation, effect } = stored;
  const job = effect.kind === "work" ? { job: effect.job.kind } : {}; // unknown while it lies elsewhere
  return { id: `${id}:failed`, conversation, at, kind: "failed", effect: id, generation, reason, ...job };
}

/** Which sentence an error gets. */
export function reasonOf(error: unknown): Failure {
  if (error instanceof PermanentError) return error.reason;
  return error instanceof Error && error.name === "TimeoutError" ? "timeout" : "internal";
}
