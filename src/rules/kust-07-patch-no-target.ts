import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-07",
  severity: "block",
  title: {
    en: "A patch that matches nothing",
    de: "Ein Patch, der auf nichts passt",
    es: "Un parche que no coincide con nada",
    zh: "补丁没有匹配任何对象",
  },
  why: {
    en: "kustomize drops a patch by target in silence: a limit or a hardening setting is simply missing at the site.",
    de: "kustomize lässt einen Patch mit target still fallen: Eine Grenze oder Härtung fehlt dann einfach am Standort.",
    es: "kustomize descarta en silencio un parche con target: falta sin más un límite o un ajuste de seguridad.",
    zh: "kustomize 会静默丢弃带 target 的补丁：站点上就少了某个限制或加固设置。",
  },
  message: {
    en: "The patch for {target} matches no object.",
    de: "Der Patch für {target} passt auf kein Objekt.",
    es: "El parche para {target} no coincide con ningún objeto.",
    zh: "针对 {target} 的补丁没有匹配任何对象。",
  },
  fix: {
    en: "Correct kind, name and namespace of the target, or remove the patch.",
    de: "Kind, Name und Namespace des Ziels berichtigen oder den Patch entfernen.",
    es: "Corrija tipo, nombre y namespace del destino, o elimine el parche.",
    zh: "更正目标的 kind、name 和 namespace，或删除该补丁。",
  },
  source: "https://github.com/kubernetes-sigs/kustomize/issues/4379",
  check: kustomizeRule("patch-no-target"),
  examples: {
    bad: [
      {
        "kustomization.yaml": `resources: [a.yaml]
patches:
- target: {kind: Deployment}
  patch: '- {op: remove, path: /spec}'
`,
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
    good: [
      {
        "kustomization.yaml": `resources: [a.yaml]
patches:
- target: {kind: ConfigMap}
  patch: '- {op: add, path: /data, value: {a: b}}'
`,
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
  },
});
