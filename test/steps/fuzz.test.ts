import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Report } from "#model/plan.ts";
import { checkFiles, openWorkshop } from "../../src/app/workshop.ts";
import { hard, tooLarge } from "./fuzz/inputs.ts";

// A sample that a busy machine reads in seconds; `npm run sweep:fuzz` measures all of it, time and memory included.
const workshop = await openWorkshop();
const check = (files: Record<string, string>) =>
  checkFiles(
    Object.entries(files).map(([path, content]) => ({ path, content })),
    workshop,
    { role: "edge" },
  );
/** Slow by nature, or only there to be measured. */
const quickBytes = 150_000;

describe("hard input", () => {
  const inputs = hard.map((input) => ({ ...input, content: input.make() }));
  const quick = inputs.filter(({ content }) => Buffer.byteLength(content) < quickBytes);

  test.each(quick)("$name ends in a report", ({ content, path = "a.yaml" }) => {
    const report = check({ [path]: content, "x.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: w0}\n" });
    expect(Report.safeParse(report).error).toBeUndefined();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test.each(tooLarge)("$name is one finding, and unchecked", ({ make, path = "a.yaml" }) => {
    const { findings, unchecked, checked } = check({ [path]: make() });
    expect(findings.map(({ path: at, severity }) => [at, severity])).toEqual([[path, "block"]]);
    expect(unchecked.map(({ path: at }) => at)).toEqual([path]);
    expect(checked.documents).toBe(0);
  });

  test("what is wrong a hundred thousand times is not said as often", () => {
    const twice = check({ "a.yaml": "key: 1\n".repeat(30_000) });
    expect(twice.findings.length).toBeLessThanOrEqual(50);
    const unknown = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n${Array.from({ length: 5_000 }, (_, i) => `  field${i}: 1\n`).join("")}`;
    const { findings, unchecked } = check({ "a.yaml": unknown });
    expect(findings.filter(({ rule }) => rule === "SCHEMA-01").length).toBeLessThan(1_000);
    expect(unchecked.map(({ what }) => what)).toContainEqual(expect.stringContaining("SCHEMA-01"));
  });
});

describe("any input", () => {
  const token = fc.constantFrom(
    ...[
      "a",
      "b: ",
      "- ",
      "? ",
      ": ",
      "[",
      "]",
      "{",
      "}",
      ", ",
      "&x ",
      "*x ",
      "!!str ",
      "!t ",
      "|\n",
      ">-\n",
      "'",
      '"',
    ],
    ...[
      "#",
      " ",
      "  ",
      "\n",
      "\n  ",
      "---\n",
      "...\n",
      "%YAML 1.1\n",
      "<<: *x\n",
      "~",
      "yes",
      "0123",
      "1_0",
      "\t",
      "\r\n",
    ],
    ...[
      "apiVersion: v1\n",
      "kind: Pod\n",
      "metadata: {name: a}\n",
      "spec:\n",
      "containers:\n",
      "resources: [a.yaml]\n",
    ],
    ...[
      "patches:\n",
      "{{ .x }}",
      "${x}",
      "\ufeff",
      "\0",
      "\ud800",
      "__proto__: ",
      "namespace: x\n",
      "$patch: delete\n",
    ],
  );
  const soup = fc.array(token, { maxLength: 60 }).map((parts) => parts.join(""));
  const field = fc.constantFrom(
    ...[
      "apiVersion",
      "kind",
      "metadata",
      "name",
      "namespace",
      "labels",
      "spec",
      "template",
      "containers",
      "image",
      "env",
    ],
    ...[
      "resources",
      "patches",
      "patch",
      "path",
      "target",
      "images",
      "newTag",
      "replicas",
      "configMapGenerator",
      "files",
    ],
    ...[
      "replacements",
      "source",
      "targets",
      "select",
      "fieldPaths",
      "options",
      "pairs",
      "components",
      "__proto__",
      "items",
    ],
    ...[
      "values",
      "chart",
      "sourceRef",
      "valuesFrom",
      "helm",
      "subjects",
      "roleRef",
      "rules",
      "data",
      "stringData",
      "",
    ],
  );
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(
        null,
        true,
        0,
        -1,
        1e300,
        "",
        "a",
        "10m",
        "{{",
        "${a}",
        "../x",
        "https://example.com/x",
        "a.yaml",
      ),
      fc.array(tie("any"), { maxLength: 4 }),
      fc.dictionary(field, tie("any"), { maxKeys: 6 }),
    ),
  })).any;
  const kind = fc.constantFrom(
    ["v1", "Pod"],
    ["v1", "ConfigMap"],
    ["v1", "List"],
    ["apps/v1", "Deployment"],
    ["kustomize.config.k8s.io/v1beta1", "Kustomization"],
    ["kustomize.toolkit.fluxcd.io/v1", "Kustomization"],
    ["helm.toolkit.fluxcd.io/v2", "HelmRelease"],
    ["argoproj.io/v1alpha1", "Application"],
    ["rbac.authorization.k8s.io/v1", "RoleBinding"],
    ["helm.cattle.io/v1", "HelmChart"],
  );
  const object = fc
    .tuple(kind, fc.dictionary(field, value, { maxKeys: 6 }))
    .map(([[apiVersion, name], rest]) =>
      JSON.stringify({ apiVersion, kind: name, metadata: { name: "a" }, ...rest }),
    );
  const file = fc.oneof(
    soup,
    object,
    fc.array(object, { maxLength: 3 }).map((list) => list.join("\n---\n")),
  );

  test("in any file ends in a report", () => {
    fc.assert(
      fc.property(file, file, file, (a, b, c) => {
        const report = check({
          "kustomization.yaml": a,
          "a.yaml": b,
          "p/kustomization.yaml": c,
          "fleet.yaml": b,
        });
        expect(Report.safeParse(report).error).toBeUndefined();
      }),
      { numRuns: Number(process.env.EDGEWRIGHT_RUNS ?? 150) },
    );
  });
});
