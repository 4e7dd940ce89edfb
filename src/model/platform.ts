import type { z } from "zod";
import type { Block, Limits } from "./block.ts";
import type { Event, Failure } from "./conversation.ts";
import type { Language } from "./text.ts";

/** Says a sentence of the interface by its key, in one language. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** What a platform may call of us. `receive` resolves once the event is stored: acknowledge only then. */
export type Bot = {
  receive: (event: Event) => Promise<void>;
  say: (language: Language) => Say;
};

export type Step = { key: string; state: "open" | "running" | "done" | "failed"; note?: string };

export type Log = {
  debug: (fields: object, message: string) => void;
  info: (fields: object, message: string) => void;
  warn: (fields: object, message: string) => void;
  error: (fields: object, message: string) => void;
};

export type Connection = {
  /**
   * Posts one message; `key` is stable over retries, so that nothing is posted twice. Returns the platform's id of it.
   * Throws PermanentError when no retry can help, AmbiguousError when it may have been posted and cannot be looked up.
   */
  post: (
    conversation: string,
    blocks: Block[],
    /** `language` is the conversation's, for words of the platform's own. */
    options: { key: string; signal: AbortSignal; language?: Language },
  ) => Promise<string>;
  edit: (
    conversation: string,
    message: string,
    blocks: Block[],
    options: { signal: AbortSignal },
  ) => Promise<void>;
  /** Progress of a running work; best effort, never stored. An empty list takes it away. */
  status: (conversation: string, steps: Step[]) => void;
  /** Resolves when the person is gone (terminal) or the signal fired; servers never resolve by themselves. */
  closed: Promise<void>;
  close: () => Promise<void>;
};

export type Platform<Env extends z.ZodObject = z.ZodObject> = {
  name: string;
  /** Its settings; the shelf reads them, `.env.example` prints them. A platform whose required settings are absent is not started. */
  env: Env;
  limits: Limits;
  connect: (context: {
    env: z.infer<Env>;
    bot: Bot;
    split: (blocks: Block[], limits: Limits) => Block[][];
    log: Log;
    signal: AbortSignal;
    /** Small durable notes of the platform's own, such as a cursor. */
    notes: { get: (key: string) => Promise<unknown>; set: (key: string, value: unknown) => Promise<void> };
  }) => Promise<Connection>;
};

/** Gives a platform file its types. */
export function definePlatform<Env extends z.ZodObject>(platform: Platform<Env>): Platform<Env> {
  return platform;
}

/** No retry can help: the channel is gone, the request is refused. `reason` picks the sentence that is said. */
export class PermanentError extends Error {
  override readonly name = "PermanentError";
  readonly reason: Failure;
  constructor(message: string, { reason = "refused", ...options }: ErrorOptions & { reason?: Failure } = {}) {
    super(message, options);
    this.reason = reason;
  }
}
/** It may have happened and cannot be looked up: say so, do not repeat. */
export class AmbiguousError extends Error {
  override readonly name = "AmbiguousError";
}
