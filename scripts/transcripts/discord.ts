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

const parts: [heading: string, play: (part: Part) => Promise<unknown>][] = [
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
  const read = await played(language, "full", parts);
  const notRead = await played(language, "none", [["Where it may only read what mentions it", unread]]);
  return `${[...read, ...notRead].join("\n\n")}\n`;
}

async function played(
  language: Language,
  messageContent: "full" | "none",
  all: typeof parts,
): Promise<string[]> {
  const fake = await spawnFakeDiscord({ ...roomy, messageContent });
  const bot = startBot({ env: discordSettings(fake), isConnected: isDiscordConnected });
  await bot.connected;
  const part = await talkIn(language, fake);
  const { talk } = part;
  try {
    for (const [heading, play] of all) {
      talk.heading(heading);
      await play(part);
    }
  } catch (error) {
    talk.note(`It broke off here: ${(error as Error).message}`);
    process.exitCode = 1;
  } finally {
    await talk.record();
    await bot.stop();
    await fake.close();
  }
  return talk.lines;
}
