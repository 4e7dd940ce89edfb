import { completeBrief, problems } from "#catalogue/placeholders.ts";
import { Answers, type Brief, type Edition, type Origin } from "#model/brief.ts";
import { UsageError } from "#model/errors.ts";
import { blankDeep } from "#model/secrets.ts";
import type { Language } from "#model/text.ts";

/** A brief file's answers are chosen; the rest is filled in and marked as defaults. */
export function briefOf(
  answers: Answers,
  { language, edition }: { language: Language; edition: Edition },
): Brief {
  const wrong = problems(answers);
  if (wrong.length > 0)
    throw new UsageError(`brief: ${wrong.map(({ message }) => message[language]).join("; ")}`);
  const origins = Object.fromEntries(Object.keys(answers).map((name) => [name, "chosen" as Origin]));
  // A file may hold what a chat would have blanked on arrival: notes are copied from anywhere.
  return completeBrief({ answers: Answers.parse(blankDeep(answers)), origins, edition, language });
}
