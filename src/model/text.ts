/** The languages people can talk to the bot in; English is the one every sentence must have. */
export const languages = ["en", "de", "es", "zh"] as const;
export type Language = (typeof languages)[number];

/**
 * One sentence in every language. Knowledge (decisions, rules, claims, answers) brings its own sentences
 * along as a Text; the words of the interface live in `locales/` instead.
 */
export type Text = Record<Language, string>;

export type Values = Readonly<Record<string, string | number>>;

// Made when first needed: each costs milliseconds of a cold start.
const formats = new Map<string, Intl.NumberFormat>();

/** A number the way the language writes it, with so many digits behind the point at most. */
export function formatNumber(value: number, language: Language, digits = 3): string {
  if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value); // alike in all of them
  const key = `${language}${digits}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  formats.set(key, format);
  return format.format(value);
}

const PLACE = /\{(\w+)\}/g;

/** Fills `{name}` in one template; numbers are written the way the language writes them. A value may be a Text itself. */
export function fill(
  template: string,
  values: Readonly<Record<string, string | number | Text>>,
  language: Language,
): string {
  return template.replace(PLACE, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (typeof value === "number") return formatNumber(value, language);
    return typeof value === "object" ? value[language] : value;
  });
}

/** Fills the same values into all four sentences: `text({ en: "{gb} GB", … }, { gb: 2 })`. A value may be a Text itself. */
export function text(templates: Text, values: Readonly<Record<string, string | number | Text>> = {}): Text {
  return {
    en: fill(templates.en, values, "en"),
    de: fill(templates.de, values, "de"),
    es: fill(templates.es, values, "es"),
    zh: fill(templates.zh, values, "zh"),
  };
}

/** Sentences one after the other; the full width marks of Chinese bring their space along. */
export function inOneLine(...sentences: readonly string[]): string {
  return sentences.reduce((before, next) => `${before}${/[。！？；：]$/.test(before) ? "" : " "}${next}`);
}

/** The same words in every language: names, versions, commands. */
export function verbatim(words: string): Text {
  return { en: words, de: words, es: words, zh: words };
}

/** Whether a value is a Text, so that a whole plan can be put into one language. */
export function isText(value: unknown): value is Text {
  if (typeof value !== "object" || value === null) return false;
  return (
    Object.keys(value).length === languages.length &&
    languages.every((l) => typeof (value as Text)[l] === "string")
  );
}

export type Localised<T> = T extends Text
  ? string
  : T extends object
    ? { [K in keyof T]: Localised<T[K]> }
    : T;

/** Replaces every Text inside a value by its sentence in one language. */
export function localise<T>(value: T, language: Language): Localised<T> {
  if (isText(value)) return value[language] as Localised<T>;
  if (Array.isArray(value)) return value.map((item) => localise(item, language)) as Localised<T>;
  if (typeof value !== "object" || value === null) return value as Localised<T>;
  const entries = Object.entries(value).map(([key, item]) => [key, localise(item, language)]);
  return Object.fromEntries(entries) as Localised<T>;
}
