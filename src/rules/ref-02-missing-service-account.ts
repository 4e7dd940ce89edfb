import { holdingsOf, severityOfMissing } from "#model/holdings.ts";
import { applied, each, hit, isTemplated, podOf, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

export default defineRule({
  id: "REF-02",
  severity: "warn",
  title: {
    en: "A pod names a service account that is not there",
    de: "Ein Pod nennt einen ServiceAccount, den es nicht gibt",
    es: "Un pod nombra una cuenta de servicio que no existe",
    zh: "Pod 引用了不存在的 ServiceAccount",
  },
  why: {
    en: "The pods are never created; only an event of the ReplicaSet says why.",
    de: "Die Pods entstehen nie; nur ein Ereignis des ReplicaSets sagt, warum.",
    es: "Los pods no se crean nunca; solo un evento del ReplicaSet dice por qué.",
    zh: "Pod 永远不会创建，只有 ReplicaSet 的事件说明原因。",
  },
  message: {
    en: "{object} names the service account {account}, which is not in the repository.",
    de: "{object} nennt den ServiceAccount {account}; im Repository gibt es ihn nicht.",
    es: "{object} nombra la cuenta de servicio {account}, que no está en el repositorio.",
    zh: "{object} 引用 ServiceAccount {account}，但仓库中不存在。",
  },
  fix: {
    en: "Add the service account or correct the name.",
    de: "Den ServiceAccount anlegen oder den Namen berichtigen.",
    es: "Añada la cuenta de servicio o corrija el nombre.",
    zh: "添加该 ServiceAccount，或更正名称。",
  },
  source: "https://docs.kubelinter.io/#/generated/checks?id=non-existent-service-account",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(withPods(applied(context)), function* (manifest) {
      const pod = podOf(manifest);
      const account = word(pod?.spec.serviceAccountName);
      if (pod === undefined || /^(?:|default)$/.test(account) || isTemplated(account)) return;
      if (holdings.has("ServiceAccount", manifest.namespace, account)) return;
      const severity = severityOfMissing(holdings.sight(manifest), "warn");
      if (severity === undefined || holdings.isMentioned(account)) return;
      yield hit(manifest, { pointer: `${pod.pointer}/serviceAccountName`, values: { account }, severity });
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccountName: gone, containers: []}}\n",
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccountName: agent, containers: []}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: agent}}
`,
      },
    ],
  },
});
