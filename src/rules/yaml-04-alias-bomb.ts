import { syntaxRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "YAML-04",
  severity: "block",
  title: {
    en: "Too many aliases",
    de: "Zu viele Aliase",
    es: "Demasiados alias",
    zh: "别名过多",
  },
  why: {
    en: "A few lines of aliases can unfold to gigabytes.",
    de: "Wenige Zeilen mit Aliasen können sich zu Gigabytes entfalten.",
    es: "Unas pocas líneas de alias pueden desplegarse en gigabytes.",
    zh: "寥寥几行别名可展开成数 GB。",
  },
  message: {
    en: "The aliases of this document unfold more than {limit} times.",
    de: "Die Aliase dieses Dokuments entfalten sich mehr als {limit}-mal.",
    es: "Los alias de este documento se despliegan más de {limit} veces.",
    zh: "该文档的别名展开超过 {limit} 次。",
  },
  fix: {
    en: "Write the values out.",
    de: "Die Werte ausschreiben.",
    es: "Escriba los valores directamente.",
    zh: "直接写出这些值。",
  },
  source: "https://en.wikipedia.org/wiki/Billion_laughs_attack",
  check: syntaxRule("alias-bomb"),
  examples: {
    bad: [
      {
        "a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
`,
      },
    ],
    good: [{ "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n" }],
  },
});
