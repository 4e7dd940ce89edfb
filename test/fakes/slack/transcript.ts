import type { Json, Message } from "./types.ts";
import type { World } from "./world.ts";

/** What people read in a channel or a thread, as Markdown. */
export function transcriptOf(world: World, channel: string, thread_ts?: string): string {
  const all = thread_ts ? world.thread(channel, thread_ts) : (world.messages.get(channel) ?? []);
  const nameOf = (id: string) => world.users.get(id)?.real_name ?? id;
  return all
    .map((message) => {
      const edited = message.edited ? " (edited)" : "";
      return `**${nameOf(message.user)}**${edited}\n\n${bodyOf(message, nameOf)}`;
    })
    .join("\n\n");
}

/** What a message says, with its files and reactions. */
export function bodyOf(message: Message, nameOf: (user: string) => string): string {
  const parts = message.blocks?.length ? message.blocks.map(drawn) : [message.text];
  const files = (message.files ?? []).map((file) => `[file ${file.name}, ${file.size} bytes]`);
  const reactions = (message.reactions ?? []).map((reaction) => `:${reaction.name}: ${reaction.count}`);
  const body = [...parts, ...files, ...reactions].filter(Boolean).join("\n\n");
  return body
    .replaceAll(/<@(\w+)>/g, (_, id) => `@${nameOf(id)}`)
    .replaceAll(/<(https?:[^|>]+)\|([^>]+)>/g, "[$2]($1)");
}

/** One block as it is read, as Markdown. */
export function drawn(block: Json): string {
  switch (block.type) {
    case "header":
      return `### ${block.text.text}`;
    case "divider":
      return "---";
    case "markdown":
      return block.text;
    case "table":
    case "data_table":
      return table(block.rows);
    case "container":
      return [`▸ **${block.title?.text ?? ""}**`, ...block.child_blocks.map(drawn)].join("\n\n");
    case "rich_text":
      return block.elements.map(rich).join("");
    case "context":
      return block.elements.map((element: Json) => `_${element.text ?? element.alt_text}_`).join(" · ");
    case "actions":
    case "context_actions":
      return block.elements.map(control).join(" ");
    case "plan":
      return [`**${block.title}**`, ...(block.tasks ?? []).map(drawn)].join("\n");
    case "input":
      return [`**${block.label.text}**`, block.hint?.text, inputOf(block.element)]
        .filter(Boolean)
        .join("  \n");
    case "task_card":
      return `- [${block.status}] ${block.title}`;
    default: {
      const fields = (block.fields ?? []).map(({ text }: Json) => text);
      return [block.text?.text ?? block.text, ...fields, block.accessory && control(block.accessory)]
        .filter(Boolean)
        .join("\n");
    }
  }
}

function control(element: Json): string {
  if (element.type === "feedback_buttons")
    return `[${element.positive_button.text.text}] [${element.negative_button.text.text}]`;
  const options = (element.options ?? []).map((option: Json) => option.text.text);
  return options.length > 0
    ? `{${options.join(" | ")}}`
    : `[${element.text?.text ?? element.alt_text ?? ""}]`;
}

/** An input as it stands there before anybody types: what is in it, or what could be. */
function inputOf(element: Json): string {
  if (!element.options) return `\`${element.initial_value ?? element.placeholder?.text ?? ""}\``;
  const first = element.initial_option?.text.text;
  return element.options
    .map(({ text }: Json) => (text.text === first ? `(•) ${text.text}` : `( ) ${text.text}`))
    .join(" ");
}

function rich(element: Json): string {
  const inner = (element.elements ?? []).map((leaf: Json) =>
    leaf.elements
      ? rich(leaf)
      : (leaf.text ?? leaf.url ?? (leaf.user_id ? `<@${leaf.user_id}>` : (leaf.name ?? ""))),
  );
  if (element.type === "rich_text_preformatted") return `\`\`\`\n${inner.join("")}\n\`\`\`\n`;
  if (element.type === "rich_text_list") return `${inner.map((item: string) => `- ${item}`).join("\n")}\n`;
  return inner.join("");
}

function table(rows: Json[][]): string {
  const cells = rows.map((row) =>
    row
      .map((cell): string => String(cell.text ?? cell.value ?? (cell.elements ?? []).map(rich).join("")))
      .map((text) => text.replaceAll("|", "\\|").replaceAll("\n", "<br>")),
  );
  const [head = [], ...body] = cells.map((row) => `| ${row.join(" | ")} |`);
  return [head, `|${" --- |".repeat(rows[0]?.length ?? 0)}`, ...body].join("\n");
}
