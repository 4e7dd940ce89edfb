import type { Report } from "#model/plan.ts";
import { type Language, localise } from "#model/text.ts";

export { reportGitHub } from "./report/github.ts";
export { reportSarif } from "./report/sarif.ts";
export { mendedLine, reportText } from "./report/text.ts";

/** A report for other programs: the six fields of a finding they may rely on, in this order. */
export function reportJson(report: Report, { language }: { language: Language }): string {
  const { findings, checked, unchecked, against } = localise(report, language);
  const shown = {
    findings: findings.map(({ rule, severity, path, line, message, fix }) => ({
      ...{ rule, severity, path, line, message, fix },
    })),
    checked: { ...checked, against },
    unchecked: unchecked.map(({ path, what, text }) => ({ path, what: text ?? what })),
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}
