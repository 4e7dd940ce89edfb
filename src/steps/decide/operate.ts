import { osImages } from "#catalogue/os-images.ts";
import { sources } from "#catalogue/sources.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import { type After, isCommonArch, type Site } from "./site.ts";

type Upgrade = "system-upgrade-controller" | "kairos-nodeop" | "autopilot" | "snap-channel" | "image-ab";

/** K3s renews its leaf certificates only at a start within the last 120 days of their year (C32). */
export const restartWithinDays = 120;

/** Section 9: how nodes get a newer system and a newer Kubernetes. */
export const upgrades: Family<Upgrade, After<"distribution" | "os" | "gitops">> = {
  hangsOn: ["distro", "memoryMiB", "board", "arch"],
  rows: [
    {
      id: "U1",
      when: (site) => site.distribution === "none" || site.gitops === "none",
      choice: "image-ab",
      reason: {
        en: "System, cluster and manifests change together as one image in the second slot; a failed boot goes back.",
        de: "System, Cluster und Manifeste wechseln gemeinsam als ein Image im zweiten Slot; ein misslungener Start geht zurück.",
        es: "Sistema, clúster y manifiestos cambian juntos como una imagen en la segunda ranura; un arranque fallido vuelve atrás.",
        zh: "系统、集群和清单作为一个镜像写入第二槽位统一切换；启动失败即回退。",
      },
      sources: [sources.judgement],
    },
    {
      id: "U2",
      when: (site) => site.distribution === "microk8s",
      choice: "snap-channel",
      reason: {
        en: "A track pinned per Kubernetes minor and held refreshes; snapd changes it only when a ring is released.",
        de: "Ein je Kubernetes-Minor festgelegter Track und angehaltene Refreshes; snapd wechselt erst, wenn ein Ring freigegeben ist.",
        es: "Un track fijado por versión menor y refrescos retenidos; snapd solo cambia cuando se libera un anillo.",
        zh: "固定到 Kubernetes 小版本对应的 track 并冻结刷新；仅在某一环放行后由 snapd 更新。",
      },
      sources: [sources.microk8s],
    },
    {
      id: "U3",
      when: (site) => site.os === "kairos",
      choice: "kairos-nodeop",
      reason: {
        en: "System and Kubernetes change together as one A/B image; a boot that fails falls back, a bad workload does not.",
        de: "System und Kubernetes wechseln gemeinsam als ein A/B-Image; ein misslungener Start fällt zurück, eine schlechte Anwendung nicht.",
        es: "Sistema y Kubernetes cambian juntos como una imagen A/B; un arranque fallido vuelve atrás, una mala carga no.",
        zh: "系统与 Kubernetes 作为一个 A/B 镜像统一更新；启动失败会回退，但有问题的工作负载不会。",
      },
      sources: [sources.kairosOperator],
    },
    {
      id: "U4",
      when: (site) => site.distribution === "k0s",
      choice: "autopilot",
      reason: {
        en: "k0s's own updater: controllers one by one, workers after, a sha256 per artefact; the plan is called autopilot.",
        de: "Der eigene Updater von k0s: Controller einzeln, dann Worker, ein sha256 je Artefakt; der Plan heißt autopilot.",
        es: "El actualizador propio de k0s: controladores uno a uno, después workers, un sha256 por artefacto; el plan se llama autopilot.",
        zh: "k0s 自带的更新器：控制器逐个升级，随后是 worker，每个制品校验 sha256；Plan 名称须为 autopilot。",
      },
      sources: [sources.k0sAutopilot],
    },
    {
      id: "U5",
      when: always,
      choice: "system-upgrade-controller",
      reason: {
        en: "A plan with a pinned version: servers one at a time, agents after them, inside a window. It does not roll back.",
        de: "Ein Plan mit fester Version: Server einzeln, danach Agenten, in einem Zeitfenster. Einen Rollback gibt es nicht.",
        es: "Un plan con versión fija: servidores de uno en uno, después agentes, dentro de una ventana. No revierte.",
        zh: "使用固定版本的 Plan：server 逐台升级，随后是 agent，限定时间窗。不支持回滚。",
      },
      sources: [sources.systemUpgrade, sources.k3sUpgrades],
    },
  ],
  whyNot: {
    "system-upgrade-controller": {
      when: (site) => site.distribution === "k3s",
      why: {
        en: "Changes K3s under an immutable image and cannot roll back; Kairos deprecates it in favour of its operator.",
        de: "Tauscht K3s unter einem unveränderlichen Image und kann nicht zurück; Kairos hat es zugunsten seines Operators abgekündigt.",
        es: "Cambia K3s bajo una imagen inmutable y no revierte; Kairos lo desaconseja en favor de su operador.",
        zh: "在不可变镜像之下替换 K3s 且无法回滚；Kairos 已弃用它，改用自己的 operator。",
      },
      source: sources.kairosOperator,
    },
    "image-ab": {
      when: (site) => site.gitops !== "none" && !osImages[site.os].atomic,
      why: {
        en: "The stronger way, but this system has no second slot to fall back to.",
        de: "Der stärkere Weg, aber dieses System hat keinen zweiten Slot zum Zurückfallen.",
        es: "La vía más sólida, pero este sistema no tiene una segunda ranura a la que volver.",
        zh: "这是更稳妥的方式，但该系统没有可回退的第二槽位。",
      },
      source: sources.judgement,
    },
  },
};

