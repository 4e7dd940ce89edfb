import { chartGroups, chartName, chartsOf, each, etcdFits, hit, judged, ofGroup } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "DS-03",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A chart installs etcd",
    de: "Ein Chart installiert etcd",
    es: "Un chart instala etcd",
    zh: "Chart 安装 etcd",
  },
  why: {
    en: "etcd needs three members, fast disks and memory that small edge nodes do not have.",
    de: "etcd braucht drei Mitglieder, schnelle Datenträger und Speicher, den kleine Edge-Knoten nicht haben.",
    es: "etcd necesita tres miembros, discos rápidos y una memoria que los nodos pequeños no tienen.",
    zh: "etcd 需要三个成员、高速磁盘以及小型边缘节点所没有的内存。",
  },
  message: {
    en: "{object} installs the chart {chart}.",
    de: "{object} installiert das Chart {chart}.",
    es: "{object} instala el chart {chart}.",
    zh: "{object} 安装 chart {chart}。",
  },
  fix: {
    en: "Use SQLite on one server, or plan three servers with SSD and at least 4 GB.",
    de: "SQLite auf einem Server nutzen oder drei Server mit SSD und mindestens 4 GB planen.",
    es: "Use SQLite en un servidor o planifique tres servidores con SSD y al menos 4 GB.",
    zh: "单服务器使用 SQLite，或规划三台配备 SSD、至少 4 GB 内存的服务器。",
  },
  source: "https://docs.k3s.io/datastore",
  check: (context) => {
    const fits = etcdFits(context.setting);
    if (fits === "yes") return [];
    const severity = fits === "unknown" ? "warn" : "block";
    return each(ofGroup(judged(context), ...chartGroups), (manifest) =>
      chartsOf(manifest)
        .filter(({ chart }) => chartName(chart) === "etcd")
        .map(({ chart, pointer }) => hit(manifest, { pointer, values: { chart }, severity })),
    );
  },
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a}, spec: {chart: etcd, version: 1.0.0}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a}, spec: {chart: app, version: 1.0.0}}\n",
      },
    ],
    setting: { storage: "sd" },
  },
});
