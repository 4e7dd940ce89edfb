import type { LayOutContext } from "#model/layout.ts";
import { roleLabel } from "#model/upkeep.ts";

/** Name under which workers find the control plane of their own site. */
export const controlPlane = "control-plane.site.internal";

/** Strings that the install script replaces from files written at provisioning; they would be secrets or site facts. */
export const fill = {
  datastore: "postgres://EDGE-DATASTORE-ENDPOINT",
  vrrpPassword: "EDGEVRRP",
  /** A documentation address (RFC 5737) with a prefix, as Keepalived wants it. */
  vip: "192.0.2.10/24",
} as const;

/** MiB kept back from pods; the planning figures of the budget. */
const reserved = { system: 200, controller: 480, worker: 150 };

type Device = LayOutContext["devices"][number];
export type Role = "single" | "controller" | "worker";

/** The roles of k0s nodes that exist in this topology. */
export function rolesOf({ decisions }: LayOutContext): Role[] {
  const { choice, params } = decisions.topology;
  if (choice === "single") return ["single"];
  return params.agents > 0 || choice !== "ha" ? ["controller", "worker"] : ["controller"];
}

/** `k0s.yaml`: unknown fields stop k0s, so each one is in the catalogue. */
export function clusterConfig(context: LayOutContext, device: Device): Record<string, unknown> {
  const { decisions, charts } = context;
  const secrets = decisions.encryption.params.secretsEncryption;
  const helm = decisions.gitops.choice === "argocd" ? charts["argo-cd"] : undefined;
  const lone = decisions.topology.choice === "single";
  return {
    apiVersion: "k0s.k0sproject.io/v1beta1",
    kind: "ClusterConfig",
    metadata: { name: "k0s" },
    spec: {
      api: {
        ...(!lone && { sans: [controlPlane] }),
        extraArgs: {
          "event-ttl": "24h",
          "request-timeout": "60s",
          ...(secrets && { "encryption-provider-config": "/etc/k0s/encryption.yaml" }),
        },
      },
      controllerManager: { extraArgs: { "terminated-pod-gc-threshold": "50" } },
      storage: storage(context),
      network: network(context, device),
      workerProfiles: [
        // A controller that works as well keeps more back than a worker.
        { name: "edge", values: kubelet(device, true) },
        ...(lone ? [] : [{ name: "edge-worker", values: kubelet(device, false) }]),
      ],
      images: { default_pull_policy: "IfNotPresent" },
      telemetry: { enabled: false },
      ...(helm && {
        extensions: { helm: { repositories: [{ name: "argo", url: helm.repository }] } },
      }),
    },
  };
}

function storage({ decisions }: LayOutContext): Record<string, unknown> {
  if (decisions.datastore.choice === "etcd") return { type: "etcd" };
  if (decisions.datastore.choice === "external")
    return { type: "kine", kine: { dataSource: fill.datastore } };
  return { type: "kine" };
}

function network({ decisions, answers }: LayOutContext, { deviceType }: Device): Record<string, unknown> {
  const calico =
    decisions.podTraffic.choice === "calico" || decisions.podTraffic.choice === "wireguard-native";
  const { choice, params } = decisions.topology;
  const vip = choice === "ha" && params.vip !== "none";
  return {
    ...(calico
      ? { provider: "calico", calico: { mode: "vxlan", wireguard: true } }
      : { provider: "kuberouter", kuberouter: { autoMTU: true, hairpin: "Enabled" } }),
    // One /24 a node out of /16 ends at 255 nodes.
    ...(answers.nodesPerSite > 255 && { podCIDR: "10.48.0.0/12", serviceCIDR: "10.96.0.0/12" }),
    kubeProxy: { mode: "iptables" },
    ...(choice === "ha" &&
      !vip && {
        // Envoy is not built for 32-bit ARM.
        nodeLocalLoadBalancing: {
          enabled: true,
          type: deviceType.arch === "armv7" ? "Traefik" : "EnvoyProxy",
        },
      }),
    ...(vip && {
      controlPlaneLoadBalancing: {
        enabled: true,
        type: "Keepalived",
        keepalived: { vrrpInstances: [{ virtualIPs: [fill.vip], authPass: fill.vrrpPassword }] },
      },
    }),
  };
}

function kubelet({ deviceType }: Device, controller: boolean): Record<string, unknown> {
  const { memoryMiB } = deviceType;
  const small = memoryMiB < 2_048;
  const kube = controller ? Math.min(reserved.controller, Math.floor(memoryMiB / 2.5)) : reserved.worker;
  return {
    systemReserved: { cpu: "100m", memory: `${Math.min(reserved.system, Math.floor(memoryMiB / 6))}Mi` },
    kubeReserved: { cpu: "200m", memory: `${Math.min(kube, Math.floor(memoryMiB / 2.5))}Mi` },
    evictionHard: {
      "memory.available": small ? "50Mi" : "100Mi",
      "nodefs.available": "10%",
      "imagefs.available": "10%",
    },
    imageGCHighThresholdPercent: 75,
    imageGCLowThresholdPercent: 60,
    // Logs wear out flash: two files of 5 MiB a container.
    containerLogMaxSize: "5Mi",
    containerLogMaxFiles: 2,
    maxPods: memoryMiB < 4_096 ? 30 : 110,
    protectKernelDefaults: true,
  };
}

/** What `k0s install` is called with; only flags of the catalogue. */
export function installFlags(context: LayOutContext, device: Device, role: Role): string[] {
  const { decisions } = context;
  const wasm = decisions.wasm.choice === "none" ? [] : [`edge.example.com/wasm=${decisions.wasm.choice}`];
  const own = rolesOf(context).length > 1 ? [`${roleLabel}=${role === "worker" ? "agent" : "server"}`] : [];
  const labels = `--labels=${[`edge.example.com/device-type=${device.slug}`, ...own, ...wasm].join(",")}`;
  if (role === "worker")
    return ["worker", "--token-file=/etc/edge/worker-token", "--profile=edge-worker", labels];
  // metrics-server requests 70 Mi and nothing in the plan reads it; autopilot only where it upgrades.
  const off =
    decisions.upgrades.choice === "autopilot" ? ["metrics-server"] : ["metrics-server", "autopilot"];
  const shared = [
    "--config=/etc/k0s/k0s.yaml",
    "--profile=edge",
    `--disable-components=${off.join(",")}`,
    labels,
  ];
  if (role === "single") return ["controller", "--single", ...shared];
  // Not --single: a controller that may never be joined could not take its workers.
  return ["controller", "--enable-worker", "--no-taints", ...shared];
}
