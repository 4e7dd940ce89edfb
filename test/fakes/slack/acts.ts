import type { Courier } from "./deliver.ts";
import { change, messageEvent, place, remove } from "./methods/chat.ts";
import { described, fileOf, shared } from "./methods/files.ts";
import { setReaction } from "./methods/people.ts";
import { end } from "./methods/streams.ts";
import { find, show } from "./response-url.ts";
import { note } from "./server.ts";
import { asSent, composed } from "./typed.ts";
import type { FakeSlack, Json, Message, Reply } from "./types.ts";
import { Refusal, type World } from "./world.ts";

type Acts = Pick<
  FakeSlack,
  "command" | "say" | "replay" | "edit" | "erase" | "shortcut" | "openHome" | "stop" | "react" | "send"
>;

/** What people do that is not done with the elements of a message. */
export function acts(world: World, courier: Courier): Acts {
  const person = (id: string) => {
    const user = world.users.get(id);
    if (!user) throw new Error(`no user ${id}; there is ${[...world.users.keys()].join(", ")}`);
    return user;
  };
  const room = (id: string, user: string) => {
    const channel = world.channel(id);
    if (!channel) throw new Error(`no channel ${id}; there is ${[...world.channels.keys()].join(", ")}`);
    if (!channel.members.includes(user)) throw new Error(`${user} is not in ${id}`);
    return channel;
  };
  const at = (channel: string, ts: string) => {
    const message = find(world, { channel, ts });
    if (!message) throw new Error(`no message ${ts} in ${channel}`);
    return message;
  };

  return {
    async command({ user, channel: id, text = "", command = "/edge" }) {
      const { name, team_id } = person(user);
      const channel = room(id, user);
      const trigger_id = world.trigger(user);
      const body = {
        token: "fake-verification-token",
        team_id,
        team_domain: world.team.domain,
        channel_id: id,
        channel_name: channel.type === "im" ? "directmessage" : channel.name,
        user_id: user,
        user_name: name,
        command,
        text,
        api_app_id: world.bot.app_id,
        is_enterprise_install: "false",
        response_url: world.responseUrl("commands", { user, channel: id }),
        trigger_id,
      };
      const attempt = await courier.once("slash_commands", trigger_id, command, body);
      if (!attempt.acked) {
        const error = attempt.reason === "timeout" ? "operation_timeout" : "dispatch_failed";
        world.warn(user, "command", `${command} failed with the error "${error}"`);
      } else showBody(world, attempt.body, { user, channel: id });
      return reply(attempt, trigger_id);
    },

    async say({ user, channel: id, text, thread_ts, files = [], app_context, bot_id }) {
      const { team_id } = person(user);
      const channel = room(id, user);
      if (channel.is_archived) throw new Error(`${id} is archived`);
      const parent = thread_ts === undefined ? undefined : at(id, thread_ts);
      const sent = asSent(world, text);
      const kept = files.map((file) =>
        Object.assign(fileOf(world, { ...file, content: Buffer.from(file.content), user }), {
          channel: id,
          thread_ts,
        }),
      );
      const message: Message = {
        type: "message",
        channel: id,
        user,
        ts: world.ts(),
        ...(bot_id ? { bot_id } : { client_msg_id: `${world.secret(8)}-${world.secret(4)}` }),
        text: sent,
        team: team_id,
        ...(parent ? { thread_ts: parent.thread_ts ?? parent.ts, parent_user_id: parent.user } : {}),
        ...(sent ? { blocks: composed(world, sent) } : {}),
      };
      for (const file of kept) file.ts = message.ts;
      if (kept.length > 0)
        Object.assign(message, { subtype: "file_share", files: kept.map((file) => described(world, file)) });
      place(world, message);
      const event = { ...messageEvent(world, message), ...(app_context ? { app_context } : {}) };
      const mentioned = sent.includes(`<@${world.bot.user_id}>`) && channel.type !== "im";
      const { channel_type: _, subtype: __, ...twin } = event;
      const both = [
        courier.event(event),
        ...(mentioned ? [courier.event({ ...twin, type: "app_mention" })] : []),
      ];
      if (world.chance() < 0.5) both.reverse();
      for (const file of kept) shared(world, file);
      const delivered = await Promise.all(both);
      return {
        ts: message.ts,
        channel: id,
        ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
        event_ids: delivered.flatMap((delivery) => delivery?.id ?? []),
      };
    },

    async edit({ user, message: { channel, ts }, text }) {
      const message = at(channel, ts);
      if (message.user !== person(user).id) throw new Error(`${user} did not write ${ts}`);
      const sent = asSent(world, text);
      change(world, message, { text: sent, blocks: composed(world, sent) });
    },

    async erase({ user, message: { channel, ts } }) {
      const message = at(channel, ts);
      if (message.user !== person(user).id) throw new Error(`${user} did not write ${ts}`);
      remove(world, message);
    },

    async shortcut({ user, callback_id, message: place }) {
      const { name, team_id } = person(user);
      const trigger_id = world.trigger(user);
      const base = {
        token: "fake-verification-token",
        action_ts: world.ts(),
        team: { id: world.team.id, domain: world.team.domain },
        user: { id: user, username: name, name, team_id },
        is_enterprise_install: false,
        enterprise: null,
        callback_id,
        trigger_id,
      };
      const body = place ? messageShortcut(base, place) : { type: "shortcut", ...base };
      const attempt = await courier.once("interactive", trigger_id, body.type, body);
      if (!attempt.acked) world.warn(user, "shortcut", "That shortcut did not work. Try again?");
      return reply(attempt, trigger_id);

      function messageShortcut(common: Json, { channel: id, ts }: { channel: string; ts: string }): Json {
        const message = at(id, ts);
        const channel = room(id, user);
        const { channel: _, only_for: __, ...whole } = message;
        return {
          type: "message_action",
          ...common,
          response_url: world.responseUrl("actions", { user, channel: id, message: { channel: id, ts } }),
          message_ts: ts,
          channel: { id, name: channel.type === "im" ? "directmessage" : channel.name },
          message: whole,
        };
      }
    },

    async openHome(user, tab = "home", context) {
      person(user);
      const view = world.homes.get(user);
      await courier.event({
        type: "app_home_opened",
        user,
        channel: world.imOf(user),
        tab,
        event_ts: world.ts(),
        ...(tab === "home" && view ? { view } : {}),
        ...(context ? { context } : {}),
      });
    },

    async stop({ user, channel, thread_ts }) {
      const session = world.sessions.get(`${channel}:${thread_ts}`);
      if (session?.status !== "processing" || !world.subscriptions.has("agent_session_stopped")) return false;
      room(channel, user);
      const running = [...world.streams.values()].filter(
        (stream) =>
          stream.channel === channel && stream.thread_ts === thread_ts && stream.state === "streaming",
      );
      for (const stream of running) end(world, stream, "stopped_by_user");
      await courier.event({
        type: "agent_session_stopped",
        user,
        channel,
        thread_ts,
        streaming_message_ts: running.map(({ ts }) => ts),
        team_id: world.team.id,
        event_ts: world.ts(),
      });
      return true;
    },

    async react({ user, message: { channel, ts }, name, remove: off = false }) {
      room(channel, person(user).id);
      setReaction(world, { user, channel, ts, name, on: !off });
    },

    async replay({ kind, body }) {
      const id = body.event_id ?? body.trigger_id ?? body.type;
      return reply(await courier.once(kind, id, body.event?.type ?? body.command ?? body.type, body), id);
    },

    async send(event, more = {}) {
      const delivery = await courier.event({ event_ts: world.ts(), ...event }, more);
      if (!delivery) throw new Error(`the app is not subscribed to ${event.type}, or may not see it`);
      return delivery;
    },
  };
}

export function reply(attempt: Awaited<ReturnType<Courier["once"]>>, trigger_id: string): Reply {
  return {
    ack: attempt.acked,
    elapsedMs: attempt.elapsedMs,
    body: attempt.body,
    trigger_id,
    ...(attempt.status === undefined ? {} : { status: attempt.status }),
    ...(attempt.reason ? { reason: attempt.reason } : {}),
  };
}

/** Shows what the acknowledgement of a command carried. */
function showBody(world: World, body: Json, target: { user: string; channel: string }): void {
  const payload = typeof body === "string" ? { text: body } : body;
  if (!payload || Object.keys(payload).length === 0) return;
  try {
    show(world, payload, target);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    note(world, "acknowledgement", error);
    world.warn(target.user, "command", "the answer could not be shown");
  }
}
