import { atLeastOne, count, defineOverlay, exactlyOne, type Fields, one, pattern } from "#schemas/overlay.ts";

/** Names of containers: a label of DNS. */
const label = pattern("^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$");
/** Inside resources of others a container may only add to one that is there; here it is the whole of it. */
const container: Fields = { name: label, "image!": "string" };

type Places = { readonly [pointer: string]: Fields };

function pod(pointer: string, fields: Fields): Places {
  return {
    [pointer]: { "containers!": count(1), ...fields },
    [`${pointer}/containers/0`]: container,
    [`${pointer}/initContainers/0`]: container,
    [`${pointer}/volumes/0`]: { name: label },
  };
}

const kept = pod("/spec/template/spec", { restartPolicy: one("Always") });
const restartPolicy = { "restartPolicy!": one("OnFailure", "Never") };

/** What the pods of each kind of workload must have: an image, and the restart policy its controller allows. */
const workloads: Record<string, Places> = {
  "v1/Pod": pod("/spec", {}),
  "v1/PodTemplate": pod("/template/spec", {}),
  "v1/ReplicationController": kept,
  "apps/v1/DaemonSet": kept,
  "apps/v1/Deployment": kept,
  "apps/v1/ReplicaSet": kept,
  "apps/v1/StatefulSet": kept,
  "batch/v1/Job": pod("/spec/template/spec", restartPolicy),
  "batch/v1/CronJob": pod("/spec/jobTemplate/spec/template/spec", restartPolicy),
};

const targets = ["resource", "containerResource", "pods", "object", "external"];

/** What holds for one kind alone, of types that many kinds share. Laid over after what holds for all of them. */
export default defineOverlay({
  name: "Kubernetes",
  version: "1.36.0",
  source: "https://kubernetes.io/docs/reference/kubernetes-api/",
  groups: [],
  narrow: {
    ...workloads,
    "rbac.authorization.k8s.io/v1/ClusterRoleBinding": { "/roleRef": { kind: one("ClusterRole") } },
    // Templates of claims are not looked at before there is a claim.
    "v1/PersistentVolumeClaim": { "/spec": { "accessModes!": count(1) } },
    "autoscaling/v2/HorizontalPodAutoscaler": Object.fromEntries(
      targets.map((field) => [`/spec/metrics/0/${field}/target`, {}]),
    ),
  },
  conditions: {
    "v1/PersistentVolumeClaim": { "/spec": [atLeastOne("resources.requests.storage")] },
    "autoscaling/v2/HorizontalPodAutoscaler": {
      "/spec/metrics/0/resource/target": [exactlyOne("averageUtilization", "averageValue")],
      "/spec/metrics/0/containerResource/target": [exactlyOne("averageUtilization", "averageValue")],
      "/spec/metrics/0/pods/target": [atLeastOne("averageValue")],
      "/spec/metrics/0/object/target": [exactlyOne("value", "averageValue")],
      "/spec/metrics/0/external/target": [exactlyOne("value", "averageValue")],
    },
  },
});
