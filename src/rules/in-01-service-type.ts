import { chartValues } from "#model/chart-values.ts";
import { each, groupOf, hit, judged } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

const OPENING = /^(?:LoadBalancer|NodePort)$/;

export default defineRule({
  id: "IN-01",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A Service opens a port to the outside",
    de: "Ein Service öffnet einen Port nach außen",
    es: "Un Service abre un puerto al exterior",
    zh: "Service 对外开放端口",
  },
  why: {
    en: "A site that only dials out needs no open port; each one is a way in.",
    de: "Ein Standort, der nur hinausruft, braucht keinen offenen Port; jeder ist ein Weg hinein.",
    es: "Un sitio que solo llama hacia fuera no necesita puertos abiertos; cada uno es una entrada.",
    zh: "只向外发起连接的站点无需开放端口；每个端口都是入口。",
  },
  message: {
    en: "{object} has type {type}.",
    de: "{object} hat den Typ {type}.",
    es: "{object} es de tipo {type}.",
    zh: "{object} 的类型为 {type}。",
  },
  fix: {
    en: "Use ClusterIP; let devices of the site reach it through a local gateway only if the plan says so.",
    de: "ClusterIP verwenden; Geräte des Standorts nur dann über ein lokales Gateway anbinden, wenn der Plan es vorsieht.",
    es: "Use ClusterIP; los dispositivos del sitio acceden por una pasarela local solo si el plan lo prevé.",
    zh: "使用 ClusterIP；仅在方案允许时让站点设备经本地网关访问。",
  },
  source:
    "https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
  check: (context) =>
    each(judged(context), function* (manifest) {
      for (const { key, parents, value, pointer } of chartValues(manifest)) {
        const isType = key === "serviceType" || (key === "type" && /service/i.test(parents.at(-1) ?? ""));
        if (isType && OPENING.test(word(value)))
          yield hit(manifest, { pointer, values: { type: word(value) } });
      }
      if (manifest.kind !== "Service" || groupOf(manifest) !== "") return;
      const type = word(map(manifest.doc.spec).type);
      if (OPENING.test(type)) yield hit(manifest, { pointer: "/spec/type", values: { type } });
    }),
  examples: {
    bad: [
      { "a.yaml": "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort}}\n" },
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {values: {service: {type: NodePort}}}}\n",
      },
    ],
    good: [{ "a.yaml": "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: ClusterIP}}\n" }],
  },
});
