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
  const files = message.attachments.map(({ filename, size }) => `📎 ${filename} (${size} bytes)`);
  const lines = [
    head,
    message.text,
    ...files,
    ...controls((message.components ?? []) as unknown as Loose[]),
    "",
  ];
  return lines.filter((line, index) => line || index === lines.length - 1).join("\n");
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
