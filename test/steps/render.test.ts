import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { completeBrief } from "#catalogue/placeholders.ts";
import type { Block } from "#model/block.ts";
import type { Answers } from "#model/brief.ts";
import type { Plan } from "#model/plan.ts";
import { languages } from "#model/text.ts";
import { makePlan } from "../../src/app/make-plan.ts";
import { createSpeech } from "../../src/app/speech.ts";
import { openWorkshop, type Workshop } from "../../src/app/workshop.ts";
import { compareLines, unified } from "../../src/steps/render/lines.ts";
import { toTree } from "../../src/steps/render/tree.ts";
import { render, renderDocument, toMarkdown } from "../../src/steps/render.ts";
import { split } from "../../src/steps/split.ts";

const speech = createSpeech();
const trucks: Answers = {
  sites: 5000,
  memoryMiB: 2048,
  arch: "arm64",
  network: "intermittent",
  gitops: "argocd",
  storage: "emmc",
  exposure: "exposed",
  industry: "logistics",
};

let workshop: Workshop;
let plan: Plan;
let smaller: Plan;
beforeAll(async () => {
  workshop = await openWorkshop();
  const make = (answers: Answers, revision: number) =>
    makePlan(completeBrief({ answers, edition: "pro", language: "en" }), workshop, { revision });
  plan = make(trucks, 1);
  smaller = make({ ...trucks, memoryMiB: 1024 }, 2);
});

const headings = (blocks: Block[]) =>
  blocks.flatMap((block) => (block.kind === "heading" ? [block.text] : []));
const tables = (blocks: Block[]) => blocks.flatMap((block) => (block.kind === "table" ? [block] : []));
const PLACE = /\{\w+\}/;

describe.each(languages)("in %s", (language) => {
  const speaker = { say: speech(language), language };
  // Code holds `${…}` and `{}` of its own; everything else has to be words.
  const prose = (blocks: Block[]) =>
    JSON.stringify(blocks.filter(({ kind }) => kind !== "code" && kind !== "file"));

  test("a whole plan has every part, and no key or empty place shows", () => {
    const blocks = render(plan, { ...speaker, part: "whole" });
    expect(prose(blocks)).not.toMatch(/"(plan|topic|choice|basis|check|button|finding|diff|ask)\.[a-z]/i);
    expect(prose(blocks)).not.toMatch(/\{(revision|count|mib|node|name|files|engine)\}/);
    expect(prose(blocks)).not.toContain("undefined");
    expect(blocks.at(-1)?.kind).toBe("actions");
    for (const table of tables(blocks))
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });

  test("a difference says what changed and offers both revisions", () => {
    const blocks = render(smaller, { ...speaker, part: "diff", since: plan });
    expect(prose(blocks)).not.toMatch(PLACE);
    const last = blocks.at(-1);
    expect(last?.kind === "actions" && last.buttons.slice(0, 2)).toMatchObject([
      { action: "keep", value: "2" },
      { action: "revert", value: "1" },
    ]);
  });

  test("a quick recommendation has assumptions and no repository", () => {
    const brief = completeBrief({ answers: { sites: 500, memoryMiB: 4096 }, edition: "basic", language });
    const blocks = render(makePlan(brief, workshop), { ...speaker, part: "whole" });
    expect(headings(blocks)).toContain(speaker.say("plan.assumptions.heading"));
    expect(blocks.some(({ kind }) => kind === "code")).toBe(false);
  });
});

const english = { say: speech("en"), language: "en" } as const;

test("the memory table adds up to the memory of the node", () => {
  const blocks = render(plan, { ...english, part: "whole" });
  const table = tables(blocks).find(({ columns }) => columns.includes("MiB"))!;
  const figures = table.rows.map((row) => row[1]!);
  const total = figures.findIndex((figure) => figure.startsWith("**"));
  const value = (figure: string) => Number(figure.replace(/[*,]/g, ""));
  const sum = figures.slice(0, total).reduce((all, figure) => all + value(figure), 0);
  expect(sum).toBe(plan.budgets[0]!.memoryMiB);
  expect(value(figures[total]!)).toBe(sum);
  for (const figure of figures.slice(total + 1)) expect(figure).toMatch(/^≤ /);
});

test("what was asked for and cannot be stands before everything decided", () => {
  const order = headings(render(plan, { ...english, part: "whole" }));
  expect(order.indexOf("Not as you asked")).toBe(1);
  expect(order.indexOf("Components")).toBeGreaterThan(1);
  expect(order.indexOf("Checked")).toBe(order.length - 1);
});

test("every file is shown once, with the content it has in the repository", () => {
  const blocks = render(plan, { ...english, part: "whole" });
  const shown = blocks.flatMap((block) => (block.kind === "code" && block.title ? [block] : []));
  const titles = shown.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.some((title) => title!.endsWith("etc/rancher/k3s/config.yaml"))).toBe(true);
  for (const { title, text } of shown)
    expect(plan.files.find(({ path }) => path === title)?.content).toBe(text);
});

