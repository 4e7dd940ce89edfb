import { completeBrief, missing, placeholder, problems } from "#catalogue/placeholders.ts";
import { Answers, type Brief, type Origin, type PlaceholderName, placeholderNames } from "#model/brief.ts";
import type { State } from "#model/conversation.ts";
import type { Understood } from "#model/understood.ts";

/** What fits on a button. */
const scalars = ["string", "number", "boolean"];

/** The value as the schema keeps it, or undefined where it does not allow it. */
export function valid(name: PlaceholderName, value: unknown): unknown {
  if (value === undefined) return undefined;
  const read = Answers.shape[name].safeParse(value);
  return read.success ? read.data : undefined;
}

/** The value of a button or a form field, which travels as text. */
export function fromField(name: PlaceholderName, field: string): unknown {
  const { kind } = placeholder(name);
  const text = field.trim();
  if (kind === "yes-no") {
    const known: Record<string, boolean> = { yes: true, true: true, no: false, false: false };
    return valid(name, known[text.toLowerCase()]);
  }
  if (kind === "number" || kind === "memory") return text === "" ? undefined : valid(name, Number(text));
  if (kind === "list") return undefined;
  return text === "" ? undefined : valid(name, text);
}

/** Sets answers with where they came from; one said later wins over one said earlier. */
export function merge(
  state: State,
  patch: Answers,
  { origin, quotes = {} }: { origin: Origin; quotes?: Understood["quotes"] },
): State {
  const answers: Record<string, unknown> = { ...state.answers };
  const origins = { ...state.origins };
  const words = { ...state.quotes };
  for (const name of placeholderNames) {
    const value = valid(name, patch[name]);
    if (value === undefined) continue;
    answers[name] = name === "wishes" ? union(state.answers.wishes, value as string[]) : value;
    origins[name] = origin;
    delete words[name];
    if (origin === "said" && quotes[name]) words[name] = quotes[name];
  }
  const next = { ...state, answers: answers as Answers, origins, quotes: words };
  return alignDevices(next, patch);
}

function union(old: readonly string[] = [], more: readonly string[]): string[] {
  return [...new Set([...old, ...more])];
}

/** Memory or architecture said anew holds for device types said before: nobody means both. */
function alignDevices(state: State, patch: Answers): State {
  const types = state.answers.deviceTypes;
  if (!types || patch.deviceTypes) return state;
  const arch = patch.arch === "mixed" ? undefined : patch.arch;
  if (patch.memoryMiB === undefined && arch === undefined) return state;
  const deviceTypes = types.map((type) => ({
    ...type,
    memoryMiB: patch.memoryMiB ?? type.memoryMiB,
    arch: arch ?? type.arch,
  }));
  return { ...state, answers: { ...state.answers, deviceTypes } };
}

/** Takes an answer back, so that it is missing again. */
export function without(state: State, name: PlaceholderName): State {
  const { [name]: _answer, ...answers } = state.answers;
  const { [name]: _origin, ...origins } = state.origins;
  const { [name]: _quote, ...quotes } = state.quotes;
  return { ...state, answers, origins, quotes };
}

/** The brief these answers make, defaults filled in. */
export function briefOf(state: State): Brief {
  const { answers, origins, edition, language } = state;
  return completeBrief({ answers: { ...answers }, origins, edition, language });
}

/** What was said or chosen in a brief; its defaults are left to be drawn anew from what changes. */
export function givenOf(brief: Brief): Pick<State, "answers" | "origins"> {
  const answers: Record<string, unknown> = {};
  const origins: State["origins"] = {};
  for (const name of placeholderNames) {
    const origin = brief.origins[name];
    if (brief.answers[name] === undefined || origin === undefined || origin === "default") continue;
    answers[name] = brief.answers[name];
    origins[name] = origin;
  }
  return { answers: answers as Answers, origins };
}

/** Names whose answer differs between two briefs, apart from what merely follows from others. */
export function changedNames(before: Brief, after: Brief): PlaceholderName[] {
  return placeholderNames.filter((name) => {
    if (JSON.stringify(before.answers[name]) === JSON.stringify(after.answers[name])) return false;
    return after.origins[name] !== "default";
  });
}

/** Questions still open, in order: first what was read but is not certain, then what is missing. */
export function openQuestions(state: State): PlaceholderName[] {
  const unsure = (state.unsure ?? []).map((doubt) => doubt.name);
  const lacking = missing(state.answers, state.edition, state.language);
  return [...new Set([...unsure, ...lacking])].filter((name) => !state.asked.includes(name));
}

/** Remembers what was read without certainty, to be asked with what was read as the choices. */
export function withDoubts(state: State, { uncertain, refused }: Understood): State {
  const doubts = [...(state.unsure ?? [])];
  const add = (name: PlaceholderName, candidates: unknown[]) => {
    const isKnown = state.answers[name] !== undefined || state.asked.includes(name);
    if (isKnown || doubts.some((doubt) => doubt.name === name)) return;
    const fitting = candidates.filter((value) => scalars.includes(typeof value));
    const good = fitting.filter((value) => valid(name, value) !== undefined);
    doubts.push({ name, candidates: good as (string | number | boolean)[] });
  };
  for (const { name, candidates } of uncertain) if (name !== "wishes") add(name, candidates);
  for (const { name } of refused) {
    const no = refused.filter((other) => other.name === name).map((other) => other.value);
    const left = (placeholder(name).choices ?? []).filter((choice) => !no.includes(choice));
    // "auto" might choose exactly what was refused.
    const named = left.filter((choice) => choice !== "auto");
    if (named.length > 1) add(name, named);
  }
  return { ...state, unsure: doubts };
}

/** What a refusal leaves when only one other choice is there: "not Argo" means Flux. */
export function impliedByRefusal({ refused, answers }: Understood): Answers {
  const implied: Record<string, unknown> = {};
  for (const { name } of refused) {
    if (answers[name] !== undefined) continue;
    const no = refused.filter((other) => other.name === name).map((other) => other.value);
    const named = (placeholder(name).choices ?? []).filter((choice) => choice !== "auto");
    const left = named.filter((choice) => !no.includes(choice));
    if (named.length > left.length && left.length === 1) implied[name] = left[0];
  }
  return implied as Answers;
}

/** Answers that cannot both be true, each with its sentence. */
export function contradictions(state: State): { name: PlaceholderName; sentence: string }[] {
  return problems(state.answers).map(({ name, message }) => ({ name, sentence: message[state.language] }));
}
