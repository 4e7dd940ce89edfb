import { sources } from "#catalogue/sources.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import { isBuiltFor, isCommonArch, type Site } from "./site.ts";

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
  others: {
    talos: {
      when: (site) =>
        site.answers.exposure === "exposed" && site.memoryMiB >= 2048 && isCommonArch(site) && !site.pi,
      why: {
        en: "Worth a look where no shell is wanted (D3): 2 GiB, its own Kubernetes, Secure Boot; not K3s or k0s, and no files of ours.",
        de: "Einen Blick wert, wo keine Shell gewünscht ist (D3): 2 GiB, eigenes Kubernetes, Secure Boot; kein K3s oder k0s, und keine Dateien von hier.",
        es: "Merece una mirada donde no se quiere shell (D3): 2 GiB, Kubernetes propio, Secure Boot; no es K3s ni k0s y no hay archivos nuestros.",
        zh: "不需要 shell 时值得考虑（D3）：2 GiB，自带 Kubernetes，支持 Secure Boot；但不是 K3s 或 k0s，且没有我们提供的文件。",
      },
      source: sources.talos,
    },
    rke2: {
      when: (site) =>
        (site.answers.regulated || site.answers.industry === "telco") &&
        site.memoryMiB >= 8192 &&
        isCommonArch(site),
      why: {
        en: "Advised for regulated and telco sites from 8 GB (D6), with FIPS builds; heavier, and no files of ours.",
        de: "Empfohlen für regulierte und Telco-Standorte ab 8 GB (D6), mit FIPS-Builds; schwerer, und keine Dateien von hier.",
        es: "Aconsejado para sitios regulados y de telecomunicaciones desde 8 GB (D6), con compilaciones FIPS; pesa más y no hay archivos nuestros.",
        zh: "建议用于 8 GB 起的受监管和电信站点（D6），提供 FIPS 构建；更重，且没有我们提供的文件。",
      },
      source: sources.suseEdge,
    },
    k0smotron: {
      when: (site) => site.answers.network === "stable" && site.memoryMiB < 2048,
      why: {
        en: "Central control planes for workers at the edge (D5): a site that is cut off then has no API.",
        de: "Zentrale Steuerungsebenen für Worker am Edge (D5): Ein abgeschnittener Standort hat dann keine API.",
        es: "Planos de control centrales para workers en el edge (D5): un sitio aislado se queda sin API.",
        zh: "为边缘 worker 集中托管控制平面（D5）：断网站点将没有 API。",
      },
      source: sources.k0smotron,
    },
  },
};
