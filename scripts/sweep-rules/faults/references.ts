import { additions, type Fault, faults, find, onPods, templateOf } from "../fault.ts";
import { apps, type Doc, type GoodTree } from "../good-tree.ts";

const typos = ["tell", "till-2", "tills", "shop", "Till"];
const ingress = (service: Doc): Doc => ({
  ...{ apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "till", namespace: apps } },
  spec: { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend: { service } }] } }] },
});
const route = (kind: string, backend: Doc): Doc => ({
  ...{ apiVersion: "gateway.networking.k8s.io/v1", kind, metadata: { name: "till", namespace: apps } },
  spec: { rules: [{ backendRefs: [backend] }] },
});
const traefik = (backend: Doc): Doc => ({
  ...{ apiVersion: "traefik.io/v1alpha1", kind: "IngressRoute", metadata: { name: "till", namespace: apps } },
  spec: { entryPoints: ["web"], routes: [{ kind: "Rule", match: "PathPrefix(`/`)", services: [backend] }] },
});

/** The same fault with each of several wrong names. */
function each(
  names: readonly string[],
  act: (name: string) => (tree: GoodTree) => void,
): Record<string, (tree: GoodTree) => void> {
  return Object.fromEntries(names.map((name) => [name, act(name)]));
}

/** Renames an object that others refer to. */
function rename(kind: string, name: string): (to: string) => (tree: GoodTree) => void {
  return (to) => (tree) => {
    find(tree, kind, name).metadata.name = to;
  };
}

/** Takes an object away that others refer to. */
function without(kind: string, name: string): (tree: GoodTree) => void {
  return (tree) => void tree.docs.splice(tree.docs.indexOf(find(tree, kind, name)), 1);
}

const selectors: Doc[] = [
  { matchLabels: { "app.kubernetes.io/name": "tell" } },
  { matchLabels: { app: "till" } },
  { matchExpressions: [{ key: "app.kubernetes.io/name", operator: "In", values: ["tell", "tills"] }] },
  { matchExpressions: [{ key: "tier", operator: "Exists" }] },
];

const services: Fault[] = [
  ...faults(
    "REF-01",
    each(typos, (name) => (tree) => {
      find(tree, "Service", "till").spec.selector = { "app.kubernetes.io/name": name };
    }),
  ),
  ...faults("REF-01", {
    "another key": (tree) => {
      find(tree, "Service", "db").spec.selector = { app: "db" };
    },
    "one label too many": (tree) => {
      find(tree, "Service", "till").spec.selector.tier = "front";
    },
    "the pods changed": (tree) => {
      const { spec } = find(tree, "StatefulSet");
      spec.selector.matchLabels = { app: "db" };
      spec.template.metadata.labels = { app: "db" };
    },
  }),
  ...additions("REF-03", {
    ...Object.fromEntries(
      typos.map((name) => [
        `Ingress to ${name}`,
        ingress({ name: `${name.toLowerCase()}-x`, port: { number: 80 } }),
      ]),
    ),
    "a default backend": {
      ...ingress({ name: "gone", port: { number: 80 } }),
      spec: { defaultBackend: { service: { name: "gone", port: { number: 80 } } } },
    },
    HTTPRoute: route("HTTPRoute", { name: "gone", port: 80 }),
    GRPCRoute: route("GRPCRoute", { name: "gone", port: 80 }),
    IngressRoute: traefik({ name: "gone", port: 80 }),
  }),
  ...faults(
    "REF-03",
    { "the Service is gone": without("Service", "till") },
    {
      prepare: (tree) => void tree.docs.push(ingress({ name: "till", port: { number: 80 } })),
    },
  ),
  ...additions("REF-09", {
    number: ingress({ name: "till", port: { number: 8080 } }),
    name: ingress({ name: "till", port: { name: "web" } }),
    HTTPRoute: route("HTTPRoute", { name: "till", port: 8080 }),
    IngressRoute: traefik({ name: "till", port: "web" }),
    "of the other Service": ingress({ name: "db", port: { number: 80 } }),
  }),
  ...faults(
    "REF-09",
    {
      "the port changed": (tree) => {
        find(tree, "Service", "till").spec.ports[0].port = 8443;
      },
    },
    { prepare: (tree) => void tree.docs.push(ingress({ name: "till", port: { number: 80 } })) },
  ),
  ...faults("REF-08", {
    "a name nobody has": (tree) => {
      find(tree, "Service", "till").spec.ports[0].targetPort = "web";
    },
    "a second port": (tree) => {
      find(tree, "Service", "db").spec.ports.push({ name: "metrics", port: 9187, targetPort: "metrics" });
    },
    "the container's port was renamed": (tree) => {
      const one = templateOf(find(tree, "StatefulSet")).spec.containers[0];
      one.ports[0].name = "sql";
      for (const probe of ["readinessProbe", "livenessProbe"]) one[probe].httpGet.port = "sql";
    },
  }),
  ...faults(
    "REF-08",
    {
      "a number nobody has": (tree) => {
        find(tree, "Service", "till").spec.ports[0].targetPort = 8443;
      },
      "left out, so the port itself": (tree) => {
        delete find(tree, "Service", "till").spec.ports[0].targetPort;
      },
    },
    {
      prepare: (tree) => void find(tree, "Deployment").spec.template.spec.containers.splice(1),
    },
  ),
  ...faults("REF-13", {
    ...each(["dbs", "database", "till"], (name) => (tree) => {
      find(tree, "StatefulSet").spec.serviceName = name;
    }),
    "not headless": (tree) => {
      delete find(tree, "Service", "db").spec.clusterIP;
    },
    "the Service is gone": without("Service", "db"),
  }),
];

