import { defineOverlay, type Fields, like, one, type Shape } from "../overlay.ts";

const selector = like("apps/v1/Deployment", "/spec/selector");
const secretOrConfigMap: Fields = { "name!": "string", namespace: "string", key: "string" };
const correctDrift: Fields = { enabled: "boolean", force: "boolean", keepFailHistory: "boolean" };
const bundleState = one("Ready", "NotReady", "WaitApplied", "ErrApplied", "OutOfSync", "Pending", "Modified");

/** Which clusters are meant; the same five ways everywhere. */
const target: Fields = {
  name: "string",
  clusterName: "string",
  clusterSelector: selector,
  clusterGroup: "string",
  clusterGroupSelector: selector,
};
const dependsOn: Shape = [{ name: "string", selector, acceptedStates: [bundleState] }];

const helm: Fields = {
  chart: "string",
  repo: "string",
  releaseName: "string",
  version: "string",
  timeoutSeconds: "integer",
  values: "object",
  templateValues: { "*": "string" },
  valuesFrom: [{ configMapKeyRef: secretOrConfigMap, secretKeyRef: secretOrConfigMap }],
  valuesFiles: ["string"],
  force: "boolean",
  takeOwnership: "boolean",
  maxHistory: "integer",
  waitForJobs: "boolean",
  atomic: "boolean",
  disablePreProcess: "boolean",
  disableDNS: "boolean",
  disableDependencyUpdate: "boolean",
  skipSchemaValidation: "boolean",
};

const options: Fields = {
  defaultNamespace: "string",
  namespace: "string",
  kustomize: { dir: "string" },
  helm,
  serviceAccount: "string",
  forceSyncGeneration: "integer",
  yaml: { overlays: ["string"] },
  diff: {
    comparePatches: [
      {
        kind: "string",
        apiVersion: "string",
        namespace: "string",
        name: "string",
        operations: [{ op: "string", path: "string", value: "string" }],
        jsonPointers: ["string"],
      },
    ],
  },
  keepResources: "boolean",
  deleteNamespace: "boolean",
  deleteCRDResources: "boolean",
  ignore: { conditions: [{ "*": "string" }] },
  correctDrift,
  namespaceLabels: { "*": "string" },
  namespaceAnnotations: { "*": "string" },
  // Read in release notes only; what it holds is left unchecked.
  downstreamResources: "any",
  overwrites: "any",
};

const bundleTarget: Fields = { ...options, ...target, doNotDeploy: "boolean" };

const bundle: Fields = {
  ...options,
  paused: "boolean",
  rolloutStrategy: {
    maxUnavailable: "int-or-string",
    maxUnavailablePartitions: "int-or-string",
    autoPartitionSize: "int-or-string",
    autoPartitionThreshold: "integer",
    partitions: [{ ...target, maxUnavailable: "int-or-string" }],
  },
  resources: [{ name: "string", content: "string", encoding: one("", "base64+gz") }],
  targets: [bundleTarget],
  targetRestrictions: [target],
  dependsOn,
  contentsId: "string",
  valuesHash: "string",
  helmOpOptions: "any",
};

const imageScan: Fields = {
  tagName: "string",
  gitrepoName: "string",
  image: "string",
  interval: "go-duration",
  secretRef: { name: "string" },
  suspend: "boolean",
  policy: { semver: { range: "string" }, alphabetical: { order: "string" } },
};

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
        targets: [target],
        pollingInterval: "go-duration",
        forceSyncGeneration: "integer",
        imageScanInterval: "go-duration",
        imageScanCommit: { authorName: "string", authorEmail: "string", messageTemplate: "string" },
        keepResources: "boolean",
        deleteNamespace: "boolean",
        correctDrift,
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
    "fleet.cattle.io/v1alpha1/Bundle": { "spec!": bundle },
    "fleet.cattle.io/v1alpha1/BundleDeployment": {
      spec: {
        paused: "boolean",
        stagedOptions: options,
        stagedDeploymentID: "string",
        options,
        deploymentID: "string",
        dependsOn,
        correctDrift,
        ociContents: "boolean",
        helmChartOptions: "any",
        valuesHash: "string",
        offSchedule: "boolean",
      },
    },
    "fleet.cattle.io/v1alpha1/HelmOp": {
      spec: {
        ...bundle,
        labels: { "*": "string" },
        helmSecretName: "string",
        insecureSkipTLSVerify: "boolean",
        pollingInterval: "go-duration",
      },
    },
    // The fields of these two stand beside metadata, not below spec.
    "fleet.cattle.io/v1alpha1/GitRepoRestriction": {
      defaultServiceAccount: "string",
      allowedServiceAccounts: ["string"],
      allowedRepoPatterns: ["string"],
      defaultClientSecretName: "string",
      allowedClientSecretNames: ["string"],
      allowedTargetNamespaces: ["string"],
      allowedTargetNamespaceSelector: selector,
    },
    "fleet.cattle.io/v1alpha1/BundleNamespaceMapping": {
      bundleSelector: selector,
      namespaceSelector: selector,
    },
    "fleet.cattle.io/v1alpha1/ImageScan": { spec: imageScan },
    // Known by the name of its file; it has neither apiVersion nor kind.
    "fleet.cattle.io/v1alpha1/fleet.yaml": {
      ...bundle,
      name: "string",
      labels: { "*": "string" },
      targetCustomizations: [bundleTarget],
      imageScans: [{ ...imageScan, name: "string" }],
      overrideTargets: [target],
    },
    "fleet.cattle.io/v1alpha1/ClusterRegistration": {
      spec: { clientID: "string", clientRandom: "string", clusterLabels: { "*": "string" } },
    },
    "fleet.cattle.io/v1alpha1/ClusterRegistrationToken": { spec: { ttl: "go-duration" } },
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
