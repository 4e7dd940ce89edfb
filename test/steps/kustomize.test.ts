import fc from "fast-check";
import { expect, test } from "vitest";
import { forKustomize, parseTree } from "../../src/steps/guard/parse.ts";
import { kustomize } from "../../src/steps/kustomize.ts";

function read(files: Record<string, string>) {
  const tree = new Map(Object.entries(files));
  return kustomize(forKustomize(tree, parseTree(tree)));
}

const object = (kind: string, name: string) => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;
const component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";
const base = {
  "base/kustomization.yaml": "resources:\n- cm.yaml\n",
  "base/cm.yaml": object("ConfigMap", "site"),
};

const cases: [string, Record<string, string>, { code: string; path: string; line: number }][] = [
  [
    "a file that is not there",
    { "kustomization.yaml": "resources:\n- a.yaml\n" },
    { code: "missing", path: "kustomization.yaml", line: 2 },
  ],
  [
    "a folder outside the repository",
    { "a/kustomization.yaml": "resources:\n- ../../other\n" },
    { code: "escape", path: "a/kustomization.yaml", line: 2 },
  ],
  [
    "an absolute path",
    { "kustomization.yaml": "resources:\n- /etc/passwd\n" },
    { code: "escape", path: "kustomization.yaml", line: 2 },
  ],
  [
    "a file of another folder",
    { ...base, "a/kustomization.yaml": "resources:\n- ../base/cm.yaml\n" },
    { code: "outside", path: "a/kustomization.yaml", line: 2 },
  ],
  [
    "a kustomization that includes itself over another",
    { "a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n" },
    { code: "cycle", path: "b/kustomization.yaml", line: 1 },
  ],
  [
    "a folder without kustomization",
    { "kustomization.yaml": "resources: [a]\n", "a/x.yaml": object("ConfigMap", "x") },
    { code: "no-kustomization", path: "kustomization.yaml", line: 1 },
  ],
  [
    "a kustomization that builds nothing",
    { "kustomization.yaml": "kind: Kustomization\n" },
    { code: "empty", path: "kustomization.yaml", line: 1 },
  ],
  [
    "an unknown field",
    { ...base, "base/kustomization.yaml": "resource: [x]\nresources: [cm.yaml]\n" },
    { code: "unknown-field", path: "base/kustomization.yaml", line: 1 },
  ],
  [
    "a string where patches are objects",
    { ...base, "base/kustomization.yaml": "resources: [cm.yaml]\npatches: [p.yaml]\n" },
    { code: "wrong-type", path: "base/kustomization.yaml", line: 2 },
  ],
  [
    "the same object twice",
    {
      ...base,
      "base/kustomization.yaml": "resources: [cm.yaml, again.yaml]\n",
      "base/again.yaml": object("ConfigMap", "site"),
    },
    { code: "duplicate", path: "base/kustomization.yaml", line: 1 },
  ],
  [
    "a patch target kustomize would drop in silence",
    {
      ...base,
      "base/kustomization.yaml":
        "resources: [cm.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: '- {op: remove, path: /spec}'\n",
    },
    { code: "patch-no-target", path: "base/kustomization.yaml", line: 3 },
  ],
  [
    "a Component's patch that matches nothing where it is included",
    {
      ...base,
      "c/kustomization.yaml": `${component}patches:\n- target: {name: other}\n  patch: '- {op: remove, path: /data}'\n`,
      "set/kustomization.yaml": "resources: [../base]\ncomponents: [../c]\n",
    },
    { code: "patch-no-target", path: "c/kustomization.yaml", line: 4 },
  ],
  [
    "an image nobody uses",
    { ...base, "base/kustomization.yaml": "resources: [cm.yaml]\nimages:\n- name: app\n  newTag: 1.0.0\n" },
    { code: "no-effect", path: "base/kustomization.yaml", line: 3 },
  ],
  [
    "a chart to inflate",
    { "kustomization.yaml": "helmCharts:\n- name: x\n" },
    { code: "helm", path: "kustomization.yaml", line: 1 },
  ],
  [
    "a field that has a successor",
    { ...base, "base/kustomization.yaml": "bases: []\nresources: [cm.yaml]\n" },
    { code: "deprecated", path: "base/kustomization.yaml", line: 1 },
  ],
];

test.each(cases)("reports %s, with its line", (_, files, problem) => {
  expect(read(files).problems).toContainEqual(expect.objectContaining(problem));
});

