import { each, hit, judged, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, strings } from "#model/value.ts";

export default defineRule({
  id: "IN-02",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A Service takes external addresses",
    de: "Ein Service übernimmt externe Adressen",
    es: "Un Service toma direcciones externas",
    zh: "Service 占用外部地址",
  },
  why: {
    en: "externalIPs answer on every interface of the node, and can take over traffic meant for others (CVE-2020-8554).",
    de: "externalIPs antworten auf jeder Schnittstelle des Knotens und können fremden Verkehr an sich ziehen (CVE-2020-8554).",
    es: "externalIPs responde en todas las interfaces del nodo y puede captar tráfico ajeno (CVE-2020-8554).",
    zh: "externalIPs 会在节点所有网卡上响应，并可能劫持他人流量（CVE-2020-8554）。",
  },
  message: {
    en: "{object} sets externalIPs.",
    de: "{object} setzt externalIPs.",
    es: "{object} define externalIPs.",
    zh: "{object} 设置了 externalIPs。",
  },
  fix: {
    en: "Remove externalIPs.",
    de: "externalIPs entfernen.",
    es: "Elimine externalIPs.",
    zh: "删除 externalIPs。",
  },
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#external-ips",
  check: (context) =>
    each(ofKind(judged(context), "Service"), function* (manifest) {
      if (strings(map(manifest.doc.spec).externalIPs).length > 0)
        yield hit(manifest, { pointer: "/spec/externalIPs" });
    }),
  examples: {
    bad: [
      {
        "a.yaml": "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {externalIPs: [192.0.2.1]}}\n",
      },
    ],
    good: [
      { "a.yaml": "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}\n" },
    ],
  },
});
