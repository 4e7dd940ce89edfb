import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import {
  containerSecurity,
  folder,
  labels,
  literally,
  type Manifest,
  podSecurity,
  resources,
} from "../tree.ts";
import { closed } from "./closed.ts";

const provisioner = "local-path-provisioner";
const storageNamespace = "local-path-storage";

/** k0s bundles no storage; this is the provisioner K3s bundles, with rights of its own. */
export function storage(context: LayOutContext): File[] {
  const metadata = { name: provisioner, namespace: storageNamespace, labels: labels(provisioner) };
  const group = "rbac.authorization.k8s.io";
  const helper: Manifest = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "helper-pod" },
    spec: {
      priorityClassName: "system-node-critical",
      containers: [
        {
          name: "helper-pod",
          image: context.images.busybox!.image,
          imagePullPolicy: "IfNotPresent",
          resources: resources({ requestMiB: 8, limitMiB: 32, cpu: "5m" }),
        },
      ],
    },
  };
  const watch = ["get", "list", "watch"];
  return folder(context, "base/storage", {
    purpose: "Storage on the node's own disk: k0s brings none.",
    files: {
      "namespace.yaml": {
        documents: [
          {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: {
              name: storageNamespace,
              labels: { ...labels(provisioner), "pod-security.kubernetes.io/enforce": "privileged" },
            },
          },
        ],
        purpose: "The helper pods make directories on the node, which no other namespace of ours may.",
      },
      "traffic.yaml": {
        documents: [
          ...closed(storageNamespace, provisioner),
          {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "allow-api", namespace: storageNamespace, labels: labels(provisioner) },
            spec: {
              podSelector: { matchLabels: { "app.kubernetes.io/name": provisioner } },
              policyTypes: ["Egress"],
              egress: [
                {
                  to: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
                  ports: [443, 6443].map((port) => ({ protocol: "TCP", port })),
                },
              ],
            },
          },
        ],
        purpose: "The provisioner talks to the site's own API server, helper pods to nobody.",
      },
      "provisioner.yaml": {
        documents: [
          { apiVersion: "v1", kind: "ServiceAccount", metadata },
          {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { ...metadata, name: "local-path-config", annotations: { ...literally } },
            data: {
              "config.json": `${JSON.stringify({ nodePathMap: [{ node: "DEFAULT_PATH_FOR_NON_LISTED_NODES", paths: ["/var/lib/local-path"] }] }, null, 2)}\n`,
              setup: '#!/bin/sh\nset -eu\nmkdir -m 0777 -p "$VOL_DIR"\n',
              teardown: '#!/bin/sh\nset -eu\nrm -rf "$VOL_DIR"\n',
              "helperPod.yaml": context.yaml(helper),
            },
          },
          {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata,
            spec: {
              replicas: 1,
              revisionHistoryLimit: 2,
              selector: { matchLabels: { "app.kubernetes.io/name": provisioner } },
              template: {
                metadata: { labels: labels(provisioner) },
                spec: {
                  serviceAccountName: provisioner,
                  enableServiceLinks: false,
                  securityContext: podSecurity(65534),
                  containers: [
                    {
                      name: provisioner,
                      image: context.images[provisioner]!.image,
                      imagePullPolicy: "IfNotPresent",
                      command: [provisioner, "start", "--config", "/etc/config/config.json"],
                      env: [
                        {
                          name: "POD_NAMESPACE",
                          valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } },
                        },
                        { name: "CONFIG_MOUNT_PATH", value: "/etc/config/" },
                      ],
                      resources: resources({ requestMiB: 16, limitMiB: 64, cpu: "5m" }),
                      securityContext: containerSecurity,
                      volumeMounts: [{ name: "config", mountPath: "/etc/config/", readOnly: true }],
                    },
                  ],
                  volumes: [{ name: "config", configMap: { name: "local-path-config" } }],
                },
              },
            },
          },
          {
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            metadata: {
              name: "local-path",
              labels: labels(provisioner),
              annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
            },
            provisioner: "rancher.io/local-path",
            volumeBindingMode: "WaitForFirstConsumer",
            reclaimPolicy: "Delete",
          },
        ],
        purpose: "The provisioner and the storage class local-path.",
      },
      "rights.yaml": {
        documents: [
          {
            apiVersion: `${group}/v1`,
            kind: "Role",
            metadata,
            rules: [
              { apiGroups: [""], resources: ["pods"], verbs: [...watch, "create", "delete"] },
              { apiGroups: [""], resources: ["pods/log", "configmaps"], verbs: watch },
            ],
          },
          {
            apiVersion: `${group}/v1`,
            kind: "RoleBinding",
            metadata,
            roleRef: { apiGroup: group, kind: "Role", name: provisioner },
            subjects: [{ kind: "ServiceAccount", name: provisioner, namespace: storageNamespace }],
          },
          {
            apiVersion: `${group}/v1`,
            kind: "ClusterRole",
            metadata: { name: provisioner, labels: labels(provisioner) },
            rules: [
              { apiGroups: [""], resources: ["nodes", "persistentvolumeclaims", "pods"], verbs: watch },
              {
                apiGroups: [""],
                resources: ["persistentvolumes"],
                verbs: [...watch, "create", "update", "patch", "delete"],
              },
              { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
              { apiGroups: ["storage.k8s.io"], resources: ["storageclasses"], verbs: watch },
            ],
          },
          {
            apiVersion: `${group}/v1`,
            kind: "ClusterRoleBinding",
            metadata: { name: provisioner, labels: labels(provisioner) },
            roleRef: { apiGroup: group, kind: "ClusterRole", name: provisioner },
            subjects: [{ kind: "ServiceAccount", name: provisioner, namespace: storageNamespace }],
          },
        ],
        purpose: "Volumes and helper pods, nothing else.",
      },
    },
  });
}
