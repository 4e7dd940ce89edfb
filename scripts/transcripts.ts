import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Language, languages } from "#model/text.ts";
import { discordTranscript } from "./transcripts/discord.ts";
import { slackTranscript } from "./transcripts/slack.ts";

// npm run transcripts [-- PLATFORM… LANGUAGE…]: real talks with the real process on fake platforms, written down as people read them.

const platforms = { discord: discordTranscript, slack: slackTranscript };
type Platform = keyof typeof platforms;
const folder = join(import.meta.dirname, "..", "docs", "transcripts");
await mkdir(folder, { recursive: true });
const given = process.argv.slice(2);
for (const platform of chosen<Platform>(Object.keys(platforms) as Platform[]))
  for (const language of chosen<Language>(languages))
    await writeFile(join(folder, `${platform}-${language}.md`), await platforms[platform](language));

/** Those that were named, or all. */
function chosen<T extends string>(all: readonly T[]): readonly T[] {
  const some = all.filter((one) => given.includes(one));
  return some.length > 0 ? some : all;
}
