import { defineOverlay, type Fields, like, one } from "../overlay.ts";

const reference: Fields = { name: "string" };
const valuesSecrets: Fields = { name: "string", keys: ["string"], ignoreUpdates: "boolean" };
const failurePolicy = one("reinstall", "abort", "retry");
const serverSide = one("true", "false", "auto");

/** Kinds K3s brings along. Types: pkg/apis of k3s-io/helm-controller and pkg/apis/k3s.cattle.io of k3s-io/k3s. */
export default defineOverlay({
  name: "K3s",
  version: "1.36.3",
  source: "https://github.com/k3s-io/helm-controller/blob/v0.17.7/pkg/apis/helm.cattle.io/v1/types.go",
  groups: ["helm.cattle.io", "k3s.cattle.io"],
  kinds: {
    "helm.cattle.io/v1/HelmChart": {
      spec: {
        targetNamespace: "string",
        createNamespace: "boolean",
        chart: "string",
        version: "string",
        repo: "string",
        repoCA: "string",
        repoCAConfigMap: reference,
        set: { "*": "int-or-string" },
        values: "any",
        valuesContent: "string",
        valuesSecrets: [valuesSecrets],
        helmVersion: "string",
        bootstrap: "boolean",
        takeOwnership: "boolean",
        serverSide,
        forceConflicts: "boolean",
        chartContent: "string",
        jobImage: "string",
        backOffLimit: "integer",
        timeout: "go-duration",
        failurePolicy,
        authSecret: reference,
        authPassCredentials: "boolean",
        insecureSkipTLSVerify: "boolean",
        plainHTTP: "boolean",
        dockerRegistrySecret: reference,
        podSecurityContext: like("v1/Pod", "/spec/securityContext"),
        securityContext: like("v1/Pod", "/spec/containers/0/securityContext"),
        driver: one("secret", "configmap"),
      },
    },
    "helm.cattle.io/v1/HelmChartConfig": {
      spec: {
        values: "any",
        valuesContent: "string",
        valuesSecrets: [valuesSecrets],
        failurePolicy,
        serverSide,
        forceConflicts: "boolean",
      },
    },
    "k3s.cattle.io/v1/Addon": { spec: { source: "string", checksum: "string" } },
    "k3s.cattle.io/v1/ETCDSnapshotFile": {
      spec: {
        "snapshotName!": "string",
        "nodeName!": "string",
        "location!": "string",
        metadata: { "*": "string" },
        s3: {
          endpoint: "string",
          endpointCA: "string",
          skipSSLVerify: "boolean",
          bucket: "string",
          bucketLookup: "string",
          region: "string",
          prefix: "string",
          insecure: "boolean",
        },
      },
    },
  },
});
