import {
  atLeastOne,
  atMostOne,
  atMostOneBut,
  between,
  type Conditions,
  count,
  defineOverlay,
  exactlyOne,
  exactlyOneBut,
  type Fields,
  mapOf,
  one,
  pattern,
  unless,
  when,
} from "../overlay.ts";

const handlers = [exactlyOne("exec", "httpGet", "tcpSocket", "sleep")];
/** A rule of a network policy names addresses, or pods and namespaces. */
const peer = [atMostOne("ipBlock", "podSelector"), atMostOne("ipBlock", "namespaceSelector")];
const metricTypes = {
  Resource: "resource",
  Pods: "pods",
  Object: "object",
  External: "external",
  ContainerResource: "containerResource",
};
const target: Fields = { type: one("Utilization", "Value", "AverageValue") };
/** Operators with values, and those without. */
const operators = [
  when("operator", ["In", "NotIn", "Gt", "Lt"], { need: ["values"] }),
  when("operator", ["Exists", "DoesNotExist"], { never: ["values"] }),
];
/** A profile of the node has a name, and no other has. */
const localhost = [
  when("type", ["Localhost"], { need: ["localhostProfile"] }),
  unless("type", ["Localhost"], { never: ["localhostProfile"] }),
];
const selector =
  "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0";

const port = between(1, 65535);
const amount = between(0, 2 ** 31 - 1);
const user = between(0, 2 ** 31 - 1);
const weight = between(1, 100);
/** IANA service names: validation.IsValidPortName. */
const portName = pattern("^$|^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$");
/** Those of a Service may be longer: validation.IsDNS1123Label. */
const serviceName = pattern("^$|^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$");
/** Keys of a ConfigMap and a Secret become file names. */
const keys = "^[-._a-zA-Z0-9]{1,253}$";
const host = pattern("^$|^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$");
const probe: Fields = {
  httpGet: { port: "port" },
  tcpSocket: { port: "port" },
  grpc: { port },
  initialDelaySeconds: amount,
  periodSeconds: amount,
  timeoutSeconds: amount,
  failureThreshold: amount,
  successThreshold: amount,
};
const roleRef = { kind: one("Role", "ClusterRole"), apiGroup: one("rbac.authorization.k8s.io") };
const subjects = { kind: one("User", "Group", "ServiceAccount") };

const podConditions: Conditions = {
  // A volume that names no source is an emptyDir.
  "/spec/volumes/0": [atMostOneBut("name")],
  "/spec/containers/0/livenessProbe": [exactlyOne("exec", "httpGet", "tcpSocket", "grpc")],
  "/spec/containers/0/lifecycle/postStart": handlers,
  "/spec/containers/0/env/0": [atMostOne("value", "valueFrom")],
  "/spec/containers/0/env/0/valueFrom": [exactlyOneBut()],
  "/spec/containers/0/envFrom/0": [exactlyOneBut("prefix")],
  "/spec/securityContext/seccompProfile": localhost,
  "/spec/securityContext/appArmorProfile": localhost,
  "/spec/tolerations/0": [
    when("operator", ["Exists"], { never: ["value"] }),
    unless("effect", ["NoExecute"], { never: ["tolerationSeconds"] }),
  ],
  [`${selector}/matchExpressions/0`]: operators,
};

/**
 * What the API server checks beyond its published schema: enums and bounds that exist only in its code, and which fields go
 * together. Source: pkg/apis/…/validation of kubernetes/kubernetes and the field descriptions of the API reference.
 */
