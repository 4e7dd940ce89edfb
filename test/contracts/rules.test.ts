import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Hit, Manifest, Rule, RuleContext, Setting } from "#model/rule.ts";
import { isText, languages, type Text } from "#model/text.ts";
import { readContext } from "../../src/steps/guard/context.ts";
import { parseTree } from "../../src/steps/guard/parse.ts";
import { kustomize } from "../../src/steps/kustomize.ts";

const folder = join(import.meta.dirname, "../../src/rules");
const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
const shelf = await Promise.all(
  files.map(async (file) => ({
    file,
    rule: ((await import(join(folder, file))) as { default: Rule }).default,
  })),
);

/** What a rule sees of a tree. */
function contextOf(tree: Record<string, string>, setting: Partial<Setting> = {}): RuleContext {
  const files = new Map(Object.entries(tree));
  return readContext(files, parseTree(files), { kustomize, setting: { role: "edge", ...setting } }).context;
}

function manifestOf(doc: Record<string, unknown>, path: string): Manifest {
  const metadata = (doc.metadata ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    path,
    index: 0,
    doc,
    apiVersion: text(doc.apiVersion),
    kind: text(doc.kind),
    name: text(metadata.name),
    namespace: text(metadata.namespace),
    line: () => 1,
    patch: false,
  };
}

const PLACES = /\{(\w+)\}/g;
const placesOf = (text: Text) =>
  languages.map((language) => [...text[language].matchAll(PLACES)].map((found) => found[1]!).sort());

describe.each(shelf)("rule $file", ({ file, rule }) => {
  const { examples } = rule;
  const hitsOf = (tree: Record<string, string>) => rule.check(contextOf(tree, examples.setting));

  test("its file carries its id", () => {
    expect(file).toMatch(new RegExp(`^${rule.id.toLowerCase()}-[a-z0-9-]+\\.ts$`));
  });

  test("says everything in four languages, each in its own words, with the same places to fill", () => {
    for (const field of ["title", "why", "message", "fix"] as const) {
      const words = languages.map((language) => rule[field][language]);
      expect(words.every((word) => word.trim() !== "")).toBe(true);
      const bare = words.map((word) => word.replace(PLACES, "").replace(/[\s:：.。]/g, ""));
      if (bare.some((word) => word !== "")) expect(new Set(words).size, words.join(" | ")).toBe(4);
      for (const places of placesOf(rule[field]))
        expect(new Set(places)).toEqual(new Set(placesOf(rule[field])[0]));
    }
  });

  test("says why, and where it comes from", () => {
    expect(rule.source).toMatch(/^https:\/\/\S+$/);
    expect(rule.why.en.length).toBeGreaterThan(20);
    for (const field of ["title", "why"] as const) expect(placesOf(rule[field]).flat()).toEqual([]);
  });

  test("hits every bad example, fills every place and names a line that exists", () => {
    expect(examples.bad.length).toBeGreaterThan(0);
    for (const bad of examples.bad) {
      const hits = hitsOf(bad);
      expect(hits.length, JSON.stringify(bad).slice(0, 500)).toBeGreaterThan(0);
      for (const { path, line, values } of hits) {
        expect(Object.keys(bad)).toContain(path);
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(bad[path]!.split("\n").length);
        const wanted = new Set([...placesOf(rule.message), ...placesOf(rule.fix)].flat());
        expect([...wanted].filter((place) => values[place] === undefined || values[place] === "")).toEqual(
          [],
        );
      }
    }
  });

  test("leaves every good example alone", () => {
    expect(examples.good.length).toBeGreaterThan(0);
    for (const good of examples.good) expect(hitsOf(good)).toEqual([]);
  });

  test("gives the same answer twice and changes nothing it was given", () => {
    for (const tree of [...examples.bad, ...examples.good]) {
      const context = contextOf(tree, examples.setting);
      const before = JSON.stringify([context.manifests, context.effective, context.kustomizations]);
      expect(rule.check(context)).toEqual(rule.check(context));
      expect(JSON.stringify([context.manifests, context.effective, context.kustomizations])).toBe(before);
    }
  });
});

function isHit({ path, line, values }: Hit): boolean {
  const isValue = (value: unknown) => /^(?:string|number)$/.test(typeof value) || isText(value);
  return typeof path === "string" && Number.isInteger(line) && Object.values(values).every(isValue);
}

