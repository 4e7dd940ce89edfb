import { applied, groupOf, hit } from "#model/manifest.ts";
import { defineRule, type Hit } from "#model/rule.ts";
import { type Fields, map, maps, strings } from "#model/value.ts";

function deniesEgress(spec: Fields): boolean {
  return strings(spec.policyTypes).includes("Egress") && maps(spec.egress).length === 0;
}

/** A rule without ports allows every port. */
function allowsDns({ ports }: Fields): boolean {
  const list = maps(ports);
  if (list.length === 0) return true;
  return list.some(({ port, endPort }) => {
    if (port === undefined || port === "dns" || port === "dns-udp") return true;
    const from = Number(port);
    return from <= 53 && 53 <= Number(endPort ?? port);
  });
}

export default defineRule({
  id: "NET-02",
  severity: "block",
  title: {
    en: "Egress is denied, and DNS with it",
    de: "Ausgehender Verkehr ist verboten, DNS auch",
    es: "Se deniega la salida, y el DNS con ella",
    zh: "拒绝出站时未放行 DNS",
  },
  why: {
    en: "A pod without DNS cannot reach its server, and the error looks like a broken uplink.",
    de: "Ein Pod ohne DNS erreicht seinen Server nicht, und der Fehler sieht nach gestörtem Uplink aus.",
    es: "Un pod sin DNS no llega a su servidor, y el error parece un enlace caído.",
    zh: "没有 DNS，Pod 无法访问服务端，而现象看起来像上行链路故障。",
  },
  message: {
    en: "{object} denies egress in {namespace}, and no policy there allows port 53.",
    de: "{object} verbietet ausgehenden Verkehr in {namespace}, und keine Policy dort erlaubt Port 53.",
    es: "{object} deniega la salida en {namespace} y ninguna política permite el puerto 53.",
    zh: "{object} 拒绝 {namespace} 的出站流量，且没有策略放行 53 端口。",
  },
  fix: {
    en: "Allow UDP and TCP 53 to kube-dns in kube-system.",
    de: "UDP und TCP 53 zu kube-dns in kube-system erlauben.",
    es: "Permita UDP y TCP 53 hacia kube-dns en kube-system.",
    zh: "放行到 kube-system 中 kube-dns 的 UDP 与 TCP 53。",
  },
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  check: (context) => {
    const policies = applied(context).filter(
      (manifest) => manifest.kind === "NetworkPolicy" && groupOf(manifest) === "networking.k8s.io",
    );
    const hits: Hit[] = [];
    for (const [namespace, here] of Map.groupBy(policies, (manifest) => manifest.namespace)) {
      const denying = here.find(({ doc }) => deniesEgress(map(doc.spec)));
      if (denying === undefined || here.some(({ doc }) => maps(map(doc.spec).egress).some(allowsDns)))
        continue;
      hits.push(hit(denying, { pointer: "/spec", values: { namespace: namespace || "–" } }));
    }
    return hits;
  },
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: apps}, spec: {podSelector: {}, policyTypes: [Ingress, Egress]}}\n",
      },
    ],
    good: [
      {
        "a.yaml": `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: apps}, spec: {podSelector: {}, policyTypes: [Egress]}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: dns, namespace: apps}, spec: {podSelector: {}, egress: [{ports: [{port: 53, protocol: UDP}]}]}}
`,
      },
    ],
  },
});
