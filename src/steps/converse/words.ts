import { type PlaceholderName, placeholderNames } from "#model/brief.ts";
import type { Say } from "#model/platform.ts";
import { type Language, languages } from "#model/text.ts";

/** What a person can say instead of pressing a button: one exact phrase each, in any of the languages. */
const commands = [
  "stop",
  "back",
  "skip",
  "edit",
  "restart",
  "generate",
  "help",
  "why",
  "basic",
  "pro",
  "zip",
  "document",
  "prompt",
  "plan",
  "list",
  "keep",
  "cancel",
  "thanks",
  "hello",
  "forget",
  "continue",
  "form",
] as const;
export type Command = (typeof commands)[number];

type Speech = (language: Language) => Say;

/** What stands around a command without changing it. */
const EDGES = /^[\s"'“”„«».,;:!?¡¿。，；：！？、…*_`]+|[\s"'“”„«».,;:!?¡¿。，；：！？、…*_`]+$/gu;
const MENTION = /^\s*(?:@edgewright|edgewright[,:])\s*/i;
const SEGMENT = /[,.;:!?\n，。；：！？、—–]+/u;
const NUMBER = /(\d{1,4})/;

const lists = new WeakMap<Say, Map<string, string[]>>();

/** The phrases of one key in one language; remembered, since every message asks for them. */
function phrases(say: Say, key: string): string[] {
  const known = lists.get(say) ?? new Map<string, string[]>();
  lists.set(say, known);
  const found = known.get(key);
  if (found) return found;
  const fresh = say(key).split("\n").map(normalise);
  known.set(key, fresh);
  return fresh;
}

const everywhere = new WeakMap<Speech, Map<string, string[]>>();

function inEveryLanguage(speech: Speech, key: string): string[] {
  const known = everywhere.get(speech) ?? new Map<string, string[]>();
  everywhere.set(speech, known);
  const found = known.get(key) ?? languages.flatMap((language) => phrases(speech(language), key));
  known.set(key, found);
  return found;
}

/** Lower case, one space, without a mention of the bot and without marks at the ends. */
export function normalise(text: string): string {
  return text.normalize("NFKC").replace(MENTION, "").toLowerCase().replace(/\s+/g, " ").replace(EDGES, "");
}

function withoutPoliteness(text: string, speech: Speech): string {
  let rest = text;
  for (const polite of inEveryLanguage(speech, "words.please")) {
    if (rest === polite) continue;
    if (rest.endsWith(polite)) rest = normalise(rest.slice(0, -polite.length));
    if (rest.startsWith(polite)) rest = normalise(rest.slice(polite.length));
  }
  return rest;
}

/** The command a message is, when it is nothing else. */
export function readCommand(text: string, speech: Speech): Command | undefined {
  const words = normalise(text);
  const plain = withoutPoliteness(words, speech);
  for (const command of commands) {
    const list = inEveryLanguage(speech, `words.${command}`);
    if (list.includes(words) || list.includes(plain)) return command;
  }
  return undefined;
}

/** The language a person asks for ("auf Deutsch"), with what else the message says. */
export function readLanguage(text: string, speech: Speech): { language: Language; rest: string } | undefined {
  const pieces = text.split(SEGMENT).map((piece) => withoutPoliteness(normalise(piece), speech));
  const meant = pieces.filter((piece) => piece !== "");
  const ends = [meant[0], meant.at(-1)];
  for (const language of languages) {
    const list = inEveryLanguage(speech, `words.language.${language}`);
    const hit = ends.find((end) => end !== undefined && list.includes(end));
    if (hit === undefined) continue;
    const polite = inEveryLanguage(speech, "words.please");
    const others = meant.filter((piece) => piece !== hit && !polite.includes(piece));
    if (others.length === 0) return { language, rest: "" };
    // Cutting the phrase out would tear numbers such as 5,000 apart; the whole text is read again, which does no harm.
    return { language, rest: text };
  }
  return undefined;
}

function isWordAt(text: string, at: number, length: number): boolean {
  const letter = /[\p{Script=Latin}\p{N}]/u;
  const before = text[at - 1] ?? " ";
  const after = text[at + length] ?? " ";
  if (!letter.test(text[at]!)) return true;
  return !letter.test(before) && !letter.test(after);
}

function findWord(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (isWordAt(text, at, word.length)) return at;
  }
  return -1;
}

