import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Edition } from "#model/brief.ts";
import type { Language } from "#model/text.ts";
import { type Prompt, parsePrompt } from "#steps/prompt.ts";

const folder = join(import.meta.dirname, "..", "..", "prompts");

/** Loads the prompt of an edition and a language. */
export async function loadPrompt(edition: Edition, language: Language): Promise<Prompt> {
  const name = `${edition}.${language}.md`;
  return parsePrompt(await readFile(join(folder, name), "utf8"), `prompts/${name}`);
}
