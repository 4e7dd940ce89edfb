import type { Effect, Job, Result, State } from "#model/conversation.ts";

/** What carrying an effect out may know and do. */
export type Carrying = {
  conversation: string;
  /** Stable over retries and restarts: the root of every idempotency key. */
  effect: string;
  generation: number;
  state: State;
  posts: Readonly<Record<string, string>>;
  /** Keeps the platform's id of a part at once, so that a crash before the next part does not repeat this one. */
  remember: (key: string, message: string) => Promise<void>;
  signal: AbortSignal;
};
/** Effects that put something into the thread. */
export type Shown = Extract<Effect, { kind: "post" | "edit" | "show" }>;
export type Carry = {
  /** Puts something into the thread; returns the platform's ids of what it posted, by key. */
  show: (effect: Shown, carrying: Carrying) => Promise<Readonly<Record<string, string>>>;
  work: (job: Job, carrying: Carrying) => Promise<Result>;
};
