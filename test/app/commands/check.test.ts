import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../run-cli.ts";

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "nginx:latest", imagePullPolice: Always }]
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edgewright-check-"));
  await mkdir(join(folder, "docs"));
  await writeFile(join(folder, "docs", "web.yaml"), deployment);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (args: string[], input?: string | Buffer) =>
  runCli(["check", ...args], { cwd: folder, ...(input !== undefined && { input }) });

describe("check", () => {
  test.each([
    ["a file", ["docs/web.yaml"], undefined],
    ["a folder", ["docs"], undefined],
    ["standard input", ["-"], deployment],
  ])(
    "--json over %s has the promised shape, and the exit code says that something blocks",
    async (_, args, input) => {
      const { code, stdout, stderr } = await check([...args, "--json"], input);
      const report = JSON.parse(stdout);
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(Object.keys(report)).toEqual(["findings", "checked", "unchecked"]);
      for (const finding of report.findings)
        expect(Object.keys(finding)).toEqual(["rule", "severity", "path", "line", "message", "fix"]);
      expect(report.findings.map(({ rule }: { rule: string }) => rule)).toContain("IMG-01");
      expect(report.checked).toMatchObject({
        files: 1,
        documents: 1,
        against: { Kubernetes: expect.any(String) },
      });
    },
  );

  test("shows the beginning of a line that never ends, and not megabytes of it", async () => {
    const { code, stdout } = await check(["-"], `a: ${"[".repeat(200_000)}`);
    expect(code).toBe(1);
    expect(stdout).toMatch(/nests deeper/);
    expect(stdout.length).toBeLessThan(2_000);
  });

  test("hostile files are findings or unchecked, never a crash", async () => {
    const bomb = `a: &a [x,x]\n${Array.from({ length: 12 }, (_, i) => `b${i}: &b${i} [${`*${i === 0 ? "a" : `b${i - 1}`},`.repeat(9)}]`).join("\n")}\n`;
    const hostile: [string | Buffer, number, RegExp][] = [
      [bomb, 1, /YAML-04/],
      ["a".repeat(9_000_000), 1, /YAML-05/],
    ];
    for (const [input, exit, said] of hostile) {
      const { code, stdout, stderr } = await check(["-"], input);
      expect({ code, stderr }).toEqual({ code: exit, stderr: "" });
      expect(stdout).toMatch(said);
    }
    await writeFile(join(folder, "binary.yaml"), Buffer.from([0, 255, 254, 1, 2]));
    const { code, stdout } = await check(["binary.yaml"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/binary\.yaml: not text/);
  });

  test.each([
    [["docs", "--role", "moon"]],
    [["docs", "--memory", "lots"]],
    [["docs", "--engine", "push"]],
    [["nowhere"]],
  ])("%j is one sentence and exit code 2", async (args) => {
    const { code, stdout, stderr } = await check(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
