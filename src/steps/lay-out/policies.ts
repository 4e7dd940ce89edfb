import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { hostPolicy, imagePolicy, inboundPolicy } from "./policies/admission.ts";
import { sizesFor, weakest } from "./sizes.ts";
import { folder, kustomization, labels, type Manifest, namespaces } from "./tree.ts";

const dir = "policies";
const own = Object.values(namespaces);

/** Policies of every set: Pod Security, default-deny traffic, quotas, least privilege, admission without a webhook. */
export function policies(context: LayOutContext): File[] {
  return [
    kustomization(context, dir, {
      purpose: "Policies every set gets: namespaces, traffic, rights and admission.",
      fields: { resources: ["admission", "namespaces", "network", "rbac"] },
    }),
    ...folder(context, `${dir}/namespaces`, {
      purpose: "Namespaces with the restricted Pod Security profile, their quotas and default limits.",
      files: {
        "namespaces.yaml": {
          documents: own.map(namespace),
          purpose: "Namespaces; the restricted profile is enforced, audited and warned about.",
        },
        "quotas.yaml": {
          documents: own.flatMap((name) => quota(context, name)),
          purpose: "What a namespace may take on the smallest device type; device-types/ raises it.",
        },
      },
    }),
    ...folder(context, `${dir}/network`, {
      purpose: "Nothing may talk until a policy here says so.",
      files: Object.fromEntries(
        own.map((name) => [
          `${name}.yaml`,
          {
            documents: network(context, name),
            purpose: `Traffic of ${name}: denied by default, then DNS and what is needed.`,
          },
        ]),
      ),
    }),
    ...folder(context, `${dir}/rbac`, {
      purpose: "Least privilege: what deploys applications may touch one namespace, people may look.",
      files: {
        "app-deployer.yaml": {
          documents: deployer(context),
          purpose: "The identity that applies applications: one namespace, named kinds, no wildcard.",
        },
        "fleet-viewer.yaml": {
          documents: viewer(),
          purpose: "Read-only view for people at the site's console; no Secrets.",
        },
      },
    }),
    ...folder(context, `${dir}/admission`, {
      purpose: "Admission policies in the API server itself: no webhook to run, no webhook to fail.",
      files: {
        "images.yaml": {
          documents: imagePolicy(context),
          purpose: "Images must be pinned and come from the fleet's registries.",
        },
        "no-host-access.yaml": {
          documents: hostPolicy(),
          purpose: "Pods may not reach into the node.",
        },
        "no-inbound.yaml": {
          documents: inboundPolicy(),
          purpose:
            "No Service opens a port of the node or asks for a load balancer; sites pull, nobody dials in.",
        },
      },
    }),
  ];
}

function namespace(name: string): Manifest {
  const profile = { enforce: "restricted", audit: "restricted", warn: "restricted" };
  const security = Object.entries(profile).map(([mode, level]) => [
    `pod-security.kubernetes.io/${mode}`,
    level,
  ]);
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { ...labels(name), ...Object.fromEntries(security) } },
  };
}

function quota(context: LayOutContext, name: string): Manifest[] {
  const { appsQuotaMiB, agent, registry } = sizesFor(weakest(context));
  const requestMiB =
    name === namespaces.apps ? appsQuotaMiB : 2 * (agent.requestMiB + registry.requestMiB) + 64;
  return [
    {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "quota", namespace: name, labels: labels(name) },
      spec: {
        hard: {
          "requests.memory": `${requestMiB}Mi`,
          "limits.memory": `${requestMiB * 3}Mi`,
          pods: "30",
          "services.loadbalancers": "0",
          "services.nodeports": "0",
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "LimitRange",
      metadata: { name: "defaults", namespace: name, labels: labels(name) },
      spec: {
        limits: [
          {
            type: "Container",
            default: { memory: "64Mi" },
            defaultRequest: { cpu: "10m", memory: "16Mi" },
          },
        ],
      },
    },
  ];
}

function policy(namespaceName: string, name: string, spec: Record<string, unknown>): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: namespaceName, labels: labels(name) },
    spec,
  };
}

