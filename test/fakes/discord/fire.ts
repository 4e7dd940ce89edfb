import { type APIUser, GatewayDispatchEvents as Event, type InteractionType } from "discord-api-types/v10";
import type { Interaction } from "./interactions.ts";
import { permissionsOf } from "./permissions.ts";
import { type Channel, guildOf, type Message, type World } from "./world.ts";

const attachmentBytes = 10 * 1024 * 1024;

export type Fire = {
  type: InteractionType;
  name: string;
  user: APIUser;
  channel: Channel;
  data: object;
  /** The message that carries the pressed component. */
  message?: Message;
  /** The message a command is about. */
  about?: string;
  locale?: string;
  guildLocale?: string | undefined;
};

/** Sends an interaction to the bot and remembers it; its clock starts now. */
export function fire(
  world: World,
  { type, name, user, channel, data, message, about, locale = "en-US", guildLocale }: Fire,
): string {
  const guild = guildOf(world, channel);
  const member = guild?.members.get(user.id);
  const id = world.id();
  const interaction: Interaction = {
    id,
    token: `aW50ZXJhY3Rpb24${Buffer.from(`${id}:${world.id()}`).toString("base64url")}`,
    type,
    name,
    user,
    channelId: channel.id,
    guildId: guild?.id,
    locale,
    guildLocale: guild ? (guildLocale ?? guild.locale) : undefined,
    at: world.now(),
    messages: [],
  };
  if (message ?? about) interaction.message = message?.id ?? about!;
  world.interactions.set(id, interaction);
  world.dispatch(Event.InteractionCreate, {
    id,
    token: interaction.token,
    application_id: world.bot.id,
    type,
    version: 1,
    data,
    channel_id: channel.id,
    channel: { ...channel, permissions: permissionsOf(world, user.id, channel).toString() },
    ...(guild
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: interaction.guildLocale, features: [] },
          guild_locale: interaction.guildLocale,
          member: {
            user,
            roles: member?.roles ?? [],
            joined_at: member?.joined ?? world.iso(),
            deaf: false,
            mute: false,
            flags: 0,
            permissions: permissionsOf(world, user.id, channel).toString(),
          },
        }
      : { user }),
    ...(message ? { message } : {}),
    locale,
    app_permissions: permissionsOf(world, world.bot.id, channel).toString(),
    entitlements: [],
    authorizing_integration_owners: { 0: guild?.id ?? "0" },
    context: guild ? 0 : 1,
    attachment_size_limit: attachmentBytes,
  } as never);
  world.changed();
  return id;
}
