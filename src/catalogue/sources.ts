import type { Source } from "#model/decision.ts";

const k3s = "https://docs.k3s.io";
const k0s = "https://docs.k0sproject.io/stable";

/** The pages decisions rest on, each named once; `title` is what a reader sees. */
export const sources = {
  k3sRequirements: { title: "K3s requirements", url: `${k3s}/installation/requirements` },
  k3sProfiling: { title: "K3s resource profiling", url: `${k3s}/reference/resource-profiling` },
  k3sDatastore: { title: "K3s cluster datastore", url: `${k3s}/datastore` },
  k3sEtcd: { title: "K3s high availability with embedded etcd", url: `${k3s}/datastore/ha-embedded` },
  k3sBackup: { title: "K3s backup and restore", url: `${k3s}/datastore/backup-restore` },
  k3sMulticloud: {
    title: "K3s distributed and multicloud clusters",
    url: `${k3s}/networking/distributed-multicloud`,
  },
  k3sNetwork: { title: "K3s basic network options", url: `${k3s}/networking/basic-network-options` },
  k3sCertificates: { title: "K3s certificates", url: `${k3s}/cli/certificate` },
  k3sSecrets: { title: "K3s secrets encryption", url: `${k3s}/security/secrets-encryption` },
  k3sHardening: { title: "K3s hardening guide", url: `${k3s}/security/hardening-guide` },
  k3sUpgrades: { title: "K3s automated upgrades", url: `${k3s}/upgrades/automated` },
  k3sAirGap: { title: "K3s air-gap install", url: `${k3s}/installation/airgap` },
  k3sSpegel: { title: "K3s embedded registry mirror", url: `${k3s}/installation/registry-mirror` },
  k3sRegistry: { title: "K3s private registry", url: `${k3s}/installation/private-registry` },
  k3sWasm: {
    title: "K3s container runtimes it detects",
    url: "https://github.com/k3s-io/k3s/blob/main/pkg/agent/containerd/runtimes.go",
  },
  k3sFlags: { title: "K3s server flags", url: `${k3s}/cli/server` },
  k3sRelease: { title: "K3s release workflow", url: "https://github.com/k3s-io/k3s" },
  k0sRequirements: { title: "k0s system requirements", url: `${k0s}/system-requirements/` },
  k0sInstall: { title: "k0s manual install", url: `${k0s}/install/` },
  k0sAutopilot: { title: "k0s Autopilot", url: `${k0s}/autopilot/` },
  k0sStorage: { title: "k0s configuration, storage", url: `${k0s}/configuration/` },
  k0sNetwork: { title: "k0s networking", url: `${k0s}/networking/` },
  k0sBackup: { title: "k0s backup and restore", url: `${k0s}/backup/` },
  k0smotron: { title: "k0smotron", url: "https://github.com/k0sproject/k0smotron" },
  microk8sStart: { title: "MicroK8s getting started", url: "https://microk8s.io/docs/getting-started" },
  microk8s: { title: "MicroK8s", url: "https://github.com/canonical/microk8s" },
  canonicalK8s: {
    title: "Canonical Kubernetes 1.36 release notes",
    url: "https://github.com/canonical/k8s-snap",
  },
  kairosQuickstart: { title: "Kairos quickstart", url: "https://kairos.io/quickstart/" },
  kairosEncryption: {
    title: "Kairos partition encryption",
    url: "https://kairos.io/docs/advanced/partition_encryption/",
  },
  kairosTrustedBoot: {
    title: "Kairos Trusted Boot",
    url: "https://kairos.io/docs/installation/trustedboot/",
  },
  kairosRaspberry: { title: "Kairos on Raspberry Pi", url: "https://kairos.io/docs/installation/raspberry/" },
  kairosOperator: { title: "Kairos operator", url: "https://github.com/kairos-io/kairos-operator" },
  kairosInstall: {
    title: "Kairos automated install",
    url: "https://kairos.io/docs/installation/automated/",
  },
  talos: { title: "Talos system requirements", url: "https://github.com/siderolabs/docs" },
  suseEdge: { title: "SUSE Edge 3.6 documentation", url: "https://documentation.suse.com/suse-edge/" },
  elemental: { title: "Elemental authentication", url: "https://github.com/rancher/elemental-docs" },
  flatcar: { title: "Flatcar LUKS", url: "https://www.flatcar.org/docs/latest/" },
  ubuntuCore: {
    title: "Ubuntu Core full disk encryption",
    url: "https://github.com/canonical/ubuntu-core-docs",
  },
  bottlerocket: { title: "Bottlerocket", url: "https://github.com/bottlerocket-os/bottlerocket" },
  debian: { title: "Debian ports", url: "https://www.debian.org/ports/" },
  ubuntu: { title: "Ubuntu release cycle", url: "https://ubuntu.com/about/release-cycle" },
  metal3: { title: "Metal3 supported hardware", url: "https://github.com/metal3-io/metal3-docs" },
  tinkerbell: { title: "Tinkerbell", url: "https://github.com/tinkerbell/tinkerbell" },
  fdo: { title: "go-fdo-server", url: "https://github.com/fido-device-onboard/go-fdo-server" },
  systemUpgrade: {
    title: "system-upgrade-controller",
    url: "https://github.com/rancher/system-upgrade-controller",
  },
  argocd: { title: "Argo CD v3.5.1 manifests", url: "https://github.com/argoproj/argo-cd/tree/v3.5.1" },
  argocdOperator: {
    title: "OpenShift GitOps operator defaults",
    url: "https://github.com/redhat-developer/gitops-operator",
  },
  argocdSecrets: {
    title: "Argo CD secret management",
    url: "https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/",
  },
  argocdAgent: { title: "argocd-agent", url: "https://github.com/argoproj-labs/argocd-agent" },
  argocdScale: { title: "CNOE Argo CD scalability test", url: "https://cnoe.io/blog" },
  flux: { title: "Flux v2.9.4", url: "https://github.com/fluxcd/flux2/tree/v2.9.4" },
  fluxBenchmark: {
    title: "Flux benchmark",
    url: "https://github.com/fluxcd/flux-benchmark/blob/main/RESULTS.md",
  },
  fluxSops: { title: "Flux and SOPS", url: "https://fluxcd.io/flux/guides/mozilla-sops/" },
  fluxOci: {
    title: "Flux OCI repositories",
    url: "https://fluxcd.io/flux/components/source/ocirepositories/",
  },
  githubLimits: {
    title: "GitHub repository limits",
    url: "https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits",
  },
  sealedSecrets: { title: "Sealed Secrets", url: "https://github.com/bitnami-labs/sealed-secrets" },
  externalSecrets: {
    title: "External Secrets Operator v2.9.0",
    url: "https://github.com/external-secrets/external-secrets",
  },
  fleet: { title: "Rancher Fleet", url: "https://github.com/rancher/fleet-docs" },
  spinShim: {
    title: "containerd-shim-spin v0.24.0",
    url: "https://github.com/spinframework/containerd-shim-spin",
  },
  shimManager: {
    title: "runtime-class-manager",
    url: "https://github.com/spinframework/runtime-class-manager",
  },
  istio: { title: "Istio 1.30.3 charts", url: "https://github.com/istio/istio/tree/1.30.3" },
  linkerdBenchmark: {
    title: "Linkerd and Istio benchmark, 2021",
    url: "https://linkerd.io/2021/05/27/linkerd-vs-istio-benchmarks/",
  },
  longhorn: { title: "Longhorn 1.13 best practices", url: "https://longhorn.io/docs/1.13.0/best-practices/" },
  kubePrometheus: {
    title: "kube-prometheus manifests",
    url: "https://github.com/prometheus-operator/kube-prometheus",
  },
  alloy: {
    title: "Grafana Alloy resource estimate",
    url: "https://grafana.com/docs/alloy/latest/set-up/estimate-resource-usage/",
  },
  kubeVip: { title: "kube-vip", url: "https://kube-vip.io/" },
  kubeadm: {
    title: "kubeadm requirements",
    url: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/",
  },
  imageTags: { title: "Kubernetes images", url: "https://kubernetes.io/docs/concepts/containers/images/" },
  kustomize: { title: "Kustomize", url: "https://kubectl.docs.kubernetes.io/references/kustomize/" },
  helm: { title: "Helm", url: "https://helm.sh/docs/" },
  /** Our engineering judgement; never called anything else. */
  judgement: { title: "Edgewright catalogue (engineering judgement)" },
} as const satisfies Record<string, Source>;
