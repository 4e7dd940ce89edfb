import { each, groupOf, hit, judged } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

const APPLIERS = /^(?:kustomize|helm)\.toolkit\.fluxcd\.io$/;

export default defineRule({
  id: "PULL-01",
  severity: "block",
  title: {
    en: "Flux applies to another cluster",
    de: "Flux wendet auf einen anderen Cluster an",
    es: "Flux aplica en otro clúster",
    zh: "Flux 向其他集群部署",
  },
  why: {
    en: "With spec.kubeConfig a hub dials into the site. The site then needs an open port and stops changing when the hub is away.",
    de: "Mit spec.kubeConfig greift ein Hub auf den Standort zu. Der Standort braucht dann einen offenen Port und steht still, wenn der Hub fehlt.",
    es: "Con spec.kubeConfig un hub se conecta al sitio. El sitio necesita entonces un puerto abierto y se detiene si el hub no está.",
    zh: "使用 spec.kubeConfig 时由中心连入站点：站点必须开放端口，中心失联时站点也无法更新。",
  },
  message: {
    en: "{object} sets kubeConfig: a hub would push to this cluster.",
    de: "{object} setzt kubeConfig: Ein Hub würde in diesen Cluster pushen.",
    es: "{object} define kubeConfig: un hub empujaría cambios a este clúster.",
    zh: "{object} 设置了 kubeConfig：中心会向该集群推送。",
  },
  fix: {
    en: "Remove kubeConfig and run Flux in the site's own cluster.",
    de: "kubeConfig entfernen und Flux im Cluster des Standorts betreiben.",
    es: "Elimine kubeConfig y ejecute Flux en el propio clúster del sitio.",
    zh: "删除 kubeConfig，在站点自己的集群中运行 Flux。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-remote-clusters",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (APPLIERS.test(groupOf(manifest)) && map(manifest.doc.spec).kubeConfig) {
        yield hit(manifest, { pointer: "/spec/kubeConfig" });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {kubeConfig: {secretRef: {name: site}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {prune: true}}\n",
      },
    ],
  },
});
