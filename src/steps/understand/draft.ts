import type { PlaceholderName } from "#model/brief.ts";
import { Answers } from "#model/brief.ts";
import type { Understood } from "#model/understood.ts";
import { quote, type Reading } from "./reading.ts";

/** What is collected while a text is read. */
export type Draft = Pick<Understood, "quotes" | "uncertain" | "refused" | "edition"> & {
  answers: Record<string, unknown>;
};

export function emptyDraft(): Draft {
  return { answers: {}, quotes: {}, uncertain: [], refused: [] };
}

/** The words something was read from, in tokens. */
export type Span = { from: number; to: number };

/** Keeps an answer with its words; what the model's limits refuse is not an answer. */
export function keep(
  draft: Draft,
  reading: Reading,
  entry: { name: PlaceholderName; value: unknown; span: Span },
): boolean {
  const { name, value, span } = entry;
  if (!Answers.shape[name].safeParse(value).success) return false;
  draft.answers[name] = value;
  draft.quotes[name] = quote(reading, span.from, span.to);
  return true;
}

export function doubt(
  draft: Draft,
  reading: Reading,
  entry: { name: PlaceholderName; candidates: (string | number | boolean)[]; span: Span },
): void {
  if (draft.answers[entry.name] !== undefined) return;
  const { name, span } = entry;
  const candidates = [...new Set(entry.candidates)];
  draft.uncertain.push({ name, quote: quote(reading, span.from, span.to), candidates });
}
