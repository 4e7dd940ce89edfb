import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { sizesFor, storageClass, weakest } from "./sizes.ts";
import {
  containerSecurity,
  folder,
  labels,
  literally,
  type Manifest,
  namespaces,
  podSecurity,
  resources,
} from "./tree.ts";

/** Components that only some fleets have: a registry at the site, storage for k0s, a WebAssembly runtime, a GPU. */
export function components(context: LayOutContext): File[] {
  return [
    ...(context.decisions.registry.choice === "site-registry" ? siteRegistry(context) : []),
    ...(context.decisions.distribution.choice === "k0s" ? storage(context) : []),
    ...(context.decisions.wasm.choice === "none" ? [] : wasm(context)),
    ...(context.answers.accelerator === "gpu" ? gpu(context) : []),
  ];
}

/** A fixed address in the part of the service range that is kept for such: nodes cannot ask the cluster's DNS. */
export function siteRegistryAddress({ decisions }: LayOutContext): string {
  const first: Record<string, string> = { k0s: "10.96.0", microk8s: "10.152.183" };
  return `${first[decisions.distribution.choice] ?? "10.43.0"}.50`;
}

function siteRegistry(context: LayOutContext): File[] {
  const name = "site-registry";
  const namespace = namespaces.system;
  const metadata = { name, namespace, labels: labels(name) };
  const { registry } = sizesFor(weakest(context));
  const [host] = context.hosts.registry.split("/");
  const hosts = [
    ...new Set([host!, ...Object.values(context.images).map(({ image }) => image.split("/")[0]!)]),
  ];
  const config = {
    distSpecVersion: "1.1.1",
    storage: { rootDirectory: "/var/lib/registry", gc: true, dedupe: true },
    http: { address: "0.0.0.0", port: "5000" },
    log: { level: "warn" },
    extensions: {
      sync: {
        enable: true,
        registries: hosts.sort().map((registryHost) => ({
          urls: [`https://${registryHost}`],
          // Nodes ask for mirror/<registry>/<image>, so that two registries never share a name.
          content: [{ prefix: "**", destination: `/mirror/${registryHost}` }],
          onDemand: true,
          tlsVerify: true,
          maxRetries: 3,
          retryDelay: "5m",
        })),
      },
    },
  };
  return folder(context, "base/site-registry", {
    purpose:
      "A pull-through cache at the site: every layer crosses the link once, and is there when the link is not.",
    files: {
      "registry.yaml": {
        documents: [
          {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata,
            data: { "config.json": `${JSON.stringify(config, null, 2)}\n` },
          },
          {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata,
            spec: {
              accessModes: ["ReadWriteOnce"],
              storageClassName: storageClass(context.decisions),
              resources: { requests: { storage: "8Gi" } },
            },
          },
          {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata,
            spec: {
              replicas: 1,
              revisionHistoryLimit: 2,
              strategy: { type: "Recreate" },
              selector: { matchLabels: { "app.kubernetes.io/name": name } },
              template: {
                metadata: { labels: { ...labels(name), "edge.example.com/talks-to": "hub" } },
                spec: {
                  automountServiceAccountToken: false,
                  enableServiceLinks: false,
                  securityContext: podSecurity(65532),
                  containers: [
                    {
                      name,
                      image: context.images["site-registry"]!.image,
                      imagePullPolicy: "IfNotPresent",
                      args: ["serve", "/config/config.json"],
                      ports: [{ name: "http", containerPort: 5000, protocol: "TCP" }],
                      resources: resources({ ...registry, cpu: "20m" }),
                      securityContext: containerSecurity,
                      readinessProbe: { httpGet: { path: "/v2/", port: "http" }, periodSeconds: 15 },
                      livenessProbe: {
                        httpGet: { path: "/v2/", port: "http" },
                        periodSeconds: 30,
                        failureThreshold: 5,
                      },
                      volumeMounts: [
                        { name: "config", mountPath: "/config", readOnly: true },
                        { name: "layers", mountPath: "/var/lib/registry" },
                        { name: "tmp", mountPath: "/tmp" },
                      ],
                    },
                  ],
                  volumes: [
                    { name: "config", configMap: { name } },
                    { name: "layers", persistentVolumeClaim: { claimName: name } },
                    { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
                  ],
                },
              },
            },
          },
          {
            apiVersion: "v1",
            kind: "Service",
            metadata,
            spec: {
              type: "ClusterIP",
              clusterIP: siteRegistryAddress(context),
              selector: { "app.kubernetes.io/name": name },
              ports: [{ name: "http", port: 5000, targetPort: "http", protocol: "TCP" }],
            },
          },
          {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "allow-site-registry", namespace, labels: labels(name) },
            spec: {
              podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
              policyTypes: ["Ingress"],
              // The nodes' container runtime asks from node addresses, which differ per site.
              ingress: [{ ports: [{ protocol: "TCP", port: 5000 }] }],
            },
          },
        ],
        purpose: "The registry, its disk and its fixed address inside the cluster.",
      },
    },
  });
}

