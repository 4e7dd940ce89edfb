import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../run-cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edgewright-plan-"));
  await writeFile(
    join(folder, "trucks.yaml"),
    "sites: 5000\nmemoryMiB: 2048\narch: arm64\nnetwork: intermittent\n",
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const plan = (...args: string[]) => runCli(["plan", ...args], { cwd: folder });

describe("plan", () => {
  test("prints Markdown, writes the repository and the zip, and says nothing else", async () => {
    const { code, stdout, stderr } = await plan(
      "--brief",
      "trucks.yaml",
      "--out",
      "fleet",
      "--zip",
      "fleet.zip",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^# /);
    expect(existsSync(join(folder, "fleet", "README.md"))).toBe(true);
    expect((await readFile(join(folder, "fleet.zip"))).subarray(0, 2).toString()).toBe("PK");
  });

  test("gives the same zip, byte for byte, in every language", async () => {
    const hashes = new Set<string>();
    for (const language of ["en", "de", "es", "zh"]) {
      const { code } = await plan("--brief", "trucks.yaml", "--lang", language, "--zip", `${language}.zip`);
      expect(code).toBe(0);
      hashes.add(
        createHash("sha256")
          .update(await readFile(join(folder, `${language}.zip`)))
          .digest("hex"),
      );
    }
    expect(hashes.size).toBe(1);
  });

  test("--json is the whole plan in the asked language", async () => {
    const { code, stdout } = await plan("--brief", "trucks.yaml", "--lang", "de", "--json");
    const parsed = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(parsed.decisions.distribution).toMatchObject({ choice: "k3s", reason: expect.any(String) });
    expect(
      parsed.report.findings.filter((finding: { severity: string }) => finding.severity === "block"),
    ).toEqual([]);
    expect(parsed.files.length).toBeGreaterThan(30);
  });

  test("writes an earlier repository again, removes what is gone, and leaves other files alone", async () => {
    await plan("--brief", "trucks.yaml", "--out", "again");
    await writeFile(join(folder, "again", "NOTES.txt"), "mine");
    await writeFile(join(folder, "two.yaml"), "sites: 5000\nmemoryMiB: 4096\narch: amd64\n");
    const { code, stderr } = await plan("--brief", "two.yaml", "--out", "again");
    expect(code).toBe(0);
    expect(stderr).toMatch(/removed \d+ files of the earlier plan/);
    expect(await readFile(join(folder, "again", "NOTES.txt"), "utf8")).toBe("mine");
    expect(await readdir(join(folder, "again", "nodes"))).toEqual(["amd64"]);
  });
});

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${"*a,".repeat(9)}]\nc: &c [${"*b,".repeat(9)}]\nnotes: [${"*c,".repeat(9)}]\n`;

describe("bad input gets one clear sentence and exit code 1 or 2", () => {
  const cases: [string, string | Buffer, RegExp][] = [
    ["empty", "", /is empty/],
    ["nested", `notes: ${"[".repeat(200_000)}`, /nested too deeply/],
    ["huge", "notes: x\n".repeat(1_200_000), /at most 1024 KiB/],
    ["binary", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe]), /is not text/],
    ["an alias bomb", bomb, /aliases|is no placeholder/],
    ["a list", "- sites: 3\n", /holds a list/],
    ["broken YAML", "sites: [\n", /is not YAML/],
    ["an unknown name", "memory: 2\n", /"memory" is no placeholder/],
    ["a number out of range", "sites: 0\n", /sites: 0 is wrong/],
    ["a prototype", '{"__proto__": {"sites": 3}}', /is no placeholder/],
    ["deep nesting", `sites: ${"[".repeat(50_000)}`, /is not YAML|is wrong|too deep/],
  ];
  test.each(cases)("a brief that is %s", async (_, input, sentence) => {
    const { code, stdout, stderr } = await runCli(["plan", "--brief", "-"], { input, cwd: folder });
    expect([1, 2]).toContain(code);
    expect(stdout).toBe("");
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  test("a brief that is not there, an option that does not exist, a language nobody speaks", async () => {
    for (const args of [
      ["--brief", "nowhere.yaml"],
      ["--brief", "trucks.yaml", "--frob"],
      ["--brief", "trucks.yaml", "--lang", "fr"],
      [],
    ]) {
      const { code, stderr } = await plan(...args);
      expect(code).toBe(2);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
  });

  // Node's recursive mkdir never returned here.
  test.skipIf(!existsSync("/proc/self"))("an output where no folder can ever be made", async () => {
    for (const option of ["--out", "--zip"]) {
      const { code, stderr } = await plan("--brief", "trucks.yaml", option, "/proc/edgewright/fleet");
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining(`${option}: cannot write`),
      });
    }
  });

  test("an output folder that holds other things, or whose parent is a file: nothing half-written stays", async () => {
    await mkdir(join(folder, "full"));
    await writeFile(join(folder, "full", "thesis.txt"), "mine");
    const before = await readdir(folder);
    for (const out of ["full", "trucks.yaml/fleet", "trucks.yaml"]) {
      const { code, stderr } = await plan("--brief", "trucks.yaml", "--out", out);
      expect(code).toBe(1);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
    expect(await readdir(folder)).toEqual(before);
    expect(await readdir(join(folder, "full"))).toEqual(["thesis.txt"]);
  });
});
