import { widthOf } from "#model/columns.ts";

/** The line a finding stands in, ready to print, with what lies before the place and what is under it. */
export type Excerpt = { text: string; before: number; under: number };

// What is in a file must not move the cursor or recolour the screen.
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;
/** One key or scalar: what a caret is drawn under. */
const TOKEN = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s:,[\]{}#"']+)/;
/** Minified files are one line of megabytes; a terminal wants the part around the place. */
const longest = 160;
const leading = 40;

/** Words safe to print: no control characters, tabs as spaces. */
export function printable(words: string): string {
  return words.replaceAll("\t", "  ").replace(CONTROL, "�");
}

/** Cuts the part around a column out of a line; without a column the place is where its text begins. */
export function excerpt(whole: string, column?: number): Excerpt | undefined {
  const line = whole.replace(/\r$/, "");
  if (line.trim() === "") return undefined;
  const at = Math.min(column === undefined ? line.search(/\S/) : column - 1, line.length);
  const from = line.length <= longest || at <= longest - leading ? 0 : at - leading;
  const [head, tail] = [from > 0 ? "…" : "", from + longest < line.length ? "…" : ""];
  const before = head + printable(line.slice(from, at));
  const after = line.slice(at, from + longest);
  const token = TOKEN.exec(after)?.[0] ?? after.slice(0, 1);
  return {
    text: before + printable(after) + tail,
    before: widthOf(before),
    under: Math.max(1, widthOf(printable(token))),
  };
}
