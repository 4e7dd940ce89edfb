import { defineOverlay, like } from "../overlay.ts";

const selector = like("apps/v1/Deployment", "/spec/selector");

/** Rancher Fleet. Types: pkg/apis/fleet.cattle.io/v1alpha1. */
export default defineOverlay({
  name: "Rancher Fleet",
  version: "0.16",
  source: "https://github.com/rancher/fleet/tree/main/pkg/apis/fleet.cattle.io/v1alpha1",
  groups: ["fleet.cattle.io"],
  kinds: {
    "fleet.cattle.io/v1alpha1/GitRepo": {
      spec: {
        repo: "string",
        branch: "string",
        revision: "string",
        targetNamespace: "string",
        clientSecretName: "string",
        helmSecretName: "string",
        helmSecretNameForPaths: "string",
        helmRepoURLRegex: "string",
        caBundle: "base64",
        insecureSkipTLSVerify: "boolean",
        paths: ["string"],
        paused: "boolean",
        serviceAccount: "string",
        targets: [
          {
            name: "string",
            clusterName: "string",
            clusterSelector: selector,
            clusterGroup: "string",
            clusterGroupSelector: selector,
          },
        ],
        pollingInterval: "go-duration",
        forceSyncGeneration: "integer",
        imageScanInterval: "go-duration",
        imageScanCommit: { authorName: "string", authorEmail: "string", messageTemplate: "string" },
        keepResources: "boolean",
        deleteNamespace: "boolean",
        correctDrift: { enabled: "boolean", force: "boolean", keepFailHistory: "boolean" },
        disablePolling: "boolean",
        ociRegistry: {
          reference: "string",
          authSecretName: "string",
          basicHTTP: "boolean",
          insecureSkipTLS: "boolean",
        },
        ociRegistrySecret: "string",
        webhookSecret: "string",
        bundles: [{ base: "string", options: "string" }],
      },
    },
    "fleet.cattle.io/v1alpha1/Cluster": {
      spec: {
        paused: "boolean",
        clientID: "string",
        kubeConfigSecret: "string",
        kubeConfigSecretNamespace: "string",
        redeployAgentGeneration: "integer",
        agentEnvVars: like("v1/Pod", "/spec/containers/0/env"),
        agentNamespace: "string",
        privateRepoURL: "string",
        templateValues: "object",
        agentTolerations: like("v1/Pod", "/spec/tolerations"),
        agentAffinity: like("v1/Pod", "/spec/affinity"),
        agentResources: like("v1/Pod", "/spec/containers/0/resources"),
        hostNetwork: "boolean",
        agentSchedulingCustomization: {
          priorityClass: { value: "integer", preemptionPolicy: "string" },
          podDisruptionBudget: { minAvailable: "string", maxUnavailable: "string" },
        },
      },
    },
    "fleet.cattle.io/v1alpha1/ClusterGroup": { spec: { selector } },
  },
});
