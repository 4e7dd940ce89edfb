import { applied, containersOf, defaultMemory, mebibytes } from "#model/manifest.ts";
import { defineRule, type Hit, type Manifest, type RuleContext } from "#model/rule.ts";
import { type Fields, map } from "#model/value.ts";

/** Part of a node that stays free. Source: the product's design, §7. */
const RESERVE = 0.15;

/** Manifests by the target they were rendered for; what belongs to no target counts together, each object once. */
function byTarget(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const once = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const { target = "", path, kind, namespace, name } = manifest;
    once.set(JSON.stringify([target, path, kind, namespace, name]), manifest);
  }
  return Map.groupBy(once.values(), ({ target }) => target ?? "");
}

/** What the pods of a manifest request on one node: replicas spread over the nodes of the site, a DaemonSet runs once. */
function requestedMiB(manifest: Manifest, context: RuleContext): number {
  const nodes = context.setting.nodesPerSite ?? 1;
  const given = mebibytes(defaultMemory(context, manifest.namespace).request) ?? 0;
  const containers = containersOf(manifest).map(({ fields, init }) => ({
    init,
    isSidecar: init && fields.restartPolicy === "Always",
    mib: memoryOf(fields) ?? given,
  }));
  const steady = sum(containers.filter(({ init, isSidecar }) => !init || isSidecar).map(({ mib }) => mib));
  const peak = Math.max(0, ...containers.filter(({ init }) => init).map(({ mib }) => mib));
  return Math.max(steady, peak) * Math.ceil(replicasOf(manifest) / nodes);
}

/** A limit alone is taken for the request too. */
function memoryOf({ resources }: Fields): number | undefined {
  const { requests, limits } = map(resources);
  return mebibytes(map(requests).memory) ?? mebibytes(map(limits).memory);
}

function replicasOf({ kind, doc }: Manifest): number {
  // A template runs nothing until something is made from it.
  if (kind === "PodTemplate") return 0;
  if (!/^(?:Deployment|StatefulSet|ReplicaSet|ReplicationController|Rollout)$/.test(kind)) return 1;
  const replicas = map(doc.spec).replicas;
  return typeof replicas === "number" && replicas >= 0 ? replicas : 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export default defineRule({
  id: "RES-03",
  severity: "block",
  needs: ["memoryMiB"],
  title: {
    en: "The pods do not fit on the node",
    de: "Die Pods passen nicht auf den Knoten",
    es: "Los pods no caben en el nodo",
    zh: "Pod 总量超出节点内存",
  },
  why: {
    en: "What is requested together with system, distribution and engine must leave 15 % of a small node free.",
    de: "Angefordertes, System, Distribution und Engine müssen zusammen 15 % eines kleinen Knotens frei lassen.",
    es: "Lo solicitado más sistema, distribución y motor deben dejar libre un 15 % de un nodo pequeño.",
    zh: "请求总量加上系统、发行版和引擎，应给小节点留出 15 % 余量。",
  },
  message: {
    en: "Pods in {target} request {requested} MiB; with {planned} MiB planned for the system that is {total} of {usable} usable MiB.",
    de: "Pods in {target} fordern {requested} MiB; mit {planned} MiB für das System sind das {total} von {usable} nutzbaren MiB.",
    es: "Los pods de {target} piden {requested} MiB; con {planned} MiB previstos para el sistema suman {total} de {usable} MiB utilizables.",
    zh: "{target} 中的 Pod 请求 {requested} MiB，加上系统预留 {planned} MiB，共 {total} MiB，可用 {usable} MiB。",
  },
  fix: {
    en: "Lower requests, run fewer replicas, or use devices with more memory.",
    de: "Anforderungen senken, weniger Replikate betreiben oder Geräte mit mehr Speicher verwenden.",
    es: "Reduzca peticiones o réplicas, o use dispositivos con más memoria.",
    zh: "降低请求、减少副本，或使用内存更大的设备。",
  },
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/",
  check: (context) => {
    const { memoryMiB = Number.POSITIVE_INFINITY, plannedMiB = 0 } = context.setting;
    const usable = Math.floor(memoryMiB * (1 - RESERVE));
    const hits: Hit[] = [];
    for (const [target, manifests] of byTarget(applied(context))) {
      const asked = manifests.map((manifest) => requestedMiB(manifest, context));
      const requested = Math.ceil(sum(asked));
      const total = requested + plannedMiB;
      if (requested === 0 || total <= usable) continue;
      const biggest = manifests[asked.indexOf(Math.max(...asked))]!;
      const values = { target: target || ".", requested, planned: plannedMiB, total, usable };
      hits.push({ path: biggest.path, line: biggest.line(), values });
    }
    return hits;
  },
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 2, selector: {matchLabels: {app: a}}, template: {spec: {containers: [{name: app, resources: {requests: {memory: 512Mi}}}]}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 1, selector: {matchLabels: {app: a}}, template: {spec: {containers: [{name: app, resources: {requests: {memory: 512Mi}}}]}}}}\n",
      },
    ],
    setting: { memoryMiB: 2048, plannedMiB: 1000 },
  },
});
