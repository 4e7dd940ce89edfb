/**
 * Keys of a launch configuration, format 0.1.0 to 0.2.0. `strings`: a map of options, where null removes one.
 * Source: https://github.com/canonical/microk8s-cluster-agent pkg/k8sinit, read 2026-11-20.
 */
export const launchKeys: Readonly<Record<string, "string" | "strings" | "list" | "object">> = {
  version: "string",
  addonRepositories: "list",
  addons: "list",
  extraKubeletArgs: "strings",
  extraKubeAPIServerArgs: "strings",
  extraKubeProxyArgs: "strings",
  extraKubeControllerManagerArgs: "strings",
  extraKubeSchedulerArgs: "strings",
  extraKubeliteEnv: "strings",
  extraSANs: "list",
  containerdRegistryConfigs: "strings",
  extraContainerdArgs: "strings",
  extraContainerdEnv: "strings",
  extraDqliteArgs: "strings",
  extraDqliteEnv: "strings",
  extraMicroK8sClusterAgentArgs: "strings",
  extraMicroK8sClusterAgentEnv: "strings",
  extraMicroK8sAPIServerProxyArgs: "strings",
  extraMicroK8sAPIServerProxyEnv: "strings",
  extraEtcdArgs: "strings",
  extraEtcdEnv: "strings",
  extraFlanneldArgs: "strings",
  extraFlanneldEnv: "strings",
  extraConfigFiles: "strings",
  persistentClusterToken: "string",
  join: "object",
  extraCNIEnv: "strings",
  extraFIPSEnv: "strings",
};

/** Addons of the core repository. Source: addons.yaml of https://github.com/canonical/microk8s-core-addons, read 2026-11-20. */
export const coreAddons = [
  "dns",
  "rbac",
  "ingress",
  "hostpath-storage",
  "storage",
  "registry",
  "metrics-server",
  "nvidia",
  "gpu",
  "helm",
  "helm3",
  "metallb",
  "host-access",
  "ha-cluster",
  "mayastor",
  "prometheus",
  "observability",
  "community",
  "cert-manager",
  "kube-ovn",
  "minio",
  "cis-hardening",
  "rook-ceph",
] as const;

/** Addons that need `microk8s enable community` first. Source: addons.yaml of https://github.com/canonical/microk8s-community-addons, read 2026-11-20. */
export const communityAddons = [
  "microcks",
  "dashboard-ingress",
  "istio",
  "knative",
  "fluentd",
  "jaeger",
  "linkerd",
  "cilium",
  "multus",
  "nfs",
  "portainer",
  "traefik",
  "keda",
  "openfaas",
  "openebs",
  "kata",
  "inaccel",
  "trivy",
  "argocd",
  "osm-edge",
  "sosivio",
  "kwasm",
  "gopaddle",
  "parking",
  "easyhaproxy",
  "shifu",
  "kubearmor",
  "falco",
  "cloudnative-pg",
  "ngrok",
  "stunner",
  "sriov-device-plugin",
  "amd",
  "forgejo",
] as const;

/** Names that still work, and what they mean today. Source: addons.yaml of the core repository, same day. */
export const addonAliases: Readonly<Record<string, string>> = {
  storage: "hostpath-storage",
  gpu: "nvidia",
  helm: "helm3",
};

/** Addons that were there and are not any more. Source: history of the core repository, May 2026. */
export const removedAddons: Readonly<Record<string, string>> = { dashboard: "1.36" };
