import { applied, each, groupOf, hit } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "IN-04",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A Flux Receiver waits for webhooks",
    de: "Ein Flux-Receiver wartet auf Webhooks",
    es: "Un Receiver de Flux espera webhooks",
    zh: "Flux Receiver 等待 webhook",
  },
  why: {
    en: "A webhook needs a port that the internet can reach. Polling does the same from inside.",
    de: "Ein Webhook braucht einen Port, den das Internet erreicht. Polling leistet dasselbe von innen.",
    es: "Un webhook necesita un puerto accesible desde internet. El sondeo logra lo mismo desde dentro.",
    zh: "Webhook 需要互联网可达的端口；轮询可以从内部达到同样效果。",
  },
  message: {
    en: "{object} needs an inbound webhook.",
    de: "{object} braucht einen eingehenden Webhook.",
    es: "{object} necesita un webhook entrante.",
    zh: "{object} 需要入站 webhook。",
  },
  fix: {
    en: "Remove the Receiver; the source's interval finds changes.",
    de: "Den Receiver entfernen; das Intervall der Quelle findet Änderungen.",
    es: "Elimine el Receiver; el intervalo de la fuente encuentra los cambios.",
    zh: "删除 Receiver；源的轮询间隔足以发现变更。",
  },
  source: "https://fluxcd.io/flux/components/notification/receivers/",
  check: (context) =>
    each(applied(context), (manifest) =>
      groupOf(manifest) === "notification.toolkit.fluxcd.io" && manifest.kind === "Receiver"
        ? [hit(manifest)]
        : [],
    ),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: notification.toolkit.fluxcd.io/v1, kind: Receiver, metadata: {name: a}, spec: {}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: notification.toolkit.fluxcd.io/v1beta3, kind: Alert, metadata: {name: a}, spec: {}}\n",
      },
    ],
  },
});
