import type { Block } from "#model/block.ts";
import type { Finding, Report, Severity } from "#model/plan.ts";
import { releasesIn } from "#model/release.ts";
import { reportWords } from "./report.ts";
import type { Speaker } from "./speaker.ts";

/** More than this nobody reads in a thread; the whole report lies beside it as a file then. */
const findingsShown = 30;
const uncheckedShown = 15;

/** Whether a report is longer than what a thread shows of it. */
export function isLong({ findings, unchecked }: Report): boolean {
  return findings.length > findingsShown || unchecked.length > uncheckedShown;
}

/** What the guard found in what people brought: the verdict, then findings by severity, then what was not looked at. */
export function checkBlocks(report: Report, speaker: Speaker): Block[] {
  const { say, language } = speaker;
  const { findings, against } = report;
  const isBlocked = findings.some(({ severity }) => severity === "block");
  const isNothing = findings.length === 0 && report.checked.documents === 0;
  const { scope, counts } = reportWords(report, say);
  const versions = releasesIn(against, language);
  const said = say("plan.report.line", {
    ...{ scope, counts },
    against: versions === "" ? "·" : say("plan.report.against", { versions }),
  });
  const verdict: Block = isBlocked
    ? { kind: "notice", tone: "error", text: say("check.blocked") }
    : isNothing
      ? { kind: "notice", tone: "warning", text: say("check.nothing") }
      : { kind: "notice", tone: "success", text: say("check.passed") };
  const [blocking, warnings] = (["block", "warn"] as const).map((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  const room = Math.max(0, findingsShown - blocking!.length);
  return [
    { kind: "heading", level: 2, text: say("plan.report.heading") },
    verdict,
    { kind: "paragraph", text: said },
    ...severityBlocks("block", blocking!, { speaker, shown: findingsShown }),
    ...severityBlocks("warn", warnings!, { speaker, shown: room }),
    ...uncheckedBlocks(report, speaker),
  ];
}

function severityBlocks(
  severity: Severity,
  findings: readonly Finding[],
  { speaker: { say, language }, shown }: { speaker: Speaker; shown: number },
): Block[] {
  if (findings.length === 0) return [];
  const rows = findings.slice(0, shown).map(({ rule, path, line, message, fix }, at, all) => {
    const before = all[at - 1];
    // The same advice is given once for all it stands under.
    const isSame = before?.rule === rule && before.fix.en === fix.en;
    return [`${path}:${line}`, `${rule}: ${message[language]}`, isSame ? "" : fix[language]];
  });
  const left = findings.length - rows.length;
  const columns = ["where", "what", "fix"].map((column) => say(`finding.${column}`));
  return [
    { kind: "heading", level: 3, text: say(`check.${severity}`, { count: findings.length }) },
    ...(rows.length > 0 ? [{ kind: "table", columns, rows } as const] : []),
    ...(left > 0 ? [{ kind: "paragraph", text: say("check.more", { count: left }) } as const] : []),
  ];
}

function uncheckedBlocks({ unchecked }: Report, { say, language }: Speaker): Block[] {
  if (unchecked.length === 0) return [];
  const items = unchecked
    .slice(0, uncheckedShown)
    .map(({ path, what, text }) => say("plan.pair", { name: `\`${path}\``, text: text?.[language] ?? what }));
  const left = unchecked.length - items.length;
  return [
    { kind: "paragraph", text: say("plan.report.unchecked", { count: unchecked.length }) },
    { kind: "list", items },
    ...(left > 0 ? [{ kind: "paragraph", text: say("check.more", { count: left }) } as const] : []),
  ];
}
