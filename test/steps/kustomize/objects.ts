/** Objects that generated trees are made of: they name each other, so that renaming one must be followed in others. */
type Doc = Record<string, unknown>;

const container = (name: string, image: string): Doc => ({
  name,
  image,
  env: [
    { name: "MODE", value: "edge" },
    { name: "TOKEN", valueFrom: { secretKeyRef: { name: "keys", key: "token" } } },
    { name: "SITE", valueFrom: { configMapKeyRef: { name: "plain", key: "site" } } },
  ],
  envFrom: [{ configMapRef: { name: "settings" } }, { secretRef: { name: "keys" } }],
  ports: [{ containerPort: 8080 }, { containerPort: 9090, name: "metrics", protocol: "TCP" }],
  volumeMounts: [{ name: "data", mountPath: "/data" }],
  resources: { requests: { memory: "32Mi" }, limits: { memory: "64Mi" } },
});

const pod = (name: string): Doc => ({
  serviceAccountName: "agent",
  priorityClassName: "edge",
  imagePullSecrets: [{ name: "keys" }],
  tolerations: [{ key: "edge", operator: "Exists" }],
  affinity: {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 1,
          podAffinityTerm: {
            labelSelector: { matchLabels: { app: name } },
            topologyKey: "kubernetes.io/hostname",
          },
        },
      ],
    },
  },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { app: name } },
    },
  ],
  containers: [container(name, `registry.example.com:5000/${name}:1.0.0`), container("proxy", "proxy:2")],
  initContainers: [{ name: "init", image: "busybox:1.37@sha256:abc" }],
  volumes: [
    { name: "data", persistentVolumeClaim: { claimName: "data" } },
    { name: "conf", configMap: { name: "settings" } },
    { name: "all", projected: { sources: [{ secret: { name: "keys" } }, { configMap: { name: "plain" } }] } },
  ],
});

const workload = (kind: string, name: string, spec: Doc = {}): Doc => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name, labels: { app: name } },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: pod(name) },
    ...spec,
  },
});

const named = (apiVersion: string, kind: string, name: string, rest: Doc = {}): Doc => ({
  apiVersion,
  kind,
  metadata: { name },
  ...rest,
});
const rbac = "rbac.authorization.k8s.io";

/** What nearly every feature of a generated kustomization names. */
export const staples: readonly Doc[] = [
  workload("Deployment", "web", { replicas: 2 }),
  workload("StatefulSet", "store", {
    serviceName: "web",
    volumeClaimTemplates: [
      { metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], storageClassName: "fast" } },
    ],
  }),
  named("v1", "Service", "web", {
    spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] },
  }),
  named("v1", "ServiceAccount", "agent", {
    imagePullSecrets: [{ name: "keys" }],
    secrets: [{ name: "keys" }],
  }),
  named("v1", "ConfigMap", "plain", { data: { site: "one", url: "http://web.default.svc:80/path" } }),
];

