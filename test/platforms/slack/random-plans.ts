import type { Block } from "#model/block.ts";
import type { Plan, Section } from "#model/plan.ts";
import { languages, type Text } from "#model/text.ts";
import { render } from "#steps/render.ts";
import { split } from "#steps/split.ts";
import { makePlan } from "../../../src/app/make-plan.ts";
import { createSpeech } from "../../../src/app/speech.ts";
import { openWorkshop } from "../../../src/app/workshop.ts";
import { completeBrief } from "../../../src/catalogue/placeholders.ts";
import { wordsOf } from "../../../src/platforms/slack/draw/words.ts";
import { arrange, draw } from "../../../src/platforms/slack/draw.ts";
import { problemsOfMessage } from "../../../src/platforms/slack/limits.ts";
import { checkBlocks } from "../../fakes/slack/limits.ts";
import { type Chance, chanceOf } from "../../fakes/storm/chance.ts";

export type PlanReport = { plans: number; messages: number; codeBlocks: number; problems: string[] };

const speech = createSpeech();
const FENCE = /```/g;

/**
 * Real plans with random words, lists, tables, files and findings in them, rendered and drawn as Slack messages. Each
 * message is judged by the fake's own rules, which share nothing with ours.
 */
export async function checkPlans(count: number, seed: number): Promise<PlanReport> {
  const chance = chanceOf(seed);
  const pool = await realPlans();
  const report: PlanReport = { plans: 0, messages: 0, codeBlocks: 0, problems: [] };
  for (let n = 0; n < count && report.problems.length < 40; n++) {
    const plan = randomPlan(pick(pool, chance), chance);
    const since = chance.below(4) === 0 ? randomPlan(pick(pool, chance), chance) : undefined;
    const language = pick(languages, chance);
    const part = since ? "diff" : chance.below(6) === 0 ? "document" : "whole";
    const say = speech(language);
    const blocks = render(plan, { say, language, part, ...(since && { since }) });
    report.plans++;
    for (const what of judge(blocks, report)) report.problems.push(`seed ${seed}, plan ${n + 1}: ${what}`);
  }
  return report;

  function judge(blocks: Block[], counts: PlanReport): string[] {
    const problems: string[] = [];
    const messages = arrange(blocks, split);
    counts.messages += messages.length;
    const say = speech("en");
    let read = "";
    for (const message of messages) {
      for (const style of ["full", "plain"] as const) {
        const drawn = draw(message, { say, style });
        if (drawn.blocks.length > 0) problems.push(...refusals(() => checkBlocks(drawn.blocks)));
        // Ours may be stricter than Slack, never laxer; the full form has to pass both.
        if (style === "full") problems.push(...problemsOfMessage(drawn).map((what) => `ours: ${what}`));
        const marked = JSON.stringify(drawn.blocks.filter(({ type }) => type === "markdown"));
        if ((marked.match(FENCE)?.length ?? 0) % 2 !== 0) problems.push(`an open fence, drawn ${style}`);
        if (style === "full") read += codeOf(message, drawn.blocks);
      }
      const words = message.map(wordsOf).join("\n");
      if ((words.match(FENCE)?.length ?? 0) % 2 !== 0) problems.push("an open fence, in words");
    }
    const code = blocks.filter((block) => block.kind === "code");
    counts.codeBlocks += code.length;
    const given = code.map(({ text }) => text || " ").join("");
    if (read !== given) problems.push(`${given.length} characters of code became ${read.length}, or others`);
    return problems;
  }
}

/** What is read of code in a message: what stands preformatted, and what became a file of its own. */
function codeOf(message: readonly Block[], drawn: unknown): string {
  const files = message.flatMap((block) => (block.kind === "file" ? [String(block.content)] : []));
  return files.join("") + preformatted(drawn);
}

function preformatted(value: unknown): string {
  if (Array.isArray(value)) return value.map(preformatted).join("");
  if (typeof value !== "object" || value === null) return "";
  const one = value as { type?: string; elements?: { text: string }[] };
  if (one.type === "rich_text_preformatted") return one.elements!.map(({ text }) => text).join("");
  return Object.values(value).map(preformatted).join("");
}

function refusals(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    const { message, extra } = error as Error & { extra?: object };
    return [`${message} ${JSON.stringify(extra ?? {}).slice(0, 300)}`];
  }
}

// --- plans -----------------------------------------------------------------------------------------------------------

async function realPlans(): Promise<Plan[]> {
  const workshop = await openWorkshop();
  const briefs = [
    { sites: 5000, memoryMiB: 2048, arch: "arm64", network: "intermittent", gitops: "argocd" },
    { sites: 80, memoryMiB: 16_384, arch: "amd64", nodesPerSite: 3, highAvailability: true, storage: "ssd" },
    { sites: 600, memoryMiB: 4096, arch: "amd64", distro: "microk8s", templating: "helm" },
    { sites: 1200, memoryMiB: 1024, arch: "arm64" },
    { sites: 40, memoryMiB: 512, arch: "armv7", network: "air-gapped" },
    { sites: 300, memoryMiB: 8192, arch: "amd64", distro: "k0s", regions: ["eu", "us", "ap"] },
  ] as const;
  return briefs.flatMap((answers) =>
    (["pro", "basic"] as const).map((edition) =>
      makePlan(
        completeBrief({ answers: { ...answers } as never, origins: {}, edition, language: "en" }),
        workshop,
      ),
    ),
  );
}

const pick = <T>(list: readonly T[], chance: Chance): T => list[chance.below(list.length)]!;
const some = <T>(most: number, chance: Chance, make: () => T): T[] =>
  Array.from({ length: chance.below(most + 1) }, make);

/** A short recommendation has no files. */
const somePath = ({ files }: Plan, chance: Chance): string =>
  files.length > 0 ? pick(files, chance).path : "absent.yaml";

/** Words a plan may hold, and marks that mean something to Slack, Markdown or nobody. */
const pieces = [
  ...[
    "edge",
    "Standort",
    "sitio",
    "集群",
    "节点的内存。",
    "ä",
    "😀",
    "👩‍🚀",
    "e\u0301",
    " ",
    ". ",
    "; ",
    "\n",
    "\n\n",
  ],
  ...[
    "&",
    "<",
    ">",
    "<@U1>",
    "<!channel>",
    "@here",
    "`a`",
    "``",
    "```",
    "**b**",
    "*",
    "_",
    "|",
    "# ",
    "- ",
    "1. ",
  ],
  ...[
    "https://evil.example/a_b",
    "[x](https://evil.example)",
    "\\",
    "---",
    ":smile:",
    "~~~\n",
    "> ",
    "\u202E",
  ],
];

