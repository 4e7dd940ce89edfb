import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  type ClientOptions,
  DiscordAPIError,
  Events,
  GatewayIntentBits as Intent,
  type Interaction,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  Partials,
  REST,
  type RESTOptions,
  SlashCommandBuilder,
  type TextChannel,
  type ThreadChannel,
} from "discord.js";
import { afterEach } from "vitest";
import { type FakeDiscord, startFakeDiscord } from "../discord.ts";
import type { FakeOptions } from "./types.ts";

const open: (() => unknown)[] = [];
/** Ends with its test, the last first. */
export const atEnd = (end: () => unknown) => open.push(end);

afterEach(async () => {
  for (const end of open.splice(0).reverse()) await end();
});

export const intents = [Intent.Guilds, Intent.GuildMessages, Intent.DirectMessages];

/** A fake that ends with its test; its clock stands still, so that a busy machine makes nobody late. */
export async function fake(options: FakeOptions = {}): Promise<FakeDiscord> {
  const made = await startFakeDiscord({ clock: "manual", ...options });
  atEnd(() => made.close());
  return made;
}

export type Bot = { client: Client<true>; errors: Error[] };

/** A bot with the unmodified library; nothing but its two addresses points at the fake. */
export async function bot(discord: FakeDiscord, options: Partial<ClientOptions> = {}): Promise<Bot> {
  const { rest, ...others } = options;
  const client = new Client({
    intents,
    partials: [Partials.Channel],
    rest: { api: discord.api, cdn: discord.cdn, ...rest },
    ...others,
  });
  atEnd(() => client.destroy());
  const errors: Error[] = [];
  client.on(Events.Error, (error) => errors.push(error));
  client.on(Events.ShardError, (error) => errors.push(error));
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  await client.login(discord.token);
  await ready;
  return { client: client as Client<true>, errors };
}

/** The library's REST side alone, to send what its builders would not let through. */
export function rest(discord: FakeDiscord, options: Partial<RESTOptions> = {}): REST {
  return new REST({ api: discord.api, cdn: discord.cdn, version: "10", ...options }).setToken(discord.token);
}

/** What a request was refused with. */
export async function refused(
  request: Promise<unknown>,
): Promise<{ code: number | string; status: number; errors: object }> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    const { errors = {} } = error.rawError as { errors?: object };
    return { code: error.code, status: error.status, errors };
  }
  throw new Error("nothing was refused");
}

export async function textChannel(
  { client }: Bot,
  discord: FakeDiscord,
  name = "general",
): Promise<TextChannel> {
  const { channels } = await discord.ids();
  return (await client.channels.fetch(channels[name]!)) as TextChannel;
}

/** A thread the bot opened on a message of ada's. */
export async function openThread(own: Bot, discord: FakeDiscord, name = "plan"): Promise<ThreadChannel> {
  const id = await discord.say({ user: "ada", content: "5,000 trucks", mention: true });
  const channel = await textChannel(own, discord);
  const message = await channel.messages.fetch(id);
  return message.startThread({ name });
}

type Handlers = {
  command?: (interaction: ChatInputCommandInteraction) => unknown;
  component?: (interaction: MessageComponentInteraction) => unknown;
  modal?: (interaction: ModalSubmitInteraction) => unknown;
  any?: (interaction: Interaction) => unknown;
};

/** A command without options. */
export const plan = new SlashCommandBuilder().setName("plan").setDescription("Plans");

/** A bot with one command, and what its handlers threw. */
export async function answering(
  handlers: Handlers,
  options: FakeOptions = {},
): Promise<{ discord: FakeDiscord; own: Bot; thrown: unknown[] }> {
  const discord = await fake(options);
  const own = await bot(discord);
  await own.client.application.commands.set([plan]);
  const thrown: unknown[] = [];
  own.client.on(Events.InteractionCreate, async (interaction) => {
    try {
      await handlers.any?.(interaction);
      if (interaction.isChatInputCommand()) await handlers.command?.(interaction);
      if (interaction.isMessageComponent()) await handlers.component?.(interaction);
      if (interaction.isModalSubmit()) await handlers.modal?.(interaction);
    } catch (error) {
      thrown.push(error);
    }
  });
  return { discord, own, thrown };
}

export const ask = (discord: FakeDiscord, more = {}) =>
  discord.command({ user: "ada", name: "plan", ...more });
/** What was refused in a handler, once it was. */
export const codes = (thrown: unknown[]) => thrown.map((error) => (error as { code?: number | string }).code);

/** A row of buttons, each named by its custom id. */
export const buttons = (...ids: string[]) =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    ids.map((id) => new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Primary)),
  );

/** So many of something. */
export const many = <V>(count: number, make: (n: number) => V): V[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** Where in the nested errors a refusal lies, and why. */
export const paths = (errors: object, at = ""): string[] =>
  Object.entries(errors).flatMap(([key, inner]) =>
    key === "_errors"
      ? (inner as { code: string }[]).map(({ code }) => `${at} ${code}`)
      : paths(inner as object, at ? `${at}.${key}` : key),
  );
