import {
  type APIBaseInteraction,
  type APIInteraction,
  type APIUser,
  GatewayDispatchEvents as Event,
  InteractionContextType,
  type InteractionType,
  type Locale,
  PermissionFlagsBits as P,
} from "discord-api-types/v10";
import { toMember } from "./guilds.ts";
import type { Interaction } from "./interactions.ts";
import { permissionsOf } from "./permissions.ts";
import { type Channel, guildOf, type Message, type World } from "./world.ts";

const attachmentBytes = 10 * 1024 * 1024;
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
const inDm = P.AttachFiles | P.EmbedLinks | P.MentionEveryone | P.UseExternalEmojis;

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
  /** The interaction whose form was submitted. */
  opener?: Interaction;
  locale?: string | undefined;
  guildLocale?: string | undefined;
};

/** Sends an interaction to the bot and remembers it; its clock starts now. */
export function fire(
  world: World,
  { type, name, user, channel, data, message, about, opener, ...languages }: Fire,
): string {
  const guild = guildOf(world, channel);
  const locale = (languages.locale ?? world.locales.get(user.id) ?? "en-US") as Locale;
  const guildLocale = guild && ((languages.guildLocale ?? guild.locale) as Locale);
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
    guildLocale,
    at: world.now(),
    messages: [],
    ...(opener ? { opener } : {}),
  };
  if (message ?? about) interaction.message = message?.id ?? about!;
  if (about) interaction.isAbout = true;
  world.interactions.set(id, interaction);
  world.tokens.set(interaction.token, interaction);
  const payload: APIBaseInteraction<InteractionType, object> = {
    id,
    token: interaction.token,
    application_id: world.bot.id,
    type,
    version: 1,
    data,
    channel_id: channel.id,
    // Its permissions are those of who asks, https://docs.discord.com/developers/resources/channel#channel-object
    channel: {
      ...channel,
      ...(guild ? { permissions: permissionsOf(world, user.id, channel).toString() } : {}),
    },
    locale,
    app_permissions: (guild ? permissionsOf(world, world.bot.id, channel) : inDm).toString(),
    entitlements: [],
    authorizing_integration_owners: { 0: guild?.id ?? "0" },
    context: guild ? InteractionContextType.Guild : InteractionContextType.BotDM,
    attachment_size_limit: attachmentBytes,
    ...(message ? { message } : {}),
    ...(guild && guildLocale && member
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guildLocale, features: [] },
          guild_locale: guildLocale,
          member: {
            ...toMember(member),
            user,
            permissions: permissionsOf(world, user.id, channel).toString(),
          },
        }
      : { user }),
  };
  // Its type and its data fit each other: whoever fires made both.
  world.dispatch(Event.InteractionCreate, payload as APIInteraction);
  world.changed();
  return id;
}
