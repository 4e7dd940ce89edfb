/** A fleet repository of some thousand documents, as teams write them: the same at every run. */
export type BenchFile = { path: string; content: string };

const regions = ["north", "east", "south", "west"];
const appsPerSet = 25;

/** `targets`: the folders that are built. */
export type Repository = { files: BenchFile[]; documents: number; targets: string[] };

/** Applications with a base and an overlay a region, sets that bundle them, and a folder a site with what Flux needs there. */
export function makeRepository({ apps = 125, sites = 620 } = {}): Repository {
  const files: BenchFile[] = [];
  const add = (path: string, content: string) => files.push({ path, content });
  const names = Array.from({ length: apps }, (_, i) => `app-${String(i).padStart(3, "0")}`);
  for (const [i, name] of names.entries()) addApp(name, i, add);
  const targets: string[] = [];
  for (const region of regions) {
    for (let from = 0; from < apps; from += appsPerSet) {
      const dir = `sets/${region}-${from / appsPerSet}`;
      targets.push(dir);
      const overlays = names
        .slice(from, from + appsPerSet)
        .map((name) => `  - ../../apps/${name}/overlays/${region}`);
      add(`${dir}/kustomization.yaml`, kustomization(["namespace.yaml"], overlays));
      add(`${dir}/namespace.yaml`, namespace(`shop-${from / appsPerSet}`));
    }
    const own = Array.from({ length: sites }, (_, i) => i).filter(
      (i) => regions[i % regions.length] === region,
    );
    for (const i of own) addSite(`site-${String(i).padStart(4, "0")}`, { i, region, add });
    targets.push(`clusters/${region}`);
    add(
      `clusters/${region}/kustomization.yaml`,
      kustomization(own.map((i) => `site-${String(i).padStart(4, "0")}`)),
    );
  }
  const documents = files.reduce((sum, { content }) => sum + content.split(/^---$/m).length, 0);
  return { files, documents, targets };
}

type Add = (path: string, content: string) => void;

function kustomization(resources: readonly string[], more: readonly string[] = []): string {
  const lines = [...resources.map((resource) => `  - ${resource}`), ...more];
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${lines.join("\n")}\n`;
}

function namespace(name: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    pod-security.kubernetes.io/enforce: restricted
`;
}

function addApp(name: string, i: number, add: Add): void {
  const shop = `shop-${Math.floor(i / appsPerSet)}`;
  const base = `apps/${name}/base`;
  add(`${base}/kustomization.yaml`, kustomization(["deployment.yaml", "service.yaml", "policy.yaml"]));
  add(
    `${base}/deployment.yaml`,
    `# ${name}: owned by team ${i % 9}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${shop}
  labels: &labels
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: shop
spec:
  replicas: 1
  revisionHistoryLimit: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  strategy:
    type: Recreate
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      serviceAccountName: ${name}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: ${name}
          image: registry.example.com/shop/${name}:1.${i % 20}.0@sha256:${String(i).padStart(64, "0")}
          imagePullPolicy: IfNotPresent
          args: ["--listen=:8080", "--data=/data"]
          envFrom:
            - configMapRef:
                name: ${name}
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
            periodSeconds: 10
          resources:
            requests:
              cpu: 20m
              memory: 32Mi
            limits:
              memory: 64Mi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: data
              mountPath: /data
      volumes:
        - name: data
          emptyDir:
            sizeLimit: 64Mi
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${shop}
automountServiceAccountToken: false
`,
  );
  add(
    `${base}/service.yaml`,
    `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${shop}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${shop}
data:
  LOG_LEVEL: info
  FEATURES: "${i % 3 === 0 ? "loyalty,returns" : "returns"}"
  config.toml: |
    [till]
    number = ${i}
    # printed on every receipt
    name = "Till ${i}"
    [upstream]
    url = "https://hub.example.com/${name}"
    retry = "30s"
`,
  );
  add(
    `${base}/policy.yaml`,
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${shop}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: {}
      ports:
        - port: http
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
      ports:
        - protocol: UDP
          port: 53
`,
  );
  for (const region of regions) {
    const dir = `apps/${name}/overlays/${region}`;
    add(
      `${dir}/kustomization.yaml`,
      `${kustomization(["../../base"])}patches:
  - path: patch.yaml
labels:
  - pairs:
      fleet.example.com/region: ${region}
`,
    );
    add(
      `${dir}/patch.yaml`,
      `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${shop}
spec:
  template:
    spec:
      containers:
        - name: ${name}
          env:
            - name: REGION
              value: ${region}
`,
    );
  }
}

function addSite(name: string, { i, region, add }: { i: number; region: string; add: Add }): void {
  const dir = `clusters/${region}/${name}`;
  add(`${dir}/kustomization.yaml`, kustomization(["source.yaml", "sync.yaml", "settings.yaml"]));
  add(
    `${dir}/source.yaml`,
    `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 30m
  url: oci://registry.example.com/fleet/${region}
  ref:
    tag: 1.${i % 7}.0
`,
  );
  add(
    `${dir}/sync.yaml`,
    ["infrastructure", "apps"]
      .map(
        (part) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}-${part}
  namespace: flux-system
spec:
  interval: 1h
  retryInterval: 5m
  timeout: 10m
  path: ./sets/${region}-${(i + (part === "apps" ? 0 : 1)) % 5}
  prune: true
  wait: true
  sourceRef:
    kind: OCIRepository
    name: ${name}${part === "apps" ? `\n  dependsOn:\n    - name: ${name}-infrastructure` : ""}
  postBuild:
    substituteFrom:
      - kind: ConfigMap
        name: ${name}-settings
`,
      )
      .join("---\n"),
  );
  add(
    `${dir}/settings.yaml`,
    `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-settings
  namespace: flux-system
data:
  site: "${name}"
  region: "${region}"
  tills: "${(i % 12) + 1}"
`,
  );
}
