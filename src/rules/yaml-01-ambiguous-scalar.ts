import { syntaxRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "YAML-01",
  severity: "block",
  title: {
    en: "A word that may be read as another value",
    de: "Ein Wort, das anders gelesen werden kann",
    es: "Una palabra que se puede leer de otro modo",
    zh: "可能被读成其他值的词",
  },
  why: {
    en: "The cluster reads YAML 1.1: yes is true, 012 is ten, and kustomize reads the same file differently.",
    de: "Der Cluster liest YAML 1.1: yes ist true, 012 ist zehn, und kustomize liest dieselbe Datei anders.",
    es: "El clúster lee YAML 1.1: yes es true, 012 es diez, y kustomize lee el mismo archivo de otro modo.",
    zh: "集群按 YAML 1.1 解析：yes 为 true，012 为十；而 kustomize 的解读又不同。",
  },
  message: {
    en: "Unquoted {value} as a {place} is read differently by kustomize and by the cluster.",
    de: "{value} ohne Anführungszeichen als {place} lesen kustomize und Cluster verschieden.",
    es: "kustomize y el clúster leen de forma distinta {value} sin comillas como {place}.",
    zh: "未加引号的 {value}（{place}）在 kustomize 与集群中解读不同。",
  },
  fix: {
    en: 'Quote it: "{value}".',
    de: 'In Anführungszeichen setzen: "{value}".',
    es: 'Póngalo entre comillas: "{value}".',
    zh: '加上引号："{value}"。',
  },
  source: "https://yaml.org/type/bool.html",
  check: syntaxRule("ambiguous-scalar"),
  examples: {
    bad: [
      {
        "a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {enabled: yes}
`,
      },
    ],
    good: [
      {
        "a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {enabled: "yes"}
`,
      },
    ],
  },
});
