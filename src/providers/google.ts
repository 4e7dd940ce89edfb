import { z } from "zod";
import { UsageError } from "#model/errors.ts";
import { defineProvider, type Usage } from "#model/provider.ts";

const officialUrl = "https://generativelanguage.googleapis.com";

export default defineProvider({
  name: "google",
  env: z.object({
    GOOGLE_API_KEY: z
      .string()
      .min(1)
      .optional()
      .describe("Gemini API key for models named google:… in MODELS"),
    GOOGLE_BASE_URL: z
      .url()
      .optional()
      .describe("A gateway that speaks the Gemini API, instead of https://generativelanguage.googleapis.com"),
  }),
  lacks: ({ GOOGLE_API_KEY, GOOGLE_BASE_URL }) =>
    GOOGLE_API_KEY || GOOGLE_BASE_URL
      ? undefined
      : "google: GOOGLE_API_KEY is missing. Set it, or GOOGLE_BASE_URL for a gateway that needs no key",
  async open({ model, env }) {
    const lacking = this.lacks?.(env);
    if (lacking) throw new UsageError(lacking);
    // The older @langchain/google-genai ends the whole process when a stream is cut.
    const { ChatGoogle } = await import("@langchain/google");
    const fields = {
      model,
      maxRetries: 0, // the chain retries, with feedback and a deadline
      platformType: "gai" as const,
      apiKey: env.GOOGLE_API_KEY ?? "none",
      endpoint: env.GOOGLE_BASE_URL ?? officialUrl,
    };
    const chat = new ChatGoogle(fields);

    return {
      id: `google:${model}`,
      pricing: env.GOOGLE_BASE_URL && env.GOOGLE_BASE_URL !== officialUrl ? "unknown" : "list",
      langchain: async ({ maxTokens }) => new ChatGoogle({ ...fields, maxOutputTokens: maxTokens }),
      async *stream({ messages, schema, maxTokens, signal }) {
        let blocked: string | undefined;
        const stream = await chat.stream([...messages], {
          signal,
          maxOutputTokens: maxTokens,
          ...(schema && { responseSchema: schema.wire as Record<string, unknown> }),
          // A prompt that was blocked comes back as a piece without an answer, which the adapter passes over.
          callbacks: [
            {
              handleCustomEvent: (name: string, data: unknown) => {
                if (name.startsWith("google-chunk")) blocked ??= blockReason(data);
              },
              awaitHandlers: true,
            },
          ],
        });
        let usage: Usage | undefined;
        for await (const chunk of stream) {
          usage = add(usage, chunk.usage_metadata);
          const { finishReason: finish } = chunk.additional_kwargs as { finishReason?: string };
          yield {
            text: chunk.text,
            ...(finish && { finish }),
            // Gemini has no other way to say no.
            ...(finish === "SAFETY" && { refusal: finish }),
            ...(chunk.usage_metadata && usage && { usage }),
          };
        }
        if (blocked) yield { finish: blocked };
      },
    };
  },
});

function blockReason(data: unknown): string | undefined {
  const { chunk } = data as { chunk?: { promptFeedback?: { blockReason?: string } } | null };
  return chunk?.promptFeedback?.blockReason && "PROHIBITED_CONTENT";
}

type Counted = {
  input_tokens: number;
  output_tokens: number;
  input_token_details?: { cache_read?: number };
};

/** The adapter tells what came since the piece before. */
function add(before: Usage | undefined, counted: Counted | undefined): Usage | undefined {
  if (!counted) return before;
  const { input_tokens, output_tokens, input_token_details: details } = counted;
  return {
    input: (before?.input ?? 0) + input_tokens,
    output: (before?.output ?? 0) + output_tokens,
    cacheRead: (before?.cacheRead ?? 0) + (details?.cache_read ?? 0),
    cacheWrite: 0,
  };
}
