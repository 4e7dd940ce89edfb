import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noText } from "../../src/app/read-tree.ts";
import { secondOpinion } from "../../src/app/second-opinion.ts";
import { checkFiles, openWorkshop } from "../../src/app/workshop.ts";

// No helm is needed: a small script stands in for it, and what is tested is what it is given and what becomes of its words.
const workshop = await openWorkshop();
const { signal } = new AbortController();
let folder = "";
let path = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "edgewright-helm-"));
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "repo/charts"), { recursive: true });
  path = `${join(folder, "bin")}:/usr/bin:/bin`;
  writeFileSync(
    join(folder, "bin/helm"),
    `#!/bin/sh
for arg in "$@"; do echo "arg $arg"; done > "${folder}/said"
find . -type f | sort >> "${folder}/said"
for file in values-*.yaml; do [ -f "$file" ] && cat "$file" >> "${folder}/said"; done
grep -q refuse tree/*/values.yaml 2>/dev/null && { echo "Error: values don't meet the specifications" >&2; exit 1; }
cat <<END
---
# Source: app/templates/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replica: 1
  selector: {matchLabels: {a: b}}
  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: web, image: "nginx:latest"}]}}
---
# Source: app/charts/inner/templates/cm.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: inner}
END
`,
  );
  chmodSync(join(folder, "bin/helm"), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const chart = {
  "charts/app/Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\n",
  "charts/app/values.yaml": "image: nginx\n",
  "charts/app/templates/web.yaml":
    "{{- if .Values.web }}\napiVersion: apps/v1\nkind: Deployment\nimage: {{ .Values.image }}\n{{- end }}\n",
  "charts/app/templates/_helpers.tpl": "{{ define }}\n",
};
const release = (spec: string) => ({
  "release.yaml": `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: Edge_App, namespace: apps}
spec:
  interval: 10m
${spec}`,
});
const fromGit =
  release(`  chart: {spec: {chart: ./charts/app, sourceRef: {kind: GitRepository, name: fleet}, valuesFiles: [charts/app/values.yaml]}}
  values: {web: true}
`);

async function checked(
  files: Record<string, string>,
  { root, on = path }: { root?: string; on?: string } = {},
) {
  const opinion = secondOpinion({ path: on, root });
  const list = Object.entries(files).map(([name, content]) => ({ path: name, content }));
  const check = () => checkFiles(list, workshop, { role: "edge" }, opinion.options);
  const first = check();
  const asked = await opinion.ask(signal);
  const second = asked ? check() : first;
  const words = (report: typeof first) => report.unchecked.map((one) => `${one.path}: ${one.what}`);
  return { asked, second, before: words(first), after: words(second) };
}
const said = () => readFileSync(join(folder, "said"), "utf8").trim().split("\n");

describe("without helm", () => {
  test("charts of the tree and those elsewhere are named, never passed", async () => {
    const { asked, before } = await checked(
      {
        ...chart,
        ...fromGit,
        "far.yaml": release(
          "  chart: {spec: {chart: podinfo, version: 6.7.0, sourceRef: {kind: HelmRepository, name: p}}}\n",
        )["release.yaml"].replace("Edge_App", "far"),
        "k3s.yaml":
          "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: t, namespace: kube-system}\nspec: {chart: traefik}\n",
      },
      { on: "/nonexistent" },
    );
    expect(asked).toBe(false);
    expect(before).toEqual(
      expect.arrayContaining([
        "charts/app/templates/web.yaml: Helm chart template",
        "release.yaml: what HelmRelease Edge_App applies: its chart charts/app is not rendered here",
        "far.yaml: what HelmRelease far applies: its chart or values (podinfo) are not in this tree",
        "k3s.yaml: what HelmChart t applies: its chart or values (traefik) are not in this tree",
      ]),
    );
  });
});

describe("with a helm", () => {
  test("a release is rendered with its values, and what it makes is checked at its template", async () => {
    const { second, after } = await checked({ ...chart, ...fromGit });
    expect(said()).toEqual([
      "arg template",
      "arg edge-app",
      "arg ./tree/charts/app",
      "arg --include-crds",
      "arg --namespace",
      "arg apps",
      "arg --values",
      "arg tree/charts/app/values.yaml",
      "arg --values",
      "arg values-1.yaml",
      "./tree/charts/app/Chart.yaml",
      "./tree/charts/app/templates/_helpers.tpl",
      "./tree/charts/app/templates/web.yaml",
      "./tree/charts/app/values.yaml",
      "./values-1.yaml",
      '{"web":true}',
    ]);
    const at = second.findings.filter((one) => one.path === "charts/app/templates/web.yaml");
    expect(at.map(({ rule, line }) => `${rule} ${line}`)).toEqual(
      expect.arrayContaining(["IMG-01 3", "SCHEMA-01 3"]),
    );
    expect(after.filter((one) => /rendered|template/.test(one))).toEqual([]);
  });

  test("a chart nobody installs is rendered with its own values", async () => {
    const { asked } = await checked(chart);
    expect(asked).toBe(true);
    expect(said().slice(0, 4)).toEqual([
      "arg template",
      "arg app",
      "arg ./tree/charts/app",
      "arg --include-crds",
    ]);
  });

  test("an Application of Argo CD gives files, text, an object and parameters", async () => {
    await checked({
      ...chart,
      "charts/app/edge.yaml": "edge: true\n",
      "app.yaml": `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: edge
  destination: {name: in-cluster, namespace: apps}
  source:
    repoURL: https://git.example.com/fleet
    path: charts/app
    helm: {valueFiles: [edge.yaml], values: "a: 1", valuesObject: {b: 2}, parameters: [{name: c.d, value: "3"}]}
`,
    });
    const words = said();
    expect(words).toContain("arg tree/charts/app/edge.yaml");
    expect(words).toEqual(expect.arrayContaining(['a: 1{"b":2}', "arg --set", "arg c.d=3"]));
  });

  test("what helm refuses is said with its own words", async () => {
    const { after } = await checked({ ...chart, "charts/app/values.yaml": "refuse: true\n" });
    expect(after).not.toEqual([]);
    const words = await checked({
      "app/Chart.yaml": chart["charts/app/Chart.yaml"],
      "app/values.yaml": "refuse: true\n",
      "app/templates/web.yaml": chart["charts/app/templates/web.yaml"],
    });
    expect(words.after).toContain(
      "app/Chart.yaml: what the chart app makes of its values: helm refuses (Error: values don't meet the specifications)",
    );
  });

  test("an archive of a chart comes from the disk, and only from below the tree", async () => {
    const vendored = {
      "release.yaml": fromGit["release.yaml"]
        .replace("./charts/app,", "./charts/app-1.0.0.tgz,")
        .replace(/, valuesFiles: .*?\]/, ""),
      "charts/app-1.0.0.tgz": noText,
    };
    const none = await checked(vendored);
    expect(none.asked).toBe(false);
    writeFileSync(join(folder, "repo/charts/app-1.0.0.tgz"), "packed");
    const { second } = await checked(vendored, { root: join(folder, "repo") });
    expect(said()).toContain("./tree/charts/app-1.0.0.tgz");
    // Its templates are not in the tree: what they make is found at who asks for them.
    expect(second.findings).toContainEqual(expect.objectContaining({ rule: "IMG-01", path: "release.yaml" }));
  });

  test("values that lie in the cluster leave a release unchecked", async () => {
    const { after } = await checked({
      ...chart,
      "release.yaml": `${fromGit["release.yaml"]}  valuesFrom: [{kind: Secret, name: s}]\n`,
    });
    expect(after).toContain(
      "release.yaml: what HelmRelease Edge_App applies: its chart or values (./charts/app (valuesFrom)) are not in this tree",
    );
  });
});
