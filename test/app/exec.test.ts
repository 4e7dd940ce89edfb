import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findTools, runTool, withoutNetwork } from "../../src/app/exec.ts";

let cwd = "";
let path = "";
const signal = new AbortController().signal;

/** Puts a program of that name in front of the real ones. */
function install(script: string): void {
  writeFileSync(join(cwd, "bin/kustomize"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(cwd, "bin/kustomize"), 0o755);
}

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "edgewright-exec-"));
  mkdirSync(join(cwd, "bin"));
  path = `${join(cwd, "bin")}:/usr/bin:/bin`;
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test("hands on neither our environment nor our home, and no shell reads the arguments", async () => {
  process.env.EDGEWRIGHT_TEST_SECRET = "hunter2";
  install('env; echo "home: $(ls -A "$HOME")"; echo "arg: $1"');
  const run = await runTool("kustomize", ["$(echo no); ls"], { cwd, signal, path });
  delete process.env.EDGEWRIGHT_TEST_SECRET;
  expect(run).toMatchObject({ kind: "done", stdout: expect.stringContaining("arg: $(echo no); ls\n") });
  const { stdout } = run as { stdout: string };
  expect(stdout).not.toContain("hunter2");
  expect(stdout).not.toContain(`HOME=${process.env.HOME}\n`);
  expect(stdout).toContain("home: \n");
});

test("gives back the exit code and what was said", async () => {
  install("echo out; echo problem >&2; exit 3");
  expect(await runTool("kustomize", [], { cwd, signal, path })).toEqual({
    kind: "failed",
    code: 3,
    stdout: "out\n",
    stderr: "problem\n",
  });
});

test("stops a program that takes too long, and what it started", async () => {
  install("sleep 30 & sleep 30");
  const start = performance.now();
  const run = await runTool("kustomize", [], { cwd, signal, path, timeoutMs: 200 });
  expect(run).toEqual({ kind: "timeout", timeoutMs: 200 });
  expect(performance.now() - start).toBeLessThan(5_000);
});

test("stops a program that writes too much", async () => {
  install("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done");
  expect(await runTool("kustomize", [], { cwd, signal, path, maxBytes: 10_000 })).toEqual({
    kind: "too-large",
    maxBytes: 10_000,
  });
});

test("stops when the work is aborted", async () => {
  install("sleep 30");
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  expect(await runTool("kustomize", [], { cwd, signal: controller.signal, path })).toEqual({
    kind: "aborted",
  });
});

test("leaves a program no network but itself, where the system allows that", async ({ skip }) => {
  if (withoutNetwork(path).length === 0) {
    console.log("exec: no network namespace can be made here, the dead proxy is all there is");
    skip();
  }
  install("tail -n +3 /proc/net/dev | cut -d: -f1");
  const run = await runTool("kustomize", [], { cwd, signal, path });
  expect(run).toMatchObject({ kind: "done", stdout: expect.stringMatching(/^\s*lo\s*$/) });
  expect(withoutNetwork("/nonexistent")).toEqual([]);
});

test("a program that is not on PATH is absent, and relative entries of PATH do not count", async () => {
  expect(await runTool("helm", [], { cwd, signal, path: "/nonexistent" })).toEqual({ kind: "absent" });
  install("true");
  expect(findTools(`${path}`).kustomize).toBe(join(cwd, "bin/kustomize"));
  expect(findTools("bin:.:")).toEqual({});
});
