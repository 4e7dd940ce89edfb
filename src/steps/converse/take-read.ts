import { type Answers, placeholderNames } from "#model/brief.ts";
import type { Event, Result, State } from "#model/conversation.ts";
import { valid } from "./answers.ts";
import { label, words } from "./blocks.ts";
import { takeChange } from "./said/change.ts";
import { unread } from "./said/later.ts";
import { type Context, post, type Turn, turn, viewOf, where } from "./turn.ts";

type Read = Extract<Result, { kind: "patch" }>;

/** A model read a change in somebody's words, or none: what it read is said, and then taken like any other change. */
export function takeRead(
  state: State,
  event: Event,
  context: Context,
  { message, plan, person, answers = {} }: Read,
): Turn {
  // Another revision came in between: "twice as much" would mean something else now.
  const isInForce = state.current === plan && (state.phase === "planned" || state.phase === "working");
  if (!isInForce) return where(state, context);
  const before: Answers = state.briefs[plan]?.answers ?? {};
  const names = placeholderNames.filter((name) => {
    const value = valid(name, answers[name]);
    return value !== undefined && JSON.stringify(value) !== JSON.stringify(before[name]);
  });
  if (names.length === 0) return unread(state, message, context);
  const view = viewOf(state, context);
  const changes = names.map((name) => {
    const was = before[name] === undefined ? "–" : words(name, before[name], view);
    return `${label(name, view.say)} **${was}** → **${words(name, answers[name], view)}**`;
  });
  const said = view.say("change.understood", { list: changes.join(" · ") });
  // Who asked decides whether it is made or proposed.
  const taken = takeChange(state, { ...event, ...(person && { person }) }, context, answers);
  const understood = post("note", [{ kind: "paragraph", text: said }]);
  return turn(taken.state, [understood, ...taken.effects], taken.raise);
}
