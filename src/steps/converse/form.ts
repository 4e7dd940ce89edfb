import { placeholder } from "#catalogue/placeholders.ts";
import { type PlaceholderName, placeholderNames } from "#model/brief.ts";
import type { State } from "#model/conversation.ts";
import type { Form, FormField } from "#model/platform.ts";
import { briefOf, openQuestions } from "./answers.ts";
import { choices, fallbackOf, field, label, type View, words } from "./blocks.ts";

/** Found in what people say; nobody fills these in. */
const unasked: readonly PlaceholderName[] = ["wishes", "deviceTypes"];

/** The whole brief as a form, what is open first, prefilled with what is known. */
export function formOf(view: View): Form {
  const { state, say } = view;
  const open = openQuestions(state);
  // A quick recommendation needs few answers; the others would only be in the way.
  const others = placeholderNames
    .filter((name) => !open.includes(name) && (state.edition === "pro" || state.answers[name] !== undefined))
    .sort((a, b) => placeholder(b).weight - placeholder(a).weight);
  const names = [...open, ...others].filter((name) => !unasked.includes(name));
  return {
    title: say("form.title"),
    intro: say("form.explain"),
    edition: state.edition,
    fields: names.map((name) => fieldOf(name, view, open.includes(name))),
  };
}

function fieldOf(name: PlaceholderName, view: View, open: boolean): FormField {
  const { state, say } = view;
  const { kind } = placeholder(name);
  const known = state.answers[name];
  const fallback =
    known === undefined ? (fallbackOf(name, state) ?? briefOf(state).answers[name]) : undefined;
  return {
    name,
    label: label(name, say),
    why: say(`ask.${name}.why`),
    kind: kindOf(kind),
    options: choices(name, state).map((value) => ({ value: field(value), label: words(name, value, view) })),
    ...(known !== undefined && { value: travelling(name, known, view) }),
    ...(fallback !== undefined && { otherwise: words(name, fallback, view) }),
    open,
  };
}

function kindOf(kind: ReturnType<typeof placeholder>["kind"]): FormField["kind"] {
  if (kind === "choice" || kind === "yes-no") return "choice";
  return kind === "number" ? "number" : "text";
}

/** As it travels: a choice by its value, anything else in words that are read again. */
function travelling(name: PlaceholderName, value: unknown, view: View): string {
  const { kind } = placeholder(name);
  return kind === "memory" || kind === "list" ? words(name, value, view) : field(value);
}

/** The name of a conversation in a list: what a person called it, else what it is about. */
export function titleOf(state: State, view: View): string {
  if (state.title) return state.title;
  const { say } = view;
  const { scenario, industry, sites } = state.answers;
  const about = scenario ?? (industry === undefined ? undefined : words("industry", industry, view));
  const counted = sites === undefined ? undefined : say("list.sites", { count: sites });
  return [counted, about].filter((piece) => piece !== undefined).join(" · ") || say("list.untitled");
}
