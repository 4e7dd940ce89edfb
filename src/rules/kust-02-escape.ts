import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-02",
  severity: "block",
  title: {
    en: "A kustomization leaves the repository",
    de: "Eine Kustomization verlässt das Repository",
    es: "Una kustomization sale del repositorio",
    zh: "kustomization 越出仓库",
  },
  why: {
    en: "What lies outside is another thing on every machine that builds.",
    de: "Was außerhalb liegt, ist auf jeder Maschine etwas anderes.",
    es: "Lo que hay fuera es distinto en cada máquina que construye.",
    zh: "仓库之外的内容在每台构建机器上都不同。",
  },
  message: {
    en: "{field}: {target} lies outside of the repository.",
    de: "{field}: {target} liegt außerhalb des Repositorys.",
    es: "{field}: {target} está fuera del repositorio.",
    zh: "{field}：{target} 位于仓库之外。",
  },
  fix: {
    en: "Copy what is needed into the repository.",
    de: "Das Nötige ins Repository kopieren.",
    es: "Copie lo necesario al repositorio.",
    zh: "把所需内容复制到仓库内。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
  check: kustomizeRule("escape"),
  examples: {
    bad: [{ "a/kustomization.yaml": "resources: [../../other]\n" }],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
  },
});
