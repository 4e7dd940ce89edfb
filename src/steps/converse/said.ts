import { placeholder } from "#catalogue/placeholders.ts";
import type { Block } from "#model/block.ts";
import { type Answers, type PlaceholderName, placeholderNames } from "#model/brief.ts";
import type { Effect, Event, State } from "#model/conversation.ts";
import type { Understood } from "#model/understood.ts";
import { impliedByRefusal, merge, valid, withDoubts } from "./answers.ts";
import { type Brought, readBrought } from "./attached.ts";
import { answeredBlocks, choices, list, problemBlock } from "./blocks.ts";
import { begin, change, choose, edit, explain, obey, passed, setEdition, setLanguage } from "./commands.ts";
import {
  ask,
  type Context,
  isOwner,
  note,
  post,
  proceed,
  sentence,
  summarise,
  type Turn,
  turn,
  viewOf,
  where,
} from "./turn.ts";
import {
  type Intent,
  normalise,
  readCommand,
  readEdit,
  readIntent,
  readLanguage,
  readName,
  readRevision,
  takesBack,
} from "./words.ts";

type Said = Extract<Event, { kind: "said" }>;

/** More than this is no message about a fleet; files have their own way in. */
const readCharacters = 20_000;
/** Of many names these are enough to know what is meant. */
const namesShown = 10;
/** Below this the reader was guessing the language. */
const sureOfLanguage = 0.5;
/** Shorter than this is chatter, not a question to look up. */
const questionWords = 3;
const questionLetters = 9;

/** A person wrote something. */
export function said(state: State, event: Said, context: Context): Turn {
  const { files, brief, unread, refused, links, text } = readBrought(event.text, event.attachments);
  const known = greeted(state, event, context, text);
  const turns: Effect[] = [];
  if (unread.length > 0) {
    const sentenceOf = sentence(context.say(known.language), "attachment.unread", {
      tone: "warning",
      names: unread.join(", "),
    });
    turns.push(post("note", [sentenceOf]));
  }
  const say = context.say(known.language);
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
  return withEffects(spoken(known, { ...event, text: rest }, context), turns);
}

function withEffects({ state, effects, raise }: Turn, first: Effect[]): Turn {
  return turn(state, [...first, ...effects], raise);
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
      return answer(state, event, context);
    case "summary":
      return amend(state, event, context);
    case "working":
      return during(state, event, context);
    case "planned":
      return followUp(state, event, context);
  }
}

const read = (state: State, text: string, context: Context): Understood =>
  context.understand(text, { language: state.language, ...(state.asking ? { asking: state.asking } : {}) });

const named = (patch: Answers): PlaceholderName[] =>
  placeholderNames.filter((name) => valid(name, patch[name]) !== undefined);

/** What follows from a passing word ("stores") and does not overrule what was said about it before. */
const inferred: readonly PlaceholderName[] = ["industry", "scenario"];

function patchOf(understood: Understood, state: State): Answers {
  const patch = { ...understood.answers, ...impliedByRefusal(understood) };
  for (const name of inferred) {
    const isKnown = state.answers[name] !== undefined && state.origins[name] !== "default";
    if (isKnown && state.asking !== name) delete patch[name];
  }
  return patch;
}

