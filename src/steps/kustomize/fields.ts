/** What a field of kustomization.yaml holds. Source: kustomize api/types/kustomization.go (v5). */
export type Shape = "string" | "map" | "strings" | "objects" | "bool";

/** Every field of a Kustomization or Component that kustomize v5 knows. */
export const kustomizationFields: Readonly<Record<string, Shape>> = {
  apiVersion: "string",
  kind: "string",
  metadata: "map",
  openapi: "map",
  namePrefix: "string",
  nameSuffix: "string",
  namespace: "string",
  commonLabels: "map",
  labels: "objects",
  commonAnnotations: "map",
  patchesStrategicMerge: "strings",
  patchesJson6902: "objects",
  patches: "objects",
  images: "objects",
  imageTags: "objects",
  replacements: "objects",
  replicas: "objects",
  vars: "objects",
  sortOptions: "map",
  resources: "strings",
  components: "strings",
  crds: "strings",
  bases: "strings",
  configMapGenerator: "objects",
  secretGenerator: "objects",
  helmGlobals: "map",
  helmCharts: "objects",
  helmChartInflationGenerator: "objects",
  generatorOptions: "map",
  configurations: "strings",
  generators: "strings",
  transformers: "strings",
  validators: "strings",
  buildMetadata: "strings",
};

const generator = ["name", "namespace", "behavior", "literals", "files", "env", "envs", "options"] as const;

/** Fields of the items of lists; a list that is not named here is not looked into. */
export const itemFields: Readonly<Record<string, readonly string[]>> = {
  labels: ["pairs", "includeSelectors", "includeTemplates", "fields"],
  patches: ["path", "patch", "target", "options"],
  patchesJson6902: ["path", "patch", "target", "options"],
  images: ["name", "newName", "newTag", "tagSuffix", "digest"],
  replicas: ["name", "count"],
  replacements: ["path", "source", "targets"],
  configMapGenerator: generator,
  secretGenerator: [...generator, "type"],
};

/** Fields a patch target may select by. */
export const targetFields: readonly string[] = [
  "group",
  "version",
  "kind",
  "name",
  "namespace",
  "labelSelector",
  "annotationSelector",
];

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

/** Nearest known name of an unknown one, or "" when nothing is near. */
export function nearest(name: string, known: Iterable<string>): string {
  let best = "";
  let distance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const d = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (d >= distance) continue;
    best = candidate;
    distance = d;
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, swap));
    }
    row = next;
  }
  return row[b.length]!;
}
