import type { Block } from "#model/block.ts";
import { type Budget, type DeniedWish, type Rejected, type Topic, topics } from "#model/decision.ts";
import type { File, Finding, Part, Plan, Report } from "#model/plan.ts";
import { releasesIn } from "#model/release.ts";
import { choiceWords, decisionWords, number, type Speaker, sourcesBlocks, sourceTitle } from "./speaker.ts";
import { toTree } from "./tree.ts";

const LANGUAGE_OF = /\.(ya?ml|json|toml|sh|md|conf|service|timer)$/;
const NODE_CONFIG = /(etc\/rancher\/k3s\/config\.yaml|etc\/k0s\/k0s\.yaml|\.microk8s\.yaml)$/;
const SYNC = /^kind: (OCIRepository|GitRepository|Application|ApplicationSet)$/m;
const NETWORK_POLICY = /^kind: NetworkPolicy$/m;
const SET = /^sets\/[^/]+\/kustomization\.yaml$/;
const AGENT = /(^|\/)agent\//;
const APP_POLICY = /^policies\/network\/edge-apps\.yaml$/;
/** A topic whose choice is "none" says nothing in a comparison, but for these. */
const saidEvenWhenNone: readonly string[] = ["distribution", "datastore", "gitops", "encryption"];

/** `5,000 × K3s · one node each · Flux · SQLite`. */
export function headline(plan: Plan, speaker: Speaker): string {
  const { say, language } = speaker;
  const { sites, nodesPerSite } = plan.brief.answers;
  const { distribution, gitops, datastore } = plan.decisions;
  const engine =
    gitops.choice === "none"
      ? say("plan.noEngine")
      : say("plan.pullOnly", { engine: choiceWords("gitops", gitops.choice, speaker) });
  const store = datastore.choice === "none" ? "" : choiceWords("datastore", datastore.choice, speaker);
  const fleet =
    distribution.choice === "none"
      ? say("plan.noKubernetes", { sites })
      : `${number(sites, language)} × ${choiceWords("distribution", distribution.choice, speaker)}`;
  return [fleet, say("plan.nodes", { count: nodesPerSite }), engine, store]
    .filter((piece) => piece !== "")
    .join(" · ");
}

/** What was asked for and cannot be, with what can; nothing where all was possible. */
export function deniedBlocks(denied: readonly DeniedWish[], speaker: Speaker): Block[] {
  if (denied.length === 0) return [];
  const { say, language } = speaker;
  return [
    { kind: "heading", level: 2, text: say("plan.denied.heading") },
    {
      kind: "table",
      columns: ["wish", "why", "instead", "source"].map((column) => say(`plan.denied.${column}`)),
      rows: denied.map(({ wish, why, instead, source }) => [
        wish[language],
        why[language],
        instead[language],
        sourceTitle(source, say),
      ]),
    },
    ...sourcesBlocks(
      denied.map(({ source }) => source).filter((source) => source.url !== undefined),
      speaker,
    ),
  ];
}

/** What stays open after everything decided. */
export function riskBlocks(plan: Plan, speaker: Speaker): Block[] {
  if (plan.risks.length === 0) return [];
  const { say, language } = speaker;
  return [
    { kind: "heading", level: 2, text: say("plan.risks.heading") },
    {
      kind: "list",
      items: plan.risks.map(({ risk, measure }) => `**${risk[language]}** ${measure[language]}`),
    },
    ...sourcesBlocks(
      plan.risks.map(({ source }) => source),
      speaker,
    ),
  ];
}

/** Rows of the budget that are a topic's own, by their English names; the other choices take no memory worth a row. */
const budgetRowOf: Partial<Record<Topic, RegExp>> = {
  distribution:
    /^(k3s|k0s|microk8s|coredns|calico|kube-router|konnectivity|local-path|hostpath|metrics-server|container runtime)/i,
  os: /^operating system/i,
  gitops: /^(flux|argo)/i,
  secrets: /^(sealed secrets|external secrets)/i,
  registry: /^(spegel|registry of the site)/i,
  wasm: /^webassembly/i,
  upgrades: /^(kairos operator|system-upgrade-controller)/i,
  observability: /^metrics agent/i,
};

/** What a component takes of the memory of the node that carries most, where the budget has rows of it. */
function memoryOf(plan: Plan, topic: Topic, speaker: Speaker): string {
  const pattern = budgetRowOf[topic];
  const own = ({ rows }: Budget) => rows.filter((row) => row.counted && pattern?.test(row.component.en));
  // A site server carries what its small devices do not.
  const [rows = []] = plan.budgets.map(own).sort((a, b) => b.length - a.length);
  if (rows.length === 0) return "–";
  const sum = rows.reduce((total, { mib }) => total + mib, 0);
  return `${number(sum, speaker.language)} MiB`;
}