type Wasm = "none" | "spin" | "wasmedge" | "wasmtime";

const wasmFromMiB = 2_048;

/** Shims exist for amd64 and arm64, need a cluster whose containerd calls them, and room beside it (H15). */
export function canRunWasm(site: After<"distribution">): boolean {
  return site.distribution !== "none" && isCommonArch(site) && site.memoryMiB >= wasmFromMiB;
}

const shim = {
  en: "The shim is baked into the system image, the RuntimeClass names it, and only labelled nodes get such pods; nothing of it is built in.",
  de: "Der Shim steckt im Systemimage, die RuntimeClass nennt ihn, und nur markierte Knoten erhalten solche Pods; eingebaut ist davon nichts.",
  es: "El shim va en la imagen del sistema, la RuntimeClass lo nombra y solo los nodos etiquetados reciben esos pods; nada de ello viene integrado.",
  zh: "shim 预置在系统镜像中，由 RuntimeClass 引用，且只有带标签的节点运行此类 Pod；这些都不是内置的。",
};

/** WebAssembly beside containers, where it was asked for. */
export const wasm: Family<Wasm, After<"distribution">> = {
  hangsOn: ["wasm", "arch", "memoryMiB"],
  rows: [
    {
      id: "W0",
      when: (site) => site.answers.wasm === "none",
      choice: "none",
      reason: {
        en: "Nobody asked for WebAssembly.",
        de: "WebAssembly ist nicht gefordert.",
        es: "No se pidió WebAssembly.",
        zh: "没有 WebAssembly 需求。",
      },
      sources: [sources.k3sWasm],
    },
    {
      id: "H15",
      when: (site) => !canRunWasm(site),
      choice: "none",
      reason: {
        en: "Shims are published for amd64 and arm64 only, and need a cluster with 2 GB a node.",
        de: "Shims gibt es nur für amd64 und arm64, und sie brauchen einen Cluster mit 2 GB je Knoten.",
        es: "Los shims solo se publican para amd64 y arm64 y necesitan un clúster con 2 GB por nodo.",
        zh: "shim 仅发布 amd64 和 arm64 版本，且需要每节点 2 GB 的集群。",
      },
      sources: [sources.spinShim, sources.k3sWasm],
    },
    {
      id: "W1",
      when: (site) => site.answers.wasm === "wasmedge",
      choice: "wasmedge",
      reason: shim,
      sources: [sources.k3sWasm],
    },
    {
      id: "W1",
      when: (site) => site.answers.wasm === "wasmtime",
      choice: "wasmtime",
      reason: shim,
      sources: [sources.k3sWasm],
    },
    {
      id: "W1",
      when: always,
      choice: "spin",
      reason: shim,
      sources: [sources.spinShim, sources.shimManager],
    },
  ],
  whyNot: {
    spin: {
      when: (site) => site.answers.wasm !== "none" && canRunWasm(site),
      why: {
        en: "The most complete shim, with an operator of its own; another runtime was asked for.",
        de: "Der vollständigste Shim, mit eigenem Operator; gewünscht war eine andere Laufzeit.",
        es: "El shim más completo, con operador propio; se pidió otro runtime.",
        zh: "最完整的 shim，有自己的 operator；但指定的是其他运行时。",
      },
      source: sources.spinShim,
    },
    wasmedge: {
      when: (site) => site.answers.wasm === "any",
      why: {
        en: "Detected by K3s too; Spin brings an application format and an operator.",
        de: "Wird von K3s ebenfalls erkannt; Spin bringt ein Anwendungsformat und einen Operator mit.",
        es: "K3s también lo detecta; Spin aporta un formato de aplicación y un operador.",
        zh: "K3s 同样能识别；但 Spin 提供了应用格式和 operator。",
      },
      source: sources.k3sWasm,
    },
  },
};

/** RuntimeClass and containerd handler of a choice; SpinKube expects a name of its own (C52). */
export function runtimeOf(choice: Wasm): { runtimeClass: string | null; handler: string | null } {
  if (choice === "none") return { runtimeClass: null, handler: null };
  if (choice === "spin") return { runtimeClass: "wasmtime-spin-v2", handler: "spin" };
  return { runtimeClass: choice, handler: choice };
}

