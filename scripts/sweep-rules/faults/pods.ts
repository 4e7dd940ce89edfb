import type { Fault } from "../fault.ts";
import { additions, faults, find, inValues, onContainers, onPods } from "../fault.ts";
import { apps, type Doc } from "../good-tree.ts";

const secure = (fields: Doc) => (one: Doc) => void Object.assign(one.securityContext, fields);
const volume = (spec: Doc, fields: Doc) => {
  spec.volumes = [...(spec.volumes ?? []), { name: "added", ...fields }];
};

/** Faults in what a container may do. */
const security: Fault[] = [
  ...onContainers("PSA-01", { privileged: secure({ privileged: true }) }),
  ...inValues("PSA-01", { "a chart runs privileged": { node: { securityContext: { privileged: true } } } }),
  ...onContainers("PSA-02", {
    allowed: secure({ allowPrivilegeEscalation: true }),
    "left out": (one) => void delete one.securityContext.allowPrivilegeEscalation,
    "no context at all": (one) => void delete one.securityContext,
  }),
  ...onContainers("PSA-03", {
    refused: secure({ runAsNonRoot: false }),
    "left out": (_, spec) => void delete spec.securityContext.runAsNonRoot,
  }),
  ...onContainers("PSA-04", {
    "left out": (one) => void delete one.securityContext.capabilities,
    "only one dropped": secure({ capabilities: { drop: ["NET_RAW"] } }),
    "only added": secure({ capabilities: { add: ["NET_BIND_SERVICE"] } }),
  }),
  ...onContainers("PSA-05", {
    unconfined: secure({ seccompProfile: { type: "Unconfined" } }),
    "left out": (_, spec) => void delete spec.securityContext.seccompProfile,
  }),
  ...onPods("PSA-06", {
    hostPID: (spec) => {
      spec.hostPID = true;
    },
    hostIPC: (spec) => {
      spec.hostIPC = true;
    },
  }),
  ...onPods("PSA-07", {
    "a device": (spec) => volume(spec, { hostPath: { path: "/dev/ttyUSB0" } }),
    "the root": (spec) => volume(spec, { hostPath: { path: "/" } }),
  }),
  ...onPods("PSA-09", {
    docker: (spec) => volume(spec, { hostPath: { path: "/var/run/docker.sock", type: "Socket" } }),
    k3s: (spec) => volume(spec, { hostPath: { path: "/run/k3s/containerd/containerd.sock" } }),
    "the folder of it": (spec) => volume(spec, { hostPath: { path: "/run/containerd" } }),
    microk8s: (spec) => volume(spec, { hostPath: { path: "/var/snap/microk8s/common/run/containerd.sock" } }),
    crio: (spec) => volume(spec, { hostPath: { path: "/var/run/crio/crio.sock" } }),
  }),
  ...onContainers("PSA-10", { unmasked: secure({ procMount: "Unmasked" }) }),
  ...onPods("PSA-11", {
    "left out": (spec) => {
      delete spec.automountServiceAccountToken;
      delete spec.serviceAccountName;
    },
    wanted: (spec) => {
      delete spec.serviceAccountName;
      spec.automountServiceAccountToken = true;
    },
  }),
  ...faults("PSA-11", {
    "an account without a binding": (tree) => {
      const { spec } = find(tree, "Deployment").spec.template;
      delete spec.automountServiceAccountToken;
      delete find(tree, "ServiceAccount", "till").automountServiceAccountToken;
    },
  }),
  ...onContainers("PSA-12", {
    "changes the network": secure({ capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } }),
    everything: secure({ capabilities: { drop: ["ALL"], add: ["ALL"] } }),
    "with its long name": secure({ capabilities: { drop: ["ALL"], add: ["CAP_SYS_ADMIN"] } }),
    "of the baseline": secure({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } }),
  }),
  ...onContainers("PSA-13", {
    container: secure({ runAsUser: 0 }),
    pod: (_, spec) => {
      spec.securityContext.runAsUser = 0;
    },
  }),
  ...onPods("PSA-14", {
    kernel: (spec) => {
      spec.securityContext.sysctls = [{ name: "kernel.msgmax", value: "65536" }];
    },
    network: (spec) => {
      spec.securityContext.sysctls = [{ name: "net.core.somaxconn", value: "1024" }];
    },
    slashes: (spec) => {
      spec.securityContext.sysctls = [{ name: "net/ipv4/ip_forward", value: "1" }];
    },
  }),
  ...onContainers("PSA-15", {
    apparmor: secure({ appArmorProfile: { type: "Unconfined" } }),
    seccomp: secure({ seccompProfile: { type: "Unconfined" } }),
    selinux: secure({ seLinuxOptions: { type: "spc_t" } }),
    "selinux user": secure({ seLinuxOptions: { user: "system_u" } }),
  }),
  ...onPods("PSA-15", {
    annotation: (_, template) => {
      template.metadata.annotations = {
        "container.apparmor.security.beta.kubernetes.io/a": "unconfined",
      };
    },
  }),
  ...onPods("IN-06", {
    hostNetwork: (spec) => {
      spec.hostNetwork = true;
    },
  }),
  ...inValues("IN-06", { "a chart on the node's network": { hostNetwork: true } }),
  ...onContainers("IN-07", {
    port: (one) => {
      one.ports = [{ name: one.ports?.[0]?.name ?? "p", containerPort: 8080, hostPort: 8080 }];
    },
    second: (one) => {
      one.ports = [...(one.ports ?? []), { containerPort: 53, hostPort: 53, protocol: "UDP" }];
    },
  }),
  ...inValues("IN-07", { "a chart opens a port": { ports: { web: { hostPort: 443 } } } }),
  ...inValues("PSA-06", { "a chart sees the node's processes": { hostPID: true } }),
  ...onContainers("PULL-09", {
    kubectl: (one) => {
      one.command = ["sh", "-c", "kubectl apply -f /m --kubeconfig /keys/site-7"];
    },
    helm: (one) => {
      one.args = ["helm", "upgrade", "a", "b", "--kube-apiserver", "https://10.0.0.7:6443"];
    },
    argocd: (one) => {
      one.command = ["argocd", "app", "sync", "a", "--server", "hub.example.com"];
    },
    context: (one) => {
      one.args = ["kubectl get pods --context site-7"];
    },
  }),
];

