import type { z } from "zod";
import type { Block, Limits } from "./block.ts";
import type { Edition, PlaceholderName } from "./brief.ts";
import type { Defaults, Event, Failure, State } from "./conversation.ts";
import type { Language } from "./text.ts";

/** Says a sentence of the interface by its key, in one language. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** One conversation as a list shows it. */
export type Summary = {
  conversation: string;
  title: string;
  phase: State["phase"];
  edition: Edition;
  language: Language;
  /** How many revisions of a plan there are. */
  revisions: number;
  startedBy?: string;
  /** In ms since the epoch. */
  updatedAt: number;
};

/** One answer of the brief as a form asks for it; what comes back travels as text, as in `submitted`. */
export type FormField = {
  name: PlaceholderName;
  label: string;
  /** Why it is asked. */
  why: string;
  kind: "choice" | "number" | "text";
  /** The choices; for a number only proposals. */
  options: { value: string; label: string }[];
  /** What is known already, as it travels. */
  value?: string;
  /** What is taken where it is left empty, in words. */
  otherwise?: string;
  /** Not answered yet: asked first where a form cannot hold everything. */
  open: boolean;
};
export type Form = { title: string; intro: string; edition: Edition; fields: FormField[] };

/** What a platform may call of us. */
export type Bot = {
  /** Resolves once the event is stored: acknowledge only then. The notes are written with it, both or neither. */
  receive: (event: Event, notes?: readonly Note[]) => Promise<void>;
  say: (language: Language) => Say;
  /** A person's conversations on this platform, newest first. */
  conversationsOf: (person: string, language: Language) => Promise<Summary[]>;
  /** Those of this platform that have not ended, touched since then (ms); what a restart must catch up with. */
  openSince: (since: number) => Promise<Summary[]>;
  conversation: (id: string) => Promise<Summary | undefined>;
  /** The brief as a form: of a conversation, or prefilled with what a text says. */
  form: (of: { conversation?: string; text?: string; language: Language }) => Promise<Form>;
  /** What can be said and pressed, outside any conversation. */
  help: (language: Language) => Block[];
  defaults: (scope: string) => Promise<Defaults>;
  setDefaults: (scope: string, defaults: Defaults) => Promise<void>;
};

/** One thing `doctor` looked at. `code` names it for searches and scripts; `fix` says what to do when it is not fine. */
export type Check = { code: string; state: "ok" | "warn" | "fail" | "absent"; what: string; fix?: string };

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
    /** `superseded`: it is said again below, which only matters where the old words could still be pressed. */
    options: { signal: AbortSignal; superseded?: boolean },
  ) => Promise<void>;
  /** Progress of a running work; best effort, never stored. An empty list takes it away. */
  status: (conversation: string, steps: Step[], options: { language: Language }) => void;
  /** Tells the person alone, best effort, what could not be said in the conversation; unless they were told already why nothing can. */
  aside?: (conversation: string, text: string, options: { language: Language }) => Promise<void>;
  /** All records of a conversation are gone; notes about it go too. */
  forgotten?: (conversation: string) => Promise<void>;
  /** Resolves when the person is gone (terminal) or the signal fired; servers never resolve by themselves. */
  closed: Promise<void>;
  /** Resolves with a sentence when the platform can be served no longer (its token was revoked); what waits for it is kept. */
  lost?: Promise<string>;
  close: () => Promise<void>;
};

/** Parts blocks into messages that fit; nothing is ever cut away. */
export type Split = (blocks: Block[], limits: Limits) => Block[][];

export type Platform<Env extends z.ZodObject = z.ZodObject> = {
  name: string;
  /** Its settings; the shelf reads them, `.env.example` prints them. A platform whose required settings are absent is not started. */
  env: Env;
  limits: Limits;
  /** Blocks as messages, where only the platform knows how long a block is once it is drawn; else `split` alone. */
  arrange?: (blocks: Block[], split: Split) => Block[][];
  /** What is posted with a plan without being asked for. */
  attaches?: readonly ("zip" | "document")[];
  /** Looks at this platform's set-up for `doctor`; with `fix` it mends what its API allows, and says so. */
  examine?: (context: {
    env: z.infer<Env>;
    fix: boolean;
    signal: AbortSignal;
    /** For what is registered with the platform in several languages, such as commands. */
    say: (language: Language) => Say;
  }) => Promise<Check[]>;
  connect: (context: {
    env: z.infer<Env>;
    bot: Bot;
    split: Split;
    log: Log;
    signal: AbortSignal;
    notes: Notes;
  }) => Promise<Connection>;
};

export type Note = readonly [key: string, value: unknown];

/** Small durable notes of a platform's own, such as a cursor or where a conversation takes place. */
export type Notes = {
  get: (key: string) => Promise<unknown>;
  set: (key: string, value: unknown) => Promise<void>;
  delete: (key: string) => Promise<void>;
  entries: (prefix: string) => AsyncGenerator<[key: string, value: unknown], void>;
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