test("a plan posted in small messages is still whole", () => {
  const limits = {
    blockText: 1900,
    messageText: 1900,
    blocksPerMessage: 20,
    tableRows: 40,
    tableColumns: 5,
    tableCharacters: 1900,
    options: 25,
    buttons: 5,
    files: true,
    fileBytes: 8_000_000,
  };
  const blocks = render(plan, { ...english, part: "whole" });
  const code = (all: Block[]) => all.flatMap((block) => (block.kind === "code" ? [block.text] : [])).join("");
  expect(code(split(blocks, limits).flat())).toBe(code(blocks));
});

describe("Markdown", () => {
  test("is one document: fences closed, tables whole, no buttons", () => {
    const { name, content } = renderDocument(plan, english);
    expect(name).toBe("edge-fleet-plan-r1.md");
    const lines = String(content).split("\n");
    let fence = "";
    for (const line of lines) {
      const mark = /^`{3,}/.exec(line)?.[0];
      if (!mark) continue;
      if (fence === "") fence = mark;
      else if (mark.length >= fence.length && line === mark) fence = "";
    }
    expect(fence).toBe("");
    expect(content).toContain("| --- |");
    expect(content).not.toContain("👍");
  });

  test("escapes pipes in tables and outgrows fences inside code", () => {
    const text = toMarkdown([
      { kind: "table", columns: ["a|b"], rows: [["c|d\ne"]] },
      { kind: "code", language: "md", text: "```yaml\na: b\n```" },
    ]);
    expect(text).toBe("| a\\|b |\n| --- |\n| c\\|d<br>e |\n\n````md\n```yaml\na: b\n```\n````\n");
  });
});

describe("line differences", () => {
  const lines = fc
    .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 25 })
    .map((all) => all.map((l) => `${l}\n`).join(""));

  test("hold both texts, and nothing else", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const compared = compareLines(before, after);
        const side = (mark: string) =>
          compared
            .filter((l) => l.mark !== mark)
            .map((l) => `${l.text}\n`)
            .join("");
        expect(side("+")).toBe(before);
        expect(side("-")).toBe(after);
      }),
    );
  });

  test("are empty for equal texts, and short for one changed line", () => {
    expect(unified("a\nb\n", "a\nb\n")).toBe("");
    const before = Array.from({ length: 40 }, (_, at) => `line ${at}`).join("\n");
    expect(unified(before, before.replace("line 20", "LINE 20"))).toBe(
      [
        "@@ -18,7 +18,7 @@",
        " line 17",
        " line 18",
        " line 19",
        "-line 20",
        "+LINE 20",
        " line 21",
        " line 22",
        " line 23",
      ].join("\n"),
    );
  });

  test("write ranges as diff does where lines are only added", () => {
    expect(unified("", "a\nb\n")).toBe("@@ -0,0 +1,2 @@\n+a\n+b");
    expect(unified("a\n", "a\nb\n")).toBe("@@ -1,1 +1,2 @@\n a\n+b");
  });
});

test("of many folders laid out alike the first two stand for all", () => {
  const paths = [
    "base/app.yaml",
    ...["a", "b", "c", "d", "e"].map((set) => `sets/${set}/kustomization.yaml`),
  ];
  expect(toTree(paths, (count) => `… ${count} more`)).toBe(
    [
      "├─ base/",
      "│  └─ app.yaml",
      "└─ sets/",
      "   ├─ a/",
      "   │  └─ kustomization.yaml",
      "   ├─ b/",
      "   │  └─ kustomization.yaml",
      "   └─ … 3 more",
    ].join("\n"),
  );
});
