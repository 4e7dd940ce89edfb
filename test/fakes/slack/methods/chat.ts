import { charsOf, checkBlocks, checkMarkdownText, checkMetadata, limits } from "../limits.ts";
import { notice } from "../notices.ts";
import type { Json, Message } from "../types.ts";
import { refuse, type World } from "../world.ts";
import { type Args, botMessage, type Methods, readable, required, shown, withIds, writable } from "./base.ts";

export const chat: Methods = {
  "chat.postMessage": {
    scopes: ["chat:write"],
    tier: "post",
    run(args, world) {
      required(args, "channel");
      const channel = writable(world, args.channel);
      const { content, warning } = contentOf(args, world);
      const thread_ts = rootOf(world, channel.id, args.thread_ts);
      const message = botMessage(world, channel.id, {
        ...content,
        ...(thread_ts ? { thread_ts } : {}),
        ...(args.reply_broadcast && thread_ts ? { subtype: "thread_broadcast" } : {}),
      });
      keep(world, message);
      notice(world, message, args);
      return { channel: channel.id, ts: message.ts, message: shown(message), ...warning };
    },
  },
  "chat.postEphemeral": {
    scopes: ["chat:write"],
    tier: 4,
    run(args, world) {
      required(args, "channel", "user");
      const channel = writable(world, args.channel);
      if (!world.users.has(args.user)) refuse("user_not_found");
      if (!channel.members.includes(args.user)) refuse("user_not_in_channel");
      const { content, warning } = contentOf({ ...args, metadata: undefined }, world);
      const message = botMessage(world, channel.id, {
        ...content,
        only_for: args.user,
        ...(args.thread_ts ? { thread_ts: args.thread_ts } : {}),
      });
      // "Ephemeral messages in threads are only shown if there is already an active thread."
      const isShown = !args.thread_ts || world.thread(channel.id, args.thread_ts).length > 1;
      if (isShown) world.ephemerals.push(message);
      notice(world, message, args);
      return { message_ts: message.ts, ...warning };
    },
  },
  "chat.update": {
    scopes: ["chat:write"],
    tier: 3,
    run(args, world) {
      required(args, "channel", "ts");
      const channel = readable(world, args.channel);
      if (channel.is_archived) refuse("is_inactive");
      const message = world.message(channel.id, args.ts);
      if (!message) refuse("message_not_found");
      if (message.user !== world.bot.user_id) refuse("cant_update_message");
      if (message.stream === "streaming") refuse("streaming_state_conflict");
      if (charsOf(args.text) > limits.updateTextChars) refuse("msg_too_long");
      const { metadata, ...rest } = args;
      const emptied = metadata !== undefined && Object.keys(metadata).length === 0;
      const { content, warning } = contentOf(emptied ? rest : args, world, {
        hasFiles: message.files !== undefined,
      });
      // Text without blocks takes the old blocks away; metadata stays until an empty object is sent.
      const words = args.text !== undefined || args.markdown_text !== undefined;
      change(world, message, {
        ...(words && args.blocks === undefined ? { blocks: undefined, markdown: undefined } : {}),
        ...(emptied ? { metadata: undefined } : {}),
        ...content,
      });
      notice(world, message, { ...args, unfurl_links: false, unfurl_media: false });
      return { channel: channel.id, ts: message.ts, text: message.text, message: shown(message), ...warning };
    },
  },
  "chat.delete": {
    scopes: ["chat:write"],
    tier: 3,
    run(args, world) {
      required(args, "channel", "ts");
      const channel = readable(world, args.channel);
      const message = world.message(channel.id, args.ts);
      if (!message) refuse("message_not_found");
      if (message.user !== world.bot.user_id) refuse("cant_delete_message");
      remove(world, message);
      return { channel: channel.id, ts: message.ts };
    },
  },
  "chat.getPermalink": {
    tier: 4,
    run(args, world) {
      required(args, "channel", "message_ts");
      const message = world.message(readable(world, args.channel).id, args.message_ts);
      if (!message) refuse("message_not_found");
      const thread = message.thread_ts ? `?thread_ts=${message.thread_ts}&cid=${args.channel}` : "";
      const permalink = `https://${world.team.domain}.slack.com/archives/${args.channel}/p${message.ts.replace(".", "")}${thread}`;
      return { channel: args.channel, permalink };
    },
  },
};

type Content = Pick<Message, "text" | "blocks" | "attachments" | "metadata" | "markdown">;

