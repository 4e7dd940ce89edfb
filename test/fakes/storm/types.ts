import type { Language } from "#model/text.ts";

/** One line of the bot's log, parsed. */
export type LogLine = Readonly<Record<string, unknown>>;

/** What is read in a thread, in its order. */
export type Post = {
  id: string;
  by: "bot" | "person";
  /** All its words, tables and code included. */
  text: string;
  /** Words on the buttons that can be pressed now. */
  buttons: string[];
  /** Names and sizes of the files it shows. */
  files: string[];
  /** Progress that is edited while work runs; how often and how fast is no promise. */
  isProgress?: boolean;
};

/** How a conversation begins: where a platform has no such way, its adapter takes the one that comes closest. */
export type Way = "command" | "mention" | "direct";

/** What a person waits for before they go on: all that is named here. */
export type Sign = {
  /** A post of the bot holds these words. */
  text?: string;
  /** A button can be pressed. */
  button?: string;
  /** A file whose name begins so is there. */
  file?: string;
};

export type Act = ({ say: string } | { press: string }) & { until: Sign };

export type Story = {
  /** Tells it from the others, and stands for `{name}` in what is said. */
  name: string;
  /** Stories of the same kind and language read the same but for their names. */
  kind: string;
  language: Language;
  way: Way;
  opening: string;
  /** What shows that the opening was answered. */
  until: Sign;
  acts: Act[];
  /** Plans that are made on the way. */
  plans: number;
};

/** A person with a place of their own; the adapter knows what it is called there. */
export type Seat = { at: number; language: Language };

/** A fake platform that is open, with its people. */
export type Stage = {
  /** Settings that connect a bot to it. */
  env: Record<string, string>;
  /** Whether this line of the log says that the bot can be reached. */
  isConnected: (line: LogLine) => boolean;
  /** After every start, where the platform has to be told about it. */
  attach?: (log: readonly LogLine[]) => Promise<void>;
  /** Begins a conversation; false where the person saw that it failed. */
  begin: (seat: Seat, opening: { way: Way; text: string }) => Promise<boolean>;
  /** The thread in which the seat's conversation goes on, as soon as there is one. */
  threadOf: (seat: Seat) => Promise<string | undefined>;
  say: (seat: Seat, thread: string, text: string) => Promise<void>;
  /** Presses the newest button with these words; false where the person saw that it failed. */
  press: (seat: Seat, thread: string, words: string) => Promise<boolean>;
  read: (seat: Seat, thread: string) => Promise<Post[]>;
  /** Deliveries and calls so far, and those on their way: still when nothing changes and nothing is under way. */
  pulse: () => Promise<{ activity: number; underway: number }>;
  /** Every event is delivered so often, at random moments within that time. */
  unruly: (rules: { times: [least: number, most: number]; spreadMs: number }) => Promise<void>;
  /** What this platform does to a connection now and then, by name. */
  disturb?: Record<string, () => Promise<unknown>>;
  /** Bad weather of this platform by name: calls that fail at random until it clears up. */
  weathers?: Record<string, (seed: number) => Promise<unknown>>;
  clearUp?: () => Promise<unknown>;
  /** How often something was delivered to the bot. */
  deliveries: () => Promise<number>;
  /** What broke rules of the platform, pinged somebody, or was never taken; empty where all was well. */
  complaints: () => Promise<string[]>;
  close: () => Promise<void>;
};

/** Opens stages of one platform. */
export type Theatre = {
  name: string;
  open: (options: { seats: readonly Seat[]; seed: number }) => Promise<Stage>;
};
