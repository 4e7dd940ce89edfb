import { notPlain, unescaped } from "./scalars.ts";

/** An anchor or alias, to the end of its line or the space after it. */
const NAME = /[&*]([\w-]+)(?= |$)/my;

/** Characters that YAML means something by. */
export const [space, quote, hash, ampersand, single, star] = [32, 34, 35, 38, 39, 42];
export const [comma, dash, dot, colon, greater, question, bar] = [44, 45, 46, 58, 62, 63, 124];
export const [openList, closeList, openMap, closeMap] = [91, 93, 123, 125];

/** Where the keys of a mapping and the items of a list begin. */
export type Starts = Map<object, Map<string | number, number>>;

/** Stands in a text, at a line that says something, and knows what the words of a line are. */
export class Cursor {
  readonly text: string;
  /** Where each key and item begins, kept for who asks. */
  readonly starts: Starts | undefined;
  /** Where the line, or what stands in it behind a dash, begins and in which column, from 0; -1 where a document ends. */
  at = 0;
  indent = -1;
  /** Where the line ends. */
  end = 0;
  line = 0;
  /** Where an inline value ended that was read last. */
  after = 0;

  constructor(text: string, starts?: Starts) {
    this.text = text;
    this.starts = starts;
  }

  /** Notes where a key or an item begins. */
  note(holder: object, name: string | number, at: number): void {
    if (this.starts === undefined) return;
    const known = this.starts.get(holder);
    if (known !== undefined) known.set(name, at);
    else this.starts.set(holder, new Map([[name, at]]));
  }

  /** Goes to the next line from here that says something. */
  toLine(from: number): void {
    const { text } = this;
    let start = from;
    while (start < text.length) {
      this.line++;
      let at = start;
      while (text.charCodeAt(at) === space) at++;
      const end = text.indexOf("\n", at);
      this.end = end < 0 ? text.length : end;
      const first = text.charCodeAt(at);
      if (at < this.end && first !== hash) {
        this.at = at;
        this.indent = at - start;
        if (at === start && (first === dash || first === dot)) this.atMarker();
        return;
      }
      start = this.end + 1;
    }
    this.at = text.length;
    this.indent = -1;
  }

  /** A line of three dashes ends a document and begins another; one of three dots is left to the whole reader. */
  atMarker(): void {
    const { text, at } = this;
    const isEnd = at + 3 === this.end || text.charCodeAt(at + 3) === space;
    if (!isEnd) return;
    if (text.startsWith("...", at)) throw notPlain;
    if (text.startsWith("---", at)) this.indent = -1;
  }

  /** Whether nothing but a comment follows in the line. */
  isDone(from: number): boolean {
    let at = from;
    while (at < this.end && this.text.charCodeAt(at) === space) at++;
    if (at >= this.end) return true;
    return this.text.charCodeAt(at) === hash && this.text.charCodeAt(at - 1) === space;
  }

  isDash(at: number): boolean {
    if (this.text.charCodeAt(at) !== dash) return false;
    return at + 1 >= this.end || this.text.charCodeAt(at + 1) === space;
  }

  isGap(at: number): boolean {
    return at >= this.end || this.text.charCodeAt(at) === space;
  }

  name(from: number): string {
    NAME.lastIndex = from;
    const found = NAME.exec(this.text)?.[1];
    if (found === undefined) throw notPlain;
    this.after = from + 1 + found.length;
    return found;
  }

  quoted(from: number): string {
    const { text, end } = this;
    if (text.charCodeAt(from) === single) {
      let close = text.indexOf("'", from + 1);
      while (close >= 0 && text.charCodeAt(close + 1) === single) close = text.indexOf("'", close + 2);
      if (close < 0 || close > end) throw notPlain;
      this.after = close + 1;
      return text.slice(from + 1, close).replaceAll("''", "'");
    }
    let close = from + 1;
    let isEscaped = false;
    while (close < end && text.charCodeAt(close) !== quote) {
      if (text.charCodeAt(close) === 92) {
        isEscaped = true;
        close++;
      }
      close++;
    }
    if (close >= end) throw notPlain;
    this.after = close + 1;
    const inside = text.slice(from + 1, close);
    return isEscaped ? unescaped(inside) : inside;
  }

  skip(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === space) at++;
    if (at >= this.end) throw notPlain;
    return at;
  }
}
