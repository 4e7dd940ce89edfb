import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hit, judged } from "#model/manifest.ts";
import { Report } from "#model/plan.ts";
import { defineRule, type Kustomize } from "#model/rule.ts";
import { languages, verbatim } from "#model/text.ts";
import { isNodeConfig as isK0s, checkNodeConfig as k0s } from "../../src/distros/k0s/check.ts";
import { isNodeConfig as isK3s, checkNodeConfig as k3s } from "../../src/distros/k3s/check.ts";
import { loadSchemas } from "../../src/schemas/walk.ts";
import { type GuardContext, guard } from "../../src/steps/guard.ts";
import { kustomize } from "../../src/steps/kustomize.ts";
import { reference } from "../schemas/reference.ts";

const noNames = defineRule({
  id: "TEST-01",
  severity: "warn",
  title: verbatim("no till"),
  why: verbatim("a test"),
  message: verbatim("{name} is not allowed"),
  fix: verbatim("rename {name}"),
  source: "https://example.com",
  check: ({ effective }) =>
    effective
      .filter(({ doc }) => JSON.stringify(doc).includes("forbidden"))
      .map(({ path, line, name }) => ({ path, line: line("/metadata/name"), values: { name } })),
  examples: { bad: [], good: [] },
});

const context: GuardContext = {
  rules: [noNames],
  schemas: loadSchemas(),
  kustomize,
  distros: [
    { name: "K3s", version: "v1.36.2+k3s1", isNodeConfig: isK3s, checkNodeConfig: k3s },
    { isNodeConfig: isK0s, checkNodeConfig: k0s },
  ],
  setting: { role: "edge" },
};

function check(files: Record<string, string>, overrides: Partial<GuardContext> = {}) {
  const list = Object.entries(files).map(([path, content]) => ({ path, content }));
  return guard(list, { ...context, ...overrides });
}

