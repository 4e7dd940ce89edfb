import type { Rule } from "#model/rule.ts";
import type { Fault } from "../fault.ts";

type Files = Readonly<Record<string, string>>;

/** The same files in other places and other ways of writing. */
const moved: Readonly<Record<string, (files: Files) => Record<string, string>>> = {
  "as they are": (files) => ({ ...files }),
  "with Windows line ends": (files) => rewritten(files, (text) => text.replaceAll("\n", "\r\n")),
  "after another document": (files) => rewritten(files, (text) => `# before\n---\n${text}`),
  "with a mark of its byte order": (files) => rewritten(files, (text) => `\ufeff${text}`),
  "with a comment below": (files) => rewritten(files, (text) => `${text}# below\n`),
};

function rewritten(files: Files, write: (text: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, /\.ya?ml$/.test(path) ? write(text) : text]),
  );
}

/** What stands in for a rule nobody has written faults for yet: its own bad examples, moved about. */
export function exampleFaults({ id, examples }: Rule): Fault[] {
  return examples.bad.flatMap((bad, i) =>
    Object.entries(moved).map(([way, move]) => ({
      ...{ rule: id, what: `example ${i}, ${way}` },
      ...(examples.setting !== undefined && { setting: examples.setting }),
      alone: true,
      spoil: () => move(bad),
    })),
  );
}
