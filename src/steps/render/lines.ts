/** One line of a comparison: kept, taken away, or added. */
type Line = { mark: " " | "-" | "+"; text: string };

/** Above this many comparisons two texts are shown as replaced: nobody reads such a difference line by line. */
const mostCells = 4_000_000;

function toLines(text: string): string[] {
  if (text === "") return [];
  if (text.endsWith("\n")) return text.slice(0, -1).split("\n");
  const lines = text.split("\n");
  // The mark belongs to the last line, as `diff` and `patch` have it.
  return [...lines.slice(0, -1), `${lines.at(-1)}\n\\ No newline at end of file`];
}

/** The lengths of the longest common subsequences of all tails, row by row. */
function tailLengths(before: readonly string[], after: readonly string[]): Uint32Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const same = before[i] === after[j];
      rows[i]![j] = same ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
    }
  }
  return rows;
}

function compareMiddle(before: readonly string[], after: readonly string[]): Line[] {
  const replaced = (): Line[] => [
    ...before.map((text): Line => ({ mark: "-", text })),
    ...after.map((text): Line => ({ mark: "+", text })),
  ];
  if (before.length * after.length > mostCells) return replaced();
  const rows = tailLengths(before, after);
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      lines.push({ mark: " ", text: before[i]! });
      i++;
      j++;
    } else if (rows[i + 1]![j]! >= rows[i]![j + 1]!) lines.push({ mark: "-", text: before[i++]! });
    else lines.push({ mark: "+", text: after[j++]! });
  }
  while (i < before.length) lines.push({ mark: "-", text: before[i++]! });
  while (j < after.length) lines.push({ mark: "+", text: after[j++]! });
  return lines;
}

/** Every line of both texts, with what became of it. */
export function compareLines(before: string, after: string): Line[] {
  const a = toLines(before);
  const b = toLines(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const kept = (lines: readonly string[]): Line[] => lines.map((text) => ({ mark: " ", text }));
  return [
    ...kept(a.slice(0, head)),
    ...compareMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...kept(a.slice(a.length - tail)),
  ];
}

/** How many lines came and went. */
export function countChanges(lines: readonly Line[]): { added: number; removed: number } {
  return {
    added: lines.filter((line) => line.mark === "+").length,
    removed: lines.filter((line) => line.mark === "-").length,
  };
}

/** A unified difference with three lines of surroundings, as `diff -u` writes it, without the file names. */
export function unified(before: string, after: string, around = 3): string {
  const lines = compareLines(before, after);
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some((line) => line.mark !== " "),
  );
  const out: string[] = [];
  let oldLine = 1;
  let newLine = 1;
  for (let at = 0; at < lines.length; at++) {
    if (near[at] && !near[at - 1]) {
      const until = near.indexOf(false, at);
      const hunk = lines.slice(at, until < 0 ? undefined : until);
      const olds = hunk.filter((line) => line.mark !== "+").length;
      const news = hunk.filter((line) => line.mark !== "-").length;
      out.push(`@@ -${start(oldLine, olds)},${olds} +${start(newLine, news)},${news} @@`);
    }
    const line = lines[at]!;
    if (near[at]) out.push(line.mark + line.text);
    if (line.mark !== "+") oldLine++;
    if (line.mark !== "-") newLine++;
  }
  return out.join("\n");
}

/** An empty range is written with the line before it. */
function start(line: number, count: number): number {
  return count === 0 ? line - 1 : line;
}
