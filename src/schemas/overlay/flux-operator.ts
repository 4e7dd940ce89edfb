import { defineOverlay, type Fields, one, pattern, unless, when } from "../overlay.ts";

const commonMetadata: Fields = { labels: { "*": "string" }, annotations: { "*": "string" } };
const reference: Fields = { "name!": "string" };
const azureDevOps = ["AzureDevOpsBranch", "AzureDevOpsTag", "AzureDevOpsPullRequest"];
const cloudRegistries = ["ACRArtifactTag", "ECRArtifactTag", "GARArtifactTag"];
const inputType = one(
  "Static",
  "GitHubBranch",
  "GitHubTag",
  "GitHubPullRequest",
  "GitLabBranch",
  "GitLabTag",
  "GitLabMergeRequest",
  "GitLabEnvironment",
  ...azureDevOps,
  "GiteaBranch",
  "GiteaTag",
  "GiteaPullRequest",
  "OCIArtifactTag",
  ...cloudRegistries,
  "ExternalService",
);

/** Kinds of the Flux Operator. Types: api/v1. */
export default defineOverlay({
  name: "Flux Operator",
  version: "0.58.1",
  source: "https://github.com/controlplaneio-fluxcd/flux-operator/tree/v0.58.1/api/v1",
  groups: ["fluxcd.controlplane.io"],
  // x-kubernetes-validations of the CRD; those that look into an address are left out.
  conditions: {
    "fluxcd.controlplane.io/v1/ResourceSetInputProvider": {
      "/spec": [
        when("type", ["Static"], { never: ["url"] }),
        unless("type", ["Static"], { need: ["url"] }),
        unless("type", [...azureDevOps, ...cloudRegistries, "OCIArtifactTag"], {
          never: ["serviceAccountName"],
        }),
        when("type", [...azureDevOps, ...cloudRegistries], { never: ["certSecretRef"] }),
        when("type", cloudRegistries, { never: ["secretRef"] }),
      ],
    },
  },
  kinds: {
    "fluxcd.controlplane.io/v1/FluxInstance": {
      "spec!": {
        "distribution!": {
          "version!": "string",
          "registry!": "string",
          variant: one("upstream-alpine", "enterprise-alpine", "enterprise-distroless"),
          artifact: pattern("^oci://.*$"),
          artifactPullSecret: "string",
          imagePullSecret: "string",
        },
        components: [
          one(
            "source-controller",
            "kustomize-controller",
            "helm-controller",
            "notification-controller",
            "image-reflector-controller",
            "image-automation-controller",
            "source-watcher",
          ),
        ],
        cluster: {
          domain: "string",
          networkPolicy: "boolean",
          multitenant: "boolean",
          multitenantWorkloadIdentity: "boolean",
          tenantDefaultServiceAccount: "string",
          tenantDefaultDecryptionServiceAccount: "string",
          tenantDefaultKubeConfigServiceAccount: "string",
          objectLevelWorkloadIdentity: "boolean",
          type: one("kubernetes", "openshift", "aws", "azure", "gcp"),
          size: one("small", "medium", "large"),
        },
        sharding: { key: "string", "shards!": ["string"], storage: one("ephemeral", "persistent") },
        storage: { "class!": "string", "size!": "quantity" },
        commonMetadata,
        kustomize: {
          patches: [
            {
              "patch!": "string",
              target: {
                group: "string",
                version: "string",
                kind: "string",
                name: "string",
                namespace: "string",
                labelSelector: "string",
                annotationSelector: "string",
              },
            },
          ],
        },
        wait: "boolean",
        migrateResources: "boolean",
        sync: {
          name: "string",
          interval: "duration",
          "kind!": one("OCIRepository", "GitRepository", "Bucket"),
          "url!": "string",
          "ref!": "string",
          "path!": "string",
          pullSecret: "string",
          provider: one("generic", "aws", "azure", "gcp", "github"),
        },
      },
    },
    // Written by the operator; nothing in it is for people to set.
    "fluxcd.controlplane.io/v1/FluxReport": { spec: "object" },
    "fluxcd.controlplane.io/v1/ResourceSet": {
      spec: {
        commonMetadata,
        dependsOn: [
          {
            "apiVersion!": "string",
            "kind!": "string",
            "name!": "string",
            namespace: "string",
            ready: "boolean",
            readyExpr: "string",
          },
        ],
        inputs: [{ "*": "any" }],
        inputsFrom: [
          {
            apiVersion: "string",
            kind: one("ResourceSetInputProvider"),
            name: "string",
            selector: "object",
          },
        ],
        inputStrategy: { name: one("Flatten", "Permute") },
        resources: "any",
        resourcesTemplate: "string",
        steps: "any",
        serviceAccountName: "string",
        wait: "boolean",
      },
    },
    "fluxcd.controlplane.io/v1/ResourceSetInputProvider": {
      "spec!": {
        "type!": inputType,
        url: pattern("^((http|https|oci)://.*){0,1}$"),
        serviceAccountName: "string",
        secretRef: reference,
        certSecretRef: reference,
        insecure: "boolean",
        defaultValues: { "*": "any" },
        filter: {
          includeBranch: "string",
          excludeBranch: "string",
          includeTag: "string",
          excludeTag: "string",
          includeEnvironment: "string",
          excludeEnvironment: "string",
          labels: ["string"],
          limit: "integer",
          semver: "string",
        },
        skip: { labels: ["string"] },
        schedule: [{ "cron!": "string", timeZone: "string", window: "go-duration" }],
      },
    },
  },
});
