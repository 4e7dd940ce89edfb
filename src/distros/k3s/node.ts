import type { LayOutContext } from "#model/layout.ts";
import { roleLabel } from "#model/upkeep.ts";
import { minimumMiB } from "./budget.ts";

/** Name under which agents, and further servers, find the control plane of their own site. */
export const controlPlane = "control-plane.site.internal";

/**
 * Address of a single node on its own dummy interface: it survives a change of the uplink's address, works without
 * any uplink, and is not reachable from the site's network, so the API is not either.
 */
export const loneAddress = "10.254.254.1";
const loneInterface = "edge0";

/** System and Kubernetes reservations of a node, MiB; the planning figures of the budget. */
const reserved = { system: 200, server: 800, agent: 275 };

type Device = LayOutContext["devices"][number];
export type Role = "server" | "join" | "agent";

/** The roles of K3s nodes that exist in this topology. */
export function rolesOf({ decisions }: LayOutContext): Role[] {
  const { choice, params } = decisions.topology;
  if (choice === "single") return ["server"];
  if (choice === "ha") return params.agents > 0 ? ["server", "join", "agent"] : ["server", "join"];
  return ["server", "agent"];
}

/** `config.yaml` of one role on one device type, keyed by K3s flag names. */
export function nodeConfig(context: LayOutContext, device: Device, role: Role): Record<string, unknown> {
  const common = {
    "node-label": labels(context, device, role),
    "protect-kernel-defaults": true,
    "kubelet-arg": kubeletArgs(context, device, role),
    ...(context.answers.network === "air-gapped" && { "disable-default-registry-endpoint": true }),
  };
  if (role === "agent") {
    return { server: `https://${controlPlane}:6443`, "token-file": "/etc/edge/agent-token", ...common };
  }
  return { ...serverConfig(context, role), ...common };
}

function serverConfig(context: LayOutContext, role: Role): Record<string, unknown> {
  const { decisions, answers } = context;
  const lone = decisions.topology.choice === "single";
  const hasAgents = rolesOf(context).includes("agent");
  return {
    // Servers that share a database find each other in it.
    ...(role === "join" &&
      decisions.datastore.choice !== "external" && { server: `https://${controlPlane}:6443` }),
    ...(decisions.topology.choice === "ha" && { "token-file": "/etc/edge/server-token" }),
    ...(hasAgents && { "agent-token-file": "/etc/edge/agent-token" }),
    ...datastore(context, role),
    "write-kubeconfig-mode": "0600",
    ...(lone && { "node-ip": [loneAddress], "bind-address": loneAddress, "advertise-address": loneAddress }),
    // Otherwise Flannel takes the interface of the default route, and does not start while there is none.
    ...(lone && { "flannel-iface": loneInterface }),
    "tls-san": lone ? [loneAddress] : [controlPlane],
    disable: disabled(context),
    // ServiceLB is its only user on bare metal.
    "disable-cloud-controller": true,
    "secrets-encryption": decisions.encryption.params.secretsEncryption,
    "flannel-backend": decisions.podTraffic.choice === "wireguard-native" ? "wireguard-native" : "vxlan",
    // One /24 a node: the default /16 ends at 255 nodes. https://docs.k3s.io/installation/requirements
    ...(answers.nodesPerSite > 255 && { "cluster-cidr": ["10.48.0.0/12"] }),
    ...(decisions.registry.choice === "spegel" && { "embedded-registry": true }),
    "kube-apiserver-arg": ["request-timeout=60s", "event-ttl=24h"],
    "kube-controller-manager-arg": ["terminated-pod-gc-threshold=50"],
  };
}

function datastore({ decisions }: LayOutContext, role: Role): Record<string, unknown> {
  if (decisions.datastore.choice !== "etcd") return {};
  return {
    ...(role === "server" && { "cluster-init": true }),
    "etcd-snapshot-schedule-cron": "0 */6 * * *",
    "etcd-snapshot-retention": 12,
    "etcd-snapshot-compress": true,
  };
}

function disabled({ answers }: LayOutContext): string[] {
  const parts = ["traefik", "servicelb", "metrics-server"];
  // The packaged RuntimeClasses exist even where no shim does; the repository brings the one that works.
  return answers.accelerator === "none" ? [...parts, "runtimes"] : parts;
}

function labels(context: LayOutContext, device: Device, role: Role): string[] {
  const { decisions } = context;
  const many = rolesOf(context).length > 1;
  const wasm = decisions.wasm.choice !== "none" && role !== "join";
  return [
    `edge.example.com/device-type=${device.slug}`,
    ...(many ? [`${roleLabel}=${role === "join" ? "server-join" : role}`] : []),
    ...(wasm ? [`edge.example.com/wasm=${decisions.wasm.choice}`] : []),
  ];
}

function kubeletArgs(context: LayOutContext, { deviceType }: Device, role: Role): string[] {
  const memoryMiB =
    role === "agent" ? deviceType.memoryMiB : Math.max(deviceType.memoryMiB, minimumMiB.server);
  const kube = role === "agent" ? Math.min(reserved.agent, Math.floor(memoryMiB / 3)) : reserved.server;
  const system = Math.min(reserved.system, Math.floor(memoryMiB / 4));
  return [
    `system-reserved=cpu=100m,memory=${system}Mi`,
    `kube-reserved=cpu=200m,memory=${kube}Mi`,
    "eviction-hard=memory.available<100Mi,nodefs.available<10%,imagefs.available<10%",
    "image-gc-high-threshold=75",
    "image-gc-low-threshold=60",
    // Logs wear out flash: two files of 5 MiB a container.
    "container-log-max-size=5Mi",
    "container-log-max-files=2",
    `max-pods=${memoryMiB < 4_096 ? 30 : 110}`,
    ...(context.answers.nodesPerSite > 1 ? ["node-status-update-frequency=10s"] : []),
  ];
}
