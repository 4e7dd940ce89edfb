import type { OptionKind } from "#model/options.ts";

/** An option of `k0s controller` or `k0s worker`; `install` takes the same ones. */
export type Flag = {
  kind: OptionKind;
  on: "controller" | "worker" | "both";
  aliases?: readonly string[];
  /** The only values there are. */
  values?: readonly string[];
  deprecated?: true;
};

/** Every option of k0s v1.36.3+k0s.2. Source: pkg/config/cli.go of https://github.com/k0sproject/k0s at that tag. */
export const flags: Readonly<Record<string, Flag>> = {
  "data-dir": { kind: "value", on: "both" },
  "status-socket": { kind: "value", on: "both" },
  "enable-worker": { kind: "boolean", on: "controller" },
  "disable-components": { kind: "list", on: "controller" },
  single: { kind: "boolean", on: "controller" },
  "no-taints": { kind: "boolean", on: "controller" },
  "enable-k0s-cloud-provider": { kind: "boolean", on: "controller" },
  "k0s-cloud-provider-update-frequency": { kind: "value", on: "controller" },
  "k0s-cloud-provider-port": { kind: "value", on: "controller" },
  "enable-dynamic-config": { kind: "boolean", on: "controller" },
  "enable-metrics-scraper": { kind: "boolean", on: "controller" },
  "kube-controller-manager-extra-args": { kind: "value", on: "controller" },
  "init-only": { kind: "boolean", on: "controller" },
  "feature-gates": { kind: "list", on: "controller" },
  "api-server-stop-timeout": { kind: "list", on: "controller" },
  "cidr-range": { kind: "value", on: "both", deprecated: true },
  "kubelet-root-dir": { kind: "value", on: "both" },
  profile: { kind: "value", on: "both" },
  "enable-cloud-provider": { kind: "boolean", on: "both" },
  "token-file": { kind: "value", on: "both" },
  logging: { kind: "list", on: "both", aliases: ["l"] },
  labels: { kind: "list", on: "both" },
  taints: { kind: "list", on: "both" },
  "kubelet-extra-args": { kind: "value", on: "both" },
  "iptables-mode": { kind: "value", on: "both", values: ["nft", "legacy", "auto"] },
  "ignore-pre-flight-checks": { kind: "boolean", on: "both" },
  "cri-socket": { kind: "value", on: "both" },
  config: { kind: "value", on: "controller", aliases: ["c"] },
  verbose: { kind: "boolean", on: "both", aliases: ["v"] },
  debug: { kind: "boolean", on: "both", aliases: ["d"] },
  debugListenOn: { kind: "value", on: "both" },
  // Of `k0s install` alone.
  force: { kind: "boolean", on: "both" },
  env: { kind: "list", on: "both", aliases: ["e"] },
  start: { kind: "boolean", on: "both" },
};

/** What `--disable-components` may name. Source: pkg/constant/constant_shared.go, same tag. */
export const components = [
  "applier-manager",
  "autopilot",
  "control-api",
  "coredns",
  "csr-approver",
  "endpoint-reconciler",
  "helm",
  "konnectivity-server",
  "kube-controller-manager",
  "kube-proxy",
  "kube-scheduler",
  "metrics-server",
  "network-provider",
  "node-role",
  "system-rbac",
  "update-prober",
  "windows-node",
  "worker-config",
] as const;
