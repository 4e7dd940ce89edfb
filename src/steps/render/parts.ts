import type { Block } from "#model/block.ts";
import { type Budget, type DeniedWish, type Rejected, type Topic, topics } from "#model/decision.ts";
import type { Part, Plan } from "#model/plan.ts";
import { fileBlocks } from "./files.ts";
import { choiceWords, decisionWords, number, type Speaker, sourcesBlocks, sourceTitle } from "./speaker.ts";

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
