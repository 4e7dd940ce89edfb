import type { Channel, Json, Message } from "../types.ts";
import { missingScope, refuse, type World } from "../world.ts";
import { type Args, type Methods, paged, readable, required, shown } from "./base.ts";

const kinds = { channel: "channels", group: "groups", im: "im", mpim: "mpim" } as const;

export const conversations: Methods = {
  "conversations.info": {
    tier: 3,
    run(args, world) {
      required(args, "channel");
      const channel = world.channel(args.channel);
      if (!channel || (channel.type !== "channel" && !world.isMember(channel))) refuse("channel_not_found");
      missingScope(world, `${kinds[channel.type]}:read`);
      return { channel: described(world, channel, args) };
    },
  },
  "conversations.history": {
    tier: 3,
    run(args, world) {
      required(args, "channel");
      const channel = readable(world, args.channel);
      missingScope(world, `${kinds[channel.type]}:history`);
      const inChannel = world.messages
        .get(channel.id)!
        .filter(
          ({ thread_ts, ts, subtype }) => !thread_ts || thread_ts === ts || subtype === "thread_broadcast",
        );
      const { page, next } = paged(between(inChannel, args).toReversed(), args, 100);
      return answer(world, page, next, args);
    },
  },
  "conversations.replies": {
    tier: 3,
    run(args, world) {
      required(args, "channel", "ts");
      const channel = readable(world, args.channel);
      missingScope(world, `${kinds[channel.type]}:history`);
      const asked = world.message(channel.id, args.ts);
      if (!asked) refuse("thread_not_found");
      const thread = world.thread(channel.id, asked.thread_ts ?? asked.ts);
      const [root, ...replies] = thread;
      const { page, next } = paged([root!, ...between(replies, args)], args, 1000);
      return answer(world, page, next, args);
    },
  },
  "conversations.members": {
    tier: 4,
    run(args, world) {
      required(args, "channel");
      const channel = world.channel(args.channel);
      if (!channel || (channel.type !== "channel" && !world.isMember(channel))) refuse("channel_not_found");
      missingScope(world, `${kinds[channel.type]}:read`);
      const { page, next } = paged(channel.members, args, 100);
      return { members: page, response_metadata: { next_cursor: next } };
    },
  },
  "conversations.list": {
    tier: 2,
    run(args, world) {
      const types = String(args.types ?? "public_channel").split(",");
      const named = { channel: "public_channel", group: "private_channel", im: "im", mpim: "mpim" };
      const all = [...world.channels.values()].filter(
        (channel) =>
          types.includes(named[channel.type]) && (channel.type === "channel" || world.isMember(channel)),
      );
      const { page, next } = paged(all, args, 100);
      return {
        channels: page.map((channel) => described(world, channel, args)),
        response_metadata: { next_cursor: next },
      };
    },
  },
  "users.conversations": {
    tier: 3,
    scopes: ["channels:read"],
    run(args, world) {
      const mine = [...world.channels.values()].filter(
        (channel) => world.isMember(channel) && channel.type === "channel",
      );
      const { page, next } = paged(mine, args, 100);
      return {
        channels: page.map((channel) => described(world, channel, args)),
        response_metadata: { next_cursor: next },
      };
    },
  },
  "conversations.open": {
    tier: 3,
    scopes: ["im:write"],
    run(args, world) {
      required(args, "users");
      const user = String(args.users).split(",")[0]!;
      if (!world.users.has(user)) refuse("user_not_found");
      return { channel: { id: world.imOf(user) } };
    },
  },
  "conversations.join": {
    tier: 3,
    scopes: ["channels:join"],
    run(args, world) {
      const channel = world.channel(args.channel);
      if (channel?.type !== "channel") refuse("channel_not_found");
      if (!world.isMember(channel)) channel.members.push(world.bot.user_id);
      return { channel: described(world, channel, args) };
    },
  },
};

function between(
  messages: Message[],
  { oldest = "0", latest = "9999999999.0", inclusive = false }: Args,
): Message[] {
  const from = Number(oldest);
  const to = Number(latest);
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return (at > from && at < to) || (inclusive && (at === from || at === to));
  });
}

function answer(world: World, page: Message[], next: string, args: Args): Json {
  const metadata = Boolean(args.include_all_metadata);
  return {
    messages: page.map((message) => ({ ...shown(message, { metadata }), ...counts(world, message) })),
    has_more: next !== "",
    ...(next ? { response_metadata: { next_cursor: next } } : {}),
  };
}

function counts(world: World, message: Message): Json {
  if (message.thread_ts !== message.ts) return {};
  const replies = world.thread(message.channel, message.ts).slice(1);
  if (replies.length === 0) return {};
  return {
    reply_count: replies.length,
    reply_users: [...new Set(replies.map(({ user }) => user))],
    latest_reply: replies.at(-1)!.ts,
  };
}

function described(world: World, channel: Channel, args: Args): Json {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.type === "channel",
    is_group: channel.type === "group",
    is_im: channel.type === "im",
    is_mpim: channel.type === "mpim",
    is_private: channel.type !== "channel",
    is_archived: channel.is_archived ?? false,
    is_ext_shared: channel.is_ext_shared ?? false,
    is_shared: channel.is_ext_shared ?? false,
    is_member: world.isMember(channel),
    context_team_id: world.team.id,
    ...(channel.type === "im" ? { user: channel.members.find((id) => id !== world.bot.user_id) } : {}),
    ...(args.include_locale ? { locale: "en-US" } : {}),
    ...(args.include_num_members ? { num_members: channel.members.length } : {}),
  };
}
