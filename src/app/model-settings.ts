import { z } from "zod";

const whole = (what: string, otherwise: number) =>
  z.coerce.number().int().min(0).default(otherwise).describe(`${what}; 0 for no cap`);
const money = (what: string, otherwise: number) =>
  z.coerce.number().min(0).default(otherwise).describe(`${what}, in US dollars at list price; 0 for no cap`);

/** Which models are asked, and how much they may take. Each provider brings its own settings beside these. */
export const modelSettings = z.object({
  MODELS: z
    .string()
    .regex(
      /^\s*[a-z]+:[^\s,]+(\s*,\s*[a-z]+:[^\s,]+)*\s*$/,
      "must be a list such as openai:gpt-5.5,anthropic:claude-sonnet-5",
    )
    .optional()
    .describe(
      "Models in the order in which they are tried, as provider:model; without any, the rules alone plan",
    ),
  EDGEWRIGHT_MAX_TOKENS_PER_PLAN: whole(
    "Tokens one plan may take, repairs and other models included",
    200_000,
  ),
  EDGEWRIGHT_MAX_TOKENS_PER_USER: whole("Tokens one person may take a day", 2_000_000),
  EDGEWRIGHT_MAX_TOKENS_PER_DAY: whole("Tokens everybody together may take a day", 20_000_000),
  EDGEWRIGHT_MAX_USD_PER_PLAN: money("What one plan may cost", 2),
  EDGEWRIGHT_MAX_USD_PER_USER: money("What one person may cost a day", 20),
  EDGEWRIGHT_MAX_USD_PER_DAY: money("What everybody together may cost a day", 100),
  EDGEWRIGHT_ALLOW_LANGSMITH: z
    .enum(["true", "false"])
    .default("false")
    .describe("LangSmith would get every prompt: its variables are refused unless this is true"),
});
export type ModelSettings = z.infer<typeof modelSettings>;
