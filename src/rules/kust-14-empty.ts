import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-14",
  severity: "block",
  title: {
    en: "A kustomization that builds nothing",
    de: "Eine Kustomization, die nichts baut",
    es: "Una kustomization que no construye nada",
    zh: "空的 kustomization",
  },
  why: {
    en: "kustomize refuses an empty kustomization.",
    de: "kustomize lehnt eine leere Kustomization ab.",
    es: "kustomize rechaza una kustomization vacía.",
    zh: "kustomize 拒绝空的 kustomization。",
  },
  message: {
    en: "This kustomization names no resource.",
    de: "Diese Kustomization nennt keine Ressource.",
    es: "Esta kustomization no nombra ningún recurso.",
    zh: "该 kustomization 没有列出任何资源。",
  },
  fix: {
    en: "Add resources or remove the file.",
    de: "Ressourcen aufnehmen oder die Datei entfernen.",
    es: "Añada recursos o elimine el archivo.",
    zh: "添加资源，或删除该文件。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
  check: kustomizeRule("empty"),
  examples: {
    bad: [{ "kustomization.yaml": "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization}\n" }],
    good: [{ "kustomization.yaml": "configMapGenerator: [{name: app, literals: [a=b]}]\n" }],
  },
});
