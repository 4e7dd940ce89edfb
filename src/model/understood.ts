import type { Answers, PlaceholderName } from "./brief.ts";
import type { Language } from "./text.ts";

/** What free text gave. Only what is certain is an answer; the rest is asked. */
export type Understood = {
  language: Language;
  /** 0…1; below 0.5 the language stays what it was. */
  languageConfidence: number;
  answers: Answers;
  /** The words each answer was read from, as they stand in the text. */
  quotes: Partial<Record<PlaceholderName, string>>;
  /** Read, but not certain: asked, with these as the offered choices. */
  uncertain: { name: PlaceholderName; quote: string; candidates: (string | number | boolean)[] }[];
  /** Things said to be *not* wanted: "not k0s", "kein Argo". */
  refused: { name: PlaceholderName; value: string; quote: string }[];
  edition?: "pro" | "basic";
};
export type Understand = (
  text: string,
  options?: { language?: Language; asking?: PlaceholderName },
) => Understood;

/** One reply to one question: its value, or why it is none (a key under `problem.` in the locales, with values). */
export type ReadAnswer =
  | { kind: "value"; value: unknown; quote: string }
  | { kind: "problem"; key: string; values: Record<string, string | number> };
