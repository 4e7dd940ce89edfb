import type { Answers } from "#model/brief.ts";
import type { State } from "#model/conversation.ts";
import { merge, withDoubts } from "../answers.ts";
import { list } from "../blocks.ts";
import { change, edit, setEdition } from "../commands.ts";
import { type Context, note, proceed, sentence, summarise, type Turn, turn, viewOf, where } from "../turn.ts";
import { readEdit, readIntent } from "../words.ts";
import { isLookUp, meant, named, noted, patchOf, question, read, type Said } from "./read.ts";

/** Words while the card lies there: a correction, a question, or neither. */
export function amend(state: State, event: Said, context: Context): Turn {
  const understood = read(state, event.text, context);
  const patch = patchOf(understood, state);
  const names = named(patch);
  if (meant(event.text, patch, context) === "question") return turn(state, [question(state, event.text)]);
  if (names.length === 0 && understood.edition) return setEdition(state, event, context, understood.edition);
  if (names.length > 0) {
    const next = withDoubts(merge(state, patch, { origin: "said", quotes: understood.quotes }), understood);
    return proceed(next, context, { lead: [noted(names, next, context)] });
  }
  const doubted = withDoubts(state, understood);
  if ((doubted.unsure?.length ?? 0) > (state.unsure?.length ?? 0)) return proceed(doubted, context);
  return summarise(state, context, {
    lead: [sentence(context.say(state.language), "summary.hint", { tone: "warning" })],
  });
}

/** Words while a plan is being made: kept for afterwards, or looked up. */
export function during(state: State, event: Said, context: Context): Turn {
  const patch = patchOf(read(state, event.text, context), state);
  const names = named(patch);
  if (meant(event.text, patch, context) === "question") return turn(state, [question(state, event.text)]);
  if (names.length === 0) return where(state, context);
  const next: State = { ...state, later: { ...state.later, ...patch } };
  const view = viewOf({ ...next, answers: { ...state.answers, ...patch } }, context);
  return note(next, context, "working.noted", { tone: "success", list: list(names, view) });
}

/** Words after a plan: a question, a change, or something to ask back about. */
export function followUp(state: State, event: Said, context: Context): Turn {
  const { text } = event;
  const understood = read(state, text, context);
  const patch = patchOf(understood, state);
  const intent = meant(text, patch, context);
  if (intent === "question") return turn(state, [question(state, text)]);
  const isAnswered = named(patch).length > 0;
  if (isAnswered && /[?？]/.test(text) && isKnown(patch, state)) return turn(state, [question(state, text)]);
  if (isAnswered) return change(state, event, context, { patch, origin: "said", quotes: understood.quotes });
  if (understood.edition) return setEdition(state, event, context, understood.edition);
  const doubted = withDoubts({ ...state, answers: {} }, understood).unsure?.[0];
  if (doubted && doubted.candidates.length > 0) {
    return edit({ ...state, unsure: [doubted] }, event, context, doubted.name);
  }
  const wish = readEdit(text, context.say);
  if (wish === "unnamed") return edit(state, event, context);
  if (context.readsChanges && (intent === "change" || isLookUp(text))) return readByModel(state, event);
  return unread(state, text, context);
}

/** A model may read a change where the rules see none. */
function readByModel(state: State, { text, person }: Said): Turn {
  const job = { kind: "patch" as const, message: text, plan: state.current ?? "", ...(person && { person }) };
  return turn(state, [{ kind: "work", job }]);
}

/** Words after a plan in which nothing was read as a change. */
export function unread(state: State, text: string, context: Context): Turn {
  if (readIntent(text, context.say) === "change")
    return note(state, context, "change.notUnderstood", { tone: "warning" });
  return isLookUp(text) ? turn(state, [question(state, text)]) : where(state, context);
}

/** "What if the link drops?" of a fleet whose link drops asks how it behaves. */
function isKnown(patch: Answers, state: State): boolean {
  const answers = state.briefs[state.current ?? ""]?.answers ?? state.answers;
  return named(patch).every((name) => JSON.stringify(patch[name]) === JSON.stringify(answers[name]));
}
