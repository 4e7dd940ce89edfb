import type { Block, Limits } from "#model/block.ts";
import type { Split } from "#model/platform.ts";
import { drawControls } from "./controls.ts";
import { drawBlock, isCard, isControl, isFile, isTitle } from "./draw.ts";
import { message } from "./limits.ts";
import { records, withoutTowers } from "./table.ts";

type Table = Extract<Block, { kind: "table" }>;

/** What `split` aims at; how long a block is once it is drawn is measured here. */
export const limits: Limits = {
  blockText: message.contentCharacters,
  messageText: message.contentCharacters,
  blocksPerMessage: 40,
  tableRows: 40,
  tableColumns: 12,
  tableCharacters: message.contentCharacters,
  options: message.options,
  buttons: message.buttonsPerRow,
  files: true,
  fileBytes: message.fileBytes,
};

/** Code longer than this is a file: nobody reads it in the thread. Four messages of it. */
const codeCharacters = 7_000;
const FENCE = /`{3,}/;
const COLON = /[:：]\s*$/;
const leadCharacters = 300; // a longer one is prose
const leastAim = 40; // characters; below this nothing gets shorter by splitting

/**
 * Blocks as messages that fit once they are drawn. A plan opens with a card: its first words, the files that come along,
 * and the buttons, which stand at the end once more.
 */
export function arrange(blocks: Block[], split: Split): Block[][] {
  const { card, rest } = withCard(blocks.flatMap(withoutTowers).map(shape).filter(isShown));
  const messages = packed(rest.flatMap((block, at) => small(block, split, below(rest[at - 1]))));
  return card ? [card, ...messages] : messages;
}

/** Discord refuses a message with nothing in it. */
const isShown = (block: Block): boolean => rank(block) > 0 || drawBlock(block).trim() !== "";

/** Code that a fence cannot hold, or that is long, is attached. */
function shape(block: Block): Block {
  if (block.kind !== "code") return block;
  if (!FENCE.test(block.text) && block.text.length <= codeCharacters) return block;
  const name = block.title?.split("/").at(-1) || "text";
  const extension = /^(ya?ml|json|diff|toml|sh)$/.exec(block.language)?.[0] ?? "md";
  // A difference of a file is not that file.
  const isNamed = /\.\w+$/.test(name) && extension !== "diff";
  return {
    kind: "file",
    name: isNamed ? name : `${name}.${extension}`,
    content: block.text,
    mime: "text/plain",
    caption: `\`${(block.title ?? name).replaceAll("`", "'")}\``,
  };
}

/** A plan begins with its title, ends with buttons, and brings its files along before them. */
function withCard(blocks: Block[]): { card?: Block[]; rest: Block[] } {
  const [first] = blocks;
  const buttons = blocks.at(-1);
  const files = blocks.slice(-4, -1).filter(({ kind }) => kind === "file");
  if (first?.kind !== "heading" || first.level !== 1 || buttons?.kind !== "actions" || files.length === 0)
    return { rest: blocks };
  const end = blocks.findIndex((block, at) => at > 0 && (block.kind === "heading" || !isWords(block)));
  const lead = withinCard(blocks.slice(0, end));
  const rest = blocks.slice(lead.length).filter((block) => !files.includes(block));
  return { card: [...lead, ...smallPrint(blocks), ...files, buttons], rest };
}

const ITALIC = /^\*[^*\n]+\*$/;

/** The line in italics before the files: by which model, for how much. */
function smallPrint(blocks: readonly Block[]): Block[] {
  const line = blocks.findLast(({ kind }) => kind === "paragraph");
  return line?.kind === "paragraph" && ITALIC.test(line.text) ? [line] : [];
}

const isWords = ({ kind }: Block): boolean => kind === "paragraph" || kind === "list" || kind === "notice";

/** As many of its first words as a card holds; the others follow below it. */
function withinCard(lead: Block[]): Block[] {
  let sum = 0;
  const fit = lead.findIndex((block) => {
    sum += drawBlock(block).length + 2;
    return sum > message.cardCharacters;
  });
  return fit === -1 ? lead : lead.slice(0, fit);
}

