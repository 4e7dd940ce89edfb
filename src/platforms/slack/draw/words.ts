import type { Block } from "#model/block.ts";
import { clip, link, mrkdwn, plainText } from "../escape.ts";

/** Marks in front of what is not just told. */
export const signs = { info: "", success: "✓ ", warning: "⚠️ ", error: "⛔ " } as const;

const TICKS = /`{3,}/g;
const BETWEEN = "\u200B";

/** One block as plain message text, whole; buttons become what can be said instead of pressing them. */
export function wordsOf(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `*${mrkdwn(block.text).replace(/[*\n]/g, " ")}*`;
    case "paragraph":
      return mrkdwn(block.text);
    case "notice":
      return signs[block.tone] + mrkdwn(block.text);
    case "list":
      return block.items
        .map((item, at) => `${block.ordered ? `${at + 1}.` : "•"} ${mrkdwn(item)}`)
        .join("\n");
    case "table":
      return [block.columns, ...block.rows].map(rowWords).join("\n");
    case "code":
      return [block.title && `\`${plainText(block.title)}\``, fenced(block.text)].filter(Boolean).join("\n");
    case "sources":
      return block.sources.map((source) => link(source)).join(" · ");
    case "choice":
      return [mrkdwn(block.prompt), block.options.map(({ label }) => `• ${mrkdwn(label)}`).join("\n")]
        .filter((piece) => piece !== "")
        .join("\n");
    case "actions":
      return block.buttons.map(({ label }) => `[${mrkdwn(label)}]`).join(" ");
    case "file":
      return block.caption === undefined
        ? mrkdwn(block.name)
        : `${mrkdwn(block.caption)}: ${mrkdwn(block.name)}`;
    case "image":
      return mrkdwn(block.alt);
    case "divider":
      return "———";
  }
}

function rowWords(cells: readonly string[]): string {
  return cells.map((cell) => mrkdwn(cell).replaceAll("\n", " / ")).join(" · ");
}

/** A fence that what it holds cannot close. */
function fenced(text: string): string {
  const inner = text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(TICKS, (run) => [...run].join(BETWEEN));
  return `\`\`\`\n${inner}${inner.endsWith("\n") ? "" : "\n"}\`\`\``;
}

/** What notifications show and screen readers read beside the blocks; code by its path only, and as much as fits. */
export function summaryOf(blocks: readonly Block[], most: number): string {
  const words = blocks
    .filter(({ kind }) => kind !== "divider" && kind !== "sources")
    .map((block) => (block.kind === "code" ? (block.title ? plainText(block.title) : "") : wordsOf(block)))
    .filter((piece) => piece.trim() !== "")
    .join("\n");
  return clipWhole(words, most);
}

/** Cut in front of an entity or a link rather than inside one. */
function clipWhole(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = clip(text, most);
  const open = head.lastIndexOf("<");
  return open > head.lastIndexOf(">")
    ? `${head.slice(0, open).trimEnd()}…`
    : head.replace(/&[a-z]{0,3}…$/, "…");
}