type Watch = "aggregated-push" | "store-and-forward" | "local-only";
const fewSites = 1_000;

/** X10: at most 50 to 100 aggregated series a site. */
export function seriesPerSite(site: Site, choice: Watch): number {
  if (choice === "local-only") return 0;
  return site.sites >= fewSites ? 50 : 100;
}

/** A silence shorter than the longest expected outage is no alert; an hour at least. */
export function silenceHours(site: Site): number {
  return Math.max(1, site.answers.outageHours);
}

/** How the fleet is seen without alerts for every cut link. */
export const observability: Family<Watch, After<"gitops">> = {
  hangsOn: ["network", "outageHours", "sites", "memoryMiB"],
  rows: [
    {
      id: "X10",
      when: (site) => site.answers.network === "air-gapped",
      choice: "local-only",
      reason: {
        en: "Nothing leaves the site: state is read on site, or carried out with the medium that brings updates.",
        de: "Nichts verlässt den Standort: Der Zustand wird vor Ort gelesen oder mit dem Update-Medium hinausgetragen.",
        es: "Nada sale del sitio: el estado se lee allí o se saca con el medio que trae las actualizaciones.",
        zh: "数据不出站点：状态在现场查看，或随更新介质带出。",
      },
      sources: [sources.judgement],
    },
    {
      id: "X10",
      when: (site) => site.gitops === "none",
      choice: "local-only",
      reason: {
        en: "No room for a metrics agent: the update server sees which image a device asks from, and when it last asked.",
        de: "Kein Platz für einen Metrik-Agenten: Der Update-Server sieht, mit welchem Image ein Gerät zuletzt wann gefragt hat.",
        es: "Sin espacio para un agente de métricas: el servidor de actualizaciones ve con qué imagen y cuándo preguntó cada equipo.",
        zh: "容不下指标代理：更新服务器可看到设备最近一次请求的时间和所用镜像。",
      },
      sources: [sources.judgement],
    },
    {
      id: "X10",
      when: (site) => site.answers.network === "stable",
      choice: "aggregated-push",
      reason: (site) =>
        text(
          {
            en: "{series} aggregated series a site are pushed out; {total} series for {sites} sites instead of 1,000 from each.",
            de: "{series} aggregierte Zeitreihen je Standort werden hinausgeschickt; {total} bei {sites} Standorten statt 1.000 von jedem.",
            es: "Cada sitio envía {series} series agregadas; {total} para {sites} sitios en lugar de 1000 de cada uno.",
            zh: "每站点推送 {series} 条聚合序列；{sites} 个站点共 {total} 条，而非每站 1,000 条。",
          },
          {
            series: seriesPerSite(site, "aggregated-push"),
            sites: site.sites,
            total: seriesPerSite(site, "aggregated-push") * site.sites,
          },
        ),
      sources: [sources.alloy, sources.judgement],
    },
    {
      id: "X10",
      when: always,
      choice: "store-and-forward",
      reason: (site) =>
        text(
          {
            en: "{series} series a site are kept while the link is down and sent when it returns; an alert follows {hours} hours of silence, not a lost link.",
            de: "{series} Zeitreihen je Standort bleiben ohne Leitung liegen und gehen danach hinaus; alarmiert wird nach {hours} Stunden Stille, nicht bei jedem Abriss.",
            es: "{series} series por sitio se guardan sin enlace y se envían al volver; se alerta tras {hours} horas de silencio, no por un corte.",
            zh: "每站点 {series} 条序列在断网时暂存、恢复后发送；静默满 {hours} 小时才告警，而不是一断网就告警。",
          },
          { series: seriesPerSite(site, "store-and-forward"), hours: silenceHours(site) },
        ),
      sources: [sources.alloy, sources.judgement],
    },
  ],
  whyNot: {
    "aggregated-push": {
      when: (site) => site.gitops !== "none" && site.answers.network !== "air-gapped",
      why: {
        en: "Loses what was measured while the link was down.",
        de: "Verliert, was während der Unterbrechung gemessen wurde.",
        es: "Pierde lo medido mientras el enlace estuvo caído.",
        zh: "断网期间的测量数据会丢失。",
      },
      source: sources.judgement,
    },
    "local-only": {
      when: (site) => site.gitops !== "none",
      why: {
        en: "Leaves the fleet unseen although the link would carry a few series.",
        de: "Lässt die Flotte ungesehen, obwohl die Leitung ein paar Zeitreihen trüge.",
        es: "Deja la flota sin ver aunque el enlace admitiría unas pocas series.",
        zh: "链路明明能传少量序列，却看不到设备群状态。",
      },
      source: sources.judgement,
    },
  },
};

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
