import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createRest } from "../../src/app/rest.ts";

function noting() {
  const lines: string[] = [];
  const note = (_: object, message: string) => void lines.push(message);
  return { lines, log: { debug: note, info: note, warn: note, error: note } };
}

test("collects once after a quiet while, and again only after something came", async () => {
  const { lines, log } = noting();
  const garbage = new WeakRef({ left: "over" });
  const rest = createRest({ log, afterMs: 20 });
  await expect.poll(() => lines, { timeout: 20_000 }).toEqual(["at rest"]);
  expect(garbage.deref()).toBeUndefined();
  await sleep(100);
  expect(lines).toHaveLength(1);
  rest.awake();
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(2);
  rest.end();
});

test("does nothing once it was ended", async () => {
  const { lines, log } = noting();
  createRest({ log, afterMs: 20 }).end();
  await sleep(100);
  expect(lines).toEqual([]);
});
