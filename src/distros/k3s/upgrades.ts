import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";

const namespace = "system-upgrade";
const controller = "system-upgrade-controller";

/** The system-upgrade-controller with the plans that move servers first, then agents, to one pinned release. */
export function upgrades(context: LayOutContext): File[] {
  const { yaml, decisions } = context;
  const agents = decisions.topology.params.agents > 0 || decisions.topology.choice === "site-server";
  const dir = "base/upgrades";
  const resources = ["namespace.yaml", "crd.yaml", "rbac.yaml", "controller.yaml", "plans.yaml"];
  const file = (name: string, documents: unknown, purpose: string): File => ({
    path: `${dir}/${name}`,
    content: yaml(documents),
    purpose,
  });
  return [
    file(
      "kustomization.yaml",
      { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources },
      "Upgrades of K3s by plan.",
    ),
    file("namespace.yaml", space(), "Upgrade jobs are privileged, so they have a namespace of their own."),
    file("crd.yaml", definition(), "The kind Plan of the system-upgrade-controller."),
    file("rbac.yaml", rbac(), "What the upgrade controller and its jobs may do."),
    file("controller.yaml", [settings(), deployment(context)], "The upgrade controller."),
    file(
      "plans.yaml",
      plans(context, agents),
      "One release, servers one by one, agents after them, at night.",
    ),
  ];
}

function space() {
  const labels = {
    "pod-security.kubernetes.io/enforce": "privileged",
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
  };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } };
}

function definition() {
  const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "plans.upgrade.cattle.io" },
    spec: {
      group: "upgrade.cattle.io",
      scope: "Namespaced",
      names: { kind: "Plan", listKind: "PlanList", plural: "plans", singular: "plan" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: { type: "object", required: ["spec"], properties: { spec: open, status: open } },
          },
        },
      ],
    },
  };
}

function rbac() {
  const group = "rbac.authorization.k8s.io";
  const rule = (apiGroup: string, resources: string[], verbs: string[]) => ({
    apiGroups: [apiGroup],
    resources,
    verbs,
  });
  const read = ["get", "list", "watch"];
  const own = [...read, "create", "update", "patch", "delete"];
  const subjects = [{ kind: "ServiceAccount", name: controller, namespace }];
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: controller, namespace } },
    {
      apiVersion: `${group}/v1`,
      kind: "ClusterRole",
      metadata: { name: controller },
      rules: [
        rule("", ["nodes"], [...read, "update", "patch"]),
        rule("", ["pods"], read),
        rule("", ["pods/eviction"], ["create"]),
        rule("apps", ["daemonsets", "replicasets", "statefulsets"], ["get"]),
      ],
    },
    {
      apiVersion: `${group}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: controller },
      roleRef: { apiGroup: group, kind: "ClusterRole", name: controller },
      subjects,
    },
    {
      apiVersion: `${group}/v1`,
      kind: "Role",
      metadata: { name: controller, namespace },
      rules: [
        rule("batch", ["jobs"], own),
        rule("upgrade.cattle.io", ["plans"], [...read, "update", "patch"]),
        rule("upgrade.cattle.io", ["plans/status"], ["get", "update", "patch"]),
        rule("", ["secrets", "configmaps"], read),
        rule("", ["events"], ["create", "patch"]),
        rule("coordination.k8s.io", ["leases"], [...read, "create", "update", "patch"]),
      ],
    },
    {
      apiVersion: `${group}/v1`,
      kind: "RoleBinding",
      metadata: { name: controller, namespace },
      roleRef: { apiGroup: group, kind: "Role", name: controller },
      subjects,
    },
  ];
}

function settings() {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "upgrade-controller-settings", namespace },
    data: {
      SYSTEM_UPGRADE_CONTROLLER_THREADS: "1",
      SYSTEM_UPGRADE_JOB_ACTIVE_DEADLINE_SECONDS: "1800",
      SYSTEM_UPGRADE_JOB_BACKOFF_LIMIT: "3",
      SYSTEM_UPGRADE_JOB_IMAGE_PULL_POLICY: "IfNotPresent",
      SYSTEM_UPGRADE_JOB_PRIVILEGED: "true",
      SYSTEM_UPGRADE_JOB_TTL_SECONDS_AFTER_FINISH: "3600",
    },
  };
}

function deployment({ images }: LayOutContext) {
  const labels = { "app.kubernetes.io/name": controller };
  const kubectl = images.kubectl
    ? [{ name: "SYSTEM_UPGRADE_JOB_KUBECTL_IMAGE", value: images.kubectl.image }]
    : [];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: controller, namespace, labels },
    spec: {
      replicas: 1,
      strategy: { type: "Recreate" },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: controller,
          tolerations: [
            { key: "node-role.kubernetes.io/control-plane", operator: "Exists", effect: "NoSchedule" },
          ],
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65534,
            runAsGroup: 65534,
            seccompProfile: { type: "RuntimeDefault" },
          },
          containers: [
            {
              name: controller,
              image: images[controller]!.image,
              imagePullPolicy: "IfNotPresent",
              envFrom: [{ configMapRef: { name: "upgrade-controller-settings" } }],
              env: [
                { name: "SYSTEM_UPGRADE_CONTROLLER_NAME", value: controller },
                {
                  name: "SYSTEM_UPGRADE_CONTROLLER_NAMESPACE",
                  valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } },
                },
                ...kubectl,
              ],
              // Upstream sets none; our estimate.
              resources: {
                requests: { cpu: "10m", memory: "32Mi" },
                limits: { cpu: "500m", memory: "128Mi" },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
              volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
            },
          ],
          volumes: [{ name: "tmp", emptyDir: { sizeLimit: "16Mi" } }],
        },
      },
    },
  };
}

function plans({ decisions, images }: LayOutContext, agents: boolean) {
  const { version } = decisions.distribution.params;
  const image = images["k3s-upgrade"]!.image.split(":")[0]!;
  const plan = (name: string, controlPlane: boolean, more: object) => ({
    apiVersion: "upgrade.cattle.io/v1",
    kind: "Plan",
    metadata: {
      name,
      namespace,
      // The kind is created by the same tree, so a dry run must not ask for it first.
      annotations: { "argocd.argoproj.io/sync-options": "SkipDryRunOnMissingResource=true" },
    },
    spec: {
      concurrency: 1,
      exclusive: true,
      version,
      serviceAccountName: controller,
      nodeSelector: {
        matchExpressions: [
          {
            key: "node-role.kubernetes.io/control-plane",
            operator: controlPlane ? "In" : "DoesNotExist",
            ...(controlPlane && { values: ["true"] }),
          },
        ],
      },
      tolerations: [{ operator: "Exists" }],
      cordon: true,
      ...more,
      window: {
        days: ["tuesday", "wednesday", "thursday"],
        startTime: "01:00",
        endTime: "04:30",
        timeZone: "UTC",
      },
      postCompleteDelay: "5m",
      upgrade: { image },
    },
  });
  const server = plan("k3s-server", true, {});
  if (!agents) return [server];
  return [
    server,
    plan("k3s-agent", false, {
      prepare: { image, args: ["prepare", "k3s-server"] },
      drain: { force: true, skipWaitForDeleteTimeout: 60, ignoreDaemonSets: true, deleteEmptydirData: true },
    }),
  ];
}
