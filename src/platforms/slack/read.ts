import { clean, withoutEntities } from "./escape.ts";
import type { Message, SlackFile } from "./payloads.ts";

const FENCE = /```\n?([\s\S]*?)\n?```/g;
/** Slack knows no language of a fence: people write it as the first line. */
const LANGUAGE = /^(ya?ml|json)\n/i;
const MENTION = /<@([A-Z0-9]+)(?:\|[^>]*)?>/g;
const GROUP = /<!(subteam\^[A-Z0-9]+|channel|here|everyone)(?:\|[^>]*)?>/g;
const TOKEN = /<([^<>|]+)(?:\|([^<>]*))?>/g;

/** Ids of the people a message names, and of the groups; everybody in a channel is one, too. */
export function named(text: string): string[] {
  const people = [...text.matchAll(MENTION)].map(([, user]) => user!);
  const groups = [...text.matchAll(GROUP)].map(([, group]) => group!);
  return [...people, ...groups];
}

/** A message together with those it passes on, as if they had been written in it. */
export function whole({
  text,
  files,
  attachments,
}: Pick<Message, "text" | "attachments"> & { files?: SlackFile[] | null | undefined }): {
  text: string;
  files: SlackFile[];
} {
  const shared = attachments.filter(({ is_share }) => is_share);
  return {
    text: [text, ...shared.map((one) => one.text)].filter((one) => one !== "").join("\n"),
    files: [files ?? [], ...shared.map((one) => one.files ?? [])].flat(),
  };
}

/** What a person wrote, as they see it: without Slack's own notation and without the name of the bot. */
export function wordsFrom(text: string, bot: string): string {
  const plain = text
    .replaceAll(new RegExp(`<@${bot}(?:\\|[^>]*)?>[,:]?`, "g"), "")
    .replace(TOKEN, (_whole, what: string, label?: string) => worded(what, label));
  const fenced = plain.replace(FENCE, (_whole, inside: string) => {
    const language = LANGUAGE.exec(inside)?.[1] ?? "";
    return `\n\`\`\`${language}\n${inside.replace(LANGUAGE, "")}\n\`\`\`\n`;
  });
  return clean(withoutEntities(fenced)).replaceAll("\u00A0", " ").trim();
}

function worded(what: string, label: string | undefined): string {
  if (what.startsWith("@")) return `@${label ?? what.slice(1)}`;
  if (what.startsWith("#")) return `#${label ?? what.slice(1)}`;
  if (what.startsWith("!")) return label ?? `@${what.slice(1).split("^")[0]}`;
  // An address keeps itself, whatever it was called.
  return what.replace(/^mailto:/, "");
}
