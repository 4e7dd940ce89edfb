import { sources } from "#catalogue/sources.ts";
import type { Decisions } from "#model/decision.ts";
import type { Text } from "#model/text.ts";
import type { Site } from "../site.ts";
import type { Denial } from "./denial.ts";

/** What the plan runs on these nodes in place of what they cannot carry. */
function nearest(_: Site, { topology }: Decisions): Text {
  if (topology.choice === "site-server") {
    return {
      en: "Workers under a server of the site with at least 2 GB, running {distribution}.",
      de: "Worker unter einem Standortserver mit mindestens 2 GB, mit {distribution}.",
      es: "Workers bajo un servidor del sitio con al menos 2 GB, con {distribution}.",
      zh: "作为站点服务器（至少 2 GB，运行 {distribution}）的 worker。",
    };
  }
  return {
    en: "An image-based system that runs the containers itself; or devices with 1 GB (k0s) or 2 GB (K3s).",
    de: "Ein Image-basiertes System, das die Container selbst ausführt; oder Geräte mit 1 GB (k0s) oder 2 GB (K3s).",
    es: "Un sistema basado en imágenes que ejecuta los contenedores; o dispositivos con 1 GB (k0s) o 2 GB (K3s).",
    zh: "由镜像化系统直接运行容器；或改用 1 GB（k0s）或 2 GB（K3s）的设备。",
  };
}

const cluster: Text = {
  en: "Kubernetes on a node with {mib} MiB",
  de: "Kubernetes auf einem Knoten mit {mib} MiB",
  es: "Kubernetes en un nodo con {mib} MiB",
  zh: "在 {mib} MiB 的节点上运行 Kubernetes",
};

