import { hash } from "node:crypto";
import { charts, images } from "#catalogue/images.ts";
import { catalogueRelease } from "#catalogue/release.ts";
import type { Brief } from "#model/brief.ts";
import type { Verdict } from "#model/decision.ts";
import type { File, Plan, Section } from "#model/plan.ts";
import type { Setting } from "#model/rule.ts";
import type { Text } from "#model/text.ts";
import { decide } from "#steps/decide.ts";
import { layOut } from "#steps/lay-out.ts";
import { writeSections } from "#steps/sections.ts";
import { checkFiles, type Workshop } from "./workshop.ts";

export type MakeOptions = {
  revision?: number;
  /** Called when a step starts; the keys are those of `status.` in the locales. */
  onStep?: (step: "decide" | "advise" | "lay-out" | "guard" | "write", note?: string | number) => void;
  signal?: AbortSignal;
};

/** What our code makes of a brief before it is checked: the same brief gives the same, whatever language it is read in. */
export type Made = { verdict: Verdict; summary: Text; sections: readonly Section[]; files: readonly File[] };

/** Decides, lays out and writes; `amend` runs between deciding and laying out. */
export function make(
  brief: Brief,
  workshop: Workshop,
  {
    amend = (verdict) => verdict,
    onStep,
    signal,
  }: MakeOptions & { amend?: (verdict: Verdict) => Verdict } = {},
): Made {
  onStep?.("decide");
  const verdict = amend(decide(brief, factsForDecide(workshop)));
  signal?.throwIfAborted();
  onStep?.("lay-out");
  const files = brief.edition === "basic" ? [] : layOutFiles(brief, verdict, workshop);
  signal?.throwIfAborted();
  return { verdict, ...writeSections({ brief, verdict, files }), files };
}

/** Makes a plan from a complete brief: decided, laid out, guarded. Pure but for the callbacks; the same brief gives the same plan. */
export function makePlan(brief: Brief, workshop: Workshop, options: MakeOptions = {}): Plan {
  const made = make(brief, workshop, options);
  options.onStep?.("guard", made.files.length);
  return planOf(brief, made, { workshop, revision: options.revision ?? 1 });
}

/** Checks what was made and puts it into a plan. */
export function planOf(
  brief: Brief,
  { verdict, summary, sections, files }: Made,
  { workshop, revision }: { workshop: Workshop; revision: number },
): Plan {
  return {
    version: 1,
    id: planId(brief, revision),
    revision,
    brief,
    summary,
    decisions: verdict.decisions,
    denied: verdict.denied,
    risks: verdict.risks,
    budgets: verdict.budgets,
    sections: [...sections],
    files: [...files],
    report: checkFiles(files, workshop, settingOf(brief, verdict, workshop)),
    provenance: {
      model: "none",
      attempts: 0,
      inputTokens: 0,
      outputTokens: 0,
      costUsd: 0,
      repairs: [],
      catalogue: catalogueRelease.version,
      asOf: catalogueRelease.asOf,
    },
  };
}

/** What `decide` must know of distributions and engines, by id. */
export function factsForDecide({ distros, engines }: Workshop) {
  return { distros: byId(distros), engines: byId(engines) };
}

function layOutFiles(brief: Brief, verdict: Verdict, { distros, engines }: Workshop): File[] {
  const { distribution, gitops } = verdict.decisions;
  const distro = distros.find(({ id }) => id === distribution.choice);
  const engine = engines.find(({ id }) => id === gitops.choice);
  return layOut(
    { brief, decisions: verdict.decisions },
    { ...(distro && { distro }), ...(engine && { engine }), images, charts },
  );
}

const osMiB = 200; // planning figure of the design, §7

/** What the guard must know of the site: the weakest device type's memory, and what runs there besides pods. */
export function settingOf(
  brief: Brief,
  { decisions, budgets }: Verdict,
  { distros, engines }: Workshop,
): Setting {
  const { answers } = brief;
  const counted = (rows: { mib: number; counted: boolean }[] = []) =>
    rows.reduce((sum, row) => sum + (row.counted ? row.mib : 0), 0);
  const distro = distros.find(({ id }) => id === decisions.distribution.choice);
  const engine = engines.find(({ id }) => id === decisions.gitops.choice);
  return {
    role: "edge",
    ...(engine && { engine: engine.id }),
    memoryMiB: memoryOfPods(decisions, budgets),
    nodesPerSite: answers.nodesPerSite,
    storage: answers.storage,
    arch: [...new Set(answers.deviceTypes.map(({ arch }) => arch))],
    decisions,
    plannedMiB: osMiB + counted(distro?.budget(answers)) + counted(engine?.budget(answers)),
  };
}

/** Memory of the node that pods run on: the site's server where the devices are only its agents, else the weakest device. */
function memoryOfPods({ topology }: Verdict["decisions"], budgets: Verdict["budgets"]): number {
  const server =
    topology.choice === "site-server" ? budgets.find(({ node }) => node === "site-server") : undefined;
  return server?.memoryMiB ?? Math.min(...budgets.map(({ memoryMiB }) => memoryMiB));
}

function byId<T extends { id: string }>(items: readonly T[]): Record<T["id"], T> {
  return Object.fromEntries(items.map((item) => [item.id, item])) as Record<T["id"], T>;
}

/** Short, and the same for the same brief and revision. */
function planId(brief: Brief, revision: number): string {
  return `p${hash("sha256", JSON.stringify([brief.edition, brief.answers, revision])).slice(0, 12)}`;
}
