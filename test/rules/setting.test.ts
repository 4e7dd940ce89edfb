import { expect, test } from "vitest";
import type { Decisions } from "#model/decision.ts";
import { type Manifest, type Rule, type RuleContext, type Setting, severityIn } from "#model/rule.ts";
import etcdImage from "../../src/rules/ds-01-etcd-image.ts";
import k3sEtcd from "../../src/rules/ds-02-k3s-etcd.ts";
import ingress from "../../src/rules/in-03-ingress.ts";
import virtualIp from "../../src/rules/in-05-virtual-ip.ts";
import mesh from "../../src/rules/mesh-01-mesh-kind.ts";
import hostPath from "../../src/rules/psa-07-host-path.ts";
import memorySum from "../../src/rules/res-03-memory-sum.ts";
import { parseTree } from "../../src/steps/guard/parse.ts";

function contextOf(files: Record<string, string>, setting: Partial<Setting>): RuleContext {
  const map = new Map(Object.entries(files));
  const { manifests, kustomizations, syntax } = parseTree(map);
  return {
    ...{ manifests, kustomizations, syntax, effective: manifests, kustomize: [] },
    paths: new Set(map.keys()),
    text: (path) => map.get(path),
    setting: { role: "edge", ...setting },
  };
}

function severityOf(rule: Rule, yaml: string, setting: Partial<Setting>): string | undefined {
  const own = severityIn(rule, { role: "edge", ...setting });
  if (own === "off") return undefined;
  const hit = rule.check(contextOf({ "k3s/config.yaml": yaml }, setting))[0];
  return hit && (hit.severity ?? own);
}

const decided = (datastore: string, topology: string) =>
  ({ datastore: { choice: datastore }, topology: { choice: topology } }) as Decisions;
const pod = (image: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: "${image}"}]}}`;
const etcd = "quay.io/coreos/etcd:v3.6.0";

test.each<[string, Partial<Setting>, string | undefined]>([
  ["the plan decided etcd", { decisions: decided("etcd", "ha") }, undefined],
  ["the plan decided SQLite", { decisions: decided("sqlite", "single") }, "block"],
  ["three servers with SSD and 4 GB", { nodesPerSite: 3, storage: "ssd", memoryMiB: 4_096 }, undefined],
  ["one node", { nodesPerSite: 1 }, "block"],
  ["an SD card", { nodesPerSite: 3, storage: "sd", memoryMiB: 8_192 }, "block"],
  ["two gigabytes", { memoryMiB: 2_048 }, "block"],
  ["nobody said", {}, "warn"],
])("etcd where %s", (_, setting, severity) => {
  expect(severityOf(etcdImage, pod(etcd), setting)).toBe(severity);
  expect(severityOf(k3sEtcd, "cluster-init: true\ndisable: [traefik, servicelb]\n", setting)).toBe(severity);
});

test.each<[string, Partial<Setting>, string | undefined]>([
  ["a site with several servers", { decisions: decided("etcd", "ha") }, undefined],
  ["a single node", { decisions: decided("sqlite", "single") }, "block"],
  ["a site nobody described", {}, "warn"],
  ["a hub", { role: "hub", nodesPerSite: 1 }, undefined],
])("kube-vip in %s", (_, setting, severity) => {
  expect(severityOf(virtualIp, pod("ghcr.io/kube-vip/kube-vip:v1.0.0"), setting)).toBe(severity);
});

test("a mesh blocks below 8 GB, and warns where there is room or nobody said", () => {
  const yaml = "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: a}, spec: {}}";
  expect(severityOf(mesh, yaml, { memoryMiB: 4_096 })).toBe("block");
  expect(severityOf(mesh, yaml, { memoryMiB: 16_384 })).toBe("warn");
  expect(severityOf(mesh, yaml, {})).toBe("warn");
});

test("a hub may be reached", () => {
  const yaml = "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {}}";
  expect(severityOf(ingress, yaml, { role: "edge" })).toBe("block");
  expect(severityOf(ingress, yaml, { role: "hub" })).toBeUndefined();
});

test("the upgrade controller may mount the node, its namespace alone is no excuse", () => {
  const workload = (namespace: string, image: string) =>
    `{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: ${namespace}}, spec: {containers: [{name: a, image: "${image}"}], volumes: [{name: s, hostPath: {path: /etc/ssl}}]}}`;
  expect(
    severityOf(hostPath, workload("system-upgrade", "rancher/system-upgrade-controller:v0.16.0"), {}),
  ).toBeUndefined();
  expect(severityOf(hostPath, workload("system-upgrade", "example.com/app:1.0.0"), {})).toBe("block");
  expect(severityOf(hostPath, workload("apps", "rancher/system-upgrade-controller:v0.16.0"), {})).toBe(
    "block",
  );
});

const sized = (kind: string, extra: string, spec: string) =>
  `apiVersion: ${kind === "CronJob" ? "batch/v1" : "apps/v1"}\nkind: ${kind}\nmetadata: {name: ${kind.toLowerCase()}}\nspec: {${extra}template: {spec: ${spec}}}\n`;
const of = (memory: string) => `[{name: a, image: "a:1", resources: {requests: {memory: ${memory}}}}]`;

function sumOf(yaml: string, setting: Partial<Setting> = {}): unknown {
  const context = contextOf({ "a.yaml": yaml }, { memoryMiB: 1, ...setting });
  return memorySum.check(context)[0]?.values.requested;
}

test("memory on one node: replicas count, a DaemonSet once, sidecars stay, init containers peak", () => {
  expect(sumOf(sized("Deployment", "replicas: 3, ", `{containers: ${of("100Mi")}}`))).toBe(300);
  expect(
    sumOf(sized("Deployment", "replicas: 3, ", `{containers: ${of("100Mi")}}`), { nodesPerSite: 3 }),
  ).toBe(100);
  expect(sumOf(sized("DaemonSet", "replicas: 3, ", `{containers: ${of("100Mi")}}`))).toBe(100);
  expect(sumOf(sized("Deployment", "", `{containers: ${of("100Mi")}, initContainers: ${of("250Mi")}}`))).toBe(
    250,
  );
  const sidecar = "[{name: s, restartPolicy: Always, resources: {requests: {memory: 50Mi}}}]";
  expect(sumOf(sized("Deployment", "", `{containers: ${of("100Mi")}, initContainers: ${sidecar}}`))).toBe(
    150,
  );
  expect(sumOf(sized("Deployment", "", `{containers: ${of("1G")}}`))).toBe(954);
});

test("memory is summed for each build target alone, and not at all where a node's memory is unknown", () => {
  const context = contextOf(
    { "a.yaml": sized("Deployment", "", `{containers: ${of("600Mi")}}`) },
    { memoryMiB: 1_024 },
  );
  const [manifest] = context.manifests as [Manifest];
  const effective = [
    { ...manifest, target: "sets/a" },
    { ...manifest, target: "sets/b" },
  ];
  expect(memorySum.check({ ...context, effective })).toEqual([]);
  const [hit, none] = memorySum.check({
    ...context,
    effective: [...effective, { ...manifest, name: "other", target: "sets/b" }],
  });
  expect(hit?.values).toMatchObject({ target: "sets/b", requested: 1_200, total: 1_200, usable: 870 });
  expect(none).toBeUndefined();
  expect(severityIn(memorySum, { role: "edge" })).toBe("off");
});
