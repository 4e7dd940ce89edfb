import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-04",
  severity: "block",
  title: {
    en: "Kustomizations include each other",
    de: "Kustomizations binden einander ein",
    es: "Las kustomizations se incluyen entre sí",
    zh: "kustomization 互相包含",
  },
  why: {
    en: "A circle cannot be built.",
    de: "Ein Kreis lässt sich nicht bauen.",
    es: "Un círculo no se puede construir.",
    zh: "循环包含无法构建。",
  },
  message: {
    en: "A circle: {chain}.",
    de: "Ein Kreis: {chain}.",
    es: "Un círculo: {chain}.",
    zh: "循环：{chain}。",
  },
  fix: {
    en: "Remove one of these references.",
    de: "Einen dieser Verweise entfernen.",
    es: "Elimine una de estas referencias.",
    zh: "去掉其中一个引用。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
  check: kustomizeRule("cycle"),
  examples: {
    bad: [{ "a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n" }],
    good: [
      {
        "a/kustomization.yaml": "resources: [../b]\n",
        "b/kustomization.yaml": "resources: [c.yaml]\n",
        "b/c.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
  },
});
