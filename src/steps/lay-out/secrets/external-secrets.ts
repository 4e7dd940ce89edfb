import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { folder, labels, type Manifest, namespaces, resources } from "../tree.ts";

const operator = "external-secrets";

/** The operator from its chart, and what it fetches as a second stage. */
export function externalSecrets(context: LayOutContext): File[] {
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
        driftDetection: { mode: "enabled" },
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
