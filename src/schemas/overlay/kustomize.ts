import { defineOverlay, exactlyOne, type Fields, one, type Shape } from "../overlay.ts";

const target: Fields = {
  group: "string",
  version: "string",
  kind: "string",
  name: "string",
  namespace: "string",
  labelSelector: "string",
  annotationSelector: "string",
};
const fieldSpec: Fields = {
  group: "string",
  version: "string",
  kind: "string",
  path: "string",
  create: "boolean",
};
const generatorOptions: Fields = {
  labels: { "*": "string" },
  annotations: { "*": "string" },
  disableNameSuffixHash: "boolean",
  immutable: "boolean",
};
const configMapGenerator: Fields = {
  name: "string",
  namespace: "string",
  behavior: one("create", "replace", "merge"),
  files: ["string"],
  literals: ["string"],
  envs: ["string"],
  env: "string",
  options: generatorOptions,
};
const fieldOptions: Fields = { delimiter: "string", index: "integer", encoding: "string", create: "boolean" };
const helmChart: Fields = {
  name: "string",
  version: "string",
  repo: "string",
  releaseName: "string",
  namespace: "string",
  valuesFile: "string",
  additionalValuesFiles: ["string"],
  valuesInline: "any",
  valuesMerge: one("merge", "override", "replace"),
  includeCRDs: "boolean",
  skipHooks: "boolean",
  skipTests: "boolean",
  apiVersions: ["string"],
  kubeVersion: "string",
  nameTemplate: "string",
  debug: "boolean",
};

const image: Fields = {
  "name!": "string",
  newName: "string",
  newTag: "string",
  tagSuffix: "string",
  digest: "string",
};
const replica: Fields = { "name!": "string", count: "integer" };
const patchOptions: Fields = { allowNameChange: "boolean", allowKindChange: "boolean" };
const replacements: Shape = [
  {
    path: "string",
    source: { ...target, fieldPath: "string", options: fieldOptions },
    targets: [{ select: target, reject: [target], fieldPaths: ["string"], options: fieldOptions }],
    sourceValue: "string",
  },
];
const sortOptions: Fields = {
  order: one("legacy", "fifo"),
  legacySortOptions: { orderFirst: ["string"], orderLast: ["string"] },
};

const kustomization: Fields = {
  openapi: { path: "string" },
  namePrefix: "string",
  nameSuffix: "string",
  namespace: "string",
  commonLabels: { "*": "string" },
  labels: [
    {
      "pairs!": { "*": "string" },
      includeSelectors: "boolean",
      includeTemplates: "boolean",
      fields: [fieldSpec],
    },
  ],
  commonAnnotations: { "*": "string" },
  patches: [
    {
      path: "string",
      patch: "string",
      target,
      options: patchOptions,
    },
  ],
  patchesStrategicMerge: ["string"],
  patchesJson6902: [{ path: "string", patch: "string", target }],
  images: [image],
  replacements,
  replicas: [replica],
  vars: "any",
  sortOptions,
  resources: ["string"],
  components: ["string"],
  crds: ["string"],
  bases: ["string"],
  configMapGenerator: [configMapGenerator],
  secretGenerator: [{ ...configMapGenerator, type: "string" }],
  helmGlobals: { chartHome: "string", configHome: "string" },
  helmCharts: [helmChart],
  helmChartInflationGenerator: "any",
  generatorOptions,
  configurations: ["string"],
  generators: ["string"],
  transformers: ["string"],
  validators: ["string"],
  buildMetadata: [one("originAnnotations", "transformerAnnotations", "managedByLabel")],
};

const fieldSpecs: Shape = [fieldSpec];

/**
 * Configuration of the plugins kustomize brings along: files that a kustomization names under generators, transformers or
 * validators. Source: plugin/builtin and api/internal/builtins.
 */
const plugins: Record<string, Fields> = {
  AnnotationsTransformer: { annotations: { "*": "string" }, fieldSpecs },
  ConfigMapGenerator: configMapGenerator,
  HelmChartInflationGenerator: { ...helmChart, helmGlobals: { chartHome: "string", configHome: "string" } },
  ImageTagTransformer: { imageTag: image, fieldSpecs },
  LabelTransformer: { labels: { "*": "string" }, fieldSpecs },
  NamespaceTransformer: {
    fieldSpecs,
    unsetOnly: "boolean",
    setRoleBindingSubjects: one("none", "defaultOnly", "allServiceAccounts"),
  },
  PatchJson6902Transformer: { target, path: "string", jsonOp: "string" },
  PatchStrategicMergeTransformer: { paths: ["string"], patches: "string" },
  PatchTransformer: { path: "string", patch: "string", target, options: patchOptions },
  PrefixTransformer: { prefix: "string", fieldSpecs },
  PrefixSuffixTransformer: { prefix: "string", suffix: "string", fieldSpecs },
  ReplacementTransformer: { replacements },
  ReplicaCountTransformer: { replica, fieldSpecs },
  SecretGenerator: { ...configMapGenerator, type: "string" },
  SortOrderTransformer: { sortOptions },
  SuffixTransformer: { suffix: "string", fieldSpecs },
};

/** What a kustomization.yaml may hold. Type: api/types/kustomization.go. */
export default defineOverlay({
  name: "Kustomize",
  version: "5.8.1",
  source: "https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.1/api/types/kustomization.go",
  groups: ["kustomize.config.k8s.io", "builtin"],
  conditions: {
    "kustomize.config.k8s.io/v1beta1/Kustomization": { "/patches/0": [exactlyOne("path", "patch")] },
    "kustomize.config.k8s.io/v1alpha1/Component": { "/patches/0": [exactlyOne("path", "patch")] },
  },
  kinds: {
    ...Object.fromEntries(Object.entries(plugins).map(([kind, fields]) => [`builtin/${kind}`, fields])),
    "kustomize.config.k8s.io/v1beta1/Kustomization": kustomization,
    "kustomize.config.k8s.io/v1alpha1/Component": kustomization,
  },
});
