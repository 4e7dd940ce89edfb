import {
  type APIInteractionResponse,
  type APIMessageInteractionMetadata,
  MessageFlags as F,
  InteractionType as I,
  MessageReferenceType,
  MessageType,
  InteractionResponseType as R,
} from "discord-api-types/v10";
import { checkChoices } from "./check-commands.ts";
import { type Body, checkMessage, checkNotEmpty, type Upload } from "./check-message.ts";
import { checkModal } from "./check-modal.ts";
import type { Loose } from "./components.ts";
import { Form, refuse } from "./errors.ts";
import { byToken, type Interaction, unanswered } from "./interactions.ts";
import { edit, numbered, post, referenceFields, remove } from "./messages.ts";
import { type Request, route } from "./rest.ts";
import type { Channel, Message, Stored, World } from "./world.ts";

const messageTypes = [R.ChannelMessageWithSource, R.DeferredChannelMessageWithSource];
const updateTypes = [R.DeferredMessageUpdate, R.UpdateMessage];
const allowed: Record<I, R[]> = {
  [I.Ping]: [R.Pong],
  [I.ApplicationCommand]: [...messageTypes, R.Modal],
  [I.MessageComponent]: [...messageTypes, ...updateTypes, R.Modal],
  [I.ApplicationCommandAutocomplete]: [R.ApplicationCommandAutocompleteResult],
  [I.ModalSubmit]: messageTypes,
};
const settable =
  F.SuppressEmbeds | F.Ephemeral | F.IsComponentsV2 | F.SuppressNotifications | F.IsVoiceMessage;

function callback(request: Request) {
  const { world, params, body, uploads, query } = request;
  const interaction = unanswered(world, params.interaction ?? "", params.token ?? "");
  const type = Number(body.type) as R;
  checkType(interaction, type);
  const message = answer(world, interaction, { type, data: (body.data ?? {}) as Body, uploads });
  interaction.acked = { at: world.now(), type };
  interaction.response = body as APIInteractionResponse;
  world.changed();
  if (query.get("with_response") !== "true") return undefined;
  const shows = type === R.ChannelMessageWithSource || type === R.UpdateMessage;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message ? { response_message_id: message.data.id } : {}),
      response_message_loading: type === R.DeferredChannelMessageWithSource,
      response_message_ephemeral: Boolean(message?.ephemeralTo),
    },
    resource: { type, ...(message && shows ? { message: message.data } : {}) },
  };
}

function checkType(interaction: Interaction, type: R) {
  const types = [...allowed[interaction.type]];
  // A form that a message's button opened may change that message.
  if (interaction.type === I.ModalSubmit && interaction.message) types.push(...updateTypes);
  if (types.includes(type)) return;
  const form = new Form();
  form.add(["type"], "BASE_TYPE_CHOICES", `Value must be one of {${types.join(", ")}}.`);
  form.settle();
}

type Answer = { type: R; data: Body; uploads: Upload[] };

function answer(world: World, interaction: Interaction, { type, data, uploads }: Answer): Stored | undefined {
  if (type === R.ChannelMessageWithSource) {
    const message = speak(world, interaction, data, uploads);
    interaction.original = message.data.id;
    return message;
  }
  if (type === R.DeferredChannelMessageWithSource) {
    // EPHEMERAL is the only flag a deferral may carry.
    const flags = ((data.flags ?? 0) & F.Ephemeral) | F.Loading;
    const message = put(world, interaction, { flags }, []);
    interaction.original = message.data.id;
    return message;
  }
  if (type === R.Modal) {
    checkModal(data as Loose);
    const shown: unknown = { ...data, components: numbered(data.components, []) };
    interaction.modal = shown as NonNullable<Interaction["modal"]>;
    return undefined;
  }
  if (type === R.ApplicationCommandAutocompleteResult) {
    interaction.choices = offered(data as { choices?: Choice[] });
    return undefined;
  }
  const shown = world.messages.get(interaction.message ?? "");
  if (!shown || shown.deletedAt) throw refuse("unknownMessage");
  interaction.original = shown.data.id;
  return type === R.UpdateMessage ? edit(world, shown, data, uploads) : shown;
}

type Choice = { name: string; value: string | number };

function offered({ choices = [] }: { choices?: Choice[] }): Choice[] {
  const form = new Form();
  checkChoices(
    form,
    choices,
    ["data", "choices"],
    choices.every(({ value }) => typeof value === "string"),
  );
  form.settle();
  return choices;
}

