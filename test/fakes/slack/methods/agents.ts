import type { Json } from "../types.ts";
import { refuse, type World } from "../world.ts";
import { type Args, type Methods, readable, required } from "./base.ts";

const states = ["processing", "active", "suspended", "closed"];

export const agents: Methods = {
  "agents.sessions.setStatus": {
    scopes: ["chat:write"],
    tier: 3,
    notInGov: true,
    run(args, world) {
      const { channel_id, thread_ts } = sessionOf(args, world);
      checkTitle(args.title);
      if (args.initiator_user_id && !world.users.has(args.initiator_user_id)) refuse("user_not_found");
      setStatus(world, { ...args, channel_id, thread_ts });
      return {};
    },
  },
  "agents.sessions.rename": {
    scopes: ["chat:write"],
    tier: 3,
    notInGov: true,
    run(args, world) {
      required(args, "title");
      const { channel_id, thread_ts } = sessionOf(args, world);
      checkTitle(args.title);
      const session = world.sessions.get(`${channel_id}:${thread_ts}`);
      if (!session) refuse("session_not_found");
      session.title = args.title;
      return {};
    },
  },
  "assistant.threads.setStatus": {
    scopes: ["chat:write"],
    tier: 4,
    run(args, world) {
      required(args, "channel_id", "thread_ts");
      const channel = readable(world, args.channel_id);
      if (!world.message(channel.id, args.thread_ts)) refuse("invalid_thread_ts");
      if ((args.loading_messages ?? []).length > 10)
        refuse("invalid_arguments", ["no more than 10 items allowed [json-pointer:/loading_messages]"]);
      const status = {
        channel: channel.id,
        thread_ts: args.thread_ts,
        status: args.status ?? "",
        at: world.clock.now(),
        ...(args.loading_messages ? { loading_messages: args.loading_messages } : {}),
      };
      world.statuses.push(status);
      // The indicator goes after two minutes without a word: docs.slack.dev/reference/methods/assistant.threads.setStatus
      if (status.status)
        world.clock.after(120_000, () => {
          if (latest(world, status) === status)
            world.statuses.push({ ...status, status: "", at: world.clock.now() });
        });
      return {};
    },
  },
  "assistant.threads.setSuggestedPrompts": {
    scopes: ["assistant:write"],
    tier: 4,
    run(args, world) {
      required(args, "channel_id", "prompts");
      if (world.options.agent === false) refuse("not_agent_app");
      const channel = readable(world, args.channel_id);
      if (!Array.isArray(args.prompts) || args.prompts.length < 1 || args.prompts.length > 4)
        refuse("invalid_arguments", ["no more than 4 items allowed [json-pointer:/prompts]"]);
      for (const [index, prompt] of args.prompts.entries())
        if (!prompt?.title || !prompt?.message)
          refuse("invalid_arguments", [`missing required field: title [json-pointer:/prompts/${index}]`]);
      world.prompts.push({
        channel: channel.id,
        ...(args.thread_ts ? { thread_ts: args.thread_ts } : {}),
        ...(args.title ? { title: args.title } : {}),
        prompts: args.prompts,
      });
      return {};
    },
  },
  "assistant.threads.setTitle": {
    scopes: ["assistant:write"],
    tier: 4,
    run(args, world) {
      required(args, "channel_id", "thread_ts", "title");
      const channel = readable(world, args.channel_id);
      world.titles.push({ channel: channel.id, thread_ts: args.thread_ts, title: args.title });
      return {};
    },
  },
  "canvases.create": {
    scopes: ["canvases:write"],
    tier: 2,
    run(args, world) {
      if (world.options.free && !args.channel_id) refuse("free_teams_cannot_create_non_tabbed_canvases");
      const markdown = markdownOf(args.document_content);
      const id = world.id("F");
      world.canvases.set(id, {
        id,
        markdown,
        ...(args.title ? { title: args.title } : {}),
        ...(args.channel_id ? { channel: readable(world, args.channel_id).id } : {}),
      });
      return { canvas_id: id };
    },
  },
  "canvases.edit": {
    scopes: ["canvases:write"],
    tier: 3,
    run(args, world) {
      required(args, "canvas_id", "changes");
      const canvas = world.canvases.get(args.canvas_id);
      if (!canvas) refuse("canvas_not_found");
      if (args.changes.length !== 1) refuse("invalid_arguments", ["only one change per call is allowed"]);
      const { operation, document_content } = args.changes[0];
      const text = operation === "delete" ? "" : markdownOf(document_content);
      if (operation === "replace") canvas.markdown = text;
      else if (operation === "insert_at_start") canvas.markdown = `${text}\n${canvas.markdown}`;
      else if (operation === "insert_at_end") canvas.markdown += `\n${text}`;
      else refuse("invalid_arguments", [`unsupported operation: ${operation}`]);
      return {};
    },
  },
};

function markdownOf(content: Json): string {
  if (content === undefined) return "";
  if (content?.type !== "markdown" || typeof content.markdown !== "string") refuse("invalid_arguments");
  if (content.markdown.length > 100_000) refuse("canvas_creation_failed");
  return content.markdown;
}

function latest(world: World, { channel, thread_ts }: Json): Json {
  return world.statuses.findLast((entry) => entry.channel === channel && entry.thread_ts === thread_ts);
}

/** Where a session is; sessions are a feature of apps declared as agents. */
function sessionOf(args: Args, world: World): { channel_id: string; thread_ts: string } {
  if (world.options.agent === false) refuse("feature_disabled");
  const channel = world.channel(args.channel_id);
  if (!channel) refuse("channel_not_found");
  if (!world.isMember(channel)) refuse("not_authorized");
  if (!args.thread_ts) refuse("thread_ts_required");
  return { channel_id: channel.id, thread_ts: args.thread_ts };
}

function checkTitle(title: unknown): void {
  if (title !== undefined && String(title).length > 200)
    refuse("invalid_arguments", ["must be less than 201 characters [json-pointer:/title]"]);
}

/** Sets the state of an agent session; the first time creates it. */
export function setStatus(world: World, { channel_id: channel, thread_ts, status, title }: Args): void {
  if (!states.includes(status)) refuse("invalid_status");
  const key = `${channel}:${thread_ts}`;
  const session = world.sessions.get(key);
  if (!session)
    return void world.sessions.set(key, {
      channel,
      thread_ts,
      status,
      history: [status],
      ...(title ? { title } : {}),
    });
  session.status = status;
  session.history.push(status);
}
