import { styleText } from "node:util";
import stringWidth from "string-width";
import type { Block, Button } from "#model/block.ts";

/** How to draw: the columns there are, and whether colours may be used. */
export type Pen = { width: number; colour: boolean };
type Style = Parameters<typeof styleText>[0];

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
// Words, and single Chinese, Japanese or Korean characters with the marks that may not begin a line.
const CJK = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}";
const CLOSING = "，。；：！？、）”」』…";
// “ opens a Chinese quotation and closes a German one: only before Chinese it belongs to what follows.
const PIECES = new RegExp(
  `[（「『“]?[${CJK}][${CLOSING}]*|\\s+|[（「『]?(?:[^\\s${CJK}（「『“${CLOSING}]|“(?![${CJK}]))+[${CLOSING},.;:!?)]*|[${CLOSING}]+|[（「『“]`,
  "gu",
);
/** Stands for a space at which no line may end. */
const TIED = "\uE000";
const INLINE = /\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|`([^`\n]+)`/g;
// Control characters of a message would move the cursor or recolour the screen; only line breaks and tabs stay.
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

function paint(style: Style, text: string, { colour }: Pen): string {
  return colour && text !== "" ? styleText(style, text, { validateStream: false }) : text;
}

/** Text safe to print: no control characters. */
export function clean(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROL, "").replaceAll("\t", "  ");
}

/** `**bold**`, `*italic*` and code, as styles or as plain words. */
function inline(text: string, pen: Pen): string {
  return text.replace(INLINE, (_whole, bold?: string, italic?: string, code?: string) => {
    if (bold !== undefined) return paint("bold", bold, pen);
    if (italic !== undefined) return paint("italic", italic, pen);
    return paint("cyan", code ?? "", pen);
  });
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
  for (const { segment } of graphemes.segment(word)) {
    const wide = stringWidth(segment);
    if (used + wide > width && piece !== "") {
      const at = partsAt(piece);
      pieces.push(piece.slice(0, at));
      piece = piece.slice(at);
      used = stringWidth(piece);
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
      const wide = stringWidth(piece);
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
      used = stringWidth(current);
    }
    return [...lines, current.trimEnd()];
  });
}

function plainWidth(text: string): number {
  return stringWidth(inline(text, { width: 0, colour: false }));
}

function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const gap = " ".repeat(Math.max(0, width - stringWidth(text)));
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
  return Math.min(longestWhole, Math.max(leastWidth, ...pieces.map((piece) => stringWidth(piece))));
}

function drawTable({ columns, rows, align }: Extract<Block, { kind: "table" }>, pen: Pen): string[] {
  const gap = "  ";
  const room = pen.width - gap.length * (columns.length - 1);
  const plain = (text: string) => inline(clean(text), { ...pen, colour: false });
  const cells = [columns, ...rows].map((row) => columns.map((_, at) => plain(row[at] ?? "")));
  const natural = columns.map((_, at) =>
    Math.max(1, ...cells.map((row) => Math.max(...row[at]!.split("\n").map((line) => stringWidth(line))))),
  );
  const floors = columns.map((_, at) =>
    Math.min(natural[at]!, Math.max(...cells.map((row) => wholeWidth(row[at]!)))),
  );
  const widths = columnWidths(natural, room, floors);
  // Too narrow for columns at all: one line a cell.
  if (widths.reduce((sum, one) => sum + one, 0) > room) {
    return rows.flatMap((row) => [
      ...columns.flatMap((name, at) => wrap(`${name}: ${plain(row[at] ?? "")}`, pen.width)),
      "",
    ]);
  }
  const toLines = (row: readonly string[], style?: Style): string[] => {
    const wrapped = row.map((cell, at) => wrap(cell, widths[at]!));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => {
      const drawn = wrapped.map((lines, at) => pad(lines[line] ?? "", widths[at]!, align?.[at]));
      return drawn
        .map((cell) => (style ? paint(style, cell, pen) : cell))
        .join(gap)
        .trimEnd();
    });
  };
  const rule = paint("dim", widths.map((width) => "─".repeat(width)).join(gap), pen);
  const isTall = cells.slice(1).some((row) => row.some((cell, at) => wrap(cell, widths[at]!).length > 1));
  const body = cells.slice(1).flatMap((row, at) => (isTall && at > 0 ? ["", ...toLines(row)] : toLines(row)));
  return [...toLines(cells[0]!, "bold"), rule, ...body];
}

function diffStyle(line: string): Style | undefined {
  if (line.startsWith("+")) return "green";
  if (line.startsWith("-")) return "red";
  return line.startsWith("@@") ? "cyan" : undefined;
}

function drawCode({ language, text, title }: Extract<Block, { kind: "code" }>, pen: Pen): string[] {
  const head = title === undefined ? [] : [paint("bold", clean(title), pen)];
  // Code is not wrapped: what is copied must be what was written.
  const lines = clean(text).replace(/\n$/, "").split("\n");
  const drawn = lines.map((line) => {
    const style = language === "diff" ? diffStyle(line) : undefined;
    return `  ${style ? paint(style, line, pen) : line}`;
  });
  return [...head, ...drawn];
}

function drawButtons(buttons: readonly Button[], marks: readonly string[], pen: Pen): string[] {
  if (buttons.length === 0) return [];
  const labels = buttons.map((button, at) => `[${marks[at]}] ${clean(button.label)}`);
  return wrap(labels.map((label) => label.replaceAll(" ", TIED)).join("  "), pen.width).map((line) =>
    paint("cyan", line.replaceAll(TIED, " "), pen),
  );
}

const MARK = { info: "ℹ", warning: "!", error: "✗", success: "✓" } as const;
const TONE: Record<keyof typeof MARK, Style> = {
  info: "blue",
  warning: "yellow",
  error: "red",
  success: "green",
};

function drawText(
  text: string,
  pen: Pen,
  { first = "", rest = first }: { first?: string; rest?: string } = {},
): string[] {
  // Styled before it is wrapped, since bold words may go on in the next line.
  const lines = wrap(inline(clean(text), pen), pen.width - stringWidth(rest));
  return lines.map((line, at) => (at === 0 ? first : rest) + line);
}

/** One block as lines; `marks` are what to type for its buttons. */
export function drawBlock(block: Block, pen: Pen, marks: readonly string[] = []): string[] {
  switch (block.kind) {
    case "heading": {
      const lines = drawText(block.text, pen);
      const under =
        block.level === 1
          ? [paint("dim", "═".repeat(Math.min(pen.width, Math.max(...lines.map(plainWidth)))), pen)]
          : [];
      return [...lines.map((line) => paint("bold", inline(line, { ...pen, colour: false }), pen)), ...under];
    }
    case "paragraph":
      return drawText(block.text, pen);
    case "list":
      return block.items.flatMap((item, at) => {
        const first = block.ordered ? `${at + 1}. ` : "• ";
        return drawText(item, pen, { first, rest: " ".repeat(first.length) });
      });
    case "table":
      return drawTable(block, pen);
    case "code":
      return drawCode(block, pen);
    case "notice": {
      const first = `${MARK[block.tone]} `;
      const lines = drawText(block.text, pen, { first, rest: "  " });
      return lines.map((line, at) =>
        at === 0 ? paint(TONE[block.tone], first, pen) + line.slice(first.length) : line,
      );
    }
    case "sources": {
      const pages = block.sources.map(({ title, url }) => (url ? `${title} <${url}>` : title));
      return drawText(`↳ ${pages.join(" · ")}`, pen).map((line) => paint("dim", line, pen));
    }
    case "choice":
      return [...drawText(block.prompt, pen), ...drawButtons(block.options, marks, pen)];
    case "actions":
      return drawButtons(block.buttons, marks, pen);
    case "file":
      return block.caption ? drawText(block.caption, pen) : [];
    case "image":
      return drawText(block.alt, pen);
    case "divider":
      return [paint("dim", "─".repeat(pen.width), pen)];
  }
}

/** Buttons of a block, in the order in which they are numbered. */
export function buttonsOf(block: Block): readonly Button[] {
  if (block.kind === "choice") return block.options;
  return block.kind === "actions" ? block.buttons : [];
}

/** One line of progress, cut to the width: it is taken away again. */
export function drawStatus(text: string, pen: Pen): string {
  const line = wrap(clean(text).replaceAll("\n", " "), pen.width - 1)[0] ?? "";
  return paint("dim", line, pen);
}