const provisioner = "local-path-provisioner";
const storageNamespace = "local-path-storage";

/** k0s bundles no storage; this is the provisioner K3s bundles, with rights of its own. */
function storage(context: LayOutContext): File[] {
  const metadata = { name: provisioner, namespace: storageNamespace, labels: labels(provisioner) };
  const group = "rbac.authorization.k8s.io";
  const helper: Manifest = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "helper-pod" },
    spec: {
      priorityClassName: "system-node-critical",
      containers: [
        {
          name: "helper-pod",
          image: context.images.busybox!.image,
          imagePullPolicy: "IfNotPresent",
          resources: resources({ requestMiB: 8, limitMiB: 32, cpu: "5m" }),
        },
      ],
    },
  };
  const watch = ["get", "list", "watch"];
  return folder(context, "base/storage", {
    purpose: "Storage on the node's own disk: k0s brings none.",
    files: {
      "namespace.yaml": {
        documents: [
          {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: {
              name: storageNamespace,
              labels: { ...labels(provisioner), "pod-security.kubernetes.io/enforce": "privileged" },
            },
          },
        ],
        purpose: "The helper pods make directories on the node, which no other namespace of ours may.",
      },
      "traffic.yaml": {
        documents: [
          ...closed(storageNamespace, provisioner),
          {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "allow-api", namespace: storageNamespace, labels: labels(provisioner) },
            spec: {
              podSelector: { matchLabels: { "app.kubernetes.io/name": provisioner } },
              policyTypes: ["Egress"],
              egress: [
                {
                  to: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
                  ports: [443, 6443].map((port) => ({ protocol: "TCP", port })),
                },
              ],
            },
          },
        ],
        purpose: "The provisioner talks to the site's own API server, helper pods to nobody.",
      },
      "provisioner.yaml": {
        documents: [
          { apiVersion: "v1", kind: "ServiceAccount", metadata },
          {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { ...metadata, name: "local-path-config", annotations: { ...literally } },
            data: {
              "config.json": `${JSON.stringify({ nodePathMap: [{ node: "DEFAULT_PATH_FOR_NON_LISTED_NODES", paths: ["/var/lib/local-path"] }] }, null, 2)}\n`,
              setup: '#!/bin/sh\nset -eu\nmkdir -m 0777 -p "$VOL_DIR"\n',
              teardown: '#!/bin/sh\nset -eu\nrm -rf "$VOL_DIR"\n',
              "helperPod.yaml": context.yaml(helper),
            },
          },
          {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata,
            spec: {
              replicas: 1,
              revisionHistoryLimit: 2,
              selector: { matchLabels: { "app.kubernetes.io/name": provisioner } },
              template: {
                metadata: { labels: labels(provisioner) },
                spec: {
                  serviceAccountName: provisioner,
                  enableServiceLinks: false,
                  securityContext: podSecurity(65534),
                  containers: [
                    {
                      name: provisioner,
                      image: context.images[provisioner]!.image,
                      imagePullPolicy: "IfNotPresent",
                      command: [provisioner, "start", "--config", "/etc/config/config.json"],
                      env: [
                        {
                          name: "POD_NAMESPACE",
                          valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } },
                        },
                        { name: "CONFIG_MOUNT_PATH", value: "/etc/config/" },
                      ],
                      resources: resources({ requestMiB: 16, limitMiB: 64, cpu: "5m" }),
                      securityContext: containerSecurity,
                      volumeMounts: [{ name: "config", mountPath: "/etc/config/", readOnly: true }],
                    },
                  ],
                  volumes: [{ name: "config", configMap: { name: "local-path-config" } }],
                },
              },
            },
          },
          {
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            metadata: {
              name: "local-path",
              labels: labels(provisioner),
              annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
            },
            provisioner: "rancher.io/local-path",
            volumeBindingMode: "WaitForFirstConsumer",
            reclaimPolicy: "Delete",
          },
        ],
        purpose: "The provisioner and the storage class local-path.",
      },
      "rights.yaml": {
        documents: [
          {
            apiVersion: `${group}/v1`,
            kind: "Role",
            metadata,
            rules: [
              { apiGroups: [""], resources: ["pods"], verbs: [...watch, "create", "delete"] },
              { apiGroups: [""], resources: ["pods/log", "configmaps"], verbs: watch },
            ],
          },
          {
            apiVersion: `${group}/v1`,
            kind: "RoleBinding",
            metadata,
            roleRef: { apiGroup: group, kind: "Role", name: provisioner },
            subjects: [{ kind: "ServiceAccount", name: provisioner, namespace: storageNamespace }],
          },
          {
            apiVersion: `${group}/v1`,
            kind: "ClusterRole",
            metadata: { name: provisioner, labels: labels(provisioner) },
            rules: [
              { apiGroups: [""], resources: ["nodes", "persistentvolumeclaims", "pods"], verbs: watch },
              {
                apiGroups: [""],
                resources: ["persistentvolumes"],
                verbs: [...watch, "create", "update", "patch", "delete"],
              },
              { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
              { apiGroups: ["storage.k8s.io"], resources: ["storageclasses"], verbs: watch },
            ],
          },
          {
            apiVersion: `${group}/v1`,
            kind: "ClusterRoleBinding",
            metadata: { name: provisioner, labels: labels(provisioner) },
            roleRef: { apiGroup: group, kind: "ClusterRole", name: provisioner },
            subjects: [{ kind: "ServiceAccount", name: provisioner, namespace: storageNamespace }],
          },
        ],
        purpose: "Volumes and helper pods, nothing else.",
      },
    },
  });
}

