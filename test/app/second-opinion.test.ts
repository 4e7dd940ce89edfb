import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { secondOpinion } from "../../src/app/second-opinion.ts";
import { checkFiles, openWorkshop } from "../../src/app/workshop.ts";

const hasKubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;
if (!hasKubectl) console.log("second opinion: kubectl is not on PATH, only its plumbing is tested");

const workshop = await openWorkshop();
const { signal } = new AbortController();

const base = {
  "base/kustomization.yaml": "resources: [web.yaml]\n",
  "base/web.yaml":
    "# the web\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: web, image: nginx:1.27.0}]}\n",
};
const latest = `- |
  apiVersion: builtin
  kind: ImageTagTransformer
  metadata: {name: tag}
  imageTag: {name: nginx, newTag: latest}
`;
const withTransformer = {
  ...base,
  "set/kustomization.yaml": `resources: [../base]\nnamePrefix: edge-\ntransformers:\n${latest}`,
};

async function checked(files: Record<string, string>, path?: string) {
  const opinion = secondOpinion(path === undefined ? {} : { path });
  const list = Object.entries(files).map(([name, content]) => ({ path: name, content }));
  const check = () => checkFiles(list, workshop, { role: "edge" }, opinion.options);
  const first = check();
  const asked = await opinion.ask(signal);
  return { first, asked, second: asked ? check() : first };
}
type Report = Awaited<ReturnType<typeof checked>>["first"];
const rulesAt = ({ findings }: Report, file: string) =>
  findings.filter(({ path }) => path === file).map(({ rule }) => rule);
const uncheckedAt = ({ unchecked }: Report, file: string) =>
  unchecked.filter(({ path }) => path === file).map(({ what }) => what);

describe.runIf(hasKubectl)("with the kustomize inside kubectl", () => {
  test("policy sees what our own renderer leaves out, at the file it came from", async () => {
    const { first, second } = await checked(withTransformer);
    expect(uncheckedAt(first, "set")).toEqual(["kustomize output: transformers is not rendered here"]);
    expect(rulesAt(first, "base/web.yaml")).not.toContain("IMG-01");
    expect(uncheckedAt(second, "set")).toEqual([]);
    expect(second.findings).toContainEqual(
      expect.objectContaining({ rule: "IMG-01", path: "base/web.yaml", line: 9 }),
    );
  });

  test("what it refuses is a finding with its own words", async () => {
    const { second } = await checked({
      ...base,
      "set/kustomization.yaml": `resources: [../base]\ntransformers:\n${latest.replace("ImageTag", "Unheard")}`,
    });
    expect(rulesAt(second, "set/kustomization.yaml")).toContain("KUST-15");
    expect(uncheckedAt(second, "set")[0]).toContain("UnheardTransformer");
  });

  test("an answer is not kept for files that have changed since", async () => {
    const opinion = secondOpinion();
    const list = Object.entries(withTransformer).map(([path, content]) => ({ path, content }));
    checkFiles(list, workshop, { role: "edge" }, opinion.options);
    expect(await opinion.ask(signal)).toBe(true);
    const changed = list.map((file) => ({ ...file, content: `${file.content}# changed\n` }));
    const report = checkFiles(changed, workshop, { role: "edge" }, opinion.options);
    expect(uncheckedAt(report, "set")).toHaveLength(1);
  });
});

describe("what is handed to a program", () => {
  let folder = "";
  let path = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "edgewright-opinion-"));
    mkdirSync(join(folder, "bin"));
    path = `${join(folder, "bin")}:/usr/bin:/bin`;
    // Says what it was given, and leaves a mark that it was started at all.
    const script = `#!/bin/sh
echo started >> "${folder}/started"
find . -type f | sort > "${folder}/files"
cat set/kustomization.yaml > "${folder}/kustomization"
printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: said\\n  annotations:\\n    config.kubernetes.io/origin: |\\n      path: ../base/web.yaml\\n'
`;
    writeFileSync(join(folder, "bin/kustomize"), script);
    chmodSync(join(folder, "bin/kustomize"), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const started = () => existsSync(join(folder, "started"));

  test("is only what the build reads, its kustomizations as we read them", async () => {
    const { second } = await checked(
      { ...withTransformer, "secret.yaml": "a: b\n", "../outside.yaml": "a: b\n" },
      path,
    );
    expect(readFileSync(join(folder, "files"), "utf8").trim().split("\n")).toEqual([
      "./base/kustomization.yaml",
      "./base/web.yaml",
      "./set/kustomization.yaml",
    ]);
    expect(JSON.parse(readFileSync(join(folder, "kustomization"), "utf8"))).toMatchObject({
      resources: ["../base"],
      buildMetadata: ["originAnnotations"],
    });
    expect(uncheckedAt(second, "set")).toEqual([]);
    rmSync(join(folder, "started"));
  });

  const fetched: [string, string][] = [
    ["a remote resource", "resources: [../base, https://example.com/a.yaml]\nvars: [{name: x}]\n"],
    [
      "a remote patch",
      "resources: [../base]\npatches: [{path: https://example.com/p.yaml}]\nvars: [{name: x}]\n",
    ],
    [
      "a remote file of a generator",
      "configMapGenerator: [{name: c, files: [k=https://example.com/f]}]\nvars: [{name: x}]\n",
    ],
    [
      "a remote schema",
      "resources: [../base]\nopenapi: {path: https://example.com/s.json}\nvars: [{name: x}]\n",
    ],
    ["a remote base of a transformer", "resources: [../base]\ntransformers: [https://example.com/t]\n"],
    [
      "a remote file inside a generator's own configuration",
      'generators: ["apiVersion: builtin\\nkind: ConfigMapGenerator\\nmetadata: {name: c}\\nfiles: [k=https://example.com/f]\\n"]\n',
    ],
    [
      "a program as transformer",
      'resources: [../base]\ntransformers: ["apiVersion: example.com/v1\\nkind: Evil\\nmetadata: {name: e}\\n"]\n',
    ],
    ["a chart", "resources: [../base]\nhelmCharts: [{name: x, repo: https://example.com}]\n"],
    ["a folder outside of the tree", "resources: [../../etc]\nvars: [{name: x}]\n"],
    ["a file that is not there", "resources: [../base, absent.yaml]\nvars: [{name: x}]\n"],
    ["a file we could not read", "resources: [../base, broken.yaml]\nvars: [{name: x}]\n"],
  ];
  test.each(fetched)("is nothing for %s", async (_, kustomization) => {
    const { asked } = await checked(
      { ...base, "set/kustomization.yaml": kustomization, "set/broken.yaml": "a: [1\n" },
      path,
    );
    expect(asked).toBe(false);
    expect(started()).toBe(false);
  });

  test("is nothing when our own renderer sees everything", async () => {
    const { asked } = await checked({ ...base, "set/kustomization.yaml": "resources: [../base]\n" }, path);
    expect(asked).toBe(false);
    expect(started()).toBe(false);
  });

  test("is nothing where no program is", async () => {
    const { asked } = await checked(withTransformer, "/nonexistent");
    expect(asked).toBe(false);
  });
});
