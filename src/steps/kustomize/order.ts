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

const rank = new Map([
  ...FIRST.map((kind, i) => [kind, i - FIRST.length] as const),
  ...LAST.map((kind, i) => [kind, i + 1] as const),
]);

/** Sorts objects so that what others need is applied first. */
export function inOrder(resources: readonly Resource[]): Resource[] {
  const keyed = resources.map((resource) => {
    const id = currentId(resource.doc);
    const key = [id.group, id.version, id.kind, id.namespace, id.name].join("\u0000");
    return { resource, rank: rank.get(id.kind) ?? 0, key };
  });
  keyed.sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ resource }) => resource);
}