/** RuntimeClasses that K3s applies by itself unless `runtimes` is disabled; one of ours of the same name would fight with it. */
const bundledByK3s: readonly string[] = [
  "crun",
  "lunatic",
  "slight",
  "spin",
  "wws",
  "wasmedge",
  "wasmer",
  "wasmtime",
];

function wasm(context: LayOutContext): File[] {
  const { choice, params } = context.decisions.wasm;
  const name = params.runtimeClass ?? choice;
  const onK3s = context.decisions.distribution.choice === "k3s";
  // Node configuration leaves the packaged classes on where an accelerator needs them.
  const bundled = onK3s && context.answers.accelerator !== "none" && bundledByK3s.includes(name);
  const app = "wasm-sample";
  const image = context.images[choice === "spin" ? app : "wasm-demo"]!.image;
  return folder(context, "base/wasm", {
    purpose: `WebAssembly with ${choice}: the shim comes with the OS image, this is what refers to it.`,
    files: {
      ...(bundled
        ? {}
        : {
            "runtime-class.yaml": {
              documents: [
                {
                  apiVersion: "node.k8s.io/v1",
                  kind: "RuntimeClass",
                  metadata: { name, labels: labels(app) },
                  handler: params.handler ?? choice,
                  scheduling: { nodeSelector: { "edge.example.com/wasm": choice } },
                },
              ],
              purpose:
                "Name and handler of the shim; without the shim in the image a pod stays in ContainerCreating.",
            },
          }),
      "sample.yaml": {
        documents: [
          {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { name: app, namespace: namespaces.apps, labels: labels(app) },
            spec: {
              // Switched off until the shim was seen on a device of the first ring.
              replicas: 0,
              revisionHistoryLimit: 2,
              selector: { matchLabels: { "app.kubernetes.io/name": app } },
              template: {
                metadata: { labels: labels(app) },
                spec: {
                  runtimeClassName: name,
                  automountServiceAccountToken: false,
                  enableServiceLinks: false,
                  securityContext: podSecurity(65532),
                  containers: [
                    {
                      name: app,
                      image,
                      imagePullPolicy: "IfNotPresent",
                      command: ["/"],
                      resources: resources({ requestMiB: 32, limitMiB: 128, cpu: "10m" }),
                      securityContext: containerSecurity,
                    },
                  ],
                },
              },
            },
          },
        ],
        purpose: `A sample module on the runtime class ${name}; raise its replicas once the shim is there.`,
      },
    },
  });
}

