import type { Lexicon } from "./lexicon.ts";
import { splitPhrases } from "./lexicon.ts";
import { fold, type Token, tokenise } from "./tokens.ts";

/** A number in a text, in tokens `from` up to `to` (exclusive). */
export type Figure = {
  from: number;
  to: number;
  value: number;
  /** "a", "eine": counts only where a number must stand. */
  article: boolean;
};

type Piece = { value: number; multiplies: boolean };
/** The number words of one language, ready to be looked up. */
export type NumberWords = {
  pieces: Map<string, Piece>;
  joins: Set<string>;
  articles: Set<string>;
  compounds: boolean;
  /** Longest piece, for taking compounds apart. */
  longest: number;
  han: boolean;
};

// Written with digits in every language.
const SUFFIXES: Record<string, number> = {
  k: 1_000,
  tsd: 1_000,
  mio: 1_000_000,
  mrd: 1_000_000_000,
  m: 1_000_000,
};
const maxPieces = 16;

export function numberWords(lexicon: Lexicon): NumberWords {
  const pieces = new Map<string, Piece>();
  for (const [word, value] of Object.entries(lexicon.units))
    pieces.set(fold(word), { value, multiplies: false });
  for (const [word, value] of Object.entries(lexicon.multipliers)) {
    pieces.set(fold(word), { value, multiplies: true });
  }
  const set = (phrases: string) => new Set(splitPhrases(phrases).map(fold));
  return {
    pieces,
    joins: set(lexicon.joins),
    articles: set(lexicon.articles),
    compounds: lexicon.compounds,
    longest: Math.max(...[...pieces.keys()].map((word) => word.length)),
    han: lexicon.language === "zh",
  };
}

/** The number that begins at a token, in digits, words or both: 12k, 1,2 Mio., zwölftausend, 一万两千. */
export function figureAt(tokens: readonly Token[], at: number, words: NumberWords): Figure | undefined {
  const first = tokens[at];
  if (first === undefined || first.text === "") return undefined;
  if (first.kind === "number") return first.value === undefined ? undefined : digitsFigure(tokens, at, words);
  const sum = new Sum(words.han);
  let to = at;
  let join: string | undefined;
  while (to < tokens.length && to - at < maxPieces) {
    const token = tokens[to]!;
    if (to > at && token.clause !== first.clause) break;
    const pieces = piecesOf(token, words);
    if (pieces === undefined) {
      if (to === at || !words.joins.has(token.text)) break;
      const next = tokens[to + 1];
      const [after] = (next && piecesOf(next, words)) ?? [];
      if (after === undefined || !sum.takesAfterJoin(after)) break;
      join = token.text;
      to += 1;
      continue;
    }
    if (!sum.takeAll(pieces, join !== undefined)) break;
    join = undefined;
    to += 1;
  }
  if (to === at || sum.value === undefined) return undefined;
  const article = to === at + 1 && words.articles.has(first.text);
  return { from: at, to, value: sum.value, article };
}

/** Digits and what multiplies them: 12k, 25 Tsd., 2.5万, 1,2 millones, 1万2千. */
function digitsFigure(tokens: readonly Token[], at: number, words: NumberWords): Figure {
  let value = tokens[at]!.value!;
  let to = at + 1;
  let smallest = Number.POSITIVE_INFINITY;
  for (;;) {
    const times = timesAt(tokens, to, words);
    if (times === undefined || times >= smallest) break;
    const before = smallest;
    smallest = times;
    value = before === Number.POSITIVE_INFINITY ? value * times : value;
    to += 1;
    if (tokens[to]?.text === "." && tokens[to]!.glued && tokens[to]!.clause === tokens[to - 1]!.clause)
      to += 1;
    const more = words.han ? tokens[to]?.value : undefined;
    const next = more === undefined ? undefined : timesAt(tokens, to + 1, words);
    if (more === undefined || next === undefined || next >= smallest || !tokens[to]!.glued) continue;
    value += more * next;
    smallest = next;
    to += 2;
  }
  return { from: at, to, value: tidy(value), article: false };
}

function timesAt(tokens: readonly Token[], at: number, words: NumberWords): number | undefined {
  const token = tokens[at];
  if (token === undefined || (token.kind !== "word" && token.kind !== "han")) return undefined;
  const suffix = SUFFIXES[token.text];
  // "12 m" is a length; "12M" and "12k" are written in one.
  // ("512M" is memory), and Chinese writes 万.
  const glued = token.glued && (token.text !== "m" || (!words.han && (tokens[at - 1]?.value ?? 0) < 100));
  if (suffix !== undefined && (glued || token.text.length > 1)) return suffix;
  const piece = words.pieces.get(token.text);
  return piece?.multiplies ? piece.value : undefined;
}