const brief = (report: Report) => report.findings.map(({ rule, path, line }) => `${rule} ${path}:${line}`);
const configMap = (extra = "") => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: till\n${extra}`;

describe("a report", () => {
  test("right manifests give no finding, and everything is counted", () => {
    const files = reference.map((doc, i) => [`${i}.yaml`, JSON.stringify(doc)] as const);
    const report = check(Object.fromEntries(files.slice(0, -2)));
    expect(report.findings.filter(({ rule }) => rule !== "TEST-01")).toEqual([]);
    expect(report.checked).toEqual({ files: files.length - 2, documents: files.length - 2 });
    // What charts that lie elsewhere apply is not seen.
    expect(report.unchecked.filter(({ what }) => !what.includes("its chart"))).toEqual([]);
    expect(report.against).toMatchObject({ Kubernetes: "1.36.0", "Flux Operator": "0.58.1" });
  });

  test("holds what its contract says, in four languages", () => {
    const report = check({
      "a.yaml": configMap("dta: {}\n"),
      "b.yaml": "apiVersion: apps/v1beta1\nkind: Deployment\n",
      "c/etc/rancher/k3s/config.yaml": "clusterinit: true\n",
    });
    expect(Report.parse(report)).toEqual(report);
    expect(report.findings.length).toBe(3);
    for (const { message, fix } of report.findings) {
      for (const sentence of [message, fix]) {
        for (const language of languages) expect(sentence[language]).toMatch(/^[^{}]{3,}$/);
      }
    }
  });

  test.each([
    ["unknown field", configMap("dta: {}\n"), "SCHEMA-01 a.yaml:5"],
    ["wrong type", configMap("data: []\n"), "SCHEMA-02 a.yaml:5"],
    [
      "missing field",
      "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  ports: [{}]\n",
      "SCHEMA-03 a.yaml:5",
    ],
    [
      "wrong value",
      "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  type: Cluster\n",
      "SCHEMA-04 a.yaml:5",
    ],
    ["unknown kind", "apiVersion: apps/v1\nkind: Deploymnt\n", "SCHEMA-05 a.yaml:2"],
    ["removed API", "kind: HelmRelease\napiVersion: helm.toolkit.fluxcd.io/v2beta1\n", "API-01 a.yaml:2"],
  ])("%s has its rule and its line", (_, text, expected) => {
    expect(brief(check({ "a.yaml": text }))).toEqual([expected]);
  });

  test("an object that says only half of what it is", () => {
    const files = {
      "a.yaml": "apiversion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
      "b.yaml": "apiVersion: v1\nmetadata: {name: b}\n",
      "patch.yaml": "kind: ConfigMap\nmetadata: {name: a}\n",
      "values.yaml": "kind: DaemonSet\nmetadata: {labels: {a: b}}\n",
      "k/kustomization.yaml": "metadata: {name: k}\nkind: Kustomization\n",
    };
    const report = check({ ...files, "kustomization.yaml": "patches: [{path: patch.yaml}]\n" });
    expect(brief(report).filter((one) => one.startsWith("SCHEMA"))).toEqual([
      "SCHEMA-03 a.yaml:1",
      "SCHEMA-03 b.yaml:1",
    ]);
    expect(report.findings[0]!.message.en).toBe("ConfigMap needs apiVersion (Kubernetes).");
    expect(report.unchecked.map(({ path }) => path)).toContain("values.yaml");
  });

  test("objects that others carry are checked too, where they are not filled in later", () => {
    const set = (inner: string) =>
      check({
        "a.yaml": `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: a, namespace: b}\nspec:\n  resources:\n    - apiVersion: v1\n      kind: ConfigMap\n      metadata: {name: "x-<< inputs.name >>", namespace: "<< inputs.name >>", labels: {a: "<< inputs.name >>"}}\n${inner}`,
      });
    expect(set('      data: {a: "<< inputs.a >>"}\n').findings).toEqual([]);
    const { findings, checked } = set("      dta: {a: b}\n");
    expect(findings).toMatchObject([{ rule: "SCHEMA-01", line: 9, column: 7 }]);
    expect(findings[0]!.mend).toBeUndefined();
    expect(checked.documents).toBe(1);
  });

  test("what no schema covers is unchecked, never valid", () => {
    const report = check({
      "k.yaml": "apiVersion: serving.knative.dev/v1\nkind: Service\nspec: {anything: 1}\n",
      "values.yaml": "a: 1\n",
      "run.sh": "#!/bin/sh\n",
      "README.md": "# Hi\n",
    });
    expect(report.unchecked).toEqual([
      { path: "k.yaml", what: "serving.knative.dev/v1 Service" },
      expect.objectContaining({ path: "values.yaml", what: "YAML without a schema" }),
    ]);
    expect(report.checked).toEqual({ files: 0, documents: 0 });
  });

  test("is sorted and says nothing twice", () => {
    const report = check(
      { "b.yaml": configMap("b: 1\na: 1\n"), "a.yaml": configMap("z: 1\n") },
      { rules: [noNames, noNames] },
    );
    expect(brief(report)).toEqual(["SCHEMA-01 a.yaml:5", "SCHEMA-01 b.yaml:5", "SCHEMA-01 b.yaml:6"]);
  });
});

describe("node configuration", () => {
  test("is known by its path", () => {
    const report = check({
      "nodes/x/etc/rancher/k3s/config.yaml": "token: a\ndisabel: traefik\n",
      "nodes/x/agent/etc/rancher/k3s/config.yaml": "server: https://a\ncluster-cidr: 10.0.0.0/8\n",
    });
    expect(brief(report)).toEqual([
      "NODE-01 nodes/x/agent/etc/rancher/k3s/config.yaml:2",
      "NODE-01 nodes/x/etc/rancher/k3s/config.yaml:2",
    ]);
    expect(report.against).toEqual({ K3s: "v1.36.2+k3s1" });
    expect(report.checked).toEqual({ files: 2, documents: 2 });
  });

  test("inside a cloud-config is found, on its own line", () => {
    const cloudInit =
      "#cloud-config\nwrite_files:\n  - path: /etc/rancher/k3s/config.yaml\n    content: |\n      token: a\n      disabel: x\n";
    const kairos =
      "#cloud-config\nstages:\n  boot:\n    - files:\n        - path: /etc/rancher/k3s/config.yaml\n          content: |\n            nope: 1\n";
    const broken = cloudInit.replace("disabel: x", "a: [");
    const report = check({ "a.yaml": cloudInit, "b.yaml": kairos, "c.yaml": broken });
    expect(brief(report)).toEqual(["NODE-01 a.yaml:6", "NODE-01 b.yaml:7", "NODE-03 c.yaml:6"]);
    expect(report.unchecked.map(({ path }) => path)).toEqual(["a.yaml", "b.yaml", "c.yaml"]);
  });

  test("a k0s.yaml is one document, and one fault is one finding", () => {
    const text =
      "apiVersion: k0s.k0sproject.io/v1beta1\nkind: ClusterConfig\nspec:\n  netwrk: {}\n  telemetry: {enabled: false}\n  api: {port: x}\n";
    const report = check({ "nodes/x/etc/k0s/k0s.yaml": text });
    expect(report.findings.map(({ rule, line }) => [rule, line])).toEqual([
      ["NODE-01", 4],
      ["SCHEMA-02", 6],
    ]);
    expect(report.checked).toEqual({ files: 1, documents: 1 });
  });
});

describe("kustomizations", () => {
  const tree = {
    "base/kustomization.yaml": "resources: [till.yaml]\n",
    "base/till.yaml": configMap("data: { a: b }\n"),
    "sets/x/kustomization.yaml": "resources: [../../base]\npatches: [{path: p.yaml}]\n",
    "sets/x/p.yaml": configMap("data: { a: forbidden }\n"),
  };

  test("rules see what an overlay makes of a clean base", () => {
    const report = check(tree);
    expect(report.findings.map(({ rule }) => rule)).toEqual(["TEST-01"]);
    expect(report.checked.files).toBe(4);
  });

  test("what only an overlay brings is said of its patch, or with the target that makes it so", () => {
    const rule = defineRule({
      ...noNames,
      id: "TEST-03",
      message: verbatim("{value}"),
      check: (seen) =>
        judged(seen)
          .filter(({ doc }) => (doc.data as Record<string, string> | undefined)?.a === "forbidden")
          .map((manifest) => hit(manifest, { pointer: "/data/a", values: { value: "forbidden" } })),
    });
    const [finding, ...more] = check(tree, { rules: [rule] }).findings;
    expect([finding?.path, finding?.message.en, more]).toEqual(["sets/x/p.yaml", "forbidden", []]);
    const set =
      "resources: [../../base]\npatches:\n  - target: {kind: ConfigMap}\n    patch: '- {op: replace, path: /data/a, value: forbidden}'\n";
    const { "sets/x/p.yaml": _, ...without } = tree;
    const made = check({ ...without, "sets/x/kustomization.yaml": set }, { rules: [rule] }).findings;
    expect(made.map(({ path, message }) => [path, message.de])).toEqual([
      ["base/till.yaml", "forbidden So wird es erst durch den Build von sets/x."],
    ]);
    const own = { ...tree, "base/till.yaml": configMap("data: { a: forbidden }\n") };
    expect(check(own, { rules: [rule] }).findings.map(({ path }) => path)).toEqual([
      "base/till.yaml",
      "sets/x/p.yaml",
    ]);
  });

  // A JSON patch with a misspelt path builds without a word, and no file by itself is wrong.
  test("what only the build makes wrong is found, once, and said of no file twice", () => {
    const files = (patch: string, ...dirs: string[]) =>
      check({
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": configMap("data: {a: b}\n"),
        ...Object.fromEntries(
          dirs.map((dir) => [
            `${dir}/kustomization.yaml`,
            `resources: [../base]\npatches: [{target: {kind: ConfigMap}, patch: '${patch}'}]\n`,
          ]),
        ),
      }).findings.map(({ rule, path, line, message }) => [rule, `${path}:${line}`, message.en]);
    expect(files('[{"op": "add", "path": "/dta", "value": {"a": "b"}}]', "over", "under")).toEqual([
      [
        "SCHEMA-01",
        "base/a.yaml:1",
        "ConfigMap has no field dta (Kubernetes 1.36.0). The build of over makes it so.",
      ],
    ]);
    expect(files('[{"op": "add", "path": "/data/a", "value": 1}]', "over")).toMatchObject([
      ["SCHEMA-02", "base/a.yaml:5", expect.stringContaining("data.a")],
    ]);
    expect(files('[{"op": "add", "path": "/data/a", "value": "c"}]', "over")).toEqual([]);
    const merge = "{apiVersion: v1, kind: ConfigMap, metadata: {name: till}, dta: {a: b}}";
    expect(files(merge, "over")).toMatchObject([
      ["SCHEMA-01", "over/kustomization.yaml:2", expect.stringContaining("dta")],
    ]);
  });

  test("patches written inside are read, on their own lines", () => {
    const patch = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: till}\ndta: {}\n".replaceAll(
      /^(?=.)/gm,
      "      ",
    );
    const kustomization = `resources: [../../base]\npatches:\n  - patch: |\n${patch}    target: {kind: ConfigMap}\n`;
    const report = check({ ...tree, "sets/x/kustomization.yaml": kustomization });
    expect(brief(report)).toContain("SCHEMA-01 sets/x/kustomization.yaml:7");
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: f}\nspec:\n  interval: 1h\n  prune: true\n  sourceRef: {kind: GitRepository, name: f}\n  patches:\n    - patch: |\n        apiVersion: apps/v1\n        kind: Deployment\n        metadata: {name: a}\n        spec: {replica: 1}\n`;
    expect(brief(check({ "f.yaml": flux }))).toEqual(["SCHEMA-01 f.yaml:13"]);
  });

  test("a fragment is one only where the whole of it is there too", () => {
    const release = (spec: string) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: till}\nspec: {interval: 1h, ${spec}}\n`;
    const alone = { "site/till.yaml": release("values: {}") };
    expect(brief(check(alone))).toEqual(["SCHEMA-06 site/till.yaml:4"]);
    const whole = { "base/till.yaml": release("chartRef: {kind: OCIRepository, name: till}") };
    const listed = { "base/kustomization.yaml": "resources: [till.yaml]\n", ...whole };
    expect(brief(check({ ...listed, ...alone }))).toEqual([]);
    expect(
      brief(check({ ...listed, ...alone, "site/kustomization.yaml": "resources: [till.yaml]\n" })),
    ).toEqual(["SCHEMA-06 site/till.yaml:4"]);
  });

  test("what only lacks fields and nobody lists is named unchecked", () => {
    const role = (rest: string) =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: till}\n${rest}`;
    const files = {
      "base/kustomization.yaml": "resources: [till.yaml]\n",
      "base/till.yaml": role("roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}\n"),
      "site/till.yaml": role("subjects: []\n"),
    };
    const report = check(files);
    expect(brief(report)).toEqual([]);
    expect(report.unchecked.map(({ path }) => path)).toEqual(["site/till.yaml"]);
    expect(brief(check({ "site/till.yaml": files["site/till.yaml"] }))).toEqual([
      "SCHEMA-03 site/till.yaml:1",
    ]);
  });

  test("a fleet.yaml of Rancher Fleet is read as one, another tool's is not", () => {
    const fleet =
      "defaultNamespace: till\nhelm:\n  chart: ./chart\n  valuesFile: [a.yaml]\ntargetCustomizations:\n  - name: x\n    clusterSelectr: {}\ndependsOn: [{name: base, acceptedStates: [Done]}]\n";
    const report = check({ "till/fleet.yaml": fleet, "fleet.yaml": "fleet: {sites: 3}\ndecisions: {}\n" });
    expect(brief(report)).toEqual([
      "SCHEMA-01 till/fleet.yaml:4",
      "SCHEMA-01 till/fleet.yaml:7",
      "SCHEMA-04 till/fleet.yaml:8",
    ]);
    expect(report.against).toEqual({ "Rancher Fleet": "0.16" });
    expect(report.checked).toEqual({ files: 1, documents: 1 });
    expect(report.unchecked.map(({ path }) => path)).toEqual(["fleet.yaml", "till/fleet.yaml"]);
  });

  test("a reader that fails leaves the rest checked", () => {
    const broken: Kustomize = () => {
      throw new Error("no reader");
    };
    const report = check({ ...tree, "base/till.yaml": configMap("dta: {}\n") }, { kustomize: broken });
    expect(report.findings.map(({ rule }) => rule)).toContain("SCHEMA-01");
    expect(report.unchecked).toContainEqual(
      expect.objectContaining({ path: ".", what: "kustomizations: no reader" }),
    );
  });
});

