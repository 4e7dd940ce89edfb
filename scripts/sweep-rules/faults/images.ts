import { additions, type Fault, inValues, onContainers } from "../fault.ts";
import type { Doc } from "../good-tree.ts";

const digest = `sha256:${"0a".repeat(32)}`;
const image = (reference: string) => (one: Doc) => {
  one.image = reference;
};

/** Faults in images. */
export const imageFaults: readonly Fault[] = [
  ...onContainers("IMG-01", {
    "no tag": image("registry.example.com/app"),
    latest: image("registry.example.com/app:latest"),
    "a registry's port is no tag": image("registry.example.com:5000/app"),
    "a short name": image("nginx"),
  }),
  ...inValues("IMG-01", { "a chart's tag latest": { image: { repository: "a", tag: "latest" } } }),
  ...onContainers("IMG-06", {
    "capitals in the path": image("registry.example.com/App:1.0.0"),
    "a space behind it": image("registry.example.com/app:1.0.0 "),
    "an address": image("https://registry.example.com/app:1.0.0"),
    "half a digest": image("registry.example.com/app@sha256:0a0b0c"),
  }),
  ...onContainers("IMG-02", {
    "a branch as tag": image("registry.example.com/app:stable"),
    "a channel as tag": image("registry.example.com:5000/app:edge"),
    "a flavour as tag": image("registry.example.com/app:alpine"),
  }),
  ...onContainers("IMG-03", {
    "amd64 in the tag": image(`registry.example.com/app:1.0.0-amd64@${digest}`),
    "x86_64 in the name": image(`registry.example.com/app-x86_64:1.0.0@${digest}`),
    "amd64 as folder": image(`registry.example.com/amd64/app:1.0.0@${digest}`),
    "armv7 on arm64": image(`registry.example.com/arm32v7/app:1.0.0@${digest}`),
  }),
  ...onContainers("IMG-04", {
    "a tag only": image("registry.example.com/app:1.0.0"),
    "a digest cut short": image("registry.example.com/app:1.0.0@sha256:abc"),
  }),
  ...onContainers("IMG-05", {
    "pulls always": (one) => {
      one.imagePullPolicy = "Always";
    },
  }),
  ...inValues("IMG-05", { "a chart pulls always": { image: { pullPolicy: "Always" } } }),
  ...onContainers(
    "MESH-02",
    {
      istio: image("docker.io/istio/proxyv2:1.30.3"),
      linkerd: image("cr.l5d.io/linkerd/proxy:edge-26.1.1"),
      consul: image("hashicorp/consul:1.22.0"),
      kuma: image("docker.io/kumahq/kuma-dp:2.13.0"),
    },
    {},
  ),
  ...onContainers("DS-01", {
    upstream: image("quay.io/coreos/etcd:v3.6.0"),
    digest: image(`registry.k8s.io/etcd@${digest}`),
    short: image("etcd"),
  }),
  ...onContainers("DS-02", {
    "cluster-init": (one) => {
      one.args = ["server", "--cluster-init"];
    },
    snapshots: (one) => {
      one.command = ["k3s", "server", "--etcd-snapshot-dir", "/s"];
    },
    endpoint: (one) => {
      one.args = ["server", "--datastore-endpoint=https://10.0.0.1:2379"];
    },
  }),
  ...onContainers("IN-05", {
    "kube-vip": image("ghcr.io/kube-vip/kube-vip:v1.0.0"),
    metallb: image("quay.io/metallb/speaker:v0.16.0"),
    klipper: image("rancher/klipper-lb:v0.4.13"),
  }),
  ...additions("IN-05", {
    pool: {
      apiVersion: "metallb.io/v1beta1",
      kind: "IPAddressPool",
      metadata: { name: "p" },
      spec: { addresses: [] },
    },
    cilium: {
      apiVersion: "cilium.io/v2",
      kind: "CiliumLoadBalancerIPPool",
      metadata: { name: "p" },
      spec: {},
    },
    l2: {
      apiVersion: "cilium.io/v2alpha1",
      kind: "CiliumL2AnnouncementPolicy",
      metadata: { name: "p" },
      spec: {},
    },
  }),
];
