import { tellAside, whispered } from "./aside.ts";
import { type Aside, sayTo } from "./desk.ts";
import { actionOf } from "./draw/controls.ts";
import { publishHome, settle } from "./home.ts";
import type { Taken } from "./intake.ts";
import { homePrefix } from "./lists.ts";
import { fieldsOf, openCheck, openForm, openRename, unpacked, views } from "./modal.ts";
import type { Pressed, Submission } from "./payloads.ts";
import { begun, type Counter, inDirect, turnedAway } from "./ways-in.ts";
import { pasted } from "./words.ts";

/** A button or a menu: of a conversation, of a list, or of the app's home. */
export async function pressed(counter: Counter, body: Pressed): Promise<Taken | undefined> {
  const [action] = body.actions;
  if (action!.action_id.startsWith(homePrefix)) return atHome(counter, body);
  const name = actionOf(action!.action_id);
  if (name === undefined) return undefined;
  const { desk, intake } = counter;
  const { user, trigger_id: trigger, response_url } = body;
  const channel = body.channel?.id ?? body.container?.channel_id;
  const message = body.message?.ts ?? body.container?.message_ts;
  const inside = body.message?.thread_ts ?? body.container?.thread_ts;
  const thread = inside ?? message;
  const aside: Aside = {
    user: user.id,
    ...(channel && { channel }),
    ...(inside && inside !== message && { thread: inside }),
    ...(response_url && { respond: response_url }),
  };
  const conversation = channel && thread ? await desk.places.at(desk.team, channel, thread) : undefined;
  if (!channel || conversation === undefined) {
    desk.later(async () => tellAside(desk, aside, whispered((await sayTo(desk, user.id))("slack.gone"))));
    return undefined;
  }
  if (name === "form") {
    const refused = await turnedAway(desk, { user: user.id, channel, isDirect: channel.startsWith("D") });
    if (refused) desk.later(() => tellAside(desk, aside, refused));
    else await openForm(desk, { trigger, aside, carried: { conversation } });
    return undefined;
  }
  const value = action!.selected_option?.value ?? action!.value;
  return intake.take({
    event: {
      id: `press:${channel}:${message}:${user.id}:${action!.action_ts}:${name}`,
      conversation,
      at: desk.clock.now(),
      kind: "pressed",
      action: name,
      ...(value !== undefined && { value }),
    },
    aside,
    channel,
    isDirect: channel.startsWith("D"),
  });
}

const HOME = new RegExp(`^${homePrefix}(new|check|rename|delete|default|open)(?::([a-z]+))?(?:~\\d+)?$`);

async function atHome({ desk, intake }: Counter, body: Pressed): Promise<Taken | undefined> {
  const [action] = body.actions;
  const { user, trigger_id: trigger } = body;
  const [, what, setting = ""] = HOME.exec(action!.action_id) ?? [];
  const aside: Aside = { user: user.id };
  const conversation = action!.value ?? "";
  // Deleted meanwhile: the home that still shows it is out of date, and nothing must begin by its id.
  const isGone = conversation !== "" && !(await desk.places.get(conversation));
  if (isGone) {
    desk.later(() => publishHome(desk, user.id));
    return undefined;
  }
  switch (what) {
    case "new":
      await openForm(desk, { trigger, aside, carried: { place: inDirect(desk, user.id) } });
      return undefined;
    case "check":
      await openCheck(desk, { trigger, aside, carried: { place: inDirect(desk, user.id) } });
      return undefined;
    case "rename": {
      const title = (await desk.bot.conversation(conversation))?.title ?? "";
      await openRename(desk, { trigger, aside, conversation, title });
      return undefined;
    }
    case "delete": {
      const event = {
        ...{ id: `press:${user.id}:${action!.action_ts}:forgetAll`, conversation, at: desk.clock.now() },
        ...{ kind: "pressed" as const, action: "forgetAll" },
      };
      return intake.take({ event, aside, channel: user.id, isDirect: true });
    }
    case "default": {
      const person = await desk.people.get(user.id);
      await settle(desk, { person, setting, value: action!.selected_option?.value ?? "" });
      desk.later(() => publishHome(desk, user.id));
      return undefined;
    }
    default:
      return undefined; // a link: Slack opens it, we only have to say that we know
  }
}

/** A modal was sent. */
export async function submitted({ desk, intake }: Counter, body: Submission): Promise<Taken | undefined> {
  const { user, view } = body;
  const carried = await unpacked(desk, view.private_metadata);
  const { conversation, text, edition } = carried;
  const place = carried.place ?? inDirect(desk, user.id);
  const id = `view:${view.id}`;
  const aside: Aside = {
    user: user.id,
    ...(!place.isDirect && { channel: place.channel }),
    ...(place.respond && { respond: place.respond.url }),
  };
  const fresh = begun(desk, { id, trigger: view.id, place, aside });
  const base = {
    ...fresh,
    event: { ...fresh.event, ...(conversation !== undefined && { conversation }) },
  };
  const fields = fieldsOf(body);
  switch (view.callback_id) {
    case views.form: {
      const more = { ...(text && { text }), ...(edition && { edition }) };
      const taken = await intake.take({
        ...base,
        event: { ...base.event, kind: "submitted", fields, ...more },
      });
      if (carried.note !== undefined) await desk.notes.delete(carried.note);
      return taken;
    }
    case views.check: {
      const attachments = pasted(Object.values(fields)[0] ?? "");
      return intake.take({ ...base, event: { ...base.event, kind: "said", text: "", attachments } });
    }
    case views.rename: {
      const title = Object.values(fields)[0] ?? "";
      const { place: _place, ...there } = base;
      const event = { ...base.event, kind: "pressed" as const, action: "rename", value: title };
      const taken = await intake.take({ ...there, event });
      desk.later(() => publishHome(desk, user.id));
      return taken;
    }
    default:
      return undefined;
  }
}
