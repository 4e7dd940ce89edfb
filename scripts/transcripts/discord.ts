import type { Language } from "#model/text.ts";
import {
  aside,
  byForm,
  checkMessage,
  fromMessage,
  inDirect,
  inForum,
  type Part,
  quickly,
  talkIn,
  unread,
  whole,
} from "../../test/e2e/discord/talks.ts";
import { spawnFakeDiscord } from "../../test/fakes/discord.ts";
import { startBot } from "../../test/fakes/storm/bot.ts";
import { discordSettings, isDiscordConnected, roomy } from "../../test/fakes/storm/discord.ts";
import { type Parts, played } from "./play.ts";

const parts: Parts<Part> = [
  ["A plan, from a mention to the zip, a change and a question", whole],
  ["By command, as a form", byForm],
  ["From a colleague's message", fromMessage],
  ["YAML in a message, checked", checkMessage],
  ["In direct messages, stopped with a word", inDirect],
  ["In a forum post", inForum],
  ["A quick recommendation", quickly],
  ["Help, list, check", aside],
];

/** Talks of the real process on a fake Discord in one language, as Markdown. */
export async function discordTranscript(language: Language): Promise<string> {
  const read = await talkOf(language, "full", parts);
  const notRead = await talkOf(language, "none", [["Where it may only read what mentions it", unread]]);
  return `${[...read, ...notRead].join("\n\n")}\n`;
}

async function talkOf(
  language: Language,
  messageContent: "full" | "none",
  all: Parts<Part>,
): Promise<string[]> {
  const fake = await spawnFakeDiscord({ ...roomy, messageContent });
  const bot = startBot({ env: discordSettings(fake), isConnected: isDiscordConnected });
  await bot.connected;
  return played(await talkIn(language, fake), all, { bot, fake });
}