const names: Fault[] = [
  ...onPods("REF-02", {
    "another name": (spec) => {
      spec.serviceAccountName = "nobody-here";
    },
  }),
  ...faults("REF-02", {
    renamed: rename("ServiceAccount", "till")("tills"),
    gone: without("ServiceAccount", "agent"),
  }),
  ...faults("REF-04", {
    ...Object.fromEntries(
      selectors.map((selector, i) => [
        `NetworkPolicy ${i}`,
        (tree: GoodTree) => {
          find(tree, "NetworkPolicy", "allow-till").spec.podSelector = selector;
        },
      ]),
    ),
    ...Object.fromEntries(
      selectors.map((selector, i) => [
        `ServiceMonitor ${i}`,
        (tree: GoodTree) => {
          find(tree, "ServiceMonitor").spec.selector = selector;
        },
      ]),
    ),
  }),
  ...additions(
    "REF-04",
    Object.fromEntries(
      selectors.map((selector, i) => [
        `PodDisruptionBudget ${i}`,
        {
          ...{
            apiVersion: "policy/v1",
            kind: "PodDisruptionBudget",
            metadata: { name: "b", namespace: apps },
          },
          spec: { maxUnavailable: 1, selector },
        },
      ]),
    ),
  ),
  ...onPods("REF-05", {
    "all of it": (spec) => {
      spec.containers[0].envFrom = [{ configMapRef: { name: "nowhere" } }];
    },
    "a variable": (spec) => {
      spec.containers[0].env.push({
        name: "X",
        valueFrom: { configMapKeyRef: { name: "nowhere", key: "x" } },
      });
    },
    "a key it does not have": (spec) => {
      spec.containers[0].env.push({
        name: "X",
        valueFrom: { configMapKeyRef: { name: "till", key: "mod" } },
      });
    },
    "a volume": (spec) => {
      spec.volumes = [...(spec.volumes ?? []), { name: "n", configMap: { name: "nowhere" } }];
    },
    "a projected volume": (spec) => {
      spec.volumes = [
        ...(spec.volumes ?? []),
        { name: "n", projected: { sources: [{ configMap: { name: "nowhere" } }] } },
      ];
    },
  }),
  ...faults("REF-05", { renamed: rename("ConfigMap", "till")("tills"), gone: without("ConfigMap", "till") }),
  ...onPods("REF-06", {
    "a variable": (spec) => {
      spec.containers[0].env.push({
        name: "X",
        valueFrom: { secretKeyRef: { name: "till-tokn", key: "x" } },
      });
    },
    "all of it": (spec) => {
      spec.containers[0].envFrom = [{ secretRef: { name: "nowhere" } }];
    },
    "a volume": (spec) => {
      spec.volumes = [...(spec.volumes ?? []), { name: "n", secret: { secretName: "nowhere" } }];
    },
    "to pull images": (spec) => {
      spec.imagePullSecrets = [{ name: "nowhere" }];
    },
  }),
  ...faults("REF-06", {
    "the ExternalSecret makes another": (tree) => {
      find(tree, "ExternalSecret").spec.target.name = "till";
    },
    gone: without("ExternalSecret", "till"),
  }),
  ...onPods("REF-07", {
    "another value": (_, template) => {
      template.metadata.labels["app.kubernetes.io/name"] = "other";
    },
    "no label": (_, template) => {
      template.metadata.labels = { unrelated: "label" };
    },
    "a selector of its own": (_, __, workload) => {
      workload.spec.selector = { matchLabels: { app: "other" } };
    },
    "an expression": (_, __, workload) => {
      workload.spec.selector = { matchExpressions: [{ key: "app", operator: "In", values: ["other"] }] };
    },
  }).filter(({ what }) => /, (?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Rollout)$/.test(what)),
  ...onPods("REF-10", {
    "a claim": (spec) => {
      spec.volumes = [
        ...(spec.volumes ?? []),
        { name: "n", persistentVolumeClaim: { claimName: "nowhere" } },
      ];
    },
  }),
  ...faults("REF-10", {
    renamed: rename("PersistentVolumeClaim", "till-data")("data"),
    gone: without("PersistentVolumeClaim", "till-data"),
  }),
  ...faults("REF-11", {
    ...each(typos, (name) => (tree) => {
      find(tree, "HorizontalPodAutoscaler").spec.scaleTargetRef.name = name;
    }),
    "another kind": (tree) => {
      find(tree, "HorizontalPodAutoscaler").spec.scaleTargetRef.kind = "StatefulSet";
    },
  }),
  ...additions("REF-11", {
    keda: {
      ...{ apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", metadata: { name: "s", namespace: apps } },
      spec: { scaleTargetRef: { name: "nowhere" }, triggers: [] },
    },
    vpa: {
      ...{
        apiVersion: "autoscaling.k8s.io/v1",
        kind: "VerticalPodAutoscaler",
        metadata: { name: "v", namespace: apps },
      },
      spec: { targetRef: { apiVersion: "apps/v1", kind: "DaemonSet", name: "nowhere" } },
    },
  }),
  ...faults("REF-12", {
    ...each(["agents", "viewer", "till"], (name) => (tree) => {
      find(tree, "RoleBinding").roleRef.name = name;
    }),
    "the Role is gone": without("Role", "agent"),
    "a subject": (tree) => {
      find(tree, "RoleBinding").subjects[0].name = "agents";
    },
    "a second subject": (tree) => {
      find(tree, "RoleBinding").subjects.push({ kind: "ServiceAccount", name: "nobody", namespace: apps });
    },
    "a subject in another namespace": (tree) => {
      find(tree, "ClusterRoleBinding").subjects[0].namespace = "shop";
    },
    "the account is gone": without("ServiceAccount", "agent"),
  }),
  ...onPods(
    "REF-14",
    {
      "a class": (spec) => {
        spec.priorityClassName = "nowhere";
      },
    },
    { prepare: onlyOurs },
  ),
  ...faults(
    "REF-14",
    {
      renamed: rename("PriorityClass", "till")("tills"),
      gone: without("PriorityClass", "till"),
    },
    { prepare: onlyOurs },
  ),
  ...faults("REF-18", {
    "a store of no kind": (tree) => {
      find(tree, "ExternalSecret").spec.secretStoreRef.kind = "ClusterSecretStores";
    },
    "a store of another case": (tree) => {
      find(tree, "ExternalSecret").spec.secretStoreRef.kind = "clusterSecretStore";
    },
    "an issuer of no kind": (tree) => {
      tree.docs.push({
        ...{
          apiVersion: "cert-manager.io/v1",
          kind: "Certificate",
          metadata: { name: "till", namespace: "shop" },
        },
        spec: {
          secretName: "till-tls",
          dnsNames: ["a.example.com"],
          issuerRef: { name: "ca", kind: "ClusterIsuer" },
        },
      });
    },
  }),
  ...faults(
    "REF-17",
    {
      ...each(["egde", "edges", "other"], (name) => (tree) => {
        find(tree, "Application").spec.project = name;
      }),
      "another repository": (tree) => {
        find(tree, "Application").spec.source.repoURL = "https://git.example.com/other";
      },
      "another namespace": (tree) => {
        find(tree, "Application").spec.destination.namespace = "kube-public";
      },
      "a narrower project": (tree) => {
        find(tree, "AppProject").spec.destinations[0].namespace = "shop-b";
      },
      "several sources": (tree) => {
        const { spec } = find(tree, "Application");
        spec.sources = [spec.source, { repoURL: "https://git.example.com/values", ref: "v" }];
        delete spec.source;
      },
    },
    { prepare: onlyOurs },
  ),
];

/** Without charts nothing else can bring what is cluster-wide. */
function onlyOurs(tree: GoodTree): void {
  tree.docs = tree.docs.filter(({ kind }) => !/^Helm(?:Release|Chart)$/.test(kind));
}

export const referenceFaults: readonly Fault[] = [...services, ...names];
