import { applied, groupOf, hit } from "#model/manifest.ts";
import { defineRule, type Hit, type Manifest } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

const keyOf = ({ kind, namespace, name }: Manifest) => `${kind}/${namespace}/${name}`;

function dependenciesOf(manifest: Manifest): string[] {
  return maps(map(manifest.doc.spec).dependsOn).map(
    ({ name, namespace }) => `${manifest.kind}/${word(namespace) || manifest.namespace}/${word(name)}`,
  );
}

export default defineRule({
  id: "GO-07",
  severity: "block",
  title: {
    en: "Dependencies form a circle",
    de: "Abhängigkeiten bilden einen Kreis",
    es: "Las dependencias forman un círculo",
    zh: "依赖形成循环",
  },
  why: {
    en: "Flux then stops event-driven reconciliation for every Kustomization on that source, without an error.",
    de: "Flux stellt dann den ereignisgesteuerten Abgleich aller Kustomizations dieser Quelle ein, ohne Fehlermeldung.",
    es: "Flux detiene entonces la reconciliación por eventos de todas las Kustomizations de esa fuente, sin error.",
    zh: "此时 Flux 会对该源的所有 Kustomization 停止事件驱动的调谐，且不报错。",
  },
  message: {
    en: "{object}: dependsOn runs in a circle: {chain}.",
    de: "{object}: dependsOn läuft im Kreis: {chain}.",
    es: "{object}: dependsOn forma un círculo: {chain}.",
    zh: "{object}：dependsOn 成环：{chain}。",
  },
  fix: {
    en: "Remove one of these dependencies.",
    de: "Eine dieser Abhängigkeiten entfernen.",
    es: "Elimine una de estas dependencias.",
    zh: "去掉其中一个依赖。",
  },
  source: "https://github.com/fluxcd/kustomize-controller/issues/1712",
  check: (context) => {
    const nodes = new Map<string, Manifest>();
    for (const manifest of applied(context)) {
      if (/^(?:kustomize|helm)\.toolkit\.fluxcd\.io$/.test(groupOf(manifest)))
        nodes.set(keyOf(manifest), manifest);
    }
    const hits: Hit[] = [];
    const done = new Set<string>();
    /** What is being looked at, outermost first. */
    const path = new Set<string>();
    const visit = (key: string): void => {
      const manifest = nodes.get(key);
      if (manifest === undefined || done.has(key)) return;
      path.add(key);
      for (const next of dependenciesOf(manifest)) {
        if (!path.has(next)) {
          visit(next);
          continue;
        }
        const names = [...path];
        const chain = [...names.slice(names.indexOf(next)), next].map((k) => k.split("/").pop()).join(" → ");
        hits.push(hit(manifest, { pointer: "/spec/dependsOn", values: { chain } }));
      }
      path.delete(key);
      done.add(key);
    };
    for (const key of nodes.keys()) visit(key);
    return hits;
  },
  examples: {
    bad: [
      {
        "a.yaml": `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {dependsOn: [{name: b}]}}
---
{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: b}, spec: {dependsOn: [{name: a}]}}
`,
      },
    ],
    good: [
      {
        "a.yaml": `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {dependsOn: [{name: b}]}}
---
{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: b}, spec: {prune: true}}
`,
      },
    ],
  },
});
