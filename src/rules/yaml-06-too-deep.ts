import { syntaxRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "YAML-06",
  severity: "block",
  title: {
    en: "Nested too deeply",
    de: "Zu tief verschachtelt",
    es: "Anidamiento excesivo",
    zh: "嵌套过深",
  },
  why: {
    en: "No object of Kubernetes nests like this; readers run out of stack.",
    de: "Kein Objekt von Kubernetes ist so verschachtelt; Leser laufen über.",
    es: "Ningún objeto de Kubernetes se anida así; los lectores agotan la pila.",
    zh: "Kubernetes 对象不会如此嵌套，解析器会耗尽栈。",
  },
  message: {
    en: "The document nests deeper than {limit} levels.",
    de: "Das Dokument ist tiefer als {limit} Ebenen verschachtelt.",
    es: "El documento se anida más de {limit} niveles.",
    zh: "文档嵌套超过 {limit} 层。",
  },
  fix: {
    en: "Flatten the document.",
    de: "Das Dokument flacher gestalten.",
    es: "Aplane el documento.",
    zh: "减少嵌套层级。",
  },
  source: "https://yaml.org/spec/1.2.2/",
  check: syntaxRule("too-deep"),
  examples: {
    bad: [{ "a.yaml": `a: ${"[".repeat(300)}${"]".repeat(300)}\n` }],
    good: [{ "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n" }],
  },
});
