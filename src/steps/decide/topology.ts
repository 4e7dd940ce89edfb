import { sources } from "#catalogue/sources.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import type { After, Site } from "./site.ts";

type Topology = "single" | "server-agents" | "ha" | "site-server" | "image";

/** Three servers with room and disks for etcd (S3), as the site's hardware allows it. */
export function canRunEtcd(site: Site): boolean {
  return site.nodes >= 3 && site.memoryMiB >= 4096 && site.answers.storage === "ssd";
}

/** A database the site already has: two servers or more, K3s or k0s from 2 GB (S5). */
export function canUseDatabase(site: Site): boolean {
  return site.wishes.has("external-database") && site.nodes >= 2 && site.memoryMiB >= 2048;
}

function wantsEtcd(site: Site): boolean {
  return (site.wantsHa || site.wishes.has("etcd")) && canRunEtcd(site);
}

/** Section 4: how many of a site's nodes are servers, and of what. */
export const topology: Family<Topology, After<"distribution">> = {
  hangsOn: ["nodesPerSite", "memoryMiB", "storage", "highAvailability", "distro", "wishes"],
  rows: [
    {
      id: "H1",
      when: (site) => site.distribution === "none",
      choice: "image",
      reason: {
        en: "No cluster on these nodes: each one runs the containers its image names, and pulls the next image itself.",
        de: "Kein Cluster auf diesen Knoten: Jeder startet die Container, die sein Image nennt, und holt sich das nächste Image selbst.",
        es: "Sin clúster en estos nodos: cada uno ejecuta los contenedores que nombra su imagen y descarga la siguiente por sí mismo.",
        zh: "这些节点上没有集群：各自运行镜像中声明的容器，并自行拉取下一个镜像。",
      },
      sources: [sources.ubuntuCore, sources.judgement],
    },
    {
      id: "H2",
      when: (site) => site.memoryMiB < 1024,
      choice: "site-server",
      reason: (site) =>
        text(
          {
            en: "The {nodes} devices are workers of one added server with at least 2 GB inside the site; nothing depends on the uplink.",
            de: "Die {nodes} Geräte sind Worker eines zusätzlichen Servers mit mindestens 2 GB am Standort; nichts hängt an der Leitung nach außen.",
            es: "Los {nodes} dispositivos son workers de un servidor añadido con al menos 2 GB dentro del sitio; nada depende del enlace exterior.",
            zh: "{nodes} 台设备作为站点内一台新增服务器（至少 2 GB）的 worker；不依赖外部链路。",
          },
          { nodes: site.nodes },
        ),
      sources: [sources.k3sRequirements, sources.k0sRequirements],
    },
    {
      id: "S1",
      when: (site) => site.nodes === 1,
      choice: "single",
      reason: {
        en: "One autonomous cluster per node: it keeps scheduling and restarting with the uplink down, and is replaced rather than repaired.",
        de: "Ein autonomer Cluster je Knoten: Scheduling und Neustarts gehen ohne Leitung weiter, und er wird ersetzt statt repariert.",
        es: "Un clúster autónomo por nodo: sigue planificando y reiniciando sin enlace, y se reemplaza en lugar de repararse.",
        zh: "每个节点一个自治集群：断网时仍可调度和重启；坏了直接更换，而不是修理。",
      },
      sources: [sources.k3sDatastore, sources.judgement],
    },
    {
      id: "S8",
      when: (site) => site.distribution === "microk8s" && site.nodes >= 3,
      choice: "ha",
      reason: {
        en: "MicroK8s turns on Dqlite high availability by itself from three nodes.",
        de: "MicroK8s schaltet die Hochverfügbarkeit von Dqlite ab drei Knoten selbst ein.",
        es: "MicroK8s activa por sí mismo la alta disponibilidad de Dqlite a partir de tres nodos.",
        zh: "MicroK8s 从三个节点起自动启用 Dqlite 高可用。",
      },
      sources: [sources.microk8s],
    },
    {
      id: "S5",
      when: (site) => canUseDatabase(site) && site.distribution !== "microk8s",
      choice: "ha",
      reason: {
        en: "Two servers share the database the site already runs; the API is as available as that database.",
        de: "Zwei Server teilen sich die am Standort vorhandene Datenbank; die API ist so verfügbar wie diese Datenbank.",
        es: "Dos servidores comparten la base de datos que el sitio ya tiene; la API está tan disponible como esa base.",
        zh: "两台 server 共用站点已有的数据库；API 的可用性取决于该数据库。",
      },
      sources: [sources.k3sDatastore],
    },
    {
      id: "S3",
      when: (site) => site.distribution !== "microk8s" && wantsEtcd(site),
      choice: "ha",
      reason: (site) =>
        text(
          {
            en: "{servers} servers keep the API up when one fails: {nodes} nodes with SSD and at least 4 GB are there for it.",
            de: "{servers} Server halten die API, wenn einer ausfällt: {nodes} Knoten mit SSD und mindestens 4 GB sind dafür da.",
            es: "{servers} servidores mantienen la API si uno falla: hay {nodes} nodos con SSD y al menos 4 GB para ello.",
            zh: "{servers} 台 server 在一台故障时仍能维持 API：现有 {nodes} 个带 SSD、至少 4 GB 的节点可供使用。",
          },
          { servers: serversOf(site.nodes), nodes: site.nodes },
        ),
      sources: [sources.k3sEtcd],
    },
    {
      id: "S2",
      when: (site) => site.nodes === 2,
      choice: "server-agents",
      reason: {
        en: "Two nodes are one server and one agent: a quorum of two would stop with either of them.",
        de: "Zwei Knoten sind ein Server und ein Agent: Ein Quorum aus zweien fiele mit jedem von beiden aus.",
        es: "Dos nodos son un servidor y un agente: un quórum de dos se detendría al fallar cualquiera.",
        zh: "两个节点即一台 server 加一个 agent：两成员仲裁中任何一个故障都会停摆。",
      },
      sources: [sources.k3sEtcd],
    },
    {
      id: "S4",
      when: always,
      choice: "server-agents",
      reason: (site) =>
        text(
          {
            en: "One server and {agents} agents; no control-plane availability is claimed, pods keep running while the server is replaced.",
            de: "Ein Server und {agents} Agenten; Hochverfügbarkeit der Steuerungsebene wird nicht behauptet, Pods laufen beim Servertausch weiter.",
            es: "Un servidor y {agents} agentes; no se promete alta disponibilidad del plano de control, los pods siguen mientras se cambia el servidor.",
            zh: "一台 server 加 {agents} 个 agent；不承诺控制平面高可用，更换 server 期间 Pod 继续运行。",
          },
          { agents: site.nodes - 1 },
        ),
      sources: [sources.k3sDatastore],
    },
  ],
  whyNot: {
    single: {
      when: (site) => site.nodes > 1 && site.memoryMiB >= 1024 && site.distribution !== "none",
      why: {
        en: "A cluster per node would survive its neighbours, but every app would need its own failover.",
        de: "Ein Cluster je Knoten überlebt den Ausfall der Nachbarn, aber jede Anwendung bräuchte ihr eigenes Failover.",
        es: "Un clúster por nodo sobrevive a sus vecinos, pero cada aplicación necesitaría su propia conmutación.",
        zh: "每节点一个集群不受邻居故障影响，但每个应用都要自己实现故障切换。",
      },
      source: sources.judgement,
    },
    "server-agents": {
      when: (site) => site.nodes > 1 && site.memoryMiB >= 1024 && site.distribution !== "none",
      why: {
        en: "One server is lighter, but its failure stops scheduling until it is replaced.",
        de: "Ein einzelner Server ist leichter, sein Ausfall hält aber das Scheduling an, bis er ersetzt ist.",
        es: "Un solo servidor pesa menos, pero su fallo detiene la planificación hasta reemplazarlo.",
        zh: "单 server 更轻，但它一旦故障，在更换之前无法调度。",
      },
      source: sources.k3sDatastore,
    },
    ha: {
      when: (site) => site.distribution !== "none",
      why: (site) =>
        canRunEtcd(site)
          ? {
              en: "Possible here; it costs etcd on three nodes, and nobody asked for the API to survive a server.",
              de: "Hier möglich; kostet etcd auf drei Knoten, und gefordert war nicht, dass die API einen Serverausfall überlebt.",
              es: "Aquí es posible; cuesta etcd en tres nodos y no se pidió que la API sobreviva a un servidor.",
              zh: "此处可行；代价是三个节点上的 etcd，且并未要求 API 在 server 故障时存活。",
            }
          : {
              en: "Takes three servers with SSD and at least 4 GB each; this site has no such three.",
              de: "Verlangt drei Server mit SSD und je mindestens 4 GB; die hat dieser Standort nicht.",
              es: "Exige tres servidores con SSD y al menos 4 GB cada uno; este sitio no los tiene.",
              zh: "需要三台带 SSD、每台至少 4 GB 的 server；该站点不具备。",
            },
      source: sources.k3sEtcd,
    },
    "site-server": {
      when: (site) => site.memoryMiB < 2048 && site.nodes > 1 && site.distribution !== "none",
      why: {
        en: "A server with 2 GB per site would leave the devices more room, but is added hardware at every site.",
        de: "Ein Server mit 2 GB je Standort ließe den Geräten mehr Platz, ist aber zusätzliche Hardware an jedem Standort.",
        es: "Un servidor de 2 GB por sitio dejaría más espacio a los dispositivos, pero es hardware adicional en cada sitio.",
        zh: "每站点加一台 2 GB 服务器可为设备腾出空间，但每个站点都要添置硬件。",
      },
      source: sources.k3sRequirements,
    },
  },
};

/** Three servers; five where more than seven nodes can spare them (our engineering judgement). */
export function serversOf(nodes: number): number {
  return nodes > 7 ? 5 : 3;
}
