/**
 * Faults as people and models make them, written from experience and documentation, never from the tree: what is wrong, the
 * document in short, and where the fault is. Required fields beside the fault are there, so that only it can be found.
 */
export type Slip = readonly [what: string, yaml: string, pointer: string];

const pod = (spec: string) => `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {${spec}}}`;
const container = (fields: string) => pod(`containers: [{name: a, image: "a:1", ${fields}}]`);
const deployment = (spec: string) =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: "a:1"}]}}, ${spec}}}`;
const flux = (spec: string) =>
  `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {interval: 1h, prune: true, sourceRef: {kind: GitRepository, name: a}, ${spec}}}`;
const release = (spec: string) =>
  `{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {interval: 1h, chart: {spec: {chart: a, sourceRef: {kind: HelmRepository, name: a}}}, ${spec}}}`;
const git = (spec: string) =>
  `{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: a}, spec: {interval: 1h, url: "https://a/b", ${spec}}}`;
const oci = (spec: string) =>
  `{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, metadata: {name: a}, spec: {interval: 1h, url: "oci://a/b", ${spec}}}`;
const argo = (spec: string) =>
  `{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {project: a, destination: {namespace: a, server: "https://kubernetes.default.svc"}, source: {repoURL: "https://a"}, ${spec}}}`;
const set = (spec: string) =>
  `{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: a}, spec: {generators: [{list: {elements: [{a: b}]}}], template: {metadata: {name: a}, spec: {project: a, destination: {}, source: {repoURL: "https://a"}}}, ${spec}}}`;
const policy = (spec: string) =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ${spec}}}`;
const ingress = (path: string) =>
  `{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {rules: [{host: a.example.com, http: {paths: [{${path}}]}}]}}`;
const plan = (spec: string) =>
  `{apiVersion: upgrade.cattle.io/v1, kind: Plan, metadata: {name: a}, spec: {version: v1.36.3+k3s1, upgrade: {image: a}, ${spec}}}`;
const chart = (spec: string) =>
  `{apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a, namespace: kube-system}, spec: {chart: a, ${spec}}}`;
const instance = (spec: string) =>
  `{apiVersion: fluxcd.controlplane.io/v1, kind: FluxInstance, metadata: {name: flux}, spec: {distribution: {version: 2.x, registry: ghcr.io/fluxcd}, ${spec}}}`;
const k0s = (spec: string) =>
  `{apiVersion: k0s.k0sproject.io/v1beta1, kind: ClusterConfig, metadata: {name: k0s}, spec: {${spec}}}`;
const repo = (spec: string) =>
  `{apiVersion: fleet.cattle.io/v1alpha1, kind: GitRepo, metadata: {name: a}, spec: {repo: "https://a", ${spec}}}`;
const certificate = (spec: string) =>
  `{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: a}, spec: {secretName: a, issuerRef: {name: a}, dnsNames: [a.example.com], ${spec}}}`;
const secret = (spec: string) =>
  `{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: a}, spec: {secretStoreRef: {name: a, kind: SecretStore}, ${spec}}}`;
const store = (provider: string) =>
  `{apiVersion: external-secrets.io/v1, kind: ClusterSecretStore, metadata: {name: a}, spec: {provider: {${provider}}}}`;
const push = (spec: string) =>
  `{apiVersion: external-secrets.io/v1alpha1, kind: PushSecret, metadata: {name: a}, spec: {secretStoreRefs: [{name: a}], ${spec}}}`;
const cilium = (rule: string) =>
  `{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: a}, spec: {endpointSelector: {}, egress: [{${rule}}]}}`;
const route = (rule: string) =>
  `{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a}, spec: {parentRefs: [{name: a}], rules: [{${rule}}]}}`;

