import type { Block } from "#model/block.ts";
import type { Answers, Brief } from "#model/brief.ts";
import type { Effect } from "#model/conversation.ts";
import type { Plan } from "#model/plan.ts";
import type { Connection, Log, Platform, Say, Split, Step } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import type { Converse } from "../session/turn.ts";
import type { SessionOptions } from "../session.ts";
import type { Store } from "../store.ts";

/** For whom a work is done: caps on what models take are counted by conversation and person. */
export type Asking = { conversation: string; user: string; signal: AbortSignal };

/** Long work, as functions: each has to end when its signal fires. */
export type Jobs = {
  plan: (
    brief: Brief,
    options: Asking & { revision: number; onStep: (steps: Step[]) => void },
  ) => Promise<Plan>;
  /** Without a plan the catalogue alone answers. */
  answer: (
    question: string,
    plan: Plan | undefined,
    options: Asking & { language: Language },
  ) => Promise<Block[]>;
  /** The answers that a person's words change, where the rules read none; needs a model. */
  patch?: (message: string, plan: Plan, options: Asking) => Promise<Answers | undefined>;
  check: (
    files: readonly { path: string; content: string }[],
    options: { language: Language; signal: AbortSignal },
  ) => Promise<Block[]>;
};

type Shown = Extract<Effect, { kind: "show" }>;

export type JourneyOptions = {
  store: Store;
  converse: Converse;
  jobs: Jobs;
  /** A stored plan as blocks. */
  show: (
    plan: Plan,
    options: {
      part: Shown["part"];
      language: Language;
      since?: Plan;
      /** Posted with a whole plan without being asked for. */
      attaches?: Platform["attaches"];
    },
  ) => Block[] | Promise<Block[]>;
  split: Split;
  /** Those that are connected, by name; may be filled after the journey was made, before `resume`. */
  platforms: ReadonlyMap<
    string,
    { connection: Connection } & Pick<Platform, "limits" | "attaches" | "arrange">
  >;
  /** How many plans a person and a workspace may have made a day; none where it is absent. */
  plansPerDay?: { person: number; scope: number };
  say: (language: Language) => Say;
  log: Log;
  session?: Partial<Pick<SessionOptions, "now" | "sleep" | "tries" | "showMs" | "workMs">>;
};

/** Conversation ids are `<platform>:<thread>`. */
export function platformOf(conversation: string): string {
  return conversation.slice(0, conversation.indexOf(":"));
}
