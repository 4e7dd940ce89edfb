import type { Block } from "#model/block.ts";
import type { Finding, Report } from "#model/plan.ts";
import { releasesIn } from "#model/release.ts";
import type { Speaker } from "./speaker.ts";

/** Blocking ones first, those of one rule together. */
function byRule(findings: readonly Finding[]): Finding[] {
  const key = ({ severity, rule }: Finding) => `${severity} ${rule}`;
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function isSameAdvice(before: Finding | undefined, { rule, fix }: Finding): boolean {
  return before?.rule === rule && before.fix.en === fix.en;
}

/** How much was checked, and how much was found. */
export function reportWords({ checked, findings }: Report, say: Speaker["say"]) {
  const blocking = findings.filter(({ severity }) => severity === "block").length;
  return {
    counts: say("plan.report.counts", { blocking, warnings: findings.length - blocking }),
    scope: say("plan.report.checked", {
      files: say("plan.report.files", { count: checked.files }),
      documents: say("plan.report.documents", { count: checked.documents }),
    }),
  };
}

/** What was checked against what, what nothing covers, and what was found. */
export function reportBlocks(report: Report, speaker: Speaker): Block[] {
  const { say, language } = speaker;
  const { unchecked, findings } = report;
  const versions = releasesIn(report.against, language);
  const { scope, counts } = reportWords(report, say);
  const blocks: Block[] = [{ kind: "heading", level: 2, text: say("plan.report.heading") }];
  const against = versions === "" ? "·" : say("plan.report.against", { versions });
  blocks.push({ kind: "paragraph", text: say("plan.report.line", { scope, against, counts }) });
  if (unchecked.length > 0) {
    blocks.push({ kind: "paragraph", text: say("plan.report.unchecked", { count: unchecked.length }) });
    blocks.push({
      kind: "list",
      items: unchecked.map(({ path, what, text }) =>
        say("plan.pair", { name: `\`${path}\``, text: text?.[language] ?? what }),
      ),
    });
  }
  if (findings.length > 0) {
    blocks.push({
      kind: "table",
      columns: ["rule", "severity", "where", "what", "fix"].map((column) => say(`finding.${column}`)),
      rows: byRule(findings).map((finding, at, all) => [
        finding.rule,
        say(`finding.${finding.severity}`),
        `${finding.path}:${finding.line}`,
        finding.message[language],
        // The same advice is given once for all it stands under.
        isSameAdvice(all[at - 1], finding) ? "" : finding.fix[language],
      ]),
    });
  }
  return blocks;
}
