import { type Fields, get, isMap, put, word } from "#model/value.ts";
import { applies, type FieldSpec, visit } from "./field-paths.ts";
import { currentId, type Id, idsOf, isClusterScoped, type Resource } from "./resource.ts";

/** Kinds that are named by others, and the fields that name them. */
type Referral = { group?: string; kind: string; fields: readonly FieldSpec[] };

const POD_PATHS: readonly FieldSpec[] = [
  { kind: "Pod", version: "v1", path: "spec" },
  ...["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"].map((kind) => ({
    kind,
    path: "spec/template/spec",
  })),
  { kind: "ReplicationController", path: "spec/template/spec" },
  { kind: "CronJob", path: "spec/jobTemplate/spec/template/spec" },
];
const inPods = (...paths: string[]): FieldSpec[] =>
  POD_PATHS.flatMap((pod) => paths.map((path) => ({ ...pod, path: `${pod.path}/${path}` })));
const inContainers = (path: string) => [`containers/${path}`, `initContainers/${path}`];
const inRoles: FieldSpec[] = [
  { kind: "Role", path: "rules/resourceNames" },
  { kind: "ClusterRole", path: "rules/resourceNames" },
];
const scale: FieldSpec[] = [{ kind: "HorizontalPodAutoscaler", path: "spec/scaleTargetRef/name" }];
const subjects: FieldSpec[] = [
  { kind: "RoleBinding", group: "rbac.authorization.k8s.io", path: "subjects" },
  { kind: "ClusterRoleBinding", group: "rbac.authorization.k8s.io", path: "subjects" },
];

/** Source: kustomize api/internal/konfig/builtinpluginconsts/namereference.go (v5), without kinds gone from Kubernetes. */
const REFERRALS: readonly Referral[] = [
  ...["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"].map((kind) => ({
    kind,
    fields: scale,
  })),
  {
    kind: "ConfigMap",
    fields: [
      ...inPods(
        "volumes/configMap/name",
        "volumes/projected/sources/configMap/name",
        ...inContainers("env/valueFrom/configMapKeyRef/name"),
        ...inContainers("envFrom/configMapRef/name"),
      ),
      ...inRoles,
      { kind: "Node", path: "spec/configSource/configMap" },
    ],
  },
  {
    kind: "Secret",
    fields: [
      ...inPods(
        "volumes/secret/secretName",
        "volumes/projected/sources/secret/name",
        "volumes/csi/nodePublishSecretRef/name",
        "imagePullSecrets/name",
        ...inContainers("env/valueFrom/secretKeyRef/name"),
        ...inContainers("envFrom/secretRef/name"),
      ),
      ...inRoles,
      { kind: "ServiceAccount", path: "imagePullSecrets/name" },
      { kind: "ServiceAccount", path: "secrets/name" },
      { kind: "Ingress", path: "spec/tls/secretName" },
      { kind: "PersistentVolume", path: "spec/azureFile/secretName" },
    ],
  },
  {
    kind: "Service",
    fields: [
      { kind: "StatefulSet", group: "apps", path: "spec/serviceName" },
      { kind: "Ingress", path: "spec/rules/http/paths/backend/serviceName" },
      { kind: "Ingress", path: "spec/rules/http/paths/backend/service/name" },
      { kind: "Ingress", path: "spec/backend/serviceName" },
      { kind: "Ingress", path: "spec/defaultBackend/service/name" },
      { kind: "APIService", group: "apiregistration.k8s.io", path: "spec/service/name" },
      {
        kind: "CustomResourceDefinition",
        group: "apiextensions.k8s.io",
        path: "spec/conversion/webhook/clientConfig/service",
      },
      ...["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].map((kind) => ({
        kind,
        group: "admissionregistration.k8s.io",
        path: "webhooks/clientConfig/service",
      })),
    ],
  },
  {
    kind: "Role",
    group: "rbac.authorization.k8s.io",
    fields: [{ kind: "RoleBinding", group: "rbac.authorization.k8s.io", path: "roleRef/name" }],
  },
  {
    kind: "ClusterRole",
    group: "rbac.authorization.k8s.io",
    fields: [
      { kind: "RoleBinding", group: "rbac.authorization.k8s.io", path: "roleRef/name" },
      { kind: "ClusterRoleBinding", group: "rbac.authorization.k8s.io", path: "roleRef/name" },
    ],
  },
  { kind: "ServiceAccount", fields: [...subjects, ...inPods("serviceAccountName")] },
  { kind: "PersistentVolumeClaim", fields: inPods("volumes/persistentVolumeClaim/claimName") },
  {
    kind: "PersistentVolume",
    fields: [{ kind: "PersistentVolumeClaim", path: "spec/volumeName" }, inRoles[1]!],
  },
  {
    kind: "StorageClass",
    group: "storage.k8s.io",
    fields: [
      { kind: "PersistentVolume", path: "spec/storageClassName" },
      { kind: "PersistentVolumeClaim", path: "spec/storageClassName" },
      { kind: "StatefulSet", path: "spec/volumeClaimTemplates/spec/storageClassName" },
    ],
  },
  { kind: "PriorityClass", group: "scheduling.k8s.io", fields: inPods("priorityClassName") },
  {
    kind: "IngressClass",
    group: "networking.k8s.io",
    fields: [{ kind: "Ingress", path: "spec/ingressClassName" }],
  },
];

