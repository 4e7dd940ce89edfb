/** Thrown and caught: the text holds something that only the whole reader of YAML should judge. */
export const notPlain = new Error("not plain");

const INTEGER = /^[-+]?[0-9]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+)$/;
/** Hexadecimal, octal, infinite and no numbers, and what YAML 1.1 takes for numbers: rare, and for the whole reader. */
const OTHER_NUMBER = /^(?:[-+]?0[0-9box]|[-+]?\.(?:inf|nan)$|[-+]?[0-9][0-9._]*_)/i;
/** kustomize reads a date where YAML 1.2 has text. */
const DATE = /^\d{4}-\d\d?-\d\d?/;
/** Booleans of YAML 1.1, which the cluster reads. */
const OLD_BOOLEAN = /^(?:[yn]|yes|no|on|off)$/i;
const TRUE = /^(?:[Tt]rue|TRUE)$/;
const FALSE = /^(?:[Ff]alse|FALSE)$/;
const NULL = /^(?:~|[Nn]ull|NULL)$/;
/** Escapes that mean the same in JSON. */
const JSON_ESCAPES = /^(?:[^\\]|\\["\\/bfnrt])*$/;

/** The value of a plain scalar in the core schema of YAML 1.2. */
export function scalarValue(text: string): unknown {
  const first = text.charCodeAt(0);
  // `+`, `-`, `.` and digits.
  if (first < 58 && first > 42) {
    if (OTHER_NUMBER.test(text) || DATE.test(text)) throw notPlain;
    if (INTEGER.test(text)) return Number.parseInt(text, 10);
    return FLOAT.test(text) ? Number.parseFloat(text) : text;
  }
  if (text.length > 5) return text;
  if (text.length < 4 && OLD_BOOLEAN.test(text)) throw notPlain;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  return NULL.test(text) ? null : text;
}

/** What stands between double quotes, escapes read. */
export function unescaped(inside: string): string {
  // What JSON would not take as it stands is no plain text.
  if (!JSON_ESCAPES.test(inside) || /[\0-\x1f]/.test(inside)) throw notPlain;
  return JSON.parse(`"${inside}"`);
}

/** Lines become words of one line, and empty lines become breaks; what stands further in keeps its lines. */
export function folded(lines: readonly string[]): string {
  let text = "";
  let breaks = 0;
  for (const [i, line] of lines.entries()) {
    if (line.startsWith(" ")) throw notPlain;
    if (line === "") {
      breaks++;
      continue;
    }
    if (i > breaks) text += breaks > 0 ? "\n".repeat(breaks) : " ";
    else text += "\n".repeat(breaks);
    text += line;
    breaks = 0;
  }
  return text;
}
