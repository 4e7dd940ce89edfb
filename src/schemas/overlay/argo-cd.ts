import { atLeastOne, atMostOne, defineOverlay, one } from "../overlay.ts";

/** What the packages, at Argo CD 3.3.9, lack: fields of 3.5.1, enums, and what its controllers refuse. */
export default defineOverlay({
  name: "Argo CD",
  version: "3.3.9 + fields of 3.5.1",
  source: "https://github.com/argoproj/argo-cd/tree/v3.5.1/manifests/crds",
  groups: [],
  conditions: {
    "argoproj.io/v1alpha1/Application": {
      "/spec": [
        atLeastOne("source", "sources", "sourceHydrator"),
        // Not on the destination itself, which a project shares and where both may be said.
        atMostOne("destination.server", "destination.name"),
      ],
    },
    "argoproj.io/v1alpha1/ApplicationSet": {
      "/spec/generators/0": [
        atLeastOne(
          "list",
          "clusters",
          "git",
          "scmProvider",
          "clusterDecisionResource",
          "pullRequest",
          "matrix",
          "merge",
          "plugin",
        ),
      ],
    },
  },
  extend: {
    "argoproj.io/v1alpha1/Application": { spec: { source: { helm: { valuesObject: "object" } } } },
    "argoproj.io/v1alpha1/ApplicationSet": {
      spec: {
        strategy: {
          type: one("AllAtOnce", "RollingSync"),
          rollingSync: { steps: { matchExpressions: { operator: one("In", "NotIn") } } },
        },
        syncPolicy: { applicationsSync: one("create-only", "create-update", "create-delete", "sync") },
      },
    },
    "argoproj.io/v1alpha1/AppProject": {
      spec: {
        // Its exact type was not read; what it holds is left unchecked.
        sourceIntegrity: "any",
        // Unlike a retry, a window takes no plain seconds.
        syncWindows: { syncOverrun: "boolean", duration: "go-duration" },
      },
    },
  },
});
