import { styleText } from "node:util";
import { guardChecks } from "#catalogue/guard-checks.ts";
import type { Finding, Report, Severity } from "#model/plan.ts";
import type { Say } from "#model/platform.ts";
import { releasesIn } from "#model/release.ts";
import { blank } from "#model/secrets.ts";
import type { Language } from "#model/text.ts";
import { excerpt, printable } from "./excerpt.ts";

/** What a report is printed with. */
export type Printing = {
  /** The checked files, by path. */
  texts: ReadonlyMap<string, string>;
  say: Say;
  language: Language;
  colour?: boolean;
  /** What was mended before this report was made. */
  done?: readonly Mended[];
};
/** A finding that was mended, and the lines that changed for it. */
type Mended = { finding: Finding; lines: readonly number[] };

type Style = Parameters<typeof styleText>[0];
type Pen = Printing & {
  paint: (style: Style, words: string) => string;
  linesOf: (path: string) => readonly string[];
};

const uncheckedShown = 20;
const styles: Record<Severity, Style> = { block: ["red", "bold"], warn: ["yellow", "bold"] };

/** A report for people: findings by file, each with its line and a caret; then what they add up to, and what was not checked. */
export function reportText(report: Report, printing: Printing): string {
  const pen = withPen(printing);
  const byPath = Map.groupBy(report.findings.toSorted(inPlace), ({ path }) => path);
  const files = [...byPath].map(([path, findings]) => fileLines(path, findings, pen).join("\n"));
  return `${[...mendedLines(pen), ...files, ...summary(report, pen)].join("\n\n")}\n`;
}

/** How much was mended, or would be. */
export function mendedLine(
  done: readonly Mended[],
  { say, isDone = true }: { say: Say; isDone?: boolean },
): string {
  if (done.length === 0) return say("cli.check.notMended");
  const files = new Set(done.map(({ finding }) => finding.path)).size;
  const values = { findings: say("cli.check.findings", { count: done.length }) };
  return say(isDone ? "cli.check.mended" : "cli.check.wouldMend", {
    ...values,
    files: say("cli.check.files", { count: files }),
  });
}

function mendedLines({ done, say, paint, language }: Pen): string[] {
  if (done === undefined || done.length === 0) return [];
  const lines = done.map(({ finding: { path, line, rule, message } }) => {
    return `  ${printable(path)}:${line}: ${paint("bold", rule)}: ${printable(message[language])}`;
  });
  return [[paint("green", mendedLine(done, { say })), ...lines].join("\n")];
}

/** What a report adds up to, in one line. */
export function reportLine({ findings, checked }: Report, { say }: Pick<Printing, "say">): string {
  const scope = scopeOf(checked, say);
  return `${scope} ${findings.length === 0 ? say("cli.check.nothing") : counts(findings, say)}.`;
}

function scopeOf(checked: Report["checked"], say: Say): string {
  return say("cli.check.checked", {
    documents: say("cli.check.documents", { count: checked.documents }),
    files: say("cli.check.files", { count: checked.files }),
  });
}

/** Those of one place stand together, so that its line is shown once. */
function inPlace(one: Finding, other: Finding): number {
  if (one.path !== other.path) return one.path < other.path ? -1 : 1;
  return one.line - other.line || (one.column ?? 0) - (other.column ?? 0);
}

function withPen(printing: Printing): Pen {
  const split = new Map<string, readonly string[]>();
  return {
    ...printing,
    paint: (style, words) =>
      printing.colour && words !== "" ? styleText(style, words, { validateStream: false }) : words,
    linesOf(path) {
      // A line is shown in logs that others read: credentials are blanked in the whole file, since some span lines.
      const lines = split.get(path) ?? blank(printing.texts.get(path) ?? "").split("\n");
      split.set(path, lines);
      return lines;
    },
  };
}

function fileLines(path: string, findings: readonly Finding[], pen: Pen): string[] {
  const { paint, say } = pen;
  const heading = `${paint("bold", printable(path))} · ${counts(findings, say)}`;
  return [heading, ...findings.flatMap((finding, at) => findingLines(finding, findings[at - 1], pen))];
}

