import {
  ampersand,
  bar,
  Cursor,
  closeList,
  closeMap,
  colon,
  comma,
  dash,
  greater,
  hash,
  openList,
  openMap,
  question,
  quote,
  single,
  space,
  star,
} from "./cursor.ts";
import { folded, notPlain, scalarValue } from "./scalars.ts";

/** Aliases of a document; the whole reader counts more of them, and what they bring. */
const mostAliases = 20;
/** Deeper is for the whole reader, which knows what is too deep. */
const mostLevels = 60;
/** The whole reader refuses longer keys at 1,024. */
const mostOfKey = 1_000;

const BLOCK_HEADER = /^[|>](-?) *(?: #.*)?$/;
/** A plain scalar inside brackets, without the colons and hashes that may be more than text. */
const IN_BRACKETS = /(?:[^\s,[\]{}:#"'&*!|>%@`?-]|-(?=[^\s,[\]{}:#]))[^,[\]{}:#\n]*/y;
/** What no plain scalar begins with, each a mark of its own. */
const INDICATORS = new Set([..."\"#%&'*,>@[]`{|}!"].map((one) => one.charCodeAt(0)));

/** One document as plain data, null where it holds nothing, and where that begins, from 1. */
export type PlainDocument = { value: unknown; line: number; column: number };

/** A key that is a number or a boolean is no text in every reader. */
function keyOf(value: unknown): string {
  if (typeof value !== "string") throw notPlain;
  return value;
}

/** Reads one text from its beginning to its end; throws `notPlain` where it holds more than plain YAML. */
export class Reader extends Cursor {
  levels = 0;
  anchors = new Map<string, unknown>();
  aliases = 0;
  /** Whether an anchored value is being read: an alias in one could lead anywhere. */
  isAnchored = false;

  documents(): PlainDocument[] {
    const found: PlainDocument[] = [];
    let isOpen = false;
    this.toLine(0);
    while (this.at < this.text.length) {
      if (this.indent < 0) {
        if (isOpen) found.push({ value: null, line: this.line, column: 1 });
        isOpen = true;
        if (!this.isDone(this.at + 3)) throw notPlain;
        this.toLine(this.end + 1);
        continue;
      }
      const { line, indent } = this;
      this.anchors = new Map();
      this.aliases = 0;
      found.push({ value: this.block(), line, column: indent + 1 });
      isOpen = false;
      if (this.indent >= 0) throw notPlain;
    }
    if (isOpen) found.push({ value: null, line: this.line, column: 1 });
    return found;
  }

  /** The mapping or list that begins here. */
  block(): unknown {
    if (++this.levels > mostLevels) throw notPlain;
    const value = this.isDash(this.at) ? this.list() : this.mapping();
    this.levels--;
    return value;
  }

  list(): unknown[] {
    const column = this.indent;
    const items: unknown[] = [];
    while (this.indent === column && this.isDash(this.at)) {
      if (this.isDone(this.at + 1)) {
        this.toLine(this.end + 1);
        if (this.indent > column) this.note(items, items.length, this.at);
        items.push(this.indent > column ? this.block() : null);
        continue;
      }
      let at = this.at + 1;
      while (this.text.charCodeAt(at) === space) at++;
      // What an anchor names begins behind it, which the whole reader knows.
      if (this.text.charCodeAt(at) !== ampersand) this.note(items, items.length, at);
      if (!this.isDash(at) && this.keyEnd(at) < 0) {
        items.push(this.inline(at, column, false));
        continue;
      }
      this.indent += at - this.at;
      this.at = at;
      items.push(this.block());
    }
    if (this.indent > column) throw notPlain;
    return items;
  }

  mapping(): Record<string, unknown> {
    const column = this.indent;
    const fields: Record<string, unknown> = {};
    while (this.indent === column) {
      // A list in the column of the keys may only stand below one.
      if (this.isDash(this.at)) throw notPlain;
      const end = this.keyEnd(this.at);
      if (end < 0) throw notPlain;
      const key = this.key(end);
      if (key === "<<" || key === "__proto__" || Object.hasOwn(fields, key)) throw notPlain;
      this.note(fields, key, this.at);
      if (this.isDone(end + 1)) fields[key] = this.below(column, true);
      else {
        let at = end + 1;
        while (this.text.charCodeAt(at) === space) at++;
        fields[key] = this.inline(at, column, true);
      }
    }
    if (this.indent > column) throw notPlain;
    return fields;
  }

  /** What stands in the lines below a key or a lone dash. */
  below(column: number, isKey: boolean): unknown {
    this.toLine(this.end + 1);
    if (this.indent > column) return this.block();
    return isKey && this.indent === column && this.isDash(this.at) ? this.block() : null;
  }

  /** Where the colon of a key stands that begins here; -1 where none does. */
  keyEnd(from: number): number {
    const { text, end } = this;
    const first = text.charCodeAt(from);
    if (first === quote || first === single) {
      this.quoted(from);
      const { after } = this;
      if (text.charCodeAt(after) !== colon || !this.isGap(after + 1)) return -1;
      if (after - from > mostOfKey) throw notPlain;
      return after;
    }
    if (INDICATORS.has(first)) return -1;
    for (let at = from; at < end; at++) {
      const one = text.charCodeAt(at);
      if (one === colon && this.isGap(at + 1)) return at - from > mostOfKey ? -1 : at;
      if (one === hash && text.charCodeAt(at - 1) === space) return -1;
    }
    return -1;
  }

  key(end: number): string {
    const { text, at } = this;
    const first = text.charCodeAt(at);
    if (first === quote || first === single) return this.quoted(at);
    // `? ` and `: ` begin keys of another kind; a space before the colon is rare.
    if (((first === question || first === colon) && this.isGap(at + 1)) || text.charCodeAt(end - 1) === space)
      throw notPlain;
    return keyOf(scalarValue(text.slice(at, end)));
  }

  /** A value that begins in this line, below a key or dash in `column`; the cursor then stands at the next line. */
  inline(from: number, column: number, isKey: boolean): unknown {
    const { text } = this;
    const first = text.charCodeAt(from);
    if (first === bar || first === greater) return this.literal(from, column);
    if (first === ampersand) return this.anchored(from, column, isKey);
    if (first === star) return this.alias(from);
    let value: unknown;
    if (first === quote || first === single) value = this.quoted(from);
    else if (first === openList || first === openMap) value = this.brackets(from);
    else return this.plain(from);
    if (!this.isDone(this.after)) throw notPlain;
    this.toLine(this.end + 1);
    return value;
  }

  /** `&name`, and what it names: the rest of the line or the lines below. */
  anchored(from: number, column: number, isKey: boolean): unknown {
    const name = this.name(from);
    if (this.isAnchored || this.anchors.has(name)) throw notPlain;
    this.isAnchored = true;
    let at = this.after;
    const isBelow = this.isDone(at);
    while (this.text.charCodeAt(at) === space) at++;
    const value = isBelow ? this.below(column, isKey) : this.inline(at, column, isKey);
    this.isAnchored = false;
    this.anchors.set(name, value);
    return value;
  }

  alias(from: number): unknown {
    const name = this.name(from);
    if (this.isAnchored || !this.anchors.has(name) || ++this.aliases > mostAliases) throw notPlain;
    if (!this.isDone(this.after)) throw notPlain;
    this.toLine(this.end + 1);
    return this.anchors.get(name);
  }

  plain(from: number): unknown {
    const { text } = this;
    const first = text.charCodeAt(from);
    const isMark = first === dash || first === question || first === colon;
    if (INDICATORS.has(first) || (isMark && this.isGap(from + 1))) throw notPlain;
    let word = text.slice(from, this.end);
    const comment = word.indexOf(" #");
    if (comment >= 0) word = word.slice(0, comment);
    let length = word.length;
    while (word.charCodeAt(length - 1) === space) length--;
    if (length < word.length) word = word.slice(0, length);
    if (word.charCodeAt(length - 1) === colon || word.includes(": ")) throw notPlain;
    this.toLine(this.end + 1);
    return scalarValue(word);
  }

  /** A list or mapping in brackets that ends in its line. */
  brackets(from: number): unknown {
    if (++this.levels > mostLevels) throw notPlain;
    const value =
      this.text.charCodeAt(from) === openList ? this.listInBrackets(from) : this.mapInBrackets(from);
    this.levels--;
    return value;
  }

  listInBrackets(from: number): unknown[] {
    const items: unknown[] = [];
    let at = this.skip(from + 1);
    if (this.text.charCodeAt(at) === closeList) {
      this.after = at + 1;
      return items;
    }
    for (;;) {
      this.note(items, items.length, at);
      items.push(this.inBrackets(at));
      at = this.skip(this.after);
      const next = this.text.charCodeAt(at);
      if (next !== comma && next !== closeList) throw notPlain;
      this.after = at + 1;
      if (next === closeList) return items;
      at = this.skip(at + 1);
    }
  }

  mapInBrackets(from: number): Record<string, unknown> {
    const { text } = this;
    const fields: Record<string, unknown> = {};
    let at = this.skip(from + 1);
    if (text.charCodeAt(at) === closeMap) {
      this.after = at + 1;
      return fields;
    }
    for (;;) {
      const first = text.charCodeAt(at);
      if (first === openList || first === openMap) throw notPlain;
      const key = keyOf(this.inBrackets(at));
      this.note(fields, key, at);
      if (key === "<<" || key === "__proto__" || Object.hasOwn(fields, key)) throw notPlain;
      if (text.charCodeAt(this.after) !== colon || !this.isGap(this.after + 1)) throw notPlain;
      fields[key] = this.inBrackets(this.skip(this.after + 1));
      at = this.skip(this.after);
      const next = text.charCodeAt(at);
      if (next !== comma && next !== closeMap) throw notPlain;
      this.after = at + 1;
      if (next === closeMap) return fields;
      at = this.skip(at + 1);
    }
  }

  inBrackets(at: number): unknown {
    const { text } = this;
    const first = text.charCodeAt(at);
    if (first === quote || first === single) return this.quoted(at);
    if (first === openList || first === openMap) return this.brackets(at);
    IN_BRACKETS.lastIndex = at;
    const found = IN_BRACKETS.exec(text)?.[0];
    if (found === undefined) throw notPlain;
    let length = found.length;
    while (found.charCodeAt(length - 1) === space) length--;
    this.after = at + length;
    return scalarValue(found.slice(0, length));
  }

  /** A block of lines, literal (`|`) or folded (`>`), below a key or dash in `column`. */
  literal(from: number, column: number): string {
    const { text } = this;
    const header = BLOCK_HEADER.exec(text.slice(from, this.end));
    if (header === null) throw notPlain;
    const lines: string[] = [];
    let indent = -1;
    let blanks = 0;
    let start = this.end + 1;
    for (; start < text.length; this.line++) {
      let at = start;
      while (text.charCodeAt(at) === space) at++;
      const found = text.indexOf("\n", at);
      const end = found < 0 ? text.length : found;
      if (at === end) {
        // Spaces beyond the block are part of it.
        if (at - start > Math.max(indent, 0)) throw notPlain;
        blanks++;
      } else {
        if (indent < 0) indent = at - start;
        if (at - start < indent || indent <= column) break;
        for (; blanks > 0; blanks--) lines.push("");
        lines.push(text.slice(start + indent, end));
      }
      start = end + 1;
    }
    if (lines.length === 0) throw notPlain;
    const isFolded = text.charCodeAt(from) === greater;
    const value = isFolded ? folded(lines) : lines.join("\n");
    this.toLine(start);
    return header[1] === "-" ? value : `${value}\n`;
  }
}
