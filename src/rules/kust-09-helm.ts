import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-09",
  severity: "block",
  title: {
    en: "A kustomization runs Helm or a generator",
    de: "Eine Kustomization ruft Helm oder einen Generator auf",
    es: "Una kustomization ejecuta Helm o un generador",
    zh: "kustomization 调用 Helm 或生成器",
  },
  why: {
    en: "Flux and Argo CD refuse it without extra flags, and it runs programs or downloads while building.",
    de: "Flux und Argo CD lehnen es ohne Zusatzschalter ab; beim Bauen laufen Programme oder Downloads.",
    es: "Flux y Argo CD lo rechazan sin opciones extra, y ejecuta programas o descargas al construir.",
    zh: "Flux 和 Argo CD 默认拒绝；构建时会运行程序或下载内容。",
  },
  message: {
    en: "{where} cannot be built without extra flags.",
    de: "{where} lässt sich ohne Zusatzschalter nicht bauen.",
    es: "{where} no se puede construir sin opciones extra.",
    zh: "{where} 不加额外参数无法构建。",
  },
  fix: {
    en: "Use a HelmRelease, a HelmChart, or an Application with a chart.",
    de: "Ein HelmRelease, einen HelmChart oder eine Application mit Chart verwenden.",
    es: "Use un HelmRelease, un HelmChart o una Application con chart.",
    zh: "改用 HelmRelease、HelmChart，或带 chart 的 Application。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_helmchartinflationgenerator_",
  check: kustomizeRule("helm"),
  examples: {
    bad: [
      {
        "kustomization.yaml":
          'helmCharts: [{name: app, repo: "https://charts.example.com", version: 1.0.0}]\n',
      },
    ],
    good: [{ "kustomization.yaml": "configMapGenerator: [{name: app, literals: [a=b]}]\n" }],
  },
});
