import { valueWords } from "#catalogue/value-words.ts";
import type { Block } from "#model/block.ts";
import { placeholderNames } from "#model/brief.ts";
import { type Topic, topics } from "#model/decision.ts";
import type { File, Plan, Report } from "#model/plan.ts";
import { importantFiles } from "./files.ts";
import { compareLines, countChanges, unified } from "./lines.ts";
import { budgetBlocks, deniedBlocks, headline, provenanceBlocks, reviewBlocks } from "./parts.ts";
import { reportBlocks } from "./report.ts";
import { decisionWords, number, type Speaker, sourcesBlocks } from "./speaker.ts";

/** More files than this are shown by their paths alone; the zip has them whole. */
const filesInFull = 4;
/** Longest difference shown in the thread, in lines. */
const linesInFull = 120;

type FileChange = { path: string; before?: File; after?: File };

function fileChanges(since: Plan, plan: Plan): FileChange[] {
  const before = new Map(since.files.map((file) => [file.path, file]));
  const after = new Map(plan.files.map((file) => [file.path, file]));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .map((path): FileChange => {
      const [old, now] = [before.get(path), after.get(path)];
      return { path, ...(old ? { before: old } : {}), ...(now ? { after: now } : {}) };
    })
    .filter(({ before: old, after: now }) => old?.content !== now?.content);
}

function changedTopics(since: Plan, plan: Plan): Topic[] {
  const essence = (of: Plan, topic: Topic) =>
    JSON.stringify([of.decisions[topic].choice, of.decisions[topic].params]);
  return topics.filter((topic) => essence(since, topic) !== essence(plan, topic));
}

function answerBlocks(since: Plan, plan: Plan, speaker: Speaker): Block[] {
  const { say } = speaker;
  const names = placeholderNames.filter(
    (name) => JSON.stringify(since.brief.answers[name]) !== JSON.stringify(plan.brief.answers[name]),
  );
  // Device types that merely follow from memory and architecture would say the same thing twice.
  const told = names.filter((name) => name !== "deviceTypes" || plan.brief.origins[name] !== "default");
  if (told.length === 0) return [];
  const items = told.map((name) => {
    const [before, after] = [since, plan].map((of) => valueWords(name, of.brief.answers[name], speaker));
    return say("plan.pair", { name: say(`ask.${name}.label`), text: `${before} → **${after}**` });
  });
  return [{ kind: "list", items }];
}

/** The same choice with other parameters: those that differ, before and now. */
function paramWords(
  { since, plan }: { since: Plan; plan: Plan },
  topic: Topic,
  speaker: Speaker,
): [string, string] {
  const before = since.decisions[topic].params as Record<string, unknown>;
  const after = plan.decisions[topic].params as Record<string, unknown>;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differing = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const tell = (params: Record<string, unknown>) =>
    differing
      .map((name) => {
        const values = {
          name: speaker.say(`diff.param.${name}`),
          text: plainly(name, params[name], speaker),
        };
        return speaker.say("plan.pair", values);
      })
      .join("\n");
  return [tell(before), tell(after)];
}

function plainly(name: string, value: unknown, { say, language }: Speaker): string {
  if (typeof value === "boolean") return say(value ? "value.yes" : "value.no");
  if (typeof value === "number") return number(value, language) + (name.endsWith("Seconds") ? " s" : "");
  if (!Array.isArray(value)) return String(value ?? "–");
  return value.map((ring) => (ring as { sites?: number }).sites ?? JSON.stringify(ring)).join(" → ");
}

function decisionBlocks(
  changed: readonly Topic[],
  { since, plan }: { since: Plan; plan: Plan },
  speaker: Speaker,
): Block[] {
  if (changed.length === 0) return [];
  const { say, language } = speaker;
  return [
    { kind: "heading", level: 3, text: say("diff.decisions") },
    {
      kind: "table",
      columns: ["role", "before", "after", "why"].map((column) => say(`diff.${column}`)),
      rows: changed.map((topic) => {
        const [before, after] = [since, plan].map((of) => decisionWords(of, topic, speaker));
        const details = before === after ? paramWords({ since, plan }, topic, speaker) : undefined;
        const cells = details ?? [before!, after!];
        return [say(`topic.${topic}`), ...cells, plan.decisions[topic].reason[language]];
      }),
    },
    ...sourcesBlocks(
      changed.flatMap((topic) => plan.decisions[topic].sources),
      speaker,
    ),
  ];
}

