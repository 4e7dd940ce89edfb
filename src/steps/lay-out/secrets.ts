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
  yamlFile,
} from "./tree.ts";

/** Secret management as decided. No file of the repository holds a secret value, not even an example of one. */
export function secrets(context: LayOutContext): File[] {
  switch (context.decisions.secrets.choice) {
    case "sops":
      return sops(context);
    case "sealed-secrets":
      return sealedSecrets(context);
    case "external-secrets":
      return externalSecrets(context);
    default:
      return [];
  }
}

function sops(context: LayOutContext): File[] {
  return [
    yamlFile(context, ".sops.yaml", {
      documents: {
        creation_rules: context.regions.map((region) => ({
          path_regex: `regions/${region}/secrets/.*\\.enc\\.yaml$`,
          encrypted_regex: "^(data|stringData)$",
          age: `REPLACE-WITH-AGE-RECIPIENTS-OF-${region.toUpperCase()}`,
        })),
      },
      purpose: "Which keys may read which file: one age recipient a site, listed per region.",
      comment:
        "Which keys may read which file: one age recipient a site, listed per region (public keys only).\nscripts/new-site.sh prints the recipient of a new site. Private keys never enter this repository.",
    }),
    textFile(
      "scripts/encrypt.sh",
      [
        "#!/usr/bin/env bash",
        "# Encrypts one Kubernetes Secret for the sites of a region. Runs on your machine; the clear text stays outside the repository.",
        "# Usage: scripts/encrypt.sh REGION NAME < secret.yaml",
        "set -euo pipefail",
        'region="$1"',
        'name="$2"',
        'target="regions/$region/secrets/$name.enc.yaml"',
        'mkdir -p "regions/$region/secrets"',
        "# From a pipe: nothing unencrypted is ever written to disk.",
        'sops encrypt --filename-override "$target" --input-type yaml --output-type yaml /dev/stdin > "$target.new"',
        'mv "$target.new" "$target"',
        'echo "Written: $target. List it under resources in regions/$region/kustomization.yaml." >&2',
      ],
      "Encrypts a Secret on the person's own machine.",
    ),
  ];
}

const controller = "sealed-secrets-controller";

function sealedSecrets(context: LayOutContext): File[] {
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

const operator = "external-secrets";

function externalSecrets(context: LayOutContext): File[] {
  return [
    ...folder(context, "base/external-secrets", {
      purpose:
        "External Secrets Operator: values live in your vault; the cluster fetches its own with its own identity.",
      files: {
        "namespace.yaml": {
          documents: [
            {
              apiVersion: "v1",
              kind: "Namespace",
              metadata: {
                name: operator,
                labels: {
                  ...labels(operator),
                  "pod-security.kubernetes.io/enforce": "restricted",
                  "pod-security.kubernetes.io/warn": "restricted",
                },
              },
            },
          ],
          purpose: "Where the operator runs.",
        },
        "traffic.yaml": {
          documents: operatorTraffic(),
          purpose: "The operator may ask the cluster's DNS, the API server and the vault; nobody dials in.",
        },
        ...(context.decisions.gitops.choice === "flux" && {
          "rights.yaml": {
            documents: installerRights(),
            purpose: "What installing the operator takes, by name; Flux acts as this account and no other.",
          },
        }),
        "operator.yaml": {
          documents: operatorRelease(context),
          purpose: "The operator from its chart, without webhook and certificate controller to save memory.",
        },
      },
    }),
    ...folder(context, "stores", {
      purpose: "What may be fetched and from where; applied once the operator's kinds exist.",
      comment:
        "What may be fetched and from where; applied once the operator's kinds exist.\nA second stage of its own: an unknown kind would hold up the whole set.",
      files: {
        "vault.yaml": {
          documents: [store(), wanted(context)],
          purpose:
            "One store in one namespace; the deletion policy keeps a Secret while the vault cannot be reached.",
        },
      },
    }),
  ];
}

function operatorTraffic(): Manifest[] {
  const policy = (name: string, spec: Record<string, unknown>): Manifest => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: operator, labels: labels(operator) },
    spec,
  });
  return [
    policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    policy("allow-out", {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 })),
        },
        {
          to: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
          ports: [443, 6443, 16443].map((port) => ({ protocol: "TCP", port })),
        },
      ],
    }),
  ];
}

const installer = "operator-installer";