function findingLines(finding: Finding, before: Finding | undefined, pen: Pen): string[] {
  const { path, line, column, severity, rule } = finding;
  const source = sourceOf(finding);
  const { paint, say, language } = pen;
  const place = `${printable(path)}:${line}${column === undefined ? "" : `:${column}`}`;
  const isSamePlace = before?.line === line && before.column === column;
  const label = (key: string) => paint("dim", say(`cli.check.${key}`));
  return [
    ...(isSamePlace ? [] : [""]),
    `${place}: ${paint(styles[severity], say(`cli.check.${severity}`))} ${paint("bold", rule)}: ${printable(finding.message[language])}`,
    ...(isSamePlace ? [] : sourceLines(finding, pen)),
    `  ${label("fix")}: ${printable(finding.fix[language])}${finding.mend === undefined || column === undefined ? "" : ` ${paint("green", say("cli.check.mendable"))}`}`,
    ...(source === undefined || (isSamePlace && before && sourceOf(before) === source)
      ? []
      : [`  ${label("source")}: ${source}`]),
  ];
}

/** Where it is written: what the guard checks itself has one page for all its findings. */
function sourceOf({ rule, source }: Finding): string | undefined {
  return source ?? guardChecks.find(({ id }) => id === rule)?.source;
}

function sourceLines({ path, line, column, severity }: Finding, { paint, linesOf }: Pen): string[] {
  const shown = excerpt(linesOf(path)[line - 1] ?? "", column);
  if (shown === undefined) return [];
  const gutter = String(line);
  const bar = paint("dim", "|");
  return [
    `  ${paint("dim", gutter)} ${bar} ${shown.text}`,
    `  ${" ".repeat(gutter.length)} ${bar} ${" ".repeat(shown.before)}${paint(styles[severity], "^".repeat(shown.under))}`,
  ];
}

function counts(findings: readonly Finding[], say: Say): string {
  const blocking = findings.filter(({ severity }) => severity === "block").length;
  const parts = [
    ...(blocking > 0 ? [say("cli.check.blocking", { count: blocking })] : []),
    ...(findings.length > blocking ? [say("cli.check.warnings", { count: findings.length - blocking })] : []),
  ];
  return parts.join(", ");
}

function summary(report: Report, pen: Pen): string[] {
  const { say, paint, language } = pen;
  const { findings, unchecked, suppressed = [], checked } = report;
  const against = releasesIn(report.against, language);
  const blocking = findings.some(({ severity }) => severity === "block");
  const found = findings.length === 0 ? say("cli.check.nothing") : counts(findings, say);
  const style: Style = blocking
    ? ["red", "bold"]
    : findings.length > 0
      ? ["yellow", "bold"]
      : ["green", "bold"];
  const scope = scopeOf(checked, say);
  const isEmpty = checked.documents === 0 && findings.length === 0 && unchecked.length === 0;
  return [
    ...(findings.length > 1 ? [ruleLines(findings, pen).join("\n")] : []),
    [
      isEmpty ? say("cli.check.none") : `${scope} ${paint(style, found)}.`,
      ...(against === "" ? [] : [say("cli.check.against", { against })]),
      ...(suppressed.length > 0 ? [say("cli.check.suppressed", { count: suppressed.length })] : []),
    ].join("\n"),
    ...(unchecked.length > 0 ? [uncheckedLines(unchecked, pen).join("\n")] : []),
  ];
}

/** How often each rule was hit, blocking ones first. */
function ruleLines(findings: readonly Finding[], { say, paint }: Pen): string[] {
  const byRule = [...Map.groupBy(findings, ({ severity, rule }) => `${severity} ${rule}`)];
  byRule.sort(([a, one], [b, other]) => {
    const bySeverity =
      one[0]!.severity < other[0]!.severity ? -1 : one[0]!.severity > other[0]!.severity ? 1 : 0;
    return bySeverity || other.length - one.length || (a < b ? -1 : 1);
  });
  const longest = Math.max(...byRule.map(([, [first]]) => first!.rule.length));
  return byRule.map(([, hits]) => {
    const { severity, rule } = hits[0]!;
    const files = new Set(hits.map(({ path }) => path)).size;
    const count = paint("bold", String(hits.length).padStart(5));
    const where = say("cli.check.inFiles", { count: files });
    return `${count}  ${rule.padEnd(longest)}  ${paint(styles[severity], say(`cli.check.${severity}`))} · ${where}`;
  });
}

function uncheckedLines(unchecked: Report["unchecked"], { say, language }: Pen): string[] {
  const shown = unchecked
    .slice(0, uncheckedShown)
    .map(({ path, what, text }) => `  ${printable(path)}: ${printable(text?.[language] ?? what)}`);
  const more = unchecked.length - shown.length;
  return [
    say("cli.check.unchecked", { count: unchecked.length }),
    ...shown,
    ...(more > 0 ? [`  ${say("cli.check.more", { count: more })}`] : []),
  ];
}
