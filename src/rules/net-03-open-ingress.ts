import { each, hit, judged } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

export default defineRule({
  id: "NET-03",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A policy lets the whole internet in",
    de: "Eine Policy lässt das ganze Internet herein",
    es: "Una política deja entrar a todo internet",
    zh: "策略允许整个互联网访问",
  },
  why: {
    en: "The policy looks like protection and allows any address.",
    de: "Die Policy sieht nach Schutz aus und erlaubt jede Adresse.",
    es: "La política parece proteger y permite cualquier dirección.",
    zh: "策略看似防护，实则放行任意地址。",
  },
  message: {
    en: "{object} allows ingress from {cidr}.",
    de: "{object} erlaubt eingehenden Verkehr von {cidr}.",
    es: "{object} permite la entrada desde {cidr}.",
    zh: "{object} 允许来自 {cidr} 的入站流量。",
  },
  fix: {
    en: "Name the site's own network, or select pods and namespaces.",
    de: "Das Netz des Standorts nennen oder Pods und Namespaces auswählen.",
    es: "Indique la red del sitio o seleccione pods y namespaces.",
    zh: "改为站点自己的网段，或用 Pod 与命名空间选择器。",
  },
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (manifest.kind !== "NetworkPolicy") return;
      for (const [i, rule] of maps(map(manifest.doc.spec).ingress).entries()) {
        for (const [j, from] of maps(rule.from).entries()) {
          const cidr = word(map(from.ipBlock).cidr);
          if (!/^(?:0\.0\.0\.0|::)\/0$/.test(cidr)) continue;
          yield hit(manifest, { pointer: `/spec/ingress/${i}/from/${j}`, values: { cidr } });
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}}\n",
      },
    ],
  },
});
