import { applied, each, hit, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "GO-03",
  severity: "block",
  title: {
    en: "What is removed from Git stays on the site",
    de: "Was in Git entfernt wird, bleibt am Standort",
    es: "Lo borrado en Git sigue en el sitio",
    zh: "从 Git 删除的内容仍留在站点",
  },
  why: {
    en: "Without prune old objects pile up on nodes that nobody visits.",
    de: "Ohne prune sammeln sich alte Objekte auf Knoten, die niemand besucht.",
    es: "Sin prune se acumulan objetos viejos en nodos que nadie visita.",
    zh: "没有 prune，旧对象会在无人值守的节点上堆积。",
  },
  message: {
    en: "{object} does not set prune to true.",
    de: "{object} setzt prune nicht auf true.",
    es: "{object} no define prune como true.",
    zh: "{object} 未把 prune 设为 true。",
  },
  fix: {
    en: "Set spec.prune to true.",
    de: "spec.prune auf true setzen.",
    es: "Defina spec.prune como true.",
    zh: "把 spec.prune 设为 true。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#prune",
  check: (context) =>
    each(ofKind(applied(context), "kustomize.toolkit.fluxcd.io/Kustomization"), function* (manifest) {
      if (map(manifest.doc.spec).prune !== true) yield hit(manifest, { pointer: "/spec/prune" });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {prune: false}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {prune: true}}\n",
      },
    ],
  },
});
