// A small fleet repository of good practice for a site with a single node: one replica each, no disruption budget, nothing
// that assumes a second machine. Every rule must be silent about it, and every fault of the sweep breaks one thing in it.

// biome-ignore lint/suspicious/noExplicitAny: faults reach deep into documents of every kind.
export type Doc = Record<string, any>;

/** The objects of the repository, and its other files. Each call makes new ones, so that a fault may change them. */
export type GoodTree = { docs: Doc[]; files: Record<string, string> };

const digest = `sha256:${"5f".repeat(32)}`;
export const apps = "apps";
/** What an encrypted value of Sealed Secrets looks like: base64 of at least one RSA block. */
const sealed = `AgB${"q3Jk9sLz".repeat(48)}`;

/** A container that lacks nothing. */
export function container(name: string, port?: number): Doc {
  return {
    name,
    image: `registry.example.com/fleet/${name}:1.4.2@${digest}`,
    imagePullPolicy: "IfNotPresent",
    ...(port !== undefined && {
      ports: [{ name: "http", containerPort: port }],
      readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 5 },
      livenessProbe: { httpGet: { path: "/alive", port: "http" }, periodSeconds: 30, failureThreshold: 6 },
    }),
    env: [{ name: "TZ", value: "Etc/UTC" }],
    resources: { requests: { cpu: "20m", memory: "32Mi" }, limits: { memory: "64Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
}

/** A pod's spec around containers, as the restricted profile wants it. */
export function podSpec(containers: Doc[], extra: Doc = {}): Doc {
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
    containers,
    ...extra,
  };
}

function meta(name: string, namespace?: string, labels: Doc = {}): Doc {
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    labels: { "app.kubernetes.io/name": name, ...labels },
  };
}

function template(name: string, spec: Doc): Doc {
  return { metadata: { labels: { "app.kubernetes.io/name": name } }, spec };
}

function workload(kind: string, name: string, { spec, ...extra }: Doc & { spec: Doc }): Doc {
  const selector = { matchLabels: { "app.kubernetes.io/name": name } };
  return {
    ...{ apiVersion: "apps/v1", kind, metadata: meta(name, apps) },
    spec: { ...extra, selector, template: template(name, spec) },
  };
}

function service(name: string, spec: Doc): Doc {
  return {
    ...{ apiVersion: "v1", kind: "Service", metadata: meta(name, apps) },
    spec: { selector: { "app.kubernetes.io/name": name }, ...spec },
  };
}

function namespace(name: string, labels: Doc = {}): Doc {
  const profile = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "edge.example.com/guarded": "strict",
    ...labels,
  };
  return { apiVersion: "v1", kind: "Namespace", metadata: meta(name, undefined, profile) };
}

function policy(name: string, spec: Doc): Doc {
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: meta(name, apps), spec };
}

function till(): Doc[] {
  const main = container("till", 8080);
  main.env.push(
    { name: "MODE", valueFrom: { configMapKeyRef: { name: "till", key: "mode" } } },
    { name: "TOKEN", valueFrom: { secretKeyRef: { name: "till-token", key: "token" } } },
  );
  main.envFrom = [{ configMapRef: { name: "till" } }];
  main.volumeMounts = [
    { name: "data", mountPath: "/data" },
    { name: "tmp", mountPath: "/tmp" },
    { name: "config", mountPath: "/etc/till", readOnly: true },
  ];
  const init = container("prepare");
  init.volumeMounts = [{ name: "data", mountPath: "/data" }];
  const spec = podSpec([main, container("proxy", 9090)], {
    serviceAccountName: "till",
    priorityClassName: "till",
    initContainers: [init],
    volumes: [
      { name: "data", persistentVolumeClaim: { claimName: "till-data" } },
      { name: "tmp", emptyDir: { sizeLimit: "16Mi" } },
      { name: "config", configMap: { name: "till", items: [{ key: "mode", path: "mode" }] } },
    ],
  });
  spec.containers[1].ports[0].name = "proxy";
  for (const probe of ["readinessProbe", "livenessProbe"]) spec.containers[1][probe].httpGet.port = "proxy";
  return [
    workload("Deployment", "till", { replicas: 1, strategy: { type: "Recreate" }, spec }),
    service("till", { ports: [{ name: "http", port: 80, targetPort: "http" }] }),
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: meta("till", apps),
      data: { mode: "kiosk", token_file: "/run/token" },
    },
    {
      ...{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: meta("till-data", apps) },
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "local-path",
        resources: { requests: { storage: "1Gi" } },
      },
    },
    {
      ...{ apiVersion: "v1", kind: "ServiceAccount", metadata: meta("till", apps) },
      automountServiceAccountToken: false,
    },
    {
      ...{ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "till" } },
      value: 1_000,
    },
    {
      ...{ apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", metadata: meta("till", apps) },
      spec: {
        secretStoreRef: { kind: "ClusterSecretStore", name: "vault" },
        target: { name: "till-token" },
        data: [{ secretKey: "token", remoteRef: { key: "till" } }],
      },
    },
    {
      ...{ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: meta("till", apps) },
      spec: {
        ...{ minReplicas: 1, maxReplicas: 1 },
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "till" },
      },
    },
    {
      ...{ apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor", metadata: meta("till", apps) },
      spec: {
        selector: { matchLabels: { "app.kubernetes.io/name": "till" } },
        endpoints: [{ port: "http", interval: "60s" }],
      },
    },
  ];
}

