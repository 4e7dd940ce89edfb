import { spawnSync } from "node:child_process";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import command from "../../../src/app/commands/check.ts";
import { runCli } from "../run-cli.ts";
import { runCommand } from "../run-command.ts";

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
  runCommand(command, args, { cwd: folder, ...(input !== undefined && { input }) });
const checkIn = (cwd: string, args: string[], env?: Record<string, string>) =>
  runCommand(command, args, { cwd, ...(env && { env }) });
const checkForReal = (args: string[], input?: string | Buffer) =>
  runCli(["check", ...args], { cwd: folder, ...(input !== undefined && { input }) });

describe("check", () => {
  test.each([
    ["a file", ["docs/web.yaml"], undefined],
    ["a folder", ["docs"], undefined],
    ["standard input", ["-"], deployment],
  ])(
    "--json over %s has the promised shape, and the exit code says that something blocks",
    async (_, args, input) => {
      const { code, stdout, stderr } = await checkForReal([...args, "--json"], input);
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
    [["docs", "--format", "xml"]],
    [["docs", "--json", "--format", "sarif"]],
    [["docs", "--dry-run"]],
    [["docs", "--arch", "z80"]],
    [["docs", "--config", "nowhere.yaml"]],
  ])("%j is one sentence and exit code 2", async (args) => {
    const { code, stdout, stderr } = await check(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("points at the line, in the person's language", async () => {
    const { stdout } = await check(["docs", "--lang", "de"]);
    expect(stdout).toContain("docs/web.yaml:9:56: blockiert SCHEMA-01: Deployment hat kein Feld");
    expect(stdout).toMatch(/^ {2}9 \| {7}containers: .*\n {4}\| {56}\^{15}$/m);
    expect(stdout).toContain("Geprüft: 1 Dokument in 1 Datei.");
    expect(stdout).not.toContain("\u001b");
  });

  test("--format github names paths from the root of the repository", async () => {
    const { code, stdout } = await checkIn(join(folder, "docs"), ["web.yaml", "--format", "github"], {
      GITHUB_WORKSPACE: folder,
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=docs\/web\.yaml,line=9,col=\d+,title=IMG-01::/m);
  });

  test("--format sarif --output writes a file, --sarif writes one beside another format", async () => {
    const { code, stdout } = await check(["docs", "--format", "sarif", "--output", "out/a.sarif"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    const both = await check(["docs", "--format", "github", "--sarif", "b.sarif"]);
    expect(both.stdout).toMatch(/^::error /);
    const [one, other] = await Promise.all(
      ["out/a.sarif", "b.sarif"].map((name) => readFile(join(folder, name), "utf8")),
    );
    expect(one).toBe(other);
    const { version, runs } = JSON.parse(one!);
    expect(version).toBe("2.1.0");
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("docs/web.yaml");
  });

  // In a pipeline without a path, standard input is there and empty, and the check passed.
  test("says that nothing was named where standard input is empty too", async () => {
    for (const empty of ["", "\n"]) {
      const { code, stderr } = await check([], empty);
      expect(code).toBe(2);
      expect(stderr).toContain("name at least one file or folder");
    }
    expect((await check(["-"], "")).code).toBe(0);
    expect((await check([], deployment)).code).toBe(1);
  });

  test("reads archives, and refuses what would do harm with a sentence", async () => {
    const manifest = new TextEncoder().encode(deployment);
    await writeFile(join(folder, "fleet.zip"), zipSync({ "fleet/apps/web.yaml": manifest }));
    const { code, stdout } = await check(["fleet.zip"]);
    expect(code).toBe(1);
    expect(stdout).toContain("fleet.zip/fleet/apps/web.yaml:9:56: block SCHEMA-01");
    const piped = await check(["-"], Buffer.from(zipSync({ "web.yaml": manifest })));
    expect(piped.stdout).toContain("stdin/web.yaml:9:56");
    await writeFile(join(folder, "evil.zip"), zipSync({ "../web.yaml": manifest }));
    const refused = await check(["evil.zip", "--lang", "es"]);
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("evil.zip no se leyó: «../web.yaml» sale del archivo comprimido");
  });

  test("follows links to files of the tree only, and names the others", async () => {
    const tree = join(folder, "links");
    await mkdir(tree);
    await writeFile(join(tree, "a.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n");
    await symlink("a.yaml", join(tree, "b.yaml"));
    await symlink("/etc/hostname", join(tree, "c.yaml"));
    await symlink("nowhere", join(tree, "d.yaml"));
    await writeFile(join(tree, "kustomization.yaml"), "resources: [b.yaml]\n");
    const { unchecked, findings } = JSON.parse((await check(["links", "--json"])).stdout);
    expect(findings).toEqual([]);
    expect(unchecked.map(({ path }: { path: string }) => path)).toEqual(["links/c.yaml", "links/d.yaml"]);
  });

  test("a file that is no text may be referred to, and nothing is said of it", async () => {
    const tree = join(folder, "binary");
    await mkdir(tree);
    await writeFile(join(tree, "logo.png"), Buffer.from([137, 80, 78, 71, 0, 1]));
    await writeFile(
      join(tree, "kustomization.yaml"),
      "configMapGenerator:\n  - name: logo\n    files: [logo.png]\n",
    );
    const { findings, unchecked } = JSON.parse((await check(["binary", "--json"])).stdout);
    expect({ findings, unchecked }).toEqual({ findings: [], unchecked: [] });
  });

  test("of a kustomization or its folder, named alone, calls nothing missing that is there", async () => {
    const tree = join(folder, "alone");
    await mkdir(join(tree, "base"), { recursive: true });
    await mkdir(join(tree, "overlay"));
    await writeFile(join(tree, "base", "kustomization.yaml"), "resources: [web.yaml]\n");
    await writeFile(join(tree, "base", "web.yaml"), deployment);
    await writeFile(join(tree, "overlay", "kustomization.yaml"), "resources: [../base, gone.yaml]\n");
    const { stdout } = await check(["alone/overlay/kustomization.yaml", "--json"]);
    const { findings, checked, unchecked } = JSON.parse(stdout);
    expect(findings.map(({ rule, message }: Record<string, string>) => `${rule} ${message}`)).toEqual([
      expect.stringMatching(/^KUST-01 .*gone\.yaml/),
    ]);
    expect(checked).toMatchObject({ files: 1, documents: 1 });
    expect(unchecked.filter(({ path }: { path: string }) => path.includes("base"))).toEqual([]);
    const ofFolder = JSON.parse((await check(["alone/overlay", "--json"])).stdout);
    expect(ofFolder.findings).toEqual(findings);
  });

  test("says so when there is nothing to check", async () => {
    await mkdir(join(folder, "empty"));
    const { code, stdout } = await check(["empty"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing was checked/);
  });
});

describe("edgewright.yaml", () => {
  const write = async (name: string, files: Record<string, string>) => {
    const root = join(folder, name);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(root, path, ".."), { recursive: true });
      await writeFile(join(root, path), content);
    }
    return root;
  };
  const rulesOf = (stdout: string) =>
    JSON.parse(stdout).findings.map(
      ({ rule, severity, path }: Record<string, string>) => `${severity} ${rule} ${path}`,
    );
  const config = `role: edge
exclude: ["vendored/**"]
ignore:
  - { rule: IMG-01, path: "apps/**", reason: "built at the site" }
severity: { NET-01: block, RES-01: off }
`;

  test("of the checked folder is read: what it excludes, accepts and weighs differently", async () => {
    await write("repo", {
      "edgewright.yaml": config,
      "apps/web.yaml": deployment,
      "vendored/web.yaml": deployment,
    });
    const { stdout } = await check(["repo", "--json"]);
    const found = rulesOf(stdout);
    expect(found).toContain("block NET-01 repo/apps/web.yaml");
    expect(found).toContain("block SCHEMA-01 repo/apps/web.yaml");
    expect(found.join()).not.toMatch(/IMG-01|RES-01|vendored/);
    const { unchecked } = JSON.parse(stdout);
    expect(unchecked.map(({ path }: { path: string }) => path)).not.toContain("repo/edgewright.yaml");
    // From inside, with the folder named as a dot, and from a file that is named.
    const inside = await checkIn(join(folder, "repo"), [".", "--json"]);
    expect(rulesOf(inside.stdout)).toEqual(found.map((one: string) => one.replace("repo/", "")));
    const one = await checkIn(join(folder, "repo"), ["apps/web.yaml", "--json"]);
    expect(rulesOf(one.stdout)).not.toContain("block IMG-01 apps/web.yaml");
  });

  test("is named with --config, and flags win over it", async () => {
    await write("plain", { "web.yaml": deployment });
    await writeFile(join(folder, "hub.yaml"), "role: hub\n");
    const sarif = await check(["repo", "--format", "sarif"]);
    const suppressed = JSON.parse(sarif.stdout).runs[0].results.filter(
      ({ suppressions }: { suppressions?: unknown }) => suppressions,
    );
    expect(suppressed).toMatchObject([
      { ruleId: "IMG-01", suppressions: [{ kind: "external", justification: "built at the site" }] },
    ]);
    const service =
      "apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { type: NodePort, ports: [{ port: 80 }] }\n";
    await write("plain", { "service.yaml": service });
    const asHub = await check(["plain", "--json", "--config", "hub.yaml"]);
    expect(rulesOf(asHub.stdout).join()).not.toContain("IN-01");
    const asEdge = await check(["plain", "--json", "--config", "hub.yaml", "--role", "edge"]);
    expect(rulesOf(asEdge.stdout).join()).toContain("IN-01");
  });

  test.each([
    ["rolle: edge\n", /edgewright\.yaml:1: .*rolle.*role/],
    ["role: edge\nignore:\n  - rule: IMG-01\n", /edgewright\.yaml:3: .*reason/],
    ["role: [\n", /edgewright\.yaml:\d: /],
    ["- a\n", /edgewright\.yaml:1: /],
  ])("%j is a sentence with its line, and exit code 2", async (content, said) => {
    await write("wrong", { "edgewright.yaml": content, "web.yaml": deployment });
    const { code, stdout, stderr } = await check(["wrong"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(said);
  });
});

describe("--fix", () => {
  const wrong = `apiVersion: batch/v1beta1 # note
kind: CronJob
metadata: { name: a }
spec:
  scheduel: "0 * * * *"
  jobTemplate: { spec: { template: { spec: { restartPolicy: never, containers: [{ name: a, image: "a:latest" }] } } } }
`;
  const right = wrong.replace("v1beta1", "v1").replace("scheduel", "schedule").replace("never", "Never");
  const write = async (name: string) => {
    const root = join(folder, name);
    await mkdir(root, { recursive: true });
    await writeFile(join(root, "cron.yaml"), wrong, { mode: 0o640 });
    return join(root, "cron.yaml");
  };

  test("changes the file, says what it did, and shows what is left; a second time there is nothing to do", async () => {
    const file = await write("fix");
    const { code, stdout } = await checkForReal(["fix", "--fix"]);
    expect(code).toBe(1); // a moving tag is for a person to decide
    expect(stdout).toMatch(/^Fixed 3 findings in 1 file:\n {2}fix\/cron\.yaml:1: API-01: /);
    expect(stdout).toMatch(/block IMG-01/);
    expect(stdout).not.toMatch(/block (SCHEMA|API)/);
    expect(await readFile(file, "utf8")).toBe(right);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect((await check(["fix", "--fix"])).stdout).not.toMatch(/^Fixed/);
    expect(await readFile(file, "utf8")).toBe(right);
    expect((await readdir(join(folder, "fix"))).sort()).toEqual(["cron.yaml"]);
  });

  test("--dry-run writes nothing and prints a patch that leads to the same", async () => {
    const file = await write("dry");
    const { code, stdout, stderr } = await check(["dry", "--fix", "--dry-run"]);
    expect(code).toBe(1);
    expect(stderr).toBe("--fix would settle 3 findings in 1 file.\n");
    expect(await readFile(file, "utf8")).toBe(wrong);
    const patched = spawnSync("patch", ["-p1"], { cwd: folder, input: stdout, encoding: "utf8" });
    if (patched.error) console.log("check: patch is not on PATH, the difference was not applied");
    else expect(await readFile(file, "utf8")).toBe(right);
  });

  test("follows a link to the file, keeps it a link", async () => {
    const file = await write("linked");
    await symlink("linked/cron.yaml", join(folder, "link.yaml"));
    await check(["link.yaml", "--fix"]);
    expect((await lstat(join(folder, "link.yaml"))).isSymbolicLink()).toBe(true);
    expect(await readFile(file, "utf8")).toBe(right);
  });

  test("of standard input prints the mended text, and the report beside it", async () => {
    const { code, stdout, stderr } = await check(["-", "--fix"], wrong);
    expect({ code, stdout }).toEqual({ code: 1, stdout: right });
    expect(stderr).toMatch(/^Fixed 3 findings in 1 file:/);
    const fine = await check(["-", "--fix"], "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n");
    expect(fine.stdout).toBe("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n");
  });

  test("never writes into an archive, and says so", async () => {
    await writeFile(join(folder, "cron.zip"), zipSync({ "cron.yaml": new TextEncoder().encode(wrong) }));
    const { code, stderr } = await check(["cron.zip", "--fix"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/archives are not written/);
    expect((await check(["cron.zip", "--fix", "--dry-run"])).stdout).toMatch(
      /^\+apiVersion: batch\/v1 # note$/m,
    );
  });
});
