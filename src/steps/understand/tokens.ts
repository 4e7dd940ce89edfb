/** One piece of a text; `start` and `end` are places in the text as it was given. */
export type Token = {
  /** Folded: lower case, half width, no accents. */
  text: string;
  start: number;
  end: number;
  kind: "word" | "number" | "han" | "mark";
  /** What a number token says; undefined for versions and addresses. */
  value?: number;
  /** No blank before it. */
  glued: boolean;
  /** Counts what commas and "but" divide. */
  clause: number;
  /** Counts what full stops divide. */
  sentence: number;
};

/** How much of a text is read; enough for a page of prose, little enough for a hostile one. */
export const maxCharacters = 20_000;
const maxTokens = 8_000;

const MARKS = /\p{M}/gu;
const PLAIN = /^[\n\x20-\x7e]*$/;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/;
const WORD = /[a-z](?:[a-z0-9]|'(?=[a-z]))*/y;
// Grouped by one and the same separator (5,000 · 5.000 · 5'000 · 5 000), else plain digits with dots or commas.
const NUMBER = /\d{1,3}([.,' ])\d{3}(?:\1\d{3})*(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)*/y;
const HAN = /\p{Script=Han}/u;
const WIDE = /[０-９]/;
const SENTENCE_END = new Set([".", ";", "!", "?", "\n", "。", "；", "！", "？"]);
const CLAUSE_END = new Set([",", "，", ":", "(", ")", "—", "–", "、"]);

/** Lower case, half width, no accents: what two spellings of one word have in common. */
export function fold(text: string): string {
  return folded(text).text;
}

/** The folded text, and of each of its units the place in the text as it was given; without places they are the same. */
function folded(text: string): { text: string; places?: number[] } {
  if (PLAIN.test(text)) return { text: text.toLowerCase() };
  const places: number[] = [];
  let out = "";
  let place = 0;
  for (const character of text) {
    // ５，０００ is a number, while a full-width comma elsewhere divides clauses: x86，4GB.
    const groups = character === "，" && WIDE.test(text[place - 1] ?? "") && WIDE.test(text[place + 1] ?? "");
    const plain = groups ? "," : foldOne(character);
    out += plain;
    for (let unit = 0; unit < plain.length; unit += 1) places.push(place);
    place += character.length;
  }
  places.push(place);
  return { text: out, places };
}

function foldOne(character: string): string {
  const code = character.charCodeAt(0);
  if (character === "\n" || character === "\r" || character === "\u2028") return "\n";
  if (code < 32 || code === 127) return " ";
  if (code < 127) return character.toLowerCase();
  if (character === "，" || character === "；" || character === "！" || character === "？") return character;
  if (character === "ß") return "ss";
  if (character === "’" || character === "‘") return "'";
  if (character === "×") return "x";
  if (INVISIBLE.test(character)) return "";
  // One ligature can unfold to eighteen letters; nothing we look for is longer than four.
  const plain = character.normalize("NFKC").toLowerCase().normalize("NFD").replace(MARKS, "");
  return /^\s+$/.test(plain) ? " " : plain.slice(0, 4).replace(/⁄/g, "/");
}

/** Cuts a text into tokens in linear time; what lies past `maxCharacters` is not read. */
export function tokenise(text: string): Token[] {
  const { text: source, places } = folded(text.slice(0, maxCharacters));
  const placeOf = (at: number) => (places ? places[at]! : at);
  const tokens: Token[] = [];
  let at = 0;
  let clause = 0;
  let sentence = 0;
  let blank = true;
  while (at < source.length && tokens.length < maxTokens) {
    const character = source[at]!;
    if (character === " " || character === "\t") {
      blank = true;
      at += 1;
      continue;
    }
    const { kind, length, value } = pieceAt(source, at, tokens.at(-1));
    if (kind === "skip") {
      at += length;
      continue;
    }
    const piece = source.slice(at, at + length);
    const ends = kind === "mark" && SENTENCE_END.has(piece) && !isAbbreviation(source, at);
    if (ends) sentence += 1;
    const dash = piece === "-" && tokens.at(-1)?.kind !== "number";
    if (ends || (kind === "mark" && (dash || CLAUSE_END.has(piece)))) clause += 1;
    const token: Token = {
      text: kind === "word" ? piece.replaceAll("'", "") : piece,
      start: placeOf(at),
      end: Math.max(placeOf(at + length - 1) + 1, placeOf(at + length)),
      kind,
      glued: !blank,
      clause,
      sentence,
    };
    if (value !== undefined) token.value = value;
    tokens.push(token);
    blank = false;
    at += length;
  }
  return tokens;
}

type Piece = { kind: Token["kind"] | "skip"; length: number; value?: number };

function pieceAt(source: string, at: number, before: Token | undefined): Piece {
  const character = source[at]!;
  WORD.lastIndex = at;
  const word = WORD.exec(source);
  if (word) return { kind: "word", length: word[0].length };
  const minus =
    character === "-" && /^(?:|\s)$/.test(source[at - 1] ?? "") && before?.kind !== "number" ? 1 : 0;
  NUMBER.lastIndex = at + minus;
  const number = NUMBER.exec(source);
  if (number) return numberPiece(number[0], number[1], minus);
  if (character === "-" || character === "_") return hyphenPiece(source, at, before);
  if (HAN.test(character)) return { kind: "han", length: 1 };
  return { kind: "mark", length: 1 };
}

function numberPiece(digits: string, group: string | undefined, minus: number): Piece {
  const value = digitsValue(digits, group);
  const length = digits.length + minus;
  return value === undefined
    ? { kind: "number", length }
    : { kind: "number", length, value: minus ? -value : value };
}

/** A hyphen between words is a blank; between numbers or alone it stays, as a range or a minus. */
function hyphenPiece(source: string, at: number, before: Token | undefined): Piece {
  const next = source[at + 1] ?? "";
  const wasDigit = /\d/.test(source[at - 1] ?? "");
  if (wasDigit && /\d/.test(next)) return { kind: "mark", length: 1 };
  // A dash with blanks on both sides divides; behind a number it may be a range.
  const blanks = /\s/.test(source[at - 1] ?? " ") && /\s/.test(next);
  if (blanks || (before?.kind === "number" && /[\s\d]/.test(next))) return { kind: "mark", length: 1 };
  return { kind: "skip", length: 1 };
}

/** Reads 5,000 · 5.000 · 1,2 · 3.500,5; an address or a version (10.0.0.1) is no number. */
export function digitsValue(digits: string, group: string | undefined): number | undefined {
  if (digits.length > 18) return undefined;
  if (group !== undefined && !digits.startsWith("0")) {
    const rest = digits.split(group).join("");
    return Number(rest.replace(",", "."));
  }
  if (/^\d+$/.test(digits)) return Number(digits);
  if (/^\d+[.,]\d+$/.test(digits)) return Number(digits.replace(",", "."));
  return undefined;
}

/** "ca. 500", "25 Tsd. Geräte": a full stop that ends no sentence. */
function isAbbreviation(source: string, at: number): boolean {
  if (source[at] !== ".") return false;
  const start = source.slice(Math.max(0, at - 7), at);
  return /(?:^|[^a-z])(?:ca|tsd|mio|mrd|approx|aprox|bzw|inkl|max|min|mind|st|stk|z|b|u|a|e|g|vs|etc|mill)$/.test(
    start,
  );
}
