import type { Language } from "#model/text.ts";
import {
  atHome,
  byDirectMessage,
  byMention,
  byShortcut,
  byWord,
  type Part,
  refused,
  talkIn,
  uninvited,
  whole,
} from "../../test/e2e/slack/talks.ts";
import { spawnFakeSlack } from "../../test/fakes/slack.ts";
import { startBot } from "../../test/fakes/storm/bot.ts";
import { isSlackConnected, slackSettings } from "../../test/fakes/storm/slack.ts";
import { type Parts, played } from "./play.ts";

const parts: Parts<Part> = [
  ["A plan, from a command to the zip, a change and a question", whole],
  ["A quick recommendation, by mention", byMention],
  ["In the direct messages, stopped with a word", byDirectMessage],
  ["From a colleague's message, as a form", byShortcut],
  ["Help, list, check", byWord],
  ["Where it is no member", uninvited],
  ["At home", atHome],
  ["Who is not answered", refused],
];

/** Talks of the real process on a fake Slack in one language, as Markdown. */
export async function slackTranscript(language: Language): Promise<string> {
  const fake = await spawnFakeSlack();
  const bot = startBot({ env: slackSettings(fake, "socket"), isConnected: isSlackConnected });
  await bot.connected;
  const { talk, say } = talkIn(language, fake);
  const lines = await played({ fake, talk, language, say }, parts, { bot, fake });
  return `${lines.join("\n\n")}\n`;
}
