import type { ContextBlock, KnownBlock, RichTextBlock, RichTextSection, TableBlock } from "@slack/types";
import type { Block, Limits } from "#model/block.ts";
import type { Say, Split } from "#model/platform.ts";
import { actions, choice, marked, plain } from "./draw/controls.ts";
import { signs, summaryOf } from "./draw/words.ts";
import { clip, entities, link, markdown, mrkdwn, plainText, spans } from "./escape.ts";
import { blockLimits, problemsOfMessage, slackLimits } from "./limits.ts";

/** A message as Slack takes it: its blocks, and the same in words for notifications and screen readers. */
export type Drawn = { blocks: KnownBlock[]; text: string };

/** `full` uses all of Block Kit; `plain` only what every Slack has had for years. */
export type Style = "full" | "plain";

type Of<K extends Block["kind"]> = Extract<Block, { kind: K }>;
type Pen = { say: Say; style: Style };

const foldedFrom = 12; // lines; a shorter file is read at a glance
const smallest = 1 / 128; // of the usual limits: below this a single character would not fit

/** Blocks as messages that Slack takes, each drawn as one; escaping can make them longer than `split` alone could know. */
export function arrange(blocks: Block[], split: Split, share = 1): Block[][] {
  return split(blocks, scaled(share)).flatMap((part) => {
    // The few words of Slack's own in a message (a menu's placeholder) are short in every language.
    const drawn = draw(part, { say: (key) => key, style: "full" });
    const fits = problemsOfMessage(drawn).length === 0;
    return fits || share <= smallest ? [part] : arrange(part, split, share / 2);
  });
}

function scaled(share: number): Limits {
  if (share === 1) return blockLimits;
  const of = (whole: number, least: number) => Math.max(least, Math.floor(whole * share));
  return {
    ...blockLimits,
    blockText: of(blockLimits.blockText, 24),
    messageText: of(blockLimits.messageText, 32),
    tableCharacters: of(blockLimits.tableCharacters, 64),
    blocksPerMessage: of(blockLimits.blocksPerMessage, 1),
    options: of(blockLimits.options, 5),
  };
}

/** Blocks of one message, whatever their size. */
export function draw(blocks: readonly Block[], pen: Pen): Drawn {
  const drawn: KnownBlock[] = [];
  let prose: string[] = [];
  const flush = () => {
    if (prose.length > 0) drawn.push({ type: "markdown", text: prose.join("\n\n") });
    prose = [];
  };
  const write = (text: string) => {
    if (text.trim() === "") return;
    const length = prose.reduce((sum, piece) => sum + piece.length + 2, text.length);
    if (length > slackLimits.markdownCharacters) flush();
    prose.push(text);
  };
  for (const block of blocks) {
    const { words, own } = drawBlock(block, pen);
    write(words);
    if (own.length > 0) flush();
    drawn.push(...own);
  }
  flush();
  return { blocks: unique(drawn), text: summaryOf(blocks, slackLimits.textCharacters - 100) };
}

/** Slack refuses a message with the same block_id twice; ids are ours to choose, only actions come back. */
function unique(blocks: KnownBlock[]): KnownBlock[] {
  const used = new Set<string>();
  return blocks.map((block) => {
    if (block.block_id === undefined) return block;
    let id = clip(block.block_id, slackLimits.idCharacters - 8);
    for (let n = 2; used.has(id); n++) id = `${clip(block.block_id, slackLimits.idCharacters - 8)}+${n}`;
    used.add(id);
    return { ...block, block_id: id };
  });
}

/** One block as words that flow with what stands around it, and as blocks of its own behind them. */
function drawBlock(block: Block, { say, style }: Pen): { words: string; own: KnownBlock[] } {
  const native = style === "full";
  switch (block.kind) {
    case "heading":
      return heading(block);
    case "paragraph":
      return { words: markdown(block.text), own: [] };
    case "list":
      return { words: list(block), own: [] };
    case "notice":
      return notice(block, native);
    case "table":
      return native ? { words: "", own: [table(block)] } : { words: tableWords(block), own: [] };
    case "code":
      return { words: "", own: native ? [code(block)] : [...titleOf(block), preformatted(block.text)] };
    case "sources":
      return { words: "", own: sources(block) };
    case "choice": {
      const { prose, controls } = choice(block, say);
      return { words: prose, own: controls };
    }
    case "actions": {
      const { prose, controls } = actions(block, { native });
      return { words: prose, own: controls };
    }
    case "divider":
      return { words: "", own: [{ type: "divider" }] };
    case "file":
    case "image":
      return { words: "", own: [] };
  }
}

