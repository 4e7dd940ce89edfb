import { each, hit, judged, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "GO-16",
  severity: "warn",
  title: {
    en: "A HelmRepository of type oci",
    de: "Ein HelmRepository vom Typ oci",
    es: "Un HelmRepository de tipo oci",
    zh: "type 为 oci 的 HelmRepository",
  },
  why: {
    en: "It is kept for old releases only: no digest, no signature of the chart, no layer selection, and no status of its own.",
    de: "Es wird nur für alte Releases erhalten: kein Digest, keine Signatur des Charts, keine Layer-Auswahl und kein eigener Status.",
    es: "Se mantiene solo por releases antiguos: sin digest, sin firma del chart, sin selección de capas y sin estado propio.",
    zh: "它仅为旧发布保留：没有摘要、没有 chart 签名、不能选择层，也没有自己的状态。",
  },
  message: {
    en: "{object} has type: oci.",
    de: "{object} hat type: oci.",
    es: "{object} tiene type: oci.",
    zh: "{object} 设置了 type: oci。",
  },
  fix: {
    en: "Use an OCIRepository and chartRef in the HelmRelease.",
    de: "Ein OCIRepository und im HelmRelease chartRef verwenden.",
    es: "Use un OCIRepository y chartRef en el HelmRelease.",
    zh: "改用 OCIRepository，并在 HelmRelease 中使用 chartRef。",
  },
  source: "https://fluxcd.io/flux/components/source/helmrepositories/#helm-oci-repository",
  check: (context) =>
    each(ofKind(judged(context), "source.toolkit.fluxcd.io/HelmRepository"), function* (manifest) {
      const spec = map(manifest.doc.spec);
      if (spec.type === "oci") yield hit(manifest, { pointer: "/spec/type" });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: source.toolkit.fluxcd.io/v1, kind: HelmRepository, metadata: {name: till}, spec: {interval: 1h, type: oci, url: "oci://registry.example.com/charts"}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, metadata: {name: till}, spec: {interval: 1h, url: "oci://registry.example.com/charts/till", ref: {tag: 1.0.0}}}\n',
      },
    ],
  },
});
