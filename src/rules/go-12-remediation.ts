import { applied, each, hit, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { type Fields, map } from "#model/value.ts";

function retries({ remediation, strategy }: Fields): boolean {
  return map(strategy).name === "RetryOnFailure" || Number(map(remediation).retries ?? 0) !== 0;
}

export default defineRule({
  id: "GO-12",
  severity: "warn",
  title: {
    en: "A release that gives up at the first failure",
    de: "Ein Release, das beim ersten Fehler aufgibt",
    es: "Un release que se rinde al primer fallo",
    zh: "发布首次失败即放弃",
  },
  why: {
    en: "Without retries one lost uplink during the install leaves the release failed until somebody looks.",
    de: "Ohne Wiederholungen bleibt ein Release nach einem kurzen Uplink-Ausfall fehlgeschlagen, bis jemand nachsieht.",
    es: "Sin reintentos, un corte durante la instalación deja el release fallido hasta que alguien mire.",
    zh: "没有重试时，安装期间一次断网就会让发布停在失败状态，直到有人查看。",
  },
  message: {
    en: "{object} has no retries for {actions}.",
    de: "{object} hat keine Wiederholungen für {actions}.",
    es: "{object} no tiene reintentos para {actions}.",
    zh: "{object} 的 {actions} 没有重试。",
  },
  fix: {
    en: "Set install and upgrade.remediation.retries, or strategy RetryOnFailure.",
    de: "install und upgrade.remediation.retries setzen oder die Strategie RetryOnFailure.",
    es: "Defina install y upgrade.remediation.retries, o la estrategia RetryOnFailure.",
    zh: "设置 install 和 upgrade 的 remediation.retries，或使用策略 RetryOnFailure。",
  },
  source: "https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling",
  check: (context) =>
    each(ofKind(applied(context), "helm.toolkit.fluxcd.io/HelmRelease"), function* (manifest) {
      const spec = map(manifest.doc.spec);
      const actions = ["install", "upgrade"].filter((action) => !retries(map(spec[action])));
      if (actions.length > 0)
        yield hit(manifest, { pointer: "/spec", values: { actions: actions.join(", ") } });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {interval: 1h, chartRef: {kind: OCIRepository, name: a}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {chartRef: {kind: OCIRepository, name: a}, install: {remediation: {retries: 3}}, upgrade: {strategy: {name: RetryOnFailure}}}}\n",
      },
    ],
  },
});
