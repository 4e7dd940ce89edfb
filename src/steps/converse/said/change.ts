import type { Answers, PlaceholderName } from "#model/brief.ts";
import type { Effect, Event, State } from "#model/conversation.ts";
import { merge, valid } from "../answers.ts";
import { answeredBlocks, list, problemBlock } from "../blocks.ts";
import { change, edit, passed } from "../commands.ts";
import { type Context, note, post, proceed, sentence, type Turn, viewOf } from "../turn.ts";
import { named, noted, patchOf, read, type Said, withEffects } from "./read.ts";

/** "change memory to 8 GB": the answer is named, and perhaps its value. */
export function editSaid(
  state: State,
  event: Said,
  context: Context,
  { name, value }: { name: PlaceholderName; value?: string },
): Turn {
  if (value === undefined) return edit(state, event, context, name);
  const reply = context.readAnswer(name, value, state.language);
  const understood = read({ ...state, asking: name }, value, context);
  const direct = reply.kind === "value" ? valid(name, reply.value) : undefined;
  const found = direct ?? valid(name, understood.answers[name]);
  if (found === undefined) {
    const whole = patchOf(read(state, event.text, context), state);
    if (named(whole).length > 0) return takeChange(state, event, context, whole);
    const opened = edit(state, event, context, name);
    const say = context.say(state.language);
    const problem =
      reply.kind === "problem"
        ? problemBlock(name, reply, viewOf(state, context))
        : sentence(say, "problem.unread", { tone: "warning", text: value });
    return withEffects(opened, [post("note", [problem])]);
  }
  return takeChange(state, event, context, { [name]: found } as Answers);
}

/** A correction said outright, wherever the conversation stands. */
export function takeChange(state: State, event: Event, context: Context, patch: Answers): Turn {
  if (state.phase === "planned") return change(state, event, context, { patch, origin: "said" });
  const names = named(patch);
  if (state.phase === "working") {
    const next: State = { ...state, later: { ...state.later, ...patch } };
    const view = viewOf({ ...next, answers: { ...state.answers, ...patch } }, context);
    return note(next, context, "working.noted", { tone: "success", list: list(names, view) });
  }
  let next = merge(state, patch, { origin: event.kind === "pressed" ? "chosen" : "said" });
  const effects: Effect[] = [];
  for (const name of names) {
    if (name !== state.asking) continue;
    next = passed(next, name);
    effects.push({
      kind: "edit",
      key: `question:${name}`,
      blocks: answeredBlocks(name, viewOf(next, context)),
    });
  }
  return proceed(next, context, { effects, lead: [noted(names, next, context)] });
}
