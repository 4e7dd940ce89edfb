import { checkView } from "../limits.ts";
import type { Json, View } from "../types.ts";
import { refuse, type World } from "../world.ts";
import { type Args, type Methods, required, withIds } from "./base.ts";

export const views: Methods = {
  "views.open": {
    tier: 4,
    run(args, world) {
      const { user } = exchange(args, world);
      checkView(args.view);
      checkExternalId(world, args.view);
      return { view: open(world, { view: args.view, user }) };
    },
  },
  "views.push": {
    tier: 4,
    run(args, world) {
      const { user, view } = exchange(args, world);
      checkView(args.view);
      checkExternalId(world, args.view);
      const below = view ? world.views.get(view) : undefined;
      if (!below) refuse("invalid_trigger_id");
      return { view: push(world, { view: args.view, user, below }) };
    },
  },
  "views.update": {
    tier: 4,
    run(args, world) {
      required(args, "view");
      if (!args.view_id && !args.external_id)
        refuse("invalid_arguments", ["missing required field: view_id"]);
      const view = find(world, args);
      if (!view?.open) refuse("not_found");
      if (args.hash && args.hash !== view.hash) refuse("hash_conflict");
      checkView(args.view);
      return { view: update(world, view, args.view) };
    },
  },
  "views.publish": {
    tier: 4,
    run(args, world) {
      required(args, "user_id", "view");
      if (!world.users.has(args.user_id)) refuse("invalid_arguments", ["invalid user_id"]);
      checkView(args.view);
      if (args.view.type !== "home")
        refuse("invalid_arguments", ["must be a home view [json-pointer:/view/type]"]);
      const known = world.homes.get(args.user_id);
      if (args.hash && args.hash !== known?.hash) refuse("hash_conflict");
      const view = open(world, { view: args.view, user: args.user_id, id: known?.id });
      world.homes.set(args.user_id, view);
      return { view };
    },
  },
};

/** A trigger opens one view, within three seconds. */
function exchange(args: Args, world: World): { user: string; view?: string } {
  required(args, "view");
  const trigger = world.triggers.get(args.trigger_id);
  if (!trigger) refuse("invalid_trigger_id");
  if (trigger.used) refuse("exchanged_trigger_id");
  if (world.clock.now() > trigger.expiresAt) refuse("expired_trigger_id");
  trigger.used = true;
  return trigger;
}

function checkExternalId(world: World, view: Json): void {
  if (!view.external_id) return;
  if ([...world.views.values()].some((known) => known.open && known.external_id === view.external_id))
    refuse("duplicate_external_id");
}

function find(world: World, { view_id, external_id }: Args): View | undefined {
  return [...world.views.values()].find((view) =>
    view_id ? view.id === view_id : view.external_id === external_id,
  );
}

type NewView = { view: Json; user: string; id?: string | undefined; below?: View };

/** Shows a view to a person; `views.open`, `views.push` and answers to a submission come here. */
export function open(world: World, { view, user, id = world.id("V"), below }: NewView): View {
  const shown: View = {
    ...blank(world),
    ...view,
    id,
    user,
    blocks: withIds(world, view.blocks)!,
    hash: `${Math.floor(world.clock.now() / 1000)}.${world.secret(8)}`,
    root_view_id: below?.root_view_id ?? id,
    previous_view_id: below?.id ?? null,
    open: true,
  };
  world.views.set(id, shown);
  world.inputs.delete(id);
  return shown;
}

export function push(world: World, { view, user, below }: NewView & { below: View }): View {
  const stack = [...world.views.values()].filter(
    (known) => known.open && known.root_view_id === below.root_view_id,
  );
  if (stack.length >= 3) refuse("push_limit_reached");
  return open(world, { view, user, below });
}

export function update(world: World, view: View, next: Json): View {
  Object.assign(view, blank(world), next, {
    blocks: withIds(world, next.blocks),
    hash: `${Math.floor(world.clock.now() / 1000)}.${world.secret(8)}`,
  });
  return view;
}

function blank(world: World): Json {
  return {
    type: "modal",
    team_id: world.team.id,
    callback_id: "",
    private_metadata: "",
    external_id: "",
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    app_id: world.bot.app_id,
    app_installed_team_id: world.team.id,
    bot_id: world.bot.bot_id,
  };
}

/** Closes a view, or the whole stack it stands in. */
export function close(world: World, view: View, { all = false } = {}): void {
  for (const known of world.views.values())
    if (known.type === "modal" && (known === view || (all && known.root_view_id === view.root_view_id)))
      known.open = false;
}
