import { each, hit, judged, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "PULL-07",
  severity: "block",
  title: {
    en: "Fleet reaches into the site",
    de: "Fleet greift auf den Standort zu",
    es: "Fleet se conecta al sitio",
    zh: "Fleet 主动连入站点",
  },
  why: {
    en: "With kubeConfigSecret the Fleet manager dials the cluster; agent-initiated registration needs no open port.",
    de: "Mit kubeConfigSecret ruft der Fleet-Manager den Cluster; die Anmeldung durch den Agenten braucht keinen offenen Port.",
    es: "Con kubeConfigSecret el gestor de Fleet llama al clúster; el registro iniciado por el agente no necesita puertos abiertos.",
    zh: "kubeConfigSecret 让 Fleet 管理端连接集群；由代理发起注册则无需开放端口。",
  },
  message: {
    en: "{object} is registered by the manager through kubeConfigSecret.",
    de: "{object} wird über kubeConfigSecret vom Manager angemeldet.",
    es: "{object} se registra desde el gestor mediante kubeConfigSecret.",
    zh: "{object} 通过 kubeConfigSecret 由管理端注册。",
  },
  fix: {
    en: "Use a ClusterRegistrationToken, so that the agent registers itself.",
    de: "Ein ClusterRegistrationToken nutzen, damit sich der Agent selbst anmeldet.",
    es: "Use un ClusterRegistrationToken para que el agente se registre solo.",
    zh: "改用 ClusterRegistrationToken，由代理自行注册。",
  },
  source: "https://fleet.rancher.io/cluster-registration",
  check: (context) =>
    each(ofKind(judged(context), "fleet.cattle.io/Cluster"), function* (manifest) {
      if (map(manifest.doc.spec).kubeConfigSecret) yield hit(manifest, { pointer: "/spec/kubeConfigSecret" });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: fleet.cattle.io/v1alpha1, kind: Cluster, metadata: {name: a}, spec: {kubeConfigSecret: site}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: fleet.cattle.io/v1alpha1, kind: ClusterRegistrationToken, metadata: {name: a}, spec: {ttl: 24h}}\n",
      },
    ],
  },
});
