import type { Json, Message, Ping } from "./types.ts";
import type { World } from "./world.ts";

const TOKEN =
  /<(?:!(channel|here|everyone)(?:\|[^>]*)?|!subteam\^([A-Z0-9]+)(?:\|[^>]*)?|@([UW][A-Z0-9]+)(?:\|[^>]*)?)>/g;
const BARE = /(?<![\w@/.])@(channel|here|everyone)\b/g;
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;
const LINK = /https?:\/\/[^\s<>|)\]"'`]+/g;

type Found = Pick<Ping, "kind" | "id" | "via">;

/** Whom a text would notify: Slack's tokens anywhere, plain @channel, @here and @everyone outside code. */
export function pingsIn(text: string): Found[] {
  const tokens = [...text.matchAll(TOKEN)].map(([, all, group, user]): Found => {
    if (all) return { kind: all as Ping["kind"], via: "token" };
    if (group) return { kind: "usergroup", id: group, via: "token" };
    return { kind: "user", id: user!, via: "token" };
  });
  const bare = [...text.replace(CODE, " ").matchAll(BARE)].map(
    ([, all]): Found => ({ kind: all as Ping["kind"], via: "bare" }),
  );
  return [...tokens, ...bare];
}

/** Every piece of text Slack would format in blocks, and the rich text elements that notify by themselves. */
export function formatted(value: Json, at = ""): { at: string; text?: string; found?: Found }[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => formatted(entry, `${at}/${index}`));
  if (!value || typeof value !== "object") return [];
  if (value.type === "mrkdwn" || value.type === "markdown") return [{ at, text: String(value.text ?? "") }];
  if (value.type === "broadcast") return [{ at, found: { kind: value.range, via: "token" } }];
  if (value.type === "user" && value.user_id)
    return [{ at, found: { kind: "user", id: value.user_id, via: "token" } }];
  if (value.type === "usergroup")
    return [{ at, found: { kind: "usergroup", id: value.usergroup_id, via: "token" } }];
  if (value.type === "link") return [{ at, text: String(value.url ?? "") }];
  return Object.entries(value).flatMap(([key, entry]) => formatted(entry, `${at}/${key}`));
}

/** Writes down whom a post would have notified and which links it would have unfurled. */
export function notice(world: World, message: Message, args: Json): void {
  const { channel, ts } = message;
  const texts = [
    { at: "text", text: message.text },
    ...formatted(message.blocks ?? [], "blocks"),
    ...formatted(message.attachments ?? [], "attachments"),
  ];
  for (const attachment of message.attachments ?? [])
    for (const key of ["text", "pretext", "fallback"])
      if (attachment[key]) texts.push({ at: `attachments/${key}`, text: attachment[key] });
  for (const { at, text, found } of texts as ReturnType<typeof formatted>) {
    for (const ping of found ? [found] : pingsIn(text ?? ""))
      world.pings.push({ ...ping, channel, ts, where: at });
  }
  // Links unfurl unless both are refused: docs.slack.dev/messaging/unfurling-links-in-messages
  if (args.unfurl_links === false && args.unfurl_media === false) return;
  const urls = texts.flatMap(({ text }) => (text ?? "").match(LINK) ?? []);
  for (const url of new Set(urls)) world.unfurls.push({ url, channel, ts });
}
