import { applied, containersOf, defaultMemory, each, hit, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "RES-02",
  severity: { edge: "block", hub: "warn" },
  title: {
    en: "A container without a memory limit",
    de: "Ein Container ohne Speichergrenze",
    es: "Un contenedor sin límite de memoria",
    zh: "容器没有内存上限",
  },
  why: {
    en: "On a single node a leak without a limit takes the kubelet and the control plane down with it.",
    de: "Auf einem einzelnen Knoten reißt ein Leck ohne Grenze auch kubelet und Steuerebene mit.",
    es: "En un solo nodo, una fuga sin límite se lleva por delante el kubelet y el plano de control.",
    zh: "在单节点上，没有上限的内存泄漏会拖垮 kubelet 和控制面。",
  },
  message: {
    en: "{object}: no memory limit for {containers}.",
    de: "{object}: keine Speichergrenze für {containers}.",
    es: "{object}: sin límite de memoria para {containers}.",
    zh: "{object}：{containers} 没有内存上限。",
  },
  fix: {
    en: "Set resources.limits.memory.",
    de: "resources.limits.memory setzen.",
    es: "Defina resources.limits.memory.",
    zh: "设置 resources.limits.memory。",
  },
  source: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
  check: (context) =>
    each(withPods(applied(context)), (manifest) => {
      const bare = containersOf(manifest).filter(
        ({ fields, init }) => !init && map(map(fields.resources).limits).memory === undefined,
      );
      if (bare.length === 0 || defaultMemory(context, manifest.namespace).limit !== undefined) return [];
      const containers = bare.map(({ name }) => name).join(", ");
      return [hit(manifest, { pointer: bare[0]!.pointer, values: { containers } })];
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, resources: {requests: {memory: 32Mi}}}]}}\n",
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