/** Faults in what a container is given, and in what it asks. */
const running: Fault[] = [
  ...onContainers(
    "RES-01",
    {
      "no request": (one) => {
        one.resources = { requests: { cpu: "10m" } };
      },
      "no resources": (one) => void delete one.resources,
      empty: (one) => {
        one.resources = {};
      },
    },
    { init: false },
  ),
  ...onContainers(
    "RES-02",
    {
      "no limit": (one) => void delete one.resources.limits,
      "a limit of the processor only": (one) => {
        one.resources.limits = { cpu: "100m" };
      },
      "no resources": (one) => void delete one.resources,
    },
    { init: false },
  ),
  ...onContainers("RES-03", {
    "asks for too much": (one) => {
      one.resources = { requests: { memory: "1500Mi" }, limits: { memory: "1500Mi" } };
    },
    "a limit counts where nothing is requested": (one) => {
      one.resources = { limits: { memory: "2Gi" } };
    },
    "in powers of ten": (one) => {
      one.resources = { requests: { memory: "1.6e9" }, limits: { memory: "1700M" } };
    },
  }).filter(({ what }) => !/PodTemplate/.test(what)),
  ...onPods("RES-03", {
    "sixty replicas": (_, __, doc) => {
      doc.spec.replicas = 60;
    },
  }).filter(({ what }) => /Deployment|StatefulSet|ReplicaSet|ReplicationController/.test(what)),
  ...onPods("RES-05", {
    empty: (spec) => volume(spec, { emptyDir: {} }),
    null: (spec) => volume(spec, { emptyDir: null }),
    "in memory": (spec) => volume(spec, { emptyDir: { medium: "Memory" } }),
  }),
  ...onContainers("SEC-04", {
    "an address": (one) =>
      one.env.push({ name: "DATABASE_URL", value: "postgres://till:hunter2horse@db:5432/till" }),
    "a short name": (one) => one.env.push({ name: "SMTP_PASS", value: "hunter2horse" }),
    password: (one) => one.env.push({ name: "DB_PASSWORD", value: "hunter2horse" }),
    token: (one) => one.env.push({ name: "API_TOKEN", value: "8f14e45fceea167a5a36" }),
    "camel case": (one) => one.env.push({ name: "clientSecret", value: "q8Zr1x9Lm2" }),
    key: (one) => one.env.push({ name: "AWS_SECRET_ACCESS_KEY", value: "wJalrXUtnFEMI/K7MDENG" }),
  }),
  ...onContainers("REF-15", {
    liveness: (one) => {
      one.livenessProbe = { httpGet: { path: "/", port: "web" } };
    },
    readiness: (one) => {
      one.readinessProbe = { tcpSocket: { port: "metrics" } };
    },
    startup: (one) => {
      one.startupProbe = { httpGet: { path: "/", port: "admin" } };
    },
  }),
  ...onContainers("REF-16", {
    mount: (one) => {
      one.volumeMounts = [...(one.volumeMounts ?? []), { name: "nowhere", mountPath: "/n" }];
    },
    device: (one) => {
      one.volumeDevices = [{ name: "nowhere", devicePath: "/dev/n" }];
    },
  }),
  ...onContainers("POD-01", {
    "a variable": (one) => one.env.push({ name: "TZ", value: "Europe/Berlin" }),
    "a mount": (one, spec) => {
      volume(spec, { emptyDir: { sizeLimit: "1Mi" } });
      one.volumeMounts = [
        ...(one.volumeMounts ?? []),
        { name: "added", mountPath: "/x" },
        { name: "added", mountPath: "/x" },
      ];
    },
    "a container": (one, spec) =>
      spec.containers.push({ ...structuredClone(one), ports: [], volumeMounts: [] }),
  }),
  ...onContainers("POD-02", {
    copied: (one) => {
      delete one.startupProbe;
      one.livenessProbe = { exec: { command: ["check"] }, periodSeconds: 9 };
      one.readinessProbe = { periodSeconds: 9, exec: { command: ["check"] } };
    },
    http: (one) => {
      one.ports = [{ name: "http", containerPort: 8080 }];
      one.livenessProbe = { httpGet: { path: "/", port: "http" } };
      one.readinessProbe = { httpGet: { port: "http", path: "/" } };
    },
  }).filter(({ what }) => !/till|Deployment containers/.test(what)),
  ...onPods("GO-10", {
    default: (_, __, doc) => {
      doc.metadata.namespace = "default";
    },
  }),
  ...faults("GO-10", {
    "a chart into default": (tree) => {
      find(tree, "HelmRelease").spec.targetNamespace = "default";
    },
    "a K3s chart into default": (tree) => {
      find(tree, "HelmChart").spec.targetNamespace = "default";
    },
  }),
  ...onPods("MESH-03", {
    istio: (_, template) => {
      template.metadata.labels["sidecar.istio.io/inject"] = "true";
    },
    linkerd: (_, template) => {
      template.metadata.annotations = { "linkerd.io/inject": "enabled" };
    },
    kuma: (_, template) => {
      template.metadata.labels["kuma.io/sidecar-injection"] = "enabled";
    },
  }),
  ...faults("MESH-03", {
    "the namespace": (tree) => {
      find(tree, "Namespace").metadata.labels["istio-injection"] = "enabled";
    },
    ambient: (tree) => {
      find(tree, "Namespace").metadata.labels["istio.io/dataplane-mode"] = "ambient";
    },
  }),
  ...onPods("LBL-01", {
    "a space": (_, template) => {
      template.metadata.labels.team = "front end";
    },
    "too long": (_, template) => {
      template.metadata.labels.team = "x".repeat(64);
    },
    "an end that is no letter": (_, template) => {
      template.metadata.labels["example.com/team"] = "a-";
    },
    "a key with two slashes": (_, template) => {
      template.metadata.labels["a/b/c"] = "d";
    },
    "a node selector": (spec) => {
      spec.nodeSelector = { "edge.example.com/disk": "solid state" };
    },
  }).filter(({ what }) => !/^(?!a node).*, Pod$/.test(what)),
  ...faults("RES-04", {
    "never removed": (tree) => void delete find(tree, "Job").spec.ttlSecondsAfterFinished,
  }),
  ...additions(
    "RES-04",
    Object.fromEntries(
      ["a", "b", "c"].map((name) => [
        `another, ${name}`,
        {
          ...{ apiVersion: "batch/v1", kind: "Job", metadata: { name: `job-${name}`, namespace: apps } },
          spec: {
            backoffLimit: 2,
            template: { spec: { restartPolicy: "Never", containers: [{ name, image: "a:1" }] } },
          },
        },
      ]),
    ),
  ),
];

export const podFaults: readonly Fault[] = [...security, ...running];
