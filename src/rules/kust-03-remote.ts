import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-03",
  severity: "block",
  title: {
    en: "A kustomization fetches from the network",
    de: "Eine Kustomization lädt aus dem Netz",
    es: "Una kustomization descarga de la red",
    zh: "kustomization 从网络获取内容",
  },
  why: {
    en: "The build then needs the network, may change without a commit, and lets whoever owns the address into the cluster.",
    de: "Der Build braucht dann das Netz, kann sich ohne Commit ändern und lässt den Besitzer der Adresse in den Cluster.",
    es: "La construcción necesita entonces la red, puede cambiar sin commit y deja entrar al dueño de la dirección.",
    zh: "构建因此依赖网络，可能在没有提交的情况下变化，地址的拥有者也能影响集群。",
  },
  message: {
    en: "{field}: {target} would be fetched over the network.",
    de: "{field}: {target} würde aus dem Netz geladen.",
    es: "{field}: {target} se descargaría de la red.",
    zh: "{field}：{target} 会从网络获取。",
  },
  fix: {
    en: "Vendor the files into the repository, with the version in a comment.",
    de: "Die Dateien ins Repository übernehmen, mit der Version im Kommentar.",
    es: "Incluya los archivos en el repositorio, con la versión en un comentario.",
    zh: "把文件纳入仓库，并在注释中注明版本。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
  check: kustomizeRule("remote"),
  examples: {
    bad: [{ "kustomization.yaml": 'resources: ["https://example.com/install.yaml"]\n' }],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
  },
});
