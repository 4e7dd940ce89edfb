import {
  type APIInteractionResponse,
  type APIModalInteractionResponseCallbackData,
  type APIUser,
  InteractionType,
} from "discord-api-types/v10";
import { refuse } from "./errors.ts";
import type { World } from "./world.ts";

/** One interaction from its birth to the end of its token. */
export type Interaction = {
  id: string;
  token: string;
  type: InteractionType;
  name: string;
  user: APIUser;
  channelId: string;
  guildId: string | undefined;
  locale: string;
  guildLocale: string | undefined;
  at: number;
  /** The message whose button was pressed, or whose button opened the form. */
  message?: string;
  acked?: { at: number; type: number };
  response?: APIInteractionResponse;
  modal?: APIModalInteractionResponseCallbackData;
  choices?: { name: string; value: string | number }[];
  /** Id of the message that is `@original`. */
  original?: string;
  /** The command was about that message; it carries no component of ours. */
  isAbout?: boolean;
  /** What opened the form this came from. */
  opener?: Interaction;
  messages: string[];
};

const ackMs = 3_000; // https://docs.discord.com/developers/interactions/receiving-and-responding
const tokenMs = 15 * 60_000;

export function deadline(world: World, interaction: Interaction): number {
  return interaction.at + (world.options.interactionMs ?? ackMs);
}

/** The interaction behind a token that may still be acknowledged. */
export function unanswered(world: World, id: string, token: string): Interaction {
  const interaction = world.interactions.get(id);
  if (!interaction || interaction.token !== token) throw refuse("unknownInteraction");
  if (interaction.acked) throw refuse("alreadyAcknowledged");
  if (world.now() > deadline(world, interaction)) throw refuse("unknownInteraction");
  return interaction;
}

/** The interaction behind a webhook token, fifteen minutes long and only once it is acknowledged. */
export function byToken(world: World, applicationId: string, token: string): Interaction {
  if (applicationId !== world.bot.id) throw refuse("unknownWebhook");
  const interaction = world.tokens.get(token);
  if (!interaction || world.now() - interaction.at > tokenMs) throw refuse("badWebhookToken");
  if (!interaction.acked) throw refuse("unknownWebhook");
  return interaction;
}

export function didNotRespond(world: World, interaction: Interaction): boolean {
  return !interaction.acked && world.now() > deadline(world, interaction);
}

const kinds = {
  [InteractionType.Ping]: "command",
  [InteractionType.ApplicationCommand]: "command",
  [InteractionType.MessageComponent]: "component",
  [InteractionType.ApplicationCommandAutocomplete]: "autocomplete",
  [InteractionType.ModalSubmit]: "modal",
} as const;

export function kindOf(interaction: Interaction) {
  return kinds[interaction.type];
}
