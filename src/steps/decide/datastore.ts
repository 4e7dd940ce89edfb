import { sources } from "#catalogue/sources.ts";
import { always, type Family } from "./rules.ts";
import type { After } from "./site.ts";
import { canUseDatabase } from "./topology.ts";

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
