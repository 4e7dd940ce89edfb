import type { Chart, Image } from "#model/layout.ts";

/**
 * Container images a fleet repository may name, each with an exact tag and the page the tag was read on. Digests are
 * pinned by the team's own CI, because a digest that was not looked up in a registry must not be claimed.
 *
 * Tags seen in use by others in November 2026: Flux 2.9.4 (source 1.9.4, kustomize 1.9.4, helm 1.6.3, notification 1.9.3)
 * with Flux Operator 0.58.0, Argo CD 3.5.1 with chart 10.4.0, zot 2.1.15, vmagent 1.135.0, Fluent Bit 4.2.2,
 * local-path-provisioner 0.0.36, wasi-demo-app 0.0.1; the Kairos operator's 0.1.0 in its own chart. Not seen beyond the
 * page named: Redis of Argo CD's chart, kube-vip, Spegel, the Spin sample, the NVIDIA plugin, curl, busybox.
 */
export const images = {
  "edge-app": {
    image: "cr.fluentbit.io/fluent/fluent-bit:4.2.2",
    source: "https://docs.fluentbit.io/manual/installation/downloads/docker",
  },
  "metrics-agent": {
    image: "docker.io/victoriametrics/vmagent:v1.135.0",
    source: "https://docs.victoriametrics.com/victoriametrics/vmagent/",
  },
  "metrics-store": {
    image: "docker.io/victoriametrics/victoria-metrics:v1.135.0",
    source: "https://docs.victoriametrics.com/victoriametrics/single-server-victoriametrics/",
  },
  heartbeat: {
    image: "docker.io/curlimages/curl:8.16.0",
    source: "https://github.com/curl/curl-container",
  },
  busybox: {
    image: "docker.io/library/busybox:1.37.0",
    source: "https://github.com/docker-library/official-images/blob/master/library/busybox",
  },
  kubectl: { image: "docker.io/rancher/kubectl:v1.36.2", source: "https://github.com/rancher/kubectl" },
  "site-registry": {
    image: "ghcr.io/project-zot/zot:v2.1.15",
    source: "https://zotregistry.dev/v2.1.15/articles/mirroring/",
  },
  "kube-vip": { image: "ghcr.io/kube-vip/kube-vip:v1.0.1", source: "https://kube-vip.io/docs/usage/k3s/" },
  spegel: { image: "ghcr.io/spegel-org/spegel:v0.7.4", source: "https://spegel.dev/docs/getting-started/" },
  "sealed-secrets": {
    image: "docker.io/bitnami/sealed-secrets-controller:0.37.0",
    source: "https://github.com/bitnami-labs/sealed-secrets/releases",
  },
  "external-secrets": {
    image: "ghcr.io/external-secrets/external-secrets:v2.9.0",
    source: "https://github.com/external-secrets/external-secrets/releases/tag/v2.9.0",
  },
  "system-upgrade-controller": {
    image: "docker.io/rancher/system-upgrade-controller:v0.20.1",
    source: "https://github.com/rancher/system-upgrade-controller/releases/tag/v0.20.1",
  },
  "k3s-upgrade": {
    image: "docker.io/rancher/k3s-upgrade:v1.36.2-k3s1",
    source: "https://docs.k3s.io/upgrades/automated",
  },
  "flux-operator": {
    image: "ghcr.io/controlplaneio-fluxcd/flux-operator:v0.58.0",
    source: "https://github.com/controlplaneio-fluxcd/flux-operator/releases/tag/v0.58.0",
  },
  "flux-source-controller": {
    image: "ghcr.io/fluxcd/source-controller:v1.9.4",
    source: "https://github.com/fluxcd/flux2/releases/tag/v2.9.4",
  },
  "flux-kustomize-controller": {
    image: "ghcr.io/fluxcd/kustomize-controller:v1.9.4",
    source: "https://github.com/fluxcd/flux2/releases/tag/v2.9.4",
  },
  "flux-helm-controller": {
    image: "ghcr.io/fluxcd/helm-controller:v1.6.3",
    source: "https://github.com/fluxcd/flux2/releases/tag/v2.9.4",
  },
  "flux-notification-controller": {
    image: "ghcr.io/fluxcd/notification-controller:v1.9.3",
    source: "https://github.com/fluxcd/flux2/releases/tag/v2.9.4",
  },
  argocd: {
    image: "quay.io/argoproj/argocd:v3.5.1",
    source: "https://github.com/argoproj/argo-cd/releases/tag/v3.5.1",
  },
  "argocd-redis": {
    image: "public.ecr.aws/docker/library/redis:8.2.3-alpine",
    source: "https://github.com/argoproj/argo-cd/blob/v3.5.1/manifests/core-install.yaml",
  },
  "kairos-operator": {
    image: "quay.io/kairos/operator:v0.1.0",
    source: "https://github.com/kairos-io/kairos-operator/blob/main/charts/kairos-operator/values.yaml",
  },
  "kairos-node-labeler": {
    image: "quay.io/kairos/operator-node-labeler:v0.1.0",
    source: "https://github.com/kairos-io/kairos-operator/blob/main/charts/kairos-operator/values.yaml",
  },
  "nvidia-device-plugin": {
    image: "nvcr.io/nvidia/k8s-device-plugin:v0.17.4",
    source: "https://github.com/NVIDIA/k8s-device-plugin/releases/tag/v0.17.4",
  },
  /** Run by a Spin shim; the team replaces it by its own module. */
  "wasm-sample": {
    image: "ghcr.io/spinkube/containerd-shim-spin/examples/spin-rust-hello:v0.15.1",
    source: "https://www.spinkube.dev/docs/install/quickstart/",
  },
  /** Names the demo of runwasi, for wasmtime and WasmEdge. */
  "wasm-demo": {
    image: "ghcr.io/containerd/runwasi/wasi-demo-app:v0.0.1",
    source: "https://github.com/containerd/runwasi",
  },
  "local-path-provisioner": {
    image: "docker.io/rancher/local-path-provisioner:v0.0.36",
    source: "https://github.com/rancher/local-path-provisioner/releases/tag/v0.0.36",
  },
} as const satisfies Readonly<Record<string, Image>>;

