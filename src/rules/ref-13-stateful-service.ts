import { holdingsOf, severityOfMissing } from "#model/holdings.ts";
import { applied, each, hit, isTemplated, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import type { Text } from "#model/text.ts";
import { map, word } from "#model/value.ts";

const notThere: Text = {
  en: "it is not in the repository",
  de: "im Repository gibt es ihn nicht",
  es: "no está en el repositorio",
  zh: "仓库中不存在",
};
const notHeadless: Text = {
  en: "its clusterIP is not None",
  de: "seine clusterIP ist nicht None",
  es: "su clusterIP no es None",
  zh: "其 clusterIP 不是 None",
};

export default defineRule({
  id: "REF-13",
  severity: "warn",
  title: {
    en: "A StatefulSet without its headless Service",
    de: "Ein StatefulSet ohne seinen Headless-Service",
    es: "Un StatefulSet sin su Service headless",
    zh: "StatefulSet 缺少 headless Service",
  },
  why: {
    en: "Its pods get no names of their own in DNS, and members do not find each other.",
    de: "Seine Pods bekommen keine eigenen DNS-Namen, und die Mitglieder finden einander nicht.",
    es: "Sus pods no reciben nombres DNS propios y los miembros no se encuentran.",
    zh: "其 Pod 没有各自的 DNS 名称，成员之间互相找不到。",
  },
  message: {
    en: "{object} names the Service {service}: {state}.",
    de: "{object} nennt den Service {service}: {state}.",
    es: "{object} nombra el Service {service}: {state}.",
    zh: "{object} 指定的 Service {service}：{state}。",
  },
  fix: {
    en: "Add a Service {service} with clusterIP: None that selects these pods.",
    de: "Einen Service {service} mit clusterIP: None anlegen, der diese Pods auswählt.",
    es: "Añada un Service {service} con clusterIP: None que seleccione estos pods.",
    zh: "添加 clusterIP: None 且选中这些 Pod 的 Service {service}。",
  },
  source: "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(ofKind(applied(context), "apps/StatefulSet"), function* (manifest) {
      const service = word(map(manifest.doc.spec).serviceName);
      if (service === "" || isTemplated(service)) return;
      const found = holdings.of("Service", manifest.namespace, service);
      const pointer = "/spec/serviceName";
      if (found.length > 0) {
        if (found.some(({ doc }) => map(doc.spec).clusterIP === "None")) return;
        yield hit(manifest, { pointer, values: { service, state: notHeadless } });
        return;
      }
      const severity = severityOfMissing(holdings.sight(manifest), "warn");
      if (severity) yield hit(manifest, { pointer, values: { service, state: notThere }, severity });
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: apps}, spec: {serviceName: dbs, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: []}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: apps}, spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: apps}, spec: {serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: []}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: apps}, spec: {selector: {app: db}, ports: [{port: 5432}]}}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: apps}, spec: {serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: []}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: apps}, spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}}
`,
      },
    ],
  },
});
