import { holdingsOf, severityOfMissing } from "#model/holdings.ts";
import { applied, each, hit, isTemplated } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

/** Which field of which kind names what is scaled. */
const SCALERS: Readonly<Record<string, string>> = {
  HorizontalPodAutoscaler: "scaleTargetRef",
  ScaledObject: "scaleTargetRef",
  VerticalPodAutoscaler: "targetRef",
};
const WORKLOADS = /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet)$/;

export default defineRule({
  id: "REF-11",
  severity: "warn",
  title: {
    en: "A scaler of a workload that is not there",
    de: "Ein Scaler für eine Anwendung, die es nicht gibt",
    es: "Un escalador de una carga que no existe",
    zh: "伸缩器指向不存在的工作负载",
  },
  why: {
    en: "It reports an error every few seconds and never scales anything.",
    de: "Er meldet alle paar Sekunden einen Fehler und skaliert nie.",
    es: "Informa de un error cada pocos segundos y nunca escala nada.",
    zh: "它每隔几秒报错一次，从不伸缩。",
  },
  message: {
    en: "{object} scales {target}, which is not in the repository.",
    de: "{object} skaliert {target}; im Repository gibt es das nicht.",
    es: "{object} escala {target}, que no está en el repositorio.",
    zh: "{object} 伸缩 {target}，但仓库中没有它。",
  },
  fix: {
    en: "Correct the kind or the name.",
    de: "Art oder Namen berichtigen.",
    es: "Corrija el tipo o el nombre.",
    zh: "更正类型或名称。",
  },
  source: "https://docs.kubelinter.io/#/generated/checks?id=dangling-horizontalpodautoscaler",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(applied(context), function* (manifest) {
      const field = SCALERS[manifest.kind];
      if (field === undefined) return;
      const target = map(map(manifest.doc.spec)[field]);
      const kind = word(target.kind) || "Deployment";
      const name = word(target.name);
      if (!WORKLOADS.test(kind) || name === "" || isTemplated(name)) return;
      if (holdings.has(kind, manifest.namespace, name)) return;
      const severity = severityOfMissing(holdings.sight(manifest), "warn");
      if (severity === undefined) return;
      yield hit(manifest, { pointer: `/spec/${field}`, values: { target: `${kind}/${name}` }, severity });
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: till, namespace: apps}, spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: tell}}}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: till, namespace: apps}, spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: till}}}
`,
      },
    ],
  },
});
