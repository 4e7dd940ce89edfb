import { sources } from "#catalogue/sources.ts";
import { always, type Family } from "./rules.ts";
import type { After } from "./site.ts";

type Backup = "sqlite-copy" | "etcd-snapshot" | "dqlite-backup" | "database-backup" | "rebuild";

/** What brings a site back: a copy of its state, or its image and the repository. */
export const backup: Family<Backup, After<"datastore" | "gitops" | "distribution">> = {
  hangsOn: ["nodesPerSite", "memoryMiB", "distro"],
  rows: [
    {
      id: "B1",
      when: (site) => site.datastore === "none" || site.gitops === "none",
      choice: "rebuild",
      reason: {
        en: "All that is desired is in the image: a replaced device boots it. Application data needs a copy of its own.",
        de: "Alles Gewünschte steckt im Image: Ein Ersatzgerät startet daraus. Anwendungsdaten brauchen eine eigene Kopie.",
        es: "Todo lo deseado está en la imagen: un equipo de reemplazo arranca de ella. Los datos necesitan su propia copia.",
        zh: "期望状态都在镜像里：更换的设备直接由其启动。应用数据需另行备份。",
      },
      sources: [sources.judgement],
    },
    {
      id: "B2",
      when: (site) => site.datastore === "etcd",
      choice: "etcd-snapshot",
      reason: {
        en: "Scheduled, encrypted etcd snapshots, kept with the server token: one without the other restores nothing.",
        de: "Geplante, verschlüsselte etcd-Snapshots, zusammen mit dem Server-Token verwahrt: Eines ohne das andere stellt nichts her.",
        es: "Instantáneas de etcd programadas y cifradas, guardadas con el token del servidor: una sin el otro no restaura nada.",
        zh: "定时、加密的 etcd 快照，与 server token 一并保存：缺一不可恢复。",
      },
      sources: [sources.k3sBackup],
    },
    {
      id: "B3",
      when: (site) => site.datastore === "dqlite",
      choice: "dqlite-backup",
      reason: {
        en: "MicroK8s's own Dqlite backup, taken before every change of the track.",
        de: "Die Dqlite-Sicherung von MicroK8s selbst, vor jedem Wechsel des Tracks.",
        es: "La copia de Dqlite propia de MicroK8s, antes de cada cambio de track.",
        zh: "使用 MicroK8s 自带的 Dqlite 备份，每次切换 track 前执行。",
      },
      sources: [sources.microk8s],
    },
    {
      id: "B4",
      when: (site) => site.datastore === "external",
      choice: "database-backup",
      reason: {
        en: "The state is in your database: its backup is the cluster's, kept with the server token.",
        de: "Der Zustand liegt in der vorhandenen Datenbank: Deren Sicherung ist die des Clusters, mit dem Server-Token verwahrt.",
        es: "El estado está en su base de datos: su copia es la del clúster, guardada con el token del servidor.",
        zh: "状态在现有数据库中：数据库备份即集群备份，与 server token 一并保存。",
      },
      sources: [sources.k3sBackup],
    },
    {
      id: "B5",
      when: always,
      choice: "sqlite-copy",
      reason: {
        en: "A nightly copy of the database file with its token; etcd-snapshot does not work on SQLite.",
        de: "Jede Nacht eine Kopie der Datenbankdatei samt Token; etcd-snapshot funktioniert mit SQLite nicht.",
        es: "Una copia nocturna del archivo de base de datos con su token; etcd-snapshot no sirve con SQLite.",
        zh: "每晚复制数据库文件及 token；etcd-snapshot 不适用于 SQLite。",
      },
      sources: [sources.k3sBackup, sources.k0sBackup],
    },
  ],
  whyNot: {
    rebuild: {
      when: (site) => site.datastore !== "none",
      why: {
        en: "Enough for stateless sites, but local objects and tokens would be lost.",
        de: "Reicht für zustandslose Standorte, lokale Objekte und Token gingen aber verloren.",
        es: "Basta para sitios sin estado, pero se perderían objetos locales y tokens.",
        zh: "对无状态站点足够，但会丢失本地对象和 token。",
      },
      source: sources.judgement,
    },
  },
};