test("a rule that throws is named, and the others run", () => {
  const failing = defineRule({
    ...noNames,
    id: "TEST-02",
    check: () => {
      throw new TypeError("x is undefined");
    },
  });
  const report = check({ "a.yaml": configMap("data: { a: forbidden }\n") }, { rules: [failing, noNames] });
  expect(brief(report)).toEqual(["TEST-01 a.yaml:4"]);
  expect(report.unchecked).toMatchObject([{ path: ".", what: "rule TEST-02: x is undefined" }]);
});

describe("comments that ignore a rule", () => {
  const ignored = (text: string, overrides?: Partial<GuardContext>) =>
    brief(check({ "a.yaml": text }, overrides));

  test("hold for their line, the next line, or the whole document below", () => {
    expect(ignored(configMap("dta: {} # edgewright:ignore SCHEMA-01 old tool\n"))).toEqual([]);
    expect(ignored(configMap("# edgewright:ignore SCHEMA-01 old tool\ndta: {}\nbta: {}\n"))).toEqual([
      "SCHEMA-01 a.yaml:7",
    ]);
    const document = `# edgewright:ignore SCHEMA-01 old tool\n${configMap("dta: {}\n")}`;
    expect(ignored(`${document}---\n${configMap("dta: {}\n")}`)).toEqual(["SCHEMA-01 a.yaml:12"]);
  });

  test("only for the rule they name, and never silently", () => {
    expect(ignored(configMap("dta: {} # edgewright:ignore TEST-01 other\n"))).toEqual([
      "SCHEMA-01 a.yaml:5",
      "IGNORE-03 a.yaml:5",
    ]);
    const report = check({ "a.yaml": configMap("dta: {} # edgewright:ignore SCHEMA-01 old tool\n") });
    expect(report.unchecked).toMatchObject([
      {
        path: "a.yaml",
        what: "SCHEMA-01 ignored at line 5: old tool",
        text: { de: "SCHEMA-01 in Zeile 5 ausgenommen: old tool" },
      },
    ]);
  });

  test("not without a reason, and not for what a model wrote", () => {
    expect(ignored(configMap("dta: {} # edgewright:ignore SCHEMA-01\n"))).toEqual([
      "SCHEMA-01 a.yaml:5",
      "IGNORE-01 a.yaml:5",
    ]);
    const excused = configMap("dta: {} # edgewright:ignore SCHEMA-01 trust me\n");
    expect(ignored(excused, { ignores: false })).toEqual(["SCHEMA-01 a.yaml:5"]);
  });
});

