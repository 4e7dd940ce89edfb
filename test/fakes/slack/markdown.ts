const FENCE = /^\s{0,3}(`{3,}|~{3,})/;
const HEADING = /^\s{0,3}#{1,6}\s/;
const LIST = /^\s*(?:[-*+]|\d+[.)])\s/;
const TABLE_RULE = /^\s*(?=[^|]*\|)\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const RULE = /^\s{0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/;
const QUOTE = /^\s{0,3}>/;

export type Drawn = "heading" | "list" | "table" | "code" | "rule" | "quote" | "paragraph";

/** What Slack makes of Markdown: one block for each heading, list, table, fence, rule, quote and run of text. */
export function expand(markdown: string): Drawn[] {
  const drawn: Drawn[] = [];
  const lines = markdown.split("\n");
  let gap = true;
  const more = (kind: Drawn) => {
    const goesOn =
      drawn.at(-1) === kind && (kind === "list" || kind === "paragraph" || (kind === "quote" && !gap));
    if (!goesOn) drawn.push(kind);
    gap = false;
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const fence = FENCE.exec(line)?.[1];
    if (fence) {
      more("code");
      while (at + 1 < lines.length && !lines[at + 1]!.trim().startsWith(fence)) at += 1;
      at += 1;
      gap = true;
    } else if (line.trim() === "") {
      gap = true;
    } else if (HEADING.test(line)) more("heading");
    else if (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "")) {
      more("table");
      while (lines[at + 1]?.includes("|")) at += 1;
    } else if (RULE.test(line)) more("rule");
    else if (LIST.test(line) || (!gap && drawn.at(-1) === "list")) more("list");
    else if (QUOTE.test(line)) more("quote");
    else more("paragraph");
  }
  return drawn;
}
