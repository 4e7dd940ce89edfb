import type { Block, Limits } from "#model/block.ts";

type Of<K extends Block["kind"]> = Extract<Block, { kind: K }>;

const SENTENCE_END = /[.!?…](?=\s)|[。！？；]/gu;
let graphemes: Intl.Segmenter | undefined; // the first one of a process takes 10 ms: not at its start

/** Splits blocks a platform would refuse into messages that fit; nothing is ever cut away. */
export function split(blocks: readonly Block[], limits: Limits): Block[][] {
  const messages: Block[][] = [];
  let message: Block[] = [];
  let length = 0;
  for (const block of blocks.flatMap((whole) => fitting(whole, limits))) {
    const size = sizeOf(block);
    const isFull =
      message.length >= limits.blocksPerMessage ||
      length + size > limits.messageText ||
      isApart(block, message, limits);
    const carried = isFull ? message.splice(message.length - leadLength(message, block)) : [];
    if (isFull && message.length > 0) {
      messages.push(message);
      message = carried;
      length = carried.reduce((sum, one) => sum + sizeOf(one), 0);
      if (length + size > limits.messageText || message.length >= limits.blocksPerMessage) {
        if (message.length > 0) messages.push(message);
        message = [];
        length = 0;
      }
    }
    message.push(block);
    length += size;
  }
  if (message.length > 0) messages.push(message);
  return messages;
}

const shortText = 400; // characters; what is longer stands for itself
const INTRODUCES = /[:：]$/;

/** How many of the last blocks lead up to the next one and go with it: a heading, a short text that announces it. */
function leadLength(message: readonly Block[], next: Block): number {
  const last = message.at(-1);
  const headed = message.at(-2)?.kind === "heading" ? 1 : 0;
  let lead = last?.kind === "heading" ? 1 : 0;
  if (last?.kind === "paragraph" && last.text.length <= shortText) {
    if (INTRODUCES.test(last.text)) lead = 1 + headed;
    else if (next.kind === "table") lead = 2 * headed;
  }
  return lead < message.length ? lead : 0;
}

/** Whether a block may not stand with those before it: a file of its own, or a table too many. */
function isApart(block: Block, message: readonly Block[], { filesAlone, tables }: Limits): boolean {
  if (filesAlone && (block.kind === "file" || message.at(-1)?.kind === "file")) return true;
  return block.kind === "table" && tables !== undefined && count(message, "table") >= tables;
}

const count = (blocks: readonly Block[], kind: Block["kind"]): number =>
  blocks.filter((block) => block.kind === kind).length;

/** Characters of a block as they count against a message, with what draws it: fences, bars, bullets. */
export function sizeOf(block: Block): number {
  switch (block.kind) {
    case "heading":
      return block.text.length + block.level + 2;
    case "paragraph":
    case "notice":
      return block.text.length + 4;
    case "list":
      return block.items.reduce((sum, item) => sum + item.length + 6, 0);
    case "table":
      return tableSize(block.columns, block.rows);
    case "code":
      return block.text.length + codeOverhead(block);
    case "sources":
      return block.sources.reduce((sum, { title, url = "" }) => sum + title.length + url.length + 8, 0);
    case "choice":
      return block.prompt.length + block.options.reduce((sum, { label }) => sum + label.length + 4, 0);
    case "actions":
      return block.buttons.reduce((sum, { label }) => sum + label.length + 4, 0);
    case "file":
      return block.name.length + (block.caption?.length ?? 0);
    case "image":
      return block.alt.length;
    case "divider":
      return 4;
  }
}

function fitting(block: Block, limits: Limits): Block[] {
  const room = Math.min(limits.blockText, limits.messageText);
  switch (block.kind) {
    case "heading":
      return splitText(block.text, room - block.level - 2).map((text) => ({ ...block, text }));
    case "paragraph":
    case "notice":
      return splitText(block.text, room - 4).map((text) => ({ ...block, text }));
    case "list":
      return splitList(block, room);
    case "table":
      return splitTable(block, limits);
    case "code":
      return isFile(block, limits) ? [asFile(block)] : splitCode(block, room);
    case "sources":
      return splitSources(block, room);
    case "actions":
      return chunks(block.buttons, limits.buttons).map((buttons, at) => ({
        ...block,
        id: nth(block.id, at),
        buttons,
      }));
    case "choice":
      return splitChoice(block, limits, room);
    default:
      return [block];
  }
}