function wishBlocks(since: Plan, plan: Plan, speaker: Speaker): Block[] {
  const { say, language } = speaker;
  const before = new Set(since.denied.map(({ id, wish }) => id + wish.en));
  const after = new Set(plan.denied.map(({ id, wish }) => id + wish.en));
  const fresh = plan.denied.filter(({ id, wish }) => !before.has(id + wish.en));
  const possible = since.denied.filter(({ id, wish }) => !after.has(id + wish.en));
  const blocks = deniedBlocks(fresh, speaker);
  if (possible.length > 0) {
    const wishes = possible.map(({ wish }) => wish[language]).join(" · ");
    blocks.push({ kind: "paragraph", text: say("diff.noLongerDenied", { wishes }) });
  }
  return blocks;
}

function pathLine({ path, before, after }: FileChange): string {
  if (!before) return `+ ${path}`;
  if (!after) return `- ${path}`;
  const { added, removed } = countChanges(compareLines(before.content, after.content));
  return `! ${path}  (+${added} -${removed})`;
}

function filesBlocks(changes: readonly FileChange[], plan: Plan, speaker: Speaker): Block[] {
  if (changes.length === 0) return [];
  const { say } = speaker;
  const blocks: Block[] = [
    { kind: "heading", level: 3, text: say("diff.files") },
    { kind: "code", language: "diff", text: changes.map(pathLine).join("\n") },
  ];
  const important = new Set(importantFiles(plan).map(({ path }) => path));
  const both = changes.filter(({ before, after }) => before && after);
  const ordered = [...both].sort((a, b) => Number(important.has(b.path)) - Number(important.has(a.path)));
  let lines = 0;
  let shown = 0;
  for (const { path, before, after } of ordered) {
    if (shown === filesInFull) break;
    const text = unified(before!.content, after!.content);
    const length = text.split("\n").length;
    if (lines + length > linesInFull) continue;
    lines += length;
    shown++;
    blocks.push({ kind: "code", language: "diff", title: path, text });
  }
  if (shown < changes.length) blocks.push({ kind: "paragraph", text: say("diff.restInZip") });
  return blocks;
}

/** The report with what is new in it: warnings and unchecked files of the revision before were told with it. */
function freshReport(plan: Plan, since: Plan): Report {
  const { findings, unchecked } = since.report;
  const told = new Set([
    ...findings.map(({ rule, path }) => `${rule} ${path}`),
    ...unchecked.map(({ path }) => path),
  ]);
  return {
    ...plan.report,
    findings: plan.report.findings.filter(
      ({ severity, rule, path }) => severity === "block" || !told.has(`${rule} ${path}`),
    ),
    unchecked: plan.report.unchecked.filter(({ path }) => !told.has(path)),
  };
}

/** What a revision changes since an earlier one, and the choice between the two. */
export function diffBlocks(plan: Plan, since: Plan, speaker: Speaker): Block[] {
  const { say } = speaker;
  const changed = changedTopics(since, plan);
  const files = fileChanges(since, plan);
  const isMemoryChanged = JSON.stringify(since.budgets) !== JSON.stringify(plan.budgets);
  const revisions = { revision: plan.revision, since: since.revision };
  const isSame = changed.length === 0 && files.length === 0;
  const counts = say(isSame ? "diff.same" : "diff.counts", {
    revision: plan.revision,
    decisions: say("diff.countDecisions", { count: changed.length }),
    files: say("diff.countFiles", { count: files.length }),
  });
  return [
    { kind: "heading", level: 1, text: `${say("diff.heading", revisions)} · ${headline(plan, speaker)}` },
    { kind: "paragraph", text: counts },
    ...answerBlocks(since, plan, speaker),
    ...wishBlocks(since, plan, speaker),
    ...decisionBlocks(changed, { since, plan }, speaker),
    ...(isMemoryChanged ? plan.budgets.flatMap((budget) => budgetBlocks(budget, speaker)) : []),
    ...filesBlocks(files, plan, speaker),
    ...(isSame ? [] : reportBlocks(freshReport(plan, since), speaker)),
    ...(isSame ? [] : reviewBlocks(speaker)),
    ...provenanceBlocks(plan, speaker),
    {
      kind: "actions",
      id: `diff:${plan.revision}`,
      buttons: [
        {
          action: "keep",
          value: String(plan.revision),
          label: say("button.keep", { revision: plan.revision }),
          style: "primary",
        },
        {
          action: "revert",
          value: String(since.revision),
          label: say("button.revert", { revision: since.revision }),
        },
        { action: "plan", label: say("button.plan") },
        ...(plan.brief.edition === "basic" ? [] : [{ action: "zip", label: say("button.zip") }]),
      ],
    },
  ];
}
