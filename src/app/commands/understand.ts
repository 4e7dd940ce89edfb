import { createInterface } from "node:readline";
import { UsageError } from "#model/errors.ts";
import { languages } from "#model/text.ts";
import { Language } from "#model/text-schema.ts";
import { understand } from "#steps/understand.ts";
import { defineCommand, type World } from "../command.ts";

const lineBytes = 1_048_576; // one request a line; a longer one is somebody's file

export default defineCommand({
  summary:
    "What a text says of a fleet, as one flat JSON object; without a text, JSON lines {lang,text} from standard input.",
  usage: 'understand [--lang en|de|es|zh] ["text"]',
  options: { lang: { type: "string" } },
  async run({ values, positionals }, world) {
    const language = values.lang === undefined ? undefined : parseLanguage(values.lang);
    if (positionals.length > 0) {
      world.stdout.write(`${read(positionals.join(" "), language)}\n`);
      return 0;
    }
    return readLines(world, language);
  },
});

function read(text: string, language: Language | undefined): string {
  return JSON.stringify(understand(text, language ? { language } : {}).answers);
}

function parseLanguage(given: unknown): Language {
  const parsed = Language.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new UsageError(`--lang: no "${given}". Pick one of: ${languages.join(", ")}`);
}

/** One object a line out, in order; a line that is no JSON ends the run with its number. */
async function readLines(world: World, fallback: Language | undefined): Promise<number> {
  let number = 0;
  for await (const line of createInterface({ input: world.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === "") continue;
    const { lang, text } = parseLine(line, number);
    world.stdout.write(`${read(text, lang === undefined ? fallback : parseLanguage(lang))}\n`);
  }
  return 0;
}

function parseLine(line: string, number: number): { lang?: string; text: string } {
  if (line.length > lineBytes)
    throw new UsageError(`understand: line ${number} is longer than ${lineBytes / 1024} KiB`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new UsageError(`understand: line ${number} is not JSON. Each line is {"lang":"en","text":"…"}`, {
      cause,
    });
  }
  const { lang, text } = (value ?? {}) as { lang?: unknown; text?: unknown };
  if (typeof text !== "string")
    throw new UsageError(`understand: line ${number} has no "text". Each line is {"lang":"en","text":"…"}`);
  return lang === undefined ? { text } : { lang: String(lang), text };
}
