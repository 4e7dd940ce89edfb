import { syntaxRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "YAML-08",
  severity: "warn",
  title: {
    en: "A template that was not rendered",
    de: "Eine nicht gerenderte Vorlage",
    es: "Una plantilla sin renderizar",
    zh: "未渲染的模板",
  },
  why: {
    en: "Until it is rendered nobody knows what will be applied, so nothing here was checked.",
    de: "Vor dem Rendern weiß niemand, was angewendet wird; daher wurde hier nichts geprüft.",
    es: "Hasta renderizarla nadie sabe qué se aplicará, así que aquí no se comprobó nada.",
    zh: "渲染之前无从得知会应用什么，因此此处未做检查。",
  },
  message: {
    en: "This file is a template, not a manifest.",
    de: "Diese Datei ist eine Vorlage, kein Manifest.",
    es: "Este archivo es una plantilla, no un manifiesto.",
    zh: "该文件是模板，不是清单。",
  },
  fix: {
    en: "Render it first, and check the result.",
    de: "Erst rendern, dann das Ergebnis prüfen.",
    es: "Renderícela primero y compruebe el resultado.",
    zh: "先渲染，再检查结果。",
  },
  source: "https://helm.sh/docs/chart_template_guide/",
  check: syntaxRule("template"),
  examples: {
    bad: [
      {
        "a.yaml": `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}
`,
      },
    ],
    good: [{ "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n" }],
  },
});
