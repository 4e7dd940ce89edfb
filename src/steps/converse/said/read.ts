import type { Block } from "#model/block.ts";
import { type Answers, type PlaceholderName, placeholderNames } from "#model/brief.ts";
import type { Effect, Event, State } from "#model/conversation.ts";
import type { Understood } from "#model/understood.ts";
import { impliedByRefusal, valid } from "../answers.ts";
import { list } from "../blocks.ts";
import { type Context, type Turn, turn, viewOf } from "../turn.ts";
import { type Intent, normalise, readIntent } from "../words.ts";

export type Said = Extract<Event, { kind: "said" }>;

/** Shorter than this is chatter, not a question to look up. */
const questionWords = 3;
const questionLetters = 9;

/** A turn with effects before its own. */
export function withEffects({ state, effects, raise }: Turn, first: Effect[]): Turn {
  return turn(state, [...first, ...effects], raise);
}

/** What a text says, as this conversation reads it. */
export const read = (state: State, text: string, context: Context): Understood =>
  context.understand(text, { language: state.language, ...(state.asking ? { asking: state.asking } : {}) });

/** The answers that a patch gives, in their order. */
export const named = (patch: Answers): PlaceholderName[] =>
  placeholderNames.filter((name) => valid(name, patch[name]) !== undefined);

/** What follows from a passing word ("stores") and does not overrule what was said about it before. */
const inferred: readonly PlaceholderName[] = ["industry", "scenario"];

/** The answers that a text gives to a conversation that knows some already. */
export function patchOf(understood: Understood, state: State): Answers {
  const patch = { ...understood.answers, ...impliedByRefusal(understood) };
  for (const name of inferred) {
    const isKnown = state.answers[name] !== undefined && state.origins[name] !== "default";
    if (isKnown && state.asking !== name) delete patch[name];
  }
  return patch;
}

/** Sizes are said to be taken; a bare name with a question mark asks about it. */
export const sizes: readonly PlaceholderName[] = [
  "sites",
  "nodesPerSite",
  "memoryMiB",
  "cpu",
  "arch",
  "deviceTypes",
  "storage",
  "bandwidthKbps",
];

/** What a message wants, from its words and from what was read in it: "8 GB?" tries, "MicroK8s?" asks. */
export function meant(text: string, patch: Answers, context: Context): Exclude<Intent, "doubtful"> {
  const intent = readIntent(text, context.say);
  if (intent !== "doubtful") return intent;
  return named(patch).some((name) => sizes.includes(name)) ? "change" : "question";
}

/** The work that answers a question. */
export function question(state: State, text: string): Effect {
  return { kind: "work", job: { kind: "answer", question: text, plan: state.current ?? "" } };
}

/** Whether words are enough of a question to be looked up. */
export function isLookUp(text: string): boolean {
  const words = normalise(text);
  return (
    words.split(" ").length >= questionWords ||
    (/\p{Script=Han}/u.test(words) && words.length >= questionLetters)
  );
}

/** Says what was taken up. */
export function noted(names: PlaceholderName[], state: State, context: Context): Block {
  const view = viewOf(state, context);
  return { kind: "notice", tone: "success", text: view.say("ask.noted", { list: list(names, view) }) };
}
