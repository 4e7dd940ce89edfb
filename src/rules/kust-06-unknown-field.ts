import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-06",
  severity: "block",
  title: {
    en: "A field kustomize does not know",
    de: "Ein Feld, das kustomize nicht kennt",
    es: "Un campo que kustomize no conoce",
    zh: "kustomize 不认识的字段",
  },
  why: {
    en: "kustomize refuses the whole file.",
    de: "kustomize lehnt die ganze Datei ab.",
    es: "kustomize rechaza todo el archivo.",
    zh: "kustomize 会拒绝整个文件。",
  },
  message: {
    en: "There is no field {field}; the nearest is {near}.",
    de: "Ein Feld {field} gibt es nicht; am nächsten liegt {near}.",
    es: "No existe el campo {field}; el más parecido es {near}.",
    zh: "没有字段 {field}，最接近的是 {near}。",
  },
  fix: {
    en: "Correct or remove {field}.",
    de: "{field} berichtigen oder entfernen.",
    es: "Corrija o elimine {field}.",
    zh: "更正或删除 {field}。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
  check: kustomizeRule("unknown-field"),
  examples: {
    bad: [{ "kustomization.yaml": "resource: [a.yaml]\n" }],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
  },
});
