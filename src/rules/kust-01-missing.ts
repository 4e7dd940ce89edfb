import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-01",
  severity: "block",
  title: {
    en: "A kustomization names a file that does not exist",
    de: "Eine Kustomization nennt eine Datei, die es nicht gibt",
    es: "Una kustomization nombra un archivo que no existe",
    zh: "kustomization 引用了不存在的文件",
  },
  why: {
    en: "The build fails, and the engine keeps the last state without saying so at the site.",
    de: "Der Build schlägt fehl, und die Engine bleibt beim letzten Stand, ohne es am Standort zu sagen.",
    es: "La construcción falla y el motor conserva el último estado sin avisar en el sitio.",
    zh: "构建失败，引擎停留在旧状态，而站点上没有任何提示。",
  },
  message: {
    en: "{field}: {target} does not exist.",
    de: "{field}: {target} gibt es nicht.",
    es: "{field}: {target} no existe.",
    zh: "{field}：{target} 不存在。",
  },
  fix: {
    en: "Correct the path or add {target}.",
    de: "Den Pfad berichtigen oder {target} anlegen.",
    es: "Corrija la ruta o añada {target}.",
    zh: "更正路径，或添加 {target}。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
  check: kustomizeRule("missing"),
  examples: {
    bad: [{ "kustomization.yaml": "resources: [gone.yaml]\n" }],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
  },
});
