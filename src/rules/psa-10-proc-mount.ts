import { containersOf, each, hit, judged, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "PSA-10",
  severity: "block",
  title: {
    en: "A container that sees the node's /proc unmasked",
    de: "Ein Container, der /proc unverdeckt sieht",
    es: "Un contenedor que ve /proc sin máscara",
    zh: "容器可见未屏蔽的 /proc",
  },
  why: {
    en: "Kernel settings of the device can be read and changed from the container.",
    de: "Kerneleinstellungen des Geräts lassen sich aus dem Container lesen und ändern.",
    es: "Los ajustes del kernel del dispositivo se leen y cambian desde el contenedor.",
    zh: "容器可以读取并更改设备的内核设置。",
  },
  message: {
    en: "{object}: {container} has procMount: Unmasked.",
    de: "{object}: {container} hat procMount: Unmasked.",
    es: "{object}: {container} tiene procMount: Unmasked.",
    zh: "{object}：{container} 设置了 procMount: Unmasked。",
  },
  fix: {
    en: "Remove procMount.",
    de: "procMount entfernen.",
    es: "Elimine procMount.",
    zh: "删除 procMount。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  check: (context) =>
    each(withPods(judged(context)), function* (manifest) {
      for (const { fields, name, pointer } of containersOf(manifest)) {
        if (map(fields.securityContext).procMount !== "Unmasked") continue;
        yield hit(manifest, { pointer: `${pointer}/securityContext/procMount`, values: { container: name } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", securityContext: {procMount: Unmasked}}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", securityContext: {procMount: Default}}]}}\n',
      },
    ],
  },
});
