import { annotationsOf, applied, each, hit, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

const HOOKS = ["argocd.argoproj.io/hook", "helm.sh/hook"];

export default defineRule({
  id: "RES-04",
  severity: "warn",
  title: {
    en: "A finished Job stays forever",
    de: "Ein fertiger Job bleibt für immer",
    es: "Un Job terminado se queda para siempre",
    zh: "完成的 Job 永久保留",
  },
  why: {
    en: "Finished Jobs and their pods fill a small datastore on flash storage.",
    de: "Fertige Jobs und ihre Pods füllen einen kleinen Datenspeicher auf Flash.",
    es: "Los Jobs terminados y sus pods llenan un almacén pequeño en flash.",
    zh: "已完成的 Job 及其 Pod 会占满闪存上的小型数据存储。",
  },
  message: {
    en: "{object} has no ttlSecondsAfterFinished.",
    de: "{object} hat kein ttlSecondsAfterFinished.",
    es: "{object} no tiene ttlSecondsAfterFinished.",
    zh: "{object} 没有 ttlSecondsAfterFinished。",
  },
  fix: {
    en: "Set spec.ttlSecondsAfterFinished, such as 86400.",
    de: "spec.ttlSecondsAfterFinished setzen, etwa auf 86400.",
    es: "Defina spec.ttlSecondsAfterFinished, por ejemplo 86400.",
    zh: "设置 spec.ttlSecondsAfterFinished，例如 86400。",
  },
  source: "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
  check: (context) =>
    each(ofKind(applied(context), "batch/Job"), function* (manifest) {
      // Hooks of Argo CD and Helm are removed before they run again.
      const annotations = annotationsOf(manifest);
      if (HOOKS.some((hook) => word(annotations[hook]) !== "")) return;
      if (map(manifest.doc.spec).ttlSecondsAfterFinished === undefined)
        yield hit(manifest, { pointer: "/spec" });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {containers: []}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {ttlSecondsAfterFinished: 3600, template: {spec: {containers: []}}}}\n",
      },
    ],
  },
});
