import type { Refusal } from "./archive.ts";
import type { Block } from "./block.ts";
import type { Answers, Brief, Edition, Origin, PlaceholderName } from "./brief.ts";
import type { Language } from "./text.ts";

export type Person = { id: string; name: string };

/** What a workspace or server has settled for everybody who starts a conversation there. */
export type Defaults = { language?: Language; gitops?: "auto" | "flux" | "argocd"; edition?: Edition };

/** What a person, a clock or a finished work did. `id` is the same however often it is delivered; `at` is in ms since the epoch. */
export type Event = {
  id: string;
  conversation: string;
  at: number;
  person?: Person;
  /** A hint: what a person writes clearly outweighs it, unless `languageSure` says that they set it themselves. */
  language?: Language;
  languageSure?: boolean;
  /** Workspace or server: what defaults and caps hold for. */
  scope?: string;
  /** Chosen with what opens the conversation; outweighs what is settled. */
  edition?: Edition;
  /** What is settled there; put in by the bot, never by a platform. */
  defaults?: Defaults;
  /** Whom the operator allows to steer conversations of others; put in by the bot. */
  operator?: boolean;
} & (
  | { kind: "said"; text: string; attachments?: Attachment[] }
  /** A button or a menu of ours: `action` as in the block, `value` where it had one. */
  | { kind: "pressed"; action: string; value?: string }
  /** A form: placeholder names to what was typed or picked; `text` is what its fields were prefilled from. */
  | { kind: "submitted"; fields: Record<string, string>; text?: string }
  /** More than a person may send in a while: said once, until it is over. */
  | { kind: "limited"; seconds: number }
  /** A work came back. Of an older generation: counted, not shown. */
  | { kind: "done"; effect: string; generation: number; result: Result }
  /** `job` says which kind of work it was, where the session knows: a failed answer does not end a plan. */
  | { kind: "failed"; effect: string; generation: number; reason: Failure; job?: Job["kind"] }
);
export type Attachment = {
  name: string;
  bytes: number;
  text?: string;
  content?: Uint8Array;
  /** What an archive holds, once it is unpacked; `links` lead elsewhere and were not followed. */
  files?: { path: string; content: string }[];
  links?: string[];
  /** Why an archive was not unpacked. */
  refused?: { reason: Refusal; values: Readonly<Record<string, string | number>> };
};

/** Why an effect was given up, as a key the interface has a sentence for (`failure.<reason>`). */
export type Failure = "gone" | "refused" | "timeout" | "internal" | "too-large" | "stopped" | "limit";

/** Long work, done outside the lane; its Result comes back as an event. Plans are stored first, then named by id. */
export type Job =
  | { kind: "plan"; brief: Brief; revision: number }
  /** A question about a plan, answered from plan and catalogue; before there is a plan (`plan` is ""), from the catalogue. */
  | { kind: "answer"; question: string; plan: string }
  /** A change of a plan that the rules could not read; `person` asked for it. */
  | { kind: "patch"; message: string; plan: string; person?: Person }
  /** YAML pasted or attached, checked by the guard. */
  | { kind: "check"; files: { path: string; content: string }[] };
export type Result =
  | { kind: "plan"; plan: string; revision: number }
  | { kind: "answer"; blocks: Block[] }
  /** What was read as changed; no answers where nothing was. The rest is that of the job. */
  | { kind: "patch"; message: string; plan: string; person?: Person; answers?: Answers }
  | { kind: "check"; blocks: Block[] };

/** What must happen next. The session gives each an id and the conversation's generation when it stores them. */
export type Effect =
  /** `key` names the message, so that a later effect can edit it: `card`, `question:<placeholder>`. */
  | { kind: "post"; key: string; blocks: Block[] }
  /** `superseded`: only so that nobody takes it for what counts now; what is not there, or cannot be edited, stays. */
  | { kind: "edit"; key: string; blocks: Block[]; superseded?: true }
  | { kind: "work"; job: Job }
  /** A stored plan, rendered when it is posted; with `since` only what changed from that revision is shown. */
  | { kind: "show"; plan: string; part: "whole" | "diff" | "zip" | "prompt" | "document"; since?: string }
  /** Every work of this conversation that still runs is aborted. */
  | { kind: "abort" }
  /** All records of this conversation go. */
  | { kind: "forget" };
export type StoredEffect = { id: string; generation: number; attempts: number; effect: Effect };

/** Everything `converse` remembers; small, plain data. */
export type State = {
  phase: "new" | "asking" | "summary" | "working" | "planned" | "ended";
  edition: Edition;
  language: Language;
  /** Pinned by the person ("auf Deutsch"); else it follows what they write first. */
  languagePinned: boolean;
  startedBy?: Person;
  /** Workspace or server where it was started. */
  scope?: string;
  /** A name a person gave it. */
  title?: string;
  answers: Answers;
  origins: Partial<Record<PlaceholderName, Origin>>;
  /** The words each answer was read from. */
  quotes: Partial<Record<PlaceholderName, string>>;
  /** Open question, and those already asked, newest last, for "back". */
  asking?: PlaceholderName;
  asked: PlaceholderName[];
  /** Read, but not certain: asked first, with these as the choices. */
  unsure?: { name: PlaceholderName; candidates: (string | number | boolean)[] }[];
  /** Said while a plan was being made; offered as a change once it is there. */
  later?: Answers;
  /** Ids of the revisions, oldest first; the one in force. */
  plans: string[];
  current?: string;
  /** Brief of each revision by its id, and of the one in the making under `proposed`. */
  briefs: Record<string, Brief>;
};

export const freshState: State = {
  phase: "new",
  edition: "pro",
  language: "en",
  languagePinned: false,
  answers: {},
  origins: {},
  quotes: {},
  asked: [],
  plans: [],
  briefs: {},
};

/** The record of a conversation, written whole in one write a turn. */
export type Conversation = {
  version: 1;
  id: string;
  state: State;
  generation: number;
  /** Event ids with the time they were seen, ms; kept seven days. */
  seen: Record<string, number>;
  outbox: StoredEffect[];
  /** Platform ids of messages by effect key, for edits. */
  posts: Record<string, string>;
  createdAt: number;
  updatedAt: number;
};
