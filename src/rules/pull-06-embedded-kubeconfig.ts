import { each, groupOf, hit, judged } from "#model/manifest.ts";
import { secretValues } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

const PARTS = [/^\s*"?clusters"?:/m, /"?server"?:\s*"?https?:/, /^\s*"?users"?:/m];

export default defineRule({
  id: "PULL-06",
  severity: "block",
  title: {
    en: "A kubeconfig lies in the tree",
    de: "Eine kubeconfig liegt im Repository",
    es: "Hay un kubeconfig en el repositorio",
    zh: "仓库中含有 kubeconfig",
  },
  why: {
    en: "Whoever reads the repository holds the keys of that cluster, and something will push with them.",
    de: "Wer das Repository liest, hat die Schlüssel des Clusters, und etwas wird damit pushen.",
    es: "Quien lea el repositorio tiene las llaves del clúster, y algo empujará con ellas.",
    zh: "能读仓库的人就拿到了集群的钥匙，而且会有程序用它推送。",
  },
  message: {
    en: "{object} holds a kubeconfig under {key}.",
    de: "{object} enthält unter {key} eine kubeconfig.",
    es: "{object} contiene un kubeconfig en {key}.",
    zh: "{object} 的 {key} 中含有 kubeconfig。",
  },
  fix: {
    en: "Remove it and revoke the credentials in it.",
    de: "Entfernen und die enthaltenen Zugangsdaten widerrufen.",
    es: "Elimínelo y revoque las credenciales que contiene.",
    zh: "删除它，并吊销其中的凭据。",
  },
  source: "https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (groupOf(manifest) !== "" || !/^(?:Secret|ConfigMap)$/.test(manifest.kind)) return;
      for (const { key, value, pointer } of secretValues(manifest)) {
        if (PARTS.every((part) => part.test(value))) yield hit(manifest, { pointer, values: { key } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  config: |
    clusters:
    - cluster:
        server: https://10.0.0.1:6443
    users: []
`,
      },
    ],
    good: [{ "a.yaml": '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {clusters: "12"}}\n' }],
  },
});
