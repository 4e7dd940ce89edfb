import { parseAllDocuments } from "yaml";
import type { DeviceType } from "#model/brief.ts";
import type { Decisions } from "#model/decision.ts";
import type { File } from "#model/plan.ts";

/** Part of a machine's nominal memory that firmware and kernel keep before the kubelet counts, our estimate. */
const firmwareShare = 0.05;

/** What a distribution's own pods request, MiB; no file of the tree names them. Same figures as the budget. */
const ownPods = { k3s: 70, k0s: 70 + 16, microk8s: 70, none: 0 };

type Tree = {
  decisions: Decisions;
  devices: readonly DeviceType[];
  nodesPerSite: number;
  files: readonly File[];
  /** What kustomize built of each set, by path. */
  sets: readonly { dir: string; output: string }[];
};

/** Sets whose pods do not fit into what the kubelet of their nodes gives away, each as a sentence. */
export function misfits({ decisions, devices, nodesPerSite, files, sets }: Tree): string[] {
  const distro = decisions.distribution.choice;
  if (distro === "none") return [];
  return sets.flatMap(({ dir, output }) => {
    // Device types keep their order of names in sets: sets/<region>-<device>.
    const device = devices.find(({ name }) => dir.endsWith(`-${name}`));
    if (!device) return [];
    const server = decisions.topology.choice === "site-server" ? 2_048 : device.memoryMiB;
    const first = allocatable(files, device.name, server);
    const problems: string[] = [];
    if (first.reservedMiB >= server * 0.75)
      problems.push(`${dir}: ${first.reservedMiB} MiB kept back of ${server}`);
    const workers = decisions.topology.choice === "site-server" ? nodesPerSite : nodesPerSite - 1;
    const other = workers > 0 ? allocatable(files, device.name, device.memoryMiB, "agent") : { freeMiB: 0 };
    const free = first.freeMiB + Math.max(0, other.freeMiB) * workers;
    const asked = requestedMiB(output) + ofEngine(files, device.name) + ownPods[distro];
    if (asked > free)
      problems.push(`${dir}: pods request ${asked} MiB of ${free} that the kubelets give away`);
    return problems;
  });
}

const SIZE = /memory(?:=|: ?|\.available<|\.available: )"?(\d+)Mi/g;

/** Memory left for pods on one node, by its own configuration. */
function allocatable(files: readonly File[], device: string, memoryMiB: number, role?: "agent") {
  const config = nodeConfig(files, device, role) ?? nodeConfig(files, device) ?? "";
  // system-reserved, kube-reserved and the hard eviction threshold; k0s has a profile for each role.
  const profile = role === "agent" ? config.slice(Math.max(0, config.indexOf("name: edge-worker"))) : config;
  const kept = [...profile.matchAll(SIZE)].slice(0, 3).map((match) => Number(match[1]));
  const reservedMiB = kept.reduce((sum, mib) => sum + mib, 0);
  return { reservedMiB, freeMiB: Math.floor(memoryMiB * (1 - firmwareShare)) - reservedMiB };
}

const CONFIGS = [
  "etc/rancher/k3s/config.yaml",
  "etc/k0s/k0s.yaml",
  "var/snap/microk8s/common/.microk8s.yaml",
];

function nodeConfig(files: readonly File[], device: string, role?: "agent"): string | undefined {
  const paths = CONFIGS.map((name) => `nodes/${device}/${role ? `${role}/` : ""}${name}`);
  return files.find(({ path }) => paths.includes(path))?.content;
}

const REQUEST = /requests:\n(?:\s+cpu: .*\n)?\s+memory: "?(\d+)Mi/g;

/** Engine, operator and virtual address are installed from values, not from the set. */
function ofEngine(files: readonly File[], device: string): number {
  return files
    .filter(
      ({ path }) =>
        (path.startsWith(`bootstrap/${device}/`) && /\.(yaml|sh)$/.test(path)) ||
        (path.startsWith(`nodes/${device}/var/`) && path.includes("/manifests/")),
    )
    .flatMap(({ content }) => [...content.matchAll(REQUEST)])
    .reduce((sum, match) => sum + Number(match[1]), 0);
}

type Container = { resources?: { requests?: { memory?: string } } };
type Pod = { containers?: Container[] };
type Doc = {
  kind?: string;
  spec?: {
    replicas?: number;
    template?: { spec?: Pod };
    jobTemplate?: { spec?: { template?: { spec?: Pod } } };
    values?: Container;
    source?: { helm?: { valuesObject?: Container } };
  };
} | null;

function requestedMiB(manifests: string): number {
  return parseAllDocuments(manifests)
    .map((document) => document.toJS() as Doc)
    .reduce((sum, doc) => sum + ofDocument(doc), 0);
}

function ofDocument(doc: Doc): number {
  switch (doc?.kind) {
    case "Deployment":
    case "StatefulSet":
      return (doc.spec?.replicas ?? 1) * ofPod(doc.spec?.template?.spec);
    case "DaemonSet":
      return ofPod(doc.spec?.template?.spec);
    case "CronJob":
      return ofPod(doc.spec?.jobTemplate?.spec?.template?.spec);
    case "HelmRelease":
      return ofContainer(doc.spec?.values);
    case "Application":
      return ofContainer(doc.spec?.source?.helm?.valuesObject);
    default:
      return 0;
  }
}

function ofPod(pod: Pod | undefined): number {
  return (pod?.containers ?? []).reduce((sum, container) => sum + ofContainer(container), 0);
}

function ofContainer(container: Container | undefined): number {
  return Number.parseInt(container?.resources?.requests?.memory ?? "0", 10);
}
