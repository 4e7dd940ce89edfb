import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Language, languages } from "#model/text.ts";
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
} from "../test/e2e/slack/talks.ts";
import { spawnFakeSlack } from "../test/fakes/slack.ts";
import { startBot } from "../test/fakes/storm/bot.ts";
import { isSlackConnected, slackSettings } from "../test/fakes/storm/slack.ts";

// npm run transcripts [-- LANGUAGE…]: real talks with the real process on a fake Slack, written down as people read them.

const parts: [heading: string, play: (part: Part) => Promise<unknown>][] = [
  ["A plan, from a command to the zip, a change and a question", whole],
  ["A quick recommendation, by mention", byMention],
  ["In the direct messages, stopped with a word", byDirectMessage],
  ["From a colleague's message, as a form", byShortcut],
  ["Help, list, check", byWord],
  ["Where it is no member", uninvited],
  ["At home", atHome],
  ["Who is not answered", refused],
];
const folder = join(import.meta.dirname, "..", "docs", "transcripts");
await mkdir(folder, { recursive: true });
const chosen = process.argv.slice(2) as Language[];
for (const language of chosen.length > 0 ? chosen : languages) {
  const fake = await spawnFakeSlack();
  const bot = startBot({ env: slackSettings(fake, "socket"), isConnected: isSlackConnected });
  await bot.connected;
  const { talk, say } = talkIn(language, fake);
  const part = { fake, talk, language, say };
  try {
    for (const [heading, play] of parts) {
      talk.heading(heading);
      await play(part);
    }
  } finally {
    await talk.record();
    await writeFile(join(folder, `slack-${language}.md`), `${talk.lines.join("\n\n")}\n`);
    await bot.stop();
    await fake.close();
  }
}
