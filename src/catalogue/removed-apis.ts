/** An API version that is gone: what removed it, since which release, and what to write instead. */
export type RemovedApi = {
  apiVersion: string;
  /** Left out: every kind of that version. */
  kinds?: readonly string[];
  by: "Kubernetes" | "Flux" | "External Secrets" | "cert-manager" | "Gateway API" | "Traefik";
  since: string;
  /** The `apiVersion` that took over; empty where nothing did. */
  instead: string;
  severity: "block" | "warn";
  source: string;
};

const kubernetesGuide = "https://kubernetes.io/docs/reference/using-api/deprecation-guide/";
const fluxReleases = "https://fluxcd.io/blog/";

function kubernetes(
  since: string,
  apiVersion: string,
  instead: string,
  kinds?: readonly string[],
): RemovedApi {
  const anchor = `${kubernetesGuide}#v${since.replace(".", "-")}`;
  const gone = { apiVersion, by: "Kubernetes", since, instead, severity: "block", source: anchor } as const;
  return kinds === undefined ? gone : { ...gone, kinds };
}

function flux(since: string, apiVersion: string, instead: string): RemovedApi {
  return { apiVersion, by: "Flux", since, instead, severity: "block", source: fluxReleases };
}

function certManager(since: string, apiVersion: string, instead: string): RemovedApi {
  const source = `https://cert-manager.io/docs/releases/release-notes/release-notes-${since}/`;
  return { apiVersion, by: "cert-manager", since, instead, severity: "block", source };
}

function externalSecrets(since: string, apiVersion: string): RemovedApi {
  const source = `https://github.com/external-secrets/external-secrets/releases/tag/v${since}.0`;
  const kinds = ["ExternalSecret", "ClusterExternalSecret", "SecretStore", "ClusterSecretStore"];
  const by = "External Secrets";
  return { apiVersion, kinds, by, since, instead: "external-secrets.io/v1", severity: "block", source };
}

