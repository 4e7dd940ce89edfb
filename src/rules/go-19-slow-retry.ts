import { applied, each, hit, ofKind, seconds } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

/** Half an hour: below that the wait is part of the rhythm. */
const LONG_SECONDS = 1_800;

export default defineRule({
  id: "GO-19",
  severity: { edge: "warn", hub: "off" },
  title: {
    en: "After a failure a whole interval is lost",
    de: "Nach einem Fehler geht ein ganzes Intervall verloren",
    es: "Tras un fallo se pierde un intervalo entero",
    zh: "失败后要白等一个完整周期",
  },
  why: {
    en: "A failed apply is tried again only after the interval; on a flaky uplink that makes a rollout of minutes one of hours.",
    de: "Ein fehlgeschlagener Abgleich wird erst nach dem Intervall wiederholt; bei wackligem Uplink werden aus Minuten Stunden.",
    es: "Una aplicación fallida se reintenta solo tras el intervalo; con un enlace inestable, un despliegue de minutos dura horas.",
    zh: "应用失败后要等一个周期才重试；上行链路不稳时，几分钟的发布会拖成几小时。",
  },
  message: {
    en: "{object} has an interval of {interval} and no retryInterval.",
    de: "{object} hat ein Intervall von {interval} und kein retryInterval.",
    es: "{object} tiene un intervalo de {interval} y ningún retryInterval.",
    zh: "{object} 的 interval 为 {interval}，且没有 retryInterval。",
  },
  fix: {
    en: "Set spec.retryInterval, such as 5m.",
    de: "spec.retryInterval setzen, etwa auf 5m.",
    es: "Defina spec.retryInterval, por ejemplo 5m.",
    zh: "设置 spec.retryInterval，例如 5m。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#retry-interval",
  check: (context) =>
    each(ofKind(applied(context), "kustomize.toolkit.fluxcd.io/Kustomization"), function* (manifest) {
      const { interval, retryInterval } = map(manifest.doc.spec);
      if (retryInterval !== undefined || (seconds(interval) ?? 0) < LONG_SECONDS) return;
      yield hit(manifest, { pointer: "/spec/interval", values: { interval: word(interval) } });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}, spec: {interval: 1h, prune: true, path: ./a, sourceRef: {kind: GitRepository, name: flux-system}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}, spec: {interval: 1h, prune: true, path: ./a, sourceRef: {kind: GitRepository, name: flux-system}, retryInterval: 5m}}\n",
      },
    ],
  },
});
