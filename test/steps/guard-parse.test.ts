import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTree } from "../../src/steps/guard/parse.ts";

const parse = (files: Record<string, string>) => parseTree(new Map(Object.entries(files)));
const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

describe("what is a manifest", () => {
  test("every document that says its kind, with the line of each field", () => {
    const { manifests } = parse({ "a.yaml": `# top\n${configMap}data:\n  x: "1"\n---\n${configMap}` });
    expect(manifests.map(({ name, index }) => [name, index])).toEqual([
      ["a", 0],
      ["a", 1],
    ]);
    const [first, second] = manifests;
    expect(first!.line()).toBe(2);
    expect(first!.line("/data/x")).toBe(7);
    expect(first!.line("/data/missing/deeper")).toBe(6);
    expect(second!.line("/metadata/name")).toBe(12);
  });

  test("a List is its items", () => {
    const list =
      "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata:\n      name: s\n";
    const { manifests } = parse({ "a.yaml": list });
    expect(manifests.map(({ kind, name }) => [kind, name])).toEqual([["Secret", "s"]]);
    expect(manifests[0]!.line("/metadata/name")).toBe(7);
    const typed = parse({
      "a.yaml": "apiVersion: v1\nkind: ConfigMapList\nitems:\n  - metadata: { name: c }\n",
    });
    expect(typed.manifests.map(({ kind, name }) => [kind, name])).toEqual([["ConfigMap", "c"]]);
  });

  test("values of a chart, lists and plain text are none", () => {
    const { manifests, syntax, documents } = parse({
      "values.yaml": "a: 1\n",
      "p.yaml": "- op: add\n",
      "README.md": "a: [",
      "s.sh": "x: {",
    });
    expect([manifests, syntax]).toEqual([[], []]);
    expect(documents.map(({ path }) => path)).toEqual(["values.yaml", "p.yaml"]);
  });

  test("JSON is read where it is an object of Kubernetes", () => {
    const { manifests, documents } = parse({
      "a.json": '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"j"}}',
      "package.json": '{"name":"x"}',
    });
    expect(manifests.map(({ name }) => name)).toEqual(["j"]);
    expect(documents).toHaveLength(1);
  });

  test("kustomizations are told from Flux Kustomizations by their API group", () => {
    const flux = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: f}\n";
    const tree = parse({ "a/kustomization.yaml": "resources: [x.yaml]\n", "b/kustomization.yaml": flux });
    expect(tree.kustomizations.map(({ dir }) => dir)).toEqual(["a"]);
    expect(tree.manifests.map(({ path }) => path)).toEqual(["b/kustomization.yaml"]);
  });

  test("patches are what a kustomization or a name says; a resource is never one", () => {
    const tree = parse({
      "o/kustomization.yaml":
        "resources: [my-patch.yaml]\npatches: [{path: ../p/x.yaml}]\npatchesStrategicMerge: [y.yaml]\n",
      "p/x.yaml": configMap,
      "o/y.yaml": configMap,
      "o/my-patch.yaml": configMap,
      "o/other-patch.yaml": configMap,
    });
    const patches = tree.manifests.filter(({ patch }) => patch).map(({ path }) => path);
    expect(patches).toEqual(["p/x.yaml", "o/y.yaml", "o/other-patch.yaml"]);
  });

  test("templates of a Helm chart are left alone, and said to be", () => {
    const { manifests, syntax, skipped } = parse({
      "c/Chart.yaml": "name: c\n",
      "c/templates/a.yaml": "a: {{ .Values.a }}\n",
    });
    expect([manifests, syntax]).toEqual([[], []]);
    expect(skipped.map(({ path, what }) => `${path}: ${what}`)).toEqual([
      "c/templates/a.yaml: Helm chart template",
      "c/Chart.yaml: what the chart c makes of its own values: it is not rendered here",
    ]);
  });
});

describe("what cannot be read", () => {
  const codes = (text: string, path = "a.yaml") =>
    parse({ [path]: text }).syntax.map(({ code, line }) => [code, line]);

  test.each([
    ["a: [1", [["syntax", 1]]],
    ["<<: 5\n", [["syntax", 1]]],
    ["<<: *nobody\n", [["syntax", 1]]],
    ["a: 1\nb: 2\na: 3\n", [["duplicate-key", 3]]],
    ["x: 1\na: {{ .Values.a }}\n", [["template", 2]]],
    ["{{- if .Values.a }}\na: 1\n{{- end }}\n", [["template", 1]]],
    ["a: \0", [["binary", 1]]],
    ["a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n", [["alias-bomb", 1]]],
    [`a: ${"[".repeat(3_000)}`, [["too-deep", 1]]],
    [`a: ${"x".repeat(1_000_001)}`, [["too-large", 1]]],
  ])("%# is named with its line", (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  test("deep indentation ends soon", () => {
    const text = Array.from({ length: 700 }, (_, i) => `${" ".repeat(i)}a:\n`).join("");
    expect(codes(text)).toEqual([["too-deep", 1]]);
  });

  test("scalars the cluster reads otherwise are ambiguous, in manifests only", () => {
    const data = 'data:\n  a: on\n  y: "1"\n  b: 1_000\n  c: "no"\n  d: |\n    yes\n  e: 012\n';
    expect(codes(configMap + data).map(([code, line]) => `${code} ${line}`)).toEqual([
      "ambiguous-scalar 6",
      "ambiguous-scalar 7",
      "ambiguous-scalar 8",
      "ambiguous-scalar 12",
    ]);
    expect(codes("on: push\n", ".github/workflows/a.yaml")).toEqual([]);
  });

  test("a file mode is octal, as the cluster reads it, and raises nothing", () => {
    const { manifests, syntax } = parse({ "a.yaml": `${configMap}x:\n  defaultMode: 0644\n` });
    expect(syntax).toEqual([]);
    expect(manifests[0]!.doc.x).toEqual({ defaultMode: 420 });
  });

  test("byte order marks and Windows line ends change nothing", () => {
    const unix = parse({ "a.yaml": configMap }).manifests[0]!;
    const windows = parse({ "a.yaml": `\ufeff${configMap.replaceAll("\n", "\r\n")}` }).manifests[0]!;
    expect(windows.doc).toEqual(unix.doc);
    expect(windows.line("/metadata/name")).toBe(unix.line("/metadata/name"));
  });

  test("merge keys are merged", () => {
    const { documents } = parse({ "a.yaml": "x: &x {a: 1}\ny:\n  <<: *x\n  b: 2\n" });
    expect(documents[0]!.value).toMatchObject({ y: { a: 1, b: 2 } });
  });

  test("no text makes it throw", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."ab: -[]{}&*!|>'\"\n #?%@,\t\0"), maxLength: 80 }),
        (text) => {
          parse({ "a.yaml": text, "kustomization.yaml": text });
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
