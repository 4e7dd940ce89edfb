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
  EDGEWRIGHT_MODEL_FIRST_TEXT_SECONDS: z.coerce
    .number()
    .min(1)
    .max(3_600)
    .default(90)
    .describe("How long a model may think before its first text; a model on your own machine may need more"),
  EDGEWRIGHT_MODEL_TOTAL_SECONDS: z.coerce
    .number()
    .min(1)
    .max(7_200)
    .default(300)
    .describe("How long all models together may take for one plan; then the rules alone plan"),
  EDGEWRIGHT_ALLOW_LANGSMITH: z
    .enum(["true", "false"])
    .default("false")
    .describe("LangSmith would get every prompt: its variables are refused unless this is true"),
});
export type ModelSettings = z.infer<typeof modelSettings>;
