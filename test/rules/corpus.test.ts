import { describe, expect, test } from "vitest";
import { checkCorpus, hasCorpus } from "../../scripts/sweep-rules/corpus.ts";
import { openWorkshop } from "../../src/app/workshop.ts";
import verdicts from "./verdicts.json" with { type: "json" };

/** What reading a sample of the hits over real repositories by hand gave; their text is not kept. */
type Judged = { rule: string; repo: string; path: string };
const keyOf = ({ rule, repo, path }: Judged) => `${rule} ${repo} ${path}`;

test("of the hits that were read, at most one in fifty was wrong", () => {
  const read = Object.values(verdicts.read).reduce((total, count) => total + count, 0);
  expect(read).toBeGreaterThan(500);
  expect(verdicts.wrong.length / read).toBeLessThan(0.02);
});

// Skipped with its name where ../shared/corpus is absent.
describe.skipIf(!hasCorpus)("over the corpus", () => {
  test("what cried wolf once stays silent", async () => {
    const workshop = await openWorkshop();
    const said = new Set(
      checkCorpus(workshop).map(({ repo, finding }) =>
        keyOf({ rule: finding.rule, repo, path: finding.path }),
      ),
    );
    expect(verdicts.mended.map(keyOf).filter((key) => said.has(key))).toEqual([]);
    expect(said.size).toBeGreaterThan(300);
  });
});
