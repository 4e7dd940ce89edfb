import { applied, each, hit, podOf, withPods } from "#model/manifest.ts";
import { isSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { type Fields, isMap, map, maps, word } from "#model/value.ts";

function isBounded({ containers }: Fields): boolean {
  const list = maps(containers);
  return (
    list.length > 0 &&
    list.every(({ resources }) => map(map(resources).limits)["ephemeral-storage"] !== undefined)
  );
}

export default defineRule({
  id: "RES-05",
  severity: "warn",
  title: {
    en: "Scratch space without a limit",
    de: "Arbeitsspeicherplatz ohne Grenze",
    es: "Espacio temporal sin límite",
    zh: "临时空间没有上限",
  },
  why: {
    en: "It fills the device's disk, and with medium Memory its memory, until the kubelet evicts everything.",
    de: "Er füllt die Platte des Geräts, mit medium Memory den Arbeitsspeicher, bis das kubelet alles verdrängt.",
    es: "Llena el disco del dispositivo, y con medium Memory su memoria, hasta que el kubelet desaloja todo.",
    zh: "它会写满设备磁盘（medium 为 Memory 时写满内存），直到 kubelet 驱逐所有 Pod。",
  },
  message: {
    en: "{object}: volume {volume} is an emptyDir without sizeLimit.",
    de: "{object}: Volume {volume} ist ein emptyDir ohne sizeLimit.",
    es: "{object}: el volumen {volume} es un emptyDir sin sizeLimit.",
    zh: "{object}：卷 {volume} 是没有 sizeLimit 的 emptyDir。",
  },
  fix: {
    en: "Set emptyDir.sizeLimit, or an ephemeral-storage limit on every container.",
    de: "emptyDir.sizeLimit setzen oder jedem Container eine Grenze für ephemeral-storage geben.",
    es: "Defina emptyDir.sizeLimit, o un límite de ephemeral-storage en cada contenedor.",
    zh: "设置 emptyDir.sizeLimit，或为每个容器设置 ephemeral-storage 上限。",
  },
  source: "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
  check: (context) =>
    each(withPods(applied(context)), function* (manifest) {
      const pod = podOf(manifest);
      if (pod === undefined || isSystem(manifest)) return;
      for (const [i, { name, emptyDir }] of maps(pod.spec.volumes).entries()) {
        // `emptyDir:` alone is read as null, and means the same.
        if (emptyDir === undefined || (isMap(emptyDir) && emptyDir.sizeLimit !== undefined)) continue;
        if (map(emptyDir).medium !== "Memory" && isBounded(pod.spec)) continue;
        yield hit(manifest, {
          pointer: `${pod.pointer}/volumes/${i}`,
          values: { volume: word(name) || String(i) },
        });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [], volumes: [{name: tmp, emptyDir: {}}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [], volumes: [{name: tmp, emptyDir: {sizeLimit: 16Mi}}]}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: a, resources: {limits: {ephemeral-storage: 1Gi}}}], volumes: [{name: tmp, emptyDir: {}}]}}\n",
      },
    ],
  },
});
