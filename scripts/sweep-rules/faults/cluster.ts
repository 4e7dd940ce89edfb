import { additions, type Fault, faults, find, inValues, onPods } from "../fault.ts";
import { apps, type Doc, type GoodTree } from "../good-tree.ts";

const service = (spec: Doc, name = "door"): Doc => ({
  ...{ apiVersion: "v1", kind: "Service", metadata: { name, namespace: apps } },
  spec: {
    selector: { "app.kubernetes.io/name": "till" },
    ports: [{ port: 80, targetPort: "http" }],
    ...spec,
  },
});
const object = (apiVersion: string, kind: string, spec: Doc = {}): Doc => ({
  ...{ apiVersion, kind, metadata: { name: "added", namespace: apps }, spec },
});
const inbound: Fault[] = [
  ...additions("IN-01", {
    LoadBalancer: service({ type: "LoadBalancer" }),
    NodePort: service({ type: "NodePort", ports: [{ port: 80, targetPort: "http", nodePort: 30080 }] }),
  }),
  ...faults("IN-01", {
    "changed to NodePort": (tree) => {
      find(tree, "Service", "till").spec.type = "NodePort";
    },
  }),
  ...inValues("IN-01", {
    "a chart's Service": { service: { type: "LoadBalancer" } },
    "a chart's second Service": { web: { service: { main: {}, type: "NodePort" } } },
  }),
  ...additions("IN-02", {
    one: service({ externalIPs: ["192.0.2.7"] }),
    two: service({ externalIPs: ["192.0.2.7", "192.0.2.8"] }),
  }),
  ...faults("IN-02", {
    "on the till": (tree) => {
      find(tree, "Service", "till").spec.externalIPs = ["198.51.100.4"];
    },
  }),
  ...additions("IN-03", {
    Ingress: object("networking.k8s.io/v1", "Ingress", {
      defaultBackend: { service: { name: "till", port: { number: 80 } } },
    }),
    Gateway: object("gateway.networking.k8s.io/v1", "Gateway", { gatewayClassName: "c", listeners: [] }),
    HTTPRoute: object("gateway.networking.k8s.io/v1", "HTTPRoute", { rules: [] }),
    TLSRoute: object("gateway.networking.k8s.io/v1alpha2", "TLSRoute", { rules: [] }),
    IngressRoute: object("traefik.io/v1alpha1", "IngressRoute", { routes: [] }),
    IngressRouteTCP: object("traefik.io/v1alpha1", "IngressRouteTCP", { routes: [] }),
    "Istio's Gateway": object("networking.istio.io/v1", "Gateway"),
    Route: object("route.openshift.io/v1", "Route"),
  }),
  ...inValues("IN-03", { "a chart's Ingress": { ingress: { enabled: true, hosts: [] } } }),
  ...additions("IN-04", {
    Receiver: object("notification.toolkit.fluxcd.io/v1", "Receiver", { type: "github", resources: [] }),
    "another version": object("notification.toolkit.fluxcd.io/v1beta2", "Receiver", {
      type: "generic",
      resources: [],
    }),
    "of a harbour": object("notification.toolkit.fluxcd.io/v1", "Receiver", {
      type: "harbor",
      resources: [],
    }),
  }),
];

const policy = (spec: Doc): Doc => ({
  ...{
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "added", namespace: apps },
  },
  spec,
});
const without = (name: string) => (tree: GoodTree) =>
  void tree.docs.splice(tree.docs.indexOf(find(tree, "NetworkPolicy", name)), 1);

const network: Fault[] = [
  ...faults("NET-01", {
    gone: without("default-deny"),
    "for some pods": (tree) => {
      find(tree, "NetworkPolicy", "default-deny").spec.podSelector = {
        matchLabels: { "app.kubernetes.io/name": "till" },
      };
    },
    "lets everything in": (tree) => {
      find(tree, "NetworkPolicy", "default-deny").spec.ingress = [{}];
    },
    "in another namespace": (tree) => {
      find(tree, "NetworkPolicy", "default-deny").metadata.namespace = "elsewhere";
    },
    "another group": (tree) => {
      find(tree, "NetworkPolicy", "default-deny").apiVersion = "example.com/v1";
    },
  }),
  ...faults("NET-02", {
    gone: without("allow-dns"),
    "another port": (tree) => {
      find(tree, "NetworkPolicy", "allow-dns").spec.egress[0].ports = [{ protocol: "TCP", port: 443 }];
    },
    "a range beside it": (tree) => {
      find(tree, "NetworkPolicy", "allow-dns").spec.egress[0].ports = [
        { protocol: "UDP", port: 54, endPort: 60 },
      ];
    },
    "in another namespace": (tree) => {
      find(tree, "NetworkPolicy", "allow-dns").metadata.namespace = "elsewhere";
    },
  }),
  ...additions("NET-03", {
    IPv4: policy({
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }],
    }),
    IPv6: policy({
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ipBlock: { cidr: "::/0" } }] }],
    }),
    "with exceptions": policy({
      ...{ podSelector: {}, policyTypes: ["Ingress"] },
      ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] }],
    }),
    "beside others": policy({
      ...{ podSelector: {}, policyTypes: ["Ingress"] },
      ingress: [
        { from: [{ podSelector: {} }] },
        { from: [{ podSelector: {} }, { ipBlock: { cidr: "0.0.0.0/0" } }] },
      ],
    }),
  }),
];