describe("what is accepted", () => {
  const bad = configMap("dta: {}\n");

  test("for a whole file, for several rules at once, and in another way of writing", () => {
    const ids = (text: string) => brief(check({ "a.yaml": text }));
    expect(ids(`${bad}# edgewright:ignore-file SCHEMA-01: old tool\n---\n${bad}`)).toEqual([]);
    expect(ids(`# edgewright:ignore TEST-01, SCHEMA-01: old\n${configMap("dta: forbidden\n")}`)).toEqual([]);
    expect(ids(configMap("dta: {} # edgewright-ignore SCHEMA-01 - old tool\n"))).toEqual([]);
  });

  test("is counted, never lost", () => {
    const report = check({ "a.yaml": configMap("dta: {} # edgewright:ignore SCHEMA-01: old tool\n") });
    expect(report.suppressed).toMatchObject([
      { finding: { rule: "SCHEMA-01", line: 5 }, reason: "old tool", by: "comment" },
    ]);
    expect(Report.parse(report)).toEqual(report);
    expect(check({ "a.yaml": bad }).suppressed).toBeUndefined();
  });

  test("must name a rule that exists; the nearest is said", () => {
    const { findings } = check({
      "a.yaml": configMap("# edgewright:ignore TEST-1 why\ndata: {a: forbidden}\n"),
    });
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual([
      ["TEST-01", 4],
      ["IGNORE-02", 5],
    ]);
    expect(findings[1]!.fix.en).toBe("Write TEST-01.");
    expect(brief(check({ "a.yaml": configMap("# edgewright:ignore\n") }))).toEqual(["IGNORE-02 a.yaml:5"]);
  });

  test("is reported where nothing needs it, unless only a part of a repository is seen", () => {
    const files = { "a.yaml": configMap("data: {a: b} # edgewright:ignore TEST-01: old tool\n") };
    expect(brief(check(files))).toEqual(["IGNORE-03 a.yaml:5"]);
    expect(brief(check(files, { partial: true }))).toEqual([]);
    expect(brief(check(files, { config: { severity: { "TEST-01": "off" } } }))).toEqual([]);
    expect(brief(check({ "README.md": "Write `# edgewright:ignore TEST-01: why`.\n" }))).toEqual([]);
  });
});