test("no two rules share an id", () => {
  expect(new Set(shelf.map(({ rule }) => rule.id)).size).toBe(shelf.length);
});

test("no document, however odd, makes a rule throw", { timeout: 120_000 }, () => {
  const odd = fc.oneof(
    fc.constantFrom(null, [], {}, 0, 7, "", "a", true, [null], [[1]], { a: null }),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const keys = [
    ...[
      "spec",
      "template",
      "containers",
      "initContainers",
      "metadata",
      "labels",
      "annotations",
      "volumes",
      "hostPath",
    ],
    ...[
      "env",
      "ports",
      "resources",
      "requests",
      "limits",
      "memory",
      "image",
      "securityContext",
      "capabilities",
      "drop",
    ],
    ...[
      "destination",
      "destinations",
      "server",
      "name",
      "generators",
      "matrix",
      "rules",
      "verbs",
      "subjects",
      "roleRef",
    ],
    ...[
      "data",
      "stringData",
      "sops",
      "ingress",
      "egress",
      "from",
      "ipBlock",
      "ports",
      "dependsOn",
      "sourceRef",
      "path",
    ],
    ...[
      "postBuild",
      "substitute",
      "substituteFrom",
      "chart",
      "source",
      "sources",
      "interval",
      "policyTypes",
      "podSelector",
    ],
    ...[
      "secretGenerator",
      "literals",
      "resources",
      "encryptedData",
      "clusterResourceWhitelist",
      "syncPolicy",
      "__proto__",
    ],
  ];
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, depthSize: "medium" },
      odd,
      fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 8 }),
      fc.array(tie("tree"), { maxLength: 3 }),
    ),
  }));
  const kinds = [
    ["v1", "Pod"],
    ["v1", "Secret"],
    ["v1", "ConfigMap"],
    ["v1", "Service"],
    ["v1", "Namespace"],
    ["apps/v1", "Deployment"],
    ["batch/v1", "CronJob"],
    ["argoproj.io/v1alpha1", "Application"],
    ["argoproj.io/v1alpha1", "ApplicationSet"],
    ["argoproj.io/v1alpha1", "AppProject"],
    ["kustomize.toolkit.fluxcd.io/v1", "Kustomization"],
    ["helm.toolkit.fluxcd.io/v2", "HelmRelease"],
    ["source.toolkit.fluxcd.io/v1", "GitRepository"],
    ["fluxcd.controlplane.io/v1", "ResourceSet"],
    ["rbac.authorization.k8s.io/v1", "ClusterRole"],
    ["rbac.authorization.k8s.io/v1", "ClusterRoleBinding"],
    ["networking.k8s.io/v1", "NetworkPolicy"],
    ["bitnami.com/v1alpha1", "SealedSecret"],
    ["k0s.k0sproject.io/v1beta1", "ClusterConfig"],
    ["helm.cattle.io/v1", "HelmChart"],
    ["helm.cattle.io/v1", "HelmChartConfig"],
  ] as const;
  const documents = fc
    .tuple(
      fc.constantFrom(...kinds),
      fc.dictionary(fc.constantFrom(...keys), tree, { maxKeys: 6 }),
      fc.oneof(fc.constant("a"), fc.integer(), fc.constant(null)),
      tree,
    )
    .map(([[apiVersion, kind], rest, name, spec]) => ({
      metadata: { name },
      spec,
      ...rest,
      apiVersion,
      kind,
    }));
  fc.assert(
    fc.property(fc.array(documents, { minLength: 1, maxLength: 4 }), documents, (list, config) => {
      const manifests = list.map((doc, i) => ({ ...manifestOf(doc, `${i}.yaml`), patch: i === 3 }));
      const kustomization = { path: "kustomization.yaml", dir: "", doc: config, line: () => 1 };
      const text = JSON.stringify(config);
      const context: RuleContext = {
        ...{ manifests, effective: manifests, kustomizations: [kustomization], kustomize: [], syntax: [] },
        paths: new Set(["k3s/config.yaml", "0.yaml"]),
        text: () => text,
        setting: { role: "edge", memoryMiB: 1_024, plannedMiB: 500 },
      };
      for (const { rule } of shelf) {
        // One assertion a rule: thousands of them are most of the time this takes.
        const odd = rule.check(context).filter((found) => !isHit(found));
        expect(odd, rule.id).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});
