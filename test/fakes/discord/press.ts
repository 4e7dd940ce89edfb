import { ButtonStyle, ComponentType as T } from "discord-api-types/v10";
import { type Loose, walk } from "./components.ts";
import type { Choose } from "./types.ts";
import { type Channel, guildOf, type Stored, type World } from "./world.ts";

const menus: number[] = [T.StringSelect, T.UserSelect, T.RoleSelect, T.MentionableSelect, T.ChannelSelect];

/** What a client sends when a button is pressed or a menu closed; what it would not offer is an error. */
export function press(world: World, channel: Channel, { data }: Stored, { customId, values }: Choose) {
  const all = [...walk(data.components as unknown as Loose[])].filter(
    ({ type }) => type === T.Button || menus.includes(type ?? 0),
  );
  const found = all.find((one) => one.custom_id === customId) ?? all.find((one) => one.label === customId);
  if (!found) {
    const there = all.map((one) => `${one.label ?? one.placeholder ?? ""} (${one.custom_id ?? one.url})`);
    throw new Error(`message ${data.id} has no "${customId}"; it has ${there.join(", ") || "no components"}`);
  }
  if (found.disabled) throw new Error(`"${customId}" is disabled`);
  const id = {
    component_type: found.type,
    custom_id: String(found.custom_id),
    ...(found.id ? { id: found.id } : {}),
  };
  if (found.type === T.Button) {
    if (found.style === ButtonStyle.Link)
      throw new Error(`"${customId}" opens a link and tells the bot nothing`);
    return id;
  }
  pickable(found, values);
  return { ...id, values, ...resolved(world, channel, found, values) };
}

/** Refuses a choice that a menu does not allow. */
export function pickable(menu: Loose, values: string[]) {
  const { min_values: min = 1, max_values: max = 1 } = menu as { min_values?: number; max_values?: number };
  if (values.length < min || values.length > max)
    throw new Error(`"${menu.custom_id}" takes ${min} to ${max} values, got ${values.length}`);
  if (menu.type !== T.StringSelect) return;
  const options = (menu.options as Loose[]).map((option) => option.value);
  for (const value of values)
    if (!options.includes(value))
      throw new Error(`"${menu.custom_id}" has no "${value}"; it has ${options.join(", ")}`);
}

/** People, roles and channels that a menu's values name. */
export function resolved(world: World, channel: Channel, menu: Loose, values: string[]) {
  if (menu.type === T.StringSelect) return {};
  const pick = <V>(map: Map<string, V>) =>
    Object.fromEntries(values.flatMap((id) => (map.has(id) ? [[id, map.get(id)]] : [])));
  const guild = guildOf(world, channel);
  return {
    resolved: {
      users: pick(world.users),
      roles: pick(guild?.roles ?? new Map()),
      channels: pick(world.channels),
    },
  };
}
