import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-12",
  severity: "block",
  title: {
    en: "A file of another folder",
    de: "Eine Datei eines anderen Ordners",
    es: "Un archivo de otra carpeta",
    zh: "引用了其他文件夹的文件",
  },
  why: {
    en: "kustomize reads files only in or below the folder of the kustomization.",
    de: "kustomize liest Dateien nur im Ordner der Kustomization oder darunter.",
    es: "kustomize solo lee archivos en la carpeta de la kustomization o por debajo.",
    zh: "kustomize 只读取 kustomization 所在文件夹及其子文件夹中的文件。",
  },
  message: {
    en: "{field}: {target} lies outside of this folder.",
    de: "{field}: {target} liegt außerhalb dieses Ordners.",
    es: "{field}: {target} está fuera de esta carpeta.",
    zh: "{field}：{target} 不在该文件夹内。",
  },
  fix: {
    en: "Move the file, or include its folder with a kustomization.yaml of its own.",
    de: "Die Datei verschieben oder ihren Ordner mit eigener kustomization.yaml einbinden.",
    es: "Mueva el archivo o incluya su carpeta con un kustomization.yaml propio.",
    zh: "移动文件，或通过该文件夹自己的 kustomization.yaml 引用。",
  },
  source: "https://kubectl.docs.kubernetes.io/faq/kustomize/#security-file-foo-is-not-in-or-below-bar",
  check: kustomizeRule("outside"),
  examples: {
    bad: [
      {
        "a/kustomization.yaml": "resources: [../b/c.yaml]\n",
        "b/c.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
    good: [
      {
        "a/kustomization.yaml": "resources: [b/c.yaml]\n",
        "a/b/c.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
      },
    ],
  },
});
