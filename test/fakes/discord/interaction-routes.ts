import {
  type APIInteractionResponse,
  InteractionType as I,
  MessageFlags,
  MessageType,
  InteractionResponseType as R,
} from "discord-api-types/v10";
import { checkChoices } from "./check-commands.ts";
import { type Body, checkMessage, checkNotEmpty, type Upload } from "./check-message.ts";
import { checkModal } from "./check-modal.ts";
import { Form, refuse } from "./errors.ts";
import { byToken, type Interaction, unanswered } from "./interactions.ts";
import { edit, post, remove } from "./messages.ts";
import { type Request, route } from "./rest.ts";
import type { Stored, World } from "./world.ts";

const allowed: Record<number, R[]> = {
  [I.ApplicationCommand]: [R.ChannelMessageWithSource, R.DeferredChannelMessageWithSource, R.Modal],
  [I.MessageComponent]: [
    R.ChannelMessageWithSource,
    R.DeferredChannelMessageWithSource,
    R.DeferredMessageUpdate,
    R.UpdateMessage,
    R.Modal,
  ],
  [I.ApplicationCommandAutocomplete]: [R.ApplicationCommandAutocompleteResult],
  [I.ModalSubmit]: [R.ChannelMessageWithSource, R.DeferredChannelMessageWithSource],
};

function callback(request: Request) {
  const { world, params, body, uploads, query } = request;
  const interaction = unanswered(world, params.interaction ?? "", params.token ?? "");
  const type = Number(body.type) as R;
  checkType(interaction, type);
  const data = (body.data ?? {}) as Body;
  const message = answer(world, interaction, { type, data, uploads });
  interaction.acked = { at: world.now(), type };
  interaction.response = body as APIInteractionResponse;
  world.changed();
  if (query.get("with_response") !== "true") return undefined;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message ? { response_message_id: message.data.id } : {}),
      response_message_loading: type === R.DeferredChannelMessageWithSource,
      response_message_ephemeral: Boolean(message?.ephemeralTo),
    },
    ...(message ? { resource: { type, message: message.data } } : {}),
  };
}

function checkType(interaction: Interaction, type: R) {
  const types = [...(allowed[interaction.type] ?? [])];
  // A form that a message's button opened may change that message.
  if (interaction.type === I.ModalSubmit && interaction.message)
    types.push(R.DeferredMessageUpdate, R.UpdateMessage);
  if (types.includes(type)) return;
  const form = new Form();
  form.add(["type"], "BASE_TYPE_CHOICES", `Value must be one of {${types.join(", ")}}.`);
  form.settle();
}

type Answer = { type: R; data: Body; uploads: Upload[] };

function answer(world: World, interaction: Interaction, { type, data, uploads }: Answer): Stored | undefined {
  if (type === R.ChannelMessageWithSource) {
    checkMessage(data, uploads);
    checkNotEmpty(data, uploads.length);
    return original(world, interaction, speak(world, interaction, data, uploads));
  }
  if (type === R.DeferredChannelMessageWithSource) {
    // EPHEMERAL is the only flag a deferral may carry.
    const ephemeral = (data.flags ?? 0) & MessageFlags.Ephemeral;
    return original(
      world,
      interaction,
      speak(world, interaction, { flags: ephemeral | MessageFlags.Loading }, []),
    );
  }
  if (type === R.Modal) {
    checkModal(data as never);
    interaction.modal = data as never;
    return undefined;
  }
  if (type === R.ApplicationCommandAutocompleteResult) {
    const form = new Form();
    const choices = (data as { choices?: never[] }).choices ?? [];
    checkChoices(
      form,
      choices,
      ["data", "choices"],
      choices.every((one) => typeof (one as { value: unknown }).value === "string"),
    );
    form.settle();
    interaction.choices = choices;
    return undefined;
  }
  const shown = world.messages.get(interaction.message ?? "");
  if (!shown || shown.deletedAt) throw refuse("unknownMessage");
  interaction.original = shown.data.id;
  return type === R.UpdateMessage ? edit(world, shown, data, uploads) : shown;
}

function original(world: World, interaction: Interaction, message: Stored): Stored {
  interaction.original = message.data.id;
  world.changed();
  return message;
}

/** A message the interaction brings into its channel, with the marks such messages carry. */
function speak(world: World, interaction: Interaction, body: Body, uploads: Upload[]): Stored {
  const channel = world.channels.get(interaction.channelId);
  if (!channel) throw refuse("unknownChannel");
  const component = interaction.type === I.MessageComponent && interaction.message;
  const type =
    interaction.type === I.ApplicationCommand
      ? interaction.message
        ? MessageType.ContextMenuCommand
        : MessageType.ChatInputCommand
      : component
        ? MessageType.Reply
        : MessageType.Default;
  const ephemeral = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const message = post(world, {
    channel,
    author: world.bot,
    body: { ...body, message_reference: undefined as never },
    uploads,
    viaInteraction: true,
    ...(ephemeral ? { ephemeralTo: interaction.user.id } : {}),
    more: {
      type,
      webhook_id: world.bot.id,
      application_id: world.bot.id,
      ...(component
        ? { message_reference: { type: 0, channel_id: channel.id, message_id: interaction.message! } }
        : {}),
      interaction_metadata: {
        id: interaction.id,
        type: interaction.type,
        user: interaction.user,
        authorizing_integration_owners: { 0: interaction.guildId ?? "0" },
        ...(component ? { interacted_message_id: interaction.message } : {}),
      } as never,
    },
  });
  interaction.messages.push(message.data.id);
  return message;
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
  const loading = first && !first.deletedAt && (first.data.flags ?? 0) & MessageFlags.Loading;
  // The first follow-up after a deferral takes the place of "thinking…".
  if (first && loading) return finish(world, first, body as Body, uploads).data;
  checkMessage(body as Body, uploads);
  checkNotEmpty(body as Body, uploads.length);
  return speak(world, interaction, body as Body, uploads).data;
}

function editAnswer(request: Request) {
  return finish(request.world, target(request), request.body as Body, request.uploads).data;
}

function finish(world: World, stored: Stored, body: Body, uploads: Upload[]): Stored {
  const channel = world.channels.get(stored.data.channel_id);
  if (!channel) throw refuse("unknownChannel");
  return edit(world, stored, body, uploads);
}

/** Answers to interactions: callbacks and their webhooks, which need no bot token. */
export const interactionRoutes = [
  route("POST", "/interactions/:interaction/:token/callback", callback),
  route("POST", "/webhooks/:application/:token", followUp),
  route("GET", "/webhooks/:application/:token/messages/:message", (request) => target(request).data),
  route("PATCH", "/webhooks/:application/:token/messages/:message", editAnswer),
  route("DELETE", "/webhooks/:application/:token/messages/:message", (request) =>
    remove(request.world, target(request)),
  ),
];
