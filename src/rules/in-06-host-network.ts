import { chartValues } from "#model/chart-values.ts";
import { each, hit, judged, podOf, withPodsOrCharts } from "#model/manifest.ts";
import { isSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "IN-06",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A pod uses the node's network",
    de: "Ein Pod nutzt das Netz des Knotens",
    es: "Un pod usa la red del nodo",
    zh: "Pod 使用节点网络",
  },
  why: {
    en: "With hostNetwork a pod listens on the node's addresses and escapes every network policy.",
    de: "Mit hostNetwork lauscht ein Pod auf den Adressen des Knotens und entgeht jeder NetworkPolicy.",
    es: "Con hostNetwork un pod escucha en las direcciones del nodo y escapa a toda NetworkPolicy.",
    zh: "hostNetwork 让 Pod 监听节点地址，并绕过所有 NetworkPolicy。",
  },
  message: {
    en: "{object} sets hostNetwork.",
    de: "{object} setzt hostNetwork.",
    es: "{object} define hostNetwork.",
    zh: "{object} 设置了 hostNetwork。",
  },
  fix: {
    en: "Remove hostNetwork and reach the pod through a ClusterIP Service.",
    de: "hostNetwork entfernen und den Pod über einen ClusterIP-Service ansprechen.",
    es: "Elimine hostNetwork y acceda al pod mediante un Service ClusterIP.",
    zh: "删除 hostNetwork，通过 ClusterIP Service 访问该 Pod。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  check: (context) =>
    each(withPodsOrCharts(judged(context)), function* (manifest) {
      const pod = podOf(manifest);
      for (const { key, parents, value, pointer } of chartValues(manifest)) {
        const isSwitch = key === "hostNetwork" || (key === "enabled" && parents.at(-1) === "hostNetwork");
        if (isSwitch && value === true) yield hit(manifest, { pointer });
      }
      if (pod?.spec.hostNetwork !== true || isSystem(manifest)) return;
      yield hit(manifest, { pointer: `${pod.pointer}/hostNetwork` });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, containers: []}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {values: {hostNetwork: true}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: false, containers: []}}\n",
      },
    ],
  },
});
