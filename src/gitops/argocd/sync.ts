import { gitUrl, ringRef } from "#model/bootstrap.ts";
import type { LayOutContext } from "#model/layout.ts";
import { namespace } from "./engine.ts";

/** Names of Secrets that provisioning writes on the device; their values are in no repository. */
export const secretNames = ["fleet-read-only"] as const;

const server = "https://kubernetes.default.svc";

function repository(context: LayOutContext, set: string): string {
  const { decisions, hosts } = context;
  return decisions.delivery.choice === "git" ? gitUrl(context) : `oci://${hosts.registry}/sets/${set}`;
}

/** A project that knows one repository and one cluster: this one. */
export function project(context: LayOutContext) {
  const { decisions } = context;
  const group = (name: string, kinds: string[]) => kinds.map((kind) => ({ group: name, kind }));
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "edge", namespace },
    spec: {
      description: "The fleet's own set, on this cluster only.",
      sourceRepos: sourcesOf(context),
      destinations: namespacesOf(context).map((name) => ({ server, namespace: name })),
      clusterResourceWhitelist: [
        ...group("", ["Namespace"]),
        ...group("rbac.authorization.k8s.io", ["ClusterRole", "ClusterRoleBinding"]),
        ...group("apiextensions.k8s.io", ["CustomResourceDefinition"]),
        ...group("admissionregistration.k8s.io", [
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
        ]),
        ...(decisions.wasm.choice === "none" ? [] : group("node.k8s.io", ["RuntimeClass"])),
        ...(decisions.distribution.choice === "k0s" ? group("storage.k8s.io", ["StorageClass"]) : []),
        ...(decisions.upgrades.choice === "autopilot" ? group("autopilot.k0sproject.io", ["Plan"]) : []),
      ],
    },
  };
}

/** The fleet's own source, and the charts its set installs as child Applications. */
function sourcesOf(context: LayOutContext): string[] {
  const { decisions, hosts, charts } = context;
  return [
    repository(context, "*"),
    // Once as an OCI chart is named in an Application: without its scheme.
    ...(decisions.templating.choice === "helm" ? [`${hosts.registry}/charts`] : []),
    ...(decisions.secrets.choice === "external-secrets" ? [charts["external-secrets"]!.repository] : []),
  ];
}

function namespacesOf({ decisions }: LayOutContext): string[] {
  const upgrades = {
    "system-upgrade-controller": ["system-upgrade"],
    "kairos-nodeop": ["operator-system"],
    autopilot: [],
    "snap-channel": [],
    "image-ab": [],
  }[decisions.upgrades.choice];
  const secrets = {
    sops: [],
    // Its controller runs in edge-system.
    "sealed-secrets": [],
    "external-secrets": ["external-secrets"],
    image: [],
  }[decisions.secrets.choice];
  // Child Applications live beside the first one.
  const children = decisions.templating.choice === "helm" || decisions.secrets.choice === "external-secrets";
  return [
    ...(children ? [namespace] : []),
    "edge-apps",
    "edge-system",
    "edge-devices",
    "kube-system",
    ...(decisions.distribution.choice === "k0s" ? ["local-path-storage"] : []),
    ...upgrades,
    ...secrets,
  ];
}

/** The one Application of a site: its set, as the ring promoted it. */
export function application(context: LayOutContext, { set, ring }: { set: string; ring: string }) {
  const { decisions } = context;
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "fleet", namespace, finalizers: ["resources-finalizer.argocd.argoproj.io"] },
    spec: {
      project: "edge",
      source: {
        repoURL: repository(context, set),
        path: decisions.delivery.choice === "git" ? `sets/${set}` : ".",
        targetRevision: ringRef(context, ring),
      },
      destination: { server, namespace: "edge-apps" },
      syncPolicy: {
        automated: { enabled: true, prune: true, selfHeal: true, allowEmpty: false },
        syncOptions: ["ServerSideApply=true", "PruneLast=true", "ApplyOutOfSyncOnly=true"],
        // A site is offline for hours: never give up.
        retry: { limit: -1, backoff: { duration: "30s", factor: 2, maxDuration: "30m" } },
      },
      revisionHistoryLimit: 3,
    },
  };
}
