import type { Claim } from "#model/knowledge.ts";
import { sources } from "../sources.ts";
import { near, said } from "./near.ts";

const controller = ["system-upgrade-controller", "system upgrade controller", "suc"];
const k3sRollBack = { title: "K3s, rolling back", url: "https://docs.k3s.io/upgrades/roll-back" };

/** Claims about upgrades and the way back. */
export const upgradeClaims: Claim[] = [
  {
    id: "C87",
    topic: "upgrade",
    verdict: "false",
    claim: {
      en: "system-upgrade-controller (SUC) rolls back failed upgrades",
      de: "system-upgrade-controller (SUC) rollt fehlgeschlagene Upgrades zurück (Rollback)",
      es: "system-upgrade-controller (SUC) revierte las actualizaciones fallidas (rollback)",
      zh: "system-upgrade-controller（SUC）会回滚失败的升级",
    },
    truth: {
      en: "It has no rollback: k3s-upgrade refuses downgrades, and a node that failed stays cordoned.",
      de: "Ein Rollback gibt es nicht: k3s-upgrade lehnt Downgrades ab, und ein gescheiterter Knoten bleibt gesperrt (cordoned).",
      es: "No hay rollback: k3s-upgrade rechaza bajar de versión, y un nodo que falló queda acordonado (cordoned).",
      zh: "它没有回滚功能：k3s-upgrade 拒绝降级，失败的节点会停留在 cordoned 状态。",
    },
    instead: {
      en: "Use A/B images for the OS, and for K3s a datastore snapshot with the older binary.",
      de: "Für das OS A/B-Images, für K3s einen Snapshot des Datenspeichers mit dem älteren Binary verwenden.",
      es: "Usar imágenes A/B para el sistema y, para K3s, un snapshot del almacén de datos con el binario anterior.",
      zh: "操作系统用 A/B 镜像；K3s 用数据存储快照加旧版二进制。",
    },
    source: sources.k3sUpgrades,
    detect: near(controller, said.rollback),
  },
  {
    id: "C88",
    topic: "upgrade",
    verdict: "false",
    claim: {
      en: "system-upgrade-controller (SUC) stops you from skipping minor versions",
      de: "system-upgrade-controller (SUC) verhindert, dass Minor-Versionen übersprungen werden",
      es: "system-upgrade-controller (SUC) impide saltarse versiones menores",
      zh: "system-upgrade-controller（SUC）会阻止跳过次要版本",
    },
    truth: {
      en: "It offers no such protection, and upgrades to whatever version the Plan names, though Kubernetes only supports one minor at a time.",
      de: "Einen solchen Schutz gibt es nicht; es aktualisiert auf jede Version, die der Plan nennt, obwohl Kubernetes nur eine Minor-Version je Schritt unterstützt.",
      es: "No ofrece esa protección: actualiza a la versión que indique el Plan, aunque Kubernetes solo admite avanzar una versión menor cada vez.",
      zh: "它没有这种保护，Plan 写什么版本就升到什么版本，而 Kubernetes 只支持逐个 minor 升级。",
    },
    instead: {
      en: "Pin the version per ring and go one minor at a time.",
      de: "Die Version je Ring festlegen und immer nur eine Minor-Version weitergehen.",
      es: "Fijar la versión por anillo y avanzar una versión menor cada vez.",
      zh: "按批次（ring）固定版本，每次只升一个 minor。",
    },
    source: sources.k3sUpgrades,
    detect: near(controller, ["skip*", "minor*", "überspr*", "saltar*", "跳过"]),
  },
  {
    id: "C89",
    topic: "upgrade",
    verdict: "false",
    claim: {
      en: "Plans with `channel: stable` across the fleet are a controlled rollout",
      de: "Pläne mit `channel: stable` in der ganzen Flotte sind ein kontrollierter Rollout",
      es: "Los Plan con `channel: stable` en toda la flota son un despliegue controlado",
      zh: "全部集群的 Plan 都用 `channel: stable` 就是受控发布",
    },
    truth: {
      en: "Every cluster asks update.k3s.io each 15 minutes and upgrades on its own as soon as the stable channel moves: all sites at once, with no rings.",
      de: "Jeder Cluster fragt alle 15 Minuten update.k3s.io und aktualisiert sich selbst, sobald der stabile Kanal wechselt: alle Standorte zugleich, ohne Ringe.",
      es: "Cada clúster consulta update.k3s.io cada 15 minutos y se actualiza solo en cuanto cambia el canal estable: todos los sitios a la vez, sin anillos.",
      zh: "每个集群每 15 分钟查询一次 update.k3s.io，stable 频道一变就自行升级：所有站点同时升级，没有批次。",
    },
    instead: {
      en: "Pin `spec.version` per ring in Git, with a window and `postCompleteDelay`.",
      de: "`spec.version` je Ring in Git festlegen, mit Zeitfenster und `postCompleteDelay`.",
      es: "Fijar `spec.version` por anillo en Git, con ventana y `postCompleteDelay`.",
      zh: "在 Git 中按批次固定 `spec.version`，并设置时间窗口和 `postCompleteDelay`。",
    },
    source: sources.systemUpgrade,
    detect: [
      ["channel: stable"],
      ...near(
        ["channel", "kanal", "canal", "频道"],
        ["stable", "stabile*", "estable"],
        ["plan", "plans", "fleet", "flotte", "flota"],
      ),
    ],
  },
  {
    id: "C90",
    topic: "upgrade",
    verdict: "false",
    claim: {
      en: "Rolling back a K3s minor version only takes the old binary",
      de: "Für den Rollback einer K3s-Minor-Version genügt das alte Binary",
      es: "Para volver a una versión menor anterior de K3s (rollback) basta el binario antiguo",
      zh: "K3s 回滚次要版本只需换回旧二进制",
    },
    truth: {
      en: "It also needs a snapshot of the datastore from before the upgrade, because stored versions of objects change between minors.",
      de: "Es braucht auch einen Snapshot des Datenspeichers von vor dem Upgrade, weil sich gespeicherte Objektversionen zwischen Minor-Versionen ändern.",
      es: "También hace falta un snapshot del almacén de datos previo a la actualización, porque las versiones guardadas de los objetos cambian entre versiones menores.",
      zh: "还需要升级前的数据存储快照，因为对象的存储版本会随 minor 变化。",
    },
    instead: {
      en: "Take a snapshot before every upgrade; with SQLite, copy the file.",
      de: "Vor jedem Upgrade einen Snapshot ziehen; bei SQLite die Datei kopieren.",
      es: "Hacer un snapshot antes de cada actualización; con SQLite, copiar el archivo.",
      zh: "每次升级前做快照；SQLite 则复制文件。",
    },
    source: k3sRollBack,
    detect: near(
      [...said.rollback, "rolling back", "volver a una versión"],
      ["binary", "binaries", "binario*", "二进制"],
      ["k3s", "minor", "old", "alte*", "antigu*", "旧"],
    ),
  },
  {
    id: "C91",
    topic: "upgrade",
    verdict: "false",
    claim: {
      en: "A k0s Autopilot Plan can have any name",
      de: "Ein Autopilot-Plan von k0s darf beliebig heißen",
      es: "Un Plan de Autopilot de k0s puede tener cualquier nombre",
      zh: "k0s Autopilot 的 Plan 可以任意命名",
    },
    truth: {
      en: "The controller only looks at the Plan that is called `autopilot`.",
      de: "Der Controller beachtet nur den Plan mit dem Namen `autopilot`.",
      es: "El controlador solo atiende al Plan llamado `autopilot`.",
      zh: "控制器只识别名为 `autopilot` 的 Plan。",
    },
    instead: {
      en: "Write `metadata.name: autopilot`, one Plan a cluster.",
      de: "`metadata.name: autopilot` schreiben, ein Plan je Cluster.",
      es: "Escribir `metadata.name: autopilot`, un Plan por clúster.",
      zh: "写 `metadata.name: autopilot`，每个集群一个 Plan。",
    },
    source: sources.k0sAutopilot,
    detect: near(
      ["autopilot", "autopilot-plan"],
      ["any name", "beliebig*", "cualquier nombre", "任意命名", "任意名称"],
    ),
  },
  {
    id: "C92",
    topic: "upgrade",
    verdict: "false",
    claim: {
      en: "MicroK8s never updates by itself",
      de: "MicroK8s aktualisiert sich nie von selbst",
      es: "MicroK8s nunca se actualiza solo",
      zh: "MicroK8s 从不自动更新",
    },
    truth: {
      en: "snapd refreshes it automatically inside its channel, as it does with every snap.",
      de: "snapd aktualisiert es innerhalb seines Kanals automatisch, wie jeden Snap.",
      es: "snapd lo actualiza automáticamente dentro de su canal, como cualquier snap.",
      zh: "snapd 会像对待所有 snap 一样，在其频道内自动刷新。",
    },
    instead: {
      en: "Pin the track, hold refreshes with `snap refresh --hold`, or use validation sets or a Snap Store proxy.",
      de: "Track festlegen, Aktualisierungen mit `snap refresh --hold` anhalten, oder Validation Sets oder einen Snap-Store-Proxy nutzen.",
      es: "Fijar la pista, retener con `snap refresh --hold`, o usar validation sets o un proxy de la Snap Store.",
      zh: "固定 track，用 `snap refresh --hold` 暂停刷新，或使用 validation set、Snap Store 代理。",
    },
    source: {
      title: "Snap, managing updates",
      url: "https://snapcraft.io/docs/managing-updates",
    },
    detect: near(
      "microk8s",
      ["never", "nie", "nunca", "从不", "不会"],
      ["updates", "changes", "aktualisiert", "actualiza", "自动更新", "更新"],
    ),
  },
  {
    id: "C93",
    topic: "upgrade",
    verdict: "outdated",
    claim: {
      en: "The ingress add-on of MicroK8s is ingress-nginx, and it has a dashboard add-on",
      de: "Das Ingress-Add-on von MicroK8s ist ingress-nginx, und es gibt ein Dashboard-Add-on",
      es: "El complemento ingress de MicroK8s es ingress-nginx y tiene un complemento dashboard",
      zh: "MicroK8s 的 ingress 插件是 ingress-nginx，并带有 dashboard 插件",
    },
    truth: {
      en: "`ingress` has been Traefik since December 2025, and the dashboard add-on was removed in May 2026 (1.36).",
      de: "`ingress` ist seit Dezember 2025 Traefik, und das Dashboard-Add-on wurde im Mai 2026 entfernt (1.36).",
      es: "`ingress` es Traefik desde diciembre de 2025, y el complemento dashboard se retiró en mayo de 2026 (1.36).",
      zh: "`ingress` 自 2025 年 12 月起为 Traefik，dashboard 插件已于 2026 年 5 月（1.36）移除。",
    },
    instead: {
      en: "`microk8s enable ingress` installs Traefik: write Ingress annotations for that.",
      de: "`microk8s enable ingress` installiert Traefik: Ingress-Annotationen dafür schreiben.",
      es: "`microk8s enable ingress` instala Traefik: escribir las anotaciones de Ingress para él.",
      zh: "`microk8s enable ingress` 安装的是 Traefik，Ingress 注解应按 Traefik 编写。",
    },
    source: { title: "MicroK8s core add-ons", url: "https://github.com/canonical/microk8s-core-addons" },
    detect: near("microk8s", ["ingress-nginx", "nginx", "dashboard", "dashboard-add-on"]),
  },
  {
    id: "C94",
    topic: "upgrade",
    verdict: "misleading",
    claim: {
      en: "GitOps on MicroK8s is the argocd add-on (`microk8s enable argocd`)",
      de: "GitOps auf MicroK8s macht man mit dem argocd-Add-on (`microk8s enable argocd`)",
      es: "GitOps en MicroK8s se hace con el complemento argocd (`microk8s enable argocd`)",
      zh: "在 MicroK8s 上做 GitOps 用 argocd 插件（`microk8s enable argocd`）即可",
    },
    truth: {
      en: "The community add-on pins Argo CD 2.7.2, which is past its end of life, and there is no add-on for Flux.",
      de: "Das Community-Add-on legt Argo CD 2.7.2 fest, dessen Support abgelaufen ist, und ein Add-on für Flux gibt es nicht.",
      es: "El complemento de la comunidad fija Argo CD 2.7.2, ya sin soporte, y no hay complemento para Flux.",
      zh: "该社区插件固定在已停止支持的 Argo CD 2.7.2，且没有 Flux 插件。",
    },
    instead: {
      en: "Install Argo CD or Flux from upstream.",
      de: "Argo CD oder Flux aus dem Upstream installieren.",
      es: "Instalar Argo CD o Flux desde upstream.",
      zh: "直接从上游安装 Argo CD 或 Flux。",
    },
    source: {
      title: "MicroK8s community add-ons",
      url: "https://github.com/canonical/microk8s-community-addons",
    },
    detect: [
      ["microk8s enable argocd"],
      ...near(
        "microk8s",
        ["argocd", "argo cd", "argocd-add-on"],
        ["add-on", "addon", "argocd-add-on", "complemento", "插件"],
      ),
    ],
  },
];