const namespaces: Fault[] = [
  ...additions("PSA-08", {
    "no label": { apiVersion: "v1", kind: "Namespace", metadata: { name: "more" } },
    privileged: {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "more", labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
    },
    "a warning only": {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "more", labels: { "pod-security.kubernetes.io/warn": "restricted" } },
    },
    "a level that does not exist": {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "more", labels: { "pod-security.kubernetes.io/enforce": "restrict" } },
    },
  }),
  ...faults("POL-01", {
    "the label is gone": (tree) => {
      delete find(tree, "Namespace").metadata.labels["edge.example.com/guarded"];
    },
    "another value": (tree) => {
      find(tree, "Namespace").metadata.labels["edge.example.com/guarded"] = "no";
    },
    "the binding asks for another": (tree) => {
      find(tree, "ValidatingAdmissionPolicyBinding").spec.matchResources.namespaceSelector = {
        matchExpressions: [{ key: "edge.example.com/tenant", operator: "In", values: ["a", "b"] }],
      };
    },
    "the policy is for Deployments": (tree) => {
      const rule = find(tree, "ValidatingAdmissionPolicy").spec.matchConstraints.resourceRules[0];
      Object.assign(rule, { apiGroups: ["apps"], resources: ["deployments"] });
      delete find(tree, "Namespace").metadata.labels["edge.example.com/guarded"];
    },
  }),
  ...additions("MESH-01", {
    ...Object.fromEntries(
      [
        ["security.istio.io/v1", "PeerAuthentication"],
        ["networking.istio.io/v1", "VirtualService"],
        ["policy.linkerd.io/v1beta3", "Server"],
        ["linkerd.io/v1alpha2", "ServiceProfile"],
        ["consul.hashicorp.com/v1alpha1", "ServiceIntentions"],
        ["kuma.io/v1alpha1", "Mesh"],
      ].map(([apiVersion, kind]) => [`${kind}`, object(apiVersion!, kind!)]),
    ),
  }),
  ...["istiod", "istio-base", "ztunnel", "linkerd-control-plane", "consul", "kuma"].flatMap((chart) =>
    faults("MESH-04", {
      [`${chart}, HelmRelease`]: (tree) => {
        find(tree, "HelmRelease").spec.chart.spec.chart = chart;
      },
      [`${chart}, HelmChart`]: (tree) => {
        find(tree, "HelmChart").spec.chart = chart;
      },
    }),
  ),
  ...faults("DS-03", {
    HelmRelease: (tree) => {
      find(tree, "HelmRelease").spec.chart.spec.chart = "etcd";
    },
    HelmChart: (tree) => {
      find(tree, "HelmChart").spec.chart = "oci://registry.example.com/charts/etcd";
    },
    Application: (tree) => {
      find(tree, "Application").spec.source = {
        repoURL: "https://charts.example.com",
        chart: "etcd",
        targetRevision: "1.0.0",
      };
    },
  }),
  ...additions("DS-04", {
    etcd: {
      ...{ apiVersion: "k0s.k0sproject.io/v1beta1", kind: "ClusterConfig", metadata: { name: "k0s" } },
      spec: { storage: { type: "etcd" } },
    },
    "without a name": {
      apiVersion: "k0s.k0sproject.io/v1beta1",
      kind: "ClusterConfig",
      metadata: {},
      spec: { storage: { type: "etcd" } },
    },
    "with settings": {
      ...{ apiVersion: "k0s.k0sproject.io/v1beta1", kind: "ClusterConfig", metadata: { name: "k0s" } },
      spec: { storage: { type: "etcd", etcd: { peerAddress: "10.0.0.1" } }, telemetry: { enabled: false } },
    },
  }),
];

const apart = (labels: Doc) => ({
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: labels } },
    ],
  },
});
const budget = (spec: Doc, name = "till"): Doc => ({
  ...{ apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "budget", namespace: apps } },
  spec: { selector: { matchLabels: { "app.kubernetes.io/name": name } }, ...spec },
});

const single: Fault[] = [
  ...additions("HA-01", {
    "one must stay": budget({ minAvailable: 1 }),
    "none may go": budget({ maxUnavailable: 0 }),
    "none in a hundred": budget({ maxUnavailable: "0%" }),
    "all must stay": budget({ minAvailable: "100%" }),
    "half of one is one": budget({ minAvailable: "50%" }),
    "of the database": budget({ minAvailable: 1 }, "db"),
  }),
  ...onPods("HA-02", {
    "two apart": (spec, template, workload) => {
      spec.affinity = apart(template.metadata.labels);
      workload.spec.replicas = 2;
    },
    "three apart": (spec, template, workload) => {
      spec.affinity = apart(template.metadata.labels);
      workload.spec.replicas = 3;
    },
  }).filter(({ what }) => /(?:Deployment|StatefulSet|ReplicaSet|Rollout)$/.test(what)),
  ...faults("HA-03", {
    "apart from itself": (tree) => {
      const { spec } = find(tree, "Deployment");
      spec.strategy = { type: "RollingUpdate" };
      spec.template.spec.affinity = apart({ "app.kubernetes.io/name": "till" });
    },
    "a port of the node": (tree) => {
      const { spec } = find(tree, "Deployment");
      delete spec.strategy;
      spec.template.spec.containers[0].ports[0].hostPort = 8080;
    },
    "a volume for one pod": (tree) => {
      const { spec } = find(tree, "Deployment");
      spec.strategy = { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } };
      find(tree, "PersistentVolumeClaim").spec.accessModes = ["ReadWriteOncePod"];
    },
    "a quarter of one is none": (tree) => {
      const { spec } = find(tree, "Deployment");
      spec.strategy = { rollingUpdate: { maxUnavailable: "25%" } };
      spec.template.spec.affinity = apart({ "app.kubernetes.io/name": "till" });
    },
  }),
];

export const clusterFaults: readonly Fault[] = [...inbound, ...network, ...namespaces, ...single];
