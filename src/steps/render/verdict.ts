import type { Block } from "#model/block.ts";
import type { Plan } from "#model/plan.ts";
import { reportWords } from "./report.ts";
import type { Speaker } from "./speaker.ts";

/** What comes of it in two lines: whether the files hold, and how many wishes could not be met. */
export function verdictBlocks(plan: Plan, { say }: Speaker): Block[] {
  const { denied, files, report } = plan;
  const blocks: Block[] = [];
  if (files.length > 0) {
    const isBlocked = report.findings.some(({ severity }) => severity === "block");
    const text = say("plan.verdict.checked", reportWords(report, say));
    blocks.push({ kind: "notice", tone: isBlocked ? "error" : "success", text });
  }
  if (denied.length > 0)
    blocks.push({
      kind: "notice",
      tone: "warning",
      text: say("plan.verdict.denied", { count: denied.length }),
    });
  return blocks;
}
