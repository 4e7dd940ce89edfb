import { type Holdings, holdingsOf } from "#model/holdings.ts";
import { annotationsOf, applied, each, hit, isTemplated, labelsOf, ofGroup } from "#model/manifest.ts";
import { nearestNames } from "#model/nearest.ts";
import { isWhole } from "#model/policy.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

/** Accounts that Flux and its operator bring along. */
const ENGINE =
  /^(?:(?:kustomize|helm|source|notification|image-[a-z]+)-controller|flux-operator|flux|default)$/;
/** Marks by which Kyverno, Reflector, the Flux Operator and others copy an object into further namespaces. */
const COPIED = /replicat|reflect|copy|clone|sync|toolkit\.fluxcd\.io\/runtime/i;

function isCopied(kind: string, name: string, holdings: Holdings): boolean {
  return holdings
    .of(kind, "")
    .some((one) => one.name === name && COPIED.test(JSON.stringify([labelsOf(one), annotationsOf(one)])));
}

type Input = { field: string; kind: string; name: string; pointer: string };

/** What a Kustomization or HelmRelease reads besides its source. */
function inputsOf({ doc }: Manifest): Input[] {
  const spec = map(doc.spec);
  const lists = [
    { field: "valuesFrom", list: spec.valuesFrom, pointer: "/spec/valuesFrom" },
    {
      field: "substituteFrom",
      list: map(spec.postBuild).substituteFrom,
      pointer: "/spec/postBuild/substituteFrom",
    },
  ];
  const account = word(spec.serviceAccountName);
  const accounts = account === "" ? [] : [{ kind: "ServiceAccount", name: account }];
  return [
    ...lists.flatMap(({ field, list, pointer }) =>
      maps(list).flatMap(({ kind, name, optional }, i): Input[] =>
        optional === true ? [] : [{ field, kind: word(kind), name: word(name), pointer: `${pointer}/${i}` }],
      ),
    ),
    ...accounts.map((one) => ({ ...one, field: "serviceAccountName", pointer: "/spec/serviceAccountName" })),
  ].filter(({ name }) => name !== "" && !isTemplated(name));
}

/** Credentials are rarely kept in Git; only what is nearly the name of one that is there is a slip. */
function credentialsOf({ doc }: Manifest): Input[] {
  const spec = map(doc.spec);
  return [
    { field: "secretRef", name: word(map(spec.secretRef).name), pointer: "/spec/secretRef" },
    {
      ...{ field: "decryption.secretRef", name: word(map(map(spec.decryption).secretRef).name) },
      pointer: "/spec/decryption/secretRef",
    },
  ]
    .filter(({ name }) => name !== "" && !isTemplated(name))
    .map((one) => ({ ...one, kind: "Secret" }));
}

export default defineRule({
  id: "GO-20",
  severity: "warn",
  title: {
    en: "Flux needs an object that is not there",
    de: "Flux braucht ein Objekt, das es nicht gibt",
    es: "Flux necesita un objeto que no existe",
    zh: "Flux 所需的对象不存在",
  },
  why: {
    en: "The Kustomization or HelmRelease fails until the object exists, and what depends on it waits.",
    de: "Die Kustomization oder das HelmRelease schlägt fehl, bis es das Objekt gibt, und alles Abhängige wartet.",
    es: "La Kustomization o el HelmRelease falla hasta que exista el objeto, y lo que depende de él espera.",
    zh: "在该对象出现之前，Kustomization 或 HelmRelease 会一直失败，依赖它的内容也只能等待。",
  },
  message: {
    en: "{object}: {field} names {target}, which is not in the repository.",
    de: "{object}: {field} nennt {target}; im Repository gibt es das nicht.",
    es: "{object}: {field} nombra {target}, que no está en el repositorio.",
    zh: "{object}：{field} 指向 {target}，但仓库中没有它。",
  },
  fix: {
    en: "Correct the name, add {target}, or set optional: true where it comes from elsewhere.",
    de: "Den Namen berichtigen, {target} anlegen oder optional: true setzen, wo es von anderswo kommt.",
    es: "Corrija el nombre, añada {target}, o ponga optional: true si viene de otro lugar.",
    zh: "更正名称、添加 {target}；若由别处提供，则设置 optional: true。",
  },
  source: "https://fluxcd.io/flux/components/helm/helmreleases/#values-references",
  check: (context) => {
    const holdings = holdingsOf(context);
    if (!isWhole(context)) return [];
    return each(
      ofGroup(
        applied(context),
        "kustomize.toolkit.fluxcd.io",
        "helm.toolkit.fluxcd.io",
        "source.toolkit.fluxcd.io",
      ),
      function* (manifest) {
        const { namespace } = manifest;
        for (const { field, kind, name, pointer } of inputsOf(manifest)) {
          if (holdings.has(kind, namespace, name) || holdings.isMentioned(name)) continue;
          if (kind === "ServiceAccount" && ENGINE.test(name)) continue;
          if (isCopied(kind, name, holdings)) continue;
          if (kind === "Secret" && !holdings.keepsSecrets(namespace)) continue;
          yield hit(manifest, { pointer, values: { field, target: `${kind}/${name}` } });
        }
        for (const { field, kind, name, pointer } of credentialsOf(manifest)) {
          if (holdings.has(kind, namespace, name) || holdings.isMentioned(name)) continue;
          if (nearestNames(name, holdings.names(kind)).length === 0) continue;
          yield hit(manifest, { pointer, values: { field, target: `${kind}/${name}` } });
        }
      },
    );
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: flux-system}, spec: {interval: 15m, prune: true, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substituteFrom: [{kind: ConfigMap, name: var}]}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: vars, namespace: flux-system, labels: {reconcile.fluxcd.io/watch: Enabled}}, data: {region: eu}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: flux-system}, spec: {interval: 15m, prune: true, sourceRef: {kind: GitRepository, name: flux-system}, serviceAccountName: deployer}}\n",
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: flux-system}, spec: {interval: 15m, prune: true, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}, {kind: ConfigMap, name: site, optional: true}]}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: vars, namespace: flux-system, labels: {reconcile.fluxcd.io/watch: Enabled}}, data: {region: eu}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: flux-system}, spec: {interval: 15m, prune: true, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substituteFrom: [{kind: ConfigMap, name: site-identity}]}}}\n",
        "scripts/new-site.sh": "kubectl create configmap site-identity\n",
      },
    ],
  },
});
