import { copy, type Fields, get, isMap, map, put, word } from "#model/value.ts";

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
  /** Holds a number made by a replacement, which kustomize may write as a string when it changes the object again. */
  untyped: boolean;
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

/**
 * The ids an object had, oldest first. kustomize remembers name, namespace and kind, and reads group and version from
 * the object as it is now.
 */
export function previousIds({ doc, previous }: Resource): Id[] {
  const { group, version } = currentId(doc);
  return previous.map((id) => ({ ...id, group, version }));
}

/** Every id an object has had, the current one last. */
export function idsOf(resource: Resource): Id[] {
  return [...previousIds(resource), currentId(resource.doc)];
}

/** The id an object started with. */
export function originalId(resource: Resource): Id {
  return previousIds(resource)[0] ?? currentId(resource.doc);
}

export function isClusterScoped({ group, kind }: Pick<Id, "group" | "kind">): boolean {
  return CLUSTER_SCOPED.has(`${group}/${kind}`);
}

/** What kustomize puts where a namespace would be, for objects that have none. */
export const noNamespace = "_non_namespaceable_";

/** Namespace as kustomize compares it: none is "default". */
export function effectiveNamespace(id: Id): string {
  if (isClusterScoped(id)) return noNamespace;
  return id.namespace === "" ? "default" : id.namespace;
}

/** The same for two ids that kustomize takes for one. */
export function keyOf(id: Id): string {
  return [id.group, id.version, id.kind, effectiveNamespace(id), id.name].join("\0");
}

export function sameId(a: Id, b: Id): boolean {
  return keyOf(a) === keyOf(b);
}

/** How people read an id: `Deployment.apps/edge-agent (apps)`. */
export function showId(id: Pick<Id, "group" | "kind" | "name" | "namespace">): string {
  const kind = id.group === "" ? id.kind : `${id.kind}.${id.group}`;
  return id.namespace === "" ? `${kind}/${id.name}` : `${id.namespace}/${kind}/${id.name}`;
}

/** A new object on its way, as it was written or generated. */
export function resourceOf(doc: Fields, { path, line }: { path: string; line: number }): Resource {
  return {
    doc: copy(doc),
    path,
    line,
    previous: [],
    prefixes: [],
    suffixes: [],
    needsHash: false,
    untyped: false,
  };
}

/** Remembers the present id before it changes, so that references to it can still be followed. */
export function rememberId(resource: Resource): void {
  const id = currentId(resource.doc);
  resource.previous.push({ ...id, namespace: effectiveNamespace(id) });
}

/** The metadata of an object, created when absent. */
export function metadataOf(doc: Fields): Fields {
  const found = get(doc, "metadata");
  if (isMap(found)) return found;
  const created: Fields = {};
  put(doc, "metadata", created);
  return created;
}
