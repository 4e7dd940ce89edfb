import { type PlaceholderName, placeholderNames } from "#model/brief.ts";
import { type Language, languages } from "#model/text.ts";
import { findWord, holdsPhrase, normalise, phraseAtStart, phrasesOf, type Speech } from "./phrases.ts";

export { normalise } from "./phrases.ts";

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

const SEGMENT = /[,.;:!?\n，。；：！？、—–]+/u;
const NUMBER = /(\d{1,4})/;

function withoutPoliteness(text: string, speech: Speech): string {
  const { all } = phrasesOf(speech, "words.please");
  let rest = text;
  for (const polite of all) {
    if (rest === polite) continue;
    if (rest.endsWith(polite)) rest = normalise(rest.slice(0, -polite.length));
    if (rest.startsWith(polite)) rest = normalise(rest.slice(polite.length));
  }
  return rest;
}

const commandsKnown = new WeakMap<Speech, Map<string, Command>>();

/** Every phrase that is a command; one that is several is the first of them. */
function commandsBy(speech: Speech): Map<string, Command> {
  const found = commandsKnown.get(speech);
  if (found) return found;
  const pairs = commands.flatMap((command) =>
    phrasesOf(speech, `words.${command}`).all.map((phrase) => [phrase, command] as const),
  );
  const map = new Map(pairs.toReversed());
  commandsKnown.set(speech, map);
  return map;
}

/** The command a message is, when it is nothing else. */
export function readCommand(text: string, speech: Speech): Command | undefined {
  const words = normalise(text);
  const known = commandsBy(speech);
  return known.get(words) ?? known.get(withoutPoliteness(words, speech));
}

/** The language a person asks for ("auf Deutsch"), with what else the message says. */
export function readLanguage(text: string, speech: Speech): { language: Language; rest: string } | undefined {
  const pieces = text.split(SEGMENT);
  const said = (piece: string) => withoutPoliteness(normalise(piece), speech);
  const [first, last] = [pieces, pieces.toReversed()].map((from) => firstOf(from, said));
  for (const language of languages) {
    const list = phrasesOf(speech, `words.language.${language}`);
    const hit = [first, last].find((end) => end !== undefined && list.has(end));
    if (hit === undefined) continue;
    const polite = phrasesOf(speech, "words.please");
    const others = pieces.map(said).filter((piece) => piece !== "" && piece !== hit && !polite.has(piece));
    if (others.length === 0) return { language, rest: "" };
    // Cutting the phrase out would tear numbers such as 5,000 apart; the whole text is read again, which does no harm.
    return { language, rest: text };
  }
  return undefined;
}

function firstOf(pieces: readonly string[], said: (piece: string) => string): string | undefined {
  for (const piece of pieces) {
    const words = said(piece);
    if (words !== "") return words;
  }
  return undefined;
}

/** "edit memory", "change network to stable": which answer, and what it shall become. */
export function readEdit(
  text: string,
  speech: Speech,
): { name: PlaceholderName; value?: string } | "unnamed" | undefined {
  const words = withoutPoliteness(normalise(text), speech);
  const verb = phraseAtStart(words, phrasesOf(speech, "words.edit"));
  if (verb === undefined) return undefined;
  const rest = words.slice(verb.length);
  let best: { name: PlaceholderName; at: number; length: number } | undefined;
  for (const name of placeholderNames) {
    for (const word of phrasesOf(speech, `ask.${name}.words`).all) {
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
    const name = placeholderNames.find((one) => phrasesOf(speech, `ask.${one}.${key}`).has(words));
    if (name) return name;
  }
  return undefined;
}

function valueAfter(text: string, speech: Speech): string {
  const rest = normalise(text.replace(/^\s*[=:：]+/, ""));
  const link = phraseAtStart(rest, phrasesOf(speech, "words.to"));
  return link === undefined ? rest : normalise(rest.slice(link.length));
}

/** "back to 1", "volver a 1", "回到 1": the number of a revision. */
export function readRevision(text: string, key: "revert" | "keepNumber", speech: Speech): number | undefined {
  const words = withoutPoliteness(normalise(text), speech);
  const phrase = phraseAtStart(words, phrasesOf(speech, `words.${key}`));
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
    [words, plain].some((from) => phraseAtStart(from, phrasesOf(speech, key)) !== undefined);
  const isMarked = /[?？¿]/.test(text);
  if (begins("words.whatIf")) return "change";
  if (begins("words.question")) return "question";
  if (holdsPhrase(words, phrasesOf(speech, "words.instead"))) return "change";
  if (begins("words.ask")) return "question";
  const isTailed = phrasesOf(speech, "words.tail").all.some((tail) => words.endsWith(tail));
  // "son 3 nodos" tells, "¿son 3 nodos?" asks.
  if (isMarked && (isTailed || begins("words.askMarked"))) return "question";
  return isMarked ? "doubtful" : "unclear";
}

/** "Sorry, 8 GB": whether a message begins by taking back what was said before. */
export function takesBack(text: string, speech: Speech): boolean {
  return phraseAtStart(normalise(text), phrasesOf(speech, "words.sorry")) !== undefined;
}

/** "and", "aber", "那": what a message may begin with before it says what it wants. */
function withoutLead(words: string, speech: Speech): string {
  const leads = phrasesOf(speech, "words.also");
  let rest = words;
  for (let lead = phraseAtStart(rest, leads); lead; lead = phraseAtStart(rest, leads)) {
    rest = normalise(rest.slice(lead.length));
  }
  return rest;
}
