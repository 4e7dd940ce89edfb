import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { unpack } from "../../src/app/archive.ts";

const root = resolve(import.meta.dirname, "../..");
/** The real installation takes npm half a minute; CI does it, and whoever sets this. */
const install = process.env.EDGEWRIGHT_TEST_INSTALL === "1";
/** Another Node to start the package with, such as the oldest that is supported. */
const node = process.env.EDGEWRIGHT_TEST_NODE ?? process.execPath;

let folder: string;
let bin: string;
let packed: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edgewright-pack-"));
  const npm = spawnSync("npm", ["pack", "--silent", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
  });
  expect(npm.status, npm.stderr).toBe(0);
  const tarball = join(folder, npm.stdout.trim().split("\n").at(-1)!);
  packed = (await unpack(await readFile(tarball))).entries.map(({ path }) => path);
  bin = install ? installed(tarball) : await unpacked(tarball);
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As `npx` would: into an empty folder, by npm itself. */
function installed(tarball: string): string {
  const where = join(folder, "installed");
  const npm = spawnSync(
    "npm",
    ["install", "--prefer-offline", "--no-audit", "--no-fund", "--prefix", where, tarball],
    {
      encoding: "utf8",
    },
  );
  expect(npm.status, npm.stderr).toBe(0);
  return join(where, "node_modules", "edgewright", "bin", "edgewright.js");
}

/** The same files, with the packages that are here already. */
async function unpacked(tarball: string): Promise<string> {
  const where = join(folder, "node_modules", "edgewright");
  for (const { path, bytes } of (await unpack(await readFile(tarball))).entries) {
    const target = join(where, path.replace(/^package\//, ""));
    await mkdir(resolve(target, ".."), { recursive: true });
    await writeFile(target, bytes);
  }
  await symlink(join(root, "node_modules"), join(where, "node_modules"));
  await chmod(join(where, "bin", "edgewright.js"), 0o755);
  return join(where, "bin", "edgewright.js");
}

function edgewright(args: string[], { cwd, input }: { cwd: string; input?: string }) {
  const env = { ...process.env, NO_COLOR: "1", INIT_CWD: cwd, EDGEWRIGHT_STORE: "memory:" };
  const { status, stdout, stderr } = spawnSync(node, [bin, ...args], {
    cwd,
    encoding: "utf8",
    env,
    input: input ?? "",
  });
  return { status, stdout, stderr };
}

describe("the package", () => {
  test("holds JavaScript, words and prompts, and nothing of the workshop", () => {
    const tops = new Set(packed.map((path) => path.split("/")[1]!));
    expect([...tops].sort()).toEqual([
      "LICENSE",
      "README.md",
      "bin",
      "dist",
      "locales",
      "package.json",
      "prompts",
    ]);
    expect(packed.filter((path) => path.endsWith(".ts"))).toEqual([]);
    expect(packed).toContain("package/dist/schemas/tree.json");
  });

  test("checks and mends files from an empty folder", async () => {
    const cwd = await mkdtemp(join(folder, "empty-"));
    const manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { on: x }\n";
    await writeFile(join(cwd, "a.yaml"), manifest);
    const blocked = edgewright(["check", "a.yaml"], { cwd });
    expect(blocked).toMatchObject({ status: 1, stderr: "" });
    expect(blocked.stdout).toContain("a.yaml:4:9: block YAML-01");
    expect(edgewright(["check", ".", "--fix"], { cwd })).toMatchObject({ status: 0, stderr: "" });
    expect(await readFile(join(cwd, "a.yaml"), "utf8")).toBe(manifest.replace(" on:", ' "on":'));
    const sarif = edgewright(["check", ".", "--format", "sarif"], { cwd });
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    expect(JSON.parse(sarif.stdout).runs[0].tool.driver.semanticVersion).toBe(version);
  });

  test("makes a plan and checks it again", async () => {
    const cwd = await mkdtemp(join(folder, "plan-"));
    const brief = "sites: 500\nmemoryMiB: 4096\narch: arm64\nnetwork: intermittent\ngitops: flux\n";
    const planned = edgewright(["plan", "--brief", "-", "--out", "fleet", "--lang", "de"], {
      cwd,
      input: brief,
    });
    expect(planned).toMatchObject({ status: 0, stderr: "" });
    expect(await readdir(join(cwd, "fleet"))).toContain("sets");
    expect(edgewright(["check", "fleet"], { cwd }).status).toBe(0);
  });

  test("reviews what is large in a thread of its own there, too", async () => {
    const cwd = await mkdtemp(join(folder, "chat-"));
    const many = Array.from(
      { length: 1_500 },
      (_, i) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a${i} }\ndata: { on: x }\n`,
    );
    await writeFile(join(cwd, "many.yaml"), many.join("---\n"));
    const { status, stdout, stderr } = edgewright(["chat", "--new"], {
      cwd,
      input: "/file many.yaml\n/save\n",
    });
    // Node 22 says of its SQLite that it is experimental.
    const complaints = stderr
      .split("\n")
      .filter((line) => line !== "" && !/Experimental|--trace-warnings/.test(line));
    expect({ status, complaints }).toEqual({ status: 0, complaints: [] });
    expect(stdout).toContain("YAML-01");
    expect(existsSync(join(cwd, "fixed-many.yaml"))).toBe(true);
  });

  test("says which Node it needs to one that is too old", async () => {
    const text = await readFile(bin, "utf8");
    const old = text.replace("process.versions.node", '"20.20.2"').replace("process.version}", '"v20.20.2"}');
    const script = join(folder, "old.mjs");
    await writeFile(script, old);
    const { status, stdout, stderr } = spawnSync(node, [script], { encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe("edgewright: needs Node 22.19 or newer, this is v20.20.2. See https://nodejs.org\n");
  });
});

describe("the action", () => {
  const manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { on: x }\n";

  /** Runs the action's own script, with `npx` standing for the package that was packed here. */
  async function act(inputs: Record<string, string>, cwd: string) {
    const action = parse(await readFile(join(root, "action.yml"), "utf8"));
    const [step] = action.runs.steps;
    const given = { ...defaultsOf(action.inputs), ...inputs };
    const env = Object.entries<string>(step.env).map(([name, value]) => [
      name,
      value.replace(/\$\{\{ inputs\.(\w+) \}\}/, (_, input: string) => given[input]!),
    ]);
    const tools = await mkdtemp(join(folder, "tools-"));
    await writeFile(
      join(tools, "npx"),
      `#!/bin/bash\n[ "$1" = --yes ] || exit 9\necho "$2" >package.txt\nshift 2\nexec ${node} ${bin} "$@"\n`,
      { mode: 0o755 },
    );
    return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      cwd,
      encoding: "utf8",
      env: {
        ...process.env,
        ...Object.fromEntries(env),
        PATH: `${tools}:${process.env.PATH}`,
        INIT_CWD: cwd,
        GITHUB_WORKSPACE: cwd,
      },
    });
  }

  const defaultsOf = (inputs: Record<string, { default: unknown }>) =>
    Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, String(input.default)]));

  test("starts the package of its own version, annotates, writes SARIF, and takes no input for a command", async () => {
    const cwd = await mkdtemp(join(folder, "act-"));
    await mkdir(join(cwd, "my apps"));
    await writeFile(join(cwd, "my apps", "a.yaml"), manifest);
    await writeFile(join(cwd, "b.yaml"), manifest);
    const inputs = { path: "my apps\nb.yaml\n$(touch gone)", sarif: "out/check.sarif", args: "--lang=de" };
    const hostile = await act(inputs, cwd);
    expect(hostile.status).toBe(2);
    expect(hostile.stderr).toContain('cannot read "$(touch gone)"');
    const { status, stdout } = await act({ ...inputs, path: "my apps\nb.yaml" }, cwd);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=my apps\/a\.yaml,line=4,col=9,title=YAML-01::.*Anführungszeichen/m);
    expect(stdout).toMatch(/^::error file=b\.yaml,/m);
    expect(JSON.parse(await readFile(join(cwd, "out/check.sarif"), "utf8")).version).toBe("2.1.0");
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    expect(await readFile(join(cwd, "package.txt"), "utf8")).toBe(`edgewright@${version}\n`);
    expect(existsSync(join(cwd, "gone"))).toBe(false);
  });
});

