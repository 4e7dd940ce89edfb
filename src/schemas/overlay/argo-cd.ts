import { defineOverlay } from "../overlay.ts";

/** Fields Argo CD gained between 3.3.9, which the packages hold, and 3.5.1. */
export default defineOverlay({
  name: "Argo CD",
  version: "3.3.9 + fields of 3.5.1",
  source: "https://github.com/argoproj/argo-cd/tree/v3.5.1/manifests/crds",
  groups: [],
  extend: {
    // Their exact types were not read; what they hold is left unchecked.
    "argoproj.io/v1alpha1/AppProject": {
      spec: { sourceIntegrity: "any", syncWindows: { syncOverrun: "any" } },
    },
  },
});
