import type { Letter } from "../../src/schemas/notation.ts";

export type SchemaPackage = {
  name: string;
  /** The release of the package whose contents were looked at; another one stops the build. */
  version: string;
  /** What is inside, as a report names it. Source: the package's README and go.mod of tommy351/kubernetes-models-ts. */
  upstream: { name: string; version: string };
  /** String fields that hold a duration, a format the packages lost on their way from Go. */
  durations?: { fields: RegExp; letter: Letter };
};

/** Where the field tree comes from. A new release of one is looked at, then its numbers are changed here. */
export const packages: readonly SchemaPackage[] = [
  { name: "kubernetes-models", version: "5.1.0", upstream: { name: "Kubernetes", version: "1.36.0" } },
  {
    name: "@kubernetes-models/argo-cd",
    version: "4.0.0",
    upstream: { name: "Argo CD", version: "3.3.9" },
    durations: { fields: /^(duration|maxDuration)$/, letter: "D" },
  },
  {
    name: "@kubernetes-models/flux-cd",
    version: "4.0.0",
    upstream: { name: "Flux", version: "2.8" },
    durations: { fields: /^(interval|timeout|retryInterval)$/, letter: "d" },
  },
  {
    name: "@kubernetes-models/sealed-secrets",
    version: "6.0.0",
    upstream: { name: "Sealed Secrets", version: "0.36.6" },
  },
  {
    name: "@kubernetes-models/cert-manager",
    version: "6.0.0",
    upstream: { name: "cert-manager", version: "1.20.2" },
    durations: { fields: /^(duration|renewBefore)$/, letter: "g" },
  },
  {
    name: "@kubernetes-models/external-secrets",
    version: "2.0.0",
    upstream: { name: "External Secrets", version: "0.16.2" },
    durations: { fields: /^refreshInterval$/, letter: "g" },
  },
  { name: "@kubernetes-models/kyverno", version: "2.0.0", upstream: { name: "Kyverno", version: "1.18.0" } },
  {
    name: "@kubernetes-models/gateway-api",
    version: "2.0.0",
    upstream: { name: "Gateway API", version: "1.5.1" },
  },
  { name: "@kubernetes-models/cilium", version: "4.0.0", upstream: { name: "Cilium", version: "1.19.3" } },
  {
    name: "@kubernetes-models/prometheus-operator",
    version: "6.0.0",
    upstream: { name: "Prometheus Operator", version: "6.0.0 of @kubernetes-models" },
  },
];
