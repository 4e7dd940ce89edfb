import { syntaxRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "YAML-05",
  severity: "block",
  title: {
    en: "A file too large to apply",
    de: "Eine Datei, die zu groß zum Anwenden ist",
    es: "Un archivo demasiado grande para aplicarse",
    zh: "文件过大无法应用",
  },
  why: {
    en: "The API server refuses objects of this size.",
    de: "Der API-Server lehnt Objekte dieser Größe ab.",
    es: "El servidor de API rechaza objetos de este tamaño.",
    zh: "API 服务器会拒绝如此大的对象。",
  },
  message: {
    en: "The file has {bytes} bytes; {limit} are read.",
    de: "Die Datei hat {bytes} Byte; gelesen werden {limit}.",
    es: "El archivo tiene {bytes} bytes; se leen {limit}.",
    zh: "文件有 {bytes} 字节，最多读取 {limit}。",
  },
  fix: {
    en: "Split the file.",
    de: "Die Datei aufteilen.",
    es: "Divida el archivo.",
    zh: "拆分该文件。",
  },
  source: "https://etcd.io/docs/v3.6/dev-guide/limit/",
  check: syntaxRule("too-large"),
  examples: {
    bad: [{ "a.yaml": `kind: ConfigMap\n#${"x".repeat(1_000_001)}\n` }],
    good: [{ "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n" }],
  },
});
