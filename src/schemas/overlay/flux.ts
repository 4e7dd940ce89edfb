import { atMostOne, defineOverlay, exactlyOne, list, one, unless, when } from "../overlay.ts";

const crds = one("Skip", "Create", "CreateReplace");
const serverSideApply = one("enabled", "disabled", "auto");
/** A retry has its own interval only where retrying is the strategy. */
const retry = [unless("name", ["RetryOnFailure"], { never: ["retryInterval"] })];
const kubeConfig = [exactlyOne("configMapRef", "secretRef")];
/** Providers of notifications that know commits, and so may have a status on one. */
const gitProviders = [
  "github",
  "gitlab",
  "gitea",
  "bitbucketserver",
  "bitbucket",
  "azuredevops",
  "githubpullrequestcomment",
  "gitlabmergerequestcomment",
  "giteapullrequestcomment",
];

/**
 * What the packages, at Flux 2.8, lack: fields of 2.9, read in its release notes and API pages, and which fields go together.
 */
export default defineOverlay({
  name: "Flux",
  version: "2.8 + fields of 2.9",
  source: "https://fluxcd.io/flux/components/",
  groups: [],
  // The default is cosign.
  optional: {
    "helm.toolkit.fluxcd.io/v2/HelmRelease": ["/spec/chart/spec/verify/provider"],
    "source.toolkit.fluxcd.io/v1/HelmChart": ["/spec/verify/provider"],
    "source.toolkit.fluxcd.io/v1/OCIRepository": ["/spec/verify/provider"],
  },
  // x-kubernetes-validations of the CRDs, as far as they say which fields go together.
  conditions: {
    "helm.toolkit.fluxcd.io/v2/HelmRelease": {
      "/spec": [exactlyOne("chart", "chartRef")],
      "/spec/install/strategy": retry,
      "/spec/upgrade/strategy": retry,
      "/spec/kubeConfig": kubeConfig,
    },
    "source.toolkit.fluxcd.io/v1/GitRepository": {
      "/spec": [unless("provider", ["azure", "aws"], { never: ["serviceAccountName"] })],
    },
    "source.toolkit.fluxcd.io/v1/Bucket": {
      "/spec": [
        unless("provider", ["aws", "generic", null], { never: ["sts"] }),
        when("provider", ["generic", null], { never: ["serviceAccountName"] }),
        atMostOne("secretRef", "serviceAccountName"),
      ],
      "/spec/sts": [when("provider", ["aws"], { never: ["secretRef", "certSecretRef"] })],
    },
    "source.toolkit.fluxcd.io/v1/OCIRepository": {
      "/spec": [
        when("credential", ["ServiceAccountToken"], { need: ["audiences"] }),
        when("credential", [null], { never: ["audiences"] }),
        when("provider", ["aws", "azure", "gcp"], { never: ["credential"] }),
      ],
    },
    "image.toolkit.fluxcd.io/v1/ImagePolicy": {
      "/spec": [
        when("digestReflectionPolicy", ["Always"], { need: ["interval"] }),
        unless("digestReflectionPolicy", ["Always"], { never: ["interval"] }),
      ],
      "/spec/policy": [exactlyOne("semver", "alphabetical", "numerical")],
    },
    "notification.toolkit.fluxcd.io/v1beta3/Provider": {
      "/spec": [unless("type", gitProviders, { never: ["commitStatusExpr"] })],
    },
  },
  kinds: {
    "source.extensions.fluxcd.io/v1beta1/ArtifactGenerator": {
      "spec!": {
        commonMetadata: { labels: { "*": "string" }, annotations: { "*": "string" } },
        serviceAccountName: "string",
        pathPattern: "string",
        namespaces: { "strategy!": one("Unmanaged", "Managed"), prune: "boolean", metadata: "object" },
        "sources!": [
          {
            "alias!": "string",
            "kind!": one("Bucket", "GitRepository", "OCIRepository", "HelmChart", "ExternalArtifact"),
            "name!": "string",
            namespace: "string",
          },
        ],
        "artifacts!": [
          {
            "name!": "string",
            namespace: "string",
            inputsFrom: "string",
            revision: "string",
            originRevision: "string",
            "copy!": [
              {
                "from!": "string",
                "to!": "string",
                exclude: ["string"],
                strategy: one("Overwrite", "Merge", "Extract"),
                optional: "boolean",
              },
            ],
          },
        ],
      },
    },
  },
  extend: {
    "kustomize.toolkit.fluxcd.io/v1/Kustomization": {
      spec: {
        // Its exact type was not read; what it holds is left unchecked.
        ignore: "any",
        buildMetadata: [one("originAnnotations", "transformerAnnotations", "managedByLabel")],
        postBuild: { substituteStrategy: "string" },
      },
    },
    "source.toolkit.fluxcd.io/v1/GitRepository": {
      spec: {
        provider: one("aws"),
        // Enums the packages lost on their way from Go; here and below they are those of the CRDs of 2.7.
        verify: { mode: one("head", "HEAD", "Tag", "TagAndHEAD") },
      },
    },
    "source.toolkit.fluxcd.io/v1/OCIRepository": {
      spec: { credential: one("ServiceAccountToken"), audiences: ["string"] },
    },
    "image.toolkit.fluxcd.io/v1/ImageRepository": { spec: { exclusionList: list("string", null, 25) } },
    "helm.toolkit.fluxcd.io/v2/HelmRelease": {
      spec: {
        driftDetection: { mode: one("enabled", "warn", "disabled") },
        install: { crds },
        upgrade: {
          chartNameChangeStrategy: one("InPlaceUpdate", "Reinstall"),
          crds,
          serverSideApply,
          remediation: { strategy: one("rollback", "uninstall") },
        },
        rollback: { serverSideApply },
        waitStrategy: { name: one("poller", "legacy") },
        // Its exact type was not read; what it holds is left unchecked.
        valuesFrom: { literal: "any" },
      },
    },
    // The operator raises events of its own.
    "notification.toolkit.fluxcd.io/v1beta3/Alert": {
      spec: {
        eventSources: {
          kind: one(
            "ArtifactGenerator",
            "ExternalArtifact",
            "FluxInstance",
            "ResourceSet",
            "ResourceSetInputProvider",
          ),
        },
      },
    },
  },
});
