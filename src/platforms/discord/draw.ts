import type { Block } from "#model/block.ts";
import { drawControls, drawLong, type Tag } from "./controls.ts";
import { inline, link } from "./escape.ts";
import { type Component, fitting, flags, type Payload, types, type Upload } from "./limits.ts";
import { drawTable } from "./table.ts";

type Of<K extends Block["kind"]> = Extract<Block, { kind: K }>;

const SIGN = { info: "ℹ️", warning: "⚠️", error: "⛔", success: "✅" } as const;
/** Bars of cards: green, yellow, red and Discord's own blue. */
const COLOUR = { success: 0x23a55a, warning: 0xf0b232, error: 0xda373c, info: 0x5865f2 } as const;

/** One message as Discord takes it, a plan's first one as a card, others as plain text. No mention can ring, no link unfolds. */
export function drawMessage(blocks: readonly Block[], tag: Tag): Payload {
  const named = withNames(blocks);
  return fitting(isCard(blocks) ? drawCard(named, tag) : drawPlain(named, tag));
}

/** A title with the files or the buttons that belong to it. */
export function isCard(blocks: readonly Block[]): boolean {
  const [first] = blocks;
  return (
    first?.kind === "heading" && first.level === 1 && blocks.some((one) => isFile(one) || isControl(one))
  );
}

export const isFile = ({ kind }: Block): boolean => kind === "file" || kind === "image";
/** What stands below the words: buttons and menus. */
export const isControl = ({ kind }: Block): boolean => kind === "choice" || kind === "actions";

const safe = { allowed_mentions: { parse: [] as [] } };

function drawPlain(blocks: readonly Block[], tag: Tag): Payload {
  const content = drawText(blocks);
  const components = drawControls(blocks, tag);
  const files = uploads(blocks);
  return {
    body: {
      content,
      // An edit keeps the buttons it does not name.
      components,
      flags: flags.suppressEmbeds,
      ...safe,
      ...attachments(blocks, files),
    },
    files,
  };
}

function drawCard(blocks: readonly Block[], tag: Tag): Payload {
  const files = uploads(blocks);
  const tones = blocks.flatMap((block) => (block.kind === "notice" ? [block.tone] : []));
  const tone = (["error", "warning", "success"] as const).find((one) => tones.includes(one)) ?? "info";
  const inside: Component[] = [];
  let words: Block[] = [];
  const flush = () => {
    const content = drawText(words);
    if (content !== "") inside.push({ type: types.textDisplay, content });
    words = [];
  };
  for (const block of blocks) {
    if (block.kind === "file") {
      if (block.caption) words.push({ kind: "paragraph", text: block.caption });
      flush();
      inside.push({ type: types.file, file: { url: `attachment://${block.name}` } });
    } else if (block.kind === "image") {
      flush();
      const media = { url: `attachment://${block.name}` };
      inside.push({ type: types.gallery, items: [{ media, description: block.alt.slice(0, 1_024) }] });
    } else if (block.kind === "divider") {
      flush();
      inside.push({ type: types.separator });
    } else words.push(block);
  }
  flush();
  inside.push(...drawControls(blocks, tag));
  return {
    body: {
      components: [{ type: types.container, accent_color: COLOUR[tone], components: inside }],
      flags: flags.card | flags.suppressEmbeds,
      ...safe,
      ...attachments(blocks, files),
    },
    files,
  };
}

/** Names as Discord keeps them, each once in a message, so that the card finds its files. */
function withNames(blocks: readonly Block[]): Block[] {
  const taken = new Set<string>();
  return blocks.map((block) => {
    if (block.kind !== "file" && block.kind !== "image") return block;
    const base = block.name.replace(/[^\w.-]+/g, "_").replace(/^[._]+/, "") || "file";
    let name = base;
    for (let n = 2; taken.has(name); n++) name = base.replace(/(\.\w+)?$/, `-${n}$1`);
    taken.add(name);
    return { ...block, name };
  });
}

function uploads(blocks: readonly Block[]): Upload[] {
  return blocks.flatMap((block): Upload[] => {
    if (block.kind !== "file" && block.kind !== "image") return [];
    const { name, content } = block;
    const data = typeof content === "string" ? Buffer.from(content, "utf8") : content;
    return [{ name, data, contentType: block.kind === "file" ? block.mime : "image/png" }];
  });
}

function attachments(blocks: readonly Block[], files: readonly Upload[]) {
  if (files.length === 0) return {};
  const alts = new Map(blocks.flatMap((block) => (block.kind === "image" ? [[block.name, block.alt]] : [])));
  return {
    attachments: files.map(({ name }, id) => {
      const description = alts.get(name)?.slice(0, 1_024);
      return { id, filename: name, ...(description && { description }) };
    }),
  };
}

const BOLD = /^\*\*[^*\n]+\*\*$/;

/** What stands over something else: a heading, or a line in bold. */
export function isTitle(block: Block): boolean {
  return block.kind === "heading" || (block.kind === "paragraph" && BOLD.test(block.text));
}

/** Words of blocks, as they stand in a message: a blank line between, none below a heading. */
export function drawText(blocks: readonly Block[]): string {
  let text = "";
  let isHeaded = false;
  for (const block of blocks) {
    const drawn = drawBlock(block);
    if (drawn === "") continue;
    if (text !== "") text += isHeaded ? "\n" : "\n\n";
    text += drawn;
    isHeaded = isTitle(block);
  }
  return text;
}

/** One block in Discord's markup; buttons and files have no words of their own. */
export function drawBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return block.text.trim() === "" ? "" : `${"#".repeat(block.level)} ${inline(oneLine(block.text))}`;
    case "paragraph":
      return block.text.trim() === "" ? "" : inline(block.text);
    case "list":
      return block.items
        .map((item, at) => `${block.ordered ? `${at + 1}.` : "-"} ${inline(item).replaceAll("\n", "\n  ")}`)
        .join("\n");
    case "table":
      return drawTable(block);
    case "code":
      return drawCode(block);
    case "notice":
      return `${SIGN[block.tone]} ${inline(block.text)}`;
    case "sources":
      return `-# ↳ ${block.sources.map(({ title, url }) => link(title, url)).join(" · ")}`;
    case "choice":
      return [inline(block.prompt), drawLong(block.options)].filter((one) => one !== "").join("\n");
    case "file":
      return block.caption ? inline(block.caption) : "";
    case "image":
    case "actions":
      return "";
    case "divider":
      return "─".repeat(24);
  }
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");

function drawCode({ language, text, title }: Of<"code">): string {
  const name = language.replace(/[^\w+-]/g, "");
  const head =
    title === undefined || title === "" ? "" : `${inline(`\`${title.replace(/[`\n]/g, "'")}\``)}\n`;
  const body = text.endsWith("\n") || text === "" ? text : `${text}\n`;
  return `${head}\`\`\`${name}\n${body}\`\`\``;
}
