import { between, defineOverlay, like } from "../overlay.ts";

const resources = like("v1/Pod", "/spec/containers/0/resources");

/** Image upgrades of Kairos nodes. Type: api/v1alpha1/nodeopupgrade_types.go. */
export default defineOverlay({
  name: "Kairos operator",
  version: "v1alpha1",
  source: "https://github.com/kairos-io/kairos-operator/blob/main/api/v1alpha1/nodeopupgrade_types.go",
  groups: ["operator.kairos.io"],
  kinds: {
    "operator.kairos.io/v1alpha1/NodeOpUpgrade": {
      "spec!": {
        "image!": "string",
        imagePullSecrets: like("v1/Pod", "/spec/imagePullSecrets"),
        nodeSelector: like("apps/v1/Deployment", "/spec/selector"),
        concurrency: between(0, null),
        stopOnFailure: "boolean",
        upgradeActive: "boolean",
        upgradeRecovery: "boolean",
        force: "boolean",
        debug: "boolean",
        uncordonOnFailure: "boolean",
        excludePaths: ["string"],
        resources,
        preflightResources: resources,
        rebootResources: resources,
      },
    },
  },
});
