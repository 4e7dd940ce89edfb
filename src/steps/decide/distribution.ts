import { sources } from "#catalogue/sources.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import { type After, isBuiltFor, isCommonArch, type Site } from "./site.ts";

const preferred = {
  en: "You named it, and it passes every feasibility check for {mib} MiB a node.",
  de: "Ausdrücklich gewünscht, und mit {mib} MiB je Knoten besteht die Wahl alle Machbarkeitsprüfungen.",
  es: "Usted la indicó y supera todas las comprobaciones de viabilidad con {mib} MiB por nodo.",
  zh: "这是明确指定的选择，在每节点 {mib} MiB 的条件下通过了全部可行性检查。",
};

function isPreferred(id: "k3s" | "k0s" | "microk8s") {
  return (site: Site) =>
    site.answers.distro === id &&
    site.memoryMiB >= site.facts.distros[id].minimumMiB.server &&
    isBuiltFor(site, id);
}

/** From 512 MiB to 1 GB a device can be a worker, where a site has room for a server beside it. */
function isWorkerOnly(site: Site): boolean {
  return site.memoryMiB < 1024 && site.nodes >= 2;
}

/** Section 3 of the rules, after what no device can do (H1, H2, H6). */
export const distribution: Family<"k3s" | "k0s" | "microk8s" | "none", Site> = {
  hangsOn: ["memoryMiB", "arch", "nodesPerSite", "distro", "wishes"],
  rows: [
    {
      id: "H6",
      when: (site) => site.arches.has("riscv64"),
      choice: "none",
      reason: {
        en: "No distribution releases riscv64 binaries; the nodes run containers from an image-based system.",
        de: "Keine Distribution veröffentlicht Binärdateien für riscv64; die Knoten führen Container aus einem Image-basierten System aus.",
        es: "Ninguna distribución publica binarios para riscv64; los nodos ejecutan contenedores desde un sistema basado en imágenes.",
        zh: "没有发行版提供 riscv64 二进制文件；节点在镜像化系统上直接运行容器。",
      },
      sources: [sources.k3sRelease, sources.k0sRequirements],
    },
    {
      id: "H1",
      when: (site) => site.memoryMiB < 512,
      choice: "none",
      reason: (site) =>
        text(
          {
            en: "{mib} MiB is below the 512 MiB of the smallest documented Kubernetes worker; containers run without a cluster.",
            de: "{mib} MiB liegen unter den 512 MiB des kleinsten dokumentierten Kubernetes-Workers; Container laufen ohne Cluster.",
            es: "{mib} MiB están por debajo de los 512 MiB del worker de Kubernetes más pequeño documentado; los contenedores se ejecutan sin clúster.",
            zh: "{mib} MiB 低于文档所载最小 Kubernetes worker 的 512 MiB；容器在没有集群的情况下运行。",
          },
          { mib: site.memoryMiB },
        ),
      sources: [sources.k3sRequirements, sources.k0sRequirements],
    },
    {
      id: "H2",
      when: (site) => site.memoryMiB < 1024 && !isWorkerOnly(site),
      choice: "none",
      reason: (site) =>
        text(
          {
            en: "{mib} MiB carries a worker, not a control plane, and a one-node site has no server to join.",
            de: "{mib} MiB reichen für einen Worker, nicht für eine Steuerungsebene; ein Standort mit einem Knoten hat keinen Server dafür.",
            es: "{mib} MiB bastan para un worker, no para un plano de control, y un sitio de un nodo no tiene servidor al que unirse.",
            zh: "{mib} MiB 只够运行 worker，不足以运行控制平面；单节点站点也没有可加入的 server。",
          },
          { mib: site.memoryMiB },
        ),
      sources: [sources.k3sRequirements, sources.k0sRequirements],
    },
    {
      id: "H2",
      when: (site) => isWorkerOnly(site) && site.answers.distro === "k0s",
      choice: "k0s",
      reason: {
        en: "k0s documents 0.5 GB for a worker; a site server with at least 2 GB runs the controller.",
        de: "k0s dokumentiert 0,5 GB für einen Worker; den Controller trägt ein Standortserver mit mindestens 2 GB.",
        es: "k0s documenta 0,5 GB para un worker; un servidor del sitio con al menos 2 GB ejecuta el controlador.",
        zh: "k0s 文档规定 worker 需 0.5 GB；控制器由至少 2 GB 的站点服务器承担。",
      },
      sources: [sources.k0sRequirements],
    },
    {
      id: "H2",
      when: isWorkerOnly,
      choice: "k3s",
      reason: {
        en: "A K3s agent is documented for 512 MB and measured at 268 to 275 MB; a site server with at least 2 GB runs the control plane.",
        de: "Ein K3s-Agent ist für 512 MB dokumentiert und mit 268 bis 275 MB gemessen; die Steuerungsebene trägt ein Standortserver mit mindestens 2 GB.",
        es: "Un agente K3s está documentado para 512 MB y medido entre 268 y 275 MB; un servidor del sitio con al menos 2 GB ejecuta el plano de control.",
        zh: "K3s agent 文档要求 512 MB，实测 268 至 275 MB；控制平面由至少 2 GB 的站点服务器承担。",
      },
      sources: [sources.k3sRequirements, sources.k3sProfiling],
    },
    {
      id: "D1",
      when: isPreferred("k3s"),
      choice: "k3s",
      reason: (site) => text(preferred, { mib: site.memoryMiB }),
      sources: [sources.k3sRequirements],
    },
    {
      id: "D1",
      when: isPreferred("k0s"),
      choice: "k0s",
      reason: (site) => text(preferred, { mib: site.memoryMiB }),
      sources: [sources.k0sRequirements],
    },
    {
      id: "D1",
      when: isPreferred("microk8s"),
      choice: "microk8s",
      reason: (site) => text(preferred, { mib: site.memoryMiB }),
      sources: [sources.microk8sStart],
    },
    {
      id: "D2",
      when: (site) =>
        site.answers.distro === "auto" &&
        site.wishes.has("ubuntu-core") &&
        site.memoryMiB >= site.facts.distros.microk8s.minimumMiB.server &&
        isBuiltFor(site, "microk8s"),
      choice: "microk8s",
      reason: {
        en: "Ubuntu Core runs snaps only, and the strict MicroK8s snap is the Kubernetes there is for it.",
        de: "Ubuntu Core führt nur Snaps aus, und der strikte MicroK8s-Snap ist das einzige Kubernetes dafür.",
        es: "Ubuntu Core solo ejecuta snaps, y el snap estricto de MicroK8s es el único Kubernetes disponible.",
        zh: "Ubuntu Core 只能运行 snap，而严格模式的 MicroK8s snap 是其唯一可用的 Kubernetes。",
      },
      sources: [sources.microk8s, sources.ubuntuCore],
    },
    {
      id: "D4",
      when: (site) => site.memoryMiB < 2048 && site.nodes === 1,
      choice: "k0s",
      reason: {
        en: "k0s --single is the only full node documented for 1 GB; a K3s server starts at 2 GB.",
        de: "k0s --single ist der einzige für 1 GB dokumentierte vollständige Knoten; ein K3s-Server beginnt bei 2 GB.",
        es: "k0s --single es el único nodo completo documentado para 1 GB; un servidor K3s empieza en 2 GB.",
        zh: "k0s --single 是唯一文档支持 1 GB 的完整节点；K3s server 从 2 GB 起。",
      },
      sources: [sources.k0sRequirements, sources.k3sRequirements],
    },
    {
      id: "D4",
      when: (site) => site.memoryMiB < 2048,
      choice: "k0s",
      reason: {
        en: "Below 2 GB only k0s documents a control plane: 1 GB for a controller, 0.5 GB for each worker.",
        de: "Unter 2 GB dokumentiert nur k0s eine Steuerungsebene: 1 GB für einen Controller, 0,5 GB je Worker.",
        es: "Por debajo de 2 GB solo k0s documenta un plano de control: 1 GB para un controlador y 0,5 GB por worker.",
        zh: "2 GB 以下只有 k0s 有文档支持的控制平面：控制器 1 GB，每个 worker 0.5 GB。",
      },
      sources: [sources.k0sRequirements],
    },
    {
      id: "D7",
      when: always,
      choice: "k3s",
      reason: {
        en: "Documented from 2 GB on amd64, arm64 and 32-bit ARM, with air-gap files and a Helm controller, on the widest range of systems.",
        de: "Ab 2 GB dokumentiert für amd64, arm64 und 32-Bit-ARM, mit Air-Gap-Dateien und Helm-Controller, auf den meisten Systemen lauffähig.",
        es: "Documentada desde 2 GB en amd64, arm64 y ARM de 32 bits, con archivos para air gap y controlador Helm, en la mayor variedad de sistemas.",
        zh: "文档支持 2 GB 起，覆盖 amd64、arm64 和 32 位 ARM，自带离线安装包和 Helm 控制器，适配的系统最多。",
      },
      sources: [sources.k3sRequirements, sources.k3sAirGap],
    },
  ],
  whyNot: {
    k3s: {
      when: (site) => !site.arches.has("riscv64"),
      why: (site) =>
        site.memoryMiB < 2048
          ? {
              en: "A K3s server is documented from 2 GB and measured at 1,215 to 1,596 MB with everything on.",
              de: "Ein K3s-Server ist ab 2 GB dokumentiert und mit allen Komponenten bei 1.215 bis 1.596 MB gemessen.",
              es: "Un servidor K3s está documentado desde 2 GB y medido entre 1215 y 1596 MB con todo activado.",
              zh: "K3s server 文档要求 2 GB 起，全部组件启用时实测 1,215 至 1,596 MB。",
            }
          : {
              en: "Fits too; the other choice was asked for. K3s brings ingress, local storage and metrics along.",
              de: "Passt ebenfalls; gewünscht war die andere Wahl. K3s bringt Ingress, lokalen Speicher und Metriken mit.",
              es: "También cabe; se pidió la otra opción. K3s incluye ingress, almacenamiento local y métricas.",
              zh: "同样可行，但指定的是另一项。K3s 自带 ingress、本地存储和指标组件。",
            },
      source: sources.k3sProfiling,
    },
    k0s: {
      when: (site) => site.memoryMiB >= 512 && !site.arches.has("riscv64"),
      why: (site) =>
        site.memoryMiB < 1024
          ? {
              en: "Its worker is documented for 0.5 GB too, but its controller for 1 GB; a K3s agent has a measured figure.",
              de: "Auch sein Worker ist für 0,5 GB dokumentiert, der Controller aber für 1 GB; für den K3s-Agenten liegt ein Messwert vor.",
              es: "Su worker también está documentado para 0,5 GB, pero su controlador para 1 GB; del agente K3s hay una medición.",
              zh: "其 worker 文档同样要求 0.5 GB，但控制器要 1 GB；K3s agent 有实测数据。",
            }
          : {
              en: "Fits, with fewer parts included: no ingress, no storage class, no load balancer; telemetry is on by default.",
              de: "Passt, bringt aber weniger mit: kein Ingress, keine StorageClass, kein Load Balancer; Telemetrie ist ab Werk an.",
              es: "Cabe, pero trae menos: sin ingress, sin clase de almacenamiento, sin balanceador; la telemetría viene activada.",
              zh: "可行，但自带组件更少：没有 ingress、存储类和负载均衡；遥测默认开启。",
            },
      source: sources.k0sRequirements,
    },
    microk8s: {
      why: (site) =>
        site.memoryMiB < 4096 || !isCommonArch(site)
          ? {
              en: "Its vendor advises 4 GB and 20 GB of disk a node, on amd64 and arm64 only.",
              de: "Der Hersteller empfiehlt 4 GB RAM und 20 GB Platte je Knoten, nur auf amd64 und arm64.",
              es: "Su proveedor recomienda 4 GB de RAM y 20 GB de disco por nodo, solo en amd64 y arm64.",
              zh: "厂商建议每节点 4 GB 内存、20 GB 磁盘，且仅支持 amd64 和 arm64。",
            }
          : {
              en: "Snaps refresh by themselves, RBAC is off until enabled, and its Dqlite store was dropped from Canonical Kubernetes 1.36.",
              de: "Snaps aktualisieren sich selbst, RBAC ist erst nach Aktivierung an, und Dqlite wurde aus Canonical Kubernetes 1.36 entfernt.",
              es: "Los snaps se actualizan solos, RBAC está apagado hasta activarlo y Dqlite se eliminó de Canonical Kubernetes 1.36.",
              zh: "snap 会自行刷新，RBAC 默认关闭，其 Dqlite 存储已从 Canonical Kubernetes 1.36 移除。",
            },
      source: sources.microk8sStart,
    },
    none: {
      when: (site) => site.memoryMiB < 2048,
      why: {
        en: "Containers without a cluster are lighter, but lose scheduling, probes and one API for the fleet.",
        de: "Container ohne Cluster sind leichter, verlieren aber Scheduling, Probes und die gemeinsame API der Flotte.",
        es: "Los contenedores sin clúster pesan menos, pero pierden planificación, sondas y una API común para la flota.",
        zh: "不用集群更轻量，但会失去调度、健康探针和整个设备群的统一 API。",
      },
      source: sources.judgement,
    },
  },
};

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

