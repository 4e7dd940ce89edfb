import type { Block } from "#model/block.ts";
import type { PlaceholderName } from "#model/brief.ts";
import type { Effect, Event, State } from "#model/conversation.ts";
import type { Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import type { ReadAnswer, Understand } from "#model/understood.ts";
import { briefOf, givenOf, openQuestions } from "./answers.ts";
import { answeredBlocks, cardBlocks, label, planButtons, questionBlocks, type View } from "./blocks.ts";

/** What a turn of a conversation is handed: how to read, and how to speak. */
export type Context = {
  understand: Understand;
  readAnswer: (name: PlaceholderName, text: string, language: Language) => ReadAnswer;
  say: (language: Language) => Say;
  /** Whether a work reads changes that `understand` cannot: there is a language model. */
  readsChanges?: boolean;
};

/** What a turn makes: the next state, what must happen, and whether running work is now out of date. */
export type Turn = { state: State; effects: Effect[]; raise: boolean };

export type Values = Record<string, string | number>;
type Tone = "info" | "warning" | "error" | "success";

/** Revisions one can go back to; their briefs are all that is kept of them here. */
const briefsKept = 20;

/** A turn that leaves running work alone unless it says otherwise. */
export function turn(state: State, effects: Effect[], raise = false): Turn {
  return { state, effects, raise };
}

/** What the blocks of a message are made from. */
export function viewOf(state: State, context: Context): View {
  return { state, say: context.say(state.language) };
}

/** Posts a message under a name by which it can be edited later. */
export function post(key: string, blocks: Block[]): Effect {
  return { kind: "post", key, blocks };
}

/** One sentence as a block. */
export function sentence(
  say: Say,
  key: string,
  { tone = "info", ...values }: Values & { tone?: Tone } = {},
): Block {
  return { kind: "notice", tone, text: say(key, values) };
}

/** A turn that says one sentence and changes nothing else. */
export function note(
  state: State,
  context: Context,
  key: string,
  values: Values & { tone?: Tone } = {},
): Turn {
  return turn(state, [post("note", [sentence(context.say(state.language), key, values)])]);
}

/** No question stands open. */
export function idle(state: State): State {
  const { asking: _asking, ...rest } = state;
  return rest;
}

/** Whether who did this may generate, stop, keep and set: who started, or whom the operator allows. */
export function isOwner(state: State, event: Event): boolean {
  const { person } = event;
  if (!person || !state.startedBy || person.id === state.startedBy.id) return true;
  return event.operator ?? false;
}

/** Says who may do this instead. */
export function refuse(state: State, context: Context): Turn {
  return note(state, context, "owner.only", { tone: "warning", name: state.startedBy?.name ?? "" });
}

type Lead = { effects?: Effect[]; lead?: Block[]; raise?: boolean };

/** Asks one question. */
export function ask(
  state: State,
  context: Context,
  { name, effects = [], lead = [], raise = false }: Lead & { name: PlaceholderName },
): Turn {
  const next: State = { ...state, phase: "asking", asking: name };
  const question = post(`question:${name}`, questionBlocks(name, viewOf(next, context)));
  // In a message of its own: the question's is replaced once it is answered.
  const said = lead.length > 0 ? [post("note", lead)] : [];
  return turn(next, [...effects, ...said, question], raise);
}

/** A turn after which the question that stood open before can be pressed in one place at most. */
export function withOneCopy(before: State, next: Turn, context: Context): Turn {
  const { state, effects, raise } = next;
  const name = before.phase === "asking" ? before.asking : undefined;
  if (name === undefined) return next;
  const key = `question:${name}`;
  const isOpen = state.phase === "asking" && state.asking === name;
  const isSaid = (kind: Effect["kind"]) =>
    effects.some((one) => one.kind === kind && "key" in one && one.key === key);
  if (isSaid("edit") || (isOpen && !isSaid("post"))) return next;
  const view = viewOf(state, context);
  const again = view.say("ask.again", { label: label(name, view.say) });
  const blocks: Block[] = isOpen
    ? [{ kind: "notice", tone: "info", text: again }]
    : answeredBlocks(name, view);
  return turn(state, [{ kind: "edit", key, blocks, superseded: true }, ...effects], raise);
}

/** Shows the card. */
export function summarise(
  state: State,
  context: Context,
  { effects = [], lead = [], raise = false }: Lead = {},
): Turn {
  const next: State = { ...idle(state), phase: "summary" };
  return turn(next, [...effects, post("card", [...lead, ...cardBlocks(viewOf(next, context))])], raise);
}

/** The next question, or the card when nothing is missing. */
export function proceed(state: State, context: Context, lead: Lead = {}): Turn {
  const name = openQuestions(state)[0];
  return name === undefined ? summarise(state, context, lead) : ask(state, context, { ...lead, name });
}

/** Shows again what the conversation waits for. */
export function where(state: State, context: Context, lead: Lead = {}): Turn {
  const view = viewOf(state, context);
  const { effects = [], lead: blocks = [], raise = false } = lead;
  if (state.phase === "asking" && state.asking) return ask(state, context, { ...lead, name: state.asking });
  if (state.phase === "asking" || state.phase === "new") return proceed(state, context, lead);
  if (state.phase === "summary") return summarise(state, context, lead);
  if (state.phase === "working") {
    return turn(state, [...effects, post("note", [...blocks, sentence(view.say, "working.hint")])], raise);
  }
  if (state.phase === "ended") {
    const again: Block = {
      kind: "actions",
      id: "ended",
      buttons: [
        { action: "continue", label: view.say("button.continue"), style: "primary" },
        { action: "restart", label: view.say("button.restart") },
      ],
    };
    return turn(
      state,
      [...effects, post("note", [...blocks, sentence(view.say, "ended.hint"), again])],
      raise,
    );
  }
  const hint = sentence(view.say, "planned.hint");
  return turn(state, [...effects, post("note", [...blocks, hint, planButtons(view)])], raise);
}

/** Starts the work on a plan from the answers as they stand. */
export function startPlan(state: State, context: Context, { effects = [], lead = [] }: Lead = {}): Turn {
  const brief = briefOf(state);
  const revision = state.plans.length + 1;
  const { later: _later, unsure: _unsure, ...rest } = idle(state);
  const next: State = { ...rest, phase: "working", briefs: { ...state.briefs, proposed: brief } };
  const first =
    lead.length > 0 ? lead : [sentence(context.say(state.language), "working.start", { revision })];
  const work: Effect = { kind: "work", job: { kind: "plan", brief, revision } };
  return turn(next, [...effects, post("note", first), work]);
}

/** The answers go back to those of the plan in force; without one they stay as they are. */
export function restore(state: State): State {
  const { proposed: _proposed, ...briefs } = state.briefs;
  const inForce = state.current === undefined ? undefined : briefs[state.current];
  const rest = { ...idle(state), briefs };
  if (!inForce) return rest;
  return { ...rest, ...givenOf(inForce), edition: inForce.edition, quotes: {}, asked: [], unsure: [] };
}

/** Makes a stored revision the one in force, with its answers. */
export function putInForce(state: State, plan: string): State {
  const brief = state.briefs[plan];
  const next = { ...idle(state), phase: "planned" as const, current: plan };
  return brief ? restore(next) : next;
}

/** Keeps the briefs of the newest revisions, and of the one in force. */
export function pruned(
  briefs: State["briefs"],
  { plans, current }: Pick<State, "plans" | "current">,
): State["briefs"] {
  const kept = new Set([...plans.slice(-briefsKept), current]);
  return Object.fromEntries(Object.entries(briefs).filter(([id]) => kept.has(id)));
}
