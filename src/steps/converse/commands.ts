import { valueWords } from "#catalogue/value-words.ts";
import type { Block } from "#model/block.ts";
import {
  type Answers,
  type Edition,
  type Origin,
  type PlaceholderName,
  placeholderNames,
} from "#model/brief.ts";
import { type Event, freshState, type State } from "#model/conversation.ts";
import type { Language } from "#model/text.ts";
import {
  briefOf,
  changedNames,
  contradictions,
  givenOf,
  merge,
  openQuestions,
  valid,
  without,
} from "./answers.ts";
import {
  answeredBlocks,
  editBlocks,
  fallbackOf,
  forgetBlocks,
  formBlocks,
  helloBlocks,
  helpBlocks,
  label,
  list,
  planButtons,
  proposalBlocks,
  words,
} from "./blocks.ts";
import {
  ask,
  type Context,
  idle,
  isOwner,
  note,
  post,
  proceed,
  putInForce,
  refuse,
  restore,
  sentence,
  startPlan,
  summarise,
  type Turn,
  turn,
  viewOf,
  where,
} from "./turn.ts";
import type { Command } from "./words.ts";

/** Greets, shows what was understood, and asks the first question. */
export function begin(state: State, context: Context, lead: Block[] = []): Turn {
  const named = placeholderNames.filter((name) => state.answers[name] !== undefined);
  const asking: State = { ...state, phase: "asking" };
  const hello = post("hello", [...lead, ...helloBlocks(named, viewOf(asking, context))]);
  return proceed(asking, context, { effects: [hello] });
}

/** Ends running work and goes back to what stood before it. */
export function stop(state: State, context: Context): Turn {
  const say = context.say(state.language);
  const abort = { kind: "abort" } as const;
  if (state.phase === "working") {
    const before = restore(state);
    const stopped = [sentence(say, "stop.work")];
    if (state.current) {
      return where({ ...before, phase: "planned" }, context, {
        effects: [abort],
        lead: stopped,
        raise: true,
      });
    }
    return summarise(before, context, { effects: [abort], lead: stopped, raise: true });
  }
  if (state.phase === "planned")
    return turn(state, [abort, post("note", [sentence(say, "stop.planned")])], true);
  if (state.current) {
    const before: State = { ...restore(state), phase: "planned" };
    return where(before, context, {
      effects: [abort],
      lead: [sentence(say, "stop.backToPlan")],
      raise: true,
    });
  }
  const ended: State = { ...idle(state), phase: "ended" };
  return where(ended, context, { effects: [abort], raise: true });
}

/** Steps back to the question before. */
export function back(state: State, context: Context): Turn {
  const say = context.say(state.language);
  if (state.phase === "planned" || state.phase === "working" || state.phase === "ended") {
    return where(state, context, { lead: [sentence(say, "back.nothing")] });
  }
  const previous = state.asked.at(-1);
  if (previous === undefined) return where(state, context, { lead: [sentence(say, "back.first")] });
  const earlier = without({ ...state, asked: state.asked.slice(0, -1) }, previous);
  return ask(earlier, context, { name: previous });
}

/** Takes the default of the open question, or leaves it open where there is none. */
export function skip(state: State, context: Context, pressed?: string): Turn {
  const name = state.asking;
  if (state.phase !== "asking" || name === undefined) return where(state, context);
  if (pressed !== undefined && pressed !== name) return where(state, context);
  const fallback = valid(name, fallbackOf(name, state));
  const isKnown = state.answers[name] !== undefined;
  const patch = isKnown || fallback === undefined ? {} : ({ [name]: fallback } as Answers);
  const next = passed(merge(state, patch, { origin: "default" }), name);
  const blocks = answeredBlocks(name, viewOf(next, context));
  return proceed(next, context, { effects: [{ kind: "edit", key: `question:${name}`, blocks }] });
}

/** The question counts as asked and is certain now. */
export function passed(state: State, name: PlaceholderName): State {
  return {
    ...idle(state),
    asked: [...state.asked.filter((other) => other !== name), name],
    unsure: (state.unsure ?? []).filter((doubt) => doubt.name !== name),
  };
}

/** Takes everything still open by its default and shows the card. */
export function skipAll(state: State, context: Context): Turn {
  let next = idle(state);
  // A default can open a further question, never the same one again: as many rounds as there are names are enough.
  for (const _round of placeholderNames) {
    const name = openQuestions(next)[0];
    if (name === undefined) break;
    const fallback = valid(name, fallbackOf(name, next));
    const patch = fallback === undefined ? {} : ({ [name]: fallback } as Answers);
    next = passed(merge(next, patch, { origin: "default" }), name);
  }
  return summarise(next, context);
}

