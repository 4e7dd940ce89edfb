import { each, hit, isTemplated, judged, ofGroup } from "#model/manifest.ts";
import { FLUX_NAMESPACES } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

export default defineRule({
  id: "GO-13",
  severity: "warn",
  title: {
    en: "A source of another namespace",
    de: "Eine Quelle eines anderen Namespaces",
    es: "Una fuente de otro namespace",
    zh: "引用其他命名空间的源",
  },
  why: {
    en: "A Flux that is locked down for tenants refuses such references, and the object never becomes ready.",
    de: "Ein für Mandanten abgesichertes Flux lehnt solche Verweise ab, und das Objekt wird nie bereit.",
    es: "Un Flux restringido para inquilinos rechaza esas referencias, y el objeto nunca está listo.",
    zh: "为多租户加固的 Flux 会拒绝此类引用，对象永远不会就绪。",
  },
  message: {
    en: "{object} in {namespace} uses a source in {other}.",
    de: "{object} in {namespace} nutzt eine Quelle in {other}.",
    es: "{object} en {namespace} usa una fuente de {other}.",
    zh: "{namespace} 中的 {object} 使用 {other} 的源。",
  },
  fix: {
    en: "Put the source into {namespace}.",
    de: "Die Quelle nach {namespace} legen.",
    es: "Ponga la fuente en {namespace}.",
    zh: "把源放到 {namespace} 中。",
  },
  source: "https://fluxcd.io/flux/installation/configuration/multitenancy/",
  check: (context) =>
    each(
      ofGroup(judged(context), "kustomize.toolkit.fluxcd.io", "helm.toolkit.fluxcd.io"),
      function* (manifest) {
        const spec = map(manifest.doc.spec);
        // What the engine's own namespace holds is the platform's, and tenants may be given it.
        if (FLUX_NAMESPACES.has(manifest.namespace)) return;
        for (const [ref, pointer] of [
          [map(spec.sourceRef), "/spec/sourceRef/namespace"],
          [map(spec.chartRef), "/spec/chartRef/namespace"],
          [map(map(map(spec.chart).spec).sourceRef), "/spec/chart/spec/sourceRef/namespace"],
        ] as const) {
          const other = word(ref.namespace);
          if (other === "" || other === manifest.namespace || isTemplated(other)) continue;
          yield hit(manifest, { pointer, values: { namespace: manifest.namespace, other } });
        }
      },
    ),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: team}, spec: {serviceAccountName: team, sourceRef: {kind: GitRepository, name: b, namespace: flux-system}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: team}, spec: {serviceAccountName: team, sourceRef: {kind: GitRepository, name: b, namespace: team}}}\n",
      },
    ],
  },
});