/** Makes every reference follow the objects whose names or namespaces were changed by the build. */
export function followRenames(resources: readonly Resource[]): void {
  const renamed = resources.filter((resource) => resource.previous.length > 0);
  if (renamed.length === 0) return;
  for (const referral of REFERRALS) {
    const candidates = renamed.filter((resource) => {
      const { kind, group } = currentId(resource.doc);
      return kind === referral.kind && (referral.group === undefined || referral.group === group);
    });
    if (candidates.length === 0) continue;
    for (const referrer of resources) followIn(referrer, referral, candidates);
  }
}

function followIn(referrer: Resource, referral: Referral, candidates: readonly Resource[]): void {
  const id = currentId(referrer.doc);
  for (const spec of referral.fields) {
    if (!applies(spec, id)) continue;
    visit(referrer.doc, spec.path, {
      change(parent, key) {
        if (key === "name" && spec.path.endsWith("roleRef/name") && word(parent.kind) !== referral.kind)
          return;
        const value = get(parent, key);
        if (typeof value === "string") {
          const found = pick(value, { candidates, referrer, id });
          if (found !== undefined) put(parent, key, nameOf(found));
        } else if (Array.isArray(value)) {
          put(
            parent,
            key,
            value.map((item) => followItem(item, { candidates, referrer, id })),
          );
        } else if (isMap(value)) followMap(value, { candidates, referrer, id });
      },
    });
  }
}

type Search = { candidates: readonly Resource[]; referrer: Resource; id: Id };

function followItem(item: unknown, search: Search): unknown {
  if (isMap(item)) {
    followMap(item, search);
    return item;
  }
  if (typeof item !== "string") return item;
  const found = pick(item, search);
  return found === undefined ? item : nameOf(found);
}

/** A reference of name and namespace; both follow. */
function followMap(reference: Fields, search: Search): void {
  const name = word(reference.name);
  if (name === "") return;
  // A subject that is no ServiceAccount names somebody outside the tree.
  if (reference.kind !== undefined && reference.kind !== "ServiceAccount") return;
  const candidates = inNamespace(reference.namespace, search.candidates);
  const found = pick(name, { ...search, candidates });
  if (found === undefined) return;
  put(reference, "name", nameOf(found));
  const namespace = currentId(found.doc).namespace;
  if (namespace !== "") put(reference, "namespace", namespace);
}

function inNamespace(namespace: unknown, candidates: readonly Resource[]): readonly Resource[] {
  if (typeof namespace !== "string") return candidates;
  const original = candidates.filter((c) => (idsOf(c)[0]!.namespace || "default") === namespace);
  if (original.length > 0) return original;
  return candidates.filter((c) => (currentId(c.doc).namespace || "default") === namespace);
}

function nameOf(resource: Resource): string {
  return currentId(resource.doc).name;
}

function pick(name: string, { candidates, referrer, id }: Search): Resource | undefined {
  const named = candidates.filter((c) => c.previous.some((previous) => previous.name === name));
  const near = named.filter((candidate) => {
    const other = currentId(candidate.doc);
    if (isClusterScoped(id) || isClusterScoped(other)) return true;
    return (other.namespace || "default") === (id.namespace || "default");
  });
  if (near.length <= 1) return near[0];
  const affixed = near.filter(
    (c) => same(c.prefixes, referrer.prefixes) && same(c.suffixes, referrer.suffixes),
  );
  if (affixed.length > 0) return affixed[0];
  const first = near[0]!;
  return near.every((c) => nameOf(c) === nameOf(first)) ? first : undefined;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
