import { each, hit, judged, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "PULL-08",
  severity: "block",
  title: {
    en: "Karmada pushes to the member cluster",
    de: "Karmada pusht in den Mitglieds-Cluster",
    es: "Karmada empuja al clúster miembro",
    zh: "Karmada 以推送模式管理成员集群",
  },
  why: {
    en: "In push mode the control plane dials the member's API, so the site needs an open port.",
    de: "Im Push-Modus ruft die Steuerebene die API des Mitglieds; der Standort braucht einen offenen Port.",
    es: "En modo push el plano de control llama a la API del miembro, y el sitio necesita un puerto abierto.",
    zh: "推送模式下控制面要访问成员集群的 API，站点必须开放端口。",
  },
  message: {
    en: "{object} has syncMode Push.",
    de: "{object} hat syncMode Push.",
    es: "{object} tiene syncMode Push.",
    zh: "{object} 的 syncMode 为 Push。",
  },
  fix: {
    en: "Register the cluster in Pull mode with karmada-agent.",
    de: "Den Cluster im Pull-Modus mit karmada-agent anmelden.",
    es: "Registre el clúster en modo Pull con karmada-agent.",
    zh: "使用 karmada-agent 以 Pull 模式注册集群。",
  },
  source: "https://karmada.io/docs/userguide/clustermanager/cluster-registration/",
  check: (context) =>
    each(ofKind(judged(context), "cluster.karmada.io/Cluster"), function* (manifest) {
      if (map(manifest.doc.spec).syncMode === "Push") yield hit(manifest, { pointer: "/spec/syncMode" });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: cluster.karmada.io/v1alpha1, kind: Cluster, metadata: {name: a}, spec: {syncMode: Push}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: cluster.karmada.io/v1alpha1, kind: Cluster, metadata: {name: a}, spec: {syncMode: Pull}}\n",
      },
    ],
  },
});