/** Sizes are said to be taken; a bare name with a question mark asks about it. */
const sizes: readonly PlaceholderName[] = [
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
function meant(text: string, patch: Answers, context: Context): Exclude<Intent, "doubtful"> {
  const intent = readIntent(text, context.say);
  if (intent !== "doubtful") return intent;
  return named(patch).some((name) => sizes.includes(name)) ? "change" : "question";
}

/** "What if the link drops?" of a fleet whose link drops asks how it behaves. */
function isKnown(patch: Answers, state: State): boolean {
  const answers = state.briefs[state.current ?? ""]?.answers ?? state.answers;
  return named(patch).every((name) => JSON.stringify(patch[name]) === JSON.stringify(answers[name]));
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

function question(state: State, text: string): Effect {
  return { kind: "work", job: { kind: "answer", question: text, plan: state.current ?? "" } };
}

function isLookUp(text: string): boolean {
  const words = normalise(text);
  return (
    words.split(" ").length >= questionWords ||
    (/\p{Script=Han}/u.test(words) && words.length >= questionLetters)
  );
}

/** An answer to the open question, and whatever else the message gives. */
function answer(state: State, event: Said, context: Context): Turn {
  const name = state.asking;
  if (name === undefined) return start(state, event, context);
  const { text } = event;
  const understood = read(state, text, context);
  const reply = context.readAnswer(name, text, state.language);
  const direct = reply.kind === "value" ? valid(name, reply.value) : numbered(name, text, state);
  const isText = placeholder(name).kind === "text";
  const isWhole = !isText && reply.kind === "value" && normalise(reply.quote) === normalise(text);
  const readOthers = isWhole ? {} : patchOf(understood, state);
  const isAsking = isQuestion(text, { name, patch: readOthers, context });
  // "Why not MicroK8s?" chooses nothing.
  const others = isAsking ? {} : readOthers;
  // "What if they had 8 GB?", "sorry, 8 GB" is no answer to what the main problem is.
  const isAmending = readIntent(text, context.say) === "change" || takesBack(text, context.say);
  const isOther = isText && named(others).length > 0 && isAmending;
  const own = isWhole ? direct : (valid(name, others[name]) ?? (isAsking || isOther ? undefined : direct));
  const extra = named(others).filter((other) => other !== name);
  const withExtra = merge(
    state,
    { ...others, [name]: undefined },
    { origin: "said", quotes: understood.quotes },
  );
  const edition = isOwner(state, event) ? (understood.edition ?? state.edition) : state.edition;
  const heard: State = { ...withExtra, edition };
  const lead: Block[] = extra.length > 0 ? [noted(extra, heard, context)] : [];

  if (own !== undefined) {
    const quotes = { [name]: understood.quotes[name] ?? (isText ? undefined : text.slice(0, 80)) };
    const taken = merge(heard, { [name]: own } as Answers, { origin: "said", quotes: defined(quotes) });
    const next = withDoubts(passed(taken, name), understood);
    const done: Effect = {
      kind: "edit",
      key: `question:${name}`,
      blocks: answeredBlocks(name, viewOf(next, context)),
    };
    return proceed(next, context, { effects: [done], lead });
  }
  if (edition !== state.edition && extra.length === 0) return setEdition(state, event, context, edition);
  if (extra.length > 0) return proceed(withDoubts(heard, understood), context, { lead });
  if (isAsking) {
    // About something else than the open question, which is asked again after the answer.
    if (named(readOthers).some((other) => other !== name)) return turn(state, [question(state, text)]);
    const told = explain(state, context);
    return isLookUp(text) ? withEffects(told, [question(state, text)]) : told;
  }
  const doubted = withDoubts(state, understood);
  const say = context.say(state.language);
  const problem =
    reply.kind === "problem"
      ? problemBlock(name, reply, viewOf(state, context))
      : sentence(say, "problem.unread", { tone: "warning", text: text.slice(0, 80) });
  return ask(doubted, context, { name, lead: [problem] });
}

const NUMBERED = /^\s*[#(]?(\d{1,2})[.)]?\s*$/;

/** "2" where the second of the choices was meant: people number what they see. */
function numbered(name: PlaceholderName, text: string, state: State): unknown {
  const at = NUMBERED.exec(text)?.[1];
  if (at === undefined || placeholder(name).kind !== "choice") return undefined;
  return valid(name, choices(name, state)[Number(at) - 1]);
}

function isQuestion(
  text: string,
  { name, patch, context }: { name: PlaceholderName; patch: Answers; context: Context },
): boolean {
  const intent = readIntent(text, context.say);
  // A problem may be told as a question: "how to update 500 sites over a bad link".
  if (placeholder(name).kind === "text") return intent === "question" && /[?？]/.test(text);
  if (intent === "doubtful" && valid(name, patch[name]) !== undefined) return false;
  return meant(text, patch, context) === "question";
}

function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: NonNullable<T[K]> };
}

function noted(names: PlaceholderName[], state: State, context: Context): Block {
  const view = viewOf(state, context);
  return { kind: "notice", tone: "success", text: view.say("ask.noted", { list: list(names, view) }) };
}

/** Words while the card lies there: a correction, a question, or neither. */
function amend(state: State, event: Said, context: Context): Turn {
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
function during(state: State, event: Said, context: Context): Turn {
  const patch = patchOf(read(state, event.text, context), state);
  const names = named(patch);
  if (meant(event.text, patch, context) === "question") return turn(state, [question(state, event.text)]);
  if (names.length === 0) return where(state, context);
  const next: State = { ...state, later: { ...state.later, ...patch } };
  const view = viewOf({ ...next, answers: { ...state.answers, ...patch } }, context);
  return note(next, context, "working.noted", { tone: "success", list: list(names, view) });
}

/** Words after a plan: a question, a change, or something to ask back about. */
function followUp(state: State, event: Said, context: Context): Turn {
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

function editSaid(
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