/** Block ids are unique within a message. */
const nth = (id: string, at: number): string => (at === 0 ? id : `${id}~${at + 1}`);

function chunks<T>(items: readonly T[], size: number): T[][] {
  if (items.length === 0) return [[]];
  const step = Math.max(1, size);
  return Array.from({ length: Math.ceil(items.length / step) }, (_, at) =>
    items.slice(at * step, (at + 1) * step),
  );
}

/** The last place up to `room` at which a text may be parted, without breaking a character. */
function partAt(text: string, room: number): number {
  const head = text.slice(0, room);
  const paragraph = head.lastIndexOf("\n\n");
  if (paragraph > room / 3) return paragraph + 2;
  let sentence = -1;
  for (const match of head.matchAll(SENTENCE_END)) sentence = match.index + match[0].length;
  if (sentence > room / 3) return sentence;
  const line = head.lastIndexOf("\n");
  if (line > room / 3) return line + 1;
  const space = head.lastIndexOf(" ");
  if (space > room / 3) return space + 1;
  return wholeCharacters(text, room);
}

/** The largest length up to `room` that ends between two characters as people see them. */
function wholeCharacters(text: string, room: number): number {
  // What stands a little behind can belong to the character before: an accent, a skin tone.
  const window = text.slice(0, room + 64);
  let end = 0;
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { index, segment } of graphemes.segment(window)) {
    if (index + segment.length > room) break;
    end = index + segment.length;
  }
  if (end > 0) return end;
  // One character longer than the room: parted between code points at least, never inside one.
  const isTorn = /[\uD800-\uDBFF]/.test(text[room - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[room] ?? "");
  return Math.max(1, isTorn ? room - 1 : room);
}

/** Pieces of a text no longer than `room`, parted at paragraphs, sentences, lines or words; joined they are the text. */
export function splitText(text: string, room: number): string[] {
  const most = Math.max(2, room);
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const at = partAt(rest, most);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === "" && pieces.length > 0 ? pieces : [...pieces, rest];
}

function splitList(block: Of<"list">, room: number): Block[] {
  // An item too long for a block goes on as the next item; in a numbered list the numbers would lie, so it is bulleted.
  const items = block.items.flatMap((item) => splitText(item, room - 6));
  const isWhole = items.length === block.items.length;
  const groups = grouped(items, room, (item) => item.length + 6);
  if (groups.length === 1 && isWhole) return [block];
  return groups.map((group) => ({ kind: "list", items: group }));
}

function grouped<T>(items: readonly T[], room: number, size: (item: T) => number): T[][] {
  const groups: T[][] = [];
  let group: T[] = [];
  let length = 0;
  for (const item of items) {
    if (group.length > 0 && length + size(item) > room) {
      groups.push(group);
      group = [];
      length = 0;
    }
    group.push(item);
    length += size(item);
  }
  if (group.length > 0 || groups.length === 0) groups.push(group);
  return groups;
}

function splitSources(block: Of<"sources">, room: number): Block[] {
  const size = ({ title, url = "" }: { title: string; url?: string }) => title.length + url.length + 8;
  const sources = block.sources.flatMap((source) => {
    if (size(source) <= room) return [source];
    const titles = splitText(source.title, Math.max(2, room - 8 - (source.url?.length ?? 0)));
    return titles.map((title, at) => (at === 0 && source.url ? { title, url: source.url } : { title }));
  });
  return grouped(sources, room, size).map((group) => ({ ...block, sources: group }));
}

function splitChoice(block: Of<"choice">, limits: Limits, room: number): Block[] {
  const prompts = splitText(block.prompt, room);
  const last = prompts.pop()!;
  const before: Block[] = prompts.map((text) => ({ kind: "paragraph", text }));
  const groups = chunks(block.options, limits.options);
  const parts = groups.map((options, at): Block => {
    const prompt = groups.length === 1 ? last : part(last, at + 1, groups.length);
    return { ...block, id: nth(block.id, at), prompt, options };
  });
  return [...before, ...parts];
}

