import { parseAllDocuments } from "yaml";

/** Documents that are right, one or more of each family of kinds; everything the mutants start from. */
const yaml = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: till
  namespace: shop
  labels: { app.kubernetes.io/name: till }
  annotations: { example.com/owner: team }
spec:
  replicas: 1
  revisionHistoryLimit: 2
  selector: { matchLabels: { app: till } }
  strategy: { type: Recreate }
  template:
    metadata: { labels: { app: till } }
    spec:
      serviceAccountName: till
      automountServiceAccountToken: false
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: till
          image: registry.example.com/till:1.4.2
          imagePullPolicy: IfNotPresent
          env: [{ name: MODE, value: edge }]
          ports: [{ name: http, containerPort: 8080, protocol: TCP }]
          resources:
            requests: { cpu: 50m, memory: 64Mi }
            limits: { memory: 128Mi }
          readinessProbe: { httpGet: { path: /healthz, port: http }, periodSeconds: 10 }
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
          volumeMounts: [{ name: data, mountPath: /data }]
      volumes: [{ name: data, emptyDir: { sizeLimit: 100Mi } }]
---
apiVersion: v1
kind: Service
metadata: { name: till, namespace: shop }
spec:
  type: ClusterIP
  selector: { app: till }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  egress:
    - ports: [{ protocol: UDP, port: 53 }]
      to: [{ namespaceSelector: { matchLabels: { name: kube-system } } }]
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 2 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: job, image: "registry.example.com/job:1.0.0", resources: { limits: { memory: 32Mi } } }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: "system:reader" }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get, list] }]
---
apiVersion: v1
kind: Secret
metadata: { name: cert }
type: Opaque
data: { key: Zm9v }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: fleet, namespace: flux-system }
spec:
  interval: 15m
  timeout: 60s
  url: https://git.example.com/edge/fleet.git
  ref: { branch: main }
  secretRef: { name: read-only }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: set, namespace: flux-system }
spec:
  interval: 1h
  retryInterval: 5m
  timeout: 10m
  path: ./sets/eu-west
  prune: true
  wait: true
  sourceRef: { kind: GitRepository, name: fleet }
  decryption: { provider: sops, secretRef: { name: age } }
  postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-identity }] }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: agent, namespace: monitoring }
spec:
  interval: 1h
  chartRef: { kind: OCIRepository, name: agent }
  install: { timeout: 10m, remediation: { retries: 3 } }
  upgrade: { chartNameChangeStrategy: InPlaceUpdate }
  values: { anything: { goes: 1 } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: agent }
spec:
  interval: 1h
  url: oci://registry.example.com/charts/agent
  ref: { tag: 1.2.3 }
  verify: { provider: cosign }
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata: { name: all }
spec:
  providerRef: { name: chat }
  eventSeverity: error
  eventSources: [{ kind: FluxInstance, name: "*" }]
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: edge, namespace: argocd }
spec:
  project: edge
  destination: { server: "https://kubernetes.default.svc", namespace: edge }
  source: { repoURL: "https://git.example.com/edge/fleet.git", path: sets/eu-west, targetRevision: ring-1 }
  syncPolicy:
    automated: { prune: true, selfHeal: true }
    syncOptions: [ServerSideApply=true]
    retry: { limit: 5, backoff: { duration: 5s, factor: 2, maxDuration: 3m } }
---
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: sets, namespace: argocd }
spec:
  goTemplate: true
  generators: [{ git: { repoURL: "https://git.example.com/edge/fleet.git", revision: main, directories: [{ path: "sets/*" }] } }]
  template:
    metadata: { name: "{{.path.basename}}" }
    spec:
      project: edge
      destination: { server: "https://kubernetes.default.svc", namespace: edge }
      source: { repoURL: "https://git.example.com/edge/fleet.git", path: "{{.path.path}}", targetRevision: main }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: registry }
