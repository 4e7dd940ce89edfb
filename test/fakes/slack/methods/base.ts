import type { Channel, Json, Message } from "../types.ts";
import { refuse, type World } from "../world.ts";

export type Args = Record<string, Json>;
export type Method = {
  /** All of them are needed; a list within is "one of". */
  scopes?: string[];
  /** Calls a minute: docs.slack.dev/apis/web-api/rate-limits. */
  tier: 1 | 2 | 3 | 4 | "post";
  /** `app` for methods that take the app-level token, `config` for the one of the app's configuration. */
  token?: "app" | "config";
  /** Not offered in GovSlack. */
  notInGov?: true;
  /** Methods that act in the time of the call; what they return is put after `ok: true`. */
  run: (args: Args, world: World) => Json | Promise<Json>;
};
export type Methods = Record<string, Method>;

export function required(args: Args, ...names: string[]): void {
  const missing = names.filter((name) => args[name] === undefined || args[name] === "");
  if (missing.length > 0)
    refuse(
      "invalid_arguments",
      missing.map((name) => `missing required field: ${name}`),
    );
}

/** A channel the bot may see, or Slack's answer to asking. */
export function readable(world: World, id: string): Channel {
  const channel = world.channel(id);
  if (!channel) refuse("channel_not_found");
  if (world.isMember(channel)) return channel;
  if (channel.type !== "channel") refuse("channel_not_found");
  refuse("not_in_channel");
}

/** Where a post may go; a user's id opens the direct message. */
export function writable(world: World, id: string): Channel {
  const channel = world.channel(world.users.has(id) ? world.imOf(id) : id);
  if (!channel) refuse("channel_not_found");
  if (channel.is_archived) refuse("is_archived");
  if (world.isMember(channel)) return channel;
  if (channel.type !== "channel") refuse("channel_not_found");
  if (!world.scopes.has("chat:write.public")) refuse("not_in_channel");
  return channel;
}

export function botMessage(world: World, channel: string, more: Partial<Message>): Message {
  const { user_id, bot_id, app_id, name } = world.bot;
  const profile = { id: bot_id, app_id, user_id, name, deleted: false, team_id: world.team.id };
  const message: Message = {
    type: "message",
    channel,
    ts: world.ts(),
    text: "",
    user: user_id,
    bot_id,
    app_id,
    team: world.team.id,
    ...{ bot_profile: profile },
    ...more,
  };
  const parent = message.thread_ts ? world.message(channel, message.thread_ts) : undefined;
  if (parent) message.parent_user_id = parent.user;
  return message;
}

/** As the Web API and events show a message: without what only the fake keeps. */
export function shown(message: Message, { metadata = true } = {}): Json {
  const { channel: _, only_for: __, markdown: ___, stream, metadata: data, ...rest } = message;
  return {
    ...rest,
    ...(metadata && data ? { metadata: data } : {}),
    ...(stream === "streaming" ? { streaming_state: "in_progress" } : {}),
  };
}

const withChildren = ["child_blocks", "tasks"];

/** Gives blocks and elements without an id the ids Slack would give them. */
export function withIds(world: World, blocks: Json[] | undefined): Json[] | undefined {
  return blocks?.map((block) => {
    const filled = { ...block, block_id: block.block_id ?? world.secret(5) };
    for (const key of withChildren) if (block[key]) filled[key] = withIds(world, block[key]);
    if (["actions", "context_actions"].includes(block.type))
      filled.elements = block.elements.map((element: Json) => withActionId(world, element));
    for (const key of ["accessory", "element"])
      if (block[key] && block[key].type !== "image") filled[key] = withActionId(world, block[key]);
    return filled;
  });
}

const withActionId = (world: World, element: Json): Json => ({
  ...element,
  action_id: element.action_id ?? world.secret(5),
});

export function paged<T>(items: T[], args: Args, usual: number): { page: T[]; next: string } {
  const limit = Math.min(Number(args.limit ?? usual) || usual, 1000);
  const from = args.cursor ? Number(Buffer.from(String(args.cursor), "base64").toString()) : 0;
  if (Number.isNaN(from)) refuse("invalid_cursor");
  const next = from + limit < items.length ? Buffer.from(String(from + limit)).toString("base64") : "";
  return { page: items.slice(from, from + limit), next };
}
