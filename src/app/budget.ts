import { costOf } from "#catalogue/prices.ts";
import type { Attempt, Model, Reserve } from "#model/provider.ts";
import type { ModelSettings } from "./model-settings.ts";
import { pseudonym } from "./pseudonym.ts";
import type { Store } from "./store.ts";

/** How far a cap reaches, and what it counts. */
export type Scope = "plan" | "user" | "day";
export type Unit = "tokens" | "usd";
/** A cap that would have been passed. */
export type Reached = { scope: Scope; unit: Unit; cap: number };
export type Caps = Readonly<Record<Scope, Readonly<Record<Unit, number>>>>;

/** Money is counted in whole millionths of a dollar: sums of fractions drift. */
const perUsd = 1_000_000;

/** The caps of the settings; 0 there means none. */
export function capsOf(settings: ModelSettings): Caps {
  const cap = (value: number) => (value === 0 ? Number.POSITIVE_INFINITY : value);
  return {
    plan: {
      tokens: cap(settings.EDGEWRIGHT_MAX_TOKENS_PER_PLAN),
      usd: cap(settings.EDGEWRIGHT_MAX_USD_PER_PLAN),
    },
    user: {
      tokens: cap(settings.EDGEWRIGHT_MAX_TOKENS_PER_USER),
      usd: cap(settings.EDGEWRIGHT_MAX_USD_PER_USER),
    },
    day: {
      tokens: cap(settings.EDGEWRIGHT_MAX_TOKENS_PER_DAY),
      usd: cap(settings.EDGEWRIGHT_MAX_USD_PER_DAY),
    },
  };
}

/**
 * What one plan of one person may still take. Before a call its most is set aside, after it what was not used is given back:
 * plans made at the same time cannot pass a cap together. A price nobody knows counts as nothing, so its tokens are what is capped.
 */
export function openBudget({
  store,
  caps,
  plan,
  user,
  now = Date.now,
}: {
  store: Pick<Store, "count">;
  caps: Caps;
  plan: string;
  user: string;
  now?: () => number;
}): { reserve: Reserve; reached: () => Reached | undefined } {
  let reached: Reached | undefined;
  // People are counted, not named: the counters outlive their conversations.
  const counters = { plan: `plan/${pseudonym(plan)}`, user: `user/${pseudonym(user)}`, day: "all" };

  const reserve: Reserve = async ({ model, inputTokens, outputTokens }) => {
    const day = new Date(now()).toISOString().slice(0, 10);
    const most = { tokens: inputTokens + outputTokens, usd: priceFor(model, inputTokens, outputTokens) };
    const taken: { name: string; by: number }[] = [];
    const giveBack = async () => {
      for (const { name, by } of taken) await store.count(day, name, -by);
    };
    for (const scope of ["plan", "user", "day"] as const) {
      for (const unit of ["tokens", "usd"] as const) {
        const name = `model/${unit}/${counters[scope]}`;
        const by = counted(unit, most[unit]);
        const sum = await store.count(day, name, by);
        taken.push({ name, by });
        if (sum <= counted(unit, caps[scope][unit])) continue;
        reached = { scope, unit, cap: caps[scope][unit] };
        await giveBack();
        return undefined;
      }
    }
    return async ({ usage, costUsd }: Attempt) => {
      const used = { tokens: (usage?.input ?? 0) + (usage?.output ?? 0), usd: costUsd ?? 0 };
      for (const { name, by } of taken) {
        const unit = name.startsWith("model/usd/") ? "usd" : "tokens";
        await store.count(day, name, counted(unit, used[unit]) - by);
      }
    };
  };
  return { reserve, reached: () => reached };
}

function counted(unit: Unit, amount: number): number {
  return unit === "usd" ? Math.ceil(amount * perUsd) : amount;
}

function priceFor({ id, pricing = "list" }: Model, input: number, output: number): number {
  if (pricing !== "list") return 0;
  return costOf(id, { input, output, cacheRead: 0, cacheWrite: 0 }) ?? 0;
}
