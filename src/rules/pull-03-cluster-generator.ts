import { each, hit, judged, ofKind } from "#model/manifest.ts";
import { hasAgents, isPulled } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { type Fields, map, maps } from "#model/value.ts";

const PUSHING = ["clusters", "clusterDecisionResource"];

function* generatorsOf(generators: Fields[]): Generator<string> {
  for (const generator of generators) {
    for (const name of PUSHING) if (generator[name] !== undefined) yield name;
    for (const nested of ["matrix", "merge"]) yield* generatorsOf(maps(map(generator[nested]).generators));
  }
}

export default defineRule({
  id: "PULL-03",
  severity: "block",
  title: {
    en: "An ApplicationSet fans out over clusters",
    de: "Ein ApplicationSet verteilt über Cluster",
    es: "Un ApplicationSet se reparte entre clústeres",
    zh: "ApplicationSet 按集群展开",
  },
  why: {
    en: "The generator reads cluster credentials on a hub, which then pushes to every site.",
    de: "Der Generator liest Cluster-Zugänge auf einem Hub, der dann an jeden Standort pusht.",
    es: "El generador lee credenciales de clústeres en un hub, que después empuja a cada sitio.",
    zh: "该生成器读取中心上的集群凭据，再由中心推送到每个站点。",
  },
  message: {
    en: "{object} uses the {generator} generator, which pushes from a hub.",
    de: "{object} nutzt den Generator {generator}, der von einem Hub aus pusht.",
    es: "{object} usa el generador {generator}, que empuja desde un hub.",
    zh: "{object} 使用 {generator} 生成器，从中心向外推送。",
  },
  fix: {
    en: "Give each site its own root Application, or let Open Cluster Management pull.",
    de: "Jedem Standort eine eigene Root-Application geben oder Open Cluster Management ziehen lassen.",
    es: "Dé a cada sitio su propia Application raíz, o deje que Open Cluster Management la recoja.",
    zh: "为每个站点提供自己的根 Application，或由 Open Cluster Management 拉取。",
  },
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Cluster/",
  check: (context) => {
    const agents = hasAgents(context);
    return each(ofKind(judged(context), "argoproj.io/ApplicationSet"), function* (manifest) {
      const spec = map(manifest.doc.spec);
      const pulled = agents || isPulled(map(map(spec.template).metadata));
      for (const generator of generatorsOf(maps(spec.generators))) {
        if (generator === "clusterDecisionResource" && pulled) continue;
        yield hit(manifest, { pointer: "/spec/generators", values: { generator } });
      }
    });
  },
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: a}, spec: {generators: [{matrix: {generators: [{git: {}}, {clusters: {}}]}}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: a}, spec: {generators: [{git: {}}]}}\n",
      },
    ],
  },
});
