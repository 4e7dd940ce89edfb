import { each, hit, judged, labelsOf, ofKind } from "#model/manifest.ts";
import { isLocal, secretValues } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

export default defineRule({
  id: "PULL-05",
  severity: "block",
  title: {
    en: "A Secret registers another cluster with Argo CD",
    de: "Ein Secret meldet einen anderen Cluster bei Argo CD an",
    es: "Un Secret registra otro clúster en Argo CD",
    zh: "Secret 把其他集群注册到 Argo CD",
  },
  why: {
    en: "Such a Secret holds what a hub needs to push into a site.",
    de: "Ein solches Secret enthält, was ein Hub zum Pushen an einen Standort braucht.",
    es: "Ese Secret contiene lo que un hub necesita para empujar a un sitio.",
    zh: "这种 Secret 保存了中心向站点推送所需的凭据。",
  },
  message: {
    en: "{object} registers the cluster {server}.",
    de: "{object} meldet den Cluster {server} an.",
    es: "{object} registra el clúster {server}.",
    zh: "{object} 注册了集群 {server}。",
  },
  fix: {
    en: "Remove it; each site's Argo CD knows its own cluster without a Secret.",
    de: "Entfernen; das Argo CD eines Standorts kennt seinen Cluster ohne Secret.",
    es: "Elimínelo; el Argo CD de cada sitio conoce su clúster sin un Secret.",
    zh: "删除它；每个站点的 Argo CD 无需 Secret 即可管理本集群。",
  },
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters",
  check: (context) =>
    each(ofKind(judged(context), "Secret"), function* (manifest) {
      if (word(labelsOf(manifest)["argocd.argoproj.io/secret-type"]) !== "cluster") return;
      const server = secretValues(manifest).find(({ key }) => key === "server")?.value ?? "";
      if (server !== "" && isLocal(server)) return;
      yield hit(manifest, { values: { server: server || "?" } });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Secret, metadata: {name: a, labels: {argocd.argoproj.io/secret-type: cluster}}, stringData: {server: "https://site.example.com:6443"}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Secret, metadata: {name: a, labels: {argocd.argoproj.io/secret-type: cluster}}, stringData: {server: "https://kubernetes.default.svc"}}\n',
      },
    ],
  },
});
