import {
  atMostOne,
  defineOverlay,
  exactlyOne,
  exactlyOneBut,
  type Fields,
  one,
  pattern,
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

/**
 * What the API server checks beyond its published schema: enums that exist only in its code, and which fields go together.
 * Source: pkg/apis/…/validation of kubernetes/kubernetes and the field descriptions of the API reference.
 */
export default defineOverlay({
  name: "Kubernetes",
  version: "1.36.0",
  source: "https://kubernetes.io/docs/reference/kubernetes-api/",
  groups: [],
  conditions: {
    "v1/Pod": {
      "/spec/volumes/0": [exactlyOneBut("name")],
      "/spec/containers/0/livenessProbe": [exactlyOne("exec", "httpGet", "tcpSocket", "grpc")],
      "/spec/containers/0/lifecycle/postStart": handlers,
      "/spec/containers/0/env/0": [atMostOne("value", "valueFrom")],
      "/spec/containers/0/env/0/valueFrom": [exactlyOneBut()],
      "/spec/containers/0/envFrom/0": [exactlyOneBut("prefix")],
    },
    "apps/v1/Deployment": {
      "/spec/strategy": [when("type", ["Recreate"], { never: ["rollingUpdate"] })],
    },
    "policy/v1/PodDisruptionBudget": { "/spec": [atMostOne("minAvailable", "maxUnavailable")] },
    "networking.k8s.io/v1/NetworkPolicy": { "/spec/ingress/0/from/0": peer },
    "networking.k8s.io/v1/Ingress": {
      "/spec/defaultBackend": [exactlyOne("service", "resource")],
      "/spec/defaultBackend/service/port": [exactlyOne("name", "number")],
    },
    "v1/Service": { "/spec": [when("type", ["ExternalName"], { need: ["externalName"] })] },
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
    "apps/v1/Deployment": {
      spec: {
        selector: { matchExpressions: { operator: one("In", "NotIn", "Exists", "DoesNotExist") } },
      },
    },
    "v1/Pod": {
      spec: {
        containers: {
          restartPolicy: one("Always", "OnFailure", "Never"),
          resizePolicy: { restartPolicy: one("NotRequired", "RestartContainer") },
          restartPolicyRules: {
            action: one("Restart", "RestartAllContainers"),
            exitCodes: { operator: one("In", "NotIn") },
          },
        },
      },
    },
    "autoscaling/v2/HorizontalPodAutoscaler": {
      spec: {
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
