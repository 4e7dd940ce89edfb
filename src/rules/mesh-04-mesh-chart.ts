import { chartGroups, chartName, chartsOf, each, hit, judged, ofGroup } from "#model/manifest.ts";
import { meshSeverity } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

const CHARTS =
  /^(?:istiod|istio-base|base|istio-cni|ztunnel|linkerd2?|linkerd-control-plane|linkerd-crds|consul|kuma|osm|traefik-mesh)$/;

export default defineRule({
  id: "MESH-04",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A chart installs a service mesh",
    de: "Ein Chart installiert ein Service-Mesh",
    es: "Un chart instala una malla de servicios",
    zh: "Chart 安装服务网格",
  },
  why: {
    en: "A mesh control plane and its proxies do not fit beside Kubernetes below 8 GB.",
    de: "Steuerebene und Proxys eines Mesh passen unter 8 GB nicht neben Kubernetes.",
    es: "El plano de control y los proxies de una malla no caben junto a Kubernetes con menos de 8 GB.",
    zh: "内存不足 8 GB 时，网格控制面及代理无法与 Kubernetes 共存。",
  },
  message: {
    en: "{object} installs {chart}.",
    de: "{object} installiert {chart}.",
    es: "{object} instala {chart}.",
    zh: "{object} 安装 {chart}。",
  },
  fix: {
    en: "Remove the chart; encrypt between nodes with WireGuard.",
    de: "Das Chart entfernen; zwischen Knoten mit WireGuard verschlüsseln.",
    es: "Elimine el chart; cifre entre nodos con WireGuard.",
    zh: "删除该 chart；节点间用 WireGuard 加密。",
  },
  source: "https://istio.io/latest/docs/setup/install/helm/",
  check: (context) =>
    each(ofGroup(judged(context), ...chartGroups), (manifest) =>
      chartsOf(manifest)
        .filter(({ chart }) => CHARTS.test(chartName(chart)))
        .map(({ chart, pointer }) =>
          hit(manifest, { pointer, values: { chart }, severity: meshSeverity(context.setting) }),
        ),
    ),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a}, spec: {chart: istiod, version: 1.30.3}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a}, spec: {chart: cert-manager, version: v1.20.2}}\n",
      },
    ],
    setting: { memoryMiB: 2048 },
  },
});