/** A message of the bot's that went through the checks. */
function speak(world: World, interaction: Interaction, body: Body, uploads: Upload[]): Stored {
  checkMessage(body, uploads);
  checkNotEmpty(body, uploads.length);
  return put(world, interaction, { ...body, flags: (body.flags ?? 0) & settable }, uploads);
}

/** A message the interaction brings into its channel, with the marks such messages carry. */
function put(world: World, interaction: Interaction, body: Body, uploads: Upload[]): Stored {
  const channel = world.channels.get(interaction.channelId);
  if (!channel) throw refuse("unknownChannel");
  const { message_reference: _ignored, nonce: _nonce, ...rest } = body;
  const ephemeral = ((body.flags ?? 0) & F.Ephemeral) !== 0;
  const message = post(world, {
    channel,
    author: world.bot,
    body: rest,
    uploads,
    viaInteraction: true,
    ...(ephemeral ? { ephemeralTo: interaction.user.id } : {}),
    more: {
      ...kindFields(world, channel, interaction),
      webhook_id: world.bot.id,
      application_id: world.bot.id,
      interaction_metadata: metadata(interaction),
    },
  });
  interaction.messages.push(message.data.id);
  return message;
}

/** Type and reference: a command's first answer says so, a component's answers its message. */
function kindFields(world: World, channel: Channel, interaction: Interaction): Partial<Message> {
  const about = world.messages.get(interaction.message ?? "");
  if (interaction.original) {
    const first = world.messages.get(interaction.original);
    return first ? { ...referenceFields(world, channel, first), type: MessageType.Reply } : {};
  }
  if (interaction.type === I.ApplicationCommand && !interaction.isAbout)
    return { type: MessageType.ChatInputCommand };
  if (interaction.type === I.ApplicationCommand && about)
    return { ...referenceFields(world, channel, about), type: MessageType.ContextMenuCommand };
  if (interaction.type === I.MessageComponent && about)
    return {
      type: MessageType.Reply,
      message_reference: {
        type: MessageReferenceType.Default,
        channel_id: channel.id,
        message_id: about.data.id,
      },
    };
  return { type: MessageType.Default };
}

function metadata(interaction: Interaction): APIMessageInteractionMetadata {
  const { id, type, user, guildId, message, original, opener } = interaction;
  const base = {
    id,
    user,
    authorizing_integration_owners: { 0: guildId ?? "0" },
    ...(original ? { original_response_message_id: original } : {}),
  };
  if (type === I.MessageComponent) return { ...base, type, interacted_message_id: message! };
  if (type === I.ModalSubmit) {
    const triggering = metadata(opener!);
    if (triggering.type === I.ModalSubmit) throw new Error("a form cannot open a form");
    return { ...base, type, triggering_interaction_metadata: triggering };
  }
  return {
    ...base,
    type: I.ApplicationCommand,
    ...(interaction.isAbout ? { target_message_id: message! } : {}),
  };
}

const hook = ({ world, params }: Request) => byToken(world, params.application ?? "", params.token ?? "");

/** The message a webhook path means: the first answer, or one of those that followed. */
function target(request: Request): Stored {
  const { world, params } = request;
  const interaction = hook(request);
  const id = params.message === "@original" ? interaction.original : params.message;
  const own = id !== undefined && (id === interaction.original || interaction.messages.includes(id));
  const stored = own ? world.messages.get(id) : undefined;
  if (!stored || stored.deletedAt) throw refuse("unknownMessage");
  return stored;
}

function followUp(request: Request) {
  const { world, body, uploads } = request;
  const interaction = hook(request);
  const first = world.messages.get(interaction.original ?? "");
  const loading = first && !first.deletedAt && (first.data.flags ?? 0) & F.Loading;
  // The first follow-up after a deferral takes the place of "thinking…".
  if (first && loading) return edit(world, first, body as Body, uploads).data;
  return speak(world, interaction, body as Body, uploads).data;
}

/** Answers to interactions: callbacks and their webhooks, which need no bot token. */
export const interactionRoutes = [
  route("POST", "/interactions/:interaction/:token/callback", callback),
  route("POST", "/webhooks/:application/:token", followUp),
  route("GET", "/webhooks/:application/:token/messages/:message", (request) => target(request).data),
  route("PATCH", "/webhooks/:application/:token/messages/:message", (request) => {
    return edit(request.world, target(request), request.body as Body, request.uploads).data;
  }),
  route("DELETE", "/webhooks/:application/:token/messages/:message", (request) => {
    remove(request.world, target(request));
  }),
];
