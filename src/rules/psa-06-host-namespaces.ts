import { chartValues } from "#model/chart-values.ts";
import { each, hit, judged, podOf, withPodsOrCharts } from "#model/manifest.ts";
import { isSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

const FIELDS = ["hostPID", "hostIPC"];

export default defineRule({
  id: "PSA-06",
  severity: "block",
  title: {
    en: "A pod sees the node's processes",
    de: "Ein Pod sieht die Prozesse des Knotens",
    es: "Un pod ve los procesos del nodo",
    zh: "Pod 可见节点进程",
  },
  why: {
    en: "With hostPID or hostIPC a pod reads the memory and environment of everything on the device.",
    de: "Mit hostPID oder hostIPC liest ein Pod Speicher und Umgebung von allem auf dem Gerät.",
    es: "Con hostPID o hostIPC un pod lee la memoria y el entorno de todo el dispositivo.",
    zh: "hostPID 或 hostIPC 让 Pod 能读取设备上所有进程的内存和环境变量。",
  },
  message: {
    en: "{object} sets {field}.",
    de: "{object} setzt {field}.",
    es: "{object} define {field}.",
    zh: "{object} 设置了 {field}。",
  },
  fix: {
    en: "Remove {field}.",
    de: "{field} entfernen.",
    es: "Elimine {field}.",
    zh: "删除 {field}。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  check: (context) =>
    each(withPodsOrCharts(judged(context)), function* (manifest) {
      const pod = podOf(manifest);
      for (const { key, value, pointer } of chartValues(manifest)) {
        if (!FIELDS.includes(key) || value !== true) continue;
        yield hit(manifest, { pointer, values: { field: key }, severity: "warn" });
      }
      if (pod === undefined || isSystem(manifest)) return;
      for (const field of FIELDS) {
        if (pod.spec[field] === true)
          yield hit(manifest, { pointer: `${pod.pointer}/${field}`, values: { field } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml": "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostPID: true, containers: []}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {values: {hostPID: true}}}\n",
      },
    ],
    good: [{ "a.yaml": "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: []}}\n" }],
  },
});