export default defineOverlay({
  name: "Kubernetes",
  version: "1.36.0",
  source: "https://kubernetes.io/docs/reference/kubernetes-api/",
  groups: [],
  conditions: {
    "v1/Pod": podConditions,
    "apps/v1/Deployment": {
      "/spec/strategy": [when("type", ["Recreate"], { never: ["rollingUpdate"] })],
      "/spec/selector/matchExpressions/0": operators,
    },
    "apps/v1/DaemonSet": {
      "/spec/updateStrategy": [when("type", ["OnDelete"], { never: ["rollingUpdate"] })],
    },
    "policy/v1/PodDisruptionBudget": { "/spec": [atMostOne("minAvailable", "maxUnavailable")] },
    "networking.k8s.io/v1/NetworkPolicy": { "/spec/ingress/0/from/0": peer },
    "networking.k8s.io/v1/Ingress": {
      "/spec/defaultBackend": [exactlyOne("service", "resource")],
      "/spec/defaultBackend/service/port": [exactlyOne("name", "number")],
      "/spec/rules/0/http/paths/0": [when("pathType", ["Exact", "Prefix"], { need: ["path"] })],
    },
    "v1/Service": {
      "/spec": [
        when("type", ["ExternalName"], { need: ["externalName"] }),
        when("type", ["NodePort", "LoadBalancer"], { need: ["ports"] }),
        unless("type", ["LoadBalancer"], {
          never: ["loadBalancerClass", "allocateLoadBalancerNodePorts", "loadBalancerSourceRanges"],
        }),
      ],
    },
    "v1/PersistentVolume": {
      "/spec": [
        exactlyOneBut(
          "accessModes",
          "capacity",
          "claimRef",
          "mountOptions",
          "nodeAffinity",
          "persistentVolumeReclaimPolicy",
          "storageClassName",
          "volumeAttributesClassName",
          "volumeMode",
        ),
        atLeastOne("capacity.storage"),
        atLeastOne("accessModes"),
      ],
    },
    "autoscaling/v2/HorizontalPodAutoscaler": {
      "/spec/metrics/0": Object.entries(metricTypes).map(([type, field]) =>
        when("type", [type], {
          need: [field],
          never: Object.values(metricTypes).filter((other) => other !== field),
        }),
      ),
    },
  },
  extend: {
    "v1/ConfigMap": { data: mapOf("string", keys), binaryData: mapOf("base64", keys) },
    "v1/Secret": { data: mapOf("base64", keys), stringData: mapOf("string", keys) },
    "v1/Service": {
      spec: {
        ports: { name: serviceName, port, targetPort: "port", nodePort: between(0, 65535) },
        clusterIP: pattern("^(None|[0-9A-Fa-f:.]*)$"),
        loadBalancerSourceRanges: ["cidr"],
      },
    },
    "apps/v1/Deployment": {
      spec: {
        replicas: amount,
        minReadySeconds: amount,
        revisionHistoryLimit: amount,
        progressDeadlineSeconds: amount,
        strategy: { rollingUpdate: { maxSurge: "count-or-percent", maxUnavailable: "count-or-percent" } },
        selector: { matchExpressions: { operator: one("In", "NotIn", "Exists", "DoesNotExist") } },
      },
    },
    "apps/v1/DaemonSet": {
      spec: {
        minReadySeconds: amount,
        revisionHistoryLimit: amount,
        updateStrategy: {
          rollingUpdate: { maxSurge: "count-or-percent", maxUnavailable: "count-or-percent" },
        },
      },
    },
    "apps/v1/StatefulSet": {
      spec: {
        replicas: amount,
        minReadySeconds: amount,
        revisionHistoryLimit: amount,
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: one("Retain", "Delete"),
          whenScaled: one("Retain", "Delete"),
        },
        updateStrategy: { rollingUpdate: { maxUnavailable: "count-or-percent", partition: amount } },
      },
    },
    "apps/v1/ReplicaSet": { spec: { replicas: amount, minReadySeconds: amount } },
    "batch/v1/Job": {
      spec: {
        parallelism: amount,
        completions: amount,
        backoffLimit: amount,
        activeDeadlineSeconds: between(0, null),
        ttlSecondsAfterFinished: amount,
      },
    },
    "batch/v1/CronJob": {
      spec: {
        schedule: "cron",
        startingDeadlineSeconds: between(0, null),
        successfulJobsHistoryLimit: amount,
        failedJobsHistoryLimit: amount,
      },
    },
    "policy/v1/PodDisruptionBudget": {
      spec: { minAvailable: "count-or-percent", maxUnavailable: "count-or-percent" },
    },
    "v1/Pod": {
      spec: {
        securityContext: { runAsUser: user, runAsGroup: user, fsGroup: user },
        affinity: {
          nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: { weight } },
          podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: { weight } },
        },
        topologySpreadConstraints: { maxSkew: between(1, null), minDomains: between(1, null) },
        containers: {
          ports: { containerPort: port, hostPort: between(0, 65535), name: portName },
          livenessProbe: probe,
          securityContext: { runAsUser: user, runAsGroup: user },
          restartPolicy: one("Always", "OnFailure", "Never"),
          resizePolicy: { restartPolicy: one("NotRequired", "RestartContainer") },
          restartPolicyRules: {
            action: one("Restart", "RestartAllContainers"),
            exitCodes: { operator: one("In", "NotIn") },
          },
        },
      },
    },
    "networking.k8s.io/v1/Ingress": {
      spec: {
        rules: {
          host,
          http: {
            paths: { path: pattern("^(/|$)"), backend: { service: { port: { number: between(0, 65535) } } } },
          },
        },
      },
    },
    "networking.k8s.io/v1/NetworkPolicy": {
      spec: {
        ingress: {
          from: { ipBlock: { cidr: "cidr", except: ["cidr"] } },
          ports: { port: "port", endPort: port },
        },
      },
    },
    "rbac.authorization.k8s.io/v1/RoleBinding": { roleRef, subjects },
    "scheduling.k8s.io/v1/PriorityClass": { value: between(-(2 ** 31), 1_000_000_000) },
    "apiextensions.k8s.io/v1/CustomResourceDefinition": {
      spec: { scope: one("Cluster", "Namespaced"), versions: count(1) },
    },
    "autoscaling/v2/HorizontalPodAutoscaler": {
      spec: {
        minReplicas: amount,
        maxReplicas: between(1, 2 ** 31 - 1),
        metrics: {
          type: one(...Object.keys(metricTypes)),
          resource: { target },
        },
        behavior: {
          scaleDown: {
            selectPolicy: one("Max", "Min", "Disabled"),
            policies: { type: one("Pods", "Percent") },
          },
        },
      },
    },
    "autoscaling/v1/HorizontalPodAutoscaler": {
      spec: { minReplicas: amount, maxReplicas: between(1, 2 ** 31 - 1) },
    },
    "storage.k8s.io/v1/CSIDriver": {
      spec: { fsGroupPolicy: one("ReadWriteOnceWithFSType", "File", "None") },
    },
    // Beside the three of its own, Kubernetes takes any name with a prefix.
    "v1/LimitRange": {
      spec: { limits: { type: pattern("^(Pod|Container|PersistentVolumeClaim|.+/.+)$") } },
    },
    "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding": {
      spec: { paramRef: { parameterNotFoundAction: one("Allow", "Deny") } },
    },
  },
});
