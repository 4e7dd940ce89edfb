import type { Language } from "#model/text.ts";
import { type Lexicon, type Match, type Matcher, matcher } from "./lexicon.ts";
import { de } from "./lexicons/de.ts";
import { en } from "./lexicons/en.ts";
import { es } from "./lexicons/es.ts";
import { zh } from "./lexicons/zh.ts";
import { type Figure, figureAt, type NumberWords, numberWords } from "./numbers.ts";
import { terms } from "./terms.ts";
import { type Token, tokenise } from "./tokens.ts";

/** A phrase of the lexicon found in the text, in tokens `from` up to `to` (exclusive). */
export type Mark = { from: number; to: number; tags: string[] };

/** A text cut up: its tokens, and what each of them belongs to. */
export type Reading = {
  text: string;
  language: Language;
  lexicon: Lexicon;
  words: NumberWords;
  tokens: Token[];
  marks: Mark[];
  figures: Figure[];
  markOf: (Mark | undefined)[];
  figureOf: (Figure | undefined)[];
};

/** The lexicon of each language; a new language is one more file and one more line. */
export const lexicons: Record<Language, Lexicon> = { en, de, es, zh };

type Compiled = { match: Matcher; words: NumberWords };
const compiled = new Map<Language, Compiled>();

/** Built when a language is first read, so that starting costs nothing. */
function compile(language: Language): Compiled {
  const known = compiled.get(language);
  if (known) return known;
  const lexicon = lexicons[language];
  // English nouns and names turn up in every language ("500 Stores", "200 edge sites"); its small words stay out.
  const borrowed = Object.fromEntries(
    Object.entries(en.tags).filter(([tag]) => /[=:]/.test(tag) || tag === "node" || tag === "device"),
  );
  const sets = language === "en" ? [lexicon.tags, terms] : [lexicon.tags, terms, borrowed];
  const result = { match: matcher(sets, lexicon), words: numberWords(lexicon) };
  compiled.set(language, result);
  return result;
}

/** Cuts a text up and marks every phrase and number the language knows; linear in the length of the text. */
export function read(text: string, language: Language, tokens = tokenise(text)): Reading {
  const { match, words } = compile(language);
  const reading: Reading = {
    text,
    language,
    lexicon: lexicons[language],
    words,
    tokens,
    marks: [],
    figures: [],
    markOf: new Array(tokens.length),
    figureOf: new Array(tokens.length),
  };
  for (let at = 0; at < tokens.length; ) at = readOne(reading, at, match);
  return reading;
}

function readOne(reading: Reading, at: number, match: Matcher): number {
  const { tokens, words } = reading;
  const found = withoutUnitNumber(tokens, at, match);
  const figure = figureAt(tokens, at, words);
  const length = figure ? figure.to - figure.from : 0;
  if (found && found.length >= length) {
    const mark = { from: at, to: at + found.length, tags: withInner(tokens, { at, found, match }) };
    reading.marks.push(mark);
    for (let i = mark.from; i < mark.to; i += 1) reading.markOf[i] = mark;
    return mark.to;
  }
  if (!figure) return at + 1;
  reading.figures.push(figure);
  for (let i = figure.from; i < figure.to; i += 1) reading.figureOf[i] = figure;
  return figure.to;
}

const INNER = /^(?:gitops|distro|highAvailability)=/;

/** "central Argo CD", "HA on SQLite" are wishes, and name what they wish for as well. */
function withInner(
  tokens: readonly Token[],
  { at, found, match }: { at: number; found: Match; match: Matcher },
): string[] {
  if (found.length < 2 || !found.tags.some((tag) => tag.startsWith("wishes="))) return found.tags;
  const inner = new Set<string>();
  const to = at + found.length;
  for (let i = at; i < to; i += 1) {
    for (let end = i === at ? to - 1 : to; end > i; end -= 1) {
      for (const tag of match(tokens.slice(i, end), 0)?.tags ?? []) if (INNER.test(tag)) inner.add(tag);
    }
  }
  return [...found.tags, ...inner];
}

/** "Raspberry Pi 4 GB" is no Pi 4: a number that has a unit does not end a name. */
function withoutUnitNumber(tokens: readonly Token[], at: number, match: Matcher): Match | undefined {
  const found = match(tokens, at);
  if (!found || found.length < 2) return found;
  const last = tokens[at + found.length - 1]!;
  if (last.kind !== "number") return found;
  const next = match(tokens, at + found.length);
  if (!next?.tags.some((tag) => tag.startsWith("unit:memory"))) return found;
  return match(tokens.slice(at, at + found.length - 1), 0);
}

export function has(mark: Mark | undefined, tag: string): boolean {
  return mark?.tags.includes(tag) ?? false;
}

/** The first tag of a mark that begins so, without that beginning. */
export function tagAfter(mark: Mark | undefined, start: string): string | undefined {
  return mark?.tags.find((tag) => tag.startsWith(start))?.slice(start.length);
}

/** The words of the text between two tokens, as they were written. */
export function quote(reading: Reading, from: number, to: number): string {
  const first = reading.tokens[from];
  const last = reading.tokens[Math.min(to, reading.tokens.length) - 1];
  return first && last ? reading.text.slice(first.start, Math.max(last.end, first.end)) : "";
}

/** Marks with a tag whose tokens lie in a window; windows are small, so looking is cheap. */
export function marksBetween(reading: Reading, from: number, to: number): Mark[] {
  const found: Mark[] = [];
  for (let i = Math.max(0, from); i < Math.min(to, reading.tokens.length); i += 1) {
    const mark = reading.markOf[i];
    if (mark && found.at(-1) !== mark) found.push(mark);
  }
  return found;
}

/** Whether two tokens stand between the same commas. */
export function sameClause(reading: Reading, a: number, b: number): boolean {
  return reading.tokens[a]?.clause === reading.tokens[b]?.clause;
}

export function sameSentence(reading: Reading, a: number, b: number): boolean {
  return reading.tokens[a]?.sentence === reading.tokens[b]?.sentence;
}
