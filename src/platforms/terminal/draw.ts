import { styleText } from "node:util";
import type { Block, Button } from "#model/block.ts";
import { layTable, widthOf, wrap } from "#model/columns.ts";

/** How to draw: the columns there are, and whether colours may be used. */
export type Pen = { width: number; colour: boolean };
type Style = Parameters<typeof styleText>[0];

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

function plainWidth(text: string): number {
  return widthOf(inline(text, { width: 0, colour: false }));
}

function drawTable({ columns, rows, align }: Extract<Block, { kind: "table" }>, pen: Pen): string[] {
  const plain = (text: string) => inline(clean(text), { ...pen, colour: false });
  const cells = rows.map((row) => columns.map((_, at) => plain(row[at] ?? "")));
  const laid = layTable(columns.map(plain), cells, { width: pen.width, ...(align && { align }) });
  // Too narrow for columns at all: one line a cell.
  if (!laid) {
    return cells.flatMap((row) => [
      ...columns.flatMap((name, at) => wrap(`${name}: ${row[at]}`, pen.width)),
      "",
    ]);
  }
  const head = laid.head.map((line) =>
    line
      .map((cell) => paint("bold", cell, pen))
      .join(laid.gap)
      .trimEnd(),
  );
  const isTall = laid.rows.some((lines) => lines.length > 1);
  const body = laid.rows.flatMap((lines, at) => (isTall && at > 0 ? ["", ...lines] : lines));
  return [...head, paint("dim", laid.rule, pen), ...body];
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
  const lines = wrap(inline(clean(text), pen), pen.width - widthOf(rest));
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
