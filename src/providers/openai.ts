import { z } from "zod";
import { UsageError } from "#model/errors.ts";
import { defineProvider, type Usage } from "#model/provider.ts";

const officialUrl = "https://api.openai.com/v1";

export default defineProvider({
  name: "openai",
  env: z.object({
    OPENAI_API_KEY: z
      .string()
      .min(1)
      .optional()
      .describe("Key for models named openai:… in MODELS; a server of your own may need none"),
    OPENAI_BASE_URL: z
      .url()
      .optional()
      .describe(
        "Any server that speaks OpenAI's API (vLLM, LM Studio, Azure …), such as http://127.0.0.1:8000/v1",
      ),
    OPENAI_API: z
      .enum(["auto", "chat", "responses"])
      .default("auto")
      .describe("Which of OpenAI's APIs to speak; auto goes by the model, compatible servers know chat best"),
  }),
  lacks: ({ OPENAI_API_KEY, OPENAI_BASE_URL }) =>
    OPENAI_API_KEY || OPENAI_BASE_URL
      ? undefined
      : "openai: OPENAI_API_KEY is missing. Set it, or OPENAI_BASE_URL for a server that needs no key",
  async open({ model, env }) {
    const lacking = this.lacks?.(env);
    if (lacking) throw new UsageError(lacking);
    const openai = await import("@langchain/openai");
    const build = (maxTokens: number, { raw = true } = {}) => {
      const fields = {
        model,
        maxTokens, // there is no such option per call
        maxRetries: 0, // the chain retries, with feedback and a deadline
        apiKey: env.OPENAI_API_KEY ?? "none",
        // Always named: the SDK would read its own variables otherwise, and a tracing gateway could step in between.
        configuration: { baseURL: env.OPENAI_BASE_URL ?? officialUrl },
        // Chat Completions carries a refusal in a field that the adapter drops.
        __includeRawResponse: raw,
        // The Responses API keeps prompts for thirty days unless told not to.
        zdrEnabled: true,
      };
      // The general class goes by the model's name alone, so a fixed choice needs the class behind it.
      if (env.OPENAI_API === "chat") return new openai.ChatOpenAICompletions(fields);
      return env.OPENAI_API === "responses"
        ? new openai.ChatOpenAIResponses(fields)
        : new openai.ChatOpenAI(fields);
    };
    const instances = new Map<number, ReturnType<typeof build>>();

    return {
      id: `openai:${model}`,
      pricing: env.OPENAI_BASE_URL && env.OPENAI_BASE_URL !== officialUrl ? "unknown" : "list",
      // What came raw would be sent along with every later turn.
      langchain: async ({ maxTokens }) => build(maxTokens, { raw: false }),
      async *stream({ messages, schema, maxTokens, signal }) {
        const chat = instances.get(maxTokens) ?? build(maxTokens);
        instances.set(maxTokens, chat);
        const stream = await chat.stream([...messages], {
          signal,
          ...(schema && {
            response_format: {
              type: "json_schema" as const,
              json_schema: { name: schema.name, strict: true, schema: schema.wire },
            },
          }),
        });
        for await (const chunk of stream) {
          const metadata = chunk.response_metadata as Metadata;
          const finish = finishOf(metadata);
          const refusal = refusalOf(chunk.additional_kwargs);
          yield {
            text: chunk.text,
            ...(refusal && { refusal }),
            ...(finish && { finish }),
            ...(chunk.usage_metadata && { usage: usageOf(chunk.usage_metadata) }),
          };
        }
      },
    };
  },
});

type Metadata = {
  finish_reason?: string;
  status?: string;
  incomplete_details?: { reason?: string } | null;
};

/** Chat names a finish reason; Responses has a status, and a reason only where it is incomplete. */
function finishOf({ finish_reason, status, incomplete_details }: Metadata): string | undefined {
  if (finish_reason) return finish_reason;
  return status === "incomplete" ? (incomplete_details?.reason ?? "length") : status;
}

type Extra = {
  refusal?: string;
  __raw_response?: { choices?: { delta?: { refusal?: string | null } }[] };
};

function refusalOf(extra: Record<string, unknown>): string | undefined {
  const { refusal, __raw_response: raw } = extra as Extra;
  return refusal || raw?.choices?.[0]?.delta?.refusal || undefined;
}

type Counted = {
  input_tokens: number;
  output_tokens: number;
  input_token_details?: { cache_read?: number; cache_creation?: number };
};

function usageOf({ input_tokens, output_tokens, input_token_details: details }: Counted): Usage {
  return {
    input: input_tokens,
    output: output_tokens,
    cacheRead: details?.cache_read ?? 0,
    cacheWrite: details?.cache_creation ?? 0,
  };
}
