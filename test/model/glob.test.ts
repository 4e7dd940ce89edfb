import { expect, test } from "vitest";
import { matchesGlob } from "#model/glob.ts";

test.each([
  ["vendor/**", "vendor/a/b.yaml", true],
  ["vendor/", "vendor/a/b.yaml", true],
  ["vendor", "apps/vendor/b.yaml", true],
  ["./vendor/**", "vendor/b.yaml", true],
  ["vendor/**", "apps/vendor/b.yaml", false],
  ["apps/*.yaml", "apps/a.yaml", true],
  ["apps/*.yaml", "apps/x/a.yaml", false],
  ["apps/**/a.yaml", "apps/a.yaml", true],
  ["apps/**/a.yaml", "apps/x/y/a.yaml", true],
  ["*.enc.yaml", "apps/x/a.enc.yaml", true],
  ["apps/{a,b}/**", "apps/b/c.yaml", true],
  ["apps/{a,b}/**", "apps/c/c.yaml", false],
  ["apps/?.yaml", "apps/a.yaml", true],
  ["apps/?.yaml", "apps/ab.yaml", false],
  ["**", "a.yaml", true],
  ["**/x/**", "a/x/b.yaml", true],
  ["a", "ab", false],
])("%s against %s: %s", (glob, path, expected) => {
  expect(matchesGlob(path, glob)).toBe(expected);
});

test("a hostile pattern ends at once", () => {
  const path = `${"a".repeat(2_000)}/${"a/".repeat(500)}b`;
  expect(matchesGlob(path, `${"*a".repeat(140)}*c`)).toBe(false);
  expect(matchesGlob(path, `${"**/a/".repeat(60)}c`)).toBe(false);
  expect(matchesGlob("zz", "{a,b}".repeat(50))).toBe(false);
});
