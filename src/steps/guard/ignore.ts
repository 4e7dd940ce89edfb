import type { Finding } from "#model/plan.ts";

/** One comment that switches a rule off: from which line to which, and why. */
export type Ignore = { path: string; line: number; rule: string; reason: string; from: number; to: number };

const COMMENT = /#\s*edgewright:ignore\s+([A-Z][A-Z0-9]*-\d+)[ \t]*(.*)$/;
const BLANK_OR_COMMENT = /^\s*(#.*)?$/;
const DOCUMENT_START = /^---(\s|$)/;

/**
 * Reads `# edgewright:ignore RULE-ID reason` out of a text. At the end of a line it covers that line; on a line of its own
 * the next one; above the first line of a document the whole document.
 */
export function readIgnores(path: string, content: string): Ignore[] {
  if (!content.includes("edgewright:ignore")) return [];
  const lines = content.split(/\r?\n/);
  return lines.flatMap((text, at) => {
    const match = COMMENT.exec(text);
    if (match === null) return [];
    const [, rule = "", reason = ""] = match;
    return [{ path, line: at + 1, rule, reason: reason.trim(), ...covers(lines, at) }];
  });
}

function covers(lines: readonly string[], at: number): { from: number; to: number } {
  if (!BLANK_OR_COMMENT.test(lines[at]!)) return { from: at + 1, to: at + 1 };
  let next = at;
  while (next < lines.length && BLANK_OR_COMMENT.test(lines[next]!)) next++;
  if (next < lines.length && DOCUMENT_START.test(lines[next]!)) next++;
  let before = at;
  while (before >= 0 && BLANK_OR_COMMENT.test(lines[before]!)) before--;
  const first = before < 0 || DOCUMENT_START.test(lines[before]!);
  if (!first) return { from: next + 1, to: next + 1 };
  let end = next;
  while (end < lines.length && !DOCUMENT_START.test(lines[end]!)) end++;
  return { from: at + 1, to: end };
}

/** The comment that covers a finding, where one with a reason does. */
export function findIgnore(finding: Finding, ignores: readonly Ignore[]): Ignore | undefined {
  return ignores.find(
    ({ path, rule, reason, from, to }) =>
      reason !== "" &&
      rule === finding.rule &&
      path === finding.path &&
      finding.line >= from &&
      finding.line <= to,
  );
}
