import { holdingsOf, severityOfMissing } from "#model/holdings.ts";
import { applied, each, hit, isTemplated, podOf, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

export default defineRule({
  id: "REF-10",
  severity: "block",
  title: {
    en: "A pod mounts a claim that is not there",
    de: "Ein Pod bindet einen Claim ein, den es nicht gibt",
    es: "Un pod monta un claim que no existe",
    zh: "Pod 挂载的 PVC 不存在",
  },
  why: {
    en: "The pod stays Pending until somebody makes the claim.",
    de: "Der Pod bleibt Pending, bis jemand den Claim anlegt.",
    es: "El pod queda en Pending hasta que alguien cree el claim.",
    zh: "在有人创建该 PVC 之前，Pod 一直处于 Pending。",
  },
  message: {
    en: "{object} mounts the PersistentVolumeClaim {claim}, which is not in the repository.",
    de: "{object} bindet den PersistentVolumeClaim {claim} ein; im Repository gibt es ihn nicht.",
    es: "{object} monta el PersistentVolumeClaim {claim}, que no está en el repositorio.",
    zh: "{object} 挂载 PersistentVolumeClaim {claim}，但仓库中没有它。",
  },
  fix: {
    en: "Correct the name, or add the claim {claim}.",
    de: "Den Namen berichtigen oder den Claim {claim} anlegen.",
    es: "Corrija el nombre o añada el claim {claim}.",
    zh: "更正名称，或添加 PVC {claim}。",
  },
  source: "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(withPods(applied(context)), function* (manifest) {
      const pod = podOf(manifest);
      for (const [i, volume] of maps(pod?.spec.volumes).entries()) {
        const claim = word(map(volume.persistentVolumeClaim).claimName);
        if (claim === "" || isTemplated(claim)) continue;
        if (holdings.has("PersistentVolumeClaim", manifest.namespace, claim)) continue;
        const severity = severityOfMissing(holdings.sight(manifest), "block");
        if (severity === undefined) return;
        yield hit(manifest, { pointer: `${pod!.pointer}/volumes/${i}`, values: { claim }, severity });
      }
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data, namespace: apps}, spec: {accessModes: [ReadWriteOnce]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [], volumes: [{name: d, persistentVolumeClaim: {claimName: dta}}]}}}}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data, namespace: apps}, spec: {accessModes: [ReadWriteOnce]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [], volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}}}}
`,
      },
    ],
  },
});