const anywhere = { ipBlock: { cidr: "0.0.0.0/0" } };

/** Whether any pod of a namespace talks to the hub at all; a policy for pods that do not exist is noise. */
function talksToHub({ answers, decisions }: LayOutContext, name: string): boolean {
  if (name === namespaces.apps) return answers.network !== "air-gapped";
  return decisions.observability.choice !== "local-only" || decisions.registry.choice === "site-registry";
}

function network(context: LayOutContext, name: string): Manifest[] {
  const shared = [
    policy(name, "default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    policy(name, "allow-dns", {
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
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
      ],
    }),
    ...(talksToHub(context, name)
      ? [
          policy(name, "allow-hub", {
            podSelector: { matchLabels: { "edge.example.com/talks-to": "hub" } },
            policyTypes: ["Egress"],
            egress: [{ to: [anywhere], ports: [{ protocol: "TCP", port: 443 }] }],
          }),
        ]
      : []),
  ];
  if (name === namespaces.apps) {
    return [
      ...shared,
      policy(name, "allow-metrics", {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [
              { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespaces.system } } },
            ],
            ports: [{ protocol: "TCP", port: 2020 }],
          },
        ],
      }),
      policy(name, "allow-same-namespace", {
        podSelector: { matchLabels: { "app.kubernetes.io/name": "edge-app" } },
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ protocol: "TCP", port: 8080 }] }],
      }),
    ];
  }
  return [
    ...shared,
    policy(name, "allow-agent", {
      podSelector: { matchLabels: { "app.kubernetes.io/name": "metrics-agent" } },
      policyTypes: ["Ingress", "Egress"],
      // The heartbeat is pushed into the agent, which keeps it until the link is back.
      ingress: [{ from: [{ podSelector: {} }], ports: [{ protocol: "TCP", port: 8429 }] }],
      egress: [
        {
          to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespaces.apps } } }],
          ports: [{ protocol: "TCP", port: 2020 }],
        },
        // The node's own kubelet and API server; node addresses differ per site, so only the ports are named.
        {
          to: [anywhere],
          ports: [443, 6443, 10250, 16443].map((port) => ({ protocol: "TCP", port })),
        },
      ],
    }),
    policy(name, "allow-heartbeat", {
      podSelector: { matchLabels: { "app.kubernetes.io/name": "heartbeat" } },
      policyTypes: ["Egress"],
      egress: [
        {
          to: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": "metrics-agent" } } }],
          ports: [{ protocol: "TCP", port: 8429 }],
        },
      ],
    }),
  ];
}

function deployer({ decisions }: LayOutContext): Manifest[] {
  const name = "app-deployer";
  const verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];
  const rule = (apiGroup: string, kinds: string[]) => ({ apiGroups: [apiGroup], resources: kinds, verbs });
  const metadata = { name, namespace: namespaces.apps, labels: labels(name) };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata,
      rules: [
        // Helm keeps its releases in Secrets; without Helm nobody here needs to read any.
        rule("", [
          "configmaps",
          "persistentvolumeclaims",
          ...(decisions.templating.choice === "helm" ? ["secrets"] : []),
          "serviceaccounts",
          "services",
        ]),
        rule("apps", ["deployments", "statefulsets"]),
        rule("batch", ["cronjobs", "jobs"]),
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", name, namespace: namespaces.apps }],
    },
  ];
}

function viewer(): Manifest[] {
  const name = "fleet-viewer";
  const verbs = ["get", "list", "watch"];
  const rule = (apiGroup: string, kinds: string[]) => ({ apiGroups: [apiGroup], resources: kinds, verbs });
  return [
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name, labels: labels(name) },
      rules: [
        rule("", ["events", "namespaces", "nodes", "persistentvolumeclaims", "pods", "services"]),
        rule("apps", ["daemonsets", "deployments", "replicasets", "statefulsets"]),
        rule("batch", ["cronjobs", "jobs"]),
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name, labels: labels(name) },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "edge:viewers" }],
    },
  ];
}