export const others: readonly Doc[] = [
  named("v1", "Namespace", "apps"),
  named("v1", "Namespace", "site"),
  workload("DaemonSet", "probe"),
  workload("Deployment", "store"),
  named("v1", "Pod", "lone", { spec: pod("lone") }),
  named("batch/v1", "Job", "once", { spec: { template: { spec: pod("once") } } }),
  named("batch/v1", "CronJob", "tidy", {
    spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: { spec: pod("tidy") } } } },
  }),
  {
    ...named("v1", "ConfigMap", "plain"),
    metadata: { name: "plain", namespace: "other" },
    data: { site: "two" },
  },
  {
    ...named("v1", "Secret", "raw", { stringData: { a: "b" } }),
    metadata: { name: "raw", annotations: null },
  },
  named("v1", "PersistentVolumeClaim", "data", {
    spec: { accessModes: ["ReadWriteOnce"], storageClassName: "fast", volumeName: "disk" },
  }),
  named("v1", "PersistentVolume", "disk", {
    spec: { storageClassName: "fast", capacity: { storage: "1Gi" } },
  }),
  named("storage.k8s.io/v1", "StorageClass", "fast", { provisioner: "local" }),
  named("scheduling.k8s.io/v1", "PriorityClass", "edge", { value: 1000 }),
  named("networking.k8s.io/v1", "IngressClass", "front", { spec: { controller: "example.com/front" } }),
  named("networking.k8s.io/v1", "Ingress", "web", {
    spec: {
      ingressClassName: "front",
      tls: [{ secretName: "keys", hosts: ["a.example.com"] }],
      defaultBackend: { service: { name: "web", port: { number: 80 } } },
      rules: [
        {
          host: "a.example.com",
          http: {
            paths: [
              { path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  }),
  named("autoscaling/v2", "HorizontalPodAutoscaler", "web", {
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" }, maxReplicas: 3 },
  }),
  named("policy/v1", "PodDisruptionBudget", "web", {
    spec: { minAvailable: 1, selector: { matchLabels: { app: "web" } } },
  }),
  named(`${rbac}/v1`, "Role", "reader", {
    rules: [
      {
        apiGroups: [""],
        resources: ["configmaps"],
        resourceNames: ["settings", "plain", "absent"],
        verbs: ["get"],
      },
    ],
  }),
  named(`${rbac}/v1`, "RoleBinding", "reader", {
    roleRef: { apiGroup: rbac, kind: "Role", name: "reader" },
    subjects: [
      { kind: "ServiceAccount", name: "agent", namespace: "default" },
      { kind: "User", name: "agent", apiGroup: rbac },
    ],
  }),
  named(`${rbac}/v1`, "ClusterRole", "wide", {
    rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["keys"], verbs: ["get"] }],
  }),
  named(`${rbac}/v1`, "ClusterRoleBinding", "wide", {
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "wide" },
    subjects: [
      { kind: "ServiceAccount", name: "default" },
      { kind: "ServiceAccount", name: "agent", namespace: "other" },
    ],
  }),
  named("networking.k8s.io/v1", "NetworkPolicy", "deny", {
    spec: {
      podSelector: { matchLabels: { app: "web" } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: "store" } } }, { namespaceSelector: {} }] }],
      policyTypes: ["Ingress"],
    },
  }),
  named("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "hook", {
    webhooks: [
      { name: "a.example.com", clientConfig: { service: { name: "web", namespace: "default", path: "/" } } },
    ],
  }),
  named("apiregistration.k8s.io/v1", "APIService", "v1.example.com", {
    spec: { service: { name: "web", namespace: "default" }, group: "example.com", version: "v1" },
  }),
  named("apiextensions.k8s.io/v1", "CustomResourceDefinition", "things.example.com", {
    spec: {
      group: "example.com",
      conversion: {
        strategy: "Webhook",
        webhook: { clientConfig: { service: { name: "web", namespace: "default" } } },
      },
    },
  }),
  named("example.com/v1", "Thing", "one", {
    spec: {
      items: [{ name: "a", value: 1 }, { name: "b" }],
      containers: [{ name: "web", image: "proxy:2" }],
      ratio: 0.5,
      on: true,
    },
  }),
  named("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "apps", {
    spec: {
      interval: "1h",
      prune: true,
      sourceRef: { kind: "GitRepository", name: "fleet" },
      dependsOn: [{ name: "a" }, { name: "b" }],
      postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "settings" }] },
    },
  }),
  named("helm.toolkit.fluxcd.io/v2", "HelmRelease", "chart", {
    spec: {
      interval: "1h",
      valuesFrom: [{ kind: "ConfigMap", name: "settings" }],
      values: { image: "web:1" },
    },
  }),
  {
    apiVersion: "v1",
    kind: "List",
    items: [named("v1", "ConfigMap", "first", { data: { a: "1" } }), named("v1", "Secret", "second")],
  },
  {
    ...named("v1", "ConfigMap", "tool-only"),
    metadata: { name: "tool-only", annotations: { "config.kubernetes.io/local-config": "true" } },
  },
];

const smp = (spec: Doc, metadata: Doc = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", ...metadata },
  spec,
});
const inPod = (spec: Doc) => smp({ template: { spec } });

