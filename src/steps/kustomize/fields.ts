/** What a field holds; a record names the fields of a mapping. */
export type Shape =
  | "string"
  | "bool"
  | "int"
  | "any"
  | { map: Shape }
  | { list: Shape }
  | { readonly [field: string]: Shape };

const strings: Shape = { list: "string" };
const pairs: Shape = { map: "string" };
const gvk = { group: "string", version: "string", kind: "string" } as const;
const id = { ...gvk, name: "string", namespace: "string" } as const;
/** Fields a patch target may select by. */
const selector = { ...id, labelSelector: "string", annotationSelector: "string" } as const;
const patches: Shape = {
  list: { path: "string", patch: "string", target: selector, options: { map: "bool" } },
};
const images: Shape = {
  list: { name: "string", newName: "string", newTag: "string", tagSuffix: "string", digest: "string" },
};
const fieldOptions: Shape = { delimiter: "string", index: "int", encoding: "string", create: "bool" };
const generatorOptions: Shape = {
  labels: pairs,
  annotations: pairs,
  disableNameSuffixHash: "bool",
  immutable: "bool",
};
const generator = {
  name: "string",
  namespace: "string",
  behavior: "string",
  literals: strings,
  files: strings,
  env: "string",
  envs: strings,
  options: generatorOptions,
} as const;

/** Every field of a Kustomization or Component. Source: kustomize api/types/kustomization.go (v5.5). */
export const kustomizationFields: Readonly<Record<string, Shape>> = {
  apiVersion: "string",
  kind: "string",
  metadata: { name: "string", namespace: "string", labels: pairs, annotations: pairs },
  openapi: pairs,
  namePrefix: "string",
  nameSuffix: "string",
  namespace: "string",
  commonLabels: pairs,
  labels: {
    list: {
      pairs,
      includeSelectors: "bool",
      includeTemplates: "bool",
      fields: { list: { ...gvk, path: "string", create: "bool" } },
    },
  },
  commonAnnotations: pairs,
  patchesStrategicMerge: strings,
  patchesJson6902: patches,
  patches,
  images,
  imageTags: images,
  replacements: {
    list: {
      path: "string",
      source: { ...id, fieldPath: "string", options: fieldOptions },
      targets: {
        list: { select: selector, reject: { list: selector }, fieldPaths: strings, options: fieldOptions },
      },
    },
  },
  replicas: { list: { name: "string", count: "int" } },
  vars: {
    list: {
      name: "string",
      objref: { apiVersion: "string", ...id },
      fieldref: { fieldPath: "string", fieldpath: "string" },
    },
  },
  sortOptions: { order: "string", legacySortOptions: { orderFirst: strings, orderLast: strings } },
  resources: strings,
  components: strings,
  crds: strings,
  bases: strings,
  configMapGenerator: { list: generator },
  secretGenerator: { list: { ...generator, type: "string" } },
  helmGlobals: { chartHome: "string", configHome: "string" },
  helmCharts: { list: { map: "any" } },
  helmChartInflationGenerator: { list: { map: "any" } },
  generatorOptions,
  configurations: strings,
  generators: strings,
  transformers: strings,
  validators: strings,
  buildMetadata: strings,
};

/** Deprecated field → what stands for it now. Source: https://kubectl.docs.kubernetes.io/references/kustomize/ */
export const deprecatedFields: Readonly<Record<string, string>> = {
  commonLabels: "labels",
  patchesStrategicMerge: "patches",
  patchesJson6902: "patches",
  bases: "resources",
  vars: "replacements",
  imageTags: "images",
  helmChartInflationGenerator: "helmCharts",
};
