import { applied, each, hit, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

export default defineRule({
  id: "VAL-03",
  severity: "block",
  title: {
    en: "A node port on a Service that stays inside",
    de: "Ein Node-Port an einem Service, der innen bleibt",
    es: "Un puerto de nodo en un Service que queda dentro",
    zh: "仅在集群内部的 Service 却设置了节点端口",
  },
  why: {
    en: "The API server refuses it: only the types NodePort and LoadBalancer open a port on the nodes.",
    de: "Der API-Server lehnt es ab: nur die Typen NodePort und LoadBalancer öffnen einen Port an den Knoten.",
    es: "El servidor de API lo rechaza: solo los tipos NodePort y LoadBalancer abren un puerto en los nodos.",
    zh: "API 服务器会拒绝：只有 NodePort 和 LoadBalancer 类型才会在节点上开放端口。",
  },
  message: {
    en: "{object} of type {type} has nodePort {port}.",
    de: "{object} vom Typ {type} hat nodePort {port}.",
    es: "{object}, de tipo {type}, tiene nodePort {port}.",
    zh: "{object} 的类型是 {type}，却设置了 nodePort {port}。",
  },
  fix: {
    en: "Remove nodePort; where devices of the site must reach it, make the type NodePort.",
    de: "nodePort entfernen; wo Geräte am Standort ihn brauchen, den Typ NodePort nehmen.",
    es: "Quite nodePort; si los equipos del sitio deben llegar a él, use el tipo NodePort.",
    zh: "删除 nodePort；若站点设备必须访问它，请把类型改为 NodePort。",
  },
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport",
  check: (context) =>
    each(ofKind(applied(context), "Service"), function* (manifest) {
      const spec = map(manifest.doc.spec);
      const type = word(spec.type) || "ClusterIP";
      if (type !== "ClusterIP" && type !== "ExternalName") return;
      for (const [index, { nodePort }] of maps(spec.ports).entries()) {
        const port = word(nodePort);
        if (port === "" || port === "0") continue;
        yield hit(manifest, { pointer: `/spec/ports/${index}/nodePort`, values: { type, port } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{port: 80, nodePort: 30080}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{port: 80, targetPort: 8080}]}}\n",
      },
    ],
  },
});
