import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Language, languages } from "#model/text.ts";
import { talkIn, whole } from "../test/e2e/slack/talks.ts";
import { spawnFakeSlack } from "../test/fakes/slack.ts";
import { startBot } from "../test/fakes/storm/bot.ts";
import { isSlackConnected, slackSettings } from "../test/fakes/storm/slack.ts";

// npm run transcripts [-- LANGUAGE…]: real talks with the real process on a fake Slack, written down as people read them.

const folder = join(import.meta.dirname, "..", "docs", "transcripts");
await mkdir(folder, { recursive: true });
const chosen = process.argv.slice(2) as Language[];
for (const language of chosen.length > 0 ? chosen : languages) {
  const fake = await spawnFakeSlack();
  const bot = startBot({ env: slackSettings(fake, "socket"), isConnected: isSlackConnected });
  await bot.connected;
  const { talk, say } = talkIn(language, fake);
  try {
    await whole({ fake, talk, language, say });
  } finally {
    await writeFile(join(folder, `slack-${language}.md`), `${talk.lines.join("\n\n")}\n`);
    await bot.stop();
    await fake.close();
  }
}