describe("edgewright.yaml", () => {
  const files = {
    "apps/a.yaml": configMap("data: {a: forbidden}\n"),
    "vendor/b.yaml": configMap("dta: {}\n"),
  };

  test("accepts findings by rule and path, with a place for what is wrong in it", () => {
    const ignore = [
      { rule: "TEST-01", path: "apps/**", reason: "old tool" },
      { rule: "TEST-01", path: "other/**", reason: "not needed" },
      { rule: "TEST-91", reason: "no such rule" },
    ];
    const configSource = { path: "edgewright.yaml", line: (pointer: string) => pointer.length };
    const report = check(files, { config: { ignore, severity: { "TST-01": "off" } }, configSource });
    expect(report.suppressed).toMatchObject([
      { finding: { rule: "TEST-01", path: "apps/a.yaml" }, reason: "old tool", by: "config" },
    ]);
    expect(brief(report)).toEqual([
      "IGNORE-02 edgewright.yaml:9",
      "IGNORE-03 edgewright.yaml:9",
      "IGNORE-02 edgewright.yaml:16",
      "SCHEMA-01 vendor/b.yaml:5",
    ]);
  });

  test("leaves files out, counted as such, and still there to be referred to", () => {
    const report = check(
      {
        ...files,
        "vendor/b.yaml": files["vendor/b.yaml"].replace("till", "tool"),
        "kustomization.yaml": "resources: [apps/a.yaml, vendor/b.yaml]\n",
      },
      { config: { exclude: ["vendor/"] } },
    );
    expect(brief(report)).toEqual(["TEST-01 apps/a.yaml:4"]);
    expect(report.unchecked).toMatchObject([
      { path: "vendor/", text: { de: "von edgewright.yaml ausgenommen, Dateien: 1" } },
    ]);
    expect(report.checked).toEqual({ files: 2, documents: 2 });
  });

  test("changes a rule's severity, and says where the tree runs", () => {
    const severities = (overrides: Partial<GuardContext>) =>
      check({ "apps/a.yaml": files["apps/a.yaml"] }, overrides).findings.map(({ severity }) => severity);
    expect(severities({})).toEqual(["warn"]);
    expect(severities({ config: { severity: { "TEST-01": "block" } } })).toEqual(["block"]);
    expect(severities({ config: { severity: { "TEST-01": "off" } } })).toEqual([]);
    const byRole = { ...noNames, severity: { edge: "block", hub: "off" } } as const;
    expect(severities({ rules: [byRole] })).toEqual(["block"]);
    expect(severities({ rules: [byRole], setting: { role: "hub" } })).toEqual([]);
    const needy = { ...noNames, needs: ["memoryMiB"] } as const;
    expect(severities({ rules: [needy] })).toEqual([]);
    expect(severities({ rules: [needy], config: { memory: "2Gi" } })).toEqual(["warn"]);
  });
});

test("no tree of files makes it throw", () => {
  const path = fc.constantFrom(
    "a.yaml",
    "kustomization.yaml",
    "x/etc/rancher/k3s/config.yaml",
    "x/etc/k0s/k0s.yaml",
  );
  const text = fc.oneof(
    fc.constantFrom(...reference).map((doc) => JSON.stringify(doc)),
    fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
    fc.string({ maxLength: 60 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(path, text), { maxLength: 4 }), (files) => {
      expect(Report.safeParse(check(Object.fromEntries(files))).success).toBe(true);
    }),
    { numRuns: 300 },
  );
});
