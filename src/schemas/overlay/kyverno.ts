import { defineOverlay, exactlyOne, type Fields, one } from "../overlay.ts";

const operations: Fields = { resources: { operations: [one("CREATE", "CONNECT", "UPDATE", "DELETE")] } };
const policy: Fields = {
  spec: {
    validationFailureAction: one("audit", "enforce", "Audit", "Enforce"),
    validationFailureActionOverrides: { action: one("audit", "enforce", "Audit", "Enforce") },
    rules: {
      match: { any: operations, all: operations, ...operations },
      validate: { podSecurity: { level: one("privileged", "baseline", "restricted") } },
    },
  },
};
/** A rule does one thing. */
const conditions = { "/spec/rules/0": [exactlyOne("mutate", "validate", "generate", "verifyImages")] };

/** Enums the packages lost on their way from Go. Source: api/kyverno of kyverno/kyverno and its CRDs. */
export default defineOverlay({
  name: "Kyverno",
  version: "1.18.0",
  source: "https://kyverno.io/docs/crds/",
  groups: [],
  conditions: { "kyverno.io/v1/ClusterPolicy": conditions },
  extend: { "kyverno.io/v1/ClusterPolicy": policy, "kyverno.io/v2beta1/ClusterPolicy": policy },
});
