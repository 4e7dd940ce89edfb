import { expect, test } from "vitest";
import type { Plan } from "#model/plan.ts";
import { decide } from "../../src/steps/decide.ts";
import { lookUps, lookUpsAtMost } from "../../src/steps/look-ups.ts";
import { briefOf, facts } from "./decide/briefs.ts";

const verdict = decide(briefOf({ sites: 500, memoryMiB: 2048, arch: "arm64" }), facts);
const plan = { ...verdict, files: [], sections: [] } as unknown as Plan;
const [lookUpPlan, searchCatalogue] = lookUps({
  plan,
  language: "de",
  search: (query) => (query.includes("Dqlite") ? [{ id: "C02", text: "…", sources: [] }] : []),
});

test("a topic of the plan comes with its reason, what was rejected, and sources, in one language", () => {
  const found = JSON.parse(lookUpPlan!.run({ topic: "gitops" }));
  expect(found).toMatchObject({ choice: "flux", reason: verdict.decisions.gitops.reason.de });
  expect(found.sources.length).toBeGreaterThan(0);
  expect(JSON.parse(lookUpPlan!.run({ topic: "memory" }))[0].rows.length).toBeGreaterThan(3);
});

test("what the catalogue does not know is said to be unknown", () => {
  expect(searchCatalogue!.run({ query: "quantum mesh" })).toContain("does not know");
  expect(JSON.parse(searchCatalogue!.run({ query: "Dqlite" })).facts).toHaveLength(1);
});

test("a wrong input is answered, not thrown, and eight look-ups are enough for one question", () => {
  expect(lookUpPlan!.run({ topic: "../../etc/passwd" })).toContain("error");
  expect(searchCatalogue!.run({ query: "" })).toContain("error");
  expect(lookUpsAtMost).toBe(8);
});
