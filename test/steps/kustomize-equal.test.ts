import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseTree } from "../../src/steps/guard/parse.ts";
import { compare } from "./kustomize/compare.ts";
import { hasCorpus, publicTrees } from "./kustomize/corpus.ts";
import { realVersion, writeTree } from "./kustomize/real.ts";
import { target, trees } from "./kustomize/trees.ts";

const version = realVersion();
if (version === undefined)
  console.log("kustomize: kubectl is not on PATH, the renderer is not compared with it");
if (!hasCorpus) console.log("kustomize: no corpus (EDGEWRIGHT_CORPUS), public trees are not compared");

let root = "";
let count = 0;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "edgewright-kustomize-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

// A sample; `npm run sweep:kustomize` goes through a thousand trees and the whole corpus.
describe.runIf(version !== undefined)("against kubectl kustomize", { timeout: 120_000 }, () => {
  test("a generated tree gets the same verdict and renders to the same documents in the same order", async () => {
    const seen = { equal: 0, "both-refuse": 0, outside: 0, stricter: 0 };
    await fc.assert(
      fc.asyncProperty(trees, async (files) => {
        const dir = join(root, String(count++));
        writeTree(dir, files);
        const found = await compare(dir, files, target);
        if (found.kind === "wrong") expect.fail(found.what);
        else seen[found.kind]++;
      }),
      { numRuns: 50 },
    );
    expect(seen.equal).toBeGreaterThan(seen["both-refuse"] / 2);
    expect(seen.outside).toBeLessThan(seen.equal / 3);
  });

  test.runIf(hasCorpus)("the self-contained kustomizations of public repositories do, too", async () => {
    let equal = 0;
    for (const [repo, files] of publicTrees()) {
      const dir = join(root, String(count++));
      writeTree(dir, files);
      // Every third: the sweep takes all of them.
      const targets = parseTree(files).kustomizations.filter(({ doc }) => doc.kind !== "Component");
      for (const { dir: folder, path } of targets.filter((_, i) => i % 3 === 0)) {
        const found = await compare(dir, files, folder);
        if (found.kind === "wrong") expect.fail(`${repo} ${path}: ${found.what}`);
        if (found.kind === "equal") equal++;
      }
    }
    expect(equal).toBeGreaterThan(10);
  });
});
