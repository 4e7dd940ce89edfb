import { applied, each, groupOf, hit, podOf, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { isEmptySelector, matchesSelector, showSelector } from "#model/selectors.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "REF-07",
  severity: "block",
  title: {
    en: "A workload that does not select its own pods",
    de: "Eine Anwendung, die ihre eigenen Pods nicht auswählt",
    es: "Una carga que no selecciona sus propios pods",
    zh: "工作负载没有选中自己的 Pod",
  },
  why: {
    en: "The API server refuses it, and nothing of the release after it is applied.",
    de: "Der API-Server lehnt sie ab, und was danach kommt, wird nicht angewendet.",
    es: "El servidor de API la rechaza y lo que sigue no se aplica.",
    zh: "API 服务器会拒绝它，其后的内容也不会应用。",
  },
  message: {
    en: "{object} selects {selector}, but its template has {labels}.",
    de: "{object} wählt {selector}, ihre Vorlage hat aber {labels}.",
    es: "{object} selecciona {selector}, pero su plantilla tiene {labels}.",
    zh: "{object} 选择 {selector}，而其模板的标签为 {labels}。",
  },
  fix: {
    en: "Give selector and template the same labels.",
    de: "Auswahl und Vorlage dieselben Labels geben.",
    es: "Dé las mismas etiquetas al selector y a la plantilla.",
    zh: "让选择器与模板使用相同的标签。",
  },
  source: "https://docs.kubelinter.io/#/generated/checks?id=mismatching-selector",
  check: (context) =>
    each(withPods(applied(context)), function* (manifest) {
      // A Job gets its selector from the cluster.
      if (groupOf(manifest) !== "apps" && manifest.kind !== "Rollout") return;
      const selector = map(map(manifest.doc.spec).selector);
      const labels = map(podOf(manifest)?.metadata.labels);
      if (podOf(manifest) === undefined || isEmptySelector(selector)) return;
      if (matchesSelector(selector, labels)) return;
      const values = { selector: showSelector(selector), labels: showSelector({ matchLabels: labels }) };
      yield hit(manifest, { pointer: "/spec/selector", values });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: tell}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}\n',
      },
    ],
  },
});