function startsWithPhrase(text: string, list: readonly string[]): string | undefined {
  const fitting = list.filter((phrase) => text.startsWith(phrase) && isWordAt(text, 0, phrase.length));
  return fitting.sort((a, b) => b.length - a.length)[0];
}

/** "edit memory", "change network to stable": which answer, and what it shall become. */
export function readEdit(
  text: string,
  speech: Speech,
): { name: PlaceholderName; value?: string } | "unnamed" | undefined {
  const words = withoutPoliteness(normalise(text), speech);
  const verb = startsWithPhrase(words, inEveryLanguage(speech, "words.edit"));
  if (verb === undefined) return undefined;
  const rest = words.slice(verb.length);
  let best: { name: PlaceholderName; at: number; length: number } | undefined;
  for (const name of placeholderNames) {
    for (const word of inEveryLanguage(speech, `ask.${name}.words`)) {
      const at = findWord(rest, word);
      if (at < 0) continue;
      if (!best || at < best.at || (at === best.at && word.length > best.length)) {
        best = { name, at, length: word.length };
      }
    }
  }
  if (!best) return "unnamed";
  const value = valueAfter(rest.slice(best.at + best.length), speech);
  return value === "" ? { name: best.name } : { name: best.name, value };
}

/** "memory", "Arbeitsspeicher": an answer named by its label or a word for it, and nothing else. */
export function readName(text: string, speech: Speech): PlaceholderName | undefined {
  const words = withoutPoliteness(normalise(text), speech);
  for (const key of ["label", "words"]) {
    const name = placeholderNames.find((one) => inEveryLanguage(speech, `ask.${one}.${key}`).includes(words));
    if (name) return name;
  }
  return undefined;
}

function valueAfter(text: string, speech: Speech): string {
  const rest = normalise(text.replace(/^\s*[=:：]+/, ""));
  const link = startsWithPhrase(rest, inEveryLanguage(speech, "words.to"));
  return link === undefined ? rest : normalise(rest.slice(link.length));
}

/** "back to 1", "volver a 1", "回到 1": the number of a revision. */
export function readRevision(text: string, key: "revert" | "keepNumber", speech: Speech): number | undefined {
  const words = withoutPoliteness(normalise(text), speech);
  const phrase = startsWithPhrase(words, inEveryLanguage(speech, `words.${key}`));
  if (phrase === undefined) return undefined;
  const rest = words.slice(phrase.length);
  const number = NUMBER.exec(rest)?.[1];
  if (number === undefined || rest.length > 24) return undefined;
  return Number(number);
}

/** What a message is about: a change to try, a question, a question mark after something that could be either, or neither. */
export type Intent = "change" | "question" | "doubtful" | "unclear";

/** Reads what a message wants from how it begins and ends; what it is about, `understand` says. */
export function readIntent(text: string, speech: Speech): Intent {
  const words = normalise(text);
  const plain = withoutLead(words, speech);
  const begins = (key: string) =>
    [words, plain].some((from) => startsWithPhrase(from, inEveryLanguage(speech, key)) !== undefined);
  const isMarked = /[?？¿]/.test(text);
  if (begins("words.whatIf")) return "change";
  if (begins("words.question")) return "question";
  const wantsChange = inEveryLanguage(speech, "words.instead").some((word) => findWord(words, word) >= 0);
  if (wantsChange) return "change";
  if (begins("words.ask")) return "question";
  const isTailed = inEveryLanguage(speech, "words.tail").some((tail) => words.endsWith(tail));
  // "son 3 nodos" tells, "¿son 3 nodos?" asks.
  if (isMarked && (isTailed || begins("words.askMarked"))) return "question";
  return isMarked ? "doubtful" : "unclear";
}

/** "Sorry, 8 GB": whether a message begins by taking back what was said before. */
export function takesBack(text: string, speech: Speech): boolean {
  return startsWithPhrase(normalise(text), inEveryLanguage(speech, "words.sorry")) !== undefined;
}

/** "and", "aber", "那": what a message may begin with before it says what it wants. */
function withoutLead(words: string, speech: Speech): string {
  const leads = inEveryLanguage(speech, "words.also");
  let rest = words;
  for (let lead = startsWithPhrase(rest, leads); lead; lead = startsWithPhrase(rest, leads)) {
    rest = normalise(rest.slice(lead.length));
  }
  return rest;
}
