import { expect, test } from "vitest";
import type { Decisions } from "#model/decision.ts";
import { misfits } from "../../scripts/sweep/fit.ts";

const decisions = {
  distribution: { choice: "k3s" },
  topology: { choice: "single" },
} as unknown as Decisions;
const config = (kube: number) => ({
  path: "nodes/till/etc/rancher/k3s/config.yaml",
  purpose: "",
  content: `kubelet-arg:\n  - system-reserved=cpu=100m,memory=200Mi\n  - kube-reserved=cpu=200m,memory=${kube}Mi\n  - eviction-hard=memory.available<100Mi\n`,
});
const set = (mib: number) => ({
  dir: "sets/all-till",
  output: `kind: Deployment\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - resources: { requests: { memory: ${mib}Mi } }\n`,
});
const check = (kube: number, mib: number) =>
  misfits({
    decisions,
    devices: [{ name: "till", memoryMiB: 2_048, arch: "arm64", share: 1 }],
    nodesPerSite: 1,
    files: [config(kube)],
    sets: [set(mib)],
  });

test("pods that request what the kubelet gives away fit", () => {
  // 2,048 MiB less 5 % less 1,100 kept back leaves 845; CoreDNS takes 70 of them.
  expect(check(800, 775)).toEqual([]);
});

test("a pod too many is found, and so is a node that keeps everything back", () => {
  expect(check(800, 776)[0]).toContain("846 MiB of 845");
  expect(check(1_300, 10)[0]).toContain("kept back");
});