test("the hooks start the package's own command, and mend only where they say so", async () => {
  const cwd = await mkdtemp(join(folder, "hook-"));
  const manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { on: x }\n";
  await writeFile(join(cwd, "a.yaml"), manifest);
  const hooks = parse(await readFile(join(root, ".pre-commit-hooks.yaml"), "utf8"));
  const { bin: bins } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const run = ({ entry, args }: { entry: string; args: string[] }) => {
    const [command, ...words] = entry.split(" ");
    expect(Object.keys(bins)).toContain(command);
    return edgewright([...words, ...args], { cwd }).status;
  };
  expect(hooks.map(({ id }: { id: string }) => id)).toEqual(["edgewright", "edgewright-fix"]);
  for (const { files } of hooks) {
    const pattern = new RegExp(files);
    expect(["a.yaml", "b/c.yml", "d.json", "e/Kustomization"].every((path) => pattern.test(path))).toBe(true);
    expect(["a.yaml.txt", "README.md", "MyKustomization"].some((path) => pattern.test(path))).toBe(false);
  }
  expect(run(hooks[0])).toBe(1);
  expect(await readFile(join(cwd, "a.yaml"), "utf8")).toBe(manifest);
  expect(run(hooks[1])).toBe(0);
  expect(await readFile(join(cwd, "a.yaml"), "utf8")).toBe(manifest.replace(" on:", ' "on":'));
});
