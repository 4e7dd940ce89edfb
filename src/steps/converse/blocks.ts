import { placeholder } from "#catalogue/placeholders.ts";
import { valueWords } from "#catalogue/value-words.ts";
import type { Block, Button } from "#model/block.ts";
import { type PlaceholderName, placeholderNames } from "#model/brief.ts";
import type { State } from "#model/conversation.ts";
import type { Say } from "#model/platform.ts";
import type { ReadAnswer } from "#model/understood.ts";
import { briefOf, contradictions, openQuestions } from "./answers.ts";

/** Everything the words of a message depend on. */
export type View = { state: State; say: Say };

const button = (say: Say, action: string, more: Partial<Button> = {}): Button => ({
  action,
  label: say(`button.${action}`),
  ...more,
});

/** The short name of an answer: `Memory per node`. */
export function label(name: PlaceholderName, say: Say): string {
  return say(`ask.${name}.label`);
}

/** One answer in words, in the conversation's language. */
export function words(name: PlaceholderName, value: unknown, { state, say }: View): string {
  return valueWords(name, value, { say, language: state.language });
}

/** `Sites **5,000** · Network **intermittent**`. */
export function list(names: readonly PlaceholderName[], view: View): string {
  return names
    .map((name) => `${label(name, view.say)} **${words(name, view.state.answers[name], view)}**`)
    .join(" · ");
}

/** What a first message gave, shown back so that it can be contradicted. */
export function understoodBlocks(names: readonly PlaceholderName[], view: View): Block[] {
  const { say } = view;
  if (names.length === 0) return [{ kind: "paragraph", text: say("start.nothingYet") }];
  return [{ kind: "paragraph", text: say("start.understood", { list: list(names, view) }) }];
}

/** The greeting: what this is, what was understood, and the ways to go on. */
export function helloBlocks(names: readonly PlaceholderName[], view: View): Block[] {
  const { state, say } = view;
  const other = state.edition === "pro" ? "basic" : "pro";
  return [
    { kind: "heading", level: 2, text: say(`start.heading.${state.edition}`) },
    ...understoodBlocks(names, view),
    {
      kind: "actions",
      id: "start",
      buttons: [
        button(say, "form"),
        { action: "edition", value: other, label: say(`button.edition.${other}`) },
        button(say, "stop", { style: "danger" }),
      ],
    },
  ];
}

/** Turns a stored value into the value of a button. */
export const field = (value: unknown): string =>
  typeof value === "boolean" ? (value ? "yes" : "no") : String(value);

/** What can be chosen, in the order in which it is offered. */
export function choices(name: PlaceholderName, state: State): unknown[] {
  const doubt = state.unsure?.find((one) => one.name === name);
  if (doubt && doubt.candidates.length > 0) return doubt.candidates;
  const { kind, choices = [] } = placeholder(name);
  if (kind === "yes-no") return [true, false];
  if (kind === "number" || kind === "memory") return choices.map(Number);
  return [...choices];
}

/** What is taken when a question is skipped; undefined where skipping leaves it open. */
export function fallbackOf(name: PlaceholderName, state: State): unknown {
  return placeholder(name).fallback?.(state.answers);
}

/** One question: how far we are, why it is asked, the choices, and what skipping means. */
export function questionBlocks(name: PlaceholderName, view: View): Block[] {
  const { state, say } = view;
  const open = [...new Set([name, ...openQuestions(state)])].length;
  const total = state.asked.length + open;
  const question = say(`ask.${name}.question`);
  const isEdit = state.answers[name] !== undefined || state.current !== undefined;
  const progress =
    total > 1 && !isEdit
      ? `${say("ask.progress", { index: state.asked.length + 1, total })} · ${question}`
      : question;
  const why = say(`ask.${name}.why`);
  const options = choices(name, state).map((value) => ({
    action: `answer:${name}`,
    value: field(value),
    label: words(name, value, view),
  }));
  const prompt = `**${progress}**\n${why}`;
  const blocks: Block[] =
    options.length > 0
      ? [{ kind: "choice", id: `question:${name}`, prompt, options }]
      : [{ kind: "paragraph", text: prompt }];
  if (options.length === 0) blocks.push({ kind: "paragraph", text: say("ask.freeText") });
  const isKnown = state.answers[name] !== undefined;
  const fallback = fallbackOf(name, state);
  const skip = isKnown
    ? say("button.leave", { value: words(name, state.answers[name], view) })
    : fallback === undefined
      ? say("button.skipEmpty")
      : say("button.skip", { value: words(name, fallback, view) });
  const buttons: Button[] = [{ action: "skip", value: name, label: skip }];
  if (state.asked.length > 0) buttons.push(button(say, "back"));
  return [...blocks, { kind: "actions", id: `steps:${name}`, buttons }];
}

/** What becomes of a question once it is answered. */
export function answeredBlocks(name: PlaceholderName, view: View): Block[] {
  const value = view.state.answers[name];
  const text = view.say("ask.answered", {
    label: label(name, view.say),
    value: value === undefined ? view.say("value.open") : words(name, value, view),
  });
  return [{ kind: "notice", tone: "success", text }];
}

const exampleOf: Partial<Record<PlaceholderName, unknown>> = { outageHours: 72, bandwidthKbps: 2000, cpu: 4 };

