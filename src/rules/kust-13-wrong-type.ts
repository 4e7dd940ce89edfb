import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-13",
  severity: "block",
  title: {
    en: "A field of the wrong type",
    de: "Ein Feld vom falschen Typ",
    es: "Un campo de tipo incorrecto",
    zh: "字段类型错误",
  },
  why: {
    en: "kustomize refuses the whole file.",
    de: "kustomize lehnt die ganze Datei ab.",
    es: "kustomize rechaza todo el archivo.",
    zh: "kustomize 会拒绝整个文件。",
  },
  message: {
    en: "{field} must be: {expected}.",
    de: "{field} muss sein: {expected}.",
    es: "{field} debe ser: {expected}.",
    zh: "{field} 的类型应为：{expected}。",
  },
  fix: {
    en: "Write {field} as {expected}.",
    de: "{field} als {expected} schreiben.",
    es: "Escriba {field} como {expected}.",
    zh: "把 {field} 写成 {expected}。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
  check: kustomizeRule("wrong-type"),
  examples: {
    bad: [{ "kustomization.yaml": "resources: a.yaml\n" }],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
  },
});
