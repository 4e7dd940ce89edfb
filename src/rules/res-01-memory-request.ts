import { applied, containersOf, defaultMemory, each, hit, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { type Fields, map } from "#model/value.ts";

/** A limit alone is taken for the request too. */
function limited(fields: Fields): boolean {
  return map(map(fields.resources).limits).memory !== undefined;
}

export default defineRule({
  id: "RES-01",
  severity: { edge: "block", hub: "warn" },
  title: {
    en: "A container without a memory request",
    de: "Ein Container ohne Speicheranforderung",
    es: "Un contenedor sin petición de memoria",
    zh: "容器没有内存请求",
  },
  why: {
    en: "Without a request the scheduler counts zero, and a small node is overbooked before anyone notices.",
    de: "Ohne Anforderung zählt der Scheduler null, und ein kleiner Knoten ist unbemerkt überbucht.",
    es: "Sin petición el planificador cuenta cero, y un nodo pequeño se sobrecarga sin que nadie lo note.",
    zh: "没有请求时调度器按零计算，小节点会在无人察觉时超额。",
  },
  message: {
    en: "{object}: no memory request for {containers}.",
    de: "{object}: keine Speicheranforderung für {containers}.",
    es: "{object}: sin petición de memoria para {containers}.",
    zh: "{object}：{containers} 没有内存请求。",
  },
  fix: {
    en: "Set resources.requests.memory to what the container was measured to need.",
    de: "resources.requests.memory auf den gemessenen Bedarf setzen.",
    es: "Defina resources.requests.memory con lo medido.",
    zh: "把 resources.requests.memory 设为实测所需。",
  },
  source: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
  check: (context) =>
    each(withPods(applied(context)), (manifest) => {
      const bare = containersOf(manifest).filter(
        ({ fields, init }) =>
          !init && map(map(fields.resources).requests).memory === undefined && !limited(fields),
      );
      if (bare.length === 0 || defaultMemory(context, manifest.namespace).request !== undefined) return [];
      const containers = bare.map(({ name }) => name).join(", ");
      return [hit(manifest, { pointer: bare[0]!.pointer, values: { containers } })];
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "a:1"}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, resources: {requests: {memory: 32Mi}, limits: {memory: 64Mi}}}]}}\n",
      },
    ],
  },
});
