import type { Block } from "#model/block.ts";
import { type LaidTable, layTable } from "#model/columns.ts";
import { bare } from "./escape.ts";

type Table = Extract<Block, { kind: "table" }>;

/** Columns that a thread shows unwrapped on a laptop; our estimate, and phones turn longer lines over. */
const width = 72;
/** Lines of a row; where rows are taller their cells are sentences, and those are read as a list. One tall row does not make a list of figures. */
const mostLines = { row: 12, middle: 3 };
/** From here on rows are told apart by a blank line. */
const tall = 1.7;

/** Blocks that say the same where a table's cells are sentences: a small list for each row. */
export function withoutTowers(block: Block): Block[] {
  if (block.kind !== "table") return [block];
  // Told without laying it out: so much text cannot stand in so few lines.
  if (block.rows.some((row) => row.join("").length > width * mostLines.row)) return records(block);
  const laid = lay(block);
  if (!laid) return records(block);
  const heights = laid.rows.map((lines) => lines.length).sort((a, b) => a - b);
  const middle = heights[Math.floor(heights.length / 2)] ?? 0;
  const isTower = (heights.at(-1) ?? 0) > mostLines.row || middle > mostLines.middle;
  return isTower ? records(block) : [block];
}

/** A table in columns inside a fence; a Chinese character takes two. */
export function drawTable(table: Table): string {
  const laid = lay(table) ?? lay(table, 10 * width)!;
  const head = laid.head.map((line) => line.join(laid.gap).trimEnd());
  const isTall = average(laid) > tall;
  const body = laid.rows.flatMap((lines, at) => (isTall && at > 0 ? ["", ...lines] : lines));
  return ["```", ...head, laid.rule, ...body, "```"].join("\n");
}

function lay({ columns, rows, align }: Table, columnsWide = width): LaidTable | undefined {
  const cell = (text: string) => bare(text).replaceAll("\t", " ").replace(/`{3,}/g, "'''");
  const cells = rows.map((row) => row.map(cell));
  return layTable(columns.map(cell), cells, { width: columnsWide, ...(align && { align }) });
}

function average({ rows }: LaidTable): number {
  return rows.reduce((sum, lines) => sum + lines.length, 0) / Math.max(1, rows.length);
}

/** Each row under its first cell, every other cell behind the name of its column. */
export function records({ columns, rows }: Table): Block[] {
  return rows.flatMap((row) => {
    const [first = "", ...rest] = row;
    const items = rest.flatMap((text, at) => {
      const name = columns[at + 1] ?? "";
      if (text.trim() === "" || text === "–") return [];
      if (!text.includes("\n")) return [`${label(name)}${text}`];
      return [`${label(name).trimEnd()}\n${text.replace(/^/gm, "• ")}`];
    });
    const title = bare(first).replaceAll("\n", " ").trim() || columns[0] || "–";
    // Lighter than the headings around it, where nothing in it would end the bold.
    const head: Block = title.includes("*")
      ? { kind: "heading", level: 3, text: title }
      : { kind: "paragraph", text: `**${title}**` };
    return items.length > 0 ? [head, { kind: "list", items } as const] : [head];
  });
}

function label(name: string): string {
  if (name === "") return "";
  return /\p{Script=Han}/u.test(name) ? `${name}：` : `${name}: `;
}
