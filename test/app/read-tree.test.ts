import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { noText, readTree } from "../../src/app/read-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "edgewright-read-"));
const home = join(folder, "home");
mkdirSync(join(home, "apps", "a"), { recursive: true });
mkdirSync(join(home, ".git"));
writeFileSync(join(folder, "outside.yaml"), "a: b\n");
writeFileSync(join(home, ".git", "config.yaml"), "a: b\n");
for (let i = 0; i < 40; i++) writeFileSync(join(home, "apps", `${i}.yaml`), `a: ${i} ü\n`);
writeFileSync(join(home, "apps", "a", "binary.yaml"), Buffer.from([0, 1, 2]));
writeFileSync(join(home, "apps", "a", "image.png"), Buffer.from([0, 1, 2]));
writeFileSync(join(home, "apps", "a", "large.yaml"), "");
truncateSync(join(home, "apps", "a", "large.yaml"), 17 * 1_048_576);
symlinkSync("../1.yaml", join(home, "apps", "a", "inside.yaml"));
symlinkSync("../../../outside.yaml", join(home, "apps", "a", "out.yaml"));
symlinkSync("nowhere", join(home, "apps", "a", "broken.yaml"));
afterAll(() => rmSync(folder, { recursive: true }));

// A disk that is slow from the start, one that is slow after a while, and one that never is.
const paces = [
  { fileMs: 0, graceMs: -1 },
  { fileMs: -1, graceMs: 5 },
  { fileMs: 1_000, graceMs: 1_000 },
];

test("reads the same, one after the other and in parallel", async () => {
  const [all, some, none] = await Promise.all(paces.map((pace) => readTree(["apps"], home, pace)));
  expect(all).toEqual(none);
  expect(some).toEqual(none);
  const paths = none!.files.map(({ path }) => path);
  expect(paths).toEqual([...paths].sort());
  expect(none!.files.filter(({ content }) => /^a: \d+ ü\n$/.test(content))).toHaveLength(41);
  expect(none!.files).toContainEqual({ path: "apps/a/image.png", content: noText });
  expect(none!.skipped).toEqual([
    { path: "apps/a/binary.yaml", why: "binary" },
    { path: "apps/a/broken.yaml", why: "link" },
    { path: "apps/a/large.yaml", why: "too-large" },
    { path: "apps/a/out.yaml", why: "link" },
  ]);
});
