import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "#model/platform.ts";

const backoffMs = [1_000, 5_000, 15_000]; // rate limits are waited for by the platform; this is for servers that are down

/** How a session waits before it tries again. */
export type Patience = {
  /** Longer after every attempt; ends at once when the session does, or when it is no longer wanted. */
  pause: (attempt: number, unwanted?: AbortSignal) => Promise<void>;
  /** Tries until it works: what was done must be known before anything else is. For the store only. */
  insist: <T>(conversation: string, job: () => Promise<T>) => Promise<T>;
};

/** Makes the patience of one session; after `stopping` nothing is waited for. */
export function createPatience({
  stopping,
  log,
  sleep = (ms, signal) => wait(ms, undefined, { signal }),
}: {
  stopping: AbortSignal;
  log: Log;
  sleep?: ((ms: number, signal: AbortSignal) => Promise<unknown>) | undefined;
}): Patience {
  async function pause(attempt: number, unwanted?: AbortSignal): Promise<void> {
    const ms = backoffMs[Math.min(attempt, backoffMs.length) - 1]!;
    const signal = unwanted ? AbortSignal.any([stopping, unwanted]) : stopping;
    await sleep(ms, signal).catch((error) => {
      if (!signal.aborted) throw error;
    });
  }

  return {
    pause,
    async insist(conversation, job) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await job();
        } catch (err) {
          log.error({ conversation, err, attempt }, "the store failed, will be tried again");
          if (stopping.aborted) throw err;
          await pause(attempt);
        }
      }
    },
  };
}