/** Strategic merge patches that find their object by themselves. */
export const mergePatches: readonly Doc[] = [
  inPod({ containers: [{ name: "proxy", image: "proxy:3", env: [{ name: "MODE", value: "x" }] }] }),
  inPod({ containers: [{ name: "extra", image: "extra:1" }] }),
  inPod({ containers: [{ name: "proxy", $patch: "delete" }] }),
  inPod({ containers: [{ name: "web", ports: [{ containerPort: 8080, protocol: "TCP", name: "http" }] }] }),
  inPod({
    containers: [
      {
        name: "web",
        env: [
          { name: "TOKEN", $patch: "delete" },
          { name: "ADDED", value: "1" },
        ],
      },
    ],
  }),
  inPod({
    containers: [{ name: "web", volumeMounts: [{ mountPath: "/tmp", name: "tmp" }], envFrom: [] }],
    volumes: [{ name: "tmp", emptyDir: {} }],
  }),
  inPod({ containers: [{ name: "web", command: ["run", "--edge"], securityContext: { privileged: true } }] }),
  inPod({ tolerations: [{ key: "other", operator: "Exists" }], nodeSelector: { disk: "ssd" } }),
  inPod({ initContainers: [{ $patch: "replace" }, { name: "only", image: "a:1" }] }),
  inPod({ volumes: [{ name: "conf", configMap: null, emptyDir: {} }] }),
  inPod({ affinity: null, hostNetwork: true, dnsConfig: { nameservers: ["1.1.1.1"] } }),
  inPod({ affinity: { $patch: "replace", nodeAffinity: {} } }),
  inPod({
    topologySpreadConstraints: [{ topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 3 }],
  }),
  smp({ replicas: null, strategy: { type: "Recreate" } }),
  smp({ replicas: 7 }, { labels: { tier: "front", app: null }, annotations: { "a/b": "c" } }),
  smp({ template: { metadata: { annotations: { checksum: "1" } } } }),
  named("v1", "Service", "web", {
    metadata: { name: "web", annotations: { a: "b" } },
    spec: { ports: [{ port: 443 }] },
  }),
  named("v1", "Service", "web", { spec: { ports: [{ port: 80, nodePort: 30080 }], type: "NodePort" } }),
  named("v1", "ConfigMap", "plain", { data: { site: "patched", new: "x", url: null } }),
  named("v1", "ServiceAccount", "agent", {
    automountServiceAccountToken: false,
    secrets: [{ name: "more" }],
  }),
  { $patch: "delete", ...named("apps/v1", "StatefulSet", "store") },
];

/** Strategic merge patches for objects that are not in every tree. */
export const rarePatches: readonly Doc[] = [
  { $patch: "delete", ...named("apps/v1", "DaemonSet", "probe") },
  named("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "apps", {
    spec: { dependsOn: [{ name: "c" }], suspend: true },
  }),
  named("example.com/v1", "Thing", "one", { spec: { items: [{ name: "c" }], ratio: null } }),
  named("networking.k8s.io/v1", "Ingress", "web", { spec: { tls: [], rules: [{ host: "b.example.com" }] } }),
  named(`${rbac}/v1`, "Role", "reader", { rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] }),
  named("v1", "Secret", "raw", { stringData: { a: null, c: "d" } }),
];

/** Objects as people write them, in text that a parser may read in its own way. */
export const oddTexts: readonly string[] = [
  "# a comment\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd-scalars\ndata:\n  a: |\n    one\n    two\n  b: >-\n    folded\n    text\n  c: |+\n    kept\n\n  d: 'yes'\n  e: \"0123\"\n  f: \"tab\\tand \\u00e9\"\n  g: plain with # no comment\n  h: ''\n",
  "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: odd-flow, labels: {a: b}}\ndata: {x: \"1\", y: 'two', 'z z': three}\n",
  'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: odd-numbers\nspec:\n  int: 12\n  negative: -3\n  float: 1.50\n  exponent: 1e3\n  hex: 0x1F\n  none: ~\n  empty:\n  yes: true\n  no: off\n  big: 9007199254740991\n  version: 1.10.0\n  time: 12:30\n  quoted: "12"\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd-anchor\n  labels: &labels\n    team: edge\n  annotations:\n    <<: *labels\n    extra: "1"\ndata:\n  a: &text hello\n  b: *text\n',
  "---\n# nothing here\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd-first\n---\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd-second\n...\n",
  '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "odd-json"}, "data": {"a": "\\u00fc", "b": "line\\nline"}}',
  "apiVersion: v1\r\nkind: ConfigMap\r\nmetadata:\r\n  name: odd-crlf\r\ndata:\r\n  a: b\r\n  c: |\r\n    one\r\n    two\r\n",
  "\ufeffapiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd-bom\n",
  "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd-null\n  labels:\n  annotations: ~\ndata:\n",
  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: odd-secret\ntype: Opaque\ndata:\n  a: !!binary aGVsbG8=\n  b: aGVsbG8=\n",
  "apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: odd-lists\nspec:\n  a: []\n  b: {}\n  c:\n  - - 1\n    - 2\n  - x: 1\n    y:\n    - z\n  __proto__: {polluted: true}\n  constructor: x\n",
  "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 42\ndata:\n  a: b\n",
  "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd-marks\n  labels: {a: 1, b: true}\n  annotations: {a: 1, b: true, c: ~}\n",
  "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd-empty\n  labels: {}\n  annotations: {}\ndata: {}\n",
  "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: odd-nulls\nspec:\n  selector:\n  template:\n    metadata:\n    spec:\n      volumes:\n      containers:\n      - name: a\n        image: proxy:1\n        env:\n",
  "apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: odd-dates\nspec:\n  day: 2024-01-01\n  moment: 2024-01-01T10:00:00Z\n  under: 1_000\n  octal: 012\n  binary: 0b11\n  nines: 089\n",
  "apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: odd-text\nspec: only text\n",
];
