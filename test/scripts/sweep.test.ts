import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { answersAt } from "../../scripts/sweep/briefs.ts";
import { sweep } from "../../scripts/sweep/sweep.ts";

const hasKubectl = (() => {
  try {
    execFileSync("kubectl", ["kustomize", "--help"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

test("draws different briefs, and the same ones for the same seed", () => {
  const briefs = Array.from({ length: 320 }, (_, index) => JSON.stringify(answersAt(index, 1)));
  expect(new Set(briefs).size).toBe(320);
  expect(JSON.stringify(answersAt(7, 1))).toBe(briefs[7]);
  expect(JSON.stringify(answersAt(7, 2))).not.toBe(briefs[7]);
});

// The whole sweep is `npm run sweep`; this is a sample of it.
test.skipIf(!hasKubectl)(
  "builds every set of a sample of briefs, with nothing blocking",
  { timeout: 120_000 },
  async () => {
    const { failures, repositories } = await sweep({ count: 10, seed: 42 });
    expect(failures).toEqual([]);
    expect(repositories).toBe(10);
  },
);
