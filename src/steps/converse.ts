import type { Block } from "#model/block.ts";
import { type Answers, type Edition, type PlaceholderName, placeholderNames } from "#model/brief.ts";
import type { Effect, Event, State } from "#model/conversation.ts";
import { type Language, languages } from "#model/text.ts";
import { changedNames, fromField, merge, valid } from "./converse/answers.ts";
import { answeredBlocks, label, list, problemBlock, proposalBlocks } from "./converse/blocks.ts";
import {
  begin,
  choose,
  edit,
  form,
  generate,
  goOn,
  listPlans,
  obey,
  passed,
  restart,
  setEdition,
  setLanguage,
  show,
  skip,
} from "./converse/commands.ts";
import { takeChange } from "./converse/said/change.ts";
import { said } from "./converse/said.ts";
import { takeRead } from "./converse/take-read.ts";
import {
  type Context,
  isOwner,
  note,
  post,
  proceed,
  pruned,
  putInForce,
  refuse,
  restore,
  sentence,
  summarise,
  type Turn,
  turn,
  viewOf,
  where,
  withOneCopy,
} from "./converse/turn.ts";

export { helpBlocks } from "./converse/blocks.ts";
export { formOf, titleOf } from "./converse/form.ts";
export type { Context, Turn } from "./converse/turn.ts";

type Of<K extends Event["kind"]> = Extract<Event, { kind: K }>;

const editions: readonly string[] = ["basic", "pro"];
const isName = (value: string | undefined): value is PlaceholderName =>
  placeholderNames.includes(value as PlaceholderName);
const isLanguage = (value: string | undefined): value is Language => languages.includes(value as Language);

/**
 * One turn of a conversation: what it is now and what just happened give what it is next and what must be done.
 * Pure; every event of a person has at least one effect. `raise` says that work already running is out of date.
 */
export function converse(before: State, event: Event, context: Context): Turn {
  return withOneCopy(before, turnOf(opened(before, event), event, context), context);
}

function turnOf(state: State, event: Event, context: Context): Turn {
  switch (event.kind) {
    case "said":
      return said(state, event, context);
    case "pressed":
      return pressed(started(state, event), event, context);
    case "submitted":
      return submitted(started(state, event), event, context);
    case "limited":
      return note(state, context, "limit.messages", { tone: "warning", seconds: event.seconds });
    case "done":
      return done(state, event, context);
    case "failed":
      return failed(state, event, context);
  }
}

/** A conversation begins with what its workspace has settled. */
function opened(state: State, { scope, defaults, languageSure, language, edition: chosen }: Event): State {
  if (state.phase !== "new" || state.startedBy) return state;
  const { gitops } = defaults ?? {};
  const edition = chosen ?? defaults?.edition;
  const spoken = (languageSure ? language : undefined) ?? defaults?.language;
  const isEngine = gitops !== undefined && gitops !== "auto" && state.answers.gitops === undefined;
  return {
    ...(isEngine ? merge(state, { gitops }, { origin: "chosen" }) : state),
    ...(scope !== undefined && { scope }),
    ...(edition && { edition }),
    ...(spoken && { language: spoken }),
  };
}

/** A conversation can begin with a button too: an app's home, a shortcut. */
function started(state: State, event: Event): State {
  if (state.phase !== "new") return state;
  const settled = state.languagePinned || event.languageSure || event.defaults?.language;
  const language = settled ? state.language : (event.language ?? state.language);
  return { ...state, language, ...(event.person && !state.startedBy ? { startedBy: event.person } : {}) };
}

