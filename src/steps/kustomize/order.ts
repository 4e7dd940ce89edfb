import { type Fields, map, strings, word } from "#model/value.ts";
import { currentId, type Resource } from "./resource.ts";

/** kustomize's "legacy" order, its default. Source: kustomize api/internal/builtins/SortOrderTransformer.go (v5). */
const FIRST = [
  "Namespace",
  "ResourceQuota",
  "StorageClass",
  "CustomResourceDefinition",
  "ServiceAccount",
  "PodSecurityPolicy",
  "Role",
  "ClusterRole",
  "RoleBinding",
  "ClusterRoleBinding",
  "ConfigMap",
  "Secret",
  "Endpoints",
  "Service",
  "LimitRange",
  "PriorityClass",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "Deployment",
  "StatefulSet",
  "CronJob",
  "PodDisruptionBudget",
];
const LAST = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

/** What is wrong with a kustomization's `sortOptions`; nothing when they can be followed. */
export function sortProblem(sortOptions: unknown): string | undefined {
  const { order, legacySortOptions } = map(sortOptions);
  if (sortOptions === undefined || sortOptions === null || word(order) === "legacy") return undefined;
  if (word(order) !== "fifo") return "sortOptions.order must be fifo or legacy";
  return legacySortOptions === undefined
    ? undefined
    : "sortOptions.legacySortOptions go with the order legacy";
}

/** Sorts objects the way the built kustomization asks for; without a word so that what others need comes first. */
export function inOrder(resources: readonly Resource[], sortOptions: unknown): Resource[] {
  const { order, legacySortOptions: own } = map(sortOptions);
  if (order === "fifo") return [...resources];
  const [first, last] = own === undefined || own === null ? [FIRST, LAST] : ordersOf(map(own));
  const rank = new Map([
    ...first.map((kind, i) => [kind, i - first.length] as const),
    ...last.map((kind, i) => [kind, i + 1] as const),
  ]);
  const keyed = resources.map((resource) => {
    const { group, version, kind, namespace, name } = currentId(resource.doc);
    // What is missing sorts behind what is there.
    const type = [group || "~G", version || "~V", kind].join("_");
    return { resource, rank: rank.get(kind) ?? 0, type, key: `${namespace || "~X"}|${name}` };
  });
  keyed.sort((a, b) => a.rank - b.rank || compare(a.type, b.type) || compare(a.key, b.key));
  return keyed.map(({ resource }) => resource);
}

function ordersOf({ orderFirst, orderLast }: Fields): [string[], string[]] {
  return [strings(orderFirst), strings(orderLast)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
