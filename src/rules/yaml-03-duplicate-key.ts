import { syntaxRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "YAML-03",
  severity: "block",
  title: {
    en: "The same key twice",
    de: "Derselbe Schlüssel zweimal",
    es: "La misma clave dos veces",
    zh: "键重复",
  },
  why: {
    en: "kubectl takes the last one, Flux refuses the file, and kustomize merges some of them.",
    de: "kubectl nimmt den letzten, Flux lehnt die Datei ab, kustomize führt manche zusammen.",
    es: "kubectl toma la última, Flux rechaza el archivo y kustomize combina algunas.",
    zh: "kubectl 取最后一个，Flux 拒绝文件，kustomize 有时会合并。",
  },
  message: {
    en: "The key {key} stands here twice.",
    de: "Der Schlüssel {key} steht hier zweimal.",
    es: "La clave {key} aparece dos veces.",
    zh: "键 {key} 在此重复出现。",
  },
  fix: {
    en: "Keep one of them.",
    de: "Einen davon behalten.",
    es: "Conserve una de ellas.",
    zh: "只保留一个。",
  },
  source: "https://yaml.org/spec/1.2.2/#3213-node-comparison",
  check: syntaxRule("duplicate-key"),
  examples: {
    bad: [
      {
        "a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {a: b}
data: {c: d}
`,
      },
    ],
    good: [{ "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n" }],
  },
});
