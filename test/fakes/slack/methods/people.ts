import type { Json, User } from "../types.ts";
import { refuse, type World } from "../world.ts";
import { type Args, type Methods, paged, readable, required } from "./base.ts";

export const people: Methods = {
  "auth.test": {
    tier: 4,
    run: (_, world) => ({
      url: `https://${world.team.domain}.slack.com/`,
      team: world.team.name,
      user: world.bot.name,
      team_id: world.team.id,
      user_id: world.bot.user_id,
      bot_id: world.bot.bot_id,
      is_enterprise_install: false,
    }),
  },
  "apps.manifest.export": {
    tier: 3,
    token: "config",
    run(args, world) {
      required(args, "app_id");
      if (args.app_id !== world.bot.app_id) refuse("invalid_app_id");
      const view = world.options.agent === false ? "assistant_view" : "agent_view";
      return {
        manifest: {
          display_information: { name: world.bot.name },
          features: { bot_user: { display_name: world.bot.name }, [view]: {} },
          oauth_config: { scopes: { bot: [...world.scopes] } },
          settings: {
            event_subscriptions: { bot_events: [...world.subscriptions] },
            interactivity: { is_enabled: world.options.interactivity ?? true },
            socket_mode_enabled: true,
          },
        },
      };
    },
  },
  "api.test": { tier: 4, run: (args) => ({ args }) },
  "users.info": {
    scopes: ["users:read"],
    tier: 4,
    run(args, world) {
      required(args, "user");
      const user = world.users.get(args.user);
      if (!user) refuse("user_not_found");
      return { user: described(world, user, args) };
    },
  },
  "users.list": {
    scopes: ["users:read"],
    tier: 2,
    run(args, world) {
      const { page, next } = paged([...world.users.values()], args, 1000);
      return {
        members: page.map((user) => described(world, user, args)),
        response_metadata: { next_cursor: next },
      };
    },
  },
  "users.lookupByEmail": {
    scopes: ["users:read.email"],
    tier: 3,
    run(args, world) {
      const user = [...world.users.values()].find(({ email }) => email === args.email);
      if (!user) refuse("users_not_found");
      return { user: described(world, user, args) };
    },
  },
  "bots.info": {
    scopes: ["users:read"],
    tier: 3,
    run: (_, world) => ({
      bot: {
        id: world.bot.bot_id,
        app_id: world.bot.app_id,
        user_id: world.bot.user_id,
        name: world.bot.name,
      },
    }),
  },
  "team.info": {
    scopes: ["team:read"],
    tier: 3,
    run: (_, world) => ({ team: { ...world.team, email_domain: "edge.example" } }),
  },
  "reactions.add": { scopes: ["reactions:write"], tier: 3, run: (args, world) => react(world, args, true) },
  "reactions.remove": {
    scopes: ["reactions:write"],
    tier: 2,
    run: (args, world) => react(world, args, false),
  },
  "reactions.get": {
    scopes: ["reactions:read"],
    tier: 3,
    run(args, world) {
      required(args, "channel", "timestamp");
      const message = world.message(readable(world, args.channel).id, args.timestamp);
      if (!message) refuse("message_not_found");
      const { ts, text, reactions = [] } = message;
      return { type: "message", channel: args.channel, message: { type: "message", ts, text, reactions } };
    },
  },
};

function react(world: World, args: Args, on: boolean): Json {
  required(args, "channel", "timestamp", "name");
  const channel = readable(world, args.channel);
  setReaction(world, {
    user: world.bot.user_id,
    channel: channel.id,
    ts: args.timestamp,
    name: args.name,
    on,
  });
  return {};
}

type Reaction = { user: string; channel: string; ts: string; name: string; on: boolean };

/** Adds or takes a reaction and tells the app. */
export function setReaction(world: World, { user, channel, ts, name, on }: Reaction): void {
  const message = world.message(channel, ts);
  if (!message) refuse("message_not_found");
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) refuse("invalid_name");
  message.reactions ??= [];
  const known = message.reactions.find((reaction) => reaction.name === name);
  if (on && known?.users.includes(user)) refuse("already_reacted");
  if (!on && !known?.users.includes(user)) refuse("no_reaction");
  if (on && known) known.users.push(user);
  if (on && !known) message.reactions.push({ name, users: [user], count: 1 });
  if (!on) known!.users = known!.users.filter((id) => id !== user);
  for (const reaction of message.reactions) reaction.count = reaction.users.length;
  message.reactions = message.reactions.filter(({ count }) => count > 0);
  void world.emit({
    type: on ? "reaction_added" : "reaction_removed",
    user,
    reaction: name,
    item: { type: "message", channel, ts },
    item_user: message.user,
    event_ts: world.ts(),
  });
}

function described(world: World, user: User, args: Args): Json {
  return {
    id: user.id,
    team_id: user.team_id,
    name: user.name,
    real_name: user.real_name,
    tz: user.tz,
    deleted: false,
    profile: {
      real_name: user.real_name,
      display_name: user.name,
      ...(world.scopes.has("users:read.email") && user.email ? { email: user.email } : {}),
    },
    is_admin: user.is_admin ?? false,
    is_owner: false,
    is_restricted: user.is_restricted ?? false,
    is_ultra_restricted: user.is_ultra_restricted ?? false,
    is_bot: user.is_bot ?? false,
    is_stranger: user.is_stranger ?? false,
    ...(user.enterprise_user && { enterprise_user: user.enterprise_user }),
    ...(args.include_locale ? { locale: user.locale } : {}),
  };
}
