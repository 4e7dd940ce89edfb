import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startRest } from "../../src/app/rest.ts";

const everyMs = 20;
const steps = 5;

function noting() {
  const lines: string[] = [];
  const note = (_: object, message: string) => void lines.push(message);
  return { lines, log: { debug: note, info: note, warn: note, error: note } };
}

test("collects once after work has ended, and again only after more of it", async () => {
  const { lines, log } = noting();
  const garbage = new WeakRef({ left: "over" });
  let used = 0;
  const end = startRest({ log, everyMs, usedMs: () => used });
  await sleep(steps * everyMs);
  expect(lines).toEqual([]); // it did nothing yet
  used += 1_000;
  await expect.poll(() => lines, { timeout: 20_000 }).toEqual(["at rest"]);
  expect(garbage.deref()).toBeUndefined();
  await sleep(steps * everyMs);
  expect(lines).toHaveLength(1);
  used += 1_000;
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(2);
  end();
});

test("waits while it is busy, and does nothing once it was ended", async () => {
  const { lines, log } = noting();
  let used = 0;
  const endBusy = startRest({ log, everyMs, usedMs: () => (used += 1_000) });
  const endIdle = startRest({ log, everyMs, usedMs: () => 0 });
  endIdle();
  await sleep(steps * everyMs);
  endBusy();
  expect(used).toBeGreaterThan(1_000);
  expect(lines).toEqual([]);
});
