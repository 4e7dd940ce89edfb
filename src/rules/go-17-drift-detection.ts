import { applied, each, hit, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

export default defineRule({
  id: "GO-17",
  severity: "warn",
  title: {
    en: "A release that nobody puts back",
    de: "Ein Release, das niemand zurücksetzt",
    es: "Un release que nadie restaura",
    zh: "发布被改动后无人恢复",
  },
  why: {
    en: "What is changed by hand on a site stays changed, as Helm compares with its own notes and not with the cluster.",
    de: "Was an einem Standort von Hand geändert wird, bleibt so: Helm vergleicht mit seinen Notizen, nicht mit dem Cluster.",
    es: "Lo que se cambia a mano en un sitio queda cambiado: Helm compara con sus notas, no con el clúster.",
    zh: "站点上手工改动的内容会一直保留：Helm 只与自己的记录比较，而不是与集群比较。",
  },
  message: {
    en: "{object} has no driftDetection.",
    de: "{object} hat keine driftDetection.",
    es: "{object} no tiene driftDetection.",
    zh: "{object} 没有 driftDetection。",
  },
  fix: {
    en: "Set spec.driftDetection.mode to enabled, or to warn at first.",
    de: "spec.driftDetection.mode auf enabled setzen, anfangs auf warn.",
    es: "Defina spec.driftDetection.mode como enabled, o como warn al principio.",
    zh: "把 spec.driftDetection.mode 设为 enabled，或先设为 warn。",
  },
  source: "https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection",
  check: (context) =>
    each(ofKind(applied(context), "helm.toolkit.fluxcd.io/HelmRelease"), function* (manifest) {
      const mode = word(map(map(manifest.doc.spec).driftDetection).mode);
      if (!/^(?:enabled|warn)$/.test(mode)) yield hit(manifest, { pointer: "/spec/driftDetection" });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: till}, spec: {interval: 1h, chartRef: {kind: OCIRepository, name: till}, driftDetection: {mode: disabled}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: till}, spec: {interval: 1h, chartRef: {kind: OCIRepository, name: till}, driftDetection: {mode: enabled}}}\n",
      },
    ],
  },
});
