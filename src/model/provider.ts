import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { z } from "zod";

/** One message of a model call. */
export type Message = { role: "system" | "user" | "assistant"; content: string };

/** Tokens as the provider counted them; `input` includes what came from its cache. */
export type Usage = { input: number; output: number; cacheRead: number; cacheWrite: number };

/**
 * A piece of a streamed answer. `usage` is what was counted so far, `finish` the provider's own word for the end, `refusal`
 * its own or the model's words for a no.
 */
export type Chunk = { text?: string; usage?: Usage; finish?: string; refusal?: string };

/** A JSON schema inside the dialects of all providers: what the answer must look like on the wire. */
export type WireSchema = Readonly<Record<string, unknown>>;

/** An opened model. `stream` throws what the adapter throws; the chain tells what it means. */
export type Model = {
  /** As in MODELS: `openai:gpt-5.5`. */
  id: string;
  /** `list`: billed as in the price table · `free`: our own hardware · `unknown`: somebody else's server. */
  pricing?: "list" | "free" | "unknown";
  stream: (call: {
    messages: readonly Message[];
    schema?: { name: string; wire: WireSchema };
    maxTokens: number;
    signal: AbortSignal;
  }) => AsyncIterable<Chunk>;
  /** The same model as LangChain's own, for what needs one: an agent with tools. Retries nothing; ends when the signal fires. */
  langchain?: (options: { maxTokens: number; signal: AbortSignal }) => Promise<BaseChatModel>;
};

/** What became of one attempt. `budget`: not made, because a cap on tokens or money was reached. */
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
  "budget",
] as const;
export type Outcome = (typeof outcomes)[number];

/** One thing wrong with an answer, in words a model can act on. `pointer` is a JSON pointer into the answer. */
export type Objection = { pointer: string; rule: string; message: string };

/** One call of a model, for provenance and log. Holds nothing of the prompt. */
export type Attempt = {
  model: string;
  kind: Outcome;
  ms: number;
  /** When the first text came; null when none did. */
  firstTextMs: number | null;
  /** Null when the provider never took the call. */
  usage: Usage | null;
  /** The provider did not say; counted from the length of the texts. */
  estimated: boolean;
  /** Null when the price is not known. */
  costUsd: number | null;
  objections: Objection[];
  /** Whether this answer was a correction of an earlier one. */
  repair: boolean;
  /** The provider's words, shortened, credentials blanked. */
  detail?: string;
  /** An operator has to look: a wrong key, a schema that was refused, a quota that is used up. */
  alert?: true;
};

/** What came of a chain. `best` passed the schema and still has objections: the caller may take what is sound of it. */
export type ChainResult<T> =
  | { kind: "ok"; value: T; attempts: Attempt[] }
  | { kind: Exclude<Outcome, "ok">; attempts: Attempt[]; best?: { value: T; objections: Objection[] } };

/** How long a chain waits: for the first text, between two pieces, for one call, for everything. */
export type Deadlines = { firstTextMs: number; idleMs: number; attemptMs: number; totalMs: number };

/** Time as the chain sees it; `after` returns what takes the timer back. */
export type Clock = { now: () => number; after: (ms: number, run: () => void) => () => void };

/** Asked before each call. No answer means that a cap is reached; else it is told what the call took. */
export type Reserve = (call: {
  model: Model;
  inputTokens: number;
  outputTokens: number;
}) => Promise<((attempt: Attempt) => Promise<void>) | undefined>;

/** What a chain is run with. */
export type ChainOptions<T> = {
  schema: z.ZodType<T>;
  /** The same schema as `wireSchema` writes it; bound to the provider's native JSON mode. */
  wire: WireSchema;
  /** Letters, digits and `_`: providers show it to the model. */
  name?: string;
  /** The guards. Their objections are sent back to the model. */
  check: (value: T) => Objection[];
  messages: readonly Message[];
  /** In the order in which they are tried. */
  models: readonly Model[];
  deadlines?: Partial<Deadlines>;
  maxTokens?: number;
  repairs?: number;
  signal: AbortSignal;
  /** What the answer looks like so far; at most every 700 ms, unchecked. */
  onPartial?: (value: unknown) => void;
  onAttempt?: (attempt: Attempt) => void;
  reserve?: Reserve;
  clock?: Clock;
};

/** A language model provider. Shelf `providers/`: LangChain is loaded only when `open` is called. */
export type Provider<Env extends z.ZodObject = z.ZodObject> = {
  name: string;
  env: Env;
  /** What must be set before `open` can work, as a sentence; nothing when all is there. */
  lacks?: (env: z.infer<Env>) => string | undefined;
  open: (options: { model: string; env: z.infer<Env> }) => Promise<Model>;
};

/** Gives a provider file its types. */
export function defineProvider<Env extends z.ZodObject>(provider: Provider<Env>): Provider<Env> {
  return provider;
}
