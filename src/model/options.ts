import type { Word } from "./command.ts";

/** What an option of a command takes. */
export type OptionKind = "boolean" | "value" | "list";
export type OptionProblem = {
  code: "unknown" | "no-value" | "stray";
  /** As written, dashes and all; for a stray word the word. */
  word: string;
  line: number;
  /** The option before a stray word. */
  after?: string;
};
export type Options = {
  /** By the option's full name. */
  values: Record<string, unknown>;
  /** The line each value stands on; lists have one an item. */
  lines: Record<string, number[]>;
  problems: OptionProblem[];
};

const OPTION = /^(-{1,2})([^=\s]+)(?:=(.*))?$/s;

/**
 * Reads the words behind a command as options. `kindOf` says what one takes, by its full name: undefined where the command has
 * no such option.
 */
export function readOptions(
  words: readonly Word[],
  {
    nameOf,
    kindOf,
  }: { nameOf: (written: string) => string; kindOf: (name: string) => OptionKind | undefined },
): Options {
  const found: Options = { values: {}, lines: {}, problems: [] };
  let last = "";
  for (let i = 0; i < words.length; i++) {
    const { text, line, open } = words[i]!;
    const [, dashes, written = "", inline] = OPTION.exec(text) ?? [];
    if (dashes === undefined || text === "-" || text === "--") {
      // A variable may hold options of its own.
      if (!open && text !== "") found.problems.push({ code: "stray", word: text, line, after: last });
      continue;
    }
    if (written.includes("$")) continue;
    const name = nameOf(written);
    const kind = kindOf(name);
    last = `--${name}`;
    const next = words[i + 1];
    const hasNext = next !== undefined && !(OPTION.test(next.text) && !next.open);
    if (kind === undefined) {
      found.problems.push({ code: "unknown", word: `${dashes}${written}`, line });
      if (inline === undefined && hasNext) i++;
      continue;
    }
    let value: unknown = inline;
    if (kind === "boolean") value = inline ?? true;
    else if (inline === undefined) {
      if (!hasNext) {
        found.problems.push({ code: "no-value", word: `--${name}`, line });
        continue;
      }
      value = next.text;
      i++;
    }
    put(found, name, { kind, value, line });
  }
  return found;
}

function put(
  { values, lines }: Options,
  name: string,
  { kind, value, line }: { kind: OptionKind; value: unknown; line: number },
): void {
  if (kind === "list") {
    values[name] = [...((values[name] as unknown[] | undefined) ?? []), value];
    lines[name] = [...(lines[name] ?? []), line];
  } else {
    values[name] = value;
    lines[name] = [line];
  }
}