/** 1.2 × 1,000,000 is not 1199999.9999. */
function tidy(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(rounded - value) < 1e-6 * Math.max(1, Math.abs(value)) ? rounded : value;
}

function piecesOf(token: Token, words: NumberWords): Piece[] | undefined {
  if (token.kind !== "word" && token.kind !== "han") return undefined;
  const piece = words.pieces.get(token.text);
  if (piece) return [piece];
  if (!words.compounds || token.text.length < 6) return undefined;
  return takeApart(token.text, words) ?? takeApart(token.text.replace(/([aou])e/g, "$1"), words);
}

/** zweihundertfünfzig → zwei, hundert, fünfzig; undefined when a rest is no number. */
function takeApart(word: string, words: NumberWords): Piece[] | undefined {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < word.length) {
    const found = longestPiece(word, at, words);
    if (found === undefined) {
      if (!word.startsWith("und", at) || at === 0) return undefined;
      at += 3;
      continue;
    }
    pieces.push(found.piece);
    at += found.length;
    if (pieces.length > maxPieces) return undefined;
  }
  return pieces.length > 0 && !word.endsWith("und") ? pieces : undefined;
}

function longestPiece(word: string, at: number, words: NumberWords) {
  for (let length = Math.min(words.longest, word.length - at); length >= 3; length -= 1) {
    const piece = words.pieces.get(word.slice(at, at + length));
    if (piece) return { piece, length };
  }
  return undefined;
}

/** Adds number words up as they come: what multiplies takes everything smaller that stands before it. */
class Sum {
  private parts: number[] = [];
  private lastMultiplier: number | undefined;
  private zero = false;
  private readonly han: boolean;

  constructor(han: boolean) {
    this.han = han;
  }

  get value(): number | undefined {
    if (this.parts.length === 0) return undefined;
    const parts = [...this.parts];
    const last = parts.at(-1)!;
    // 一万二 is 12,000: a last digit stands one place below what multiplied before it.
    const short =
      this.han && !this.zero && last < 10 && parts.length > 1 && (this.lastMultiplier ?? 0) >= 100;
    if (short) parts[parts.length - 1] = (last * this.lastMultiplier!) / 10;
    return tidy(parts.reduce((a, b) => a + b, 0));
  }

  takesAfterJoin(piece: Piece): boolean {
    return piece.multiplies
      ? (this.parts.at(-1) ?? 0) >= 1_000 && piece.value < 1_000
      : this.fits(piece.value, true);
  }

  takeAll(pieces: readonly Piece[], joined: boolean): boolean {
    const kept = [...this.parts];
    for (const piece of pieces) {
      if (this.take(piece, joined || pieces.length > 1)) continue;
      this.parts = kept;
      return false;
    }
    return true;
  }

  private take(piece: Piece, joined: boolean): boolean {
    if (piece.multiplies) return this.multiply(piece.value);
    if (piece.value === 0 && this.parts.length > 0) {
      this.zero = true;
      return true;
    }
    // "half a million"
    if (piece.value === 1 && this.parts.at(-1) === 0.5) return true;
    if (!this.fits(piece.value, joined)) return false;
    this.parts.push(piece.value);
    return true;
  }

  private multiply(by: number): boolean {
    let sum = 0;
    while (this.parts.length > 0 && this.parts.at(-1)! < by) sum += this.parts.pop()!;
    // "hundred hundred" is no number, and neither is a million of thousands twice.
    if (sum === 0 && this.parts.length > 0 && this.parts.at(-1)! === by) return false;
    this.parts.push((sum === 0 ? 1 : sum) * by);
    this.lastMultiplier = by;
    this.zero = false;
    return this.parts.at(-1)! <= 1e12;
  }

  private fits(value: number, joined: boolean): boolean {
    const top = this.parts.at(-1);
    if (top === undefined) return true;
    if (top >= 100) return value < 100 || (value < 1_000 && top >= 1_000);
    if (this.han) return top >= 10 && top % 10 === 0 && value < 10;
    if (top >= 20 && top % 10 === 0) return value < 10;
    return joined && top < 10 && value >= 20 && value % 10 === 0;
  }
}

/** The number a whole reply consists of, if it is one: "about 40", "viertausend". */
export function onlyFigure(text: string, words: NumberWords): number | undefined {
  const tokens = tokenise(text);
  const figures: Figure[] = [];
  for (let at = 0; at < tokens.length; ) {
    const figure = figureAt(tokens, at, words);
    if (figure) figures.push(figure);
    at = figure ? figure.to : at + 1;
  }
  const counted = figures.filter((figure) => !figure.article);
  if (counted.length > 0) return counted.length === 1 ? counted[0]!.value : undefined;
  return figures[0]?.value;
}
