import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-10",
  severity: "warn",
  title: {
    en: "A deprecated field",
    de: "Ein veraltetes Feld",
    es: "Un campo obsoleto",
    zh: "已弃用的字段",
  },
  why: {
    en: "It still works today and prints a warning at every build.",
    de: "Es funktioniert heute noch und warnt bei jedem Build.",
    es: "Hoy aún funciona y avisa en cada construcción.",
    zh: "目前仍可用，但每次构建都会告警。",
  },
  message: {
    en: "{field} is deprecated; {instead} stands in its place.",
    de: "{field} ist veraltet; an seine Stelle tritt {instead}.",
    es: "{field} está obsoleto; lo sustituye {instead}.",
    zh: "{field} 已弃用，由 {instead} 取代。",
  },
  fix: {
    en: "Write {instead}.",
    de: "{instead} schreiben.",
    es: "Escriba {instead}.",
    zh: "改写为 {instead}。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
  check: kustomizeRule("deprecated"),
  examples: {
    bad: [
      {
        "kustomization.yaml": `commonLabels: {a: b}
configMapGenerator: [{name: app, literals: [a=b]}]
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": `labels: [{pairs: {a: b}}]
configMapGenerator: [{name: app, literals: [a=b]}]
`,
      },
    ],
  },
});
