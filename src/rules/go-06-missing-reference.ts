import { hasFolder } from "#model/flux-paths.ts";
import { applied, each, hit, isTemplated, ofGroup } from "#model/manifest.ts";
import { isWhole } from "#model/policy.ts";
import { defineRule, type Manifest, type RuleContext } from "#model/rule.ts";
import { type Fields, map, maps, word } from "#model/value.ts";

const keyOf = (kind: string, namespace: string, name: string) => `${kind}/${namespace}/${name}`;

/** Objects that an ArtifactGenerator or a ResourceSet makes in the cluster, whatever their namespace. */
function generated({ kind, doc }: Manifest): string[] {
  const spec = map(doc.spec);
  if (kind === "ArtifactGenerator") {
    return maps(spec.artifacts).map(({ name }) => keyOf("ExternalArtifact", "", word(name)));
  }
  if (kind !== "ResourceSet") return [];
  return maps(spec.resources).map((inner) => keyOf(word(inner.kind), "", word(map(inner.metadata).name)));
}

/** `flux bootstrap` and the Flux Operator make these two themselves. */
function isBootstrapped(kind: string, name: string): boolean {
  return name === "flux-system" && /^(?:GitRepository|OCIRepository|Bucket|Kustomization)$/.test(kind);
}

type Reference = { field: string; kind: string; namespace: string; name: string; pointer: string };

function* referencesOf(manifest: Manifest): Generator<Reference> {
  const spec = map(manifest.doc.spec);
  const { namespace } = manifest;
  const chart = map(map(spec.chart).spec);
  const sources: [string, Fields, string][] = [
    ["sourceRef", map(spec.sourceRef), "/spec/sourceRef"],
    ["chartRef", map(spec.chartRef), "/spec/chartRef"],
    ["sourceRef", map(chart.sourceRef), "/spec/chart/spec/sourceRef"],
  ];
  for (const [field, ref, pointer] of sources) {
    if (word(ref.kind) === "" || word(ref.name) === "") continue;
    yield {
      field,
      kind: word(ref.kind),
      namespace: word(ref.namespace) || namespace,
      name: word(ref.name),
      pointer,
    };
  }
  for (const [i, on] of maps(spec.dependsOn).entries()) {
    if (word(on.name) === "") continue;
    const at = word(on.namespace) || namespace;
    yield {
      field: "dependsOn",
      kind: manifest.kind,
      namespace: at,
      name: word(on.name),
      pointer: `/spec/dependsOn/${i}`,
    };
  }
}

/** Folder of a Kustomization whose source is this repository, as far as that can be told. */
function pathOf(manifest: Manifest): string | undefined {
  const spec = map(manifest.doc.spec);
  if (manifest.kind !== "Kustomization" || map(spec.sourceRef).kind !== "GitRepository") return undefined;
  const path = word(spec.path)
    .replace(/^\.?\/+/, "")
    .replace(/\/+$/, "");
  return path === "" || path === "." || isTemplated(path) ? undefined : path;
}

/** Another repository has other folders; only one whose top folder is here is taken for this one. */
function isMissing(path: string, context: RuleContext): boolean {
  return hasFolder(path.split("/")[0]!, context) && !hasFolder(path, context);
}

export default defineRule({
  id: "GO-06",
  severity: "block",
  title: {
    en: "A Flux reference leads nowhere",
    de: "Ein Flux-Verweis führt ins Leere",
    es: "Una referencia de Flux no lleva a ninguna parte",
    zh: "Flux 引用指向不存在的对象",
  },
  why: {
    en: "The object waits forever, and with it everything that depends on it.",
    de: "Das Objekt wartet für immer, und alles davon Abhängige auch.",
    es: "El objeto espera para siempre, y con él todo lo que depende de él.",
    zh: "该对象会一直等待，依赖它的一切也随之停滞。",
  },
  message: {
    en: "{object}: {field} names {target}, which is not in the repository.",
    de: "{object}: {field} nennt {target}; das gibt es im Repository nicht.",
    es: "{object}: {field} nombra {target}, que no está en el repositorio.",
    zh: "{object}：{field} 指向 {target}，但仓库中不存在。",
  },
  fix: {
    en: "Correct the name or add {target}.",
    de: "Den Namen berichtigen oder {target} anlegen.",
    es: "Corrija el nombre o añada {target}.",
    zh: "更正名称，或添加 {target}。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference",
  check: (context) => {
    const severity = isWhole(context) ? ("block" as const) : ("warn" as const);
    const all = [...context.manifests, ...context.effective];
    const known = new Set(all.map((m) => keyOf(m.kind, m.namespace, m.name)));
    const names = new Set([...all.map((m) => keyOf(m.kind, "", m.name)), ...all.flatMap(generated)]);
    const exists = (kind: string, namespace: string, name: string) =>
      known.has(keyOf(kind, namespace, name)) || (namespace === "" && names.has(keyOf(kind, "", name)));
    return each(
      ofGroup(applied(context), "kustomize.toolkit.fluxcd.io", "helm.toolkit.fluxcd.io"),
      function* (manifest) {
        for (const { field, kind, namespace, name, pointer } of referencesOf(manifest)) {
          if (isTemplated(name) || isBootstrapped(kind, name) || exists(kind, namespace, name)) continue;
          // Written in another place, such as a namespace set by the including kustomization.
          if (exists(kind, "", name) || names.has(keyOf(kind, "", name))) continue;
          yield hit(manifest, { pointer, values: { field, target: `${kind}/${name}` }, severity });
        }
        const path = pathOf(manifest);
        if (path !== undefined && isMissing(path, context)) {
          yield hit(manifest, { pointer: "/spec/path", values: { field: "path", target: path }, severity });
        }
      },
    );
  },
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}, spec: {prune: true, sourceRef: {kind: GitRepository, name: gone}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}, spec: {prune: true, sourceRef: {kind: GitRepository, name: flux-system}}}\n",
      },
    ],
  },
});
