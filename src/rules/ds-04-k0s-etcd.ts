import { each, etcdFits, groupOf, hit, judged } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "DS-04",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "k0s is told to use etcd",
    de: "k0s soll etcd verwenden",
    es: "Se indica a k0s que use etcd",
    zh: "k0s 被配置为使用 etcd",
  },
  why: {
    en: "A single k0s controller is served by Kine with SQLite; etcd costs memory and wears flash for nothing.",
    de: "Einem einzelnen k0s-Controller genügt Kine mit SQLite; etcd kostet Speicher und nutzt Flash ab, ohne zu helfen.",
    es: "A un único controlador k0s le basta Kine con SQLite; etcd gasta memoria y desgasta la flash sin provecho.",
    zh: "单个 k0s 控制器用 Kine 加 SQLite 即可；etcd 只会消耗内存、磨损闪存。",
  },
  message: {
    en: "{object} sets storage type etcd.",
    de: "{object} setzt den Speichertyp etcd.",
    es: "{object} define el almacenamiento etcd.",
    zh: "{object} 把存储类型设为 etcd。",
  },
  fix: {
    en: "Set spec.storage.type to kine.",
    de: "spec.storage.type auf kine setzen.",
    es: "Defina spec.storage.type como kine.",
    zh: "把 spec.storage.type 设为 kine。",
  },
  source: "https://docs.k0sproject.io/stable/configuration/#specstorage",
  check: (context) => {
    const fits = etcdFits(context.setting);
    if (fits === "yes") return [];
    return each(judged(context), function* (manifest) {
      if (!groupOf(manifest).startsWith("k0s.k0sproject.io") || manifest.kind !== "ClusterConfig") return;
      if (map(map(manifest.doc.spec).storage).type !== "etcd") return;
      yield hit(manifest, { pointer: "/spec/storage/type", severity: fits === "unknown" ? "warn" : "block" });
    });
  },
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: k0s.k0sproject.io/v1beta1, kind: ClusterConfig, metadata: {name: k0s}, spec: {storage: {type: etcd}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: k0s.k0sproject.io/v1beta1, kind: ClusterConfig, metadata: {name: k0s}, spec: {storage: {type: kine}}}\n",
      },
    ],
    setting: { memoryMiB: 2048 },
  },
});
