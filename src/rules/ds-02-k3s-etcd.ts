import { containersOf, each, etcdFits, hit, judged, show, withPods } from "#model/manifest.ts";
import { nodeConfigs } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { strings, word } from "#model/value.ts";

const FLAG = /--(cluster-init|etcd-[\w-]+|datastore-endpoint[= ]\S*(?:2379|etcd)\S*)/;

function startsEtcd(key: string, value: unknown): boolean {
  if (key === "cluster-init") return value === true || value === "true";
  if (key === "datastore-endpoint") return /:2379\b|etcd/.test(word(value));
  return /^etcd-(?!arg)/.test(key) && value !== false;
}

export default defineRule({
  id: "DS-02",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "K3s is told to use etcd",
    de: "K3s soll etcd verwenden",
    es: "Se indica a K3s que use etcd",
    zh: "K3s 被配置为使用 etcd",
  },
  why: {
    en: "Embedded etcd on SD cards, eMMC or fewer than three servers loses the cluster sooner than SQLite does.",
    de: "Eingebettetes etcd auf SD-Karte, eMMC oder mit weniger als drei Servern verliert den Cluster eher als SQLite.",
    es: "etcd embebido en tarjetas SD, eMMC o con menos de tres servidores pierde el clúster antes que SQLite.",
    zh: "在 SD 卡、eMMC 或不足三台服务器上使用内置 etcd，比 SQLite 更容易丢失集群。",
  },
  message: {
    en: "{what} sets {key}, which starts etcd.",
    de: "{what} setzt {key} und startet damit etcd.",
    es: "{what} define {key}, que arranca etcd.",
    zh: "{what} 设置了 {key}，会启动 etcd。",
  },
  fix: {
    en: "Remove {key}; K3s then uses SQLite.",
    de: "{key} entfernen; K3s nutzt dann SQLite.",
    es: "Elimine {key}; K3s usará SQLite.",
    zh: "删除 {key}，K3s 将使用 SQLite。",
  },
  source: "https://docs.k3s.io/datastore/ha-embedded",
  check: (context) => {
    const fits = etcdFits(context.setting);
    if (fits === "yes") return [];
    const severity = fits === "unknown" ? "warn" : "block";
    const configs = nodeConfigs(context).flatMap(({ path, doc, line }) =>
      Object.keys(doc)
        .filter((key) => startsEtcd(key, doc[key]))
        .map(
          (key) =>
            ({ path, line: line(key), pointer: `/${key}`, values: { what: path, key }, severity }) as const,
        ),
    );
    const pods = each(withPods(judged(context)), (manifest) =>
      containersOf(manifest).flatMap(({ fields, pointer }) => {
        const key = FLAG.exec([...strings(fields.command), ...strings(fields.args)].join(" "))?.[1];
        return key === undefined
          ? []
          : [hit(manifest, { pointer, values: { what: show(manifest), key }, severity })];
      }),
    );
    return [...configs, ...pods];
  },
  examples: {
    bad: [
      {
        "k3s/config.yaml": `cluster-init: true
disable: [traefik, servicelb]
`,
      },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: k3s, args: [server, --cluster-init]}]}}\n",
      },
    ],
    good: [{ "k3s/config.yaml": "disable: [traefik, servicelb]\n" }],
    setting: { nodesPerSite: 1 },
  },
});
