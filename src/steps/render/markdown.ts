import type { Block } from "#model/block.ts";

const BACKTICKS = /`+/g;

/** A fence longer than any run of backticks inside. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...(text.match(BACKTICKS) ?? []).map((run) => run.length));
  return "`".repeat(longest + 1);
}

/** A table cell: pipes escaped, lines joined. */
function cell(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replace(/\r?\n/g, "<br>");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

function table({ columns, rows, align }: Extract<Block, { kind: "table" }>): string {
  const rule = columns.map((_, at) => (align?.[at] === "right" ? "---:" : "---"));
  const filled = rows.map((cells) => columns.map((_, at) => cells[at] ?? ""));
  return [row(columns), `| ${rule.join(" | ")} |`, ...filled.map(row)].join("\n");
}

function code({ language, text, title }: Extract<Block, { kind: "code" }>): string {
  const fence = fenceFor(text);
  const body = text.endsWith("\n") || text === "" ? text : `${text}\n`;
  const head = title === undefined ? "" : `\`${title}\`\n\n`;
  return `${head}${fence}${language}\n${body}${fence}`;
}

function markdown(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${block.text}`;
    case "paragraph":
      return block.text;
    case "list":
      return block.items
        .map((item, at) => `${block.ordered ? `${at + 1}.` : "-"} ${item.replace(/\r?\n/g, "\n  ")}`)
        .join("\n");
    case "table":
      return table(block);
    case "code":
      return code(block);
    case "notice":
      return block.text.replace(/^/gm, "> ");
    case "sources": {
      const pages = block.sources.map(({ title, url }) => (url ? `[${title}](<${url}>)` : title));
      return `↳ ${pages.join(" · ")}`;
    }
    case "file":
      return `\`${block.name}\`${block.caption ? `: ${block.caption}` : ""}`;
    case "image":
      return `*${block.alt}*`;
    case "divider":
      return "---";
    // Buttons have nothing to press in a document.
    case "choice":
    case "actions":
      return "";
  }
}

/** Blocks as one Markdown document: pipes in tables escaped, fences longer than any inside, buttons left out. */
export function toMarkdown(blocks: readonly Block[]): string {
  const pieces = blocks.map(markdown).filter((piece) => piece !== "");
  return pieces.length === 0 ? "" : `${pieces.join("\n\n")}\n`;
}
