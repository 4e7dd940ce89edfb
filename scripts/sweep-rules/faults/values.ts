import { additions, type Fault, faults, find, onContainers } from "../fault.ts";
import { apps, type Doc } from "../good-tree.ts";

const service = (spec: Doc, name = "door"): Doc => ({
  ...{ apiVersion: "v1", kind: "Service", metadata: { name, namespace: apps } },
  spec: { selector: { "app.kubernetes.io/name": "till" }, ...spec },
});
const binding = (subjects: Doc[]): Doc => ({
  ...{
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "view-till" },
  },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
  subjects,
});
const policy = (rule: Doc): Doc => ({
  ...{
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "door", namespace: apps },
  },
  spec: { podSelector: {}, policyTypes: ["Egress"], egress: [rule] },
});
const tls = (more: Doc): Doc => ({
  ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "door", namespace: apps } },
  ...{ type: "kubernetes.io/tls", ...more },
});
const ingress = (rule: Doc, more: Doc = {}): Doc => ({
  ...{
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "door", namespace: apps },
  },
  spec: { ingressClassName: "edge", ...more, rules: [rule] },
});
const pathTo = (path: string, pathType = "Prefix") => ({
  http: { paths: [{ path, pathType, backend: { service: { name: "till", port: { number: 80 } } } }] },
});
const route = (spec: Doc): Doc => ({
  ...{
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "door", namespace: apps },
  },
  spec: { parentRefs: [{ name: "door" }], ...spec },
});
const ports = (...list: Doc[]) => service({ ports: list.map((one) => ({ targetPort: "http", ...one })) });

/** What only the code of the API server refuses. */
export const valueFaults: readonly Fault[] = [
  ...onContainers("VAL-01", {
    "memory above its limit": (container) => {
      container.resources = { requests: { cpu: "20m", memory: "1Gi" }, limits: { memory: "512Mi" } };
    },
    "processor above its limit": (container) => {
      container.resources = {
        requests: { cpu: "1", memory: "32Mi" },
        limits: { cpu: "500m", memory: "64Mi" },
      };
    },
  }),
  ...additions("VAL-02", {
    "no names": ports({ port: 80 }, { port: 81 }),
    "one without a name": ports({ port: 80, name: "http" }, { port: 81 }),
    "a name twice": ports({ port: 80, name: "http" }, { port: 81, name: "http" }),
    "a number twice": ports({ port: 80, name: "http" }, { port: 80, name: "again" }),
  }),
  ...faults("VAL-02", {
    "a second port of the till": (tree) => {
      find(tree, "Service", "till").spec.ports.push({ port: 8081, targetPort: "http" });
    },
  }),
  ...additions("VAL-03", {
    "no type": ports({ port: 80, nodePort: 30080 }),
    ClusterIP: service({ type: "ClusterIP", ports: [{ port: 80, targetPort: "http", nodePort: 30080 }] }),
  }),
  ...faults("VAL-03", {
    "on the till": (tree) => {
      find(tree, "Service", "till").spec.ports[0].nodePort = 31000;
    },
  }),
  ...additions("VAL-04", {
    "fewest above most": {
      ...{
        apiVersion: "autoscaling/v2",
        kind: "HorizontalPodAutoscaler",
        metadata: { name: "till", namespace: apps },
      },
      spec: {
        ...{
          minReplicas: 4,
          maxReplicas: 2,
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "till" },
        },
        metrics: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
          },
        ],
      },
    },
    "ports backwards": policy({ ports: [{ port: 9000, endPort: 8000 }] }),
    "outside of the range": policy({ to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["192.0.2.0/24"] } }] }),
  }),
  ...faults("VAL-04", {
    "no pod may go and none may come": (tree) => {
      find(tree, "Deployment", "till").spec.strategy = {
        rollingUpdate: { maxSurge: 0, maxUnavailable: 0 },
      };
    },
  }),
  ...additions("VAL-05", {
    "no namespace": binding([{ kind: "ServiceAccount", name: "viewer" }]),
    "an empty one": binding([{ kind: "ServiceAccount", name: "viewer", namespace: "" }]),
    "the second of two": binding([
      { kind: "ServiceAccount", name: "till", namespace: apps },
      { kind: "ServiceAccount", name: "viewer" },
    ]),
  }),
  ...additions("VAL-06", {
    "no key": tls({ data: { "tls.crt": "aGk=" } }),
    "no certificate": tls({ stringData: { "tls.key": "a" } }),
    "other names": tls({ data: { "cert.pem": "aGk=", "key.pem": "aGk=" } }),
    nothing: tls({ immutable: true }),
  }),
  ...additions("VAL-07", {
    "capitals in a host": ingress({ host: "Till.example.com", ...pathTo("/") }),
    "an address for a host": ingress({ host: "192.0.2.10", ...pathTo("/") }),
    "a port behind a host": ingress({ host: "till.example.com:8443", ...pathTo("/") }),
    "a scheme before a host": ingress({ host: "https://till.example.com", ...pathTo("/") }),
    "capitals in hosts of TLS": ingress(
      { host: "till.example.com", ...pathTo("/") },
      { tls: [{ hosts: ["TILL.example.com"], secretName: "door" }] },
    ),
    "a path without a slash": ingress({ host: "till.example.com", ...pathTo("api") }),
    "an exact path without a slash": ingress({ host: "till.example.com", ...pathTo("api", "Exact") }),
    "a hostname with an underscore": route({ hostnames: ["till_1.example.com"] }),
    "a match without a slash": route({ rules: [{ matches: [{ path: { type: "Exact", value: "api" } }] }] }),
    "a listener in capitals": {
      ...{
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "Gateway",
        metadata: { name: "door", namespace: apps },
      },
      spec: {
        gatewayClassName: "edge",
        listeners: [{ name: "web", port: 80, protocol: "HTTP", hostname: "Till.example.com" }],
      },
    },
  }),
];
