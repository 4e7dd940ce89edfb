import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-08",
  severity: "warn",
  title: {
    en: "An entry that changes nothing",
    de: "Ein Eintrag, der nichts ändert",
    es: "Una entrada que no cambia nada",
    zh: "配置项没有任何效果",
  },
  why: {
    en: "The pinned tag or the replica count is not applied, and nothing says so.",
    de: "Das festgelegte Tag oder die Replikatzahl wird nicht angewendet, und nichts weist darauf hin.",
    es: "La etiqueta fijada o el número de réplicas no se aplica, y nada lo indica.",
    zh: "固定的标签或副本数并未生效，且没有任何提示。",
  },
  message: {
    en: "{field}: {name} names nothing in this build.",
    de: "{field}: {name} bezeichnet in diesem Build nichts.",
    es: "{field}: {name} no nombra nada en esta construcción.",
    zh: "{field}：{name} 在此构建中没有对应对象。",
  },
  fix: {
    en: "Correct the name or remove the entry.",
    de: "Den Namen berichtigen oder den Eintrag entfernen.",
    es: "Corrija el nombre o elimine la entrada.",
    zh: "更正名称，或删除该项。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/",
  check: kustomizeRule("no-effect"),
  examples: {
    bad: [
      {
        "kustomization.yaml": `resources: [a.yaml]
images: [{name: app, newTag: 1.0.0}]
`,
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
    good: [
      {
        "kustomization.yaml": `resources: [a.yaml]
images: [{name: app, newTag: 1.0.0}]
`,
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: app}]}}\n",
      },
    ],
  },
});
