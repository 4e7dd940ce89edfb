import { type Fields, get, isMap, map, put, word } from "#model/value.ts";

/** How kustomize knows an object at one moment of a build. */
export type Id = { group: string; version: string; kind: string; name: string; namespace: string };

/** One object on its way through a build, with where it came from and the names it had before. */
export type Resource = {
  doc: Fields;
  path: string;
  line: number;
  /** Oldest first; the current one is read from `doc`. */
  previous: Id[];
  prefixes: string[];
  suffixes: string[];
  needsHash: boolean;
};

/** Cluster-scoped kinds of Kubernetes itself, as `group/Kind`; kinds unknown to kustomize count as namespaced. */
const CLUSTER_SCOPED = new Set([
  "/Namespace",
  "/Node",
  "/PersistentVolume",
  "/ComponentStatus",
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apiregistration.k8s.io/APIService",
  "certificates.k8s.io/CertificateSigningRequest",
  "flowcontrol.apiserver.k8s.io/FlowSchema",
  "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
  "networking.k8s.io/IngressClass",
  "node.k8s.io/RuntimeClass",
  "policy/PodSecurityPolicy",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
  "scheduling.k8s.io/PriorityClass",
  "storage.k8s.io/CSIDriver",
  "storage.k8s.io/CSINode",
  "storage.k8s.io/StorageClass",
  "storage.k8s.io/VolumeAttachment",
]);

/** The API group of an apiVersion; the core group is empty. */
export function groupOf(apiVersion: unknown): string {
  const text = word(apiVersion);
  return text.includes("/") ? text.slice(0, text.indexOf("/")) : "";
}

/** Name, kind and namespace an object has now. */
export function currentId(doc: Fields): Id {
  const apiVersion = word(doc.apiVersion);
  const metadata = map(doc.metadata);
  return {
    group: groupOf(apiVersion),
    version: apiVersion.slice(apiVersion.indexOf("/") + 1),
    kind: word(doc.kind),
    name: word(metadata.name),
    namespace: word(metadata.namespace),
  };
}

/** Every id an object has had, the current one last. */
export function idsOf(resource: Resource): Id[] {
  return [...resource.previous, currentId(resource.doc)];
}

export function isClusterScoped({ group, kind }: Pick<Id, "group" | "kind">): boolean {
  return CLUSTER_SCOPED.has(`${group}/${kind}`);
}

/** Namespace as kustomize compares it: none is "default", cluster-scoped kinds have none. */
export function effectiveNamespace(id: Id): string {
  if (isClusterScoped(id)) return "";
  return id.namespace === "" ? "default" : id.namespace;
}

export function sameId(a: Id, b: Id): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.group === b.group &&
    a.version === b.version &&
    effectiveNamespace(a) === effectiveNamespace(b)
  );
}

/** How people read an id: `Deployment.apps/edge-agent (apps)`. */
export function showId(id: Pick<Id, "group" | "kind" | "name" | "namespace">): string {
  const kind = id.group === "" ? id.kind : `${id.kind}.${id.group}`;
  return id.namespace === "" ? `${kind}/${id.name}` : `${id.namespace}/${kind}/${id.name}`;
}

/** A copy that can be changed without touching the tree it came from. */
export function copyOf(resource: Resource): Resource {
  return {
    ...resource,
    doc: structuredClone(resource.doc),
    previous: [...resource.previous],
    prefixes: [...resource.prefixes],
    suffixes: [...resource.suffixes],
  };
}

/** Remembers the present id before it changes, so that references to it can still be followed. */
export function rememberId(resource: Resource): void {
  resource.previous.push(currentId(resource.doc));
}

/** The metadata of an object, created when absent. */
export function metadataOf(doc: Fields): Fields {
  const found = get(doc, "metadata");
  if (isMap(found)) return found;
  const created: Fields = {};
  put(doc, "metadata", created);
  return created;
}
