import { applied, each, hit, ofKind } from "#model/manifest.ts";
import { defineRule, type Hit } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

type Wrong = { index: number; port: string };

/** What a list of several ports may not have: one without a name, and two that are the same. */
function findWrong(ports: readonly Record<string, unknown>[]): Wrong[] {
  if (ports.length < 2) return [];
  const seen = new Set<string>();
  return ports.flatMap(({ name, port, protocol }, index): Wrong[] => {
    const keys = [`name ${word(name)}`, `${word(port)}/${word(protocol) || "TCP"}`];
    const isWrong = word(name) === "" || keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return isWrong ? [{ index, port: word(port) }] : [];
  });
}

export default defineRule({
  id: "VAL-02",
  severity: "block",
  title: {
    en: "Several ports of a Service, not told apart",
    de: "Mehrere Ports eines Service, nicht unterscheidbar",
    es: "Varios puertos de un Service que no se distinguen",
    zh: "Service 的多个端口无法区分",
  },
  why: {
    en: "With more than one port each needs a name of its own; the API server refuses the Service otherwise.",
    de: "Bei mehr als einem Port braucht jeder einen eigenen Namen; sonst lehnt der API-Server den Service ab.",
    es: "Con más de un puerto, cada uno necesita un nombre propio; si no, el servidor de API rechaza el Service.",
    zh: "端口多于一个时，每个端口都要有各自的名称，否则 API 服务器会拒绝该 Service。",
  },
  message: {
    en: "{object}: port {port} has no name of its own.",
    de: "{object}: Port {port} hat keinen eigenen Namen.",
    es: "{object}: el puerto {port} no tiene un nombre propio.",
    zh: "{object}：端口 {port} 没有自己的名称。",
  },
  fix: {
    en: "Give every port a name, each name and each port number once.",
    de: "Jedem Port einen Namen geben, jeden Namen und jede Nummer nur einmal.",
    es: "Dé un nombre a cada puerto; ni nombres ni números repetidos.",
    zh: "为每个端口命名，名称和端口号都不要重复。",
  },
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services",
  check: (context) =>
    each(ofKind(applied(context), "Service"), (manifest) => {
      return findWrong(maps(map(manifest.doc.spec).ports)).map(
        ({ index, port }): Hit => hit(manifest, { pointer: `/spec/ports/${index}`, values: { port } }),
      );
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{port: 80}, {port: 81, name: metrics}]}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{port: 80, name: web}, {port: 81, name: web}]}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{port: 80, name: web}, {port: 80, name: again}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{port: 80}]}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Service, metadata: {name: dns, namespace: apps}, spec: {selector: {app: dns}, ports: [{port: 53, name: dns, protocol: UDP}, {port: 53, name: dns-tcp}]}}\n",
      },
    ],
  },
});