const part = (words: string, index: number, count: number): string => `${words} (${index}/${count})`.trim();

const LONGEST_MARK = " (999/999)".length;

function codeOverhead({ language, title, text }: Of<"code">): number {
  const fences = 2 * Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1));
  return fences + language.length + (title?.length ?? 0) + 8;
}

function splitCode(block: Of<"code">, room: number): Block[] {
  if (block.text.length + codeOverhead(block) <= room) return [block];
  const space = Math.max(16, room - codeOverhead(block) - LONGEST_MARK);
  // A line longer than a message is parted between characters; everything else between lines.
  const lines = block.text.split(/(?<=\n)/).flatMap((line) => splitLine(line, space));
  const texts = grouped(lines, space, (line) => line.length).map((group) => group.join(""));
  return texts.map((text, at) => ({ ...block, text, title: part(block.title ?? "", at + 1, texts.length) }));
}

/** Code with a title is a file by that path; a long one is easier read beside the thread than across messages. */
function isFile({ title, text }: Of<"code">, { codeText, files }: Limits): boolean {
  return files && codeText !== undefined && title !== undefined && text.length > codeText;
}

function asFile({ title = "", text, language }: Of<"code">): Block {
  const name = title.split("/").at(-1) || "file.txt";
  return {
    kind: "file",
    name: language === "diff" ? `${name}.diff` : name,
    content: text,
    mime: language === "yaml" ? "application/yaml" : "text/plain",
    caption: title,
  };
}

function splitLine(line: string, room: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > room) {
    const at = wholeCharacters(rest, room);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...pieces, rest];
}

function rowSize(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.length + 3, 2);
}

function tableSize(columns: readonly string[], rows: readonly (readonly string[])[]): number {
  return 2 * rowSize(columns) + rows.reduce((sum, row) => sum + rowSize(row), 0);
}

function splitTable(block: Of<"table">, limits: Limits): Block[] {
  const room = Math.min(limits.tableCharacters, limits.messageText);
  if (block.columns.length > limits.tableColumns) {
    return narrowed(block, limits.tableColumns).flatMap((table) => splitTable(table, limits));
  }
  const head = 2 * rowSize(block.columns);
  // A header that leaves no room for a row is no table any more: every row becomes a list of "column: cell".
  if (head + 2 + 8 * block.columns.length > room) return asLists(block, limits);
  const rows = block.rows.flatMap((row) => splitRow(row, room - head));
  const groups = grouped(rows, room - head, rowSize).flatMap((group) => chunks(group, limits.tableRows));
  return groups.map((group) => ({ ...block, rows: group }));
}

/** A table too wide becomes several that repeat its first column. */
function narrowed(block: Of<"table">, columns: number): Of<"table">[] {
  const beside = block.columns.slice(1).map((_, at) => at + 1);
  return chunks(beside, Math.max(1, columns - 1)).map((group) => {
    const kept = columns === 1 ? group : [0, ...group];
    const pick = <T>(cells: readonly T[]) =>
      kept.map((at) => cells[at]!).filter((cell) => cell !== undefined);
    return {
      kind: "table",
      columns: pick(block.columns),
      rows: block.rows.map(pick),
      ...(block.align ? { align: pick(block.align) } : {}),
    };
  });
}

/** A row with cells too long goes on in rows below, each cell in its own column. */
function splitRow(row: readonly string[], room: number): string[][] {
  if (rowSize(row) <= room) return [[...row]];
  const share = Math.max(2, Math.floor((room - 2) / row.length) - 3);
  const cells = row.map((cell) => splitText(cell, share));
  const height = Math.max(...cells.map((pieces) => pieces.length));
  return Array.from({ length: height }, (_, at) => cells.map((pieces) => pieces[at] ?? ""));
}

function asLists(block: Of<"table">, limits: Limits): Block[] {
  const items = block.rows.map((row) =>
    row.map((cell, at) => `${block.columns[at] ?? ""}: ${cell}`).join(" · "),
  );
  return splitList({ kind: "list", items }, Math.min(limits.blockText, limits.messageText));
}
