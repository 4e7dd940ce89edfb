import { each, groupOf, hit, judged } from "#model/manifest.ts";
import { meshSeverity } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

const GROUPS =
  /(?:^|\.)(?:istio\.io|linkerd\.io|consul\.hashicorp\.com|kuma\.io|openservicemesh\.io|appmesh\.k8s\.aws)$/;

export default defineRule({
  id: "MESH-01",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A service mesh is configured",
    de: "Ein Service-Mesh wird konfiguriert",
    es: "Se configura una malla de servicios",
    zh: "配置了服务网格",
  },
  why: {
    en: "A mesh adds a proxy to every pod; below 8 GB it takes the memory the workload needs.",
    de: "Ein Mesh stellt neben jeden Pod einen Proxy; unter 8 GB fehlt dieser Speicher der Anwendung.",
    es: "Una malla añade un proxy a cada pod; por debajo de 8 GB quita memoria a la aplicación.",
    zh: "服务网格给每个 Pod 增加代理；内存不足 8 GB 时会挤占业务内存。",
  },
  message: {
    en: "{object} belongs to a service mesh ({group}).",
    de: "{object} gehört zu einem Service-Mesh ({group}).",
    es: "{object} pertenece a una malla de servicios ({group}).",
    zh: "{object} 属于服务网格（{group}）。",
  },
  fix: {
    en: "Encrypt between nodes with WireGuard and inside with cert-manager certificates.",
    de: "Zwischen Knoten mit WireGuard verschlüsseln, innen mit Zertifikaten von cert-manager.",
    es: "Cifre entre nodos con WireGuard y dentro con certificados de cert-manager.",
    zh: "节点间用 WireGuard 加密，内部用 cert-manager 签发证书。",
  },
  source: "https://istio.io/latest/docs/ops/deployment/performance-and-scalability/",
  check: (context) =>
    each(judged(context), (manifest) =>
      GROUPS.test(groupOf(manifest))
        ? [
            hit(manifest, {
              pointer: "/apiVersion",
              values: { group: groupOf(manifest) },
              severity: meshSeverity(context.setting),
            }),
          ]
        : [],
    ),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: a}, spec: {}}\n",
      },
    ],
    good: [
      { "a.yaml": "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: a}, spec: {}}\n" },
    ],
    setting: { memoryMiB: 2048 },
  },
});
