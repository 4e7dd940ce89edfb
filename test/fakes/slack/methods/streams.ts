import { charsOf, checkBlocks, checkMetadata, limits } from "../limits.ts";
import { notice } from "../notices.ts";
import type { Json, Message, Stream, StreamState } from "../types.ts";
import { refuse, type World } from "../world.ts";
import { setStatus } from "./agents.ts";
import { type Args, botMessage, type Methods, readable, required, withIds, writable } from "./base.ts";
import { change, keep, rootOf } from "./chat.ts";

/** Measured on live Slack: CopilotKit#6063, openclaw#143882, centaur#563; all text of one streamed message. */
const streamBytes = 10_600;
/** Measured: node-slack-sdk#2702; counted from the start, whatever is appended. */
const streamLifeMs = 5 * 60_000;

export const streams: Methods = {
  "chat.startStream": {
    scopes: ["chat:write"],
    tier: 2,
    notInGov: true,
    run(args, world) {
      required(args, "channel", "thread_ts");
      const channel = writable(world, args.channel);
      if (channel.type !== "im") {
        if (!args.recipient_team_id) refuse("missing_recipient_team_id");
        if (!args.recipient_user_id) refuse("missing_recipient_user_id");
        if (!world.users.has(args.recipient_user_id)) refuse("user_not_found");
      }
      const thread_ts = rootOf(world, channel.id, args.thread_ts);
      // Unlike a post: caipe-io/ai-platform-engineering#1034
      if (!thread_ts) refuse("invalid_thread_ts");
      const chunks = chunksOf(args);
      const message = botMessage(world, channel.id, {
        thread_ts,
        stream: "streaming",
      });
      const stream: Stream = {
        ts: message.ts,
        channel: channel.id,
        thread_ts,
        state: "streaming",
        startedAt: world.clock.now(),
        text: "",
        bytes: 0,
        chunks: [],
        blocks: [],
        tasks: [],
        ...(args.task_display_mode ? { task_display_mode: args.task_display_mode } : {}),
        ...(args.recipient_user_id ? { recipient_user_id: args.recipient_user_id } : {}),
      };
      take(stream, chunks, args);
      message.text = stream.text;
      world.streams.set(key(channel.id, stream.ts), stream);
      world.clock.after(streamLifeMs, () => end(world, stream, "expired"));
      keep(world, message);
      noticeChunks(world, message, chunks);
      return { channel: channel.id, ts: stream.ts };
    },
  },
  "chat.appendStream": {
    scopes: ["chat:write"],
    tier: 4,
    notInGov: true,
    run(args, world) {
      if (world.streams.get(key(args.channel, args.ts))?.state === "stopped_by_user")
        refuse("stopped_by_user");
      const { stream, message } = running(args, world);
      const chunks = chunksOf(args);
      if (chunks.length === 0) refuse("markdown_text_or_chunks_required");
      take(stream, chunks, args);
      change(world, message, { text: stream.text }, { edited: false });
      noticeChunks(world, message, chunks);
      return { channel: stream.channel, ts: stream.ts };
    },
  },
  "chat.stopStream": {
    scopes: ["chat:write"],
    tier: 2,
    notInGov: true,
    run(args, world) {
      const { stream, message } = running(args, world);
      const chunks = chunksOf(args);
      if (args.blocks !== undefined) {
        if (!Array.isArray(args.blocks)) refuse("invalid_blocks_format");
        if (args.blocks.length > limits.messageBlocks) refuse("msg_blocks_too_many");
        checkBlocks(args.blocks, { whole: false });
      }
      if (args.metadata !== undefined) checkMetadata(args.metadata);
      take(stream, chunks, args);
      stream.blocks.push(...(args.blocks ?? []));
      end(world, stream, "done", {
        text: stream.text,
        blocks: withIds(world, [...blocksOf(stream), ...stream.blocks])!,
        ...(args.metadata ? { metadata: args.metadata } : {}),
      });
      noticeChunks(world, message, [...chunks, { type: "blocks", blocks: args.blocks ?? [] }]);
      if (args.session_status)
        setStatus(world, {
          channel_id: stream.channel,
          thread_ts: stream.thread_ts,
          status: args.session_status,
        });
      return { channel: stream.channel, ts: stream.ts, message: { ...message, stream: undefined } };
    },
  },
};

const key = (channel: string, ts: string) => `${channel}:${ts}`;

function running(args: Args, world: World): { stream: Stream; message: Message } {
  required(args, "channel", "ts");
  const channel = readable(world, args.channel);
  const message = world.message(channel.id, args.ts);
  if (!message) refuse("message_not_found");
  if (message.user !== world.bot.user_id) refuse("message_not_owned_by_app");
  const stream = world.streams.get(key(channel.id, args.ts));
  if (stream?.state !== "streaming") refuse("message_not_in_streaming_state");
  return { stream, message };
}

