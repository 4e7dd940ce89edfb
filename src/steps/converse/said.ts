import type { Block } from "#model/block.ts";
import type { Effect, State } from "#model/conversation.ts";
import { merge, withDoubts } from "./answers.ts";
import { type Brought, readBrought } from "./attached.ts";
import { begin, change, choose, edit, obey, setLanguage } from "./commands.ts";
import { answer } from "./said/answer.ts";
import { editSaid } from "./said/change.ts";
import { amend, during, followUp } from "./said/later.ts";
import { meant, named, patchOf, question, read, type Said, sizes, withEffects } from "./said/read.ts";
import { type Context, isOwner, post, sentence, type Turn, turn, where } from "./turn.ts";
import { normalise, readCommand, readEdit, readLanguage, readName, readRevision } from "./words.ts";

/** More than this is no message about a fleet; files have their own way in. */
const readCharacters = 20_000;
/** Of many names these are enough to know what is meant. */
const namesShown = 10;
/** Below this the reader was guessing the language. */
const sureOfLanguage = 0.5;

/** A person wrote something. */
export function said(state: State, event: Said, context: Context): Turn {
  const { files, brief, unread, missing, refused, links, text } = readBrought(event.text, event.attachments);
  const known = greeted(state, event, context, text);
  const turns: Effect[] = [];
  const say = context.say(known.language);
  for (const [key, names] of [
    ["attachment.unread", unread],
    ["attachment.missing", missing],
  ] as const) {
    if (names.length > 0)
      turns.push(post("note", [sentence(say, key, { tone: "warning", names: names.join(", ") })]));
  }
  for (const { name, reason, values } of refused) {
    turns.push(post("note", [sentence(say, `archive.${reason}`, { ...values, name, tone: "warning" })]));
  }
  if (links.length > 0) {
    const names = links.slice(0, namesShown).join(", ") + (links.length > namesShown ? ", …" : "");
    turns.push(post("note", [sentence(say, "archive.links", { names, tone: "warning" })]));
  }
  if (files.length > 0) turns.push({ kind: "work", job: { kind: "check", files } });
  const rest = text.slice(0, readCharacters);
  if (brief) return withEffects(takeBrief(known, event, context, brief), turns);
  if (normalise(rest) === "" && turns.length > 0) return turn(known, turns);
  if (files.length > 0 && isAboutFiles(known, rest, context)) return turn(known, turns);
  return withEffects(spoken(known, { ...event, text: rest }, context), turns);
}

/** Who started, and in which language: the first words that tell it decide, until somebody pins another. */
function greeted(state: State, event: Said, context: Context, text: string): State {
  const owned = state.startedBy || !event.person ? state : { ...state, startedBy: event.person };
  const isOpen =
    state.phase === "new" || (state.phase === "asking" && !Object.values(state.origins).includes("said"));
  if (state.languagePinned || !isOpen) return owned;
  // A language that people or their workspace have set is not guessed at.
  if (event.languageSure || (state.phase === "new" && event.defaults?.language)) return owned;
  const hint = state.phase === "new" ? (event.language ?? state.language) : state.language;
  // Without a hint: a hint would outweigh short texts, and this is the moment to listen.
  const { language, languageConfidence } = context.understand(text.slice(0, readCharacters));
  return { ...owned, language: languageConfidence >= sureOfLanguage ? language : hint };
}

/** "Please check this": words that begin nothing and answer nothing, beside what is to be checked. */
function isAboutFiles(state: State, text: string, context: Context): boolean {
  if (state.phase !== "new" && state.phase !== "asking") return false;
  if (readCommand(text, context.say) || readLanguage(text, context.say)) return false;
  const { asking } = state;
  if (
    asking &&
    (/^\W*\d+\W*$/.test(text) || context.readAnswer(asking, text, state.language).kind === "value")
  )
    return false;
  const understood = read(state, text, context);
  return understood.edition === undefined && named(patchOf(understood, state)).length === 0;
}

