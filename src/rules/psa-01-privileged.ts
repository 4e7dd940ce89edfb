import { chartValues } from "#model/chart-values.ts";
import { containersOf, each, hit, judged, withPodsOrCharts } from "#model/manifest.ts";
import { isSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "PSA-01",
  severity: "block",
  title: {
    en: "A privileged container",
    de: "Ein privilegierter Container",
    es: "Un contenedor privilegiado",
    zh: "特权容器",
  },
  why: {
    en: "A privileged container is root on the device: one hole in it is the whole site.",
    de: "Ein privilegierter Container ist root auf dem Gerät: Eine Lücke darin ist der ganze Standort.",
    es: "Un contenedor privilegiado es root en el dispositivo: un fallo en él es el sitio entero.",
    zh: "特权容器就是设备上的 root：一个漏洞等于整个站点失守。",
  },
  message: {
    en: "{object}: container {container} is privileged.",
    de: "{object}: Container {container} ist privilegiert.",
    es: "{object}: el contenedor {container} es privilegiado.",
    zh: "{object}：容器 {container} 以特权运行。",
  },
  fix: {
    en: "Remove privileged and add the one capability or device that is needed.",
    de: "privileged entfernen und nur die nötige Capability oder das nötige Gerät geben.",
    es: "Elimine privileged y añada solo la capability o el dispositivo necesario.",
    zh: "删除 privileged，只添加所需的 capability 或设备。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  check: (context) =>
    each(withPodsOrCharts(judged(context)), function* (manifest) {
      if (isSystem(manifest)) return;
      for (const { fields, name, pointer } of containersOf(manifest)) {
        if (map(fields.securityContext).privileged !== true) continue;
        const at = `${pointer}/securityContext/privileged`;
        yield hit(manifest, { pointer: at, values: { container: name } });
      }
      // What a chart makes of it is not known for certain.
      for (const { key, parents, value, pointer } of chartValues(manifest)) {
        if (key !== "privileged" || value !== true) continue;
        yield hit(manifest, { pointer, values: { container: parents.join(".") || key }, severity: "warn" });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, securityContext: {privileged: true}}]}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {values: {securityContext: {privileged: true}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, securityContext: {privileged: false}}]}}\n",
      },
    ],
  },
});
