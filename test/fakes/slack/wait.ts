import { setTimeout as sleep } from "node:timers/promises";
import type { FakeSlack } from "./types.ts";

export const waitFor: FakeSlack["waitFor"] = async (
  look,
  { what = String(look), timeoutMs = 10_000, everyMs = 10 } = {},
) => {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await sleep(everyMs);
  }
};

type Pulse = () => Promise<{ activity: number; underway: number }>;

/** Resolves once nothing has been called or delivered for a while. */
export async function settled(
  pulse: Pulse,
  { quietMs = 150, timeoutMs = 15_000 }: { quietMs?: number; timeoutMs?: number } = {},
): Promise<void> {
  const end = Date.now() + timeoutMs;
  let last = await pulse();
  let since = Date.now();
  while (Date.now() - since < quietMs || last.underway > 0) {
    if (Date.now() > end) throw new Error(`still busy after ${timeoutMs} ms`);
    await sleep(Math.min(20, quietMs));
    const now = await pulse();
    if (now.activity !== last.activity) since = Date.now();
    last = now;
  }
}
