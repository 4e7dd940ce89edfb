import { annotationsOf, each, hit, judged, labelsOf, podOf } from "#model/manifest.ts";
import { meshSeverity } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

const KEYS =
  /^(?:istio-injection|istio\.io\/(?:rev|dataplane-mode)|sidecar\.istio\.io\/inject|linkerd\.io\/inject|consul\.hashicorp\.com\/connect-inject|kuma\.io\/sidecar-injection)$/;

export default defineRule({
  id: "MESH-03",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "Sidecar injection is switched on",
    de: "Sidecar-Injektion ist eingeschaltet",
    es: "La inyección de sidecars está activada",
    zh: "启用了 sidecar 注入",
  },
  why: {
    en: "The label asks for a mesh; without one it does nothing, with one every pod grows.",
    de: "Das Label verlangt ein Mesh; ohne Mesh wirkt es nicht, mit einem wächst jeder Pod.",
    es: "La etiqueta pide una malla; sin ella no hace nada, con ella crece cada pod.",
    zh: "该标签要求网格：没有网格则无效，有网格则每个 Pod 都变大。",
  },
  message: {
    en: "{object} asks for mesh injection ({key}).",
    de: "{object} verlangt Mesh-Injektion ({key}).",
    es: "{object} pide inyección de malla ({key}).",
    zh: "{object} 要求网格注入（{key}）。",
  },
  fix: {
    en: "Remove {key}, or set it to disabled.",
    de: "{key} entfernen oder auf disabled setzen.",
    es: "Elimine {key} o defínalo como disabled.",
    zh: "删除 {key}，或设为 disabled。",
  },
  source: "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/",
  check: (context) =>
    each(judged(context), function* (manifest) {
      const pod = podOf(manifest)?.metadata ?? {};
      for (const pairs of [
        labelsOf(manifest),
        annotationsOf(manifest),
        map(pod.labels),
        map(pod.annotations),
      ]) {
        for (const [key, value] of Object.entries(pairs)) {
          if (!KEYS.test(key) || /^(?:disabled|false|none)$/.test(word(value))) continue;
          yield hit(manifest, {
            pointer: "/metadata",
            values: { key },
            severity: meshSeverity(context.setting),
          });
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {istio-injection: enabled}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {istio-injection: disabled}}}\n",
      },
    ],
    setting: { memoryMiB: 2048 },
  },
});
