import { valueWords } from "#catalogue/value-words.ts";
import type { Block } from "#model/block.ts";
import { placeholderNames } from "#model/brief.ts";
import type { Topic } from "#model/decision.ts";
import type { Plan } from "#model/plan.ts";
import { diffBlocks } from "./render/diff.ts";
import { repositoryBlocks } from "./render/files.ts";
import { toMarkdown } from "./render/markdown.ts";
import {
  actionBlocks,
  budgetBlocks,
  componentBlocks,
  deniedBlocks,
  headline,
  provenanceBlocks,
  rejectedWords,
  reviewBlocks,
  riskBlocks,
  sectionBlocks,
} from "./render/parts.ts";
import { reportBlocks } from "./render/report.ts";
import { snippetBlocks } from "./render/snippets.ts";
import { decisionWords, paragraph, type Speaker, sourcesBlocks } from "./render/speaker.ts";
import { verdictBlocks } from "./render/verdict.ts";

export { checkBlocks, isLong } from "./render/check.ts";
export { toMarkdown } from "./render/markdown.ts";

/** What a quick recommendation argues, in this order. */
const basicTopics: readonly Topic[] = ["distribution", "datastore", "gitops", "topology"];

/**
 * A plan as blocks in one language. `whole` is what the thread gets, `diff` what changed since an earlier revision,
 * `document` everything without buttons, to be passed on.
 */
export function render(
  plan: Plan,
  { say, language, part, since }: Speaker & { part: "whole" | "diff" | "document"; since?: Plan },
): Block[] {
  const speaker = { say, language };
  if (part === "diff" && since) return diffBlocks(plan, since, speaker);
  const blocks = plan.brief.edition === "basic" ? basicBlocks(plan, speaker) : proBlocks(plan, speaker);
  if (part !== "document") return [...blocks, ...actionBlocks(plan, speaker)];
  return plan.brief.edition === "basic" ? blocks : [...blocks, ...assumptionBlocks(plan, speaker)];
}

/** The plan as one Markdown file to pass on. */
export function renderDocument(plan: Plan, speaker: Speaker): Extract<Block, { kind: "file" }> {
  const content = toMarkdown(render(plan, { ...speaker, part: "document" }));
  return { kind: "file", name: `edge-fleet-plan-r${plan.revision}.md`, content, mime: "text/markdown" };
}

function proBlocks(plan: Plan, speaker: Speaker): Block[] {
  const title = speaker.say("plan.title", { revision: plan.revision });
  return [
    { kind: "heading", level: 1, text: `${title} · ${headline(plan, speaker)}` },
    paragraph(plan.summary, speaker),
    ...verdictBlocks(plan, speaker),
    ...deniedBlocks(plan.denied, speaker),
    ...riskBlocks(plan, speaker),
    ...componentBlocks(plan, speaker),
    ...plan.budgets.flatMap((budget) => budgetBlocks(budget, speaker)),
    ...sectionBlocks(plan, speaker),
    ...repositoryBlocks(plan, speaker),
    ...snippetBlocks(plan, speaker),
    ...reportBlocks(plan.report, speaker),
    ...reviewBlocks(speaker),
    ...provenanceBlocks(plan, speaker),
  ];
}

function reasonBlocks(plan: Plan, topic: Topic, speaker: Speaker): Block[] {
  const { say } = speaker;
  const { reason, rejected, sources } = plan.decisions[topic];
  const items = rejected.map((one) => rejectedWords(topic, one, speaker));
  const rejectedBlocks: Block[] = [
    { kind: "paragraph", text: say("plan.notChosen") },
    { kind: "list", items },
  ];
  const heading = say("plan.pair", {
    name: say(`topic.${topic}`),
    text: decisionWords(plan, topic, speaker),
  });
  return [
    { kind: "heading", level: 2, text: heading },
    paragraph(reason, speaker),
    ...(items.length > 0 ? rejectedBlocks : []),
    ...sourcesBlocks(sources, speaker),
  ];
}

/** What was taken for granted because nobody said otherwise. */
function assumptionBlocks(plan: Plan, speaker: Speaker): Block[] {
  const { say } = speaker;
  const { answers, origins } = plan.brief;
  const names = placeholderNames.filter(
    (name) => origins[name] === "default" && !(Array.isArray(answers[name]) && answers[name].length === 0),
  );
  if (names.length === 0) return [];
  const items = names.map((name) =>
    say("plan.pair", { name: say(`ask.${name}.label`), text: valueWords(name, answers[name], speaker) }),
  );
  return [
    { kind: "heading", level: 2, text: say("plan.assumptions.heading") },
    { kind: "paragraph", text: say("plan.assumptions.intro") },
    { kind: "list", items },
  ];
}

function basicBlocks(plan: Plan, speaker: Speaker): Block[] {
  const { say } = speaker;
  const title = say("plan.basicTitle", { revision: plan.revision });
  return [
    { kind: "heading", level: 1, text: `${title} · ${headline(plan, speaker)}` },
    paragraph(plan.summary, speaker),
    ...verdictBlocks(plan, speaker),
    ...deniedBlocks(plan.denied, speaker),
    ...basicTopics.flatMap((topic) => reasonBlocks(plan, topic, speaker)),
    ...sectionBlocks(plan, speaker),
    ...riskBlocks(plan, speaker),
    ...assumptionBlocks(plan, speaker),
    ...reviewBlocks(speaker),
    ...provenanceBlocks(plan, speaker),
  ];
}
