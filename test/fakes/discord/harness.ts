import {
  Client,
  type ClientOptions,
  DiscordAPIError,
  Events,
  GatewayIntentBits as Intent,
  Partials,
  REST,
  type RESTOptions,
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

/** A fake that ends with its test. */
export async function fake(options: FakeOptions = {}): Promise<FakeDiscord> {
  const made = await startFakeDiscord(options);
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