/** Starts the plan the card shows, or the change that waits. */
export function generate(state: State, event: Event, context: Context): Turn {
  if (!isOwner(state, event)) return refuse(state, context);
  if (state.phase === "asking" || state.phase === "new") return skipAll(state, context);
  if (state.phase === "planned" && state.later) {
    return change(state, event, context, { patch: state.later, origin: "said" });
  }
  if (state.phase !== "summary") return where(state, context);
  // The card says what contradicts what, and has no button while it does.
  if (contradictions(state).length > 0) return summarise(state, context);
  return startPlan(state, context);
}

/** Opens one answer for a change, or asks which; running work is ended first. */
export function edit(state: State, event: Event, context: Context, name?: PlaceholderName): Turn {
  if (state.phase === "working") {
    if (!isOwner(state, event)) return refuse(state, context);
    const before: State = { ...restore(state), phase: state.current ? "planned" : "summary" };
    const { state: next, effects } = edit(before, event, context, name);
    const stopped = post("note", [sentence(context.say(state.language), "stop.work")]);
    return turn(next, [{ kind: "abort" }, stopped, ...effects], true);
  }
  if (name === undefined) return turn(state, [post("edit", editBlocks(viewOf(state, context)))]);
  // What was left to its default in the plan in force is not asked again for the sake of one change.
  const passedBy = state.phase === "planned" ? openQuestions(state) : state.asked;
  return ask({ ...state, asked: passedBy.filter((other) => other !== name) }, context, { name });
}

/** Everything from the beginning; earlier revisions stay where they are. */
export function restart(state: State, event: Event, context: Context): Turn {
  if (!isOwner(state, event)) return refuse(state, context);
  const { language, languagePinned, edition, startedBy, plans, briefs } = state;
  const { proposed: _proposed, ...kept } = briefs;
  const fresh: State = { ...freshState, language, languagePinned, edition, plans, briefs: kept };
  const begun = begin(startedBy ? { ...fresh, startedBy } : fresh, context);
  return turn(begun.state, [{ kind: "abort" }, ...begun.effects], true);
}

/** Quick or whole. */
export function setEdition(state: State, event: Event, context: Context, edition: Edition): Turn {
  if (!isOwner(state, event)) return refuse(state, context);
  if (state.phase === "working") return where(state, context);
  const lead = [sentence(context.say(state.language), `edition.${edition}`, { tone: "success" })];
  if (state.edition === edition && state.phase !== "new") return where(state, context, { lead });
  return proceed({ ...idle(state), edition }, context, { lead });
}

/** Everything is said in this language from now on. */
export function setLanguage(state: State, event: Event, context: Context, language: Language): Turn {
  if (!isOwner(state, event)) return refuse(state, context);
  const next: State = { ...state, language, languagePinned: true };
  const say = context.say(language);
  const lead = [sentence(say, "language.switched", { tone: "success" })];
  if (state.phase !== "planned") return where(next, context, { lead });
  const again: Block = {
    kind: "actions",
    id: "language",
    buttons: [{ action: "plan", label: say("button.plan") }],
  };
  return turn(next, [post("note", [...lead, again])]);
}

/** Puts a revision in force: the newest (keep) or an earlier one (revert). */
export function choose(state: State, event: Event, context: Context, revision: number): Turn {
  if (!isOwner(state, event)) return refuse(state, context);
  if (state.phase === "working") return where(state, context);
  const plan = state.plans[revision - 1];
  if (plan === undefined) {
    const count = state.plans.length;
    return note(state, context, count === 0 ? "plan.none" : "revision.unknown", {
      tone: "warning",
      revision,
      count,
    });
  }
  const { later: _later, ...rest } = state;
  const next = putInForce(rest, plan);
  const blocks = [
    sentence(context.say(state.language), "revision.inForce", { tone: "success", revision }),
    planButtons(viewOf(next, context)),
  ];
  return turn(next, [post("note", blocks)]);
}

/** Shows a part of the plan in force. */
export function show(state: State, context: Context, part: "whole" | "zip" | "prompt" | "document"): Turn {
  const { current } = state;
  if (current === undefined) return where(state, context, { lead: [noPlan(state, context)] });
  if (part === "zip" && state.briefs[current]?.edition === "basic") {
    return note(state, context, "plan.noRepository");
  }
  return turn(state, [{ kind: "show", plan: current, part }]);
}

const noPlan = (state: State, context: Context): Block => sentence(context.say(state.language), "plan.none");

