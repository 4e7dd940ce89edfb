import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-11",
  severity: "block",
  title: {
    en: "The same object twice",
    de: "Dasselbe Objekt zweimal",
    es: "El mismo objeto dos veces",
    zh: "同一对象出现两次",
  },
  why: {
    en: "kustomize refuses to build.",
    de: "kustomize baut dann nicht.",
    es: "kustomize se niega a construir.",
    zh: "kustomize 会拒绝构建。",
  },
  message: {
    en: "{object} in {where} is already there, from {also}.",
    de: "{object} in {where} ist schon da, aus {also}.",
    es: "{object} en {where} ya existe, desde {also}.",
    zh: "{where} 中的 {object} 已存在，来自 {also}。",
  },
  fix: {
    en: "Remove one of them.",
    de: "Eines davon entfernen.",
    es: "Elimine uno de ellos.",
    zh: "删除其中一个。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
  check: kustomizeRule("duplicate"),
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
        "b.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
        "b.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n",
      },
    ],
  },
});