/** Why a reply was no answer, with what would be one. */
export function problemBlock(
  name: PlaceholderName,
  reply: Extract<ReadAnswer, { kind: "problem" }>,
  view: View,
): Block {
  const values: Record<string, string | number> = { ...reply.values };
  for (const key of ["min", "max"]) {
    if (typeof values[key] === "number") values[key] = words(name, values[key], view);
  }
  const options = choices(name, { ...view.state, unsure: [] });
  const offered = options.map((value) => words(name, value, view));
  if (reply.key === "not-a-choice" && offered.length > 0) values.choices = offered.join(", ");
  if (reply.key === "not-a-number") values.example = offered[1] ?? words(name, exampleOf[name] ?? 12, view);
  return { kind: "notice", tone: "warning", text: view.say(`problem.${reply.key}`, values) };
}

/** Quoted words of a person, kept from being read as markup. */
const quoted = (text: string): string => text.replace(/[*`\n|]/g, " ").trim();

/** The summary card: every answer with where it came from. */
export function cardBlocks(view: View): Block[] {
  const { state, say } = view;
  const brief = briefOf(state);
  const order = { said: 0, chosen: 1, default: 2 };
  const names = placeholderNames
    .filter((name) => brief.answers[name] !== undefined && brief.origins[name] !== undefined)
    .filter((name) => !(Array.isArray(brief.answers[name]) && brief.answers[name].length === 0))
    .sort((a, b) => order[state.origins[a] ?? "default"] - order[state.origins[b] ?? "default"]);
  const rows = names.map((name) => {
    const origin = state.origins[name] ?? "default";
    const quote = state.quotes[name];
    const from =
      origin === "said" && quote ? say("card.saidAs", { quote: quoted(quote) }) : say(`card.${origin}`);
    return [label(name, say), words(name, brief.answers[name], view), from];
  });
  const wrong = contradictions(state);
  const buttons: Button[] = [button(say, "edit"), button(say, "cancel", { style: "danger" })];
  if (wrong.length === 0) buttons.unshift(button(say, "generate", { style: "primary" }));
  const other = state.edition === "pro" ? "basic" : "pro";
  buttons.push({ action: "edition", value: other, label: say(`button.edition.${other}`) });
  return [
    { kind: "heading", level: 2, text: say("card.heading") },
    { kind: "paragraph", text: say(`card.edition.${state.edition}`) },
    {
      kind: "table",
      columns: [say("card.column.what"), say("card.column.value"), say("card.column.from")],
      rows,
    },
    ...wrong.map(({ sentence }): Block => ({ kind: "notice", tone: "warning", text: sentence })),
    { kind: "actions", id: "card", buttons },
  ];
}

/** Which answer shall be changed? */
export function editBlocks({ state, say }: View): Block[] {
  const brief = briefOf(state);
  const named = placeholderNames.filter((name) => placeholder(name).kind !== "list" || brief.answers[name]);
  const options = named
    .filter((name) => name !== "wishes")
    .map((name) => ({ action: "edit", value: name, label: label(name, say) }));
  return [{ kind: "choice", id: "edit", prompt: say("edit.which"), options }];
}

/** All open questions in one message, for people who would rather answer at once. */
export function formBlocks(view: View): Block[] {
  const { state, say } = view;
  const open = openQuestions(state);
  const items = open.map((name) => {
    const fallback = fallbackOf(name, state);
    const options = placeholder(name).kind === "choice" ? choices(name, state) : [];
    const offered = options.map((value) => words(name, value, view)).join(" · ");
    const question = [`**${label(name, say)}**: ${say(`ask.${name}.question`)}`, offered]
      .filter((piece) => piece !== "")
      .join(" ");
    if (fallback === undefined) return question;
    return `${question} (${say("ask.default", { value: words(name, fallback, view) })})`;
  });
  return [
    { kind: "paragraph", text: say("form.intro") },
    { kind: "list", items },
  ];
}

/** The buttons under a plan in force. */
export function planButtons({ state, say }: View): Block {
  const edition = state.briefs[state.current ?? ""]?.edition ?? state.edition;
  // A quick recommendation has no repository, and can become a plan that has one.
  const first =
    edition === "basic"
      ? { action: "edition", value: "pro", label: say("button.edition.pro") }
      : button(say, "zip");
  const buttons = [first, button(say, "document"), button(say, "edit"), button(say, "prompt")];
  return { kind: "actions", id: "plan", buttons };
}

/** Offers a change as a revision, for its maker to start. */
export function proposalBlocks(
  names: readonly PlaceholderName[],
  { revision, view }: { revision: number; view: View },
): Block[] {
  const { say } = view;
  return [
    { kind: "paragraph", text: say("change.proposed", { revision, list: list(names, view) }) },
    {
      kind: "actions",
      id: "proposal",
      buttons: [
        { action: "generate", label: say("button.makeRevision", { revision }), style: "primary" },
        button(say, "drop"),
      ],
    },
  ];
}

/** Asks before everything of a conversation is deleted. */
export function forgetBlocks({ say }: View): Block[] {
  return [
    { kind: "notice", tone: "warning", text: say("forget.sure") },
    {
      kind: "actions",
      id: "forget",
      buttons: [button(say, "forgetAll", { style: "danger" }), button(say, "keepAll")],
    },
  ];
}

/** What can be said and pressed now. */
export function helpBlocks({ state, say }: View): Block[] {
  const items = say(
    `help.${state.phase === "planned" || state.phase === "working" ? "planned" : "asking"}`,
  ).split("\n");
  return [
    { kind: "heading", level: 3, text: say("help.heading") },
    { kind: "list", items },
    { kind: "paragraph", text: say("help.always") },
  ];
}
