import { holdingsOf } from "#model/holdings.ts";
import { applied, each, hit, isTemplated, withPods } from "#model/manifest.ts";
import { configReferences } from "#model/pod-references.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "REF-06",
  severity: "warn",
  title: {
    en: "A pod needs a Secret that nothing makes",
    de: "Ein Pod braucht ein Secret, das niemand anlegt",
    es: "Un pod necesita un Secret que nadie crea",
    zh: "Pod 所需的 Secret 无人创建",
  },
  why: {
    en: "The other Secrets of this namespace are in the repository; with this one missing the container never starts.",
    de: "Die anderen Secrets dieses Namespaces liegen im Repository; ohne dieses startet der Container nie.",
    es: "Los demás Secrets de este namespace están en el repositorio; sin este el contenedor no arranca nunca.",
    zh: "该命名空间的其他 Secret 都在仓库中，缺少这一个容器就无法启动。",
  },
  message: {
    en: "{object} needs Secret/{name}; no Secret, ExternalSecret, SealedSecret or Certificate makes it.",
    de: "{object} braucht Secret/{name}; kein Secret, ExternalSecret, SealedSecret oder Certificate legt es an.",
    es: "{object} necesita Secret/{name}; ningún Secret, ExternalSecret, SealedSecret o Certificate lo crea.",
    zh: "{object} 需要 Secret/{name}，但没有任何 Secret、ExternalSecret、SealedSecret 或 Certificate 生成它。",
  },
  fix: {
    en: "Correct the name, add what makes it, or set optional: true.",
    de: "Den Namen berichtigen, anlegen, was es erzeugt, oder optional: true setzen.",
    es: "Corrija el nombre, añada lo que lo crea o ponga optional: true.",
    zh: "更正名称、添加生成它的对象，或设置 optional: true。",
  },
  source: "https://kubernetes.io/docs/concepts/configuration/secret/",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(withPods(applied(context)), function* (manifest) {
      const { namespace } = manifest;
      for (const { kind, name, pointer } of configReferences(manifest)) {
        if (kind !== "Secret" || isTemplated(name) || holdings.has(kind, namespace, name)) continue;
        // Many teams make their Secrets outside Git; a namespace that has none here is theirs.
        if (!holdings.keepsSecrets(namespace) || holdings.sight(manifest) === "none") return;
        if (holdings.isMentioned(name)) continue;
        yield hit(manifest, { pointer, values: { name } });
      }
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: till, namespace: apps}, spec: {secretStoreRef: {name: vault}, target: {name: till-token}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: till-tokn, key: token}}}]}]}}}}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: till, namespace: apps}, spec: {secretStoreRef: {name: vault}, target: {name: till-token}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: till-token, key: token}}}]}]}}}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml":
          '{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", envFrom: [{secretRef: {name: made-by-hand}}]}]}}}}\n',
      },
    ],
  },
});
