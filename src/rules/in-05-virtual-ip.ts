import { chartName, chartsOf, containersOf, each, groupOf, hit, isHaSite, judged } from "#model/manifest.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { word } from "#model/value.ts";

const IMAGES = /(?:^|\/)(kube-vip|metallb|klipper-lb)(?:[/:@-]|$)/;

function announcer(manifest: Manifest): string | undefined {
  if (groupOf(manifest).endsWith("metallb.io")) return "MetalLB";
  if (/^Cilium(?:LoadBalancerIPPool|L2AnnouncementPolicy|BGP\w*)$/.test(manifest.kind)) return manifest.kind;
  const chart = chartsOf(manifest).find((c) => /^(?:kube-vip|metallb)$/.test(chartName(c.chart)));
  if (chart !== undefined) return chartName(chart.chart);
  return containersOf(manifest)
    .map(({ fields }) => IMAGES.exec(word(fields.image))?.[1])
    .find((name) => name !== undefined);
}

export default defineRule({
  id: "IN-05",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A virtual address is announced",
    de: "Eine virtuelle Adresse wird angekündigt",
    es: "Se anuncia una dirección virtual",
    zh: "宣告虚拟地址",
  },
  why: {
    en: "kube-vip, MetalLB and Cilium announcements serve a site with several servers; on a single node they only open it.",
    de: "kube-vip, MetalLB und Cilium-Ankündigungen dienen Standorten mit mehreren Servern; ein einzelner Knoten wird nur geöffnet.",
    es: "kube-vip, MetalLB y los anuncios de Cilium sirven a sitios con varios servidores; en un solo nodo solo lo abren.",
    zh: "kube-vip、MetalLB 和 Cilium 宣告用于多服务器站点；在单节点上只会增加暴露面。",
  },
  message: {
    en: "{object} announces an address ({what}), but this site is not planned with several servers.",
    de: "{object} kündigt eine Adresse an ({what}), der Standort ist aber nicht mit mehreren Servern geplant.",
    es: "{object} anuncia una dirección ({what}), pero este sitio no está previsto con varios servidores.",
    zh: "{object} 宣告地址（{what}），但该站点并未规划多台服务器。",
  },
  fix: {
    en: "Remove it, or plan the site with three servers.",
    de: "Entfernen oder den Standort mit drei Servern planen.",
    es: "Elimínelo o planifique el sitio con tres servidores.",
    zh: "删除它，或为站点规划三台服务器。",
  },
  source: "https://docs.k3s.io/datastore/ha-embedded",
  check: (context) => {
    const ha = isHaSite(context.setting);
    if (ha === "yes") return [];
    return each(judged(context), function* (manifest) {
      const what = announcer(manifest);
      if (what === undefined) return;
      yield hit(manifest, { values: { what }, ...(ha === "unknown" ? { severity: "warn" as const } : {}) });
    });
  },
  examples: {
    bad: [
      { "a.yaml": "{apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: a}, spec: {}}\n" },
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: "ghcr.io/kube-vip/kube-vip:v1.0.0"}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: "example.com/app:1.0.0"}]}}\n',
      },
    ],
    setting: { nodesPerSite: 1 },
  },
});