function chunksOf(args: Args): Json[] {
  if (args.chunks !== undefined && args.markdown_text !== undefined)
    refuse("cannot_provide_both_markdown_text_and_chunks");
  if (args.markdown_text !== undefined) {
    if (charsOf(args.markdown_text) > limits.markdownTextChars) refuse("msg_too_long");
    return args.markdown_text === "" ? [] : [{ type: "markdown_text", text: args.markdown_text }];
  }
  if (args.chunks === undefined) return [];
  if (!Array.isArray(args.chunks)) refuse("invalid_chunks");
  for (const [index, chunk] of args.chunks.entries()) {
    const problem = problemOf(chunk);
    if (problem) refuse("invalid_chunks", [`${problem} [json-pointer:/chunks/${index}]`]);
  }
  return args.chunks;
}

function problemOf(chunk: Json): string | undefined {
  switch (chunk?.type) {
    case "markdown_text":
      if (typeof chunk.text !== "string" || chunk.text === "") return "missing required field: text";
      return charsOf(chunk.text) > limits.markdownTextChars
        ? `must be less than ${limits.markdownTextChars + 1} characters`
        : undefined;
    case "task_update":
      if (!chunk.id || !chunk.title) return `missing required field: ${chunk.id ? "title" : "id"}`;
      return ["pending", "in_progress", "complete", "error"].includes(chunk.status)
        ? undefined
        : "must be one of the allowed values: pending, in_progress, complete, error";
    case "plan_update":
      return chunk.title ? undefined : "missing required field: title";
    case "blocks":
      if (!Array.isArray(chunk.blocks)) return "missing required field: blocks";
      checkBlocks(chunk.blocks, { whole: false });
      return undefined;
    default:
      return `unsupported type: ${chunk?.type}`;
  }
}

const bytesOf = (text: unknown) => Buffer.byteLength(String(text ?? ""));

/** Adds chunks to a stream, or refuses them all when the message would grow too long. */
function take(stream: Stream, chunks: Json[], args: Args): void {
  const mode = args.markdown_text !== undefined ? "markdown_text" : "chunks";
  const started = stream.chunks.length > 0 ? (stream.chunks[0].sent_as as string) : mode;
  if (chunks.length > 0 && started !== mode) refuse("streaming_mode_mismatch");
  const added = chunks.reduce((sum, chunk) => sum + weight(chunk), 0);
  if (stream.bytes + added > streamBytes) refuse("msg_too_long");
  const blocks = [...stream.chunks, ...chunks].flatMap((chunk) => chunk.blocks ?? []);
  if (blocks.length > limits.messageBlocks) refuse("msg_blocks_too_many");
  stream.bytes += added;
  for (const chunk of chunks) {
    stream.chunks.push({ ...chunk, sent_as: mode });
    if (chunk.type === "markdown_text") stream.text += chunk.text;
    if (chunk.type === "plan_update") stream.plan_title = chunk.title;
    if (chunk.type === "task_update") row(stream, chunk);
  }
}

/** Task rows count their details and output twice: CopilotKit#6064. */
function weight(chunk: Json): number {
  if (chunk.type === "markdown_text") return bytesOf(chunk.text);
  if (chunk.type !== "task_update") return bytesOf(chunk.title);
  return bytesOf(chunk.title) + 2 * (bytesOf(chunk.details) + bytesOf(chunk.output));
}

/** Details and output of a row grow with every update; title and status are replaced. */
function row(stream: Stream, { type: _, sent_as: __, ...update }: Json): void {
  const known = stream.tasks.find(({ id }) => id === update.id);
  if (!known) return void stream.tasks.push({ ...update });
  for (const name of ["details", "output"])
    if (update[name]) update[name] = `${known[name] ?? ""}${update[name]}`;
  Object.assign(known, update);
}

/** What a finished stream is made of: its text as Markdown, its rows as task cards, its own blocks. */
function blocksOf(stream: Stream): Json[] {
  const cards = stream.tasks.map(({ id, title, status }) => ({
    type: "task_card",
    task_id: id,
    title,
    status,
  }));
  return [
    ...(stream.text ? [{ type: "markdown", text: stream.text }] : []),
    ...(stream.plan_title ? [{ type: "plan", title: stream.plan_title, tasks: cards }] : cards),
    ...stream.chunks.flatMap((chunk) => chunk.blocks ?? []),
  ];
}

function noticeChunks(world: World, message: Message, chunks: Json[]): void {
  const text = chunks.map((chunk) =>
    [chunk.text, chunk.title, chunk.details, chunk.output].filter(Boolean).join(" "),
  );
  notice(
    world,
    { ...message, text: text.join(" "), blocks: chunks.flatMap((chunk) => chunk.blocks ?? []) },
    { unfurl_links: false, unfurl_media: false },
  );
}

/** Ends a stream: finished by the app, by its age, or by the person who pressed Stop. */
export function end(world: World, stream: Stream, state: StreamState, more: Partial<Message> = {}): void {
  if (stream.state !== "streaming") return;
  stream.state = state;
  const message = world.message(stream.channel, stream.ts);
  if (!message) return;
  const blocks = withIds(world, blocksOf(stream))!;
  change(world, message, { blocks, ...more, stream: state }, { edited: false });
}
