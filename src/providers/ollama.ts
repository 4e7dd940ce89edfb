import { z } from "zod";
import { defineProvider } from "#model/provider.ts";

export default defineProvider({
  name: "ollama",
  env: z.object({
    OLLAMA_BASE_URL: z
      .url()
      .default("http://127.0.0.1:11434")
      .describe("Where Ollama listens, for models named ollama:… in MODELS"),
    OLLAMA_CONTEXT_TOKENS: z.coerce
      .number()
      .int()
      .min(2_048)
      .default(32_768)
      .describe("Context window to load a model with; Ollama cuts a longer prompt without a word"),
  }),
  async open({ model, env }) {
    const { ChatOllama } = await import("@langchain/ollama");

    const fieldsOf = (maxTokens: number, signal: AbortSignal, onHeaders = (_: Headers) => {}) => ({
      model,
      maxRetries: 0, // the chain retries, with feedback and a deadline
      baseUrl: env.OLLAMA_BASE_URL,
      numPredict: maxTokens,
      numCtx: env.OLLAMA_CONTEXT_TOKENS,
      // The adapter looks at a signal only between two pieces: a silent server would keep its socket.
      async fetch(input: string | URL | Request, init?: RequestInit) {
        const response = await fetch(input, { ...init, signal: joined(signal, init?.signal) });
        onHeaders(response.headers);
        return response;
      },
    });

    return {
      id: `ollama:${model}`,
      // Models that Ollama runs elsewhere are billed by it.
      pricing: /[-:]cloud$/.test(model) ? "unknown" : "free",
      langchain: async ({ maxTokens, signal }) => new ChatOllama(fieldsOf(maxTokens, signal)),
      async *stream({ messages, schema, maxTokens, signal }) {
        let headers: Headers | undefined;
        const chat = new ChatOllama({
          ...fieldsOf(maxTokens, signal, (given) => {
            headers = given;
          }),
          ...(schema && { format: schema.wire }),
        });
        const stream = await chat.stream([...messages], { signal }).catch((error: object) => {
          throw Object.assign(error, { headers }); // which the adapter forgets
        });
        for await (const chunk of stream) {
          const { done_reason: finish } = chunk.response_metadata as { done_reason?: string };
          const counted = chunk.usage_metadata;
          yield {
            text: chunk.text,
            ...(finish && { finish }),
            ...(counted && {
              usage: {
                input: counted.input_tokens,
                output: counted.output_tokens,
                cacheRead: 0,
                cacheWrite: 0,
              },
            }),
          };
        }
      },
    };
  },
});

function joined(ours: AbortSignal, theirs: AbortSignal | null | undefined): AbortSignal {
  return theirs ? AbortSignal.any([ours, theirs]) : ours;
}
