import type { Finding, Report } from "#model/plan.ts";
import type { Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { reportLine } from "./text.ts";

/**
 * Findings as workflow commands, which GitHub shows beside the lines they speak of; blocking ones first, since it shows
 * ten of each level a step. Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function reportGitHub(report: Report, { language, say }: { language: Language; say: Say }): string {
  const ordered = report.findings.toSorted((one, other) => rank(one) - rank(other));
  const commands = ordered.map((finding) => `${command(finding, language)}\n`);
  return `${commands.join("")}${reportLine(report, { say })}\n`;
}

function rank({ severity }: Finding): number {
  return severity === "block" ? 0 : 1;
}

function command({ severity, path, line, column, rule, message, fix }: Finding, language: Language): string {
  const properties = [
    `file=${escapeProperty(path)}`,
    `line=${line}`,
    ...(column === undefined ? [] : [`col=${column}`]),
    `title=${escapeProperty(rule)}`,
  ];
  const level = severity === "block" ? "error" : "warning";
  return `::${level} ${properties.join(",")}::${escapeData(`${message[language]}\n${fix[language]}`)}`;
}

function escapeData(words: string): string {
  return words.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(words: string): string {
  return escapeData(words).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
