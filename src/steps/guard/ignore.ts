import { matchesGlob } from "#model/glob.ts";
import type { GuardConfig } from "#model/guard-config.ts";
import { nearestNames } from "#model/nearest.ts";
import type { Finding, Suppressed } from "#model/plan.ts";
import { maxYamlBytes } from "#model/read-yaml.ts";
import { sayNoReason, sayUnknownRule, sayUnusedIgnore } from "./ignore-sentences.ts";

/** One wish to accept a rule's findings: a comment, or an entry of `edgewright.yaml`. */
export type Ignore = {
  /** The file it stands in, and the line. */
  path: string;
  line: number;
  rule: string;
  reason: string;
  by: Suppressed["by"];
  covers: (finding: Pick<Finding, "path" | "line">) => boolean;
};

const COMMENT = /#\s*edgewright[:-]ignore(-file)?(?![\w-])[ \t]*(.*)$/;
const IDS = /^([\w-]+(?:\s*,\s*[\w-]+)*)\s*[:—–-]?\s*(.*)$/;
const BLANK_OR_COMMENT = /^\s*(#.*)?$/;
const DOCUMENT_START = /^---(\s|$)/;
/** Prose that explains how to ignore something ignores nothing. */
const PROSE = /\.(?:md|txt|adoc|rst)$/i;

/**
 * Reads `# edgewright:ignore RULE-ID: reason` out of a text, several ids with commas between. At the end of a line it
 * covers that line; on a line of its own the next one; above the first line of a document the whole document.
 * `edgewright:ignore-file` covers the file wherever it stands.
 */
export function readIgnores(path: string, content: string): Ignore[] {
  if (!/edgewright[:-]ignore/.test(content) || PROSE.test(path)) return [];
  if (content.length > maxYamlBytes) return [];
  const lines = content.split(/\r?\n/);
  const marks = landmarks(lines);
  return lines.flatMap((text, at) => {
    const match = COMMENT.exec(text);
    if (match === null) return [];
    const [, ids = "", reason = ""] = IDS.exec(match[2]!) ?? [];
    const { from, to } =
      match[1] === undefined ? range(lines, at, marks) : { from: 1, to: Number.POSITIVE_INFINITY };
    const covers: Ignore["covers"] = (finding) =>
      finding.path === path && finding.line >= from && finding.line <= to;
    const where = { path, line: at + 1, reason: reason.trim(), by: "comment", covers } as const;
    return ids.split(",").map((id) => ({ ...where, rule: id.trim() }));
  });
}

/** For every line the nearest one before and after that says something, and the next start of a document, itself included. */
type Landmarks = { before: Int32Array; next: Int32Array; start: Int32Array };

function landmarks(lines: readonly string[]): Landmarks {
  const count = lines.length;
  const marks: Landmarks = {
    before: new Int32Array(count),
    next: new Int32Array(count + 1).fill(count),
    start: new Int32Array(count + 1).fill(count),
  };
  for (let at = 0, last = -1; at < count; at++) {
    if (!BLANK_OR_COMMENT.test(lines[at]!)) last = at;
    marks.before[at] = last;
  }
  for (let at = count - 1; at >= 0; at--) {
    marks.next[at] = marks.before[at] === at ? at : marks.next[at + 1]!;
    marks.start[at] = DOCUMENT_START.test(lines[at]!) ? at : marks.start[at + 1]!;
  }
  return marks;
}

function range(
  lines: readonly string[],
  at: number,
  { before, next, start }: Landmarks,
): { from: number; to: number } {
  if (before[at] === at) return { from: at + 1, to: at + 1 };
  const isStart = (line: number) => line < lines.length && start[line] === line;
  const following = isStart(next[at]!) ? next[at]! + 1 : next[at]!;
  const isFirst = before[at]! < 0 || isStart(before[at]!);
  if (!isFirst) return { from: following + 1, to: following + 1 };
  return { from: at + 1, to: start[Math.min(following, lines.length)]! };
}

/** Where the configuration was written, so that what is wrong in it has a place. */
export type ConfigSource = { path: string; line: (pointer: string) => number };

/** The entries of `edgewright.yaml`. */
export function configIgnores({ ignore = [] }: GuardConfig, { path, line }: ConfigSource): Ignore[] {
  return ignore.map(({ rule, path: glob = "**", reason }, i) => ({
    ...{ path, line: line(`/ignore/${i}`), rule, reason, by: "config" },
    covers: (finding) => matchesGlob(finding.path, glob),
  }));
}

export type IgnoreSettings = {
  /** Every id a finding may have. */
  known: ReadonlySet<string>;
  /** Rules that did not run, of which nothing can be said. */
  off: ReadonlySet<string>;
  /** Only a part of a repository is looked at, so an entry that nothing needs may be needed elsewhere. */
  partial: boolean;
};

/** Takes out what is accepted, and says what is wrong with the accepting: no reason, no such rule, nothing to accept. */
export function withoutIgnored(
  found: readonly Finding[],
  ignores: readonly Ignore[],
  { known, off, partial }: IgnoreSettings,
): { findings: Finding[]; suppressed: Suppressed[] } {
  const valid = ignores.filter(({ rule, reason }) => known.has(rule) && reason !== "");
  const byRule = Map.groupBy(valid, ({ rule }) => rule);
  const used = new Set<Ignore>();
  const findings: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of found) {
    const accepting = (byRule.get(finding.rule) ?? []).filter((ignore) => ignore.covers(finding));
    if (accepting.length === 0) findings.push(finding);
    else suppressed.push({ finding, reason: accepting[0]!.reason, by: accepting[0]!.by });
    for (const ignore of accepting) used.add(ignore);
  }
  for (const ignore of ignores) {
    const { path, line, rule, reason } = ignore;
    if (!known.has(rule)) {
      const near = nearestNames(rule.toUpperCase().slice(0, 40), known);
      findings.push({ ...sayUnknownRule(rule, near), path, line });
    } else if (reason === "") findings.push({ ...sayNoReason(rule), path, line });
    else if (!used.has(ignore) && !off.has(rule) && !partial) {
      findings.push({ ...sayUnusedIgnore(rule), path, line });
    }
  }
  return { findings, suppressed };
}
