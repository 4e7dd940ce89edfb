import { applied, groupOf, hit, podOf } from "#model/manifest.ts";
import { isWhole } from "#model/policy.ts";
import { defineRule, type Hit, type Manifest } from "#model/rule.ts";
import { isEmptySelector } from "#model/selectors.ts";
import { isMap, map, maps, strings } from "#model/value.ts";

/** The cluster's own parts; K3s and Flux bring their policies along. */
const SYSTEM = new Set(["kube-system", "flux-system", "argocd", "system-upgrade", "kube-flannel"]);

function isForAllPods(manifest: Manifest): boolean {
  if (manifest.kind !== "NetworkPolicy" || groupOf(manifest) !== "networking.k8s.io") return false;
  return isEmptySelector(map(map(manifest.doc.spec).podSelector));
}

/** A rule without peers and ports allows everything: such a policy denies nothing of that direction. */
function allowsAll(rules: unknown, peers: string): boolean {
  return maps(rules).some((rule) => maps(rule[peers]).length === 0 && maps(rule.ports).length === 0);
}

/** Directions a policy denies. Without policyTypes it is about ingress, and about egress when it has rules for it. */
function deniedBy({ doc }: Manifest): string[] {
  const spec = map(doc.spec);
  const types = strings(spec.policyTypes);
  const about = types.length > 0 ? types : spec.egress === undefined ? ["Ingress"] : ["Ingress", "Egress"];
  return about.filter((type) =>
    type === "Ingress" ? !allowsAll(spec.ingress, "from") : !allowsAll(spec.egress, "to"),
  );
}

/** Cilium's policy for every endpoint of a namespace denies the directions it has rules for. */
function deniedByCilium({ kind, doc }: Manifest): string[] {
  const spec = map(doc.spec);
  if (
    kind !== "CiliumNetworkPolicy" ||
    !isMap(spec.endpointSelector) ||
    !isEmptySelector(spec.endpointSelector)
  ) {
    return [];
  }
  return [
    ...(spec.ingress === undefined && spec.ingressDeny === undefined ? [] : ["Ingress"]),
    ...(spec.egress === undefined && spec.egressDeny === undefined ? [] : ["Egress"]),
  ];
}

/** Kinds that set a default for the whole cluster, which is not read here. */
const CLUSTER_WIDE =
  /^(?:CiliumClusterwideNetworkPolicy|GlobalNetworkPolicy|(?:Baseline)?AdminNetworkPolicy|ClusterNetworkPolicy)$/;

const noNamespace = { en: "(none set)", de: "(keiner gesetzt)", es: "(ninguno indicado)", zh: "（未设置）" };

export default defineRule({
  id: "NET-01",
  severity: "block",
  title: {
    en: "A namespace with pods denies nothing",
    de: "Ein Namespace mit Pods verbietet nichts",
    es: "Un namespace con pods no deniega nada",
    zh: "有 Pod 的命名空间没有默认拒绝",
  },
  why: {
    en: "Without a policy for all pods each one talks to each other and to the internet.",
    de: "Ohne Policy für alle Pods spricht jeder mit jedem und mit dem Internet.",
    es: "Sin una política para todos los pods, cada uno habla con todos y con internet.",
    zh: "没有针对所有 Pod 的策略，任意 Pod 之间以及与互联网都可通信。",
  },
  message: {
    en: "Namespace {namespace} ({object}) has no policy that denies {direction} for all pods.",
    de: "Namespace {namespace} ({object}) hat keine Policy, die {direction} für alle Pods verbietet.",
    es: "El namespace {namespace} ({object}) no tiene una política que deniegue {direction} para todos los pods.",
    zh: "命名空间 {namespace}（{object}）没有对所有 Pod 拒绝 {direction} 的策略。",
  },
  fix: {
    en: "Add a NetworkPolicy with podSelector: {} and policyTypes [Ingress, Egress], then allow what is needed.",
    de: "Eine NetworkPolicy mit podSelector: {} und policyTypes [Ingress, Egress] anlegen, dann Nötiges erlauben.",
    es: "Añada una NetworkPolicy con podSelector: {} y policyTypes [Ingress, Egress], y permita lo necesario.",
    zh: "添加 podSelector: {}、policyTypes 为 [Ingress, Egress] 的 NetworkPolicy，再放行所需流量。",
  },
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies",
  check: (context) => {
    const manifests = applied(context);
    if (manifests.some(({ kind }) => CLUSTER_WIDE.test(kind))) return [];
    const denied = Map.groupBy(
      manifests.filter((one) => isForAllPods(one) || one.kind === "CiliumNetworkPolicy"),
      ({ namespace }) => namespace,
    );
    const hits: Hit[] = [];
    for (const [namespace, pods] of Map.groupBy(manifests.filter(podOf), (manifest) => manifest.namespace)) {
      if (SYSTEM.has(namespace)) continue;
      const types = new Set(
        (denied.get(namespace) ?? []).flatMap((one) =>
          one.kind === "NetworkPolicy" ? deniedBy(one) : deniedByCilium(one),
        ),
      );
      const open = ["Ingress", "Egress"].filter((type) => !types.has(type));
      if (open.length === 0) continue;
      // Without a namespace of its own an object goes wherever it is applied to, where a policy may be.
      const severity = namespace !== "" && isWhole(context) ? ("block" as const) : ("warn" as const);
      const values = { namespace: namespace || noNamespace, direction: open.join(" + ") };
      hits.push(hit(pods[0]!, { values, severity }));
    }
    return hits;
  },
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: apps}, spec: {containers: [{name: a}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml": `{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: apps}, spec: {containers: [{name: a}]}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: apps}, spec: {podSelector: {}, policyTypes: [Ingress, Egress]}}
`,
      },
      {
        "a.yaml": `{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: apps}, spec: {containers: [{name: a}]}}
---
{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: deny, namespace: apps}, spec: {endpointSelector: {}, ingress: [{}], egress: [{}]}}
`,
      },
    ],
  },
});
