/** Go ignores case from here to the end of the group. */
const IGNORE_CASE = "(?i)";

/**
 * A pattern of Go as JavaScript reads it: categories in braces, and both cases where Go ignores them. One that still does
 * not compile stops the build, so that none is lost in silence.
 */
export function fromGo(pattern: string): string {
  const translated = bothCases(pattern.replaceAll(/\\([pP])([A-Z])(?![a-z{])/g, "\\$1{$2}"));
  try {
    return new RegExp(translated, "u").source;
  } catch (cause) {
    throw new Error(`the pattern ${pattern} cannot be written for JavaScript`, { cause });
  }
}

function bothCases(pattern: string): string {
  const start = pattern.indexOf(IGNORE_CASE);
  if (start < 0) return pattern;
  const rest = pattern.slice(start + IGNORE_CASE.length);
  const end = groupEnd(rest);
  if (/\\|\[[^\]]*[a-z]/i.test(rest.slice(0, end)))
    throw new Error(`${pattern}: case is ignored in more than letters`);
  const inside = rest.slice(0, end).replaceAll(/[a-z]/gi, (c) => `[${c.toLowerCase()}${c.toUpperCase()}]`);
  return pattern.slice(0, start) + inside + bothCases(rest.slice(end));
}

/** Where the group that is open at the start of a text ends. */
function groupEnd(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "(") depth++;
    else if (text[i] === ")" && depth-- === 0) return i;
  }
  return text.length;
}
