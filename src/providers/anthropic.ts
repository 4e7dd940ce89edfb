import { z } from "zod";
import { UsageError } from "#model/errors.ts";
import { defineProvider, type Message, type Usage } from "#model/provider.ts";

const officialUrl = "https://api.anthropic.com";

export default defineProvider({
  name: "anthropic",
  env: z.object({
    ANTHROPIC_API_KEY: z.string().min(1).optional().describe("Key for models named anthropic:… in MODELS"),
    ANTHROPIC_BASE_URL: z
      .url()
      .optional()
      .describe("A gateway that speaks Anthropic's API, instead of https://api.anthropic.com"),
  }),
  lacks: ({ ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL }) =>
    ANTHROPIC_API_KEY || ANTHROPIC_BASE_URL
      ? undefined
      : "anthropic: ANTHROPIC_API_KEY is missing. Set it, or ANTHROPIC_BASE_URL for a gateway that needs no key",
  async open({ model, env }) {
    const lacking = this.lacks?.(env);
    if (lacking) throw new UsageError(lacking);
    const { ChatAnthropic } = await import("@langchain/anthropic");
    const build = (maxTokens: number) =>
      new ChatAnthropic({
        model,
        maxTokens, // there is no such option per call
        maxRetries: 0, // the chain retries, with feedback and a deadline
        apiKey: env.ANTHROPIC_API_KEY ?? "none",
        // Always named: a tracing gateway could step in between otherwise.
        anthropicApiUrl: env.ANTHROPIC_BASE_URL ?? officialUrl,
        clientOptions: { maxRetries: 0 },
      });
    const instances = new Map<number, ReturnType<typeof build>>();

    return {
      id: `anthropic:${model}`,
      pricing: env.ANTHROPIC_BASE_URL && env.ANTHROPIC_BASE_URL !== officialUrl ? "unknown" : "list",
      langchain: async ({ maxTokens }) => build(maxTokens),
      async *stream({ messages, schema, maxTokens, signal }) {
        const chat = instances.get(maxTokens) ?? build(maxTokens);
        instances.set(maxTokens, chat);
        const stream = await chat.stream(messages.map(withCache), {
          signal,
          ...(schema && { outputConfig: { format: { type: "json_schema" as const, schema: schema.wire } } }),
        });
        let usage: Usage | undefined;
        for await (const chunk of stream) {
          usage = count(usage, chunk.usage_metadata);
          const finish = chunk.additional_kwargs.stop_reason as string | undefined;
          yield {
            text: chunk.text,
            ...(finish && { finish }),
            ...(finish === "refusal" && { refusal: finish }),
            ...(chunk.usage_metadata && usage && { usage }),
          };
        }
      },
    };
  },
});

/** The system message is the stable part of a prompt; from here on it is read from the provider's cache. */
function withCache({ role, content }: Message) {
  if (role !== "system") return { role, content };
  return { role, content: [{ type: "text", text: content, cache_control: { type: "ephemeral" } }] };
}

type Counted = {
  input_tokens: number;
  output_tokens: number;
  input_token_details?: { cache_read?: number; cache_creation?: number };
};

/** Input is told at the start, output as a running sum: adding both up would count the first output twice. */
function count(before: Usage | undefined, counted: Counted | undefined): Usage | undefined {
  if (!counted) return before;
  const { input_tokens, output_tokens, input_token_details: details } = counted;
  if (before) return { ...before, output: Math.max(before.output, output_tokens) };
  return {
    input: input_tokens,
    output: output_tokens,
    cacheRead: details?.cache_read ?? 0,
    cacheWrite: details?.cache_creation ?? 0,
  };
}
