import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-05",
  severity: "block",
  title: {
    en: "A folder without kustomization.yaml",
    de: "Ein Ordner ohne kustomization.yaml",
    es: "Una carpeta sin kustomization.yaml",
    zh: "文件夹缺少 kustomization.yaml",
  },
  why: {
    en: "kustomize builds folders only through their kustomization.",
    de: "kustomize baut Ordner nur über ihre Kustomization.",
    es: "kustomize construye carpetas solo mediante su kustomization.",
    zh: "kustomize 只能通过 kustomization 构建文件夹。",
  },
  message: {
    en: "{field}: {target} is no folder with a kustomization.yaml.",
    de: "{field}: {target} ist kein Ordner mit einer kustomization.yaml.",
    es: "{field}: {target} no es una carpeta con kustomization.yaml.",
    zh: "{field}：{target} 不是含有 kustomization.yaml 的文件夹。",
  },
  fix: {
    en: "Add a kustomization.yaml to {target}, or name its files.",
    de: "In {target} eine kustomization.yaml anlegen oder die Dateien nennen.",
    es: "Añada un kustomization.yaml a {target} o nombre sus archivos.",
    zh: "在 {target} 中添加 kustomization.yaml，或直接列出文件。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
  check: kustomizeRule("no-kustomization"),
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [apps]\n",
        "apps/a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [apps/a.yaml]\n",
        "apps/a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
  },
});
