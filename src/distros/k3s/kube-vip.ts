import type { LayOutContext } from "#model/layout.ts";

/** A documentation address (RFC 5737): provisioning writes the site's own. */
export const vip = "192.0.2.10";

/** kube-vip as a DaemonSet on the servers of one site, by ARP, for the control plane only. */
export function kubeVip({ images, yaml }: LayOutContext): string {
  const name = "kube-vip";
  const metadata = { name, namespace: "kube-system" };
  const documents = [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata,
      rules: [
        {
          apiGroups: ["coordination.k8s.io"],
          resources: ["leases"],
          verbs: ["get", "list", "watch", "create", "update"],
        },
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", name, namespace: "kube-system" }],
    },
    {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { ...metadata, labels: { "app.kubernetes.io/name": name } },
      spec: {
        selector: { matchLabels: { "app.kubernetes.io/name": name } },
        template: {
          metadata: { labels: { "app.kubernetes.io/name": name } },
          spec: {
            serviceAccountName: name,
            hostNetwork: true,
            priorityClassName: "system-node-critical",
            nodeSelector: { "node-role.kubernetes.io/control-plane": "true" },
            tolerations: [
              { key: "node-role.kubernetes.io/control-plane", operator: "Exists", effect: "NoSchedule" },
            ],
            containers: [
              {
                name,
                image: images["kube-vip"]!.image,
                imagePullPolicy: "IfNotPresent",
                args: ["manager"],
                env: [
                  { name: "vip_arp", value: "true" },
                  { name: "cp_enable", value: "true" },
                  { name: "cp_namespace", value: "kube-system" },
                  { name: "svc_enable", value: "false" },
                  { name: "vip_leaderelection", value: "true" },
                  { name: "address", value: vip },
                  { name: "port", value: "6443" },
                ],
                resources: { requests: { cpu: "20m", memory: "32Mi" }, limits: { memory: "64Mi" } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"], add: ["NET_ADMIN", "NET_RAW"] },
                  seccompProfile: { type: "RuntimeDefault" },
                },
              },
            ],
          },
        },
      },
    },
  ];
  return yaml(
    documents,
    `Virtual address of the control plane inside one site; ${vip} is replaced at provisioning.`,
  );
}
