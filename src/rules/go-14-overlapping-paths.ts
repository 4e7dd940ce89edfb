import { filesUnder } from "#model/flux-paths.ts";
import { applied, hit, isTemplated, ofKind, show } from "#model/manifest.ts";
import { defineRule, type Hit, type Manifest, type RuleContext } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

type Applier = { manifest: Manifest; files: ReadonlySet<string>; way: string };

/** What a Flux Kustomization applies, and how: with another name, place or substitution they are other objects. */
function applierOf(manifest: Manifest, context: RuleContext): Applier | undefined {
  const spec = map(manifest.doc.spec);
  const path = word(spec.path);
  if (path === "" || isTemplated(path)) return undefined;
  const { sourceRef, targetNamespace, namePrefix, nameSuffix, postBuild, components, patches, ignore } = spec;
  const way = JSON.stringify([
    [map(sourceRef).kind, map(sourceRef).name, map(sourceRef).namespace ?? manifest.namespace],
    [targetNamespace, namePrefix, nameSuffix, postBuild, components, patches, ignore],
  ]);
  return { manifest, files: filesUnder(path, context), way };
}

/** Every two that apply in the same way. */
function* pairs(appliers: readonly Applier[]): Generator<[one: Applier, other: Applier]> {
  for (const alike of Map.groupBy(appliers, ({ way }) => way).values()) {
    for (const [i, one] of alike.entries()) {
      for (let at = i + 1; at < alike.length; at++) yield [one, alike[at]!];
    }
  }
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);

/** Two clusters may well apply the same files: only what one place or one of the two brings is on one cluster. */
function isOneCluster(one: Applier, other: Applier): boolean {
  if (one.manifest.target !== undefined && one.manifest.target === other.manifest.target) return true;
  const [a, b] = [one.manifest.path, other.manifest.path];
  return folderOf(a) === folderOf(b) || one.files.has(b) || other.files.has(a);
}

export default defineRule({
  id: "GO-14",
  severity: "block",
  title: {
    en: "Two Kustomizations apply the same files",
    de: "Zwei Kustomizations wenden dieselben Dateien an",
    es: "Dos Kustomizations aplican los mismos archivos",
    zh: "两个 Kustomization 应用相同的文件",
  },
  why: {
    en: "Both own the objects: each undoes the other's changes, and when one is removed its prune deletes what the other keeps.",
    de: "Beiden gehören die Objekte: jede macht Änderungen der anderen rückgängig, und wird eine entfernt, löscht ihr prune, was die andere behält.",
    es: "Ambas poseen los objetos: cada una deshace los cambios de la otra, y al quitar una, su prune borra lo que la otra mantiene.",
    zh: "两者都拥有这些对象：互相覆盖对方的更改；移除其中一个时，其 prune 会删除另一个仍需要的对象。",
  },
  message: {
    en: "{object} and {other} both apply {file}.",
    de: "{object} und {other} wenden beide {file} an.",
    es: "{object} y {other} aplican ambas {file}.",
    zh: "{object} 和 {other} 都会应用 {file}。",
  },
  fix: {
    en: "Give each its own folder; a folder without kustomization.yaml means everything below it.",
    de: "Jeder ihren eigenen Ordner geben; ein Ordner ohne kustomization.yaml meint alles darunter.",
    es: "Dé a cada una su propia carpeta; una carpeta sin kustomization.yaml abarca todo lo que hay debajo.",
    zh: "让它们各用自己的目录；没有 kustomization.yaml 的目录意味着其下所有文件。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#path",
  check: (context) => {
    const kustomizations = ofKind(applied(context), "kustomize.toolkit.fluxcd.io/Kustomization");
    const appliers = kustomizations.flatMap((manifest) => applierOf(manifest, context) ?? []);
    const objects = new Set(context.manifests.filter(({ patch }) => !patch).map(({ path }) => path));
    const hits: Hit[] = [];
    for (const [one, other] of pairs(appliers)) {
      if (show(one.manifest) === show(other.manifest) || !isOneCluster(one, other)) continue;
      const file = [...other.files].find((path) => one.files.has(path) && objects.has(path));
      if (file === undefined) continue;
      hits.push(hit(other.manifest, { pointer: "/spec/path", values: { other: show(one.manifest), file } }));
    }
    return hits;
  },
  examples: {
    bad: [
      {
        "flux/a.yaml": `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: all, namespace: flux-system}, spec: {interval: 15m, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: flux-system}}}
---
{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: till, namespace: flux-system}, spec: {interval: 15m, prune: true, path: ./apps/till, sourceRef: {kind: GitRepository, name: flux-system}}}
`,
        "apps/till/cm.yaml":
          "{apiVersion: v1, kind: ConfigMap, metadata: {name: till, namespace: apps}, data: {a: b}}\n",
      },
    ],
    good: [
      {
        "flux/a.yaml": `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: shop, namespace: flux-system}, spec: {interval: 15m, prune: true, path: ./apps/shop, sourceRef: {kind: GitRepository, name: flux-system}}}
---
{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: till, namespace: flux-system}, spec: {interval: 15m, prune: true, path: ./apps/till, sourceRef: {kind: GitRepository, name: flux-system}}}
`,
        "apps/till/cm.yaml":
          "{apiVersion: v1, kind: ConfigMap, metadata: {name: till, namespace: apps}, data: {a: b}}\n",
        "apps/shop/cm.yaml":
          "{apiVersion: v1, kind: ConfigMap, metadata: {name: till, namespace: apps}, data: {a: b}}\n",
      },
      {
        "clusters/a/apps.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: till, namespace: flux-system}, spec: {interval: 15m, prune: true, path: ./apps/till, sourceRef: {kind: GitRepository, name: flux-system}}}\n",
        "clusters/b/apps.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: tills, namespace: flux-system}, spec: {interval: 15m, prune: true, path: ./apps/till, sourceRef: {kind: GitRepository, name: flux-system}}}\n",
        "apps/till/cm.yaml":
          "{apiVersion: v1, kind: ConfigMap, metadata: {name: till, namespace: apps}, data: {a: b}}\n",
      },
    ],
  },
});
