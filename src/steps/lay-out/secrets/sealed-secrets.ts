import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import {
  containerSecurity,
  folder,
  labels,
  type Manifest,
  namespaces,
  podSecurity,
  resources,
  textFile,
} from "../tree.ts";

const controller = "sealed-secrets-controller";

/** The controller with its kind, and the script that seals. */
export function sealedSecrets(context: LayOutContext): File[] {
  const namespace = namespaces.system;
  const metadata = { name: controller, namespace, labels: labels(controller) };
  const rbac = "rbac.authorization.k8s.io";
  const role = { apiVersion: `${rbac}/v1`, kind: "Role" };
  return [
    ...folder(context, "base/sealed-secrets", {
      purpose:
        "Sealed Secrets: every cluster makes its own key, so a stolen device opens nothing but its own.",
      files: {
        "crd.yaml": {
          documents: [sealedSecretDefinition()],
          purpose: "The SealedSecret kind, applied before anything of it.",
        },
        "controller.yaml": {
          documents: [
            { apiVersion: "v1", kind: "ServiceAccount", metadata },
            {
              apiVersion: "apps/v1",
              kind: "Deployment",
              metadata,
              spec: {
                replicas: 1,
                revisionHistoryLimit: 2,
                selector: { matchLabels: { "app.kubernetes.io/name": controller } },
                template: {
                  metadata: { labels: labels(controller) },
                  spec: {
                    serviceAccountName: controller,
                    enableServiceLinks: false,
                    securityContext: podSecurity(1001),
                    containers: [
                      {
                        name: controller,
                        image: context.images["sealed-secrets"]!.image,
                        imagePullPolicy: "IfNotPresent",
                        command: ["controller"],
                        args: ["--update-status", "--key-prefix", "sealed-secrets-key"],
                        ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
                        resources: resources({ requestMiB: 32, limitMiB: 96, cpu: "10m" }),
                        securityContext: containerSecurity,
                        readinessProbe: { httpGet: { path: "/healthz", port: "http" } },
                        livenessProbe: { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 30 },
                        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
                      },
                    ],
                    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "8Mi" } }],
                  },
                },
              },
            },
          ],
          purpose: "The controller that unseals; one replica, restricted.",
        },
        "rights.yaml": {
          documents: [
            {
              ...role,
              kind: "ClusterRole",
              metadata: { name: "edge-sealed-secrets-reader", labels: labels(controller) },
              rules: [
                { apiGroups: ["bitnami.com"], resources: ["sealedsecrets"], verbs: ["get", "list", "watch"] },
                { apiGroups: ["bitnami.com"], resources: ["sealedsecrets/status"], verbs: ["update"] },
                { apiGroups: [""], resources: ["namespaces"], verbs: ["get"] },
                { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
              ],
            },
            {
              apiVersion: `${rbac}/v1`,
              kind: "ClusterRoleBinding",
              metadata: { name: "edge-sealed-secrets-reader", labels: labels(controller) },
              roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "edge-sealed-secrets-reader" },
              subjects: [{ kind: "ServiceAccount", name: controller, namespace }],
            },
            // Secrets only in the namespaces of the fleet, not in the whole cluster.
            ...Object.values(namespaces).flatMap((ns) => [
              {
                ...role,
                metadata: { name: controller, namespace: ns, labels: labels(controller) },
                rules: [
                  {
                    apiGroups: [""],
                    resources: ["secrets"],
                    verbs: ["get", "list", "watch", "create", "update", "delete"],
                  },
                ],
              },
              {
                apiVersion: `${rbac}/v1`,
                kind: "RoleBinding",
                metadata: { name: controller, namespace: ns, labels: labels(controller) },
                roleRef: { apiGroup: rbac, kind: "Role", name: controller },
                subjects: [{ kind: "ServiceAccount", name: controller, namespace }],
              },
            ]),
          ],
          purpose:
            "Rights of the controller: sealed secrets everywhere, Secrets in the fleet's namespaces only.",
        },
        "traffic.yaml": {
          documents: [
            {
              apiVersion: "networking.k8s.io/v1",
              kind: "NetworkPolicy",
              metadata: { name: "allow-sealed-secrets", namespace, labels: labels(controller) },
              spec: {
                podSelector: { matchLabels: { "app.kubernetes.io/name": controller } },
                policyTypes: ["Egress"],
                egress: [
                  {
                    to: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
                    ports: [443, 6443, 16443].map((port) => ({ protocol: "TCP", port })),
                  },
                ],
              },
            },
          ],
          purpose: "The controller talks to the site's own API server, nobody talks to it.",
        },
      },
    }),
    textFile(
      "scripts/seal.sh",
      [
        "#!/usr/bin/env bash",
        "# Seals one Kubernetes Secret for one cluster. Runs on your machine; the clear text stays outside the repository.",
        "# The certificate is public: print it once on the device at provisioning (see README.md) and keep it as clusters/SITE/sealing.crt.",
        "# Usage: scripts/seal.sh SITE NAME < secret.yaml",
        "set -euo pipefail",
        'site="$1"',
        'name="$2"',
        'kubeseal --cert "clusters/$site/sealing.crt" --format yaml > "clusters/$site/$name.sealed.yaml"',
        'echo "Written: clusters/$site/$name.sealed.yaml. List it in clusters/$site/kustomization.yaml." >&2',
      ],
      "Seals a Secret for one cluster on the person's own machine.",
    ),
  ];
}

function sealedSecretDefinition(): Manifest {
  const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "sealedsecrets.bitnami.com", labels: labels(controller) },
    spec: {
      group: "bitnami.com",
      scope: "Namespaced",
      names: {
        kind: "SealedSecret",
        listKind: "SealedSecretList",
        plural: "sealedsecrets",
        singular: "sealedsecret",
      },
      versions: [
        {
          name: "v1alpha1",
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: {
              type: "object",
              required: ["spec"],
              properties: {
                spec: {
                  type: "object",
                  required: ["encryptedData"],
                  properties: {
                    encryptedData: { type: "object", additionalProperties: { type: "string" } },
                    template: open,
                  },
                },
                status: open,
              },
            },
          },
        },
      ],
    },
  };
}
