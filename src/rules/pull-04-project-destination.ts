import { each, hit, judged, ofKind } from "#model/manifest.ts";
import { isLocal } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

export default defineRule({
  id: "PULL-04",
  severity: "warn",
  title: {
    en: "An AppProject allows other clusters",
    de: "Ein AppProject erlaubt andere Cluster",
    es: "Un AppProject permite otros clústeres",
    zh: "AppProject 允许其他集群",
  },
  why: {
    en: "A project that allows any destination lets one wrong Application reach beyond the site.",
    de: "Ein Projekt, das jedes Ziel erlaubt, lässt eine falsche Application über den Standort hinaus wirken.",
    es: "Un proyecto que permite cualquier destino deja que una Application errónea salga del sitio.",
    zh: "项目若允许任意目标，一个写错的 Application 就可能影响站点之外。",
  },
  message: {
    en: "{object} allows the destination {destination}.",
    de: "{object} erlaubt das Ziel {destination}.",
    es: "{object} permite el destino {destination}.",
    zh: "{object} 允许目标 {destination}。",
  },
  fix: {
    en: "Allow only https://kubernetes.default.svc and the namespaces in use.",
    de: "Nur https://kubernetes.default.svc und die genutzten Namespaces erlauben.",
    es: "Permita solo https://kubernetes.default.svc y los namespaces en uso.",
    zh: "只允许 https://kubernetes.default.svc 以及实际使用的命名空间。",
  },
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/",
  check: (context) =>
    each(ofKind(judged(context), "argoproj.io/AppProject"), function* (manifest) {
      for (const [i, target] of maps(map(manifest.doc.spec).destinations).entries()) {
        const server = word(target.server);
        const name = word(target.name);
        const open = server === "*" || name === "*" || (!server.startsWith("!") && !isLocal(server));
        if (!open) continue;
        yield hit(manifest, { pointer: `/spec/destinations/${i}`, values: { destination: server || name } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: a}, spec: {destinations: [{server: "*", namespace: "*"}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: a}, spec: {destinations: [{server: "https://kubernetes.default.svc", namespace: apps}]}}\n',
      },
    ],
  },
});
