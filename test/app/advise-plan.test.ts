import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { completeBrief } from "#catalogue/placeholders.ts";
import type { Advice } from "#model/advice.ts";
import type { Brief } from "#model/brief.ts";
import type { Plan } from "#model/plan.ts";
import type { Language } from "#model/text.ts";
import { advisePlan } from "../../src/app/advise-plan.ts";
import { makePlan } from "../../src/app/make-plan.ts";
import { loadPrompt } from "../../src/app/prompts.ts";
import { openWorkshop, type Workshop } from "../../src/app/workshop.ts";
import { bundle } from "../../src/steps/bundle.ts";
import { type ModelServer, startModelServer } from "../fakes/model-server.ts";
import { apis } from "../fakes/models.ts";
import { fleets } from "../steps/advise/fleets.ts";
import { de } from "../steps/advise/golden/de.ts";
import { en } from "../steps/advise/golden/en.ts";
import { es } from "../steps/advise/golden/es.ts";
import { zh } from "../steps/advise/golden/zh.ts";

const golden: Record<Language, Record<keyof typeof fleets, Advice>> = { en, de, es, zh };
let server: ModelServer;
let workshop: Workshop;
beforeAll(async () => {
  [server, workshop] = await Promise.all([startModelServer(), openWorkshop()]);
});
afterAll(() => server.close());

function briefOf(fleet: keyof typeof fleets, language: Language): Brief {
  const answers = fleets[fleet];
  const origins = Object.fromEntries(Object.keys(answers).map((name) => [name, "chosen" as const]));
  return completeBrief({ answers, origins, edition: "pro", language });
}

async function advised(brief: Brief, api: (typeof apis)[number], ...answers: string[]): Promise<Plan> {
  const name = createHash("sha256")
    .update(api.name + JSON.stringify([brief, answers]))
    .digest("hex")
    .slice(0, 12);
  const { url } = server.scenario(name, ...answers.map((answer) => ({ answer })));
  return advisePlan(brief, workshop, {
    models: [await api.open(url)],
    prompt: await loadPrompt("pro", brief.language),
    signal: AbortSignal.timeout(60_000),
  });
}

const hashOf = (plan: Plan) => createHash("sha256").update(bundle(plan.files)).digest("hex");

test("the same advice through every provider's wire format gives the same repository, and its words stand in the plan", async () => {
  const brief = briefOf("trucks", "en");
  const plans = [];
  for (const api of apis) plans.push(await advised(brief, api, JSON.stringify(golden.en.trucks)));
  expect(new Set(plans.map(hashOf)).size).toBe(1);
  for (const plan of plans) {
    expect(plan.summary.en).toContain("K3s");
    expect(plan.provenance).toMatchObject({ attempts: 1, repairs: [] });
    expect(plan.provenance.inputTokens).toBeGreaterThan(0);
    expect(plan.report.findings.filter(({ severity }) => severity === "block")).toEqual([]);
  }
});

describe.each(["en", "de", "es", "zh"] as const)("golden answers in %s", (language) => {
  test.each(Object.keys(fleets) as (keyof typeof fleets)[])(
    "%s pass at the first try and leave the repository ours",
    async (fleet) => {
      const brief = briefOf(fleet, language);
      const plan = await advised(brief, apis[0]!, JSON.stringify(golden[language][fleet]));
      expect(plan.provenance.attempts).toBe(1);
      if (golden[language][fleet].overrides.length === 0)
        expect(hashOf(plan)).toBe(hashOf(makePlan(brief, workshop)));
    },
  );
});

test("an invention is sent back with its place, and the corrected answer is taken", async () => {
  const brief = briefOf("trucks", "en");
  const invented = {
    ...golden.en.trucks,
    summary: `${golden.en.trucks.summary} Start the server with --edge-turbo.`,
  };
  const plan = await advised(brief, apis[0]!, JSON.stringify(invented), JSON.stringify(golden.en.trucks));
  expect(plan.provenance.calls?.map(({ outcome, repair }) => [outcome, repair])).toEqual([
    ["guard", false],
    ["ok", true],
  ]);
  expect(JSON.stringify(plan)).not.toContain("--edge-turbo");
});

test("what survives two repairs is marked or left out, and said; the plan stands", async () => {
  const brief = briefOf("trucks", "en");
  const stubborn = {
    ...golden.en.trucks,
    summary: `${golden.en.trucks.summary} Start the server with --edge-turbo.`,
  };
  const plan = await advised(brief, apis[0]!, JSON.stringify(stubborn));
  expect(plan.provenance.attempts).toBe(3);
  expect(plan.provenance.repairs.length).toBeGreaterThan(0);
  const sentence = plan.summary.en.split(/(?<=\.) /).find((part) => part.includes("--edge-turbo"));
  if (sentence) expect(sentence).toContain("unverified");
});

test("a model that fails altogether leaves our plan, with a sentence that says why in every language", async () => {
  const brief = briefOf("trucks", "de");
  const { url } = server.scenario("broken", { status: 503 });
  const plan = await advisePlan(brief, workshop, {
    models: [await apis[0]!.open(url)],
    prompt: await loadPrompt("pro", "de"),
    signal: AbortSignal.timeout(60_000),
    deadlines: { totalMs: 3_000 },
  });
  expect(hashOf(plan)).toBe(hashOf(makePlan(brief, workshop)));
  expect(plan.provenance.repairs.map((repair) => new Set(Object.values(repair)).size)).toEqual([4]);
});
