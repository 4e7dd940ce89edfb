import { applied, each, hit, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { candidates, matchesSelector, podsOf } from "#model/selectors.ts";
import { map, word } from "#model/value.ts";

export default defineRule({
  id: "REF-01",
  severity: "warn",
  title: {
    en: "A Service that selects no pod",
    de: "Ein Service, der keinen Pod auswählt",
    es: "Un Service que no selecciona ningún pod",
    zh: "Service 没有选中任何 Pod",
  },
  why: {
    en: "Connections fail without any object looking broken.",
    de: "Verbindungen schlagen fehl, ohne dass ein Objekt defekt aussieht.",
    es: "Las conexiones fallan sin que ningún objeto parezca roto.",
    zh: "连接会失败，而所有对象看上去都正常。",
  },
  message: {
    en: "{object} selects {selector}; no pod here has these labels.",
    de: "{object} wählt {selector}; kein Pod hier hat diese Labels.",
    es: "{object} selecciona {selector}; ningún pod de aquí tiene esas etiquetas.",
    zh: "{object} 选择 {selector}，但没有 Pod 带有这些标签。",
  },
  fix: {
    en: "Use the labels of the pod template.",
    de: "Die Labels der Pod-Vorlage verwenden.",
    es: "Use las etiquetas de la plantilla del pod.",
    zh: "使用 Pod 模板上的标签。",
  },
  source: "https://docs.kubelinter.io/#/generated/checks?id=dangling-service",
  check: (context) => {
    const pods = podsOf(context);
    // A Service alone may belong to pods of a chart or an operator.
    if (pods.length === 0) return [];
    const namespaces = new Set(pods.map(({ manifest }) => manifest.namespace));
    return each(ofKind(applied(context), "Service"), function* (manifest) {
      const selector = map(map(manifest.doc.spec).selector);
      if (Object.keys(selector).length === 0 || !namespaces.has(manifest.namespace)) return;
      const here = candidates({ matchLabels: selector }, pods).filter(
        (pod) => pod.manifest.namespace === manifest.namespace,
      );
      if (here.some(({ labels }) => matchesSelector({ matchLabels: selector }, labels))) return;
      const text = Object.entries(selector)
        .map(([key, value]) => `${key}=${word(value)}`)
        .join(", ");
      yield hit(manifest, { pointer: "/spec/selector", values: { selector: text } });
    });
  },
  examples: {
    bad: [
      {
        "a.yaml": `{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: b}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: {containers: []}}
`,
      },
    ],
    good: [
      {
        "a.yaml": `{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: {containers: []}}
`,
      },
    ],
  },
});
