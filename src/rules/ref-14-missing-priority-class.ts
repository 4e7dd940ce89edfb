import { holdingsOf, severityOfMissing } from "#model/holdings.ts";
import { applied, each, hit, isTemplated, podOf, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

export default defineRule({
  id: "REF-14",
  severity: "block",
  title: {
    en: "A priority class that is not there",
    de: "Eine PriorityClass, die es nicht gibt",
    es: "Una PriorityClass que no existe",
    zh: "PriorityClass 不存在",
  },
  why: {
    en: "The API server refuses every pod that names it.",
    de: "Der API-Server lehnt jeden Pod ab, der sie nennt.",
    es: "El servidor de API rechaza cada pod que la nombra.",
    zh: "API 服务器会拒绝所有引用它的 Pod。",
  },
  message: {
    en: "{object} names the priority class {name}, which is not in the repository.",
    de: "{object} nennt die PriorityClass {name}; im Repository gibt es sie nicht.",
    es: "{object} nombra la PriorityClass {name}, que no está en el repositorio.",
    zh: "{object} 引用 PriorityClass {name}，但仓库中没有它。",
  },
  fix: {
    en: "Add the PriorityClass {name}, or use system-node-critical or system-cluster-critical where it fits.",
    de: "Die PriorityClass {name} anlegen oder, wo es passt, system-node-critical oder system-cluster-critical verwenden.",
    es: "Añada la PriorityClass {name}, o use system-node-critical o system-cluster-critical donde proceda.",
    zh: "添加 PriorityClass {name}，或在合适处使用 system-node-critical、system-cluster-critical。",
  },
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(withPods(applied(context)), function* (manifest) {
      const pod = podOf(manifest);
      const name = word(pod?.spec.priorityClassName);
      if (pod === undefined || name === "" || name.startsWith("system-") || isTemplated(name)) return;
      if (holdings.has("PriorityClass", "", name)) return;
      const severity = severityOfMissing(holdings.sight(manifest, true), "block");
      if (severity)
        yield hit(manifest, { pointer: `${pod.pointer}/priorityClassName`, values: { name }, severity });
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {priorityClassName: till, containers: []}}}}\n",
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {priorityClassName: till, containers: []}}}}
---
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: till}, value: 1000}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {priorityClassName: system-node-critical, containers: []}}}}\n",
      },
    ],
  },
});