function words(most: number, chance: Chance): string {
  const length = chance.below(3) === 0 ? chance.below(most) : chance.below(Math.ceil(most / 20));
  let text = "";
  while (text.length < length) text += pick(pieces, chance);
  return text;
}

function textOf(most: number, chance: Chance): Text {
  const one = words(most, chance);
  return { en: one, de: one, es: one, zh: one };
}

function sectionOf(plan: Plan, chance: Chance): Section {
  return {
    id: `random-${chance.below(1_000)}`,
    title: textOf(200, chance),
    sources: some(3, chance, () => ({
      title: words(80, chance) || "source",
      url: "https://docs.example/a?b=1&c",
    })),
    parts: some(5, chance, (): Section["parts"][number] => {
      switch (chance.below(4)) {
        case 0:
          return { kind: "paragraph", text: textOf(9_000, chance) };
        case 1:
          return { kind: "list", items: some(60, chance, () => textOf(600, chance)) };
        case 2: {
          const width = 1 + chance.below(12);
          const row = () => Array.from({ length: width }, () => textOf(400, chance));
          return { kind: "table", columns: row(), rows: some(140, chance, row) };
        }
        default:
          return { kind: "file", path: somePath(plan, chance) };
      }
    }),
  };
}

function randomPlan(plan: Plan, chance: Chance): Plan {
  const files = plan.files.map((file) =>
    chance.below(6) === 0 ? { ...file, content: words(20_000, chance) } : file,
  );
  const changed = { ...plan, files };
  return {
    ...changed,
    revision: plan.revision + chance.below(3),
    ...(chance.below(2) === 0 && { summary: textOf(4_000, chance) }),
    sections: [...plan.sections, ...some(4, chance, () => sectionOf(changed, chance))],
    denied: plan.denied.map((one) => (chance.below(4) === 0 ? { ...one, why: textOf(1_500, chance) } : one)),
    snippets: some(3, chance, () => ({
      name: `snippet-${chance.below(100)}.yaml`,
      title: textOf(100, chance),
      purpose: textOf(300, chance),
      content: words(16_000, chance),
    })),
    report: {
      ...plan.report,
      findings: [
        ...plan.report.findings,
        ...some(chance.below(5) === 0 ? 220 : 6, chance, () => ({
          rule: "IMG-01",
          severity: pick(["block", "warn"] as const, chance),
          path: somePath(changed, chance),
          line: 1 + chance.below(200),
          message: textOf(500, chance),
          fix: textOf(300, chance),
        })),
      ],
    },
  };
}
