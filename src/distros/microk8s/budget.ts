import type { BudgetRow } from "#model/decision.ts";
import { verbatim } from "#model/text.ts";

/** What Canonical recommends for a node; the 540 MB it also quotes are the bare service alone. */
export const minimumMiB = { server: 4_096, agent: null };

const start = { title: "MicroK8s getting started", url: "https://microk8s.io/docs/getting-started" };
const addons = { title: "MicroK8s core addons", url: "https://github.com/canonical/microk8s-core-addons" };

/** Plans a MicroK8s node; a worker runs the same snap and is planned alike. */
export function budget(): BudgetRow[] {
  return [
    {
      component: {
        en: "MicroK8s services",
        de: "MicroK8s-Dienste",
        es: "Servicios de MicroK8s",
        zh: "MicroK8s 服务",
      },
      mib: 540,
      basis: "documented",
      counted: true,
      note: {
        en: "The vendor's figure for the bare service; it recommends 4 GB for a node.",
        de: "Angabe des Herstellers für den reinen Dienst; empfohlen werden 4 GB je Knoten.",
        es: "Cifra del proveedor para el servicio solo; recomienda 4 GB por nodo.",
        zh: "厂商给出的裸服务数值；建议每个节点 4 GB。",
      },
      source: start,
    },
    {
      component: verbatim("Calico"),
      mib: 200,
      basis: "estimate",
      counted: true,
      note: {
        en: "Our estimate for calico-node and its controller; the manifest requests no memory.",
        de: "Eigene Schätzung für calico-node und den Controller; das Manifest fordert keinen Speicher an.",
        es: "Estimación propia para calico-node y su controlador; el manifiesto no solicita memoria.",
        zh: "我们对 calico-node 及其控制器的估算；清单未申请内存。",
      },
      source: addons,
    },
    { component: verbatim("CoreDNS"), mib: 70, basis: "requested", counted: true, source: addons },
  ];
}
