import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkNodeConfig, isNodeConfig, words } from "../../src/distros/k0s/check.ts";
import { specKeys } from "../../src/distros/k0s/keys.ts";
import { createSchemas } from "../../src/schemas/walk.ts";
import { tree } from "../schemas/mutants.ts";

const path = "nodes/x/etc/k0s/k0s.yaml";
const head = "apiVersion: k0s.k0sproject.io/v1beta1\nkind: ClusterConfig\nmetadata: {name: k0s}\n";
const check = (text: string) => checkNodeConfig({ path, text, doc: parse(text), role: "server" });
const places = (spec: string) =>
  check(`${head}spec:\n  telemetry: {enabled: false}\n${spec.replaceAll(/^/gm, "  ")}\n`).map(
    ({ pointer, severity }) => `${severity} ${pointer}`,
  );

test("knows its file by path", () => {
  expect([path, "/etc/k0s/k0s.yaml", "k0s.yaml"].every(isNodeConfig)).toBe(true);
  expect(["etc/k0s/other.yaml", "etc/k0s/containerd.d/10.toml"].some(isNodeConfig)).toBe(false);
});

describe("a ClusterConfig", () => {
  test("a right one passes", () => {
    expect(
      places(`
storage: {type: kine, kine: {dataSource: "sqlite:///var/lib/k0s/db/state.db"}}
network: {provider: kuberouter, podCIDR: 10.48.0.0/12, serviceCIDR: 10.64.0.0/16, kubeProxy: {mode: nftables}, nodeLocalLoadBalancing: {enabled: true, type: EnvoyProxy}}
extensions: {helm: {charts: [{name: a, chartname: b, namespace: c}]}}
workerProfiles: [{name: edge, values: {anything: 1}}]
images: {pause: {image: a, version: b}}`),
    ).toEqual([]);
  });

  test.each([
    ["unknown section", "netwrk: {}", ["block /spec/netwrk"]],
    ["pods over the usual Services", "network: {podCIDR: 10.64.0.0/10}", ["warn /spec/network/podCIDR"]],
    [
      "Services over the usual pods",
      "network: {serviceCIDR: 10.244.128.0/17}",
      ["warn /spec/network/serviceCIDR"],
    ],
    [
      "unknown key deep inside",
      "network: {kubeProxy: {modee: ipvs}}",
      ["block /spec/network/kubeProxy/modee"],
    ],
    [
      "unknown key in a list",
      "extensions: {helm: {charts: [{nam: a}]}}",
      ["block /spec/extensions/helm/charts/0/nam"],
    ],
    ["K3s-ism", "datastore-endpoint: a", ["block /spec/datastore-endpoint"]],
    ["datastore k0s has not", "storage: {type: sqlite}", ["block /spec/storage/type"]],
    ["etcd settings without etcd", "storage: {type: kine, etcd: {}}", ["block /spec/storage/etcd"]],
    [
      "backend kine has not",
      "storage: {type: kine, kine: {dataSource: 'dqlite://a'}}",
      ["block /spec/storage/kine/dataSource"],
    ],
    ["network provider", "network: {provider: flannel}", ["block /spec/network/provider"]],
    ["scalar for a section", "api: 6443", ["block /spec/api"]],
    ["ignored extension", "extensions: {storage: {type: openebs}}", ["warn /spec/extensions/storage"]],
  ])("%s is found", (_, spec, expected) => {
    expect(places(spec)).toEqual(expected);
  });

  test("telemetry that is not switched off is said", () => {
    expect(check(`${head}spec: {api: {port: 6443}}`).map(({ severity, fix }) => [severity, fix.en])).toEqual([
      ["warn", "spec.telemetry.enabled: false"],
    ]);
  });

  test("its head is checked, and keys outside spec", () => {
    const found = check("apiVersion: k0s.k0sproject.io/v1\nkind: Cluster\nnetwork: {}\n");
    expect(found.map(({ pointer }) => pointer)).toEqual(["/apiVersion", "/kind", "/network"]);
    expect(found[2]!.fix.en).toContain("spec.network");
  });
});

test("the keys here and the schema of the kind are the same keys", () => {
  const config = (spec: unknown) => ({
    apiVersion: "k0s.k0sproject.io/v1beta1",
    kind: "ClusterConfig",
    spec,
  });
  const schemas = createSchemas(tree);
  const unknown = Object.keys(specKeys).filter((key) =>
    schemas.check(config({ [key]: null }))!.some(({ code }) => code === "unknown"),
  );
  expect(unknown).toEqual([]);
});

test("words hold keys and options", () => {
  expect(words()).toEqual(expect.arrayContaining(["telemetry", "dataSource", "--single"]));
});
