import { applied, each, hit } from "#model/manifest.ts";
import { standsApart } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "HA-02",
  severity: "block",
  needs: ["nodesPerSite"],
  title: {
    en: "More pods that must stand apart than nodes",
    de: "Mehr Pods, die getrennt stehen müssen, als Knoten",
    es: "Más pods que deben separarse que nodos",
    zh: "必须分开的 Pod 多于节点",
  },
  why: {
    en: "The pods beyond the number of nodes stay Pending for ever, and so does the release.",
    de: "Die Pods über der Zahl der Knoten bleiben für immer Pending, und das Release mit ihnen.",
    es: "Los pods que exceden el número de nodos quedan en Pending para siempre, y el release también.",
    zh: "超出节点数的 Pod 会永远 Pending，发布也随之停住。",
  },
  message: {
    en: "{object} wants {replicas} pods on different nodes; a site has {nodes}.",
    de: "{object} will {replicas} Pods auf verschiedenen Knoten; ein Standort hat {nodes}.",
    es: "{object} quiere {replicas} pods en nodos distintos; un sitio tiene {nodes}.",
    zh: "{object} 要求 {replicas} 个 Pod 位于不同节点，而站点只有 {nodes} 个节点。",
  },
  fix: {
    en: "Run as many replicas as there are nodes, or use preferredDuringScheduling.",
    de: "So viele Replikate wie Knoten betreiben oder preferredDuringScheduling verwenden.",
    es: "Use tantas réplicas como nodos, o preferredDuringScheduling.",
    zh: "副本数不超过节点数，或改用 preferredDuringScheduling。",
  },
  source:
    "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity",
  check: (context) => {
    const nodes = context.setting.nodesPerSite ?? Number.POSITIVE_INFINITY;
    return each(applied(context), function* (manifest) {
      const replicas = Number(map(manifest.doc.spec).replicas ?? 1);
      const pointer = standsApart(manifest);
      if (pointer === undefined || replicas <= nodes) return;
      yield hit(manifest, { pointer, values: { replicas, nodes } });
    });
  },
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 2, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: till}}}]}}, containers: []}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 1, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: till}}}]}}, containers: []}}}}\n",
      },
    ],
    setting: { nodesPerSite: 1 },
  },
});