/** Helm charts a fleet repository may name, each with an exact version. */
export const charts = {
  "flux-operator": {
    chart: "flux-operator",
    repository: "oci://ghcr.io/controlplaneio-fluxcd/charts",
    version: "0.58.0",
    source: "https://fluxoperator.dev/docs/guides/install/",
  },
  "argo-cd": {
    chart: "argo-cd",
    repository: "https://argoproj.github.io/argo-helm",
    version: "10.4.0",
    source: "https://github.com/argoproj/argo-helm/releases/tag/argo-cd-10.4.0",
  },
  "sealed-secrets": {
    chart: "sealed-secrets",
    repository: "https://bitnami-labs.github.io/sealed-secrets",
    version: "2.18.6",
    source: "https://github.com/bitnami-labs/sealed-secrets/releases/tag/helm-v2.18.6",
  },
  "external-secrets": {
    chart: "external-secrets",
    repository: "https://charts.external-secrets.io",
    version: "2.9.0",
    source: "https://external-secrets.io/latest/introduction/getting-started/",
  },
  "kairos-operator": {
    chart: "kairos-operator",
    repository: "oci://ghcr.io/kairos-io/helm-charts",
    version: "0.1.0",
    source: "https://github.com/kairos-io/kairos-operator/blob/main/charts/kairos-operator/Chart.yaml",
  },
  spegel: {
    chart: "spegel",
    repository: "oci://ghcr.io/spegel-org/helm-charts",
    version: "0.7.4",
    source: "https://spegel.dev/docs/getting-started/",
  },
} as const satisfies Readonly<Record<string, Chart>>;