/** One block in pieces that each fit a message once drawn; every round aims a quarter lower. */
function small(block: Block, split: Split, aim: Limits): Measured[] {
  if (block.kind === "table") return smallTable(block, split, aim);
  const pieces = split([block], aim).flat().map(measure);
  if (aim.messageText < leastAim) return pieces;
  // What is aimed at leaves room for a heading; a file has no room to leave.
  const isSmall = (piece: Measured) => fits([piece]) && piece.characters <= aim.messageText;
  return pieces.flatMap((piece) => (isSmall(piece) ? [piece] : small(piece.block, split, lower(aim))));
}

/** By rows, so that none is torn; a row too large for a message is said as a list. */
function smallTable(table: Table, split: Split, aim: Limits): Measured[] {
  const whole = measure(table);
  if (whole.characters <= aim.messageText) return [whole];
  const count = table.rows.length;
  if (count <= 1) return records(table).flatMap((block) => small(block, split, aim));
  const first = Math.min(count - 1, Math.max(1, Math.floor((count * aim.messageText) / whole.characters)));
  return [table.rows.slice(0, first), table.rows.slice(first)].flatMap((rows, at) =>
    smallTable({ ...table, rows }, split, at === 0 ? aim : limits),
  );
}

const lower = (aim: Limits): Limits => ({
  ...aimed(Math.floor(aim.messageText * 0.75)),
  options: Math.max(1, Math.floor(aim.options * 0.75)),
});

const aimed = (messageText: number): Limits => ({
  ...limits,
  blockText: messageText,
  messageText,
  tableCharacters: messageText,
});

/** A title, or a line that ends in a colon: nothing on its own. */
function isLead(block: Block): boolean {
  const isLine = block.kind === "paragraph" && block.text.length <= leadCharacters;
  return isTitle(block) || (isLine && COLON.test(block.text));
}

/** Room is left for a heading, which stays with what it is about. */
function below(before: Block | undefined): Limits {
  if (!before || !isLead(before)) return limits;
  return aimed(Math.max(leastAim, limits.messageText - drawBlock(before).length - 2));
}

/** Within a message words come first, then files, then buttons: that is how Discord shows them. */
const rank = (block: Block): number => (isControl(block) ? 2 : isFile(block) ? 1 : 0);

/** A block with what it takes of a message. */
type Measured = { block: Block; characters: number; rows: number; bytes: number };

function measure(block: Block): Measured {
  return {
    block,
    characters: drawBlock(block).length,
    rows: isControl(block) ? drawControls([block], {}).length : 0,
    bytes: "content" in block ? Buffer.byteLength(block.content) : 0,
  };
}

/** As few messages as possible, in order. */
function packed(pieces: readonly Measured[]): Block[][] {
  const messages: Measured[][] = [];
  let open: Measured[] = [];
  for (const piece of pieces) {
    const last = open.at(-1);
    if (!last || (rank(piece.block) >= rank(last.block) && fits([...open, piece]))) {
      open.push(piece);
      continue;
    }
    // Titles stay with what they are about.
    const carried: Measured[] = [];
    while (open.length > 1 && isLead(open.at(-1)!.block) && fits([open.at(-1)!, ...carried, piece]))
      carried.unshift(open.pop()!);
    messages.push(open);
    open = [...carried, piece];
  }
  if (open.length > 0) messages.push(open);
  return messages.map((one) => one.map(({ block }) => block));
}

/** A title with a file would be drawn as a card, which only a plan is. */
function fits(pieces: readonly Measured[]): boolean {
  const sum = (of: keyof Omit<Measured, "block">) => pieces.reduce((all, piece) => all + piece[of], 0);
  return (
    !isCard(pieces.map(({ block }) => block)) &&
    sum("characters") + 2 * (pieces.length - 1) <= message.contentCharacters &&
    sum("rows") <= message.rows &&
    pieces.filter(({ block }) => isFile(block)).length <= message.files &&
    sum("bytes") <= message.requestBytes
  );
}