function pressed(state: State, event: Of<"pressed">, context: Context): Turn {
  const { action, value } = event;
  if (action.startsWith("answer:")) {
    const name = action.slice("answer:".length);
    if (isName(name)) return chosen(state, event, context, name);
  }
  switch (action) {
    case "skip":
      return skip(state, context, value);
    case "edit":
      return edit(state, event, context, isName(value) ? value : undefined);
    case "generate":
      return generate(state, event, context);
    case "restart":
      return restart(state, event, context);
    case "edition":
      if (editions.includes(value ?? "")) return setEdition(state, event, context, value as Edition);
      break;
    case "language":
      if (isLanguage(value)) return setLanguage(state, event, context, value);
      break;
    case "keep":
    case "revert":
      return choose(state, event, context, Number(value) || state.plans.length);
    case "stop":
    case "cancel":
    case "back":
    case "help":
    case "prompt":
    case "zip":
    case "document":
    case "forget":
      return obey(action, state, event, context);
    case "plan":
      return show(state, context, "whole");
    case "list":
      return listPlans(state, context);
    case "form":
      return form(state, context);
    case "continue":
      return goOn(state, context);
    case "change":
      return note(state, context, "change.how");
    case "drop": {
      const { later: _later, ...rest } = state;
      return note(rest, context, "change.dropped");
    }
    case "rename":
      return rename(state, event, context, value ?? "");
    case "feedback":
      return note(state, context, value === "down" ? "feedback.down" : "feedback.up");
    case "forgetAll": {
      if (!isOwner(state, event)) return refuse(state, context);
      const gone = post("note", [sentence(context.say(state.language), "forget.done", { tone: "success" })]);
      return turn({ ...state, phase: "ended" }, [{ kind: "abort" }, gone, { kind: "forget" }], true);
    }
    case "keepAll":
      return note(state, context, "forget.kept");
  }
  return where(state, context, { lead: [sentence(context.say(state.language), "pressed.unknown")] });
}

const titleCharacters = 80; // one line of a list

function rename(state: State, event: Event, context: Context, typed: string): Turn {
  if (!isOwner(state, event)) return refuse(state, context);
  const title = typed.replace(/\s+/g, " ").trim().slice(0, titleCharacters);
  if (title === "") return note(state, context, "rename.empty", { tone: "warning" });
  return note({ ...state, title }, context, "rename.done", { tone: "success", title });
}

/** A choice was pressed: the open question's, or an older one's, which corrects that answer. */
function chosen(state: State, event: Of<"pressed">, context: Context, name: PlaceholderName): Turn {
  const value = fromField(name, event.value ?? "");
  if (value === undefined) {
    return where(state, context, { lead: [sentence(context.say(state.language), "pressed.unknown")] });
  }
  if (state.phase === "ended") return where(state, context);
  const patch = { [name]: value } as Answers;
  if (state.phase !== "asking" || state.asking !== name) return takeChange(state, event, context, patch);
  const next = passed(merge(state, patch, { origin: "chosen" }), name);
  const seen: Effect = {
    kind: "edit",
    key: `question:${name}`,
    blocks: answeredBlocks(name, viewOf(next, context)),
  };
  return proceed(next, context, { effects: [seen] });
}