/** The revisions of this conversation, one line each. */
export function listPlans(state: State, context: Context): Turn {
  if (state.plans.length === 0) return where(state, context, { lead: [noPlan(state, context)] });
  const view = viewOf(state, context);
  const { say } = view;
  const told: PlaceholderName[] = ["sites", "memoryMiB", "network", "distro", "gitops"];
  const rows = state.plans.map((id, at) => {
    const brief = state.briefs[id];
    const says = (name: PlaceholderName) =>
      `${label(name, say)} ${valueWords(name, brief?.answers[name], { say, language: state.language })}`;
    const about = brief ? told.map(says).join(" · ") : "–";
    return [String(at + 1), about, id === state.current ? say("revision.current") : ""];
  });
  const columns = [say("revision.column.number"), say("revision.column.about"), say("revision.column.state")];
  return turn(state, [post("note", [{ kind: "table", columns, rows }])]);
}

type Patch = { patch: Answers; origin: Origin; quotes?: State["quotes"] };

/** A change after a plan: a new revision from whoever may start one, a proposal from anyone else. */
export function change(
  state: State,
  event: Event,
  context: Context,
  { patch, origin, quotes = {} }: Patch,
): Turn {
  const { current } = state;
  const before = current === undefined ? undefined : state.briefs[current];
  const given = before ? { ...state, ...givenOf(before) } : state;
  const merged = merge({ ...given, asked: [] }, patch, { origin, quotes });
  const names = before ? changedNames(before, briefOf(merged)) : [];
  const revision = state.plans.length + 1;
  const view = viewOf(merged, context);
  if (names.length === 0 && state.edition === before?.edition) {
    return note(state, context, "change.same", { revision: state.plans.indexOf(current ?? "") + 1 });
  }
  const wrong = contradictions(merged);
  if (wrong.length > 0) return summarise(merged, context);
  if (!isOwner(state, event)) {
    return turn({ ...state, later: patch }, [post("note", proposalBlocks(names, { revision, view }))]);
  }
  const lead: Block[] = [
    { kind: "paragraph", text: view.say("change.start", { revision, list: list(names, view) }) },
  ];
  return startPlan(merged, context, { lead });
}

/** All open questions at once, as text; platforms with forms open one instead. */
export function form(state: State, context: Context): Turn {
  if (state.phase !== "asking" || openQuestions(state).length === 0) return where(state, context);
  return turn(state, [post("form", formBlocks(viewOf(state, context)))]);
}

/** Carries out a command that was said in words. */
export function obey(command: Command, state: State, event: Event, context: Context): Turn {
  const view = viewOf(state, context);
  switch (command) {
    case "stop":
    case "cancel":
      return isOwner(state, event) ? stop(state, context) : refuse(state, context);
    case "back":
      return back(state, context);
    case "skip":
      return skip(state, context);
    case "edit":
      return edit(state, event, context);
    case "restart":
      return restart(state, event, context);
    case "generate":
      return generate(state, event, context);
    case "help":
      return turn(state, [post("note", helpBlocks(view))]);
    case "why":
      return explain(state, context);
    case "basic":
    case "pro":
      return setEdition(state, event, context, command);
    case "zip":
    case "document":
    case "prompt":
      return show(state, context, command);
    case "plan":
      return show(state, context, "whole");
    case "list":
      return listPlans(state, context);
    case "keep":
      return choose(state, event, context, state.plans.length);
    case "thanks":
      return note(state, context, "chat.thanks");
    case "hello":
      return where(state, context, { lead: [sentence(view.say, "chat.hello")] });
    case "forget":
      if (!isOwner(state, event)) return refuse(state, context);
      return turn(state, [post("note", forgetBlocks(view))]);
    case "continue":
      return goOn(state, context);
    case "form":
      return form(state, context);
  }
}

/** Goes on after a stop; anywhere else it shows what is waited for. */
export function goOn(state: State, context: Context): Turn {
  if (state.phase !== "ended") return where(state, context);
  return proceed({ ...state, phase: "asking" }, context);
}

/** Why the open question is asked. */
export function explain(state: State, context: Context): Turn {
  if (state.phase !== "asking" || !state.asking) return where(state, context);
  const view = viewOf(state, context);
  const fallback = state.answers[state.asking] ?? fallbackOf(state.asking, state);
  const value = fallback === undefined ? view.say("value.open") : words(state.asking, fallback, view);
  const why = view.say(`ask.${state.asking}.why`);
  return turn(state, [post("note", [sentence(view.say, "ask.explain", { why, value })])]);
}
