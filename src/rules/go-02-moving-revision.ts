import { applied, each, groupOf, hit } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { isMap, map, maps, word } from "#model/value.ts";

export default defineRule({
  id: "GO-02",
  severity: "warn",
  title: {
    en: "An Application follows HEAD",
    de: "Eine Application folgt HEAD",
    es: "Una Application sigue a HEAD",
    zh: "Application 跟随 HEAD",
  },
  why: {
    en: "Every commit reaches every site at once, so that there are no rings.",
    de: "Jeder Commit erreicht alle Standorte zugleich; Ringe gibt es so nicht.",
    es: "Cada commit llega a todos los sitios a la vez; así no hay anillos.",
    zh: "每次提交都会同时到达所有站点，分批发布形同虚设。",
  },
  message: {
    en: "{object} follows {revision} of {repository}.",
    de: "{object} folgt {revision} von {repository}.",
    es: "{object} sigue {revision} de {repository}.",
    zh: "{object} 跟随 {repository} 的 {revision}。",
  },
  fix: {
    en: "Set targetRevision to the tag of the site's ring.",
    de: "targetRevision auf das Tag des Rings setzen.",
    es: "Defina targetRevision con la etiqueta del anillo del sitio.",
    zh: "把 targetRevision 设为站点所在批次的标签。",
  },
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/",
  check: (context) =>
    each(applied(context), function* (manifest) {
      if (groupOf(manifest) !== "argoproj.io" || manifest.kind !== "Application") return;
      const spec = map(manifest.doc.spec);
      const sources = isMap(spec.source) ? [spec.source] : maps(spec.sources);
      for (const source of sources) {
        const revision = word(source.targetRevision);
        if (word(source.chart) !== "" || !/^(?:|HEAD)$/.test(revision)) continue;
        const values = { revision: revision || "HEAD", repository: word(source.repoURL) || "–" };
        yield hit(manifest, { pointer: "/spec/source/targetRevision", values });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {project: edge, source: {repoURL: "https://git.example.com/fleet"}}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {project: edge, source: {repoURL: "https://git.example.com/fleet", targetRevision: ring-1}}}\n',
      },
    ],
  },
});