/** What was not taken, and why. */
export function rejectedWords(topic: Topic, { choice, why }: Rejected, speaker: Speaker): string {
  const { say, language } = speaker;
  return say("plan.pair", { name: choiceWords(topic, choice, speaker), text: why[language] });
}

/** Topics that say something in this plan; a fleet of images alone holds nothing that is templated. */
export function spokenTopics(plan: Plan): Topic[] {
  return topics.filter((topic) => {
    if (topic === "templating" && plan.decisions.topology.choice === "image") return false;
    return plan.decisions[topic].choice !== "none" || saidEvenWhenNone.includes(topic);
  });
}

/** The comparison of components: what, why, against what, what it costs in memory. */
export function componentBlocks(plan: Plan, speaker: Speaker): Block[] {
  const { say, language } = speaker;
  const spoken = spokenTopics(plan);
  const rows = spoken.map((topic) => {
    const { reason, rejected } = plan.decisions[topic];
    return [
      say(`topic.${topic}`),
      decisionWords(plan, topic, speaker),
      reason[language],
      rejected.map((one) => rejectedWords(topic, one, speaker)).join("\n") || "–",
      memoryOf(plan, topic, speaker),
    ];
  });
  return [
    { kind: "heading", level: 2, text: say("plan.components.heading") },
    {
      kind: "table",
      columns: ["role", "choice", "why", "rejected", "memory"].map((column) =>
        say(`plan.components.${column}`),
      ),
      rows,
      align: ["left", "left", "left", "left", "right"],
    },
    ...sourcesBlocks(
      spoken.flatMap((topic) => plan.decisions[topic].sources),
      speaker,
    ),
  ];
}

/** One node's memory as a table that adds up; what is only known as an upper bound stands below the sum. */
export function budgetBlocks(budget: Budget, speaker: Speaker): Block[] {
  const { say, language } = speaker;
  const counted = budget.rows.filter((row) => row.counted);
  const beside = budget.rows.filter((row) => !row.counted);
  const sum = counted.reduce((total, row) => total + row.mib, 0) + budget.reserveMiB;
  const toRow = (row: Budget["rows"][number], mark: string) => [
    row.note
      ? say("plan.pair", { name: row.component[language], text: row.note[language] })
      : row.component[language],
    mark + number(row.mib, language),
    row.counted ? say(`basis.${row.basis}`) : say("plan.budget.upperBound"),
    sourceTitle(row.source, say),
  ];
  const own = (key: string, mib: number) => [
    say(`plan.budget.${key}`),
    number(mib, language),
    say("basis.computed"),
    "–",
  ];
  const rows = [
    ...counted.map((row) => toRow(row, "")),
    own("reserve", budget.reserveMiB),
    own("workload", Math.max(0, budget.memoryMiB - sum)),
    [`**${say("plan.budget.total")}**`, `**${number(Math.max(sum, budget.memoryMiB), language)}**`, "", ""],
    ...beside.map((row) => toRow(row, "≤ ")),
  ];
  const blocks: Block[] = [
    {
      kind: "heading",
      level: 2,
      text: say("plan.budget.heading", { node: budget.node, mib: budget.memoryMiB }),
    },
    {
      kind: "table",
      columns: ["component", "mib", "basis", "source"].map((column) => say(`plan.budget.${column}`)),
      rows,
      align: ["left", "right", "left", "left"],
    },
  ];
  if (!budget.fits) {
    const over = Math.max(0, sum - budget.memoryMiB);
    blocks.push({ kind: "notice", tone: "warning", text: say("plan.budget.over", { mib: over }) });
  }
  return [
    ...blocks,
    ...sourcesBlocks(
      budget.rows.map(({ source }) => source).filter(({ url }) => url !== undefined),
      speaker,
    ),
  ];
}

/** A file as a code block under its path, with the checks it passed. */
export function fileBlocks(file: File, plan: Plan, { say, language }: Speaker): Block[] {
  const { report } = plan;
  const unchecked = report.unchecked.filter(({ path }) => path === file.path);
  const found = report.findings.filter(({ path }) => path === file.path);
  const isBlocked = found.some(({ severity }) => severity === "block");
  const passed = report.checks.map((check) => `${say(`check.${check}`)} ✓`).join(" · ");
  const status = isBlocked
    ? say("plan.file.blocked")
    : unchecked.length > 0
      ? say("plan.file.unchecked")
      : passed;
  const notes = [status, ...found.map(({ rule, message }) => `${rule}: ${message[language]}`)].filter(
    Boolean,
  );
  return [
    {
      kind: "code",
      language: LANGUAGE_OF.exec(file.path)?.[1]?.replace("yml", "yaml") ?? "",
      title: file.path,
      text: file.content,
    },
    ...(notes.length > 0 ? [{ kind: "paragraph", text: `*${notes.join(" · ")}*` } as const] : []),
  ];
}

