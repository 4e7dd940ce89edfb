import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { makeFolder } from "#src/app/make-folder.ts";

const root = mkdtempSync(join(tmpdir(), "edgewright-folder-"));
afterEach(() => rmSync(join(root, "a"), { recursive: true, force: true }));

test("makes a folder and those above it with one mode, and again without complaint", () => {
  const folder = join(root, "a", "b", "c");
  makeFolder(folder, { mode: 0o700 });
  makeFolder(folder, { mode: 0o700 });
  for (const made of [folder, join(root, "a")]) expect(statSync(made).mode & 0o777).toBe(0o700);
});

test("says at once what stands in the way", () => {
  writeFileSync(join(root, "file"), "");
  expect(() => makeFolder(join(root, "file", "b"))).toThrow(/ENOTDIR|EEXIST/);
});

test.skipIf(!existsSync("/proc/self"))("ends where a file system holds no new folder", () => {
  expect(() => makeFolder("/proc/edgewright/fleet")).toThrow(/ENOENT/);
});
