import type { FieldSpec } from "./field-paths.ts";

/** A kind that others name, and the fields that name it. */
export type Referral = { group?: string; version?: string; kind: string; fields: readonly FieldSpec[] };

const WORKLOADS = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"];
const template = (kind: string): FieldSpec => ({ kind, path: "spec/template/spec" });
const cronJob: FieldSpec = { kind: "CronJob", path: "spec/jobTemplate/spec/template/spec" };
const pod: FieldSpec = { kind: "Pod", path: "spec" };

/** Fields below the pod of every kind that holds one; kustomize forgot some kinds for some fields. */
const below = (pods: readonly FieldSpec[], ...paths: string[]): FieldSpec[] =>
  pods.flatMap((one) => paths.map((path) => ({ ...one, path: `${one.path}/${path}` })));
const configPods: readonly FieldSpec[] = [
  { ...pod, version: "v1" },
  { kind: "PodTemplate", path: "template/spec" },
  ...WORKLOADS.map(template),
  cronJob,
];
const otherPods: readonly FieldSpec[] = [
  pod,
  ...["StatefulSet", "Deployment", "ReplicationController", "Job", "DaemonSet"].map(template),
  cronJob,
];
const inContainers = (path: string) => [`containers/${path}`, `initContainers/${path}`];
const inRoles: FieldSpec[] = [
  { kind: "Role", path: "rules/resourceNames" },
  { kind: "ClusterRole", path: "rules/resourceNames" },
];
const rbac = "rbac.authorization.k8s.io";
const annotation = (name: string): FieldSpec => ({
  kind: "Ingress",
  path: `metadata/annotations/${name.replaceAll("/", "\\/")}`,
});

/**
 * Which fields follow which renamed kinds, in the order they are followed.
 * Source: kustomize api/internal/konfig/builtinpluginconsts/namereference.go (v5).
 */
export const referrals: readonly Referral[] = [
  ...["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"].map((kind) => ({
    kind,
    fields: [{ kind: "HorizontalPodAutoscaler", path: "spec/scaleTargetRef/name" }],
  })),
  {
    kind: "ConfigMap",
    version: "v1",
    fields: [
      ...below(
        configPods,
        "volumes/configMap/name",
        "volumes/projected/sources/configMap/name",
        ...inContainers("env/valueFrom/configMapKeyRef/name"),
        ...inContainers("envFrom/configMapRef/name"),
      ),
      { kind: "Node", path: "spec/configSource/configMap" },
      ...inRoles,
      annotation("nginx.ingress.kubernetes.io/fastcgi-params-configmap"),
    ],
  },
  {
    kind: "Secret",
    version: "v1",
    fields: [
      ...below(
        configPods,
        "volumes/secret/secretName",
        "volumes/projected/sources/secret/name",
        "imagePullSecrets/name",
        ...inContainers("env/valueFrom/secretKeyRef/name"),
        ...inContainers("envFrom/secretRef/name"),
      ),
      { kind: "Ingress", path: "spec/tls/secretName" },
      annotation("ingress.kubernetes.io/auth-secret"),
      annotation("nginx.ingress.kubernetes.io/auth-secret"),
      annotation("nginx.ingress.kubernetes.io/auth-tls-secret"),
      { kind: "ServiceAccount", path: "imagePullSecrets/name" },
      ...["secretName", "adminSecretName", "userSecretName", "secretRef"].map((field) => ({
        kind: "StorageClass",
        path: `parameters/${field}`,
      })),
      ...inRoles,
      {
        kind: "Service",
        group: "serving.knative.dev",
        version: "v1",
        path: "spec/template/spec/containers/env/valueFrom/secretKeyRef/name",
      },
      { kind: "PersistentVolume", path: "spec/azureFile/secretName" },
    ],
  },
  {
    kind: "Service",
    version: "v1",
    fields: [
      { kind: "StatefulSet", group: "apps", path: "spec/serviceName" },
      { kind: "Ingress", path: "spec/rules/http/paths/backend/serviceName" },
      { kind: "Ingress", path: "spec/backend/serviceName" },
      { kind: "Ingress", path: "spec/rules/http/paths/backend/service/name" },
      { kind: "Ingress", path: "spec/defaultBackend/service/name" },
      { kind: "APIService", group: "apiregistration.k8s.io", path: "spec/service/name" },
      ...["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].map((kind) => ({
        kind,
        group: "admissionregistration.k8s.io",
        path: "webhooks/clientConfig/service",
      })),
    ],
  },
  { kind: "Role", group: rbac, fields: [{ kind: "RoleBinding", group: rbac, path: "roleRef/name" }] },
  {
    kind: "ClusterRole",
    group: rbac,
    fields: [
      { kind: "RoleBinding", group: rbac, path: "roleRef/name" },
      { kind: "ClusterRoleBinding", group: rbac, path: "roleRef/name" },
    ],
  },
  {
    kind: "ServiceAccount",
    version: "v1",
    fields: [
      { kind: "RoleBinding", group: rbac, path: "subjects" },
      { kind: "ClusterRoleBinding", group: rbac, path: "subjects" },
      ...below(otherPods, "serviceAccountName"),
    ],
  },
  {
    kind: "PersistentVolumeClaim",
    version: "v1",
    fields: below(otherPods, "volumes/persistentVolumeClaim/claimName"),
  },
  {
    kind: "PersistentVolume",
    version: "v1",
    fields: [{ kind: "PersistentVolumeClaim", path: "spec/volumeName" }, inRoles[1]!],
  },
  {
    kind: "StorageClass",
    version: "v1",
    group: "storage.k8s.io",
    fields: [
      { kind: "PersistentVolume", path: "spec/storageClassName" },
      { kind: "PersistentVolumeClaim", path: "spec/storageClassName" },
      { kind: "StatefulSet", path: "spec/volumeClaimTemplates/spec/storageClassName" },
    ],
  },
  {
    kind: "PriorityClass",
    version: "v1",
    group: "scheduling.k8s.io",
    fields: below(otherPods, "priorityClassName"),
  },
];
