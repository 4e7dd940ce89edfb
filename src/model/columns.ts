import { createRequire } from "node:module";

// What only measures other than plain text needs takes 30 ms to load: at the first such text, not at every start.
const require = createRequire(import.meta.url);
let graphemes: Intl.Segmenter | undefined;
let measure: ((text: string) => number) | undefined;

function stringWidth(text: string): number {
  measure ??= (require("string-width") as typeof import("string-width")).default;
  return measure(text);
}

// Words, and single Chinese, Japanese or Korean characters with the marks that may not begin a line.
const CJK = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}";
const CLOSING = "，。；：！？、）”」』…";
// “ opens a Chinese quotation and closes a German one: only before Chinese it belongs to what follows.
const PIECES = new RegExp(
  `[（「『“]?[${CJK}][${CLOSING}]*|\\s+|[（「『]?(?:[^\\s${CJK}（「『“${CLOSING}]|“(?![${CJK}]))+[${CLOSING},.;:!?)]*|[${CLOSING}]+|[（「『“]`,
  "gu",
);

const PLAIN = /^[ -~]*$/;
const known = new Map<string, number>();
const longestKnown = 40; // characters; whole sentences hardly ever come again
const mostKnown = 4_000; // pieces; the same characters and words come again and again

/** Columns a text takes; measuring anything but plain ASCII is slow enough to be remembered. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  if (text.length > longestKnown) return stringWidth(text);
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const wide = stringWidth(text);
  known.set(text, wide);
  return wide;
}

/** Where a word is best parted: behind a slash, dot or dash of its second half, else at its end. */
function partsAt(piece: string): number {
  const at = Math.max(...["/", ".", "-", ":", "_"].map((mark) => piece.lastIndexOf(mark))) + 1;
  return at > piece.length / 2 ? at : piece.length;
}

/** Parts one word that is wider than a line between the characters people see. */
function torn(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of graphemes.segment(word)) {
    const wide = widthOf(segment);
    if (used + wide > width && piece !== "") {
      const at = partsAt(piece);
      pieces.push(piece.slice(0, at));
      piece = piece.slice(at);
      used = widthOf(piece);
    }
    piece += segment;
    used += wide;
  }
  return piece === "" ? pieces : [...pieces, piece];
}

/** Lines no wider than `width` columns; a Chinese character takes two. */
export function wrap(text: string, width: number): string[] {
  const most = Math.max(2, width);
  return text.split("\n").flatMap((line) => {
    const lines: string[] = [];
    let current = "";
    let used = 0;
    for (const piece of line.match(PIECES) ?? []) {
      const wide = widthOf(piece);
      if (used + wide <= most) {
        current += piece;
        used += wide;
        continue;
      }
      if (current.trim() !== "") lines.push(current.trimEnd());
      current = "";
      used = 0;
      if (piece.trim() === "") continue;
      const parts = torn(piece, most);
      lines.push(...parts.slice(0, -1));
      current = parts.at(-1) ?? "";
      used = widthOf(current);
    }
    return [...lines, current.trimEnd()];
  });
}

function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const gap = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "right" ? gap + text : text + gap;
}

/**
 * Column widths that fill at most `room`: narrow columns keep their own width, wide ones share the rest. No column gets
 * narrower than its floor while another can still give way.
 */
export function columnWidths(
  natural: readonly number[],
  room: number,
  floors: readonly number[] = natural.map(() => leastWidth),
): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, one) => sum + one, 0);
  for (const least of [floors, natural.map(() => leastWidth)]) {
    while (total() > room) {
      const open = widths.map((width, at) => (width > Math.max(leastWidth, least[at]!) ? width : 0));
      const widest = Math.max(...open);
      if (widest === 0) break;
      const at = open.indexOf(widest);
      const next = Math.max(least[at]!, leastWidth, ...open.filter((one) => one < widest));
      const many = open.filter((one) => one === widest).length;
      const cut = Math.min(widest - 1, Math.max(next, widest - Math.ceil((total() - room) / many)));
      for (const [index, width] of open.entries()) {
        if (width === widest) widths[index] = Math.max(cut, least[index]!, leastWidth);
      }
    }
  }
  return widths;
}

const leastWidth = 4;
/** A longer word is torn rather than kept whole: a path must not take a table's whole width. */
const longestWhole = 28;

/** The widest piece of a cell that should stay in one line. */
function wholeWidth(cell: string): number {
  const pieces = cell.match(PIECES) ?? [];
  return Math.min(longestWhole, Math.max(leastWidth, ...pieces.map((piece) => widthOf(piece))));
}

/** A table laid out in columns: the lines of each row; those of the head by cell, so that they can be styled. */
export type LaidTable = { head: string[][]; rule: string; rows: string[][]; gap: string };

/** Lays plain cells out within `width` columns, wrapped inside their own; undefined where that is too narrow for columns at all. */
export function layTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  { width, align, gap = "  " }: { width: number; align?: readonly ("left" | "right")[]; gap?: string },
): LaidTable | undefined {
  const room = width - gap.length * (columns.length - 1);
  const cells = [columns, ...rows].map((row) => columns.map((_, at) => row[at] ?? ""));
  const natural = columns.map((_, at) =>
    Math.max(1, ...cells.map((row) => Math.max(...row[at]!.split("\n").map((line) => widthOf(line))))),
  );
  const floors = columns.map((_, at) =>
    Math.min(natural[at]!, Math.max(...cells.map((row) => wholeWidth(row[at]!)))),
  );
  const widths = columnWidths(natural, room, floors);
  if (widths.reduce((sum, one) => sum + one, 0) > room) return undefined;
  const lines = cells.map((row) => {
    const wrapped = row.map((cell, at) => wrap(cell, widths[at]!));
    const height = Math.max(...wrapped.map((one) => one.length));
    return Array.from({ length: height }, (_, line) =>
      wrapped.map((one, at) => pad(one[line] ?? "", widths[at]!, align?.[at])),
    );
  });
  const [head, ...body] = lines;
  return {
    head: head!,
    rule: widths.map((one) => "─".repeat(one)).join(gap),
    rows: body.map((row) => row.map((line) => line.join(gap).trimEnd())),
    gap,
  };
}
