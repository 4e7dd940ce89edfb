import type { z } from "zod";

/** One message of a model call. */
export type Message = { role: "system" | "user" | "assistant"; content: string };

/** Tokens as the provider counted them; `input` includes what came from its cache. */
export type Usage = { input: number; output: number; cacheRead: number; cacheWrite: number };

/** A piece of a streamed answer; `finish` is the provider's own word, on the last one. */
export type Chunk = { text?: string; usage?: Usage; finish?: string; refusal?: string };

/** A JSON schema inside the dialects of all providers: what the answer must look like on the wire. */
export type WireSchema = Readonly<Record<string, unknown>>;

/** An opened model. `stream` throws what the adapter throws; `classify` tells what it means. */
export type Model = {
  /** As in MODELS: `openai:gpt-5.5`. */
  id: string;
  stream: (call: {
    messages: readonly Message[];
    schema?: { name: string; wire: WireSchema };
    maxTokens: number;
    signal: AbortSignal;
  }) => AsyncIterable<Chunk>;
};

/** What became of one attempt. */
export const outcomes = [
  "ok",
  "schema",
  "guard",
  "malformed",
  "length",
  "refusal",
  "filter",
  "cut",
  "timeout",
  "rate",
  "server",
  "config",
  "aborted",
] as const;
export type Outcome = (typeof outcomes)[number];

/** One thing wrong with an answer, in words a model can act on. `pointer` is a JSON pointer into the answer. */
export type Objection = { pointer: string; rule: string; message: string };

/** A language model provider. Shelf `providers/`: LangChain is loaded only when `open` is called. */
export type Provider<Env extends z.ZodObject = z.ZodObject> = {
  name: string;
  env: Env;
  open: (options: { model: string; env: z.infer<Env> }) => Promise<Model>;
};

/** Gives a provider file its types. */
export function defineProvider<Env extends z.ZodObject>(provider: Provider<Env>): Provider<Env> {
  return provider;
}
