import { holdingsOf, severityOfMissing } from "#model/holdings.ts";
import { applied, each, hit, isTemplated, withPods } from "#model/manifest.ts";
import { configReferences } from "#model/pod-references.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { map } from "#model/value.ts";

/** Every namespace of a cluster has these. */
const GIVEN = new Set(["kube-root-ca.crt", "openshift-service-ca.crt"]);

/** Keys that none of the ConfigMaps of that name has. */
function missingKeys(keys: readonly string[], found: readonly Manifest[]): string[] {
  if (found.length === 0) return [];
  const has = (key: string) =>
    found.some(({ doc }) => Object.hasOwn(map(doc.data), key) || Object.hasOwn(map(doc.binaryData), key));
  return keys.filter((key) => !isTemplated(key) && !has(key));
}

export default defineRule({
  id: "REF-05",
  severity: "block",
  title: {
    en: "A pod needs a ConfigMap that is not there",
    de: "Ein Pod braucht eine ConfigMap, die es nicht gibt",
    es: "Un pod necesita un ConfigMap que no existe",
    zh: "Pod 所需的 ConfigMap 不存在",
  },
  why: {
    en: "The container never starts; the pod waits with CreateContainerConfigError or a volume that cannot be mounted.",
    de: "Der Container startet nie; der Pod wartet mit CreateContainerConfigError oder einem nicht einhängbaren Volume.",
    es: "El contenedor no arranca nunca; el pod queda con CreateContainerConfigError o un volumen que no se monta.",
    zh: "容器永远无法启动，Pod 停在 CreateContainerConfigError 或卷无法挂载。",
  },
  message: {
    en: "{object} needs {what}, which is not in the repository.",
    de: "{object} braucht {what}; im Repository gibt es das nicht.",
    es: "{object} necesita {what}, que no está en el repositorio.",
    zh: "{object} 需要 {what}，但仓库中没有。",
  },
  fix: {
    en: "Correct the name, add {what}, or set optional: true.",
    de: "Den Namen berichtigen, {what} anlegen oder optional: true setzen.",
    es: "Corrija el nombre, añada {what} o ponga optional: true.",
    zh: "更正名称、添加 {what}，或设置 optional: true。",
  },
  source: "https://kubernetes.io/docs/concepts/configuration/configmap/",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(withPods(applied(context)), function* (manifest) {
      for (const { kind, name, keys, pointer } of configReferences(manifest)) {
        if (kind !== "ConfigMap" || isTemplated(name) || GIVEN.has(name)) continue;
        const severity = severityOfMissing(holdings.sight(manifest), "block");
        if (severity === undefined) return;
        if (!holdings.has(kind, manifest.namespace, name)) {
          if (holdings.isMentioned(name)) continue;
          yield hit(manifest, { pointer, values: { what: `ConfigMap/${name}` }, severity });
          continue;
        }
        const found = holdings.of(kind, manifest.namespace, name);
        for (const key of missingKeys(keys, found)) {
          yield hit(manifest, { pointer, values: { what: `ConfigMap/${name} ${key}` }, severity });
        }
      }
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: ConfigMap, metadata: {name: till, namespace: apps}, data: {mode: kiosk}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", envFrom: [{configMapRef: {name: tell}}]}]}}}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: ConfigMap, metadata: {name: till, namespace: apps}, data: {mode: kiosk}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", env: [{name: MODE, valueFrom: {configMapKeyRef: {name: till, key: mod}}}]}]}}}}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: ConfigMap, metadata: {name: till, namespace: apps}, data: {mode: kiosk}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", env: [{name: MODE, valueFrom: {configMapKeyRef: {name: till, key: mode}}}], envFrom: [{configMapRef: {name: site, optional: true}}]}]}}}}
`,
      },
    ],
  },
});