function partBlocks(part: Part, plan: Plan, speaker: Speaker): Block[] {
  const { language } = speaker;
  switch (part.kind) {
    case "paragraph":
      return [{ kind: "paragraph", text: part.text[language] }];
    case "list":
      return [{ kind: "list", items: part.items.map((item) => item[language]) }];
    case "table":
      return [
        {
          kind: "table",
          columns: part.columns.map((column) => column[language]),
          rows: part.rows.map((cells) => cells.map((cell) => cell[language])),
        },
      ];
    case "file": {
      const file = plan.files.find(({ path }) => path === part.path);
      return file ? fileBlocks(file, plan, speaker) : [];
    }
  }
}

/** The plan's sections, each with its sources. */
export function sectionBlocks(plan: Plan, speaker: Speaker): Block[] {
  return plan.sections.flatMap((section) => [
    { kind: "heading", level: 2, text: section.title[speaker.language] } as const,
    ...section.parts.flatMap((part) => partBlocks(part, plan, speaker)),
    ...sourcesBlocks(section.sources, speaker),
  ]);
}

/** What one wants to see before opening the zip, the better example of each kind first. */
const important: readonly ((file: File) => boolean)[][] = [
  [({ path }) => NODE_CONFIG.test(path) && !AGENT.test(path), ({ path }) => NODE_CONFIG.test(path)],
  [({ content }) => SYNC.test(content)],
  [({ path }) => APP_POLICY.test(path), ({ content }) => NETWORK_POLICY.test(content)],
  [({ path }) => SET.test(path)],
];

/** The four files that matter: node configuration, synchronisation, network policy, one set; those shown already left out. */
export function importantFiles(plan: Plan, shown: ReadonlySet<string> = new Set()): File[] {
  const found = important.map((tests) => {
    if (plan.files.some((file) => shown.has(file.path) && tests.some((test) => test(file)))) return undefined;
    return tests.map((test) => plan.files.find(test)).find((file) => file !== undefined);
  });
  return [...new Set(found.filter((file) => file !== undefined))];
}

/** The tree, then the files that matter and were not shown in a section already. */
export function repositoryBlocks(plan: Plan, speaker: Speaker): Block[] {
  if (plan.files.length === 0) return [];
  const { say } = speaker;
  const more = (count: number) => say("plan.repository.more", { count });
  const shown = new Set(
    plan.sections.flatMap(({ parts }) => parts.map((part) => (part.kind === "file" ? part.path : ""))),
  );
  const files = importantFiles(plan, shown);
  return [
    { kind: "heading", level: 2, text: say("plan.repository.heading", { count: plan.files.length }) },
    {
      kind: "code",
      language: "",
      text: toTree(
        plan.files.map(({ path }) => path),
        more,
      ),
    },
    ...files.flatMap((file) => fileBlocks(file, plan, speaker)),
  ];
}

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

/** Says that a person has the last look. */
export function reviewBlocks({ say }: Speaker): Block[] {
  return [{ kind: "notice", tone: "info", text: say("plan.review") }];
}

/** Small print: who wrote, what it cost, what was mended, and the state of the catalogue. */
export function provenanceBlocks(plan: Plan, speaker: Speaker): Block[] {
  const { say, language } = speaker;
  const { model, inputTokens, outputTokens, costUsd, repairs, catalogue, asOf } = plan.provenance;
  const facts = say("plan.provenance.catalogue", { catalogue, asOf });
  const isRules = model === "" || model === "none";
  const cost =
    costUsd === null
      ? say("plan.provenance.costUnknown")
      : new Intl.NumberFormat(language, {
          style: "currency",
          currency: "USD",
          maximumFractionDigits: 4,
        }).format(costUsd);
  const told = isRules
    ? [say("plan.provenance.rulesOnly"), facts]
    : [
        model,
        say("plan.provenance.tokens", { count: inputTokens + outputTokens }),
        cost,
        say("plan.provenance.repairs", { count: repairs.length }),
        facts,
      ];
  const blocks: Block[] = [{ kind: "paragraph", text: `*${told.join(" · ")}*` }];
  if (repairs.length > 0) blocks.push({ kind: "list", items: repairs.map((repair) => repair[language]) });
  return blocks;
}

/** The buttons under a plan; a basic one has no repository, but can become a whole plan. */
export function actionBlocks(plan: Plan, { say }: Speaker): Block[] {
  const button = (action: string, value?: string) => ({
    action,
    label: say(`button.${value && action === "edition" ? `edition.${value}` : action}`),
    ...(value ? { value } : {}),
  });
  const isBasic = plan.brief.edition === "basic";
  const first = isBasic ? [button("edition", "pro")] : [button("zip")];
  const buttons = [...first, button("document"), button("change"), button("edit"), button("prompt")];
  buttons.push(
    { action: "feedback", value: "up", label: "👍" },
    { action: "feedback", value: "down", label: "👎" },
  );
  return [{ kind: "actions", id: `plan:${plan.revision}`, buttons }];
}
