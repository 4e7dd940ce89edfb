import { container, deployment, ingress, pod, policy, type Slip } from "./documents.ts";

/** Kinds of Kubernetes itself. */
export const kubernetesSlips: readonly Slip[] = [
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
];
