import { defineOverlay, one } from "../overlay.ts";

/** Fields of Flux 2.9 that the packages, at 2.8, do not have yet. Read in the release notes and API pages of 2.9. */
export default defineOverlay({
  name: "Flux",
  version: "2.8 + fields of 2.9",
  source: "https://fluxcd.io/flux/components/",
  groups: [],
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
    // Their exact types were not read; what they hold is left unchecked.
    "kustomize.toolkit.fluxcd.io/v1/Kustomization": {
      spec: { ignore: "any", buildMetadata: "any", postBuild: { substituteStrategy: "string" } },
    },
    "helm.toolkit.fluxcd.io/v2/HelmRelease": {
      spec: { upgrade: { chartNameChangeStrategy: one("InPlaceUpdate", "Reinstall") } },
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
