import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Edition } from "#model/brief.ts";
import { type Language, languages } from "#model/text.ts";
import { type Prompt, parsePrompt } from "#steps/prompt.ts";

const folder = join(import.meta.dirname, "..", "..", "prompts");

/** Loads the prompt of an edition and a language. */
export async function loadPrompt(edition: Edition, language: Language): Promise<Prompt> {
  const name = `${edition}.${language}.md`;
  return parsePrompt(await readFile(join(folder, name), "utf8"), `prompts/${name}`);
}

/** Loads all prompts, so that showing one never waits. */
export async function loadPrompts(): Promise<Record<Edition, Record<Language, Prompt>>> {
  const of = async (edition: Edition) => {
    const loaded = await Promise.all(
      languages.map(async (language) => [language, await loadPrompt(edition, language)]),
    );
    return Object.fromEntries(loaded) as Record<Language, Prompt>;
  };
  const [pro, basic] = await Promise.all([of("pro"), of("basic")]);
  return { pro, basic };
}