function takeBrief(
  state: State,
  event: Said,
  context: Context,
  { answers, wrong }: NonNullable<Brought["brief"]>,
): Turn {
  const say = context.say(state.language);
  const lead: Block[] =
    wrong.length > 0 ? [sentence(say, "brief.wrong", { tone: "warning", names: wrong.join(", ") })] : [];
  if (state.phase === "planned") return change(state, event, context, { patch: answers, origin: "chosen" });
  if (state.phase === "working") return where(state, context, { lead });
  const next = merge(state, answers, { origin: "chosen" });
  return begin(next, context, lead);
}

function spoken(state: State, event: Said, context: Context): Turn {
  const { text } = event;
  const wanted = readLanguage(text, context.say);
  if (wanted) {
    const isFirst = state.phase === "new";
    const switched = setLanguage(state, event, context, wanted.language);
    if (wanted.rest === "" && !isFirst) return switched;
    const next = switched.state;
    if (wanted.rest === "") return begin(next, context);
    return next === state ? switched : listen(next, event, context);
  }
  const command = readCommand(text, context.say);
  const started = state.phase === "new" ? fromNothing(state, event, context, command) : undefined;
  if (started) return started;
  if (command) return obey(command, state, event, context);
  return listen(state, event, context);
}

/** Commands before there is anything to command open the conversation, but for help and the like. */
function fromNothing(
  state: State,
  event: Said,
  context: Context,
  command: ReturnType<typeof readCommand>,
): Turn | undefined {
  if (command === undefined) return undefined;
  if (command === "help" || command === "stop" || command === "cancel" || command === "forget")
    return undefined;
  if (command === "basic" || command === "pro") return begin({ ...state, edition: command }, context);
  const begun = begin(state, context);
  return command === "hello" || command === "continue" || !isOwner(state, event)
    ? begun
    : turn(begun.state, begun.effects);
}

function listen(state: State, event: Said, context: Context): Turn {
  const { text } = event;
  if (state.plans.length > 0) {
    const back = readRevision(text, "revert", context.say);
    const kept = back ?? readRevision(text, "keepNumber", context.say);
    if (kept !== undefined) return choose(state, event, context, kept);
  }
  const wish = state.phase === "new" || state.phase === "ended" ? undefined : readEdit(text, context.say);
  // "change" alone says nothing new; with an answer in the same breath the ordinary reading knows better.
  if (wish && wish !== "unnamed") return editSaid(state, event, context, wish);
  const isIdle = state.phase === "summary" || state.phase === "planned";
  const name = isIdle ? readName(text, context.say) : undefined;
  // "GPU" names an answer and is one; "memory" only names it.
  if (name && named(patchOf(read(state, text, context), state)).length === 0) {
    return edit(state, event, context, name);
  }
  switch (state.phase) {
    case "new":
      return start(state, event, context);
    case "ended":
      return start(afresh(state, event), event, context);
    case "asking":
      return state.asking === undefined
        ? start(state, event, context)
        : answer(state, event, { name: state.asking, context });
    case "summary":
      return amend(state, event, context);
    case "working":
      return during(state, event, context);
    case "planned":
      return followUp(state, event, context);
  }
}

function afresh(state: State, event: Said): State {
  const empty = { ...state, answers: {}, origins: {}, quotes: {}, asked: [], unsure: [] };
  return event.person && state.plans.length === 0 ? { ...empty, startedBy: event.person } : empty;
}

function start(state: State, event: Said, context: Context): Turn {
  const understood = read(state, event.text, context);
  const patch = patchOf(understood, state);
  const isAsking = meant(event.text, patch, context) === "question";
  if (isAsking && !named(patch).some((name) => sizes.includes(name))) {
    const asked = begin(state, context);
    return withEffects(asked, [question(state, event.text)]);
  }
  const edition = understood.edition ?? state.edition;
  const merged = merge({ ...state, edition }, patch, { origin: "said", quotes: understood.quotes });
  return begin(withDoubts(merged, understood), context);
}
