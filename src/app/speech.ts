import { readFileSync } from "node:fs";
import type { Say } from "#model/platform.ts";
import { fill, type Language, languages } from "#model/text.ts";

/** A leaf of a locale file: a sentence, or the words a person may use (joined with line breaks when said). */
type Leaf = string | string[];
type Tree = { [key: string]: Leaf | Tree };

const folder = new URL("../../locales/", import.meta.url);

/** Every key of a locale file with its sentence: `ask.sites.question` from nested objects. */
export function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix + key;
    if (typeof value === "string") flat.set(path, value);
    else if (Array.isArray(value)) flat.set(path, value.join("\n"));
    else for (const [deeper, words] of flatten(value, `${path}.`)) flat.set(deeper, words);
  }
  return flat;
}

/** The sentences of one language, as its file holds them. */
export function readLocale(language: Language): Map<string, string> {
  return flatten(JSON.parse(readFileSync(new URL(`${language}.json`, folder), "utf8")) as Tree);
}

const locales = new Map<Language, Map<string, string>>();

/** Each file is read once, when its language is first spoken. */
function localeOf(language: Language): Map<string, string> {
  const known = locales.get(language);
  if (known) return known;
  const read = readLocale(language);
  locales.set(language, read);
  return read;
}

/**
 * The words of the interface in every language. A sentence that counts has `<key>.one` and `<key>.other`, picked by
 * `count`; what a language lacks is said in English, and an unknown key is returned as it is.
 */
export function createSpeech(): (language: Language) => Say {
  const speak = (language: Language): Say => {
    const plurals = new Intl.PluralRules(language);
    return (key, values = {}) => {
      const { count } = values;
      const counted = typeof count === "number" ? `${key}.${plurals.select(count)}` : key;
      for (const spoken of [language, "en"] as const) {
        const words = localeOf(spoken);
        const template = words.get(counted) ?? words.get(key) ?? words.get(`${key}.other`);
        if (template !== undefined) return fill(template, values, language);
      }
      return key;
    };
  };

  const says = new Map(languages.map((language) => [language, speak(language)]));
  return (language) => says.get(language)!;
}
