import { containersOf, groupOf, hit, isTemplated, labelsOf, PLACEHOLDER, podOf } from "./manifest.ts";
import { yamlValues } from "./read-yaml.ts";
import type { Hit, KustomizeProblem, Manifest, RuleContext, SyntaxProblem } from "./rule.ts";
import { matchesSelector } from "./selectors.ts";
import { type Fields, isMap, map, maps, strings, word } from "./value.ts";

/** Address of the cluster an engine itself runs in. */
export const LOCAL_CLUSTER = /^https:\/\/kubernetes\.default\.svc(\.cluster\.local)?(:443)?\/?$/;

/** Whether an Argo CD destination is the cluster the engine runs in, or one that an agent pulls for. */
export function isLocal(server: string): boolean {
  return server === "" || LOCAL_CLUSTER.test(server) || /[?&]agentName=/.test(server) || /^\$\{/.test(server);
}

/** Whether agents at the sites fetch what Argo CD decides on a hub: then a destination is a name, and still pulled. */
export function hasAgents({ effective }: RuleContext): boolean {
  return effective.some(
    (manifest) =>
      manifest.kind === "GitOpsCluster" ||
      word(labelsOf(manifest)["app.kubernetes.io/part-of"]) === "argocd-agent" ||
      containersOf(manifest).some(({ fields }) => word(fields.image).includes("argocd-agent")),
  );
}

/** Open Cluster Management hands such an Application to the managed cluster, which pulls. */
export function isPulled(metadata: Fields): boolean {
  return (
    word(map(metadata.labels)["apps.open-cluster-management.io/pull-to-ocm-managed-cluster"]) === "true" ||
    word(map(metadata.annotations)["argocd.argoproj.io/skip-reconcile"]) === "true"
  );
}

/** Namespaces of the cluster's own parts, where node access is what the component is for. */
const SYSTEM_NAMESPACES = new Set(["kube-system", "kube-flannel", "system-upgrade", "cattle-system"]);
/** Publishers of those parts; a namespace alone proves nothing. */
const SYSTEM_IMAGES =
  /^(?:docker\.io\/)?(?:rancher\/|registry\.k8s\.io\/|quay\.io\/(?:k0sproject|calico|cilium|kairos)\/|ghcr\.io\/(?:flannel-io|kube-vip|spinkube)\/|flannel\/)/;

/** Whether a workload is a part of the cluster itself, by namespace and by who published every image of it. */
export function isSystem(manifest: Manifest): boolean {
  if (!SYSTEM_NAMESPACES.has(manifest.namespace)) return false;
  const containers = maps(map(podOf(manifest)?.spec).containers);
  return containers.length > 0 && containers.every(({ image }) => SYSTEM_IMAGES.test(word(image)));
}

/** Namespaces of the engine itself. */
export const FLUX_NAMESPACES = new Set(["flux-system", "flux", ""]);

/** Whether an object is part of Flux, its operator or Argo CD as upstream ships it: by label and by name. */
export function isFluxSystem(manifest: Manifest): boolean {
  const labels = labelsOf(manifest);
  const part = word(labels["app.kubernetes.io/part-of"]);
  const name = word(labels["app.kubernetes.io/name"]);
  if (part === "flux" || name === "flux-operator") {
    return /^(?:cluster-reconciler|crd-controller|flux-|source-|kustomize-|helm-|notification-|image-)/.test(
      manifest.name,
    );
  }
  return part === "argocd" && manifest.name.startsWith("argocd-");
}

/** What the "restricted" profile asks of every container. Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const restrictedGaps = {
  allowPrivilegeEscalation: (own: Fields) => own.allowPrivilegeEscalation !== false,
  runAsNonRoot: (own: Fields, pod: Fields) => (own.runAsNonRoot ?? pod.runAsNonRoot) !== true,
  "capabilities.drop": (own: Fields) =>
    !strings(map(own.capabilities).drop).some((name) => name.toUpperCase() === "ALL"),
  seccompProfile: (own: Fields, pod: Fields) =>
    !["RuntimeDefault", "Localhost"].includes(
      word(map(own.seccompProfile).type) || word(map(pod.seccompProfile).type),
    ),
} as const;

/**
 * Hits of workloads whose first missing hardening field is `field`: a workload is reported once, under the rule of the
 * first field it lacks, and `{fields}` names them all.
 */
export function firstGap(field: keyof typeof restrictedGaps, manifest: Manifest): Hit[] {
  const pod = podOf(manifest);
  if (pod === undefined || isSystem(manifest)) return [];
  const context = map(pod.spec.securityContext);
  const containers = [...maps(pod.spec.containers), ...maps(pod.spec.initContainers)];
  const missing = Object.entries(restrictedGaps).filter(([, lacks]) =>
    containers.some((container) => lacks(map(container.securityContext), context)),
  );
  if (missing[0]?.[0] !== field) return [];
  const lacks = restrictedGaps[field];
  const names = containers
    .filter((container) => lacks(map(container.securityContext), context))
    .map((container, i) => word(container.name) || String(i));
  return [
    hit(manifest, {
      pointer: `${pod.pointer}/containers`,
      values: { fields: missing.map(([name]) => name).join(", "), containers: names.join(", ") },
    }),
  ];
}

/** Hits of one kind of kustomize problem. */
export function kustomizeRule(code: KustomizeProblem["code"]): (context: RuleContext) => Hit[] {
  return ({ kustomize }) =>
    kustomize.filter((problem) => problem.code === code).map(({ code: _, ...problem }) => problem);
}

/** Hits of one kind of YAML problem. */
export function syntaxRule(code: SyntaxProblem["code"]): (context: RuleContext) => Hit[] {
  return ({ syntax }) =>
    syntax.filter((problem) => problem.code === code).map(({ code: _, index: __, ...problem }) => problem);
}

/** Keys and values of a Secret or ConfigMap, base64 undone where it is base64. */
export function secretValues(manifest: Manifest): { key: string; value: string; pointer: string }[] {
  const found: { key: string; value: string; pointer: string }[] = [];
  for (const field of ["data", "stringData"]) {
    for (const [key, raw] of Object.entries(map(manifest.doc[field]))) {
      const encoded = manifest.kind === "Secret" && field === "data";
      const value = encoded ? decode(word(raw)) : word(raw);
      found.push({ key, value, pointer: `/${field}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}` });
    }
  }
  return found;
}

const BASE64 = /^[A-Za-z0-9+/\s]+=*\s*$/;
function decode(text: string): string {
  return BASE64.test(text) ? Buffer.from(text, "base64").toString() : text;
}

/** Names whose value is a credential, in any way of writing them: DB_PASSWORD, adminPassword, client-secret. */
const CREDENTIAL =
  /(?:^|[._-]|[a-z])(?:password|passwd|passphrase|token|api[_-]?key|private[_-]?key|access[_-]?key|secret[_-]?key(?:[_-]?base)?|signing[_-]?key|encryption[_-]?key|client[_-]?secret|credentials?|connection[_-]?string|secret)$|(?:^|[._-])(?:pass|pwd)$/i;
/** An address that carries its password along, under whatever name. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:([^\s@/]+)@/i;
/** Switches, numbers, durations, paths, addresses and names of Secrets are no credentials. */
const HARMLESS =
  /^(?:true|false|null|none|default|\d{1,6}|\d+(?:ms|s|m|h|d)|\/[\w./-]+|https?:\/\/[^@\s]*|[a-z0-9.-]+-(?:secret|token|credentials|password|key|auth)s?|\$\([\w]+\)|\$[\w.:-]+|ENC\[.*|op:\/\/.*|vault:.*|ref\+.*)$/;

/** Whether a name and its value look like a credential that is really written there. */
export function isCredential(name: string, value: unknown): boolean {
  if (typeof value !== "string") return false;
  const text = value.trim();
  const inside = ADDRESS.exec(text)?.[1];
  if (inside !== undefined) return !PLACEHOLDER.test(inside) && !isTemplated(inside);
  if (!CREDENTIAL.test(name)) return false;
  if (PLACEHOLDER.test(text) || HARMLESS.test(text) || isTemplated(text)) return false;
  // `secret: till-db` names an object far more often than it is one.
  const isReference = /secret$/i.test(name) && !/client[_-]?secret$/i.test(name);
  return !(isReference && /^[a-z0-9]+(?:[.-][a-z0-9]+)+$/.test(text));
}

/** The tag of an image reference, "" without one. */
export function tagOf(image: string): string {
  const last = image.replace(/@.*$/, "").split("/").pop()!;
  return last.includes(":") ? last.slice(last.indexOf(":") + 1) : "";
}

const DIGEST = /@sha256:[0-9a-f]{64}$/;
export function hasDigest(image: string): boolean {
  return DIGEST.test(image);
}

/** Keys that only a K3s or RKE2 configuration has. */
const NODE_KEYS = [
  "cluster-init",
  "datastore-endpoint",
  "disable",
  "write-kubeconfig-mode",
  "flannel-backend",
  "tls-san",
  "node-label",
  "kubelet-arg",
  "agent-token",
  "secrets-encryption",
  "disable-network-policy",
  "token-file",
];
const NODE_PATH = /(?:^|[/._-])(?:k3s|rke2|rancher)(?:[/._-]|$)|(?:^|\/)config(?:\.[\w-]+)?\.ya?ml$/i;

/** K3s and RKE2 configuration files of a tree: YAML mappings that are no manifests, known by path and keys. */
export function nodeConfigs(
  context: RuleContext,
): { path: string; doc: Fields; line: (key: string) => number }[] {
  return [...context.paths].sort().flatMap((path) => {
    if (!/\.ya?ml$/i.test(path) || !NODE_PATH.test(path)) return [];
    const text = context.text(path) ?? "";
    if (/^\s*apiVersion:/m.test(text) || text.length > 100_000) return [];
    const doc = readMapping(text);
    if (!NODE_KEYS.some((key) => Object.hasOwn(doc, key))) return [];
    const lines = text.split("\n");
    const line = (key: string) =>
      lines.findIndex((l) => l.startsWith(`${key}:`) || l.startsWith(`"${key}"`)) + 1 || 1;
    return [{ path, doc, line }];
  });
}

function readMapping(text: string): Fields {
  const value = yamlValues(text)?.[0];
  return isMap(value) ? value : {};
}

/** Whether a K3s or RKE2 configuration is a server's: agents have an address to join and nothing a control plane has. */
export function isNodeServerConfig({ path, doc }: { path: string; doc: Fields }): boolean {
  const serverOnly = [
    "cluster-init",
    "datastore-endpoint",
    "disable",
    "tls-san",
    "secrets-encryption",
    "agent-token",
  ];
  if (serverOnly.some((key) => Object.hasOwn(doc, key))) return true;
  return !/agent/i.test(path) && !Object.hasOwn(doc, "server");
}

/** Whether a tree is a whole repository, so that what is not in it does not exist. */
export function isWhole({ kustomizations }: RuleContext): boolean {
  return kustomizations.length > 0;
}

/** Whether a manifest is one of Flux's own kinds. */
export function isFlux(manifest: Manifest): boolean {
  return groupOf(manifest).endsWith("toolkit.fluxcd.io");
}

/** Memory from which a light mesh is thinkable at all, MiB (catalogue rule H18). */
const MESH_MIB = 8_192;

/** A mesh blocks where memory is known to be too small; elsewhere it is a warning. */
export function meshSeverity({ memoryMiB }: RuleContext["setting"]): "block" | "warn" {
  return memoryMiB !== undefined && memoryMiB < MESH_MIB ? "block" : "warn";
}

/** Where a workload says that no two of its pods may share a node; `undefined` where it does not. */
export function standsApart(manifest: Manifest): string | undefined {
  const pod = podOf(manifest);
  if (pod === undefined || !/^(?:Deployment|StatefulSet|ReplicaSet|Rollout)$/.test(manifest.kind))
    return undefined;
  const rules = maps(
    map(map(pod.spec.affinity).podAntiAffinity).requiredDuringSchedulingIgnoredDuringExecution,
  );
  const apart = rules.some(
    ({ topologyKey, labelSelector }) =>
      topologyKey === "kubernetes.io/hostname" &&
      isMap(labelSelector) &&
      matchesSelector(labelSelector, map(pod.metadata.labels)),
  );
  return apart ? `${pod.pointer}/affinity` : undefined;
}
