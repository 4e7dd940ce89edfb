import { placeholder } from "#catalogue/placeholders.ts";
import type { Block } from "#model/block.ts";
import type { Answers, PlaceholderName } from "#model/brief.ts";
import type { Effect, State } from "#model/conversation.ts";
import { merge, valid, withDoubts } from "../answers.ts";
import { answeredBlocks, choices, problemBlock } from "../blocks.ts";
import { explain, passed, setEdition } from "../commands.ts";
import { ask, type Context, isOwner, proceed, sentence, type Turn, turn, viewOf } from "../turn.ts";
import { normalise, readIntent, takesBack } from "../words.ts";
import { isLookUp, meant, named, noted, patchOf, question, read, type Said, withEffects } from "./read.ts";

/** An answer to the open question, and whatever else the message gives. */
export function answer(
  state: State,
  event: Said,
  { name, context }: { name: PlaceholderName; context: Context },
): Turn {
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