function installerRights(): Manifest[] {
  const group = "rbac.authorization.k8s.io";
  const verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];
  const subjects = [{ kind: "ServiceAccount", name: installer, namespace: operator }];
  const own = { name: installer, namespace: operator, labels: labels(operator) };
  const wide = { name: `edge-${installer}`, labels: labels(operator) };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: own, automountServiceAccountToken: false },
    {
      apiVersion: `${group}/v1`,
      kind: "Role",
      metadata: own,
      rules: [
        { apiGroups: [""], resources: ["configmaps", "secrets", "serviceaccounts", "services"], verbs },
        { apiGroups: ["apps"], resources: ["deployments"], verbs },
        // A chart may only grant what its installer may: these two let it write the operator's own roles.
        { apiGroups: [group], resources: ["roles"], verbs: [...verbs, "bind", "escalate"] },
        { apiGroups: [group], resources: ["rolebindings"], verbs },
      ],
    },
    {
      apiVersion: `${group}/v1`,
      kind: "RoleBinding",
      metadata: own,
      roleRef: { apiGroup: group, kind: "Role", name: installer },
      subjects,
    },
    {
      apiVersion: `${group}/v1`,
      kind: "ClusterRole",
      metadata: wide,
      rules: [
        { apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs },
        { apiGroups: [group], resources: ["clusterroles"], verbs: [...verbs, "bind", "escalate"] },
        { apiGroups: [group], resources: ["clusterrolebindings"], verbs },
      ],
    },
    {
      apiVersion: `${group}/v1`,
      kind: "ClusterRoleBinding",
      metadata: wide,
      roleRef: { apiGroup: group, kind: "ClusterRole", name: wide.name },
      subjects,
    },
  ];
}

function operatorValues() {
  return {
    installCRDs: true,
    // Cluster-wide stores and pushes are what a stolen device would abuse.
    processClusterStore: false,
    processClusterExternalSecret: false,
    processPushSecret: false,
    webhook: { create: false },
    certController: { create: false },
    concurrent: 1,
    resources: resources({ requestMiB: 48, limitMiB: 128, cpu: "10m" }),
  };
}

function operatorRelease(context: LayOutContext): Manifest[] {
  const chart = context.charts[operator]!;
  if (context.decisions.gitops.choice === "argocd") {
    return [
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Application",
        metadata: { name: operator, namespace: "argocd", labels: labels(operator) },
        spec: {
          project: "edge",
          destination: { server: "https://kubernetes.default.svc", namespace: operator },
          source: {
            repoURL: chart.repository,
            chart: chart.chart,
            targetRevision: chart.version,
            helm: { releaseName: operator, valuesObject: operatorValues() },
          },
          syncPolicy: {
            automated: { enabled: true, prune: true, selfHeal: true },
            syncOptions: ["ServerSideApply=true"],
          },
        },
      },
    ];
  }
  return [
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "HelmRepository",
      metadata: { name: operator, namespace: operator, labels: labels(operator) },
      spec: { interval: "24h", url: chart.repository },
    },
    {
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata: { name: operator, namespace: operator, labels: labels(operator) },
      spec: {
        interval: "60m",
        timeout: "10m",
        serviceAccountName: installer,
        chart: {
          spec: {
            chart: chart.chart,
            version: chart.version,
            sourceRef: { kind: "HelmRepository", name: operator },
          },
        },
        install: { crds: "CreateReplace", remediation: { retries: -1 } },
        upgrade: { crds: "CreateReplace", remediation: { retries: 3 } },
        values: operatorValues(),
      },
    },
  ];
}

/** Argo CD tries again by itself when told that the kind may not exist yet; Flux gets a second stage. */
const laterInArgo = {
  "argocd.argoproj.io/sync-options": "SkipDryRunOnMissingResource=true",
  "argocd.argoproj.io/sync-wave": "10",
};

function store(): Manifest {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "SecretStore",
    metadata: {
      name: "vault",
      namespace: namespaces.apps,
      labels: labels(operator),
      annotations: { ...laterInArgo },
    },
    spec: {
      provider: {
        vault: {
          server: "https://vault.example.com",
          path: "edge",
          version: "v2",
          auth: {
            kubernetes: {
              mountPath: "kubernetes",
              role: "edge-site",
              serviceAccountRef: { name: "edge-app" },
            },
          },
        },
      },
    },
  };
}

function wanted({ answers }: LayOutContext): Manifest {
  const hours = answers.network === "stable" ? 1 : 12;
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: {
      name: "ingest",
      namespace: namespaces.apps,
      labels: labels(operator),
      annotations: { ...laterInArgo },
    },
    spec: {
      refreshInterval: `${hours}h`,
      secretStoreRef: { name: "vault", kind: "SecretStore" },
      target: { name: "ingest", creationPolicy: "Owner", deletionPolicy: "Retain" },
      data: [{ secretKey: "token", remoteRef: { key: "ingest", property: "token" } }],
    },
  };
}
