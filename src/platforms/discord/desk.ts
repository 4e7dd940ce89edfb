import type { Client, REST } from "discord.js";
import type { Block } from "#model/block.ts";
import type { Bot, Log, Notes } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import type { Channels } from "./channels.ts";
import type { Env } from "./env.ts";
import type { People } from "./people.ts";
import type { Places } from "./places.ts";

/** What every part of the platform works with. */
export type Desk = {
  client: Client<true>;
  rest: REST;
  /** The bot's own user id. */
  me: string;
  bot: Bot;
  log: Log;
  notes: Notes;
  env: Env;
  /** Whether messages that do not mention the bot can be read. */
  readsContent: boolean;
  channels: Channels;
  places: Places;
  people: People;
  /** Roles of a person in a server; undefined for who is no member. */
  rolesOf: (server: string, user: string) => Promise<readonly string[] | undefined>;
  /** Blocks as messages that fit. */
  arrange: (blocks: Block[]) => Block[][];
  /** Fires when the platform ends. */
  signal: AbortSignal;
  /** Nothing is taken any more; what comes is for the next process. */
  isEnding: () => boolean;
};

/** The language of one of Discord's locales: https://docs.discord.com/developers/reference#locales; undefined for those we do not speak. */
export function languageOf(locale: string | null | undefined): Language | undefined {
  const spoken = locale?.slice(0, 2);
  return spoken === "en" || spoken === "de" || spoken === "es" || spoken === "zh" ? spoken : undefined;
}
