import type { Usage } from "#model/provider.ts";

/** USD per million tokens. `longFrom` is the input size from which `long` is billed for the whole request. */
export type Price = Rates & { longFrom?: number; long?: Rates; until?: string };
type Rates = { input: number; output: number; cacheRead: number; cacheWrite: number };

/** When the list prices were read. A model that is not listed has no price here, and its cost is said to be unknown. */
export const pricesAsOf = "2026-11-21";
export const priceSources: Readonly<Record<string, string>> = {
  openai: "https://developers.openai.com/api/docs/pricing",
  anthropic: "https://platform.claude.com/docs/en/about-claude/pricing",
  google: "https://ai.google.dev/gemini-api/docs/pricing",
};

const rates = (input: number, output: number, cacheRead: number, cacheWrite = input): Rates => ({
  input,
  output,
  cacheRead,
  cacheWrite,
});
/** OpenAI, from GPT-6: above 272,000 input tokens the input costs twice, the output one and a half times as much. */
const longAt272k = (base: Rates): Price => ({
  ...base,
  longFrom: 272_001,
  long: {
    input: base.input * 2,
    output: base.output * 1.5,
    cacheRead: base.cacheRead * 2,
    cacheWrite: base.cacheWrite * 2,
  },
});

/** By `provider:model`; a dated name (`gpt-5.5-2026-04-23`, `claude-haiku-4-5-20251001`) is priced as its alias. */
const prices: Readonly<Record<string, Price>> = {
  "openai:gpt-6-astra": longAt272k(rates(10, 50, 1, 12.5)),
  "openai:gpt-6-sol": longAt272k(rates(2, 10, 0.2, 2.5)),
  "openai:gpt-6-luna": longAt272k(rates(0.1, 0.5, 0.01, 0.125)),
  "openai:gpt-6.1-sol": longAt272k(rates(2, 10, 0.1, 2.5)),
  "openai:gpt-5.6-sol": rates(4, 20, 0.4),
  "openai:gpt-5.6-terra": rates(2, 12, 0.2),
  "openai:gpt-5.6-luna": rates(0.2, 1.2, 0.02),
  "openai:gpt-5.5": rates(5, 30, 0.5),
  "openai:gpt-5.4": rates(2.5, 15, 0.25),
  "openai:gpt-5.4-mini": rates(0.75, 4.5, 0.075),
  "openai:gpt-5.4-nano": rates(0.2, 1.25, 0.02),
  "openai:gpt-4.1": rates(2, 8, 0.5),
  "openai:gpt-4.1-mini": rates(0.4, 1.6, 0.1),
  // Cache writes are those of five minutes, the kind that is asked for.
  "anthropic:claude-opus-5-5": rates(4, 20, 0.2, 5),
  "anthropic:claude-opus-5": rates(5, 25, 0.5, 6.25),
  "anthropic:claude-opus-4-8": rates(5, 25, 0.5, 6.25),
  "anthropic:claude-opus-4-7": rates(5, 25, 0.5, 6.25),
  "anthropic:claude-opus-4-6": rates(5, 25, 0.5, 6.25),
  "anthropic:claude-opus-4-5": rates(5, 25, 0.5, 6.25),
  "anthropic:claude-sonnet-5-5": rates(2, 10, 0.1, 2.5),
  "anthropic:claude-sonnet-5": rates(2, 10, 0.2, 2.5),
  "anthropic:claude-sonnet-4-6": rates(3, 15, 0.3, 3.75),
  "anthropic:claude-sonnet-4-5": rates(3, 15, 0.3, 3.75),
  "anthropic:claude-haiku-5-5": {
    ...rates(0.1, 0.5, 0.01, 0.125),
    longFrom: 100_001,
    long: rates(0.5, 2.5, 0.05, 0.625),
  },
  "anthropic:claude-haiku-4-5": rates(1, 5, 0.1, 1.25),
  // Half price until the end of the year; nothing is claimed for the time after.
  "google:gemini-3.8-flash": { ...rates(0.75, 3.75, 0.075), until: "2026-12-31" },
  "google:gemini-3.1-pro-preview": { ...rates(2, 12, 0.2), longFrom: 200_001, long: rates(4, 18, 0.4) },
  "google:gemini-3-flash-preview": rates(0.5, 3, 0.05),
  "google:gemini-2.5-pro": { ...rates(1.25, 10, 0.125), longFrom: 200_001, long: rates(2.5, 15, 0.25) },
  "google:gemini-2.5-flash": rates(0.3, 2.5, 0.03),
  "google:gemini-2.5-flash-lite": rates(0.1, 0.4, 0.01),
};

const DATED = /-(\d{4}-\d{2}-\d{2}|\d{8})$/;
const perMillion = 1_000_000;

/** The list price of a model as named in MODELS; nothing where the table has none, or the price has run out. */
export function priceOf(model: string, now = Date.now()): Price | undefined {
  const price = Object.hasOwn(prices, model) ? prices[model] : prices[model.replace(DATED, "")];
  if (price?.until && now > Date.parse(`${price.until}T23:59:59Z`)) return undefined;
  return price;
}

/** What tokens cost in USD at list price; null where the price is not known. */
export function costOf(model: string, usage: Usage, now = Date.now()): number | null {
  const price = priceOf(model, now);
  if (!price) return null;
  const { input, output, cacheRead, cacheWrite } =
    price.long && usage.input >= (price.longFrom ?? Number.POSITIVE_INFINITY) ? price.long : price;
  const fresh = Math.max(0, usage.input - usage.cacheRead - usage.cacheWrite);
  return (
    (fresh * input + usage.cacheRead * cacheRead + usage.cacheWrite * cacheWrite + usage.output * output) /
    perMillion
  );
}

/** Every listed model, for the documentation and the checks. */
export const pricedModels = Object.keys(prices);
