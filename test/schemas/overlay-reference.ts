import { parseAllDocuments } from "yaml";

/** Right documents of the kinds no npm package knows, written from the documentation of each project. */
const yaml = `
apiVersion: autopilot.k0sproject.io/v1beta2
kind: UpdateConfig
metadata: { name: ring-1 }
spec:
  channel: stable
  updateServer: https://updates.example.com
  upgradeStrategy: { type: periodic, periodic: { days: [Sunday], startTime: "02:00", length: 2h } }
  planSpec:
    commands:
      - k0supdate:
          forceupdate: false
          targets:
            controllers: { discovery: { static: { nodes: [site-1] } } }
            workers: { limits: { concurrent: 2 }, discovery: { selector: { labels: ring=1 } } }
---
apiVersion: etcd.k0sproject.io/v1beta1
kind: EtcdMember
metadata: { name: site-1 }
spec: { leave: true }
---
apiVersion: helm.k0sproject.io/v1beta1
kind: Chart
metadata: { name: flux, namespace: kube-system }
spec:
  chartName: oci://registry.example.com/charts/flux-operator
  releaseName: flux-operator
  version: 0.58.1
  namespace: flux-system
  timeout: 10m
  order: 1
  forceUpgrade: false
  values: "replicas: 1"
---
apiVersion: helm.cattle.io/v1
kind: HelmChartConfig
metadata: { name: traefik, namespace: kube-system }
spec:
  failurePolicy: reinstall
  valuesContent: |
    service: { type: ClusterIP }
---
apiVersion: k3s.cattle.io/v1
kind: Addon
metadata: { name: coredns, namespace: kube-system }
spec: { source: /var/lib/rancher/k3s/server/manifests/coredns.yaml, checksum: abc }
---
apiVersion: k3s.cattle.io/v1
kind: ETCDSnapshotFile
metadata: { name: s3-etcd-snapshot-1 }
spec:
  snapshotName: etcd-snapshot-site-1
  nodeName: site-1
  location: s3://backups/etcd-snapshot-site-1
  s3: { endpoint: s3.example.com, bucket: backups, region: eu, insecure: false }
---
apiVersion: upgrade.cattle.io/v1
kind: Plan
metadata: { name: k3s-server, namespace: system-upgrade }
spec:
  concurrency: 1
  cordon: true
  exclusive: true
  serviceAccountName: system-upgrade
  nodeSelector: { matchExpressions: [{ key: node-role.kubernetes.io/control-plane, operator: In, values: ["true"] }] }
  tolerations: [{ key: CriticalAddonsOnly, operator: Exists }]
  window: { days: [sunday], startTime: "02:00", endTime: "05:00", timeZone: UTC }
  drain: { force: true, skipWaitForDeleteTimeout: 60, gracePeriod: 30 }
  secrets: [{ name: config, path: /host/config }]
  upgrade: { image: rancher/k3s-upgrade, envs: [{ name: A, value: b }] }
  version: v1.36.3+k3s1
---
apiVersion: fleet.cattle.io/v1alpha1
kind: Bundle
metadata: { name: till, namespace: fleet-default }
spec:
  defaultNamespace: shop
  helm: { chart: till, repo: "https://charts.example.com", version: 1.4.2, values: { replicas: 1 }, timeoutSeconds: 300 }
  correctDrift: { enabled: true }
  rolloutStrategy: { maxUnavailable: 10%, autoPartitionSize: 25%, partitions: [{ name: canary, maxUnavailable: 1, clusterSelector: { matchLabels: { ring: canary } } }] }
  resources: [{ name: till.yaml, content: "kind: ConfigMap" }]
  dependsOn: [{ name: base }]
  targets: [{ name: stores, clusterGroup: stores, namespace: shop, doNotDeploy: false }]
---
apiVersion: fleet.cattle.io/v1alpha1
kind: HelmOp
metadata: { name: till, namespace: fleet-default }
spec:
  helm: { chart: "oci://registry.example.com/till", version: 1.x.x, releaseName: till }
  pollingInterval: 15m
  helmSecretName: registry
  insecureSkipTLSVerify: false
  targets: [{ clusterSelector: { matchLabels: { ring: canary } } }]
---
apiVersion: fleet.cattle.io/v1alpha1
kind: Cluster
metadata: { name: store-1, namespace: fleet-default }
spec:
  clientID: abc
  agentNamespace: cattle-fleet-system
  templateValues: { site: store-1 }
  agentTolerations: [{ key: edge, operator: Exists, effect: NoSchedule }]
  agentResources: { requests: { memory: 64Mi }, limits: { memory: 128Mi } }
---
apiVersion: fleet.cattle.io/v1alpha1
kind: ClusterGroup
metadata: { name: stores, namespace: fleet-default }
spec: { selector: { matchLabels: { industry: retail } } }
---
apiVersion: fleet.cattle.io/v1alpha1
kind: ClusterRegistrationToken
metadata: { name: stores, namespace: fleet-default }
spec: { ttl: 240h }
---
apiVersion: fleet.cattle.io/v1alpha1
kind: GitRepoRestriction
metadata: { name: restriction, namespace: fleet-default }
defaultServiceAccount: deployer
allowedServiceAccounts: [deployer]
allowedRepoPatterns: ["https://git.example.com/.*"]
allowedTargetNamespaces: [shop]
---
apiVersion: fleet.cattle.io/v1alpha1
kind: ImageScan
metadata: { name: till, namespace: fleet-default }
spec: { image: registry.example.com/till, tagName: till, interval: 15m, policy: { semver: { range: ">=1.0.0" } } }
---
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: stores, namespace: flux-system }
spec:
  commonMetadata: { labels: { fleet: edge } }
  dependsOn: [{ apiVersion: v1, kind: ConfigMap, name: site, namespace: flux-system, ready: false }]
  inputs: [{ site: store-1 }]
  inputsFrom: [{ kind: ResourceSetInputProvider, name: branches }]
  inputStrategy: { name: Flatten }
  serviceAccountName: stores
  wait: true
  resources: [{ apiVersion: v1, kind: Namespace, metadata: { name: "<< inputs.site >>" } }]
---
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata: { name: branches, namespace: flux-system }
spec:
  type: GitHubBranch
  url: https://git.example.com/edge/fleet
  secretRef: { name: git }
  filter: { includeBranch: "^store-.*", limit: 50 }
  defaultValues: { env: edge }
  schedule: [{ cron: "0 2 * * *", timeZone: UTC, window: 2h }]
---
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: { name: apps, namespace: flux-system }
spec:
  sources: [{ alias: repo, kind: GitRepository, name: flux-system }]
  artifacts:
    - name: till
      originRevision: "@repo"
      copy: [{ from: "@repo/apps/till/**", to: "@artifact/", exclude: ["*.md"], strategy: Overwrite }]
---
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
namespace: shop
patches: [{ path: patch.yaml, target: { kind: Deployment, labelSelector: app=till } }]
images: [{ name: till, newName: registry.example.com/till, newTag: 1.4.2 }]
replicas: [{ name: till, count: 1 }]
secretGenerator: [{ name: keys, files: [key.enc], type: Opaque, behavior: create }]
replacements: [{ source: { kind: ConfigMap, name: site, fieldPath: data.id }, targets: [{ select: { kind: Deployment }, fieldPaths: [spec.template.metadata.labels.site], options: { create: true } }] }]
---
apiVersion: builtin
kind: NamespaceTransformer
metadata: { name: shop, namespace: shop }
unsetOnly: true
setRoleBindingSubjects: allServiceAccounts
fieldSpecs: [{ path: metadata/namespace, create: true }]
---
apiVersion: builtin
kind: LabelTransformer
metadata: { name: ring }
labels: { ring: canary }
fieldSpecs: [{ path: metadata/labels, create: true, kind: Deployment }]
---
apiVersion: builtin
kind: PatchTransformer
metadata: { name: memory }
path: memory.yaml
target: { kind: Deployment, name: till }
options: { allowNameChange: false }
---
apiVersion: builtin
kind: ImageTagTransformer
metadata: { name: till }
imageTag: { name: till, newTag: 1.4.2 }
---
apiVersion: builtin
kind: ConfigMapGenerator
metadata: { name: settings }
behavior: merge
literals: [a=b]
files: [site.env]
---
apiVersion: fleet.cattle.io/v1alpha1
kind: fleet.yaml
defaultNamespace: till
labels: { team: stores }
helm: { releaseName: till, chart: ./chart, valuesFiles: [values.yaml], values: { replicas: 1 }, takeOwnership: true }
dependsOn: [{ name: base }]
rolloutStrategy: { maxUnavailable: 10%, partitions: [{ name: canary, clusterSelector: { matchLabels: { ring: canary } } }] }
targetCustomizations:
  - name: canary
    clusterSelector: { matchLabels: { ring: canary } }
    helm: { values: { replicas: 2 } }
  - { name: none, clusterGroup: parked, doNotDeploy: true }
diff: { comparePatches: [{ apiVersion: v1, kind: ConfigMap, name: a, operations: [{ op: remove, path: /data }] }] }
---
apiVersion: generators.external-secrets.io/v1alpha1
kind: SSHKey
metadata: { name: deploy-key }
spec: { keyType: ed25519, comment: site-1 }
---
apiVersion: generators.external-secrets.io/v1alpha1
kind: MFA
metadata: { name: totp }
spec: { secret: { name: seed, key: totp }, length: 8, timePeriod: 15 }
---
apiVersion: generators.external-secrets.io/v1alpha1
kind: GitlabDeployToken
metadata: { name: registry }
spec:
  groupID: till
  name: edge
  scopes: [read_registry]
  auth: { token: { secretRef: { name: gitlab, key: token } } }
---
apiVersion: generators.external-secrets.io/v1alpha1
kind: CloudsmithAccessToken
metadata: { name: cloudsmith }
spec: { orgSlug: till, serviceSlug: edge, serviceAccountRef: { name: puller } }
---
apiVersion: generators.external-secrets.io/v1alpha1
kind: BeyondtrustWorkloadCredentialsDynamicSecret
metadata: { name: aws }
spec:
  provider:
    folderPath: production/aws-temp
    auth: { apikey: { token: { name: beyondtrust, key: token } } }
    server: { apiUrl: https://api.beyondtrust.example, siteId: a1b2c3d4 }
`;

export const overlayReference: readonly Record<string, unknown>[] = (
  parseAllDocuments(yaml) as { toJS: () => Record<string, unknown> }[]
).map((document) => document.toJS());
