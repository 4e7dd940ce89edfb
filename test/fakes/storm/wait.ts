import { setTimeout as sleep } from "node:timers/promises";
import type { Stage } from "./types.ts";

const lookMs = 120; // a look is a whole thread as JSON

/** Looks until there is something, or the time is over: then undefined. */
export async function lookFor<T>(
  look: () => Promise<T | undefined | false>,
  { timeoutMs, everyMs = lookMs }: { timeoutMs: number; everyMs?: number },
): Promise<T | undefined> {
  for (const end = Date.now() + timeoutMs; ; ) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) return undefined;
    await sleep(everyMs);
  }
}

/** Resolves to whether the stage became still: nothing called or delivered for that long, nothing on its way. */
export async function still(
  stage: Stage,
  { quietMs, timeoutMs = 60_000 }: { quietMs: number; timeoutMs?: number },
): Promise<boolean> {
  let last = await stage.pulse();
  let since = Date.now();
  for (const end = Date.now() + timeoutMs; Date.now() < end; ) {
    await sleep(50);
    const now = await stage.pulse();
    if (now.activity !== last.activity || now.underway > 0) since = Date.now();
    if (Date.now() - since >= quietMs) return true;
    last = now;
  }
  return false;
}