function database(): Doc[] {
  const db = container("db", 5432);
  db.volumeMounts = [{ name: "store", mountPath: "/var/lib/db" }];
  return [
    workload("StatefulSet", "db", {
      ...{ replicas: 1, serviceName: "db", spec: podSpec([db]) },
      volumeClaimTemplates: [
        {
          metadata: { name: "store" },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "2Gi" } } },
        },
      ],
    }),
    service("db", { clusterIP: "None", ports: [{ name: "http", port: 5432, targetPort: "http" }] }),
    {
      ...{ apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", metadata: meta("db", apps) },
      spec: { encryptedData: { password: sealed }, template: { metadata: { name: "db", namespace: apps } } },
    },
  ];
}

function others(): Doc[] {
  const job = { restartPolicy: "Never" };
  return [
    workload("DaemonSet", "agent", {
      spec: podSpec([container("agent", 7070)], {
        serviceAccountName: "agent",
        automountServiceAccountToken: true,
      }),
    }),
    { apiVersion: "v1", kind: "ServiceAccount", metadata: meta("agent", apps) },
    {
      ...{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: meta("agent", apps) },
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
    },
    {
      ...{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", metadata: meta("agent", apps) },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "agent" },
      subjects: [{ kind: "ServiceAccount", name: "agent", namespace: apps }],
    },
    {
      ...{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: meta("agent-nodes") },
      rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] }],
    },
    {
      ...{
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRoleBinding",
        metadata: meta("agent-nodes"),
      },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "agent-nodes" },
      subjects: [{ kind: "ServiceAccount", name: "agent", namespace: apps }],
    },
    {
      ...{ apiVersion: "batch/v1", kind: "Job", metadata: meta("migrate", apps) },
      spec: {
        ttlSecondsAfterFinished: 3_600,
        template: template("migrate", podSpec([container("migrate")], job)),
      },
    },
    {
      ...{ apiVersion: "batch/v1", kind: "CronJob", metadata: meta("cleanup", apps) },
      spec: {
        schedule: "17 3 * * *",
        jobTemplate: { spec: { template: template("cleanup", podSpec([container("cleanup")], job)) } },
      },
    },
  ];
}

function policies(): Doc[] {
  const dns = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } };
  return [
    policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    policy("allow-dns", {
      ...{ podSelector: {}, policyTypes: ["Egress"] },
      egress: [
        {
          to: [dns],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
      ],
    }),
    policy("allow-till", {
      podSelector: { matchLabels: { "app.kubernetes.io/name": "till" } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ protocol: "TCP", port: 8080 }] }],
    }),
    {
      ...{
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicy",
        metadata: meta("images"),
      },
      spec: {
        matchConstraints: {
          resourceRules: [
            { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] },
          ],
        },
        validations: [{ expression: "true" }],
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: meta("images"),
      spec: {
        ...{ policyName: "images", validationActions: ["Deny"] },
        matchResources: { namespaceSelector: { matchLabels: { "edge.example.com/guarded": "strict" } } },
      },
    },
  ];
}