spec:
  refreshInterval: 1h
  secretStoreRef: { name: vault, kind: ClusterSecretStore }
  target: { name: registry, creationPolicy: Owner }
  data: [{ secretKey: token, remoteRef: { key: edge/registry, property: token } }]
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: registry, namespace: shop }
spec:
  encryptedData: { token: AgBy3i4OJSWK }
  template: { metadata: { name: registry, namespace: shop }, type: Opaque }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: gateway }
spec:
  secretName: gateway-tls
  duration: 2160h
  renewBefore: 360h
  dnsNames: [site.example.com]
  issuerRef: { name: fleet, kind: ClusterIssuer }
---
apiVersion: upgrade.cattle.io/v1
kind: Plan
metadata: { name: server, namespace: system-upgrade }
spec:
  concurrency: 1
  version: v1.36.2+k3s1
  nodeSelector: { matchExpressions: [{ key: node-role.kubernetes.io/control-plane, operator: Exists }] }
  serviceAccountName: system-upgrade
  window: { days: [su, sa], startTime: "02:00", endTime: "05:00", timeZone: UTC }
  upgrade: { image: rancher/k3s-upgrade, envs: [{ name: A, value: b }] }
---
apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: { name: flux-operator, namespace: kube-system }
spec:
  chart: oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator
  version: 0.58.1
  targetNamespace: flux-system
  createNamespace: true
  failurePolicy: abort
  timeout: 10m
---
apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.9.x, registry: ghcr.io/fluxcd }
  components: [source-controller, kustomize-controller]
  cluster: { size: small, multitenant: true, networkPolicy: true }
  sync: { kind: GitRepository, url: "https://git.example.com/edge/fleet.git", ref: refs/heads/main, path: clusters/x, interval: 15m }
---
apiVersion: fleet.cattle.io/v1alpha1
kind: GitRepo
metadata: { name: edge, namespace: fleet-default }
spec:
  repo: https://git.example.com/edge/fleet.git
  branch: main
  pollingInterval: 15m
  targets: [{ clusterSelector: { matchLabels: { ring: canary } } }]
---
apiVersion: k0s.k0sproject.io/v1beta1
kind: ClusterConfig
metadata: { name: k0s }
spec:
  api: { port: 6443, sans: [control-plane.site.internal] }
  storage: { type: kine, kine: { dataSource: "sqlite:///var/lib/k0s/db/state.db" } }
  network: { provider: kuberouter, podCIDR: 10.244.0.0/16 }
  telemetry: { enabled: false }
---
apiVersion: autopilot.k0sproject.io/v1beta2
kind: Plan
metadata: { name: autopilot }
spec:
  id: ring-1
  timestamp: now
  commands:
    - k0supdate:
        version: v1.36.3+k0s.2
        platforms: { linux-arm64: { url: "https://example.com/k0s", sha256: abc } }
        targets: { workers: { limits: { concurrent: 1 }, discovery: { selector: { labels: ring=1 } } } }
---
apiVersion: operator.kairos.io/v1alpha1
kind: NodeOpUpgrade
metadata: { name: os-4-2-0 }
spec: { image: "registry.example.com/edge-os:4.2.0", concurrency: 1, stopOnFailure: true }
---
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata: { name: node-1 }
spec:
  online: true
  bootMACAddress: 00:11:22:33:44:55
  bootMode: UEFISecureBoot
  bmc: { address: "redfish://192.0.2.10/redfish/v1/Systems/1", credentialsName: node-1-bmc }
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../base]
labels: [{ pairs: { region: eu-west }, includeSelectors: false }]
images: [{ name: till, newTag: 1.4.2 }]
patches: [{ path: memory.yaml, target: { kind: Deployment, name: till } }]
configMapGenerator: [{ name: settings, literals: ["a=b"], options: { disableNameSuffixHash: true } }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: no-latest }
spec:
  failurePolicy: Fail
  matchConstraints: { resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }] }
  validations: [{ expression: "true", message: "no :latest" }]
`;

export const reference: readonly Record<string, unknown>[] = (
  parseAllDocuments(yaml) as { toJS: () => Record<string, unknown> }[]
).map((document) => document.toJS());
