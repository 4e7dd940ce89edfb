import type { LayOutContext } from "#model/layout.ts";
import { labels, type Manifest } from "../tree.ts";

/** Namespaces of distribution and engine: their pods need what ours may not have. */
const systemNamespaces = [
  "kube-system",
  "kube-public",
  "kube-node-lease",
  "flux-system",
  "argocd",
  "system-upgrade",
  "operator-system",
  "local-path-storage",
  "edge-devices",
];

type Rule = { expression: string; message: string };
type Matched = { apiGroups: string[]; apiVersions: string[]; resources: string[] };

const workloads: Matched[] = [{ apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }];
const services: Matched[] = [{ apiGroups: [""], apiVersions: ["v1"], resources: ["services"] }];

// Pods carry the final word: whatever made them (Deployment, CronJob, Helm, a person) ends here.
const containers = "(object.spec.containers + object.spec.?initContainers.orValue([]))";

function imageRules({ images, hosts }: LayOutContext): Rule[] {
  const known = Object.values(images).map(({ image }) => `${image.slice(0, image.indexOf("/"))}/`);
  const registries = [...new Set([`${hosts.registry}/`, ...known])].sort();
  return [
    {
      expression: `${containers}.all(c, c.image.contains('@sha256:') || c.image.matches('^[^@]+:[^/:@]*[0-9][^/:@]*$'))`,
      message: "Images must carry a version tag or, better, a digest.",
    },
    {
      expression: `${containers}.all(c, !c.image.matches(':latest(@|$)'))`,
      message: "The tag latest is not a version.",
    },
    {
      expression: `${containers}.all(c, [${registries.map((r) => `'${r}'`).join(", ")}].exists(r, c.image.startsWith(r)))`,
      message: "Images must come from a registry of the fleet's list (policies/admission/images.yaml).",
    },
  ];
}

const hostRules: Rule[] = [
  {
    expression: "object.spec.?volumes.orValue([]).all(v, !has(v.hostPath))",
    message: "hostPath volumes reach into the node and are not allowed here.",
  },
  {
    expression:
      "!object.spec.?hostNetwork.orValue(false) && !object.spec.?hostPID.orValue(false) && !object.spec.?hostIPC.orValue(false)",
    message: "Host namespaces are not allowed here.",
  },
  {
    expression: `${containers}.all(c, c.?ports.orValue([]).all(p, !has(p.hostPort) || p.hostPort == 0))`,
    message: "hostPort opens a port of the device; sites are not reachable from outside.",
  },
];

const inboundRules: Rule[] = [
  {
    expression: "!(object.spec.?type.orValue('ClusterIP') in ['LoadBalancer', 'NodePort'])",
    message: "Only ClusterIP and headless Services: no port of a site is opened.",
  },
  {
    expression: "size(object.spec.?externalIPs.orValue([])) == 0",
    message: "externalIPs take over addresses of the site network.",
  },
];

/** Images pinned and from the fleet's registries. */
export function imagePolicy(context: LayOutContext): Manifest[] {
  return admitted("edge-images", imageRules(context), workloads);
}

/** Pods that do not reach into the node. */
export function hostPolicy(): Manifest[] {
  return admitted("edge-no-host-access", hostRules, workloads);
}

/** Services that open nothing. */
export function inboundPolicy(): Manifest[] {
  return admitted("edge-no-inbound", inboundRules, services);
}

function admitted(name: string, validations: Rule[], matched: Matched[]): Manifest[] {
  const metadata = { name, labels: labels(name) };
  return [
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata,
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: matched.map((rule) => ({ ...rule, operations: ["CREATE", "UPDATE"] })),
        },
        validations,
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata,
      spec: {
        policyName: name,
        validationActions: ["Deny"],
        matchResources: {
          // Everything but these: a new namespace is guarded from its first minute.
          namespaceSelector: {
            matchExpressions: [
              { key: "kubernetes.io/metadata.name", operator: "NotIn", values: systemNamespaces },
            ],
          },
        },
      },
    },
  ];
}
