import { kustomizeRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "KUST-15",
  severity: "block",
  title: {
    en: "A build that fails",
    de: "Ein Build, der scheitert",
    es: "Una construcción que falla",
    zh: "构建会失败",
  },
  why: {
    en: "Nothing of the set is applied until the build succeeds; at the edge, sites stay on what they had.",
    de: "Vom ganzen Set wird nichts angewendet, bis der Build gelingt; die Standorte bleiben auf dem alten Stand.",
    es: "No se aplica nada del conjunto hasta que la construcción funcione; los emplazamientos se quedan con lo que tenían.",
    zh: "构建成功之前，整套清单都不会应用；边缘站点会停留在原有版本。",
  },
  message: {
    en: "kustomize refuses to build this: {reason}.",
    de: "kustomize baut das nicht: {reason}.",
    es: "kustomize se niega a construir esto: {reason}.",
    zh: "kustomize 拒绝构建：{reason}。",
  },
  fix: {
    en: "Correct this entry; `kubectl kustomize` on the folder shows the same error.",
    de: "Diesen Eintrag berichtigen; `kubectl kustomize` auf dem Ordner zeigt denselben Fehler.",
    es: "Corrija esta entrada; `kubectl kustomize` sobre la carpeta muestra el mismo error.",
    zh: "更正该项；对该目录运行 `kubectl kustomize` 会看到同样的错误。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
  check: kustomizeRule("refused"),
  examples: {
    bad: [
      {
        "kustomization.yaml": `resources: [a.yaml]
patches:
- target: {kind: ConfigMap}
  patch: "- {op: remove, path: /data/absent}"
`,
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {b: c}}\n",
      },
    ],
    good: [
      {
        "kustomization.yaml": `resources: [a.yaml]
patches:
- target: {kind: ConfigMap}
  patch: "- {op: remove, path: /data/b}"
`,
        "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {b: c}}\n",
      },
    ],
  },
});
