import type { Json } from "./types.ts";
import type { World } from "./world.ts";

const TOKEN = /<(?:@[UW]\w+|#C\w+(?:\|[^>]*)?|!\w+(?:\^\w+)?(?:\|[^>]*)?|https?:[^>]+)>/g;
const NAME = /(?<![\w<])@([a-z][\w.-]*)/g;
const URL_TEXT = /(?<![<|])\bhttps?:\/\/[^\s<>|]+/g;

/** What a person types, as Slack sends it: names and addresses as tokens, `& < >` escaped. */
export function asSent(world: World, text: string): string {
  const names = new Map([...world.users.values()].map(({ name, id }) => [name, id]));
  const linked = text
    .replace(NAME, (word, name) => (names.has(name) ? `<@${names.get(name)}>` : word))
    .replace(URL_TEXT, (url) => `<${url}>`);
  let sent = "";
  let last = 0;
  for (const match of linked.matchAll(TOKEN)) {
    sent += escaped(linked.slice(last, match.index)) + match[0];
    last = match.index + match[0].length;
  }
  return sent + escaped(linked.slice(last));
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const unescaped = (text: string) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** The rich text block the composer makes of a message. */
export function composed(world: World, text: string): Json[] {
  const elements: Json[] = [];
  let last = 0;
  const plain = (part: string) => {
    if (part) elements.push({ type: "text", text: unescaped(part) });
  };
  for (const match of text.matchAll(TOKEN)) {
    plain(text.slice(last, match.index));
    const token = match[0].slice(1, -1);
    if (token.startsWith("@")) elements.push({ type: "user", user_id: token.slice(1) });
    else if (token.startsWith("#"))
      elements.push({ type: "channel", channel_id: token.slice(1).split("|")[0] });
    else if (token.startsWith("!")) elements.push({ type: "broadcast", range: token.slice(1).split("|")[0] });
    else elements.push({ type: "link", url: token.split("|")[0] });
    last = match.index + match[0].length;
  }
  plain(text.slice(last));
  return [
    {
      type: "rich_text",
      block_id: world.secret(5),
      elements: [{ type: "rich_text_section", elements }],
    },
  ];
}