/** The checked content of a post or an edit, with Slack's warning where something was cut. */
export function contentOf(
  args: Args,
  world: World,
  { hasFiles = false, whole = true } = {},
): { content: Partial<Content>; warning: Json } {
  const { text, blocks, attachments, markdown_text, metadata } = args;
  if (markdown_text !== undefined && (text !== undefined || blocks !== undefined))
    refuse("markdown_text_conflict");
  if (markdown_text !== undefined) checkMarkdownText(markdown_text);
  if (blocks !== undefined && !Array.isArray(blocks)) refuse("invalid_blocks_format");
  if (blocks !== undefined) checkBlocks(blocks, { whole });
  checkAttachments(attachments);
  if (!text && !markdown_text && !blocks?.length && !attachments?.length && !hasFiles) refuse("no_text");
  if (metadata !== undefined) checkMetadata(metadata);
  const cut = charsOf(text) > limits.textChars;
  const content: Partial<Content> = {
    ...(text !== undefined ? { text: cut ? [...text].slice(0, limits.textChars).join("") : text } : {}),
    ...(markdown_text !== undefined ? { text: markdown_text, markdown: markdown_text } : {}),
    ...(blocks !== undefined ? { blocks: withIds(world, blocks)! } : {}),
    ...(attachments !== undefined ? { attachments } : {}),
    ...(metadata !== undefined ? { metadata } : {}),
  };
  const warning = cut
    ? {
        warning: "message_truncated",
        response_metadata: {
          messages: ["[WARN] Your message was truncated but still posted."],
          warnings: ["message_truncated"],
        },
      }
    : {};
  return { content, warning };
}

function checkAttachments(attachments: Json): void {
  if (attachments === undefined) return;
  if (!Array.isArray(attachments)) refuse("invalid_attachments");
  if (attachments.length > limits.attachments) refuse("too_many_attachments");
  for (const [index, attachment] of attachments.entries()) {
    if (!attachment.blocks) continue;
    try {
      checkBlocks(attachment.blocks, { at: `/attachments/${index}/blocks` });
    } catch {
      refuse("invalid_attachments");
    }
  }
}

/**
 * The thread a post ends up in: a reply to a reply belongs to the first message, and where that is gone Slack posts into
 * the channel without a word (slack-go/slack#1571, langchain-ai/open-swe#2753); only the answer lacks `thread_ts`.
 */
export function rootOf(world: World, channel: string, ts: unknown): string | undefined {
  if (ts === undefined || ts === "") return undefined;
  const parent = world.message(channel, String(ts));
  return parent && (parent.thread_ts ?? parent.ts);
}

/** Puts a message where people see it. */
export function place(world: World, message: Message): void {
  world.messages.get(message.channel)!.push(message);
  const root = message.thread_ts ? world.message(message.channel, message.thread_ts) : undefined;
  if (root && root !== message) root.thread_ts ??= root.ts;
}

/** Posts a message of the app, which hears its own posts too. */
export function keep(world: World, message: Message): void {
  place(world, message);
  void world.emit(messageEvent(world, message));
}

export function messageEvent(world: World, message: Message): Json {
  return {
    ...shown(message),
    channel: message.channel,
    event_ts: message.ts,
    channel_type: world.channel(message.channel)!.type,
  };
}

/** Changes a message and echoes `message_changed`, as Slack does for the bot's own edits too. */
export function change(world: World, message: Message, more: Partial<Message>, { edited = true } = {}): void {
  const previous = shown(message);
  const now = world.ts();
  Object.assign(message, more);
  if (edited) message.edited = { user: message.bot_id ?? message.user, ts: now };
  for (const key of Object.keys(message) as (keyof Message)[])
    if (message[key] === undefined) delete message[key];
  void world.emit({
    type: "message",
    subtype: "message_changed",
    message: { ...shown(message), source_team: world.team.id, user_team: world.team.id },
    previous_message: previous,
    channel: message.channel,
    hidden: true,
    ts: now,
    event_ts: now,
    channel_type: world.channel(message.channel)!.type,
  });
}

/** Takes a message away; the first of a thread leaves a tombstone as long as there are replies. */
export function remove(world: World, message: Message): void {
  const room = world.messages.get(message.channel)!;
  const previous = shown(message);
  const hasReplies = room.some(({ thread_ts, ts }) => thread_ts === message.ts && ts !== message.ts);
  if (hasReplies) {
    for (const key of ["blocks", "attachments", "files", "metadata", "bot_id", "markdown"] as const)
      delete message[key];
    const tombstone = { text: "This message was deleted.", subtype: "tombstone", user: "USLACKBOT" };
    change(world, message, tombstone, { edited: false });
    return;
  }
  room.splice(room.indexOf(message), 1);
  const now = world.ts();
  void world.emit({
    type: "message",
    subtype: "message_deleted",
    previous_message: previous,
    channel: message.channel,
    hidden: true,
    deleted_ts: message.ts,
    ts: now,
    event_ts: now,
    channel_type: world.channel(message.channel)!.type,
  });
}
