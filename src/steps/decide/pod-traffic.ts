import { sources } from "#catalogue/sources.ts";
import { always, type Family } from "./rules.ts";
import type { After } from "./site.ts";

type Traffic = "vxlan" | "wireguard-native" | "kube-router" | "calico" | "none";

/** Section 7, point 7: traffic between the nodes of a site. */
export const podTraffic: Family<Traffic, After<"distribution" | "topology">> = {
  hangsOn: ["distro", "nodesPerSite", "exposure"],
  rows: [
    {
      id: "N0",
      when: (site) => site.distribution === "none",
      choice: "none",
      reason: {
        en: "No cluster network on these nodes.",
        de: "Auf diesen Knoten gibt es kein Clusternetz.",
        es: "En estos nodos no hay red de clúster.",
        zh: "这些节点上没有集群网络。",
      },
      sources: [sources.judgement],
    },
    {
      id: "N1",
      when: (site) => site.distribution === "k0s",
      choice: "kube-router",
      reason: {
        en: "The network k0s ships and tests: 16 MiB requested, network policies included.",
        de: "Das Netz, das k0s mitbringt und testet: 16 MiB angefordert, NetworkPolicies eingeschlossen.",
        es: "La red que k0s incluye y prueba: 16 MiB solicitados, con políticas de red.",
        zh: "k0s 自带并测试的网络：申请 16 MiB，支持网络策略。",
      },
      sources: [sources.k0sNetwork],
    },
    {
      id: "N1",
      when: (site) => site.distribution === "microk8s",
      choice: "calico",
      reason: {
        en: "The network MicroK8s ships with its high-availability add-on.",
        de: "Das Netz, das MicroK8s mit seinem Hochverfügbarkeits-Add-on mitbringt.",
        es: "La red que MicroK8s incluye con su complemento de alta disponibilidad.",
        zh: "MicroK8s 随高可用插件自带的网络。",
      },
      sources: [sources.microk8s],
    },
    {
      id: "E7",
      when: (site) =>
        (site.nodes > 1 || site.topology === "site-server") && site.answers.exposure !== "locked",
      choice: "wireguard-native",
      reason: {
        en: "The nodes share a LAN others can reach: WireGuard between them costs a kernel module, not a mesh.",
        de: "Die Knoten teilen sich ein LAN, an das andere kommen: WireGuard dazwischen kostet ein Kernelmodul, kein Mesh.",
        es: "Los nodos comparten una LAN accesible a otros: WireGuard entre ellos cuesta un módulo del kernel, no una malla.",
        zh: "节点所在局域网他人可接触：节点间用 WireGuard 只需一个内核模块，不需要服务网格。",
      },
      sources: [sources.k3sNetwork],
    },
    {
      id: "N2",
      when: always,
      choice: "vxlan",
      reason: {
        en: "No pod traffic leaves a trusted wire here; Flannel inside the K3s process costs no pod.",
        de: "Hier verlässt kein Pod-Verkehr eine vertrauenswürdige Leitung; Flannel im K3s-Prozess kostet keinen Pod.",
        es: "Aquí ningún tráfico de pods sale de un cable de confianza; Flannel dentro de K3s no cuesta ningún pod.",
        zh: "此处 Pod 流量不离开可信线路；Flannel 运行在 K3s 进程内，不占用 Pod。",
      },
      sources: [sources.k3sNetwork],
    },
  ],
  whyNot: {
    vxlan: {
      when: (site) => site.distribution === "k3s",
      why: {
        en: "Sends pod traffic in clear over the site's LAN.",
        de: "Schickt Pod-Verkehr unverschlüsselt über das LAN des Standorts.",
        es: "Envía el tráfico de pods en claro por la LAN del sitio.",
        zh: "Pod 流量在站点局域网内明文传输。",
      },
      source: sources.k3sNetwork,
    },
    "wireguard-native": {
      when: (site) => site.distribution === "k3s",
      why: {
        en: "Encrypts between nodes; with one node, or nodes in a locked room, there is nothing to encrypt.",
        de: "Verschlüsselt zwischen Knoten; bei einem Knoten oder im verschlossenen Raum gibt es nichts zu verschlüsseln.",
        es: "Cifra entre nodos; con un nodo, o en una sala cerrada, no hay nada que cifrar.",
        zh: "用于节点间加密；单节点或上锁机房内没有需要加密的流量。",
      },
      source: sources.k3sNetwork,
    },
  },
};