const remotes = [
  "https://example.com/a.yaml",
  "github.com/org/repo//config?ref=v1",
  "git@github.com:org/repo.git",
  "ssh://git@example.com/repo",
  "git::https://example.com/repo",
  "example.com/org/repo.git",
  "file:///etc",
  "../x?ref=main",
];
test.each(remotes)("never takes %s for a file", (target) => {
  const { problems, render } = read({ "kustomization.yaml": `resources:\n- "${target}"\n` });
  expect(problems).toContainEqual(expect.objectContaining({ code: "remote", line: 2 }));
  expect(render("")).toMatchObject({ kind: "unsupported" });
});

test("a Component's patch that matches in one of two sets is left alone, and Components are no targets", () => {
  const { problems, targets } = read({
    ...base,
    "c/kustomization.yaml": `${component}patches:\n- target: {name: site}\n  patch: '- {op: add, path: /data, value: {a: b}}'\n`,
    "one/kustomization.yaml": "resources: [../base]\ncomponents: [../c]\n",
    "two/kustomization.yaml": "resources: [x.yaml]\ncomponents: [../c]\n",
    "two/x.yaml": object("ConfigMap", "other"),
  });
  expect(problems).toEqual([]);
  expect(targets).toEqual(["one", "two"]);
});

test("a rendered object knows the file and line it came from", () => {
  const rendered = read({
    ...base,
    "base/cm.yaml": `${object("ConfigMap", "first")}---\n${object("ConfigMap", "second")}`,
    "set/kustomization.yaml":
      "resources: [../base]\nnamePrefix: a-\nconfigMapGenerator:\n- name: made\n  literals: [a=1]\n",
  }).render("set");
  expect(rendered).toMatchObject({
    kind: "rendered",
    objects: [
      { path: "base/cm.yaml", line: 1, doc: { metadata: { name: "a-first" } } },
      { path: "set/kustomization.yaml", line: 4, doc: { metadata: { name: "a-made-h29d89cmmt" } } },
      { path: "base/cm.yaml", line: 6, doc: { metadata: { name: "a-second" } } },
    ],
  });
});

test("rendering leaves what was handed in as it was", () => {
  const files = new Map(
    Object.entries({ ...base, "set/kustomization.yaml": "resources: [../base]\nnamespace: x\n" }),
  );
  const given = forKustomize(files, parseTree(files));
  const before = JSON.stringify(given);
  kustomize(given).render("set");
  expect(JSON.stringify(given)).toBe(before);
});

test("no tree, however odd, makes it throw", () => {
  const field = fc.constantFrom(
    "resources",
    "components",
    "patches",
    "images",
    "labels",
    "replicas",
    "configMapGenerator",
    "replacements",
    "namespace",
    "kind",
    "metadata",
    "generatorOptions",
    "namePrefix",
    "patchesStrategicMerge",
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.array(fc.constantFrom("../a", "x.yaml", "../b", ".", "..", "")),
    fc.array(
      fc.record(
        { path: fc.constant("x.yaml"), target: fc.jsonValue(), name: fc.jsonValue(), pairs: fc.jsonValue() },
        { requiredKeys: [] },
      ),
    ),
  );
  const kustomization = fc.dictionary(field, value).map((doc) => JSON.stringify(doc));
  const manifest = fc
    .jsonValue({ maxDepth: 4 })
    .map((spec) => JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec }));
  fc.assert(
    fc.property(kustomization, kustomization, manifest, (a, b, x) => {
      const { targets, render } = read({
        "a/kustomization.yaml": a,
        "b/kustomization.yaml": b,
        "a/x.yaml": x,
        "b/x.yaml": x,
      });
      for (const target of [...targets, "a", "b"]) render(target);
    }),
    { numRuns: 300 },
  );
});

test("a build that fails for a file that is not there is reported once, where the file is named", () => {
  const files = (kustomization: string) => ({
    "kustomization.yaml": `resources: [a.yaml]\n${kustomization}`,
    "a.yaml": object("ConfigMap", "a"),
  });
  const codes = (kustomization: string) => read(files(kustomization)).problems.map(({ code }) => code);
  expect(codes("patches:\n- path: gone.yaml\n")).toEqual(["missing"]);
  expect(codes("patches:\n- path: ../gone.yaml\n")).toEqual(["escape"]);
  expect(codes("patchesStrategicMerge: [gone.yaml]\n")).toEqual(["deprecated", "missing"]);
  expect(codes("configMapGenerator:\n- name: b\n  files: [gone.txt]\n")).toEqual(["missing"]);
  expect(read(files("patches:\n- path: gone.yaml\n")).render("").kind).toBe("refused");
  // Another mistake in the same entry is another finding.
  expect(codes("patches:\n- path: a.yaml\n  patch: 'a: b'\n")).toEqual(["refused"]);
});
