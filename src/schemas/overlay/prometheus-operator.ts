import { defineOverlay, type Fields, list, one } from "../overlay.ts";

const matchType: Fields = { matchType: one("!=", "=", "=~", "!~") };

/** Enums the packages lost on their way from Go; they are those of its CRDs. */
export default defineOverlay({
  name: "Prometheus Operator",
  version: "6.0.0 of @kubernetes-models",
  source: "https://prometheus-operator.dev/docs/api-reference/api/",
  groups: [],
  extend: {
    "monitoring.coreos.com/v1alpha1/AlertmanagerConfig": {
      spec: { route: { matchers: matchType }, inhibitRules: { sourceMatch: matchType } },
    },
    "monitoring.coreos.com/v1/Alertmanager": {
      spec: {
        alertmanagerConfigMatcherStrategy: {
          type: one("OnNamespace", "OnNamespaceExceptForAlertmanagerNamespace", "None"),
        },
      },
    },
    "monitoring.coreos.com/v1/Prometheus": {
      spec: { shardRetentionPolicy: { whenScaled: one("Retain", "Delete") } },
    },
    "monitoring.coreos.com/v1/Probe": {
      spec: { params: list({ "name!": "string", values: list("string", 1) }, 1) },
    },
  },
});
