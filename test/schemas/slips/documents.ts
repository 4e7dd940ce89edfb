/**
 * Faults as people and models make them, written from experience and documentation, never from the tree: what is wrong, the
 * document in short, and where the fault is. Required fields beside the fault are there, so that only it can be found.
 */
export type Slip = readonly [what: string, yaml: string, pointer: string];

export const pod = (spec: string) => `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {${spec}}}`;
export const container = (fields: string) => pod(`containers: [{name: a, image: "a:1", ${fields}}]`);
export const deployment = (spec: string) =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: "a:1"}]}}, ${spec}}}`;
export const flux = (spec: string) =>
  `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {interval: 1h, prune: true, sourceRef: {kind: GitRepository, name: a}, ${spec}}}`;
export const release = (spec: string) =>
  `{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {interval: 1h, chart: {spec: {chart: a, sourceRef: {kind: HelmRepository, name: a}}}, ${spec}}}`;
export const git = (spec: string) =>
  `{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: a}, spec: {interval: 1h, url: "https://a/b", ${spec}}}`;
export const oci = (spec: string) =>
  `{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, metadata: {name: a}, spec: {interval: 1h, url: "oci://a/b", ${spec}}}`;
export const argo = (spec: string) =>
  `{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {project: a, destination: {namespace: a, server: "https://kubernetes.default.svc"}, source: {repoURL: "https://a"}, ${spec}}}`;
export const set = (spec: string) =>
  `{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: a}, spec: {generators: [{list: {elements: [{a: b}]}}], template: {metadata: {name: a}, spec: {project: a, destination: {}, source: {repoURL: "https://a"}}}, ${spec}}}`;
export const policy = (spec: string) =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ${spec}}}`;
export const ingress = (path: string) =>
  `{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {rules: [{host: a.example.com, http: {paths: [{${path}}]}}]}}`;
export const plan = (spec: string) =>
  `{apiVersion: upgrade.cattle.io/v1, kind: Plan, metadata: {name: a}, spec: {version: v1.36.3+k3s1, upgrade: {image: a}, ${spec}}}`;
export const chart = (spec: string) =>
  `{apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a, namespace: kube-system}, spec: {chart: a, ${spec}}}`;
export const instance = (spec: string) =>
  `{apiVersion: fluxcd.controlplane.io/v1, kind: FluxInstance, metadata: {name: flux}, spec: {distribution: {version: 2.x, registry: ghcr.io/fluxcd}, ${spec}}}`;
export const k0s = (spec: string) =>
  `{apiVersion: k0s.k0sproject.io/v1beta1, kind: ClusterConfig, metadata: {name: k0s}, spec: {${spec}}}`;
export const repo = (spec: string) =>
  `{apiVersion: fleet.cattle.io/v1alpha1, kind: GitRepo, metadata: {name: a}, spec: {repo: "https://a", ${spec}}}`;
export const certificate = (spec: string) =>
  `{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: a}, spec: {secretName: a, issuerRef: {name: a}, dnsNames: [a.example.com], ${spec}}}`;
export const secret = (spec: string) =>
  `{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: a}, spec: {secretStoreRef: {name: a, kind: SecretStore}, ${spec}}}`;
export const store = (provider: string) =>
  `{apiVersion: external-secrets.io/v1, kind: ClusterSecretStore, metadata: {name: a}, spec: {provider: {${provider}}}}`;
export const push = (spec: string) =>
  `{apiVersion: external-secrets.io/v1alpha1, kind: PushSecret, metadata: {name: a}, spec: {secretStoreRefs: [{name: a}], ${spec}}}`;
export const cilium = (rule: string) =>
  `{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: a}, spec: {endpointSelector: {}, egress: [{${rule}}]}}`;
export const route = (rule: string) =>
  `{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a}, spec: {parentRefs: [{name: a}], rules: [{${rule}}]}}`;

export const generator = (kind: string, spec: string) =>
  `{apiVersion: generators.external-secrets.io/v1alpha1, kind: ${kind}, metadata: {name: a}, spec: {${spec}}}`;
