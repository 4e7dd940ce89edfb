import { applied, each, hit, ofGroup } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { type Text, text } from "#model/text.ts";
import { isMap, map } from "#model/value.ts";

const missing: Text = { en: "missing", de: "fehlt", es: "falta", zh: "缺失" };
const without: Text = {
  en: "without {fields}",
  de: "ohne {fields}",
  es: "sin {fields}",
  zh: "缺少 {fields}",
};

/** What keeps a sync policy from working alone; `undefined` where nothing does. */
function gapOf(automated: unknown): Text | undefined {
  if (!isMap(automated)) return missing;
  const lacking = [
    ...(automated.enabled === false ? ["enabled: true"] : []),
    ...(automated.prune === true ? [] : ["prune: true"]),
    ...(automated.selfHeal === true ? [] : ["selfHeal: true"]),
  ];
  return lacking.length === 0 ? undefined : text(without, { fields: lacking.join(", ") });
}

export default defineRule({
  id: "GO-18",
  severity: { edge: "warn", hub: "off" },
  title: {
    en: "An Application somebody has to sync by hand",
    de: "Eine Application, die jemand von Hand abgleichen muss",
    es: "Una Application que alguien debe sincronizar a mano",
    zh: "需要手工同步的 Application",
  },
  why: {
    en: "At ten thousand sites nobody presses the button, and what was changed or left over on a site stays.",
    de: "Bei zehntausend Standorten drückt niemand den Knopf, und was an einem Standort geändert oder übrig ist, bleibt.",
    es: "Con diez mil sitios nadie pulsa el botón, y lo cambiado o sobrante en un sitio se queda.",
    zh: "上万个站点没人会逐个点同步，站点上的改动和遗留也会一直存在。",
  },
  message: {
    en: "{object} does not sync by itself (automated: {gap}).",
    de: "{object} gleicht nicht von selbst ab (automated: {gap}).",
    es: "{object} no se sincroniza sola (automated: {gap}).",
    zh: "{object} 不会自动同步（automated：{gap}）。",
  },
  fix: {
    en: "Write syncPolicy.automated with prune: true and selfHeal: true.",
    de: "syncPolicy.automated mit prune: true und selfHeal: true schreiben.",
    es: "Escriba syncPolicy.automated con prune: true y selfHeal: true.",
    zh: "写成 syncPolicy.automated，并设置 prune: true 和 selfHeal: true。",
  },
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/",
  check: (context) =>
    each(ofGroup(applied(context), "argoproj.io"), function* (manifest) {
      if (!/^Application(?:Set)?$/.test(manifest.kind)) return;
      const spec = map(manifest.doc.spec);
      const isSet = manifest.kind === "ApplicationSet";
      const inner = isSet ? map(map(spec.template).spec) : spec;
      const gap = gapOf(map(inner.syncPolicy).automated);
      if (gap === undefined) return;
      yield hit(manifest, {
        pointer: isSet ? "/spec/template/spec/syncPolicy" : "/spec/syncPolicy",
        values: { gap },
      });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: till, namespace: argocd}, spec: {project: edge}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: till, namespace: argocd}, spec: {project: edge, syncPolicy: {automated: {prune: true}}}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: till, namespace: argocd}, spec: {project: edge, syncPolicy: {automated: {enabled: false, prune: true, selfHeal: true}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: till, namespace: argocd}, spec: {project: edge, syncPolicy: {automated: {prune: true, selfHeal: true}}}}\n",
      },
    ],
  },
});