/** H1 to H9, S3, S4: what memory, architecture, disks and node counts forbid. */
export const hardware: readonly Denial[] = [
  {
    id: "H1",
    when: (site) => site.memoryMiB < 512,
    wish: cluster,
    why: {
      en: "The smallest documented worker (K3s agent, k0s) takes 512 MB; a K3s server is measured at 1,215 to 1,596 MB.",
      de: "Der kleinste dokumentierte Worker (K3s-Agent, k0s) braucht 512 MB; ein K3s-Server ist mit 1.215 bis 1.596 MB gemessen.",
      es: "El worker más pequeño documentado (agente K3s, k0s) pide 512 MB; un servidor K3s mide de 1215 a 1596 MB.",
      zh: "文档所载最小的 worker（K3s agent、k0s）需 512 MB；K3s server 实测 1,215 至 1,596 MB。",
    },
    instead: nearest,
    source: sources.k3sRequirements,
  },
  {
    id: "H2",
    when: (site) => site.memoryMiB >= 512 && site.memoryMiB < 1024,
    wish: {
      en: "A control plane on a node with {mib} MiB",
      de: "Eine Steuerungsebene auf einem Knoten mit {mib} MiB",
      es: "Un plano de control en un nodo con {mib} MiB",
      zh: "在 {mib} MiB 的节点上运行控制平面",
    },
    why: {
      en: "No distribution documents one below 1 GB (k0s) or 2 GB (K3s, measured at 1,215 to 1,596 MB); 512 MB is a worker, measured at 268 to 275 MB.",
      de: "Keine Distribution dokumentiert eine unter 1 GB (k0s) oder 2 GB (K3s, gemessen 1.215 bis 1.596 MB); 512 MB reichen für einen Worker, gemessen 268 bis 275 MB.",
      es: "Ninguna distribución lo documenta por debajo de 1 GB (k0s) o 2 GB (K3s, medido de 1215 a 1596 MB); 512 MB es un worker, medido de 268 a 275 MB.",
      zh: "没有发行版支持低于 1 GB（k0s）或 2 GB（K3s，实测 1,215 至 1,596 MB）的控制平面；512 MB 只够 worker，实测 268 至 275 MB。",
    },
    instead: nearest,
    source: sources.k3sProfiling,
  },
  {
    id: "H3",
    when: (site) => site.answers.distro === "k3s" && site.memoryMiB >= 1024 && site.memoryMiB < 2048,
    wish: {
      en: "A K3s server with {mib} MiB",
      de: "Ein K3s-Server mit {mib} MiB",
      es: "Un servidor K3s con {mib} MiB",
      zh: "{mib} MiB 的 K3s server",
    },
    why: {
      en: "K3s documents 2 GB for a server and measures 1,215 to 1,596 MB with everything on.",
      de: "K3s dokumentiert 2 GB für einen Server und misst 1.215 bis 1.596 MB mit allen Komponenten.",
      es: "K3s documenta 2 GB para un servidor y mide de 1215 a 1596 MB con todo activado.",
      zh: "K3s 文档要求 server 2 GB，全部组件启用时实测 1,215 至 1,596 MB。",
    },
    instead: (site) =>
      site.nodes === 1
        ? {
            en: "k0s --single, documented for 1 GB.",
            de: "k0s --single, dokumentiert für 1 GB.",
            es: "k0s --single, documentado para 1 GB.",
            zh: "k0s --single，文档支持 1 GB。",
          }
        : {
            en: "A k0s controller (1 GB) with k0s workers (0.5 GB each); or K3s agents under a server with 2 GB.",
            de: "Ein k0s-Controller (1 GB) mit k0s-Workern (je 0,5 GB); oder K3s-Agenten unter einem Server mit 2 GB.",
            es: "Un controlador k0s (1 GB) con workers k0s (0,5 GB cada uno); o agentes K3s bajo un servidor de 2 GB.",
            zh: "一个 k0s 控制器（1 GB）加 k0s worker（每个 0.5 GB）；或在 2 GB server 下用 K3s agent。",
          },
    source: sources.k3sRequirements,
  },
  {
    id: "H4",
    when: (site) => site.answers.distro === "microk8s" && site.memoryMiB < 4096,
    wish: {
      en: "MicroK8s with {mib} MiB",
      de: "MicroK8s mit {mib} MiB",
      es: "MicroK8s con {mib} MiB",
      zh: "{mib} MiB 上的 MicroK8s",
    },
    why: {
      en: "Its vendor advises 4 GB and 20 GB of disk a node; the 540 MB it also quotes are the bare service.",
      de: "Der Hersteller empfiehlt 4 GB RAM und 20 GB Platte je Knoten; die ebenfalls genannten 540 MB sind der nackte Dienst.",
      es: "Su proveedor recomienda 4 GB de RAM y 20 GB de disco por nodo; los 540 MB que también cita son el servicio solo.",
      zh: "厂商建议每节点 4 GB 内存、20 GB 磁盘；其另称的 540 MB 仅为裸服务。",
    },
    instead: (site) =>
      site.memoryMiB >= 2048
        ? {
            en: "K3s, documented from 2 GB.",
            de: "K3s, dokumentiert ab 2 GB.",
            es: "K3s, documentado desde 2 GB.",
            zh: "K3s，文档支持 2 GB 起。",
          }
        : {
            en: "What fits below 2 GB: k0s from 1 GB, workers from 512 MB, else no cluster on the node.",
            de: "Was unter 2 GB passt: k0s ab 1 GB, Worker ab 512 MB, sonst kein Cluster auf dem Knoten.",
            es: "Lo que cabe por debajo de 2 GB: k0s desde 1 GB, workers desde 512 MB; si no, sin clúster en el nodo.",
            zh: "2 GB 以下可行的方案：1 GB 起用 k0s，512 MB 起作 worker，再低则节点上不跑集群。",
          },
    source: sources.microk8sStart,
  },
  {
    id: "H5",
    when: (site) => site.answers.distro === "microk8s" && site.arches.has("armv7"),
    wish: {
      en: "MicroK8s on 32-bit ARM",
      de: "MicroK8s auf 32-Bit-ARM",
      es: "MicroK8s en ARM de 32 bits",
      zh: "32 位 ARM 上的 MicroK8s",
    },
    why: {
      en: "There is no armhf build of MicroK8s; its add-ons list amd64 and arm64.",
      de: "MicroK8s gibt es nicht für armhf; die Add-ons nennen amd64 und arm64.",
      es: "No hay compilación armhf de MicroK8s; sus complementos listan amd64 y arm64.",
      zh: "MicroK8s 没有 armhf 版本；其插件仅列出 amd64 和 arm64。",
    },
    instead: {
      en: "K3s (armhf) from 2 GB or k0s (armv7l) from 1 GB, on Debian.",
      de: "K3s (armhf) ab 2 GB oder k0s (armv7l) ab 1 GB, auf Debian.",
      es: "K3s (armhf) desde 2 GB o k0s (armv7l) desde 1 GB, sobre Debian.",
      zh: "Debian 上的 K3s（armhf，2 GB 起）或 k0s（armv7l，1 GB 起）。",
    },
    source: sources.microk8s,
  },
  {
    id: "H5",
    when: (site) => site.wishes.has("longhorn") && site.arches.has("armv7"),
    wish: {
      en: "Longhorn on 32-bit ARM",
      de: "Longhorn auf 32-Bit-ARM",
      es: "Longhorn en ARM de 32 bits",
      zh: "32 位 ARM 上的 Longhorn",
    },
    why: {
      en: "Longhorn is built for amd64 and arm64 only.",
      de: "Longhorn gibt es nur für amd64 und arm64.",
      es: "Longhorn solo se compila para amd64 y arm64.",
      zh: "Longhorn 仅支持 amd64 和 arm64。",
    },
    instead: {
      en: "local-path volumes, with replication or backup by the application.",
      de: "local-path-Volumes, Replikation oder Sicherung durch die Anwendung.",
      es: "Volúmenes local-path, con replicación o copia por parte de la aplicación.",
      zh: "local-path 卷，由应用自行复制或备份。",
    },
    source: sources.longhorn,
  },
  {
    id: "H6",
    when: (site) => site.arches.has("riscv64"),
    wish: {
      en: "Kubernetes on riscv64",
      de: "Kubernetes auf riscv64",
      es: "Kubernetes en riscv64",
      zh: "在 riscv64 上运行 Kubernetes",
    },
    why: {
      en: "No released binaries: K3s has had a build target only since July 2026, k0s only source.",
      de: "Keine veröffentlichten Binärdateien: K3s hat erst seit Juli 2026 ein Build-Ziel, k0s nur Quellcode.",
      es: "No hay binarios publicados: K3s solo tiene un objetivo de compilación desde julio de 2026, k0s solo código fuente.",
      zh: "没有正式发布的二进制：K3s 自 2026 年 7 月才有构建目标，k0s 仅有源码。",
    },
    instead: {
      en: "Ubuntu Core or a Debian image that runs the containers; arm64 hardware where a cluster is needed.",
      de: "Ubuntu Core oder ein Debian-Image, das die Container ausführt; arm64-Hardware, wo ein Cluster nötig ist.",
      es: "Ubuntu Core o una imagen Debian que ejecute los contenedores; hardware arm64 donde haga falta un clúster.",
      zh: "用 Ubuntu Core 或 Debian 镜像运行容器；需要集群时换用 arm64 硬件。",
    },
    source: sources.k3sRelease,
  },
  {
    id: "H7",
    when: (site, { topology }) => site.wantsHa && site.nodes < 3 && topology.choice !== "ha",
    wish: {
      en: "High availability, nodes per site: {nodes}",
      de: "Hochverfügbarkeit, Knoten je Standort: {nodes}",
      es: "Alta disponibilidad, nodos por sitio: {nodes}",
      zh: "每站点 {nodes} 个节点的高可用",
    },
    why: {
      en: "An embedded datastore needs a quorum of three: with two, losing either stops the API; with one, replicas share its failure.",
      de: "Ein eingebetteter Datenspeicher braucht ein Quorum aus dreien: Bei zweien hält jeder Ausfall die API an, bei einem fallen alle Replikate mit ihm.",
      es: "Un almacén integrado necesita quórum de tres: con dos, perder cualquiera detiene la API; con uno, las réplicas caen con él.",
      zh: "内嵌数据存储需要三成员仲裁：两个时丢任何一个 API 即停；一个时所有副本一同失效。",
    },
    instead: {
      en: "Fast replacement: a spare on the shelf that rebuilds itself from image and repository; or a third node with SSD, or a database the site already has.",
      de: "Schneller Tausch: ein Ersatzgerät, das sich aus Image und Repository aufbaut; oder ein dritter Knoten mit SSD, oder eine vorhandene Datenbank.",
      es: "Reemplazo rápido: un repuesto que se reconstruye desde la imagen y el repositorio; o un tercer nodo con SSD, o una base de datos existente.",
      zh: "快速更换：备机凭镜像和仓库自行重建；或增加第三个带 SSD 的节点，或使用站点已有的数据库。",
    },
    source: sources.k3sEtcd,
  },
  {
    id: "H8",
    when: (site) =>
      site.wishes.has("ha-on-sqlite") || (site.answers.highAvailability && site.wishes.has("sqlite")),
    wish: {
      en: "High availability on SQLite",
      de: "Hochverfügbarkeit auf SQLite",
      es: "Alta disponibilidad sobre SQLite",
      zh: "基于 SQLite 的高可用",
    },
    why: {
      en: "SQLite works with exactly one server; shared storage or Litestream do not change that.",
      de: "SQLite funktioniert mit genau einem Server; geteilter Speicher oder Litestream ändern das nicht.",
      es: "SQLite funciona con exactamente un servidor; el almacenamiento compartido o Litestream no lo cambian.",
      zh: "SQLite 只支持一台 server；共享存储或 Litestream 也改变不了。",
    },
    instead: (_, { datastore }) =>
      datastore.choice === "sqlite"
        ? {
            en: "One SQLite server without availability claims; embedded etcd from three servers with SSD and 4 GB.",
            de: "Ein SQLite-Server ohne Verfügbarkeitsversprechen; eingebettetes etcd ab drei Servern mit SSD und 4 GB.",
            es: "Un servidor SQLite sin promesas de disponibilidad; etcd integrado a partir de tres servidores con SSD y 4 GB.",
            zh: "单台 SQLite server，不承诺高可用；三台带 SSD、4 GB 的 server 起可用内嵌 etcd。",
          }
        : {
            en: "Datastore of this plan: {datastore}.",
            de: "Datenspeicher dieses Plans: {datastore}.",
            es: "Almacén de datos de este plan: {datastore}.",
            zh: "本方案的数据存储：{datastore}。",
          },
    source: sources.k3sDatastore,
  },
  {
    id: "H9",
    when: (site, { datastore, distribution }) => {
      if (site.answers.storage === "ssd" || distribution.choice === "microk8s") return false;
      if (datastore.choice === "external") return false;
      return site.wishes.has("etcd") || (site.wantsHa && site.nodes >= 3);
    },
    wish: {
      en: "etcd, or high availability on it, with {storage} storage",
      de: "etcd oder Hochverfügbarkeit darauf, mit {storage}-Speicher",
      es: "etcd, o alta disponibilidad sobre él, con almacenamiento {storage}",
      zh: "在 {storage} 存储上使用 etcd 或基于它的高可用",
    },
    why: {
      en: "SD cards and eMMC cannot take etcd's writes: it wants under 5 ms latency and about 50 IOPS.",
      de: "SD-Karten und eMMC halten die Schreiblast von etcd nicht aus: Es will unter 5 ms Latenz und rund 50 IOPS.",
      es: "Las tarjetas SD y la eMMC no soportan las escrituras de etcd: exige menos de 5 ms de latencia y unas 50 IOPS.",
      zh: "SD 卡和 eMMC 承受不了 etcd 的写入：要求延迟低于 5 ms、约 50 IOPS。",
    },
    instead: {
      en: "SQLite on one server with a nightly copy; or SSDs in three nodes with 4 GB each.",
      de: "SQLite auf einem Server mit nächtlicher Kopie; oder SSDs in drei Knoten mit je 4 GB.",
      es: "SQLite en un servidor con copia nocturna; o SSD en tres nodos con 4 GB cada uno.",
      zh: "单台 server 用 SQLite 并每晚复制；或为三个 4 GB 节点配 SSD。",
    },
    source: sources.k3sRequirements,
  },
  {
    id: "S4",
    when: (site, { topology }) =>
      site.wantsHa && site.nodes >= 3 && topology.choice !== "ha" && site.answers.storage === "ssd",
    wish: {
      en: "Control-plane high availability with {mib} MiB a node",
      de: "Hochverfügbare Steuerungsebene mit {mib} MiB je Knoten",
      es: "Plano de control de alta disponibilidad con {mib} MiB por nodo",
      zh: "每节点 {mib} MiB 的控制平面高可用",
    },
    why: {
      en: "Three servers with embedded etcd are planned from 4 GB each; these have {mib} MiB.",
      de: "Drei Server mit eingebettetem etcd werden ab je 4 GB geplant; diese haben {mib} MiB.",
      es: "Tres servidores con etcd integrado se planifican desde 4 GB cada uno; estos tienen {mib} MiB.",
      zh: "三台内嵌 etcd 的 server 每台至少按 4 GB 规划；这些节点只有 {mib} MiB。",
    },
    instead: {
      en: "One server with a nightly copy and a spare; pods keep running while it is replaced.",
      de: "Ein Server mit nächtlicher Kopie und Ersatzgerät; Pods laufen beim Tausch weiter.",
      es: "Un servidor con copia nocturna y repuesto; los pods siguen mientras se reemplaza.",
      zh: "单台 server，每晚复制并备有备机；更换期间 Pod 继续运行。",
    },
    source: sources.k3sRequirements,
  },
  {
    id: "S3",
    when: (site, { datastore, distribution }) => {
      if (!site.wishes.has("etcd") || datastore.choice === "etcd") return false;
      return (
        site.answers.storage === "ssd" ||
        distribution.choice === "microk8s" ||
        datastore.choice === "external"
      );
    },
    wish: {
      en: "etcd as the datastore",
      de: "etcd als Datenspeicher",
      es: "etcd como almacén de datos",
      zh: "以 etcd 作为数据存储",
    },
    why: {
      en: "etcd is planned only with three servers, SSD and at least 4 GB each, on K3s or k0s; this site: nodes {nodes}, {mib} MiB each.",
      de: "etcd wird nur mit drei Servern, SSD und je mindestens 4 GB auf K3s oder k0s geplant; dieser Standort: Knoten {nodes}, je {mib} MiB.",
      es: "etcd solo se planifica con tres servidores, SSD y al menos 4 GB cada uno, en K3s o k0s; este sitio: nodos {nodes}, {mib} MiB cada uno.",
      zh: "仅在 K3s 或 k0s 上有三台带 SSD、每台至少 4 GB 的 server 时才用 etcd；此处为 {nodes} 个 {mib} MiB 的节点。",
    },
    instead: {
      en: "Datastore of this plan: {datastore}.",
      de: "Datenspeicher dieses Plans: {datastore}.",
      es: "Almacén de datos de este plan: {datastore}.",
      zh: "本方案的数据存储：{datastore}。",
    },
    source: sources.k3sEtcd,
  },
];