function gpu(context: LayOutContext): File[] {
  const name = "nvidia-device-plugin";
  const namespace = "edge-devices";
  const onK3s = context.decisions.distribution.choice === "k3s";
  return folder(context, "base/accelerator", {
    purpose:
      "Makes the node's GPU known to the scheduler; driver and container toolkit come with the OS image.",
    files: {
      "namespace.yaml": {
        documents: [
          {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: {
              name: namespace,
              labels: { ...labels(name), "pod-security.kubernetes.io/enforce": "privileged" },
            },
          },
          ...closed(namespace, name),
        ],
        purpose: "Where node agents run; nothing may talk but the resolver.",
      },
      "device-plugin.yaml": {
        comment: [
          "NVIDIA's device plugin in a namespace of its own.",
          "edgewright:ignore PSA-07 the kubelet finds device plugins only by their socket in this one folder",
        ].join("\n"),
        documents: [
          {
            apiVersion: "apps/v1",
            kind: "DaemonSet",
            metadata: { name, namespace, labels: labels(name) },
            spec: {
              selector: { matchLabels: { "app.kubernetes.io/name": name } },
              template: {
                metadata: { labels: labels(name) },
                spec: {
                  ...(onK3s && { runtimeClassName: "nvidia" }),
                  automountServiceAccountToken: false,
                  enableServiceLinks: false,
                  priorityClassName: "system-node-critical",
                  securityContext: { seccompProfile: { type: "RuntimeDefault" } },
                  containers: [
                    {
                      name,
                      image: context.images[name]!.image,
                      imagePullPolicy: "IfNotPresent",
                      resources: resources({ requestMiB: 32, limitMiB: 96, cpu: "10m" }),
                      securityContext: containerSecurity,
                      volumeMounts: [{ name: "kubelet", mountPath: "/var/lib/kubelet/device-plugins" }],
                    },
                  ],
                  volumes: [{ name: "kubelet", hostPath: { path: "/var/lib/kubelet/device-plugins" } }],
                },
              },
            },
          },
        ],
        purpose: "NVIDIA's device plugin in a namespace of its own; it needs the kubelet's socket folder.",
      },
    },
  });
}

/** Nothing in, nothing out but names: what a namespace with node rights may talk. */
function closed(namespace: string, name: string): Manifest[] {
  const policy = (policyName: string, spec: Record<string, unknown>): Manifest => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: policyName, namespace, labels: labels(name) },
    spec,
  });
  return [
    policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    policy("allow-dns", {
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
      ],
    }),
  ];
}
