/** The source of a scalar, quotes and all, and the line it starts on. */
export type ScalarSource = { text: string; line: number };

/** A word that is written otherwise in the source (escaped, say) is not looked for to the end of it. */
const lookAhead = 2_000;

/**
 * Tells the line of an offset into the value of a scalar. Folding and quoting change only what stands between words, so the
 * words are found again in the source, one after the other.
 */
export function scalarLines(value: string, source: ScalarSource): (offset: number) => number {
  const offsets: number[] = [];
  const lines: number[] = [];
  let [at, line, counted] = [0, source.line, 0];
  for (const { 0: word, index } of value.matchAll(/\S+/g)) {
    const ahead = source.text.slice(at, at + word.length + lookAhead).indexOf(word);
    const found = at + ahead;
    if (ahead >= 0) {
      for (; counted < found; counted++) if (source.text[counted] === "\n") line++;
      at = found + word.length;
    }
    if (lines.at(-1) === line) continue;
    offsets.push(index);
    lines.push(line);
  }
  return (offset) => {
    let [low, high] = [0, offsets.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (offsets[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return lines[low - 1] ?? source.line;
  };
}
