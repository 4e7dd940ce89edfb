import { applied, containersOf, each, hit, isTemplated, podOf, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

export default defineRule({
  id: "REF-16",
  severity: "block",
  title: {
    en: "A mount of a volume the pod does not have",
    de: "Ein Mount eines Volumes, das der Pod nicht hat",
    es: "Un montaje de un volumen que el pod no tiene",
    zh: "挂载了 Pod 没有的卷",
  },
  why: {
    en: "The API server refuses the workload.",
    de: "Der API-Server lehnt die Anwendung ab.",
    es: "El servidor de API rechaza la carga.",
    zh: "API 服务器会拒绝该工作负载。",
  },
  message: {
    en: "{object}: {container} mounts the volume {volume}, which the pod does not have.",
    de: "{object}: {container} bindet das Volume {volume} ein; der Pod hat es nicht.",
    es: "{object}: {container} monta el volumen {volume}, que el pod no tiene.",
    zh: "{object}：{container} 挂载卷 {volume}，但 Pod 中没有该卷。",
  },
  fix: {
    en: "Add {volume} under volumes, or correct the name.",
    de: "{volume} unter volumes ergänzen oder den Namen berichtigen.",
    es: "Añada {volume} en volumes o corrija el nombre.",
    zh: "在 volumes 中添加 {volume}，或更正名称。",
  },
  source: "https://kubernetes.io/docs/concepts/storage/volumes/#background",
  check: (context) =>
    each(withPods(applied(context)), function* (manifest) {
      const pod = podOf(manifest);
      if (pod === undefined) return;
      const templates = maps(map(manifest.doc.spec).volumeClaimTemplates);
      const names = new Set([
        ...maps(pod.spec.volumes).map(({ name }) => word(name)),
        ...templates.map(({ metadata }) => word(map(metadata).name)),
      ]);
      for (const { fields, name: container, pointer } of containersOf(manifest)) {
        for (const field of ["volumeMounts", "volumeDevices"]) {
          for (const [i, mount] of maps(fields[field]).entries()) {
            const volume = word(mount.name);
            if (volume === "" || isTemplated(volume) || names.has(volume)) continue;
            yield hit(manifest, { pointer: `${pointer}/${field}/${i}`, values: { container, volume } });
          }
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, volumeMounts: [{name: dta, mountPath: /data}]}], volumes: [{name: data, emptyDir: {sizeLimit: 1Mi}}]}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, volumeMounts: [{name: data, mountPath: /data}]}], volumes: [{name: data, emptyDir: {sizeLimit: 1Mi}}]}}}}\n",
      },
    ],
  },
});