/** Kinds of the npm packages. */
export const slips: readonly Slip[] = [
  ["replica for replicas", deployment("replica: 2"), "/spec/replica"],
  ["replicas in quotes", deployment('replicas: "3"'), "/spec/replicas"],
  ["strategy as a word", deployment("strategy: RollingUpdate"), "/spec/strategy"],
  [
    "rolling update with recreate",
    deployment("strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}"),
    "/spec/strategy",
  ],
  [
    "maxSurge beside rollingUpdate",
    deployment("strategy: {type: RollingUpdate, maxSurge: 1}"),
    "/spec/strategy/maxSurge",
  ],
  [
    "containers beside the pod spec",
    "{apiVersion: apps/v1, kind: Deployment, spec: {selector: {}, template: {containers: [], spec: {containers: []}}}}",
    "/spec/template/containers",
  ],
  [
    "restart policy in the template",
    "{apiVersion: apps/v1, kind: Deployment, spec: {selector: {}, template: {restartPolicy: Always}}}",
    "/spec/template/restartPolicy",
  ],
  [
    "selector as plain labels",
    "{apiVersion: apps/v1, kind: Deployment, spec: {selector: {app: a}, template: {}}}",
    "/spec/selector/app",
  ],
  ["no selector", "{apiVersion: apps/v1, kind: Deployment, spec: {template: {}}}", "/spec"],
  [
    "serviceName forgotten is fine, volumes claimed wrongly",
    "{apiVersion: apps/v1, kind: StatefulSet, spec: {selector: {}, template: {}, volumeClaimTemplate: []}}",
    "/spec/volumeClaimTemplate",
  ],
  [
    "replicas on a DaemonSet",
    "{apiVersion: apps/v1, kind: DaemonSet, spec: {replicas: 1, selector: {}, template: {}}}",
    "/spec/replicas",
  ],
  [
    "strategy on a DaemonSet",
    "{apiVersion: apps/v1, kind: DaemonSet, spec: {strategy: {type: RollingUpdate}, selector: {}, template: {}}}",
    "/spec/strategy",
  ],
  ["memory beside limits", container("resources: {memory: 1Gi}"), "/spec/containers/0/resources/memory"],
  [
    "megabytes",
    container("resources: {limits: {memory: 512MB}}"),
    "/spec/containers/0/resources/limits/memory",
  ],
  [
    "a space in a quantity",
    container("resources: {requests: {memory: 64 Mi}}"),
    "/spec/containers/0/resources/requests/memory",
  ],
  [
    "cpu in words",
    container("resources: {requests: {cpu: half}}"),
    "/spec/containers/0/resources/requests/cpu",
  ],
  ["limit for limits", container("resources: {limit: {cpu: 1}}"), "/spec/containers/0/resources/limit"],
  ["number as a variable", container("env: [{name: A, value: 1}]"), "/spec/containers/0/env/0/value"],
  ["boolean as a variable", container("env: [{name: A, value: true}]"), "/spec/containers/0/env/0/value"],
  ["variables as a mapping", container("env: {A: b}"), "/spec/containers/0/env"],
  [
    "value and valueFrom",
    container("env: [{name: A, value: b, valueFrom: {fieldRef: {fieldPath: a}}}]"),
    "/spec/containers/0/env/0",
  ],
  [
    "secretRef in a variable",
    container("env: [{name: A, valueFrom: {secretRef: {name: a, key: b}}}]"),
    "/spec/containers/0/env/0/valueFrom/secretRef",
  ],
  ["envs for env", container("envs: [{name: A, value: b}]"), "/spec/containers/0/envs"],
  [
    "envFrom with a name",
    container("envFrom: [{configMapKeyRef: {name: a}}]"),
    "/spec/containers/0/envFrom/0/configMapKeyRef",
  ],
  ["command as a text", container("command: sleep 10"), "/spec/containers/0/command"],
  ["port for ports", container("port: 80"), "/spec/containers/0/port"],
  [
    "port as containerport",
    container("ports: [{containerport: 80}]"),
    "/spec/containers/0/ports/0/containerport",
  ],
  ["port in quotes", container('ports: [{containerPort: "80"}]'), "/spec/containers/0/ports/0/containerPort"],
  [
    "imagePullPolicy in lower case",
    container("imagePullPolicy: ifnotpresent"),
    "/spec/containers/0/imagePullPolicy",
  ],
  [
    "readiness for readinessProbe",
    container("readiness: {httpGet: {port: 80}}"),
    "/spec/containers/0/readiness",
  ],
  [
    "probe without handler",
    container("livenessProbe: {periodSeconds: 5}"),
    "/spec/containers/0/livenessProbe",
  ],
  [
    "probe with two handlers",
    container("livenessProbe: {exec: {command: [a]}, httpGet: {port: 80}}"),
    "/spec/containers/0/livenessProbe",
  ],
  [
    "httpGet without port",
    container("livenessProbe: {httpGet: {path: /}}"),
    "/spec/containers/0/livenessProbe/httpGet",
  ],
  [
    "probe path beside httpGet",
    container("livenessProbe: {path: /healthz, httpGet: {port: 80}}"),
    "/spec/containers/0/livenessProbe/path",
  ],
  [
    "seconds as a duration",
    container('livenessProbe: {httpGet: {port: 80}, periodSeconds: "10s"}'),
    "/spec/containers/0/livenessProbe/periodSeconds",
  ],
  [
    "fsGroup on a container",
    container("securityContext: {fsGroup: 1}"),
    "/spec/containers/0/securityContext/fsGroup",
  ],
  [
    "capabilities as a list",
    container("securityContext: {capabilities: [NET_ADMIN]}"),
    "/spec/containers/0/securityContext/capabilities",
  ],
  [
    "privileged on the pod",
    pod("containers: [{name: a}], securityContext: {privileged: true}"),
    "/spec/securityContext/privileged",
  ],
  [
    "readOnlyRootFilesystem on the pod",
    pod("containers: [{name: a}], securityContext: {readOnlyRootFilesystem: true}"),
    "/spec/securityContext/readOnlyRootFilesystem",
  ],
  [
    "readOnlyRootFileSystem",
    container("securityContext: {readOnlyRootFileSystem: true}"),
    "/spec/containers/0/securityContext/readOnlyRootFileSystem",
  ],
  ["mount without path", container("volumeMounts: [{name: a}]"), "/spec/containers/0/volumeMounts/0"],
  [
    "path for mountPath",
    container("volumeMounts: [{name: a, mountPath: /a, path: /b}]"),
    "/spec/containers/0/volumeMounts/0/path",
  ],
  ["volume without source", pod("containers: [{name: a}], volumes: [{name: a}]"), "/spec/volumes/0"],
  [
    "volume with two sources",
    pod("containers: [{name: a}], volumes: [{name: a, emptyDir: {}, hostPath: {path: /a}}]"),
    "/spec/volumes/0",
  ],
  [
    "secret volume by name",
    pod("containers: [{name: a}], volumes: [{name: a, secret: {name: b}}]"),
    "/spec/volumes/0/secret/name",
  ],
  [
    "configMap volume by configMapName",
    pod("containers: [{name: a}], volumes: [{name: a, configMap: {configMapName: b}}]"),
    "/spec/volumes/0/configMap/configMapName",
  ],
  [
    "hostPath as a text",
    pod("containers: [{name: a}], volumes: [{name: a, hostPath: /a}]"),
    "/spec/volumes/0/hostPath",
  ],
  [
    "hostpath",
    pod("containers: [{name: a}], volumes: [{name: a, hostpath: {path: /a}}]"),
    "/spec/volumes/0/hostpath",
  ],
  ["a toleration as a mapping", pod("containers: [{name: a}], tolerations: {key: a}"), "/spec/tolerations"],
  [
    "an effect that does not exist",
    pod("containers: [{name: a}], tolerations: [{key: a, effect: NoScheduling}]"),
    "/spec/tolerations/0/effect",
  ],
  [
    "node affinity without its term",
    pod(
      "containers: [{name: a}], affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{matchExpressions: []}]}}",
    ),
    "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution",
  ],
  [
    "topology key forgotten",
    pod(
      "containers: [{name: a}], topologySpreadConstraints: [{maxSkew: 1, whenUnsatisfiable: DoNotSchedule}]",
    ),
    "/spec/topologySpreadConstraints/0",
  ],
  [
    "serviceAccount name misspelt",
    pod("containers: [{name: a}], serviceAccountname: a"),
    "/spec/serviceAccountname",
  ],
  [
    "imagePullSecrets as words",
    pod("containers: [{name: a}], imagePullSecrets: [a]"),
    "/spec/imagePullSecrets/0",
  ],
  [
    "dnsPolicy that does not exist",
    pod("containers: [{name: a}], dnsPolicy: ClusterDefault"),
    "/spec/dnsPolicy",
  ],
  [
    "old Ingress backend",
    ingress("path: /, pathType: Prefix, backend: {serviceName: a}"),
    "/spec/rules/0/http/paths/0/backend/serviceName",
  ],
  [
    "no pathType",
    ingress("path: /, backend: {service: {name: a, port: {number: 80}}}"),
    "/spec/rules/0/http/paths/0",
  ],
  [
    "pathType in lower case",
    ingress("path: /, pathType: prefix, backend: {service: {name: a, port: {number: 80}}}"),
    "/spec/rules/0/http/paths/0/pathType",
  ],
  [
    "port as a number",
    ingress("path: /, pathType: Prefix, backend: {service: {name: a, port: 80}}"),
    "/spec/rules/0/http/paths/0/backend/service/port",
  ],
  [
    "port by name and number",
    ingress("path: /, pathType: Prefix, backend: {service: {name: a, port: {name: a, number: 80}}}"),
    "/spec/rules/0/http/paths/0/backend/service/port",
  ],
  [
    "lower-case protocol",
    "{apiVersion: v1, kind: Service, spec: {ports: [{port: 53, protocol: udp}]}}",
    "/spec/ports/0/protocol",
  ],
  [
    "target for targetPort",
    "{apiVersion: v1, kind: Service, spec: {ports: [{port: 53, target: 53}]}}",
    "/spec/ports/0/target",
  ],
  [
    "matchLabels in a Service",
    "{apiVersion: v1, kind: Service, spec: {selector: {matchLabels: {a: b}}, ports: []}}",
    "/spec/selector/matchLabels",
  ],
  ["a type of Service nobody knows", "{apiVersion: v1, kind: Service, spec: {type: Internal}}", "/spec/type"],
  ["ExternalName without a name", "{apiVersion: v1, kind: Service, spec: {type: ExternalName}}", "/spec"],
  ["boolean in a ConfigMap", "{apiVersion: v1, kind: ConfigMap, data: {debug: true}}", "/data/debug"],
  ["mapping in a ConfigMap", "{apiVersion: v1, kind: ConfigMap, data: {config: {a: b}}}", "/data/config"],
  ["plain text in a Secret", "{apiVersion: v1, kind: Secret, data: {password: hunter2!}}", "/data/password"],
  [
    "label that is a number",
    "{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {tier: 1}}}",
    "/metadata/labels/tier",
  ],
  [
    "annotation that is a boolean",
    "{apiVersion: v1, kind: Namespace, metadata: {name: a, annotations: {a: true}}}",
    "/metadata/annotations/a",
  ],
  [
    "schedule one level too deep",
    "{apiVersion: batch/v1, kind: CronJob, spec: {jobTemplate: {schedule: x, spec: {template: {}}}}}",
    "/spec/jobTemplate/schedule",
  ],
  [
    "no schedule",
    "{apiVersion: batch/v1, kind: CronJob, spec: {jobTemplate: {spec: {template: {}}}}}",
    "/spec",
  ],
  [
    "concurrency in lower case",
    '{apiVersion: batch/v1, kind: CronJob, spec: {schedule: "* * * * *", concurrencyPolicy: forbid, jobTemplate: {spec: {template: {}}}}}',
    "/spec/concurrencyPolicy",
  ],
  [
    "ttl as a duration",
    "{apiVersion: batch/v1, kind: Job, spec: {ttlSecondsAfterFinished: 1h, template: {}}}",
    "/spec/ttlSecondsAfterFinished",
  ],
  [
    "metrics of version 1",
    "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: {scaleTargetRef: {kind: Deployment, name: a}, maxReplicas: 2, targetCPUUtilizationPercentage: 80}}",
    "/spec/targetCPUUtilizationPercentage",
  ],
  [
    "a metric without its type's field",
    "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: {scaleTargetRef: {kind: Deployment, name: a}, maxReplicas: 2, metrics: [{type: Resource}]}}",
    "/spec/metrics/0",
  ],
  [
    "both limits of a disruption",
    "{apiVersion: policy/v1, kind: PodDisruptionBudget, spec: {minAvailable: 1, maxUnavailable: 1}}",
    "/spec",
  ],
  ["ingress as a mapping", policy("ingress: {from: []}"), "/spec/ingress"],
  ["a policy type in lower case", policy("policyTypes: [ingress]"), "/spec/policyTypes/0"],
  ["to in an ingress rule", policy("ingress: [{to: []}]"), "/spec/ingress/0/to"],
  [
    "addresses and pods at once",
    policy("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]"),
    "/spec/ingress/0/from/0",
  ],
  [
    "a protocol nobody speaks",
    policy("egress: [{ports: [{protocol: HTTP, port: 80}]}]"),
    "/spec/egress/0/ports/0/protocol",
  ],
  [
    "apiGroup for apiGroups",
    "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, rules: [{apiGroup: [''], resources: [pods], verbs: [get]}]}",
    "/rules/0/apiGroup",
  ],
  ["rules below spec", "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, spec: {rules: []}}", "/spec"],
  [
    "no verbs",
    "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, rules: [{apiGroups: [''], resources: [pods]}]}",
    "/rules/0",
  ],
  [
    "roleRef without group",
    "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, roleRef: {kind: Role, name: a}, role: a}",
    "/role",
  ],
  [
    "subjects below roleRef",
    "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a, subjects: []}}",
    "/roleRef/subjects",
  ],
  [
    "storage beside resources",
    "{apiVersion: v1, kind: PersistentVolumeClaim, spec: {accessModes: [ReadWriteOnce], storage: 1Gi}}",
    "/spec/storage",
  ],
  [
    "access mode in short",
    "{apiVersion: v1, kind: PersistentVolumeClaim, spec: {accessModes: [RWO]}}",
    "/spec/accessModes/0",
  ],
  [
    "storageClass for storageClassName",
    "{apiVersion: v1, kind: PersistentVolumeClaim, spec: {storageClass: a}}",
    "/spec/storageClass",
  ],
  ["autoSync of Argo CD", argo("autoSync: true"), "/spec/autoSync"],
  ["prune beside automated", argo("syncPolicy: {prune: true}"), "/spec/syncPolicy/prune"],
  ["selfheal", argo("syncPolicy: {automated: {selfheal: true}}"), "/spec/syncPolicy/automated/selfheal"],
  [
    "syncOptions as a mapping",
    argo("syncPolicy: {syncOptions: {CreateNamespace: true}}"),
    "/spec/syncPolicy/syncOptions",
  ],
  ["retry limit as a text", argo("syncPolicy: {retry: {limit: five}}"), "/spec/syncPolicy/retry/limit"],
  [
    "backoff in words",
    argo('syncPolicy: {retry: {backoff: {duration: "5 seconds"}}}'),
    "/spec/syncPolicy/retry/backoff/duration",
  ],
  ["revision for targetRevision", argo("source: {repoURL: a, revision: main}"), "/spec/source/revision"],
  ["repoUrl", argo("source: {repoUrl: a, repoURL: a}"), "/spec/source/repoUrl"],
  ["namespace beside destination", argo("namespace: a"), "/spec/namespace"],
  ["server and name of a destination", argo("destination: {server: a, name: b}"), "/spec"],
  [
    "helm values as a mapping",
    argo("source: {repoURL: a, helm: {values: {a: b}}}"),
    "/spec/source/helm/values",
  ],
  [
    "valuesObject as a text",
    argo('source: {repoURL: a, helm: {valuesObject: "a: b"}}'),
    "/spec/source/helm/valuesObject",
  ],
  [
    "parameters as a mapping",
    argo("source: {repoURL: a, helm: {parameters: {a: b}}}"),
    "/spec/source/helm/parameters",
  ],
  [
    "no project",
    "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {}, spec: {destination: {}, source: {repoURL: a}}}",
    "/spec",
  ],
  [
    "generator as a mapping",
    "{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {}, spec: {generators: {git: {}}, template: {metadata: {}, spec: {project: a, destination: {}, source: {repoURL: a}}}}}",
    "/spec/generators",
  ],
  ["goTemplate in quotes", set('goTemplate: "true"'), "/spec/goTemplate"],
  ["steps beside rollingSync", set("strategy: {type: RollingSync, steps: []}"), "/spec/strategy/steps"],
  [
    "a sync window with days",
    "{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {}, spec: {syncWindows: [{kind: allow, schedule: '* * * * *', duration: 1d}]}}",
    "/spec/syncWindows/0/duration",
  ],
  [
    "destination for destinations",
    "{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {}, spec: {destination: []}}",
    "/spec/destination",
  ],
  ["postBuilds of Flux", flux("postBuilds: {}"), "/spec/postBuilds"],
  ["substitute beside postBuild", flux("substitute: {a: b}"), "/spec/substitute"],
  [
    "substituteFrom as a mapping",
    flux("postBuild: {substituteFrom: {kind: ConfigMap, name: a}}"),
    "/spec/postBuild/substituteFrom",
  ],
  [
    "number in substitute",
    flux("postBuild: {substitute: {replicas: 2}}"),
    "/spec/postBuild/substitute/replicas",
  ],
  ["dependsOn as words", flux("dependsOn: [base]"), "/spec/dependsOn/0"],
  ["a decryption nobody knows", flux("decryption: {provider: age}"), "/spec/decryption/provider"],
  [
    "health check without a kind",
    flux("healthChecks: [{name: a, apiVersion: apps/v1}]"),
    "/spec/healthChecks/0",
  ],
  ["validation of version 1beta1", flux("validation: client"), "/spec/validation"],
  [
    "patchesStrategicMerge of version 1beta1",
    flux("patchesStrategicMerge: []"),
    "/spec/patchesStrategicMerge",
  ],
  [
    "kubeConfig with both",
    flux("kubeConfig: {secretRef: {name: a}, configMapRef: {name: a}}"),
    "/spec/kubeConfig",
  ],
  [
    "no prune",
    "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, spec: {interval: 1h, sourceRef: {kind: GitRepository, name: a}}}",
    "/spec",
  ],
  ["interval as a number", flux("timeout: 300"), "/spec/timeout"],
  ["a day", flux("retryInterval: 1d"), "/spec/retryInterval"],
  ["minutes in a word", git("timeout: 1 minute"), "/spec/timeout"],
  [
    "days in an interval of Flux",
    "{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, spec: {interval: 1d, url: 'https://a'}}",
    "/spec/interval",
  ],
  [
    "git@ as a URL of Flux",
    "{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, spec: {interval: 1h, url: 'git@a:b.git'}}",
    "/spec/url",
  ],
  ["branch beside ref", git("branch: main"), "/spec/branch"],
  ["ref as a word", git("ref: main"), "/spec/ref"],
  ["semVer", git("ref: {semVer: 1.x}"), "/spec/ref/semVer"],
  ["secret for secretRef", git("secret: {name: a}"), "/spec/secret"],
  ["a service account for any provider", git("serviceAccountName: a"), "/spec"],
  ["gitImplementation of version 1beta1", git("gitImplementation: go-git"), "/spec/gitImplementation"],
  [
    "https for OCI",
    "{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, spec: {interval: 1h, url: 'https://a'}}",
    "/spec/url",
  ],
  ["tag beside ref", oci("tag: latest"), "/spec/tag"],
  ["a verifier nobody knows", oci("verify: {provider: gpg}"), "/spec/verify/provider"],
  [
    "chart version beside the chart spec",
    "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, spec: {interval: 1h, chart: {version: 1.0.0, spec: {chart: a, sourceRef: {kind: HelmRepository, name: a}}}}}",
    "/spec/chart/version",
  ],
  ["chart and chartRef", release("chartRef: {kind: OCIRepository, name: a}"), "/spec"],
  [
    "neither chart nor chartRef",
    "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, spec: {interval: 1h}}",
    "/spec",
  ],
  ["retries beside remediation", release("install: {retries: 3}"), "/spec/install/retries"],
  ["crds in lower case", release("install: {crds: create}"), "/spec/install/crds"],
  ["drift detection as a word", release("driftDetection: enabled"), "/spec/driftDetection"],
  ["a mode of drift nobody knows", release("driftDetection: {mode: on}"), "/spec/driftDetection/mode"],
  [
    "an interval without retrying",
    release("install: {strategy: {name: RemediateOnFailure, retryInterval: 5m}}"),
    "/spec/install/strategy",
  ],
  ["values from a word", release("valuesFrom: [a]"), "/spec/valuesFrom/0"],
  [
    "rollback strategy beside remediation",
    release("upgrade: {strategy: rollback}"),
    "/spec/upgrade/strategy",
  ],
  [
    "event source without a name",
    "{apiVersion: notification.toolkit.fluxcd.io/v1beta3, kind: Alert, spec: {providerRef: {name: a}, eventSources: [{kind: Kustomization}]}}",
    "/spec/eventSources/0",
  ],
  [
    "severity in words",
    "{apiVersion: notification.toolkit.fluxcd.io/v1beta3, kind: Alert, spec: {providerRef: {name: a}, eventSeverity: warning, eventSources: []}}",
    "/spec/eventSeverity",
  ],
  ["days of a certificate", certificate("duration: 90d"), "/spec/duration"],
  ["issuer for issuerRef", certificate("issuer: a"), "/spec/issuer"],
  ["algorithm beside privateKey", certificate("algorithm: ECDSA"), "/spec/algorithm"],
  [
    "a key algorithm in lower case",
    certificate("privateKey: {algorithm: ecdsa}"),
    "/spec/privateKey/algorithm",
  ],
  [
    "an issuer of two kinds",
    "{apiVersion: cert-manager.io/v1, kind: ClusterIssuer, spec: {selfSigned: {}, ca: {secretName: a}}}",
    "/spec",
  ],
  [
    "an account without a key",
    "{apiVersion: cert-manager.io/v1, kind: ClusterIssuer, spec: {acme: {server: 'https://a', email: a@example.com}}}",
    "/spec/acme",
  ],
  ["backendType of an old version", secret("backendType: vault"), "/spec/backendType"],
  ["a refresh in words", secret('refreshInterval: "1 hour"'), "/spec/refreshInterval"],
  ["key beside remoteRef", secret("data: [{secretKey: a, key: b, remoteRef: {key: b}}]"), "/spec/data/0/key"],
  [
    "a store of two providers",
    "{apiVersion: external-secrets.io/v1, kind: SecretStore, spec: {provider: {vault: {server: a}, fake: {data: []}}}}",
    "/spec/provider",
  ],
  [
    "a rewrite of two kinds",
    secret("dataFrom: [{find: {}, rewrite: [{regexp: {source: a, target: b}, transform: {template: a}}]}]"),
    "/spec/dataFrom/0/rewrite/0",
  ],
  [
    "a JSON merge into nothing",
    secret("dataFrom: [{find: {}, rewrite: [{merge: {strategy: JSON}}]}]"),
    "/spec/dataFrom/0/rewrite/0/merge",
  ],
  [
    "a sync window in words",
    secret("syncWindows: {kind: allow, windows: [{schedule: nightly, duration: 2h}]}"),
    "/spec/syncWindows/windows/0/schedule",
  ],
  [
    "a policy about null bytes",
    secret("data: [{secretKey: a, remoteRef: {key: a, nullBytePolicy: Drop}}]"),
    "/spec/data/0/remoteRef/nullBytePolicy",
  ],
  [
    "a template's target",
    secret("target: {template: {templateFrom: [{literal: a, target: Metadata}]}}"),
    "/spec/target/template/templateFrom/0/target",
  ],
  [
    "an item beside a vault",
    store("onepasswordSDK: {vault: a, item: b}"),
    "/spec/provider/onepasswordSDK/item",
  ],
  [
    "a vault and an environment",
    store("onepasswordSDK: {vault: a, environment: b}"),
    "/spec/provider/onepasswordSDK",
  ],
  ["a store by its name in short", store("onepasswordSdk: {vault: a}"), "/spec/provider/onepasswordSdk"],
  [
    "a token and a role at once",
    store("openBao: {server: a, auth: {tokenSecretRef: {name: a}, appRole: {roleId: a}}}"),
    "/spec/provider/openBao/auth",
  ],
  ["a secret server without a login", store("secretserver: {serverURL: a}"), "/spec/provider/secretserver"],
  [
    "a generator beside a secret",
    push("selector: {secret: {name: a}, generatorRef: {kind: MFA, name: a}}"),
    "/spec/selector",
  ],
  [
    "a CIDR and a group of them",
    cilium("toCIDRSet: [{cidr: 10.0.0.0/8, cidrGroupRef: a}]"),
    "/spec/egress/0/toCIDRSet/0",
  ],
  [
    "a name and a pattern",
    cilium("toFQDNs: [{matchName: a.example, matchPattern: '*.example'}]"),
    "/spec/egress/0/toFQDNs/0",
  ],
  [
    "HTTP and DNS in one rule",
    cilium("toPorts: [{ports: [{port: '53'}], rules: {dns: [{}], http: [{}]}}]"),
    "/spec/egress/0/toPorts/0/rules",
  ],
  [
    "data beside encryptedData",
    "{apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, spec: {encryptedDatas: {a: b}, encryptedData: {a: b}}}",
    "/spec/encryptedDatas",
  ],
  [
    "a backend by service",
    route("backendRefs: [{service: a, name: a, port: 80}]"),
    "/spec/rules/0/backendRefs/0/service",
  ],
  [
    "a path type in lower case",
    route("matches: [{path: {type: prefix, value: /}}]"),
    "/spec/rules/0/matches/0/path/type",
  ],
  ["a filter without its field", route("filters: [{type: RequestRedirect}]"), "/spec/rules/0/filters/0"],
  [
    "a mode of TLS nobody knows",
    "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, spec: {gatewayClassName: a, listeners: [{name: a, port: 443, protocol: HTTPS, tls: {mode: terminate}}]}}",
    "/spec/listeners/0/tls/mode",
  ],
  [
    "a rule that does two things",
    "{apiVersion: kyverno.io/v1, kind: ClusterPolicy, spec: {rules: [{name: a, match: {any: []}, validate: {message: a}, mutate: {patchStrategicMerge: {}}}]}}",
    "/spec/rules/0",
  ],
  [
    "an action in the wrong case",
    "{apiVersion: kyverno.io/v1, kind: ClusterPolicy, spec: {validationFailureAction: ENFORCE, rules: []}}",
    "/spec/validationFailureAction",
  ],
  [
    "a policy of Cilium that says nothing",
    "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, spec: {endpointSelector: {}}}",
    "/spec",
  ],
  [
    "an endpoint by number",
    "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, spec: {selector: {}, endpoints: [{port: 8080}]}}",
    "/spec/endpoints/0/port",
  ],
  [
    "an interval of Prometheus in words",
    "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, spec: {selector: {}, endpoints: [{port: a, interval: 30 seconds}]}}",
    "/spec/endpoints/0/interval",
  ],
  [
    "a rule without expression",
    "{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, spec: {groups: [{name: a, rules: [{alert: a}]}]}}",
    "/spec/groups/0/rules/0",
  ],
];

