import { containersOf, each, etcdFits, hit, judged, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

const ETCD = /(?:^|\/)etcd(?:[:@]|$)/;

export default defineRule({
  id: "DS-01",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "An etcd container on a small site",
    de: "Ein etcd-Container an einem kleinen Standort",
    es: "Un contenedor etcd en un sitio pequeño",
    zh: "小型站点上的 etcd 容器",
  },
  why: {
    en: "etcd needs three members, fast disks and memory that small edge nodes do not have.",
    de: "etcd braucht drei Mitglieder, schnelle Datenträger und Speicher, den kleine Edge-Knoten nicht haben.",
    es: "etcd necesita tres miembros, discos rápidos y una memoria que los nodos pequeños no tienen.",
    zh: "etcd 需要三个成员、高速磁盘以及小型边缘节点所没有的内存。",
  },
  message: {
    en: "{object}: container {container} runs etcd.",
    de: "{object}: Container {container} betreibt etcd.",
    es: "{object}: el contenedor {container} ejecuta etcd.",
    zh: "{object}：容器 {container} 运行 etcd。",
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
    return each(withPods(judged(context)), (manifest) =>
      containersOf(manifest).flatMap(({ fields, name, pointer }) =>
        ETCD.test(word(fields.image))
          ? [hit(manifest, { pointer: `${pointer}/image`, values: { container: name }, severity })]
          : [],
      ),
    );
  },
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: db, image: "quay.io/coreos/etcd:v3.6.0"}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: db, image: "example.com/etcd-backup:1.0.0"}]}}\n',
      },
    ],
    setting: { nodesPerSite: 1 },
  },
});