/** Removed API versions, most read first. Kubernetes up to 1.36; Flux up to 2.9. */
export const removedApis: readonly RemovedApi[] = [
  // Kubernetes
  kubernetes("1.16", "extensions/v1beta1", "networking.k8s.io/v1", ["NetworkPolicy"]),
  kubernetes("1.16", "extensions/v1beta1", "apps/v1", ["DaemonSet", "Deployment", "ReplicaSet"]),
  kubernetes("1.16", "extensions/v1beta1", "", ["PodSecurityPolicy"]),
  kubernetes("1.22", "extensions/v1beta1", "networking.k8s.io/v1", ["Ingress"]),
  kubernetes("1.16", "apps/v1beta1", "apps/v1"),
  kubernetes("1.16", "apps/v1beta2", "apps/v1"),
  kubernetes("1.22", "admissionregistration.k8s.io/v1beta1", "admissionregistration.k8s.io/v1", [
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
  ]),
  kubernetes("1.22", "apiextensions.k8s.io/v1beta1", "apiextensions.k8s.io/v1"),
  kubernetes("1.22", "apiregistration.k8s.io/v1beta1", "apiregistration.k8s.io/v1"),
  kubernetes("1.22", "authentication.k8s.io/v1beta1", "authentication.k8s.io/v1", ["TokenReview"]),
  kubernetes("1.22", "authorization.k8s.io/v1beta1", "authorization.k8s.io/v1"),
  kubernetes("1.22", "certificates.k8s.io/v1beta1", "certificates.k8s.io/v1", ["CertificateSigningRequest"]),
  kubernetes("1.22", "coordination.k8s.io/v1beta1", "coordination.k8s.io/v1", ["Lease"]),
  kubernetes("1.22", "networking.k8s.io/v1beta1", "networking.k8s.io/v1", ["Ingress", "IngressClass"]),
  kubernetes("1.22", "rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1"),
  kubernetes("1.23", "rbac.authorization.k8s.io/v1alpha1", "rbac.authorization.k8s.io/v1"),
  kubernetes("1.22", "scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1", ["PriorityClass"]),
  kubernetes("1.22", "storage.k8s.io/v1beta1", "storage.k8s.io/v1", [
    "CSIDriver",
    "CSINode",
    "StorageClass",
    "VolumeAttachment",
  ]),
  kubernetes("1.25", "batch/v1beta1", "batch/v1", ["CronJob"]),
  kubernetes("1.21", "batch/v2alpha1", "batch/v1", ["CronJob"]),
  kubernetes("1.25", "discovery.k8s.io/v1beta1", "discovery.k8s.io/v1", ["EndpointSlice"]),
  kubernetes("1.25", "events.k8s.io/v1beta1", "events.k8s.io/v1", ["Event"]),
  kubernetes("1.25", "autoscaling/v2beta1", "autoscaling/v2"),
  kubernetes("1.26", "autoscaling/v2beta2", "autoscaling/v2"),
  kubernetes("1.25", "policy/v1beta1", "policy/v1", ["PodDisruptionBudget"]),
  kubernetes("1.25", "policy/v1beta1", "", ["PodSecurityPolicy"]),
  kubernetes("1.25", "node.k8s.io/v1beta1", "node.k8s.io/v1", ["RuntimeClass"]),
  kubernetes("1.26", "flowcontrol.apiserver.k8s.io/v1beta1", "flowcontrol.apiserver.k8s.io/v1"),
  kubernetes("1.29", "flowcontrol.apiserver.k8s.io/v1beta2", "flowcontrol.apiserver.k8s.io/v1"),
  kubernetes("1.32", "flowcontrol.apiserver.k8s.io/v1beta3", "flowcontrol.apiserver.k8s.io/v1"),
  kubernetes("1.27", "storage.k8s.io/v1beta1", "storage.k8s.io/v1", ["CSIStorageCapacity"]),
  // Flux
  flux("2.7", "source.toolkit.fluxcd.io/v1beta1", "source.toolkit.fluxcd.io/v1"),
  flux("2.8", "source.toolkit.fluxcd.io/v1beta2", "source.toolkit.fluxcd.io/v1"),
  flux("2.7", "kustomize.toolkit.fluxcd.io/v1beta1", "kustomize.toolkit.fluxcd.io/v1"),
  flux("2.8", "kustomize.toolkit.fluxcd.io/v1beta2", "kustomize.toolkit.fluxcd.io/v1"),
  flux("2.7", "helm.toolkit.fluxcd.io/v2beta1", "helm.toolkit.fluxcd.io/v2"),
  flux("2.8", "helm.toolkit.fluxcd.io/v2beta2", "helm.toolkit.fluxcd.io/v2"),
  flux("2.7", "image.toolkit.fluxcd.io/v1alpha1", "image.toolkit.fluxcd.io/v1"),
  flux("2.7", "image.toolkit.fluxcd.io/v1alpha2", "image.toolkit.fluxcd.io/v1"),
  flux("2.7", "image.toolkit.fluxcd.io/v1beta1", "image.toolkit.fluxcd.io/v1"),
  flux("2.9", "image.toolkit.fluxcd.io/v1beta2", "image.toolkit.fluxcd.io/v1"),
  flux("2.7", "notification.toolkit.fluxcd.io/v1beta1", "notification.toolkit.fluxcd.io/v1beta3"),
  flux("2.9", "notification.toolkit.fluxcd.io/v1beta2", "notification.toolkit.fluxcd.io/v1beta3"),
  // The Helm operator and the daemon of Flux 1 were archived in November 2022.
  flux("2.0", "helm.fluxcd.io/v1", "helm.toolkit.fluxcd.io/v2"),
  flux("2.0", "flux.weave.works/v1beta1", "helm.toolkit.fluxcd.io/v2"),
  // cert-manager
  certManager("0.11", "certmanager.k8s.io/v1alpha1", "cert-manager.io/v1"),
  certManager("1.6", "cert-manager.io/v1alpha2", "cert-manager.io/v1"),
  certManager("1.6", "cert-manager.io/v1alpha3", "cert-manager.io/v1"),
  certManager("1.6", "cert-manager.io/v1beta1", "cert-manager.io/v1"),
  certManager("1.6", "acme.cert-manager.io/v1alpha2", "acme.cert-manager.io/v1"),
  certManager("1.6", "acme.cert-manager.io/v1alpha3", "acme.cert-manager.io/v1"),
  certManager("1.6", "acme.cert-manager.io/v1beta1", "acme.cert-manager.io/v1"),
  // External Secrets; PushSecret alone is still v1alpha1.
  externalSecrets("0.16", "external-secrets.io/v1alpha1"),
  externalSecrets("0.17", "external-secrets.io/v1beta1"),
  // The exact release of these two was not read in a changelog, so they warn.
  {
    apiVersion: "gateway.networking.k8s.io/v1alpha2",
    kinds: ["Gateway", "GatewayClass", "HTTPRoute", "GRPCRoute"],
    by: "Gateway API",
    since: "1.0",
    instead: "gateway.networking.k8s.io/v1",
    severity: "warn",
    source: "https://gateway-api.sigs.k8s.io/concepts/versioning/",
  },
  {
    apiVersion: "traefik.containo.us/v1alpha1",
    by: "Traefik",
    since: "3.0",
    instead: "traefik.io/v1alpha1",
    severity: "warn",
    source: "https://doc.traefik.io/traefik/migrate/v2-to-v3/",
  },
];

