import { beforeAll, describe, expect, test } from "vitest";
import { goodSetting, goodTree } from "../../scripts/sweep-rules/good-tree.ts";
import { sweepRules } from "../../scripts/sweep-rules/sweep.ts";
import { writings } from "../../scripts/sweep-rules/write.ts";
import { checkFiles, openWorkshop, type Workshop } from "../../src/app/workshop.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});

const listOf = (files: Record<string, string>) =>
  Object.entries(files).map(([path, content]) => ({ path, content }));

describe("a repository of good practice for one node", () => {
  test("has one replica of everything and no disruption budget", () => {
    const { docs } = goodTree();
    expect(docs.filter(({ spec }) => (spec?.replicas ?? 1) !== 1)).toEqual([]);
    expect(docs.filter(({ kind }) => kind === "PodDisruptionBudget")).toEqual([]);
    expect(goodSetting.nodesPerSite).toBe(1);
  });

  test.each(writings)("gives no finding, written as $name", ({ write }) => {
    const files = write(goodTree(), goodTree());
    if (files === undefined) return; // a patch needs something to change
    const { findings } = checkFiles(listOf(files), workshop, goodSetting);
    expect(findings.map(({ rule, path, line, message }) => `${rule} ${path}:${line} ${message.en}`)).toEqual(
      [],
    );
  });

  test("gives none on a hub either", () => {
    const files = writings[0]!.write(goodTree(), goodTree())!;
    expect(checkFiles(listOf(files), workshop, { ...goodSetting, role: "hub" }).findings).toEqual([]);
  });
});

describe("every policy rule, broken on purpose", () => {
  // The whole of it is `npm run sweep:rules`, at least twenty ways a rule; this is a sample.
  test("is caught, in another way of writing each", { timeout: 240_000 }, () => {
    const scores = sweepRules(workshop, { most: 1, seed: 7 });
    expect(scores.flatMap(({ rule, missed }) => missed.map((what) => `${rule}: ${what}`))).toEqual([]);
    expect(scores.flatMap(({ rule, noisy }) => noisy.map((what) => `${rule}: ${what}`))).toEqual([]);
    expect(scores.filter(({ mutants }) => mutants === 0)).toEqual([]);
  });
});
