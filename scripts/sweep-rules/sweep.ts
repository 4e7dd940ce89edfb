import { createHash } from "node:crypto";
import type { Rule, Setting } from "#model/rule.ts";
import { checkFiles, type Workshop } from "../../src/app/workshop.ts";
import { random } from "../sweep/briefs.ts";
import type { Fault } from "./fault.ts";
import { clusterFaults } from "./faults/cluster.ts";
import { exampleFaults } from "./faults/examples.ts";
import { fileFaults } from "./faults/files.ts";
import { fluxReferenceFaults } from "./faults/flux-references.ts";
import { gitopsFaults } from "./faults/gitops.ts";
import { imageFaults } from "./faults/images.ts";
import { podFaults } from "./faults/pods.ts";
import { pullFaults } from "./faults/pull.ts";
import { referenceFaults } from "./faults/references.ts";
import { rightFaults } from "./faults/rights.ts";
import { secretFaults } from "./faults/secrets.ts";
import { valueFaults } from "./faults/values.ts";
import { goodSetting, goodTree } from "./good-tree.ts";
import { type Writing, writings } from "./write.ts";

export const allFaults: readonly Fault[] = [
  ...imageFaults,
  ...podFaults,
  ...clusterFaults,
  ...rightFaults,
  ...referenceFaults,
  ...gitopsFaults,
  ...fluxReferenceFaults,
  ...pullFaults,
  ...secretFaults,
  ...fileFaults,
  ...valueFaults,
];

/** How one rule did: how many ways it was broken, how many were caught, and which were not. */
export type RuleScore = { rule: string; mutants: number; caught: number; noisy: string[]; missed: string[] };

type Mutant = { fault: Fault; writing: Writing };

/** Breaks every rule in up to `most` ways, drawn by the seed from all faults in all ways of writing. */
export function sweepRules(
  workshop: Workshop,
  { most, seed, rules = workshop.rules }: { most: number; seed: number; rules?: readonly Rule[] },
): RuleScore[] {
  const byRule = Map.groupBy(allFaults, ({ rule }) => rule);
  return rules.map((rule) => {
    const score: RuleScore = { rule: rule.id, mutants: 0, caught: 0, noisy: [], missed: [] };
    const drawn = shuffled(mutantsOf(byRule.get(rule.id) ?? exampleFaults(rule)), seed);
    for (const mutant of drawn) {
      if (score.mutants === most) break;
      judge(mutant, { workshop: { ...workshop, rules: [rule] }, score });
    }
    return score;
  });
}

/** A merge patch puts lists together by name, and so mends what was doubled in them. */
const isMended = ({ rule }: Fault, { name }: Writing) => rule === "POD-01" && name.startsWith("a strategic");

function writingsFor({ spoil, alone }: Fault): readonly Writing[] {
  if (spoil === undefined) return writings;
  return alone ? [writings[0]!] : [writings[0]!, writings[1]!, writings[3]!];
}

function mutantsOf(faults: readonly Fault[]): Mutant[] {
  return faults.flatMap((fault) =>
    writingsFor(fault)
      .filter((writing) => !isMended(fault, writing))
      .map((writing) => ({ fault, writing })),
  );
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const next = random(seed);
  const left = [...list];
  for (let i = left.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [left[i], left[j]] = [left[j]!, left[i]!];
  }
  return left;
}

function judge(
  { fault, writing }: Mutant,
  { workshop, score }: { workshop: Workshop; score: RuleScore },
): void {
  const before = goodTree();
  fault.prepare?.(before);
  const after = structuredClone(before);
  fault.break?.(after);
  // A patch needs something to change: the good tree has none, and is judged as it lies.
  const good = writing.write(before, before) ?? writings[0]!.write(before, before)!;
  const broken = fault.break === undefined ? good : writing.write(after, before);
  if (broken === undefined) return;
  const setting: Setting = { ...goodSetting, ...fault.setting };
  const what = `${fault.what} (${writing.name})`;
  if (isNoisy(good, workshop, setting)) {
    score.noisy.push(what);
    return;
  }
  score.mutants += 1;
  if (hits(fault.spoil?.(broken) ?? broken, workshop, setting)) score.caught += 1;
  else score.missed.push(what);
}

/** Most faults start from the same few trees; each is judged once a rule. */
const judged = new Map<string, boolean>();

function isNoisy(files: Record<string, string>, workshop: Workshop, setting: Setting): boolean {
  const text = JSON.stringify([workshop.rules[0]!.id, setting, files]);
  const key = createHash("sha256").update(text).digest("base64");
  const known = judged.get(key) ?? hits(files, workshop, setting);
  judged.set(key, known);
  return known;
}

function hits(files: Record<string, string>, workshop: Workshop, setting: Setting): boolean {
  const list = Object.entries(files).map(([path, content]) => ({ path, content }));
  const [rule] = workshop.rules as [Rule];
  return checkFiles(list, workshop, setting).findings.some((finding) => finding.rule === rule.id);
}
