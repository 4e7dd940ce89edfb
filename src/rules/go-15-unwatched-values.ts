import { applied, each, groupOf, hit, labelsOf, show } from "#model/manifest.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

const GENERATED = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

function readsFrom({ doc }: Manifest): { kind: string; name: string }[] {
  const spec = map(doc.spec);
  return [...maps(map(spec.postBuild).substituteFrom), ...maps(spec.valuesFrom)].map(({ kind, name }) => ({
    kind: word(kind),
    name: word(name),
  }));
}

/** Who reads what, by the kind and name of what is read. */
function readersOf(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const readers = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    if (!/^(?:kustomize|helm)\.toolkit\.fluxcd\.io$/.test(groupOf(manifest))) continue;
    for (const { kind, name } of readsFrom(manifest)) {
      const key = `${kind}/${name}`;
      readers.set(key, [...(readers.get(key) ?? []), manifest]);
    }
  }
  return readers;
}

export default defineRule({
  id: "GO-15",
  severity: "warn",
  title: {
    en: "A change of values that waits for the interval",
    de: "Eine Änderung von Werten, die auf das Intervall wartet",
    es: "Un cambio de valores que espera al intervalo",
    zh: "值的更改要等到下一个周期",
  },
  why: {
    en: "Flux looks at the ConfigMap only when the interval ends, an hour later on a fleet; with the label it looks at once.",
    de: "Flux sieht die ConfigMap erst nach Ablauf des Intervalls an, bei einer Flotte nach einer Stunde; mit dem Label sofort.",
    es: "Flux solo mira el ConfigMap al acabar el intervalo, una hora después en una flota; con la etiqueta, al momento.",
    zh: "Flux 只在周期结束时才查看该 ConfigMap，车队中可能要等一小时；加上标签则立即生效。",
  },
  message: {
    en: "{object} feeds {reader}, and has no label reconcile.fluxcd.io/watch.",
    de: "{object} versorgt {reader} und hat kein Label reconcile.fluxcd.io/watch.",
    es: "{object} alimenta a {reader} y no tiene la etiqueta reconcile.fluxcd.io/watch.",
    zh: "{object} 为 {reader} 提供值，但没有标签 reconcile.fluxcd.io/watch。",
  },
  fix: {
    en: "Add the label reconcile.fluxcd.io/watch: Enabled.",
    de: "Das Label reconcile.fluxcd.io/watch: Enabled ergänzen.",
    es: "Añada la etiqueta reconcile.fluxcd.io/watch: Enabled.",
    zh: "添加标签 reconcile.fluxcd.io/watch: Enabled。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution",
  check: (context) => {
    const manifests = applied(context);
    const readers = readersOf(manifests);
    return each(manifests, function* (manifest) {
      const { kind, name, namespace, path } = manifest;
      if (!/^(?:ConfigMap|Secret)$/.test(kind)) return;
      // What a generator makes has a new name with every change.
      if (GENERATED.test(path) || labelsOf(manifest)["reconcile.fluxcd.io/watch"] === "Enabled") return;
      const reader = readers
        .get(`${kind}/${name}`)
        ?.find((one) => one.namespace === namespace || one.namespace === "" || namespace === "");
      if (reader === undefined) return;
      yield hit(manifest, { pointer: "/metadata/labels", values: { reader: show(reader) } });
    });
  },
  examples: {
    bad: [
      {
        "a.yaml": `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: flux-system}, spec: {interval: 15m, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: vars, namespace: flux-system}, data: {region: eu}}
`,
      },
    ],
    good: [
      {
        "a.yaml": `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: flux-system}, spec: {interval: 15m, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: vars, namespace: flux-system, labels: {reconcile.fluxcd.io/watch: Enabled}}, data: {region: eu}}
`,
      },
    ],
  },
});