type Datastore = "sqlite" | "etcd" | "dqlite" | "external" | "none";

/** Section 4, the other half: what holds the cluster's state. */
export const datastore: Family<Datastore, After<"distribution" | "topology">> = {
  hangsOn: ["nodesPerSite", "storage", "memoryMiB", "highAvailability", "distro", "wishes"],
  rows: [
    {
      id: "H1",
      when: (site) => site.distribution === "none",
      choice: "none",
      reason: {
        en: "No cluster, so no cluster state to store; what a node should run is in its image.",
        de: "Kein Cluster, also kein Clusterzustand; was ein Knoten ausführen soll, steht in seinem Image.",
        es: "Sin clúster no hay estado que guardar; lo que un nodo debe ejecutar está en su imagen.",
        zh: "没有集群，也就没有集群状态要存；节点该运行什么写在镜像里。",
      },
      sources: [sources.judgement],
    },
    {
      id: "S8",
      when: (site) => site.distribution === "microk8s",
      choice: "dqlite",
      reason: {
        en: "MicroK8s stores its state in Dqlite; the choice comes with the distribution.",
        de: "MicroK8s hält seinen Zustand in Dqlite; das ergibt sich aus der Distribution.",
        es: "MicroK8s guarda su estado en Dqlite; viene dado por la distribución.",
        zh: "MicroK8s 用 Dqlite 保存状态；由发行版决定。",
      },
      sources: [sources.microk8s, sources.canonicalK8s],
    },
    {
      id: "S5",
      when: (site) => site.topology === "ha" && canUseDatabase(site),
      choice: "external",
      reason: {
        en: "The site's own PostgreSQL or MySQL holds the state; prepared statements on, no Galera.",
        de: "Das vorhandene PostgreSQL oder MySQL hält den Zustand; Prepared Statements an, kein Galera.",
        es: "El PostgreSQL o MySQL del propio sitio guarda el estado; con sentencias preparadas, sin Galera.",
        zh: "状态存放在站点自有的 PostgreSQL 或 MySQL 中；启用预处理语句，不用 Galera。",
      },
      sources: [sources.k3sDatastore],
    },
    {
      id: "S3",
      when: (site) => site.topology === "ha",
      choice: "etcd",
      reason: {
        en: "A named exception to “no etcd at the edge”: three servers with SSD and 4 GB carry it, inside one site.",
        de: "Eine benannte Ausnahme von „kein etcd am Edge“: Drei Server mit SSD und 4 GB tragen es, innerhalb eines Standorts.",
        es: "Una excepción declarada a «sin etcd en el edge»: tres servidores con SSD y 4 GB lo soportan, dentro de un sitio.",
        zh: "“边缘不用 etcd”的一个明示例外：同一站点内三台带 SSD、4 GB 的 server 足以承载。",
      },
      sources: [sources.k3sEtcd, sources.k3sRequirements],
    },
    {
      id: "S1",
      when: (site) => site.nodes === 1,
      choice: "sqlite",
      reason: {
        en: "One server needs no quorum: SQLite is a file, copied with the token for a backup.",
        de: "Ein Server braucht kein Quorum: SQLite ist eine Datei, die samt Token gesichert wird.",
        es: "Un servidor no necesita quórum: SQLite es un archivo que se copia junto con el token.",
        zh: "单台 server 无需仲裁：SQLite 就是一个文件，连同 token 一起复制即为备份。",
      },
      sources: [sources.k3sDatastore, sources.k3sBackup],
    },
    {
      id: "S4",
      when: always,
      choice: "sqlite",
      reason: {
        en: "One server owns the file; the state is copied with the token every night.",
        de: "Ein Server besitzt die Datei; der Zustand wird jede Nacht samt Token kopiert.",
        es: "Un servidor es dueño del archivo; el estado se copia cada noche junto con el token.",
        zh: "文件归一台 server 所有；每晚连同 token 一起复制状态。",
      },
      sources: [sources.k3sDatastore, sources.k3sBackup],
    },
  ],
  whyNot: {
    sqlite: {
      when: (site) => site.distribution !== "none",
      why: {
        en: "Works with exactly one server; no copy on shared storage makes it highly available.",
        de: "Funktioniert mit genau einem Server; auch auf geteiltem Speicher wird es nicht hochverfügbar.",
        es: "Funciona con exactamente un servidor; ninguna copia en almacenamiento compartido le da alta disponibilidad.",
        zh: "只支持一台 server；放到共享存储上也不会变成高可用。",
      },
      source: sources.k3sDatastore,
    },
    etcd: {
      when: (site) => site.distribution !== "none",
      why: (site) =>
        site.answers.storage === "ssd"
          ? {
              en: "Earns its disk writes only with three servers and at least 4 GB each; it is not a memory question but one of IO and quorum.",
              de: "Lohnt seine Schreiblast erst mit drei Servern und je mindestens 4 GB; entscheidend sind IO und Quorum, nicht der Speicher.",
              es: "Solo compensa sus escrituras con tres servidores y al menos 4 GB cada uno; es cuestión de E/S y quórum, no de memoria.",
              zh: "只有三台 server、每台至少 4 GB 时才值得其写盘开销；关键在 IO 和仲裁，而非内存。",
            }
          : {
              en: "SD cards and eMMC cannot take its writes: it wants under 5 ms latency and about 50 IOPS.",
              de: "SD-Karten und eMMC halten die Schreiblast nicht aus: Nötig sind unter 5 ms Latenz und rund 50 IOPS.",
              es: "Las tarjetas SD y la eMMC no soportan sus escrituras: exige menos de 5 ms de latencia y unas 50 IOPS.",
              zh: "SD 卡和 eMMC 承受不了它的写入：要求延迟低于 5 ms、约 50 IOPS。",
            },
      source: sources.k3sRequirements,
    },
    dqlite: {
      when: (site) => site.distribution !== "none",
      why: {
        en: "Left K3s in 1.19.1 and Canonical Kubernetes in 1.36; only MicroK8s still uses it.",
        de: "Seit K3s 1.19.1 und Canonical Kubernetes 1.36 entfernt; nur MicroK8s nutzt es noch.",
        es: "Salió de K3s en 1.19.1 y de Canonical Kubernetes en 1.36; solo MicroK8s lo sigue usando.",
        zh: "K3s 自 1.19.1、Canonical Kubernetes 自 1.36 起移除；目前只有 MicroK8s 还在用。",
      },
      source: sources.canonicalK8s,
    },
    external: {
      when: (site) => site.distribution !== "none" && site.nodes > 1,
      why: {
        en: "Only where a site already runs a highly available SQL database; a new one costs more than it saves.",
        de: "Nur wo ein Standort schon eine hochverfügbare SQL-Datenbank betreibt; eine neue kostet mehr, als sie bringt.",
        es: "Solo donde el sitio ya tiene una base SQL de alta disponibilidad; una nueva cuesta más de lo que ahorra.",
        zh: "仅适用于站点已有高可用 SQL 数据库的情况；新建一套得不偿失。",
      },
      source: sources.k3sDatastore,
    },
  },
};
