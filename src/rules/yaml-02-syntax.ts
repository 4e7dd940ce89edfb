import { syntaxRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "YAML-02",
  severity: "block",
  title: {
    en: "Not YAML",
    de: "Kein YAML",
    es: "No es YAML",
    zh: "不是合法的 YAML",
  },
  why: {
    en: "Nothing in this file can be applied.",
    de: "Nichts aus dieser Datei lässt sich anwenden.",
    es: "Nada de este archivo se puede aplicar.",
    zh: "该文件中的任何内容都无法应用。",
  },
  message: {
    en: "This cannot be read as YAML: {reason}",
    de: "Das lässt sich nicht als YAML lesen: {reason}",
    es: "Esto no se puede leer como YAML: {reason}",
    zh: "无法按 YAML 解析：{reason}",
  },
  fix: {
    en: "Correct the line; most often it is an indentation or a missing quote.",
    de: "Die Zeile berichtigen; meist ist es eine Einrückung oder ein fehlendes Anführungszeichen.",
    es: "Corrija la línea; suele ser la sangría o una comilla que falta.",
    zh: "修正该行；常见原因是缩进或缺少引号。",
  },
  source: "https://yaml.org/spec/1.2.2/",
  check: syntaxRule("syntax"),
  examples: {
    bad: [
      {
        "a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: a
`,
      },
    ],
    good: [{ "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n" }],
  },
});