function submitted(state: State, event: Of<"submitted">, context: Context): Turn {
  const say = context.say(state.language);
  // What the form was prefilled from said more than its fields hold: wishes, device types.
  const said =
    event.text === undefined ? undefined : context.understand(event.text, { language: state.language });
  const patch: Record<string, unknown> = { ...said?.answers };
  const problems: Block[] = [];
  /** Seen and left as they were; what is empty takes its default, as the form says. */
  const left: PlaceholderName[] = [];
  for (const [name, typed] of Object.entries(event.fields)) {
    if (!isName(name)) continue;
    if (typed.trim() === "") {
      left.push(name);
      continue;
    }
    const read = context.readAnswer(name, typed, state.language);
    const value = fromField(name, typed) ?? (read.kind === "value" ? valid(name, read.value) : undefined);
    if (value !== undefined) {
      // Known before and left as it was: where it came from stays true.
      if (JSON.stringify(value) === JSON.stringify(state.answers[name])) left.push(name);
      else patch[name] = value;
      continue;
    }
    const view = viewOf(state, context);
    const why =
      read.kind === "problem"
        ? problemBlock(name, read, view)
        : sentence(say, "problem.unread", { tone: "warning", text: typed.slice(0, 80) });
    if (why.kind === "notice") problems.push({ ...why, text: `${label(name, say)}: ${why.text}` });
  }
  const isSaid = Object.keys(patch).length > 0;
  const isOpen = state.phase === "new" || state.phase === "asking" || state.phase === "ended";
  if (!isSaid && (problems.length > 0 || left.length === 0 || !isOpen)) {
    return where(state, context, { lead: problems });
  }
  if (state.phase === "planned" || state.phase === "working") {
    const taken = takeChange(state, event, context, patch as Answers);
    return problems.length === 0
      ? taken
      : turn(taken.state, [post("note", problems), ...taken.effects], taken.raise);
  }
  const names = Object.keys(patch).filter((name) => isName(name));
  const asked = [...new Set([...state.asked, ...names, ...left])];
  const next: State = { ...merge(state, patch as Answers, { origin: "chosen" }), asked };
  if (state.phase === "new" || state.phase === "ended") return begin(next, context, problems);
  if (!isSaid) return proceed(next, context);
  const noted = say("ask.noted", { list: list(names, viewOf(next, context)) });
  return proceed(next, context, { lead: [{ kind: "notice", tone: "success", text: noted }, ...problems] });
}

function done(state: State, event: Of<"done">, context: Context): Turn {
  const { result } = event;
  if (result.kind === "plan") return planDone(state, result.plan, context);
  if (result.kind === "patch") return takeRead(state, event, context, result);
  const answer = post(result.kind, result.blocks);
  if (state.phase !== "asking" || !state.asking) return turn(state, [answer]);
  return where(state, context, { effects: [answer] });
}

function planDone(state: State, plan: string, context: Context): Turn {
  if (state.phase !== "working") return turn(state, []);
  const { proposed, ...briefs } = state.briefs;
  const since = state.current;
  const plans = [...state.plans.filter((id) => id !== plan), plan];
  const withBrief = proposed ? { ...briefs, [plan]: proposed } : briefs;
  const kept = { ...state, plans, briefs: pruned(withBrief, { plans, current: plan }) };
  const next = putInForce(kept, plan);
  // A quick recommendation and a whole plan have nothing to be compared by.
  const isComparable = since !== undefined && briefs[since]?.edition === proposed?.edition;
  const effects: Effect[] = [
    isComparable ? { kind: "show", plan, part: "diff", since } : { kind: "show", plan, part: "whole" },
  ];
  if (next.later) {
    const names = placeholderNames.filter((name) => next.later?.[name] !== undefined);
    const view = viewOf({ ...next, answers: { ...next.answers, ...next.later } }, context);
    effects.push(post("note", proposalBlocks(names, { revision: plans.length + 1, view })));
  }
  return turn(next, effects);
}

function failed(state: State, event: Of<"failed">, context: Context): Turn {
  const say = context.say(state.language);
  const tone = event.reason === "stopped" ? "info" : "error";
  const why = sentence(say, `failure.${event.reason}`, { tone });
  const isPlan = event.job === undefined || event.job === "plan";
  if (state.phase !== "working" || !isPlan) return turn(state, [post("note", [why])]);
  const { proposed } = state.briefs;
  const before = restore(state);
  if (!state.current)
    return summarise(before, context, { lead: [why, sentence(say, "failure.nothingLost")] });
  const inForce = state.briefs[state.current];
  const names = proposed && inForce ? changedNames(inForce, proposed) : [];
  const later = Object.fromEntries(names.map((name) => [name, proposed?.answers[name]])) as Answers;
  const retry: Block = {
    kind: "actions",
    id: "retry",
    buttons: [{ action: "generate", label: say("button.retry"), style: "primary" }],
  };
  const next: State = { ...before, phase: "planned", ...(names.length > 0 ? { later } : {}) };
  return turn(next, [post("note", names.length > 0 ? [why, retry] : [why])]);
}