function heading({ level, text }: Of<"heading">): { words: string; own: KnownBlock[] } {
  const title = plainText(text).replace(/\s+/g, " ").trim();
  if (title === "") return { words: "", own: [] };
  if (level === 1 && title.length <= slackLimits.headerCharacters)
    return { words: "", own: [{ type: "header", text: plain(title) }] };
  return { words: `${"#".repeat(level)} ${oneLine(markdown(text))}`, own: [] };
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");

function list({ items, ordered }: Of<"list">): string {
  return items
    .map((item, at) => `${ordered ? `${at + 1}.` : "-"} ${markdown(item).replace(/\s*\n+/g, "  \n  ")}`)
    .join("\n");
}

function notice({ tone, text }: Of<"notice">, native: boolean): { words: string; own: KnownBlock[] } {
  const isLoud = tone === "warning" || tone === "error";
  const words = mrkdwn(text);
  if (native && isLoud && words.trim() !== "" && words.length <= slackLimits.sectionCharacters)
    return { words: "", own: [{ type: "alert", level: tone, text: marked(words) }] };
  return { words: text.trim() === "" ? "" : signs[tone] + markdown(text), own: [] };
}

// --- tables ----------------------------------------------------------------------------------------------------------

const BLANK = "\u00A0"; // a cell must hold something

function table({ columns, rows, align = [] }: Of<"table">): TableBlock {
  const width = Math.max(columns.length, ...rows.map((row) => row.length));
  const cells = (row: readonly string[]) => Array.from({ length: width }, (_, at) => cell(row[at] ?? ""));
  const settings = Array.from({ length: width }, (_, at) => ({
    is_wrapped: true,
    ...(align[at] === "right" && { align: "right" as const }),
  }));
  return {
    type: "table",
    rows: [columns.map((column) => cell(column, true)), ...rows.map(cells)].map((row) => padded(row, width)),
    column_settings: settings,
  };
}

type Cell = TableBlock["rows"][number][number];

function padded(row: Cell[], width: number): Cell[] {
  return [...row, ...Array.from({ length: width - row.length }, () => cell(""))];
}

/** Cells are literal in Slack: only markup of ours makes one rich. */
function cell(text: string, isBold = false): Cell {
  const pieces = spans(text);
  if (pieces.length === 0) return { type: "raw_text", text: BLANK };
  const isPlain = !isBold && pieces.every(({ bold, italic, code }) => !bold && !italic && !code);
  if (isPlain) return { type: "raw_text", text: pieces.map((piece) => piece.text).join("") };
  const section: RichTextSection = {
    type: "rich_text_section",
    elements: pieces.map(({ text: words, bold = isBold, italic, code: isCode }) => ({
      type: "text",
      text: words,
      ...((bold || italic || isCode) && {
        style: { ...(bold && { bold }), ...(italic && { italic }), ...(isCode && { code: true }) },
      }),
    })),
  };
  return { type: "rich_text", elements: [section] };
}

function tableWords({ columns, rows }: Of<"table">): string {
  const line = (row: readonly string[]) => row.map((words) => oneLine(markdown(words))).join(" · ");
  return [
    `**${oneLine(markdown(columns.map(plainText).join(" · ")))}**`,
    ...rows.map((row) => `- ${line(row)}`),
  ].join("\n");
}

// --- code ------------------------------------------------------------------------------------------------------------

/** Literal, byte for byte: nothing in it is read as markup, and no fence is needed. */
function preformatted(text: string): RichTextBlock {
  const element = { type: "text" as const, text: text === "" ? " " : text };
  return { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements: [element] }] };
}

function titleOf({ title }: Of<"code">): KnownBlock[] {
  if (!title) return [];
  const most = slackLimits.sectionCharacters;
  return [{ type: "section", text: marked(`*${entities(clip(plainText(title), most / 6))}*`) }];
}

/** A file under its path, folded away where it is long. */
function code(block: Of<"code">): KnownBlock {
  const { title, text } = block;
  if (!title) return preformatted(text);
  const name = plainText(title);
  const isLong = text.split("\n").length > foldedFrom;
  const whole: RichTextBlock = {
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [{ type: "text", text: name }] }],
  };
  return {
    type: "container",
    title: plain(clip(name, slackLimits.titleCharacters)),
    is_collapsible: true,
    ...(isLong && { default_collapsed: true }),
    child_blocks: [...(name.length > slackLimits.titleCharacters ? [whole] : []), preformatted(text)],
  };
}

// --- small print -----------------------------------------------------------------------------------------------------

function sources({ sources: all }: Of<"sources">): ContextBlock[] {
  const lines: string[] = [];
  for (const source of all) {
    const words = link(source);
    const linked = words.length <= slackLimits.contextCharacters ? words : mrkdwn(clip(source.title, 300));
    const last = lines.at(-1);
    const joined = `${last} · ${linked}`;
    if (last !== undefined && joined.length <= slackLimits.contextCharacters)
      lines[lines.length - 1] = joined;
    else if (linked !== "") lines.push(linked);
  }
  const blocks: ContextBlock[] = [];
  for (let from = 0; from < lines.length; from += slackLimits.contextElements) {
    const elements = lines.slice(from, from + slackLimits.contextElements);
    blocks.push({ type: "context", elements: elements.map((text) => marked(text)) });
  }
  return blocks;
}
