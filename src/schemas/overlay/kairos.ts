import { defineOverlay, like } from "../overlay.ts";

/** Image upgrades of Kairos nodes. */
export default defineOverlay({
  name: "Kairos operator",
  version: "v1alpha1",
  source: "https://kairos.io/docs/upgrade/kairos-operator/",
  groups: ["operator.kairos.io"],
  kinds: {
    "operator.kairos.io/v1alpha1/NodeOpUpgrade": {
      "spec!": {
        "image!": "string",
        imagePullSecrets: like("v1/Pod", "/spec/imagePullSecrets"),
        nodeSelector: like("apps/v1/Deployment", "/spec/selector"),
        concurrency: "integer",
        stopOnFailure: "boolean",
        upgradeActive: "boolean",
        upgradeRecovery: "boolean",
        force: "boolean",
      },
    },
  },
});