/** The removal of an API version, where it is one. */
export function findRemovedApi(apiVersion: string, kind: string): RemovedApi | undefined {
  return removedApis.find((api) => api.apiVersion === apiVersion && (api.kinds?.includes(kind) ?? true));
}

/**
 * Versions whose successor is the same but for its name, by the version that is gone: all kinds, or those named. For
 * Kubernetes where its guide says "no notable changes" (or what changed is a field, which the schema then refuses); for
 * Flux what `flux migrate -f` rewrites, but for templates that name removed fields.
 */
const renamedOnly: Readonly<Record<string, true | readonly string[]>> = {
  "extensions/v1beta1": ["NetworkPolicy"],
  "apps/v1beta2": true,
  "apiregistration.k8s.io/v1beta1": true,
  "coordination.k8s.io/v1beta1": ["Lease"],
  "networking.k8s.io/v1beta1": ["IngressClass"],
  "rbac.authorization.k8s.io/v1beta1": true,
  "scheduling.k8s.io/v1beta1": ["PriorityClass"],
  "storage.k8s.io/v1beta1": [
    "CSIDriver",
    "CSINode",
    "StorageClass",
    "VolumeAttachment",
    "CSIStorageCapacity",
  ],
  "batch/v1beta1": ["CronJob"],
  "autoscaling/v2beta2": true,
  "node.k8s.io/v1beta1": ["RuntimeClass"],
  "source.toolkit.fluxcd.io/v1beta1": true,
  "source.toolkit.fluxcd.io/v1beta2": true,
  "kustomize.toolkit.fluxcd.io/v1beta1": true,
  "kustomize.toolkit.fluxcd.io/v1beta2": true,
  "helm.toolkit.fluxcd.io/v2beta1": true,
  "helm.toolkit.fluxcd.io/v2beta2": true,
  "image.toolkit.fluxcd.io/v1beta1": ["ImageRepository", "ImagePolicy"],
  "image.toolkit.fluxcd.io/v1beta2": ["ImageRepository", "ImagePolicy"],
  "notification.toolkit.fluxcd.io/v1beta1": true,
  "notification.toolkit.fluxcd.io/v1beta2": true,
  "external-secrets.io/v1beta1": true,
};

/** Whether writing the successor's name is all that has to be done. */
export function isRenamedOnly({ apiVersion }: RemovedApi, kind: string): boolean {
  const kinds = renamedOnly[apiVersion];
  return kinds === true || (kinds?.includes(kind) ?? false);
}
