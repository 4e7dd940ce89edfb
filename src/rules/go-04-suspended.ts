import { each, hit, judged } from "#model/manifest.ts";
import { isFlux } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "GO-04",
  severity: "warn",
  title: {
    en: "Reconciliation is suspended in Git",
    de: "Der Abgleich ist in Git angehalten",
    es: "La reconciliación está suspendida en Git",
    zh: "调谐在 Git 中被暂停",
  },
  why: {
    en: "A suspended object looks healthy and never changes again.",
    de: "Ein angehaltenes Objekt sieht gesund aus und ändert sich nie wieder.",
    es: "Un objeto suspendido parece sano y no vuelve a cambiar.",
    zh: "被暂停的对象看起来健康，却不再更新。",
  },
  message: {
    en: "{object} has suspend: true.",
    de: "{object} hat suspend: true.",
    es: "{object} tiene suspend: true.",
    zh: "{object} 设置了 suspend: true。",
  },
  fix: {
    en: "Remove suspend; suspend by hand where it is needed for an hour.",
    de: "suspend entfernen; bei Bedarf kurz von Hand anhalten.",
    es: "Elimine suspend; suspenda a mano cuando haga falta.",
    zh: "删除 suspend；需要时手工临时暂停。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (isFlux(manifest) && map(manifest.doc.spec).suspend === true)
        yield hit(manifest, { pointer: "/spec/suspend" });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {prune: true, suspend: true}}\n",
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