const generator = (kind: string, spec: string) =>
  `{apiVersion: generators.external-secrets.io/v1alpha1, kind: ${kind}, metadata: {name: a}, spec: {${spec}}}`;

/** Kinds no npm package knows: K3s, upgrades, the Flux operator, k0s, Fleet, kustomize. */
export const overlaySlips: readonly Slip[] = [
  ["env of an upgrade", plan("upgrade: {image: a, env: []}"), "/spec/upgrade/env"],
  ["an upgrade without an image", plan("upgrade: {command: [a]}"), "/spec/upgrade"],
  ["concurrency as a text", plan("concurrency: one"), "/spec/concurrency"],
  ["maxUnavailable of a Plan", plan("maxUnavailable: 1"), "/spec/maxUnavailable"],
  ["selector for nodeSelector", plan("selector: {}"), "/spec/selector"],
  ["labels straight in nodeSelector", plan("nodeSelector: {ring: canary}"), "/spec/nodeSelector/ring"],
  ["a window from and to", plan("window: {start: '02:00'}"), "/spec/window/start"],
  ["a day nobody knows", plan("window: {days: [Sonntag]}"), "/spec/window/days/0"],
  ["a drain as a boolean", plan("drain: true"), "/spec/drain"],
  ["ignoreDaemonsets", plan("drain: {ignoreDaemonsets: true}"), "/spec/drain/ignoreDaemonsets"],
  ["values of a K3s chart as helmValues", chart("helmValues: {}"), "/spec/helmValues"],
  ["namespace for targetNamespace", chart("namespace: a"), "/spec/namespace"],
  ["repository for repo", chart("repository: 'https://a'"), "/spec/repository"],
  ["values as valuesContent mapping", chart("valuesContent: {a: b}"), "/spec/valuesContent"],
  ["a failure policy nobody knows", chart("failurePolicy: rollback"), "/spec/failurePolicy"],
  ["a timeout in words", chart("timeout: 10 minutes"), "/spec/timeout"],
  [
    "chart in a HelmChartConfig",
    "{apiVersion: helm.cattle.io/v1, kind: HelmChartConfig, metadata: {name: traefik}, spec: {chart: a}}",
    "/spec/chart",
  ],
  ["size of a Flux instance", instance("cluster: {size: tiny}"), "/spec/cluster/size"],
  ["a component in short", instance("components: [source]"), "/spec/components/0"],
  [
    "branch of a sync",
    instance("sync: {kind: GitRepository, url: a, ref: b, path: c, branch: main}"),
    "/spec/sync/branch",
  ],
  ["a sync without a path", instance("sync: {kind: GitRepository, url: a, ref: b}"), "/spec/sync"],
  ["a multi-tenant word", instance("cluster: {multiTenant: true}"), "/spec/cluster/multiTenant"],
  [
    "no registry",
    "{apiVersion: fluxcd.controlplane.io/v1, kind: FluxInstance, spec: {distribution: {version: 2.x}}}",
    "/spec/distribution",
  ],
  ["storage in gigabytes", instance("storage: {class: a, size: 10GB}"), "/spec/storage/size"],
  ["patches beside kustomize", instance("patches: []"), "/spec/patches"],
  [
    "a static provider with an address",
    "{apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider, spec: {type: Static, url: 'https://a'}}",
    "/spec",
  ],
  [
    "a template for resources",
    "{apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSet, spec: {template: []}}",
    "/spec/template",
  ],
  ["sqlite as a type of k0s", k0s("storage: {sqlite: {}}"), "/spec/storage/sqlite"],
  ["sqlite as the type", k0s("storage: {type: sqlite}"), "/spec/storage/type"],
  ["flannel in k0s", k0s("network: {provider: flannel}"), "/spec/network/provider"],
  ["cni in k0s", k0s("network: {cni: calico}"), "/spec/network/cni"],
  ["podCidr", k0s("network: {podCidr: 10.0.0.0/16}"), "/spec/network/podCidr"],
  ["telemetry switched off by a word", k0s("telemetry: false"), "/spec/telemetry"],
  ["charts beside helm", k0s("extensions: {charts: []}"), "/spec/extensions/charts"],
  [
    "a chart by chartName",
    k0s("extensions: {helm: {charts: [{name: a, chartName: b}]}}"),
    "/spec/extensions/helm/charts/0/chartName",
  ],
  [
    "values of a chart as a mapping",
    k0s("extensions: {helm: {charts: [{name: a, values: {a: b}}]}}"),
    "/spec/extensions/helm/charts/0/values",
  ],
  [
    "an update without a version",
    "{apiVersion: autopilot.k0sproject.io/v1beta2, kind: Plan, spec: {id: a, timestamp: now, commands: [{k0supdate: {platforms: {}, targets: {}}}]}}",
    "/spec/commands/0/k0supdate",
  ],
  [
    "k0sUpdate",
    "{apiVersion: autopilot.k0sproject.io/v1beta2, kind: Plan, spec: {id: a, timestamp: now, commands: [{k0sUpdate: {}, k0supdate: {version: a, platforms: {}, targets: {}}}]}}",
    "/spec/commands/0/k0sUpdate",
  ],
  ["url for repo", repo("url: 'https://a'"), "/spec/url"],
  ["path for paths", repo("path: a"), "/spec/path"],
  ["an interval of Fleet in words", repo("pollingInterval: 5 minutes"), "/spec/pollingInterval"],
  ["a target by selector", repo("targets: [{selector: {matchLabels: {a: b}}}]"), "/spec/targets/0/selector"],
  [
    "labels straight in a selector",
    repo("targets: [{clusterSelector: {ring: canary}}]"),
    "/spec/targets/0/clusterSelector/ring",
  ],
  [
    "a copy that overwrites",
    "{apiVersion: source.extensions.fluxcd.io/v1beta1, kind: ArtifactGenerator, spec: {sources: [{alias: a, kind: GitRepository, name: a}], artifacts: [{name: a, copy: [{from: a, to: b, overwrite: true}]}]}}",
    "/spec/artifacts/0/copy/0/overwrite",
  ],
  ["a type of SSH key", generator("SSHKey", "keyType: dsa"), "/spec/keyType"],
  ["a token without a seed", generator("MFA", "length: 6"), "/spec"],
  [
    "a project and a group",
    generator(
      "GitlabDeployToken",
      "name: a, scopes: [read_registry], auth: {token: {secretRef: {name: a}}}, projectID: a, groupID: b",
    ),
    "/spec",
  ],
  [
    "no scope",
    generator(
      "GitlabDeployToken",
      "name: a, scopes: [], auth: {token: {secretRef: {name: a}}}, projectID: a",
    ),
    "/spec/scopes",
  ],
  [
    "resource for resources",
    "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, resource: []}",
    "/resource",
  ],
  [
    "a patch as a word",
    "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, patches: [a.yaml]}",
    "/patches/0",
  ],
  [
    "a tag for newTag",
    "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, images: [{name: a, tag: b}]}",
    "/images/0/tag",
  ],
  [
    "labels as a mapping",
    "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, labels: {a: b}}",
    "/labels",
  ],
  [
    "literals as a mapping",
    "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, configMapGenerator: [{name: a, literals: {a: b}}]}",
    "/configMapGenerator/0/literals",
  ],
  [
    "a tag that is a number",
    "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, images: [{name: a, newTag: 1.4}]}",
    "/images/0/newTag",
  ],
];
