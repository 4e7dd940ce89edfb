import { container, deployment, ingress, pod, policy, type Slip } from "./documents.ts";

const one = "containers: [{name: a, image: a}]";
const affinity = (terms: string) =>
  pod(`${one}, affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: ${terms}}}`);
const service = (spec: string) => `{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {${spec}}}`;
const job = (spec: string) =>
  `{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {${spec}}}}}`;
const cron = (schedule: string) =>
  `{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: "${schedule}", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, ${one}}}}}}}`;
const claim = (spec: string) =>
  `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {${spec}}}`;
const rollout = (fields: string) => deployment(`strategy: {rollingUpdate: {${fields}}}`);
const scaler = (spec: string) =>
  `{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {scaleTargetRef: {kind: Deployment, name: a}, ${spec}}}`;
const binding = (kind: string, rest: string) =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: ${kind}, metadata: {name: a}, ${rest}}`;
const path = (fields: string) => ingress(`${fields}, backend: {service: {name: a, port: {number: 80}}}`);

const pathAt = "/spec/rules/0/http/paths/0";
const term =
  "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/0";

/** What only the code of the API server refuses; its published schema takes all of it. */
export const apiServerSlips: readonly Slip[] = [
  [
    "probe at no port",
    pod("containers: [{name: a, image: a, livenessProbe: {httpGet: {port: 70000}}}]"),
    "/spec/containers/0/livenessProbe/httpGet/port",
  ],
  [
    "probe at a quoted port",
    pod('containers: [{name: a, image: a, readinessProbe: {tcpSocket: {port: "8080"}}}]'),
    "/spec/containers/0/readinessProbe/tcpSocket/port",
  ],
  ["target port too large", service("ports: [{port: 80, targetPort: 80800}]"), "/spec/ports/0/targetPort"],
  ["service port name in capitals", service("ports: [{port: 80, name: HTTP_PORT}]"), "/spec/ports/0/name"],
  ["policy for no port", policy("ingress: [{ports: [{port: 99999}]}]"), "/spec/ingress/0/ports/0/port"],
  [
    "a port beyond the last",
    container("ports: [{containerPort: 70000}]"),
    "/spec/containers/0/ports/0/containerPort",
  ],
  [
    "a port's name too long",
    container("ports: [{containerPort: 80, name: prometheus-metrics}]"),
    "/spec/containers/0/ports/0/name",
  ],
  [
    "a port's name in capitals",
    container("ports: [{containerPort: 80, name: HTTP}]"),
    "/spec/containers/0/ports/0/name",
  ],
  [
    "a probe every minus one",
    container("livenessProbe: {httpGet: {port: 80}, periodSeconds: -1}"),
    "/spec/containers/0/livenessProbe/periodSeconds",
  ],
  [
    "a user below zero",
    container("securityContext: {runAsUser: -1}"),
    "/spec/containers/0/securityContext/runAsUser",
  ],
  [
    "a container's name with a capital",
    pod("containers: [{name: Till, image: a}]"),
    "/spec/containers/0/name",
  ],
  ["no container", pod("containers: []"), "/spec/containers"],
  ["a container without an image", pod("containers: [{name: a}]"), "/spec/containers/0"],
  [
    "an init container without an image",
    job(`${one}, restartPolicy: Never, initContainers: [{name: b}]`),
    "/spec/template/spec/initContainers/0",
  ],
  ["a volume's name with an underscore", pod(`${one}, volumes: [{name: a_b}]`), "/spec/volumes/0/name"],
  [
    "a weight in percent",
    pod(
      `${one}, affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 200, podAffinityTerm: {topologyKey: a}}]}}`,
    ),
    "/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/weight",
  ],
  [
    "In without values",
    affinity("{nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In}]}]}"),
    term,
  ],
  [
    "Exists with values",
    affinity("{nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists, values: [b]}]}]}"),
    term,
  ],
  [
    "a toleration of a value that only exists",
    pod(`${one}, tolerations: [{key: a, operator: Exists, value: b}]`),
    "/spec/tolerations/0",
  ],
  [
    "a toleration for a while, of what does not evict",
    pod(`${one}, tolerations: [{key: a, effect: NoSchedule, tolerationSeconds: 30}]`),
    "/spec/tolerations/0",
  ],
  [
    "a skew of zero",
    pod(
      `${one}, topologySpreadConstraints: [{maxSkew: 0, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]`,
    ),
    "/spec/topologySpreadConstraints/0/maxSkew",
  ],
  [
    "a profile of the node without its name",
    pod(`${one}, securityContext: {seccompProfile: {type: Localhost}}`),
    "/spec/securityContext/seccompProfile",
  ],
  ["replicas below zero", deployment("replicas: -1"), "/spec/replicas"],
  ["a percentage in words", rollout("maxUnavailable: half"), "/spec/strategy/rollingUpdate/maxUnavailable"],
  ["a count in quotes", rollout('maxSurge: "1"'), "/spec/strategy/rollingUpdate/maxSurge"],
  [
    "a Deployment that never restarts",
    `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {}, template: {spec: {restartPolicy: Never, ${one}}}}}`,
    "/spec/template/spec/restartPolicy",
  ],
  ["a Job without a restart policy", job(one), "/spec/template/spec"],
  ["a Job that always restarts", job(`${one}, restartPolicy: Always`), "/spec/template/spec/restartPolicy"],
  ["a schedule in words", cron("every day at 3"), "/spec/schedule"],
  ["a schedule with seconds", cron("0 */5 * * * *"), "/spec/schedule"],
  ["minute 60", cron("60 * * * *"), "/spec/schedule"],
  ["Sunday as 7", cron("0 3 * * 7"), "/spec/schedule"],
  ["a schedule with a time zone", cron("TZ=Europe/Berlin 0 3 * * *"), "/spec/schedule"],
  ["a Service on port 0", service("ports: [{port: 0}]"), "/spec/ports/0/port"],
  ["a headless Service in lower case", service("clusterIP: none, ports: [{port: 80}]"), "/spec/clusterIP"],
  [
    "a load balancer's sources without one",
    service("ports: [{port: 80}], loadBalancerSourceRanges: [10.0.0.0/8]"),
    "/spec",
  ],
  ["a NodePort without ports", service("type: NodePort, selector: {a: b}"), "/spec"],
  ["a claim without a mode", claim("resources: {requests: {storage: 1Gi}}"), "/spec"],
  ["a claim without a size", claim("accessModes: [ReadWriteOnce]"), "/spec"],
  [
    "a volume from nowhere",
    "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}}}",
    "/spec",
  ],
  ["a path without its slash", path("path: api, pathType: Prefix"), `${pathAt}/path`],
  ["a prefix of nothing", path("pathType: Prefix"), pathAt],
  [
    "a host with a port",
    ingress("path: /").replace("a.example.com", '"a.example.com:8443"'),
    "/spec/rules/0/host",
  ],
  [
    "an address for a range",
    policy("ingress: [{from: [{ipBlock: {cidr: 10.0.0.1}}]}]"),
    "/spec/ingress/0/from/0/ipBlock/cidr",
  ],
  [
    "a role of a kind nobody knows",
    binding("RoleBinding", "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Roles, name: a}"),
    "/roleRef/kind",
  ],
  [
    "a cluster-wide binding of a Role",
    binding("ClusterRoleBinding", "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}"),
    "/roleRef/kind",
  ],
  [
    "a subject in another spelling",
    binding(
      "RoleBinding",
      "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}, subjects: [{kind: Serviceaccount, name: a}]",
    ),
    "/subjects/0/kind",
  ],
  ["at most no replica", scaler("maxReplicas: 0"), "/spec/maxReplicas"],
  [
    "a metric with two targets",
    scaler(
      "maxReplicas: 2, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50, averageValue: 1}}}]",
    ),
    "/spec/metrics/0/resource/target",
  ],
  [
    "a metric of pods without a target",
    scaler(
      "maxReplicas: 2, metrics: [{type: Pods, pods: {metric: {name: a}, target: {type: AverageValue, value: 1}}}]",
    ),
    "/spec/metrics/0/pods/target",
  ],
  [
    "a key with a slash",
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {conf/app.yaml: a}}",
    "/data/conf~1app.yaml",
  ],
  [
    "a key with a space",
    "{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {my key: a}}",
    "/stringData/my key",
  ],
  [
    "a priority kept for the system",
    "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: 2000000000}",
    "/value",
  ],
  [
    "a definition in a scope nobody knows",
    "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: a.b}, spec: {group: b, scope: Namespace, names: {kind: A, plural: a}, versions: [{name: v1, served: true, storage: true}]}}",
    "/spec/scope",
  ],
  ["no name", "{apiVersion: v1, kind: ConfigMap, metadata: {namespace: a}}", "/metadata"],
  ["no metadata", "{apiVersion: v1, kind: ConfigMap, data: {a: b}}", ""],
];