const system = "flux-system";
function flux(): Doc[] {
  const source = { kind: "GitRepository", name: "fleet" };
  const kustomization = (name: string, path: string, extra: Doc = {}) => ({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: meta(name, system),
    spec: {
      ...{
        interval: "60m",
        retryInterval: "5m",
        timeout: "10m",
        prune: true,
        wait: true,
        path,
        sourceRef: source,
      },
      ...extra,
    },
  });
  return [
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: meta("fleet", system),
      spec: {
        ...{ interval: "15m", timeout: "60s", url: "https://git.example.com/fleet" },
        ref: { branch: "ring-1" },
      },
    },
    kustomization("first", "./platform/first"),
    kustomization("second", "./platform/second", {
      dependsOn: [{ name: "first" }],
      postBuild: { substitute: { region: "eu" }, substituteFrom: [{ kind: "ConfigMap", name: "site" }] },
      decryption: { provider: "sops", secretRef: { name: "sops-age" } },
    }),
    {
      ...{ apiVersion: "v1", kind: "ConfigMap" },
      metadata: meta("site", system, { "reconcile.fluxcd.io/watch": "Enabled" }),
      data: { site_id: "s-0001" },
    },
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "OCIRepository",
      metadata: meta("charts", system),
      spec: { interval: "60m", url: "oci://registry.example.com/charts/metrics", ref: { tag: "2.1.0" } },
    },
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "HelmRepository",
      metadata: meta("vendor", system),
      spec: { interval: "60m", url: "https://charts.example.com" },
    },
    {
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata: meta("metrics", system),
      spec: {
        ...{
          interval: "60m",
          timeout: "10m",
          targetNamespace: "metrics",
          serviceAccountName: "helm-controller",
        },
        chart: {
          spec: { chart: "metrics", version: "2.1.0", sourceRef: { kind: "HelmRepository", name: "vendor" } },
        },
        install: { remediation: { retries: 3 } },
        upgrade: { remediation: { retries: 3 } },
        driftDetection: { mode: "enabled" },
        values: {
          image: { repository: "registry.example.com/metrics", tag: "2.1.0" },
          service: { type: "ClusterIP" },
        },
      },
    },
    {
      apiVersion: "helm.cattle.io/v1",
      kind: "HelmChart",
      metadata: meta("viewer", "kube-system"),
      spec: {
        ...{
          repo: "https://charts.example.com",
          chart: "viewer",
          version: "0.4.0",
          targetNamespace: "viewer",
        },
        valuesContent: "image:\n  tag: 0.4.0\nservice:\n  type: ClusterIP\n",
      },
    },
  ];
}

function argo(): Doc[] {
  return [
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: meta("edge", "argocd"),
      spec: {
        sourceRepos: ["https://git.example.com/fleet"],
        destinations: [{ server: "https://kubernetes.default.svc", namespace: "shop-*" }],
        clusterResourceWhitelist: [{ group: "", kind: "Namespace" }],
      },
    },
    ...["shop-a", "shop-b"].map((name) => ({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: meta(name, "argocd"),
      spec: {
        project: "edge",
        destination: { server: "https://kubernetes.default.svc", namespace: name },
        source: {
          repoURL: "https://git.example.com/fleet",
          targetRevision: "ring-1",
          path: `platform/${name}`,
        },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          retry: { limit: 5, backoff: { duration: "30s", maxDuration: "10m", factor: 2 } },
        },
      },
    })),
  ];
}

/** A repository that every rule is silent about. */
export function goodTree(): GoodTree {
  const kustomization = "resources:\n  - settings.yaml\n";
  const settings = (name: string, text: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: flux-system\ndata:\n  note: ${text}\n`;
  return {
    docs: [namespace(apps), ...till(), ...database(), ...others(), ...policies(), ...flux(), ...argo()],
    files: {
      "platform/first/kustomization.yaml": kustomization,
      "platform/first/settings.yaml": settings("first", "first"),
      "platform/second/kustomization.yaml": kustomization,
      "platform/second/settings.yaml": settings("second", '"${region} ${site_id:=none}"'),
      "platform/shop-a/kustomization.yaml": kustomization,
      "platform/shop-a/settings.yaml": settings("shop-a", "a"),
      "platform/shop-b/kustomization.yaml": kustomization,
      "platform/shop-b/settings.yaml": settings("shop-b", "b"),
      "nodes/kiosk/etc/rancher/k3s/config.yaml":
        "write-kubeconfig-mode: '0600'\nsecrets-encryption: true\ndisable:\n  - traefik\n  - servicelb\n",
      ".github/workflows/check.yaml":
        "name: check\non: [push]\njobs:\n  render:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: kubectl kustomize sets/eu\n",
      "README.md": "# Fleet\n\nEvery site pulls. The age key `sops-age` is made by scripts/new-site.sh.\n",
    },
  };
}

/** The site all of this is for. */
export const goodSetting = {
  role: "edge",
  engine: "flux",
  memoryMiB: 2_048,
  plannedMiB: 900,
  nodesPerSite: 1,
  storage: "emmc",
  arch: ["arm64"],
} as const;
