import { reply } from "./acts.ts";
import type { Attempt, Courier } from "./deliver.ts";
import { elementsIn, firstState, isEmpty, pick, stateOf } from "./elements.ts";
import { checkView } from "./limits.ts";
import { close, push, update } from "./methods/views.ts";
import { find } from "./response-url.ts";
import { note } from "./server.ts";
import type { ElementRef, FakeSlack, Json, Reply, View } from "./types.ts";
import { Refusal, type World } from "./world.ts";

/** What people do with buttons, menus, inputs and modals. */
export function interactions(
  world: World,
  courier: Courier,
): Pick<FakeSlack, "click" | "choose" | "submit" | "closeView"> {
  const person = (id: string) => {
    const user = world.users.get(id);
    if (!user) throw new Error(`no user ${id}`);
    return { id, username: user.name, name: user.name, team_id: user.team_id };
  };

  function viewOf(id: string, user: string): View {
    const view = world.views.get(id);
    if (!view?.open || view.user !== user) throw new Error(`${user} has no open view ${id}`);
    return view;
  }

  function place(ref: ElementRef): {
    blocks: Json[] | undefined;
    id: string;
    body: Json;
    respond: () => Json;
  } {
    if (ref.view) {
      const view = viewOf(ref.view, ref.user);
      return {
        blocks: view.blocks,
        id: view.id,
        body: { container: { type: "view", view_id: view.id }, view: withState(world, view) },
        respond: () => ({}),
      };
    }
    if (!ref.message) throw new Error("name the message or the view");
    const { channel: id, ts } = ref.message;
    const message = find(world, ref.message);
    if (!message) throw new Error(`no message ${ts} in ${id}`);
    if (message.only_for && message.only_for !== ref.user)
      throw new Error(`only ${message.only_for} sees ${ts}`);
    const channel = world.channel(id)!;
    if (!channel.members.includes(ref.user)) throw new Error(`${ref.user} is not in ${id}`);
    const { channel: _, only_for, ...whole } = message;
    return {
      blocks: message.blocks,
      id: ts,
      body: {
        container: {
          type: "message",
          message_ts: ts,
          channel_id: id,
          is_ephemeral: only_for !== undefined,
          ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
        },
        channel: { id, name: channel.type === "im" ? "directmessage" : channel.name },
        ...(only_for === undefined ? { message: whole } : {}),
        state: { values: valuesOf(world, ts, message.blocks) },
      },
      respond: () => ({
        response_url: world.responseUrl("actions", {
          user: ref.user,
          channel: id,
          message: { channel: id, ts },
        }),
      }),
    };
  }

  async function act(ref: ElementRef, where: ReturnType<typeof place>, action: Json): Promise<Reply> {
    const trigger_id = world.trigger(ref.user, ref.view);
    const body = {
      type: "block_actions",
      user: person(ref.user),
      api_app_id: world.bot.app_id,
      token: "fake-verification-token",
      trigger_id,
      team: { id: world.team.id, domain: world.team.domain },
      enterprise: null,
      is_enterprise_install: false,
      ...where.body,
      ...where.respond(),
      actions: [{ ...action, action_ts: world.ts() }],
    };
    const attempt = await courier.once("interactive", trigger_id, action.action_id, body);
    if (!attempt.acked) world.warn(ref.user, "action", "This app did not respond. Try again?");
    return reply(attempt, trigger_id);
  }

  return {
    async click(ref) {
      const where = place(ref);
      const { element, block_id } = pick(where.blocks, ref);
      if (element.type === "feedback_buttons") {
        const pressed = [element.positive_button, element.negative_button].find(
          ({ value }) => value === ref.value,
        );
        if (!pressed) throw new Error(`${element.action_id} has no value ${ref.value}`);
        return act(ref, where, { type: element.type, action_id: element.action_id, block_id, ...pressed });
      }
      if (!["button", "icon_button"].includes(element.type))
        throw new Error(`${element.action_id} is a ${element.type}; use choose()`);
      if (ref.value !== undefined && element.value !== ref.value)
        throw new Error(`${element.action_id} carries ${element.value}, not ${ref.value}`);
      const { type, action_id, text, value, style } = element;
      return act(ref, where, {
        ...{ type, action_id, block_id, text },
        ...(value === undefined ? {} : { value }),
        ...(style ? { style } : {}),
      });
    },

    async choose(ref) {
      const where = place(ref);
      const { value, ...wanted } = ref;
      const { element, block_id, block } = pick(where.blocks, wanted);
      const state = stateOf(element, value);
      const inputs = world.inputs.get(where.id) ?? {};
      if (element.type !== "overflow") {
        inputs[block_id] = { ...inputs[block_id], [element.action_id]: state };
        world.inputs.set(where.id, inputs);
      }
      const silent = block.type === "input" && !block.dispatch_action;
      // An input says nothing before the form is sent, unless it asks for it.
      if (silent) return { ack: true, elapsedMs: 0, body: undefined, trigger_id: "" };
      const again = place(ref);
      return act(ref, again, { ...state, action_id: element.action_id, block_id });
    },

    async submit({ user, view: id, values = {} }) {
      const view = viewOf(id, user);
      if (view.type !== "modal") throw new Error(`${id} is not a modal`);
      for (const [block_id, value] of Object.entries(values)) {
        const { element } = pick(view.blocks, { user, block_id });
        const inputs = world.inputs.get(id) ?? {};
        inputs[block_id] = { [element.action_id]: stateOf(element, value) };
        world.inputs.set(id, inputs);
      }
      checkRequired(world, view);
      const trigger_id = world.trigger(user, id);
      const body = {
        type: "view_submission",
        team: { id: world.team.id, domain: world.team.domain },
        user: person(user),
        api_app_id: world.bot.app_id,
        token: "fake-verification-token",
        trigger_id,
        view: withState(world, view),
        response_urls: [],
        is_enterprise_install: false,
        enterprise: null,
      };
      const attempt = await courier.once("interactive", trigger_id, "view_submission", body);
      return { ...reply(attempt, trigger_id), ...follow(view, attempt) };
    },

    async closeView({ user, view: id }) {
      const view = viewOf(id, user);
      close(world, view);
      if (!view.notify_on_close) return undefined;
      const trigger_id = world.trigger(user);
      const body = {
        type: "view_closed",
        team: { id: world.team.id, domain: world.team.domain },
        user: person(user),
        api_app_id: world.bot.app_id,
        token: "fake-verification-token",
        view: withState(world, view),
        is_cleared: false,
        is_enterprise_install: false,
        enterprise: null,
      };
      return reply(await courier.once("interactive", trigger_id, "view_closed", body), trigger_id);
    },
  };

  /** Does with a modal what the answer to its submission says. */
  function follow(view: View, attempt: Attempt): Partial<Reply> {
    const trouble = () => world.warn(view.user, "modal", "We had some trouble connecting. Try again?");
    if (!attempt.acked) {
      trouble();
      return {};
    }
    const answer = attempt.body ?? {};
    try {
      switch (answer.response_action) {
        case undefined:
          close(world, view);
          return {};
        case "clear":
          close(world, view, { all: true });
          return {};
        case "errors":
          return { errors: checkErrors(view, answer.errors) };
        case "update":
          checkView(answer.view);
          update(world, view, answer.view);
          return {};
        case "push":
          checkView(answer.view);
          push(world, { view: answer.view, user: view.user, below: view });
          return {};
        default:
          throw new Refusal("invalid_arguments");
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      note(world, "view_submission", error);
      trouble();
      return {};
    }
  }
}

/** Errors beside inputs must name blocks that are there, or the person sees only "trouble connecting". */
function checkErrors(view: View, errors: Json): Record<string, string> {
  const inputs = view.blocks.filter(({ type }) => type === "input").map(({ block_id }) => block_id);
  const names = Object.keys(errors ?? {});
  if (names.length === 0 || names.some((name) => !inputs.includes(name)))
    throw new Refusal("invalid_arguments", {
      response_metadata: { messages: [`no input ${names.join(", ")}`] },
    });
  return errors;
}

/** The client does not send a form with an empty input that is not optional. */
function checkRequired(world: World, view: View): void {
  const values = valuesOf(world, view.id, view.blocks);
  const empty = view.blocks.filter(
    (block) =>
      block.type === "input" && !block.optional && isEmpty(values[block.block_id]![block.element.action_id]!),
  );
  if (empty.length > 0)
    throw new Error(`the form cannot be sent: ${empty.map(({ block_id }) => block_id).join(", ")} is empty`);
}

type Values = Record<string, Record<string, Json>>;

function valuesOf(world: World, id: string, blocks: Json[] | undefined): Values {
  const values: Values = {};
  const held = world.inputs.get(id) ?? {};
  for (const { block_id, element } of elementsIn(blocks)) {
    if (["button", "icon_button", "feedback_buttons", "overflow", "image"].includes(element.type)) continue;
    values[block_id] = {
      ...values[block_id],
      [element.action_id]: held[block_id]?.[element.action_id] ?? firstState(element),
    };
  }
  return values;
}

function withState(world: World, view: View): Json {
  const { user: _, open: __, ...shown } = view;
  return { ...shown, state: { values: valuesOf(world, view.id, view.blocks) } };
}
