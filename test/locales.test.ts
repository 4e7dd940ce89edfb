import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { placeholders } from "#catalogue/placeholders.ts";
import { placeholderNames, wishes } from "#model/brief.ts";
import { Decisions, topics } from "#model/decision.ts";
import { type Language, languages } from "#model/text.ts";
import { readLocale } from "../src/app/speech.ts";

const PLACE = /\{(\w+)\}/g;
const PLURAL = /\.(one|other|few|many|two|zero)$/;
const SAID = /(?:\bsay|note|sentence|notice)\((?:[\w.()]+,\s*){0,2}["`]([a-z][\w]*(?:\.[\w-]+)+)["`]/g;

const english = readLocale("en");
const others = languages.filter((language) => language !== "en");
const base = (key: string) => key.replace(PLURAL, "");
const bases = (locale: Map<string, string>) => new Set([...locale.keys()].map(base));
const places = (words: string) => [...new Set([...words.matchAll(PLACE)].map((match) => match[1]!))].sort();

describe.each(others)("locale %s", (language) => {
  const locale = readLocale(language);

  test("has the keys of English, no more and no fewer", () => {
    expect([...bases(locale)].sort()).toEqual([...bases(english)].sort());
  });

  test("has the plural forms its language needs", () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const needed = language === "zh" ? ["other"] : forms.filter((form) => form === "one" || form === "other");
    const counted = [...english.keys()].filter(
      (key) => key.endsWith(".other") && english.has(key.replace(/other$/, "one")),
    );
    for (const key of counted) {
      for (const form of needed) expect(locale.has(`${base(key)}.${form}`), `${key} (${form})`).toBe(true);
    }
  });

  test("fills the same places as English", () => {
    for (const [key, words] of locale) {
      const model = english.get(key) ?? english.get(`${base(key)}.other`) ?? "";
      expect(places(words), key).toEqual(places(model));
    }
  });

  test("is not left in English", () => {
    const names = /^(words|wish|choice|check|topic|basis)\.|\.words$|\.choice\.|column\.state$/;
    const same = [...locale].filter(
      ([key, words]) => !names.test(key) && /[a-z] [a-z]/.test(words) && words === english.get(key),
    );
    expect(same).toEqual([]);
  });
});

test.each(languages)(
  "%s has words for everything that can be asked, chosen and decided",
  (language: Language) => {
    const locale = readLocale(language);
    const needed = [
      ...placeholderNames.flatMap((name) =>
        ["label", "question", "why", "words"].map((key) => `ask.${name}.${key}`),
      ),
      ...placeholders.flatMap(({ name, kind, choices = [] }) =>
        kind === "choice" ? choices.map((choice) => `ask.${name}.choice.${choice}`) : [],
      ),
      ...wishes.map((wish) => `wish.${wish}`),
      ...topics.map((topic) => `topic.${topic}`),
      ...topics.flatMap((topic) =>
        Decisions.shape[topic].shape.choice.options.map((choice: string) => `choice.${topic}.${choice}`),
      ),
    ];
    expect(needed.filter((key) => !locale.has(key))).toEqual([]);
  },
);

test("every sentence the source asks for by name exists", () => {
  const known = bases(english);
  const missing: string[] = [];
  for (const file of globSync("src/{steps,platforms,app}/**/*.ts")) {
    const source = readFileSync(file, "utf8");
    for (const [, key] of source.matchAll(SAID))
      if (!known.has(base(key!)) && !english.has(key!)) missing.push(`${file}: ${key}`);
  }
  expect(missing).toEqual([]);
});

test("no phrase stands for two commands of one language", () => {
  const exact =
    /^words\.(stop|back|skip|restart|generate|help|why|basic|pro|zip|document|prompt|plan|list|keep|cancel|hello|forget|continue|form)$/;
  for (const language of languages) {
    const seen = new Map<string, string>();
    for (const [key, words] of readLocale(language)) {
      if (!exact.test(key)) continue;
      for (const phrase of words.split("\n")) {
        expect(seen.get(phrase), `${language}: “${phrase}” is ${key}`).toBeUndefined();
        seen.set(phrase, key);
      }
    }
  }
});
