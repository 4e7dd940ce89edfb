import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildTree } from "../../scripts/build-schemas.ts";
import { removedApis } from "../../src/catalogue/removed-apis.ts";
import { tree } from "./mutants.ts";

test("tree.json is what the packages and overlays give, byte for byte", () => {
  const committed = readFileSync(new URL("../../src/schemas/tree.json", import.meta.url), "utf8");
  expect(buildTree() === committed, "run `npm run schemas:build`").toBe(true);
});

test("every kind of the fleet repository is in it", () => {
  const kinds = [
    "apps/v1/Deployment",
    "kustomize.toolkit.fluxcd.io/v1/Kustomization",
    "argoproj.io/v1alpha1/ApplicationSet",
    "upgrade.cattle.io/v1/Plan",
    "helm.cattle.io/v1/HelmChartConfig",
    "fluxcd.controlplane.io/v1/FluxInstance",
    "k0s.k0sproject.io/v1beta1/ClusterConfig",
    "helm.k0sproject.io/v1beta1/Chart",
    "monitoring.coreos.com/v1/ServiceMonitor",
  ];
  expect(kinds.filter((kind) => tree.kinds[kind] === undefined)).toEqual([]);
});

test("no removed API version has a schema", () => {
  const keys = Object.keys(tree.kinds);
  const gone = removedApis.filter(({ severity }) => severity === "block");
  for (const { apiVersion, kinds } of gone) {
    const left = keys.filter((key) => key.startsWith(`${apiVersion}/`));
    const removed = left.filter((key) => kinds?.includes(key.slice(apiVersion.length + 1)) ?? true);
    expect(removed).toEqual([]);
  }
});

test("every reference leads to a type, and every group to a release", () => {
  for (const index of Object.values(tree.kinds)) expect(tree.types[index]).toBeDefined();
  const numbers =
    JSON.stringify(tree.types.map(({ f, x }) => [f, x])).match(/(?<=[:[,])\d+(?=[,}\]])/g) ?? [];
  expect(numbers.length).toBeGreaterThan(500);
  for (const name of Object.values(tree.groups)) expect(tree.versions[name]).toBeTruthy();
});

test("every pattern compiles", () => {
  for (const { f } of tree.types) {
    for (const expr of Object.values(f)) {
      if (typeof expr === "object" && "p" in expr && expr.p !== undefined)
        expect(() => new RegExp(expr.p!, "u")).not.toThrow();
    }
  }
});
