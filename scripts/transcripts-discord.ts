import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Language, languages } from "#model/text.ts";
import { discordTranscript } from "./transcripts/discord.ts";

const folder = join(import.meta.dirname, "..", "docs", "transcripts");
await mkdir(folder, { recursive: true });
const chosen = process.argv.slice(2) as Language[];
for (const language of chosen.length > 0 ? chosen : languages)
  await writeFile(join(folder, `discord-${language}.md`), await discordTranscript(language));
