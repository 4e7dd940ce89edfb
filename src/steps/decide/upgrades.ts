import { osImages } from "#catalogue/os-images.ts";
import { sources } from "#catalogue/sources.ts";
import { always, type Family } from "./rules.ts";
import type { After } from "./site.ts";

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
