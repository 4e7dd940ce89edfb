import fc from "fast-check";
import { expect, test } from "vitest";
import type { Attempt } from "#model/provider.ts";
import { type Caps, capsOf, openBudget } from "#src/app/budget.ts";
import { modelSettings } from "#src/app/model-settings.ts";
import { openStore } from "#src/app/store.ts";

const model = { id: "openai:gpt-5.5", async *stream() {} };
const free = { ...model, id: "ollama:x", pricing: "free" as const };
const none = { tokens: Number.POSITIVE_INFINITY, usd: Number.POSITIVE_INFINITY };
const open: Caps = { plan: none, user: none, day: none };
const attempt = (input: number, output: number, costUsd: number | null = 0) =>
  ({ usage: { input, output, cacheRead: 0, cacheWrite: 0 }, costUsd }) as Attempt;
const day = Date.parse("2026-11-21T12:00:00Z");

test("caps a plan, a person and a day, in tokens and in money", async () => {
  const cases: [keyof Caps, "tokens" | "usd"][] = [
    ["plan", "tokens"],
    ["user", "tokens"],
    ["day", "tokens"],
    ["plan", "usd"],
    ["user", "usd"],
    ["day", "usd"],
  ];
  for (const [scope, unit] of cases) {
    const store = await openStore("memory:");
    const caps = { ...open, [scope]: { ...none, [unit]: unit === "usd" ? 0.05 : 1_500 } };
    // 1,000 tokens out at 30 dollars a million: three cents.
    const call = { model, inputTokens: 0, outputTokens: 1_000 };
    const budget = (plan: string, user: string) => openBudget({ store, caps, plan, user, now: () => day });
    const first = await budget("p1", "u1").reserve(call);
    await first!(attempt(0, 1_000, 0.03));
    const again = budget("p1", "u1");
    expect(await again.reserve(call), `${scope} ${unit}`).toBeUndefined();
    expect(again.reached()).toEqual({ scope, unit, cap: caps[scope][unit] });
    // Whom the cap does not reach goes on.
    const other = scope === "plan" ? budget("p2", "u1") : scope === "user" ? budget("p1", "u2") : undefined;
    if (other) expect(await other.reserve(call)).toBeDefined();
    const tomorrow = openBudget({ store, caps, plan: "p1", user: "u1", now: () => day + 86_400_000 });
    expect(await tomorrow.reserve(call)).toBeDefined();
  }
});

test("gives back what a call did not take, and all of it when a cap refuses", async () => {
  const store = await openStore("memory:");
  const caps = { ...open, user: { ...none, tokens: 1_000 } };
  const { reserve } = openBudget({ store, caps, plan: "p", user: "u", now: () => day });
  for (let n = 0; n < 9; n += 1) {
    const settle = await reserve({ model: free, inputTokens: 100, outputTokens: 500 });
    expect(settle, `call ${n}`).toBeDefined();
    expect(await reserve({ model: free, inputTokens: 100, outputTokens: 900 })).toBeUndefined();
    await settle!(attempt(40, 10));
  }
  expect(await store.count("2026-11-21", "model/tokens/all", 0)).toBe(450);
});

test("is never passed by calls made at the same time, whatever they take", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(400), { minLength: 1, maxLength: 30 }), async (outputs) => {
      const store = await openStore("memory:");
      const caps = { ...open, day: { ...none, tokens: 1_000 } };
      const used = await Promise.all(
        outputs.map(async (output, at) => {
          const { reserve } = openBudget({ store, caps, plan: `p${at}`, user: `u${at}`, now: () => day });
          const settle = await reserve({ model: free, inputTokens: 0, outputTokens: 400 });
          if (!settle) return 0;
          await Promise.resolve();
          await settle(attempt(0, output));
          return output;
        }),
      );
      const sum = used.reduce((total, each) => total + each, 0);
      expect(sum).toBeLessThanOrEqual(1_000);
      expect(await store.count("2026-11-21", "model/tokens/all", 0)).toBe(sum);
    }),
    { numRuns: 40 },
  );
});

test("names no person in its counters", async () => {
  const names: string[] = [];
  const store = { count: async (_: string, name: string) => names.push(name) * 0 };
  await openBudget({ store, caps: open, plan: "slack:C1:plan", user: "U123456" }).reserve({
    model,
    inputTokens: 1,
    outputTokens: 1,
  });
  expect(names).toHaveLength(6);
  expect(names.join()).not.toMatch(/U123456|C1/);
});

test("reads 0 as no cap, and has caps where nothing is set", () => {
  const caps = capsOf(modelSettings.parse({ EDGEWRIGHT_MAX_USD_PER_DAY: "0" }));
  expect(caps.day.usd).toBe(Number.POSITIVE_INFINITY);
  expect(caps.plan.tokens).toBeGreaterThan(0);
  expect(caps.user.usd).toBeLessThan(Number.POSITIVE_INFINITY);
});
