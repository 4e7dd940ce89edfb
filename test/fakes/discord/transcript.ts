import { ComponentType as T } from "discord-api-types/v10";
import { type Loose, walk } from "./components.ts";
import type { SeenMessage } from "./types.ts";

/** A channel as a person reads it, in Markdown: who, what, files, buttons. */
export function transcript(messages: SeenMessage[]): string {
  return messages
    .filter(({ type }) => type !== 21)
    .map(entry)
    .join("\n");
}

function entry(message: SeenMessage): string {
  const notes = [
    ...(message.edits ? [`edited ${message.edits === 1 ? "once" : `${message.edits} times`}`] : []),
    ...(message.ephemeralTo ? [`only ${message.ephemeralTo} sees this`] : []),
    ...(message.loading ? ["thinking…"] : []),
  ];
  const head = `**${message.author.username}**${notes.length ? ` (${notes.join(", ")})` : ""}`;
  const lines = [head, ...bodyOf(message), ""];
  return lines.filter((line, index) => line || index === lines.length - 1).join("\n");
}

/** What a message shows: its words, its files, its buttons and menus. */
export function bodyOf({ text, attachments, components }: SeenMessage): string[] {
  const files = attachments.map(({ filename, size }) => `📎 ${filename} (${size} bytes)`);
  return [text, ...files, ...controls((components ?? []) as unknown as Loose[])].filter(Boolean);
}

function controls(components: Loose[]): string[] {
  const rows = [...walk(components)].filter(({ type }) => type === T.ActionRow);
  return rows.map((row) => [...walk([row])].slice(1).map(control).join(" "));
}

function control(component: Loose): string {
  if (component.type === T.Button) return `[${component.label ?? "…"}]${component.disabled ? " (off)" : ""}`;
  const options = Array.isArray(component.options) ? (component.options as Loose[]) : [];
  return `▾ ${component.placeholder ?? "choose"}: ${options.map(({ label }) => label).join(" | ")}`;
}

/** A form as it opens: its title, then each field with its words and what stands in it already. */
export function formOf({ title, components }: { title: string; components: unknown }): string[] {
  const labels = (components as Loose[]).filter(({ type }) => type === T.Label);
  return [`### ${title}`, ...labels.map(field)];
}

function field({ label, description, component }: Loose): string {
  const inside = (component ?? {}) as Loose;
  return [`**${label}**`, description, inputOf(inside)].filter(Boolean).join("  \n");
}

function inputOf({ type, value, placeholder, options }: Loose): string {
  if (type === T.FileUpload) return "📎 …";
  if (!Array.isArray(options)) return value ? `\`${value}\`` : `\`…\` ${placeholder ?? ""}`;
  const words = (options as Loose[]).map((one) => (one.default ? `**${one.label}**` : String(one.label)));
  return `▾ ${words.join(" | ")}`;
}
