import { sources } from "#catalogue/sources.ts";
import type { Decisions } from "#model/decision.ts";
import { canUseMetal3, canUseTinkerbell } from "../provisioning.ts";
import type { Site } from "../site.ts";
import { canRunWasm } from "../wasm.ts";
import type { Denial } from "./denial.ts";

/** Decisions as the families read them. */
function chosen(site: Site, { distribution, os, topology }: Decisions) {
  return { ...site, distribution: distribution.choice, os: os.choice, topology: topology.choice };
}

/** H10, H11, H15 to H20, G1, G4: what datastores, agents, systems and add-ons forbid. */
export const platform: readonly Denial[] = [
  {
    id: "H10",
    when: (site) => site.wishes.has("etcd-across-sites"),
    wish: {
      en: "One etcd cluster across sites",
      de: "Ein etcd-Cluster über mehrere Standorte",
      es: "Un clúster etcd entre varios sitios",
      zh: "跨站点的 etcd 集群",
    },
    why: {
      en: "All servers have to stand in one place on private addresses; etcd wants under 5 ms and no VPN between its members.",
      de: "Alle Server müssen an einem Ort mit privaten Adressen stehen; etcd will unter 5 ms und kein VPN zwischen seinen Mitgliedern.",
      es: "Todos los servidores deben estar en un mismo lugar con direcciones privadas; etcd quiere menos de 5 ms y ninguna VPN entre miembros.",
      zh: "所有 server 必须位于同一地点并使用私有地址；etcd 成员间要求低于 5 ms，且不经 VPN。",
    },
    instead: {
      en: "An autonomous cluster per site, the same desired state pulled by each.",
      de: "Ein autonomer Cluster je Standort, jeder holt denselben Sollzustand.",
      es: "Un clúster autónomo por sitio; cada uno descarga el mismo estado deseado.",
      zh: "每站点一个自治集群，各自拉取同一份期望状态。",
    },
    source: sources.k3sMulticloud,
  },
  {
    id: "H11",
    when: (site, { datastore }) => site.wishes.has("dqlite") && datastore.choice !== "dqlite",
    wish: {
      en: "Dqlite as the datastore",
      de: "Dqlite als Datenspeicher",
      es: "Dqlite como almacén de datos",
      zh: "以 Dqlite 作为数据存储",
    },
    why: {
      en: "Removed from K3s in 1.19.1 and from Canonical Kubernetes in 1.36; k0s never had it. Only MicroK8s still uses it.",
      de: "Aus K3s mit 1.19.1 und aus Canonical Kubernetes mit 1.36 entfernt; k0s hatte es nie. Nur MicroK8s nutzt es noch.",
      es: "Eliminado de K3s en 1.19.1 y de Canonical Kubernetes en 1.36; k0s nunca lo tuvo. Solo MicroK8s lo sigue usando.",
      zh: "K3s 自 1.19.1、Canonical Kubernetes 自 1.36 起移除；k0s 从未支持。目前只有 MicroK8s 还在用。",
    },
    instead: {
      en: "SQLite on one server; embedded etcd from three servers with SSD and 4 GB each.",
      de: "SQLite auf einem Server; eingebettetes etcd ab drei Servern mit SSD und je 4 GB.",
      es: "SQLite en un servidor; etcd integrado a partir de tres servidores con SSD y 4 GB cada uno.",
      zh: "单台 server 用 SQLite；三台带 SSD、每台 4 GB 的 server 起用内嵌 etcd。",
    },
    source: sources.canonicalK8s,
  },
  {
    id: "H15",
    when: (site, decisions) => site.answers.wasm !== "none" && !canRunWasm(chosen(site, decisions)),
    wish: {
      en: "WebAssembly workloads on these nodes",
      de: "WebAssembly-Workloads auf diesen Knoten",
      es: "Cargas WebAssembly en estos nodos",
      zh: "在这些节点上运行 WebAssembly 工作负载",
    },
    why: {
      en: "No distribution has it built in; shims exist for x86_64 and aarch64 only and need a cluster with room for them; these nodes have {mib} MiB.",
      de: "Keine Distribution bringt es mit; Shims gibt es nur für x86_64 und aarch64, und sie brauchen einen Cluster mit Platz dafür; diese Knoten haben {mib} MiB.",
      es: "Ninguna distribución lo incluye; los shims solo existen para x86_64 y aarch64 y necesitan un clúster con espacio para ellos; estos nodos tienen {mib} MiB.",
      zh: "没有发行版内置支持；shim 仅有 x86_64 和 aarch64 版本，且需要有余量的集群；这些节点为 {mib} MiB。",
    },
    instead: {
      en: "Ordinary containers; or a WebAssembly runtime inside a container image; or 64-bit hardware with 2 GB.",
      de: "Gewöhnliche Container; oder eine WebAssembly-Laufzeit in einem Container-Image; oder 64-Bit-Hardware mit 2 GB.",
      es: "Contenedores corrientes; o un runtime WebAssembly dentro de una imagen; o hardware de 64 bits con 2 GB.",
      zh: "普通容器；或把 WebAssembly 运行时放进容器镜像；或换用 2 GB 的 64 位硬件。",
    },
    source: sources.spinShim,
  },
  {
    id: "H15",
    when: (site, { wasm }) => site.answers.wasm === "other" && wasm.choice !== "none",
    wish: {
      en: "Another WebAssembly runtime",
      de: "Eine andere WebAssembly-Laufzeit",
      es: "Otro runtime de WebAssembly",
      zh: "其他 WebAssembly 运行时",
    },
    why: {
      en: "Only shims with published builds are planned: Spin, wasmtime, WasmEdge; a shim that is not in the image does not run.",
      de: "Geplant werden nur Shims mit veröffentlichten Builds: Spin, wasmtime, WasmEdge; ein Shim, der nicht im Image steckt, läuft nicht.",
      es: "Solo se planifican shims publicados: Spin, wasmtime, WasmEdge; un shim que no está en la imagen no se ejecuta.",
      zh: "仅规划有正式构建的 shim：Spin、wasmtime、WasmEdge；镜像中没有的 shim 无法运行。",
    },
    instead: {
      en: "Spin, with its own operator and application format.",
      de: "Spin, mit eigenem Operator und Anwendungsformat.",
      es: "Spin, con operador y formato de aplicación propios.",
      zh: "Spin，有自己的 operator 和应用格式。",
    },
    source: sources.k3sWasm,
  },
  {
    id: "H16",
    when: (site, { gitops }) => site.answers.gitops === "argocd" && gitops.choice !== "argocd",
    wish: {
      en: "Argo CD on a node with {mib} MiB",
      de: "Argo CD auf einem Knoten mit {mib} MiB",
      es: "Argo CD en un nodo con {mib} MiB",
      zh: "在 {mib} MiB 的节点上运行 Argo CD",
    },
    why: {
      en: "It publishes no footprint and sets no requests; operator defaults of its core set request 1,920 MiB. Planned from 4 GB.",
      de: "Es veröffentlicht keinen Speicherbedarf und setzt keine Requests; Operator-Vorgaben des Kerns fordern 1.920 MiB an. Geplant wird ab 4 GB.",
      es: "No publica su consumo ni fija requests; los valores del operador para su núcleo solicitan 1920 MiB. Se planifica desde 4 GB.",
      zh: "官方未公布内存占用，也未设置 requests；operator 默认值下核心组件申请 1,920 MiB。4 GB 起才规划。",
    },
    instead: (_, { gitops }) =>
      gitops.choice === "flux"
        ? {
            en: "Flux with source-controller and kustomize-controller, 128 MiB requested.",
            de: "Flux mit source-controller und kustomize-controller, 128 MiB angefordert.",
            es: "Flux con source-controller y kustomize-controller, 128 MiB solicitados.",
            zh: "Flux（source-controller 和 kustomize-controller），申请 128 MiB。",
          }
        : {
            en: "Manifests in the device image, pulled by the device as A/B updates; Flux from 2 GB.",
            de: "Manifeste im Geräte-Image, vom Gerät als A/B-Update geholt; Flux ab 2 GB.",
            es: "Manifiestos en la imagen, que el dispositivo descarga como actualización A/B; Flux desde 2 GB.",
            zh: "清单放进设备镜像，由设备以 A/B 更新拉取；2 GB 起可用 Flux。",
          },
    source: sources.argocdOperator,
  },
  {
    id: "G1",
    when: (site, { gitops, distribution }) => {
      if (gitops.choice !== "none" || site.answers.gitops === "argocd") return false;
      return site.answers.gitops === "flux" || distribution.choice !== "none";
    },
    wish: {
      en: "A GitOps agent on a node with {mib} MiB",
      de: "Ein GitOps-Agent auf einem Knoten mit {mib} MiB",
      es: "Un agente GitOps en un nodo con {mib} MiB",
      zh: "在 {mib} MiB 的节点上运行 GitOps 代理",
    },
    why: {
      en: "No room beside the cluster: Flux is measured at 49 and 134 MiB for its two controllers, and is planned from 2 GB.",
      de: "Neben dem Cluster ist kein Platz: Flux ist mit 49 und 134 MiB für zwei Controller gemessen und wird ab 2 GB geplant.",
      es: "No hay sitio junto al clúster: Flux mide 49 y 134 MiB en sus dos controladores y se planifica desde 2 GB.",
      zh: "集群之外已无空间：Flux 两个控制器实测 49 和 134 MiB，2 GB 起才规划。",
    },
    instead: {
      en: "Manifests in the device image, which the device pulls as A/B updates: still pull, still no inbound port.",
      de: "Manifeste im Geräte-Image, das sich das Gerät als A/B-Update holt: weiterhin Pull, weiterhin kein eingehender Port.",
      es: "Manifiestos en la imagen que el dispositivo descarga como actualización A/B: sigue siendo pull, sin puertos entrantes.",
      zh: "清单放进设备镜像，由设备以 A/B 更新拉取：仍是拉取模式，没有入站端口。",
    },
    source: sources.fluxBenchmark,
  },
  {
    id: "H17",
    when: (site) => {
      if (!site.wishes.has("longhorn") || site.arches.has("armv7")) return false;
      const few = site.nodes < 3 || (site.answers.cpu ?? 4) < 4;
      return site.memoryMiB < 8192 || few || site.answers.storage !== "ssd" || site.arches.has("riscv64");
    },
    wish: {
      en: "Longhorn, nodes: {nodes}, {mib} MiB each",
      de: "Longhorn, Knoten: {nodes}, je {mib} MiB",
      es: "Longhorn, nodos: {nodes}, {mib} MiB cada uno",
      zh: "在 {nodes} 个 {mib} MiB 节点上使用 Longhorn",
    },
    why: {
      en: "It recommends three nodes with 4 vCPU, 4 GiB and SSD for itself, and reserves 12 % of the CPU; planned from 8 GB.",
      de: "Es empfiehlt für sich drei Knoten mit 4 vCPU, 4 GiB und SSD und reserviert 12 % der CPU; geplant wird ab 8 GB.",
      es: "Recomienda para sí tres nodos con 4 vCPU, 4 GiB y SSD, y reserva el 12 % de la CPU; se planifica desde 8 GB.",
      zh: "其自身就建议三个 4 vCPU、4 GiB、带 SSD 的节点，并预留 12% CPU；8 GB 起才规划。",
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
    id: "H18",
    when: (site) => site.wishes.has("service-mesh") && site.memoryMiB < 8192,
    wish: {
      en: "A service mesh with {mib} MiB a node",
      de: "Ein Service-Mesh mit {mib} MiB je Knoten",
      es: "Una malla de servicios con {mib} MiB por nodo",
      zh: "每节点 {mib} MiB 的服务网格",
    },
    why: {
      en: "istiod requests 2,048 MiB and 128 MiB per sidecar, or 512 MiB per node without sidecars; Linkerd's control plane measured 324 MB.",
      de: "istiod fordert 2.048 MiB und je Sidecar 128 MiB an, ohne Sidecars 512 MiB je Knoten; die Steuerungsebene von Linkerd ist mit 324 MB gemessen.",
      es: "istiod solicita 2048 MiB y 128 MiB por sidecar, o 512 MiB por nodo sin sidecars; el plano de control de Linkerd midió 324 MB.",
      zh: "istiod 申请 2,048 MiB，每个 sidecar 128 MiB，无 sidecar 模式每节点 512 MiB；Linkerd 控制平面实测 324 MB。",
    },
    instead: {
      en: "Encryption between nodes (wireguard-native on K3s), NetworkPolicies, and TLS by the applications; Linkerd from 8 GB.",
      de: "Verschlüsselung zwischen Knoten (wireguard-native bei K3s), NetworkPolicies und TLS der Anwendungen; Linkerd ab 8 GB.",
      es: "Cifrado entre nodos (wireguard-native en K3s), NetworkPolicies y TLS de las aplicaciones; Linkerd desde 8 GB.",
      zh: "节点间加密（K3s 用 wireguard-native）、NetworkPolicy 和应用自带 TLS；8 GB 起可考虑 Linkerd。",
    },
    source: sources.istio,
  },
  {
    id: "H19",
    when: (site) => site.wishes.has("talos") && site.answers.distro !== "auto",
    wish: {
      en: "{distro} on Talos",
      de: "{distro} auf Talos",
      es: "{distro} sobre Talos",
      zh: "在 Talos 上运行 {distro}",
    },
    why: {
      en: "Talos ships its own Kubernetes as system services and has no shell; no other distribution installs on it.",
      de: "Talos bringt sein eigenes Kubernetes als Systemdienste mit und hat keine Shell; keine andere Distribution lässt sich dort installieren.",
      es: "Talos trae su propio Kubernetes como servicios del sistema y no tiene shell; ninguna otra distribución se instala en él.",
      zh: "Talos 自带以系统服务运行的 Kubernetes，且没有 shell；无法安装其他发行版。",
    },
    instead: {
      en: "The distribution on {os}; or Talos with its own Kubernetes from 2 GiB.",
      de: "Die Distribution auf {os}; oder Talos mit eigenem Kubernetes ab 2 GiB.",
      es: "La distribución sobre {os}; o Talos con su propio Kubernetes desde 2 GiB.",
      zh: "在 {os} 上运行该发行版；或使用 Talos 自带的 Kubernetes（2 GiB 起）。",
    },
    source: sources.talos,
  },
  {
    id: "H19",
    when: (site) => site.wishes.has("bottlerocket"),
    wish: {
      en: "Bottlerocket as the system",
      de: "Bottlerocket als System",
      es: "Bottlerocket como sistema",
      zh: "以 Bottlerocket 作为系统",
    },
    why: {
      en: "It serves EKS, EKS Anywhere and ECS; EKS Anywhere 0.26 lists it for vSphere only, and none of these distributions runs on it.",
      de: "Es dient EKS, EKS Anywhere und ECS; EKS Anywhere 0.26 führt es nur für vSphere, und keine dieser Distributionen läuft darauf.",
      es: "Sirve a EKS, EKS Anywhere y ECS; EKS Anywhere 0.26 solo lo lista para vSphere, y ninguna de estas distribuciones corre en él.",
      zh: "它面向 EKS、EKS Anywhere 和 ECS；EKS Anywhere 0.26 仅支持 vSphere，这几种发行版都无法在其上运行。",
    },
    instead: {
      en: "This plan boots {os}.",
      de: "Dieser Plan startet {os}.",
      es: "Este plan arranca {os}.",
      zh: "本方案使用 {os}。",
    },
    source: sources.bottlerocket,
  },
  {
    id: "H19",
    when: (site, { os }) => site.wishes.has("ubuntu-core") && os.choice !== "ubuntu-core",
    wish: {
      en: "Ubuntu Core for this cluster",
      de: "Ubuntu Core für diesen Cluster",
      es: "Ubuntu Core para este clúster",
      zh: "为该集群使用 Ubuntu Core",
    },
    why: {
      en: "Only snaps run on it: Kubernetes there is strict MicroK8s, which its vendor advises from 4 GB.",
      de: "Dort laufen nur Snaps: Kubernetes heißt dann striktes MicroK8s, das der Hersteller ab 4 GB empfiehlt.",
      es: "Allí solo corren snaps: Kubernetes es MicroK8s estricto, que su proveedor recomienda desde 4 GB.",
      zh: "其上只能运行 snap：Kubernetes 即严格模式的 MicroK8s，厂商建议 4 GB 起。",
    },
    instead: {
      en: "This plan boots {os}.",
      de: "Dieser Plan startet {os}.",
      es: "Este plan arranca {os}.",
      zh: "本方案使用 {os}。",
    },
    source: sources.ubuntuCore,
  },
  {
    id: "H20",
    when: (site, decisions) =>
      site.wishes.has("metal3") &&
      decisions.provisioning.choice !== "metal3" &&
      !canUseMetal3(chosen(site, decisions)),
    wish: {
      en: "Provisioning with Metal3",
      de: "Provisionierung mit Metal3",
      es: "Aprovisionamiento con Metal3",
      zh: "用 Metal3 装机",
    },
    why: {
      en: "It drives a BMC (Redfish or IPMI) that the hub can reach, on 64-bit machines with 2 GB or more.",
      de: "Es steuert einen BMC (Redfish oder IPMI), den die Zentrale erreicht, auf 64-Bit-Maschinen ab 2 GB.",
      es: "Controla un BMC (Redfish o IPMI) accesible desde la central, en máquinas de 64 bits con 2 GB o más.",
      zh: "它通过中心可达的 BMC（Redfish 或 IPMI）工作，要求 64 位、2 GB 以上的机器。",
    },
    instead: {
      en: "Provisioning without Metal3: {provisioning}.",
      de: "Provisionierung ohne Metal3: {provisioning}.",
      es: "Aprovisionamiento sin Metal3: {provisioning}.",
      zh: "不用 Metal3 的装机方式：{provisioning}。",
    },
    source: sources.metal3,
  },
  {
    id: "H20",
    when: (site, decisions) =>
      site.wishes.has("tinkerbell") &&
      decisions.provisioning.choice !== "tinkerbell" &&
      !canUseTinkerbell(chosen(site, decisions)),
    wish: {
      en: "Provisioning with Tinkerbell",
      de: "Provisionierung mit Tinkerbell",
      es: "Aprovisionamiento con Tinkerbell",
      zh: "用 Tinkerbell 装机",
    },
    why: {
      en: "It needs a machine on site that answers DHCP, or a BMC that mounts its ISO, and a link to feed them; this plan cannot count on that here.",
      de: "Es braucht eine Maschine am Standort, die DHCP beantwortet, oder einen BMC, der sein ISO einbindet, und eine Leitung dafür; darauf ist hier kein Verlass.",
      es: "Necesita una máquina del sitio que responda DHCP o un BMC que monte su ISO, y un enlace que los alimente; aquí no se puede contar con ello.",
      zh: "它需要站点内有应答 DHCP 的机器或可挂载 ISO 的 BMC，并有链路供给；此处无法保证。",
    },
    instead: {
      en: "Provisioning without a server at the site: {provisioning}.",
      de: "Provisionierung ohne Server am Standort: {provisioning}.",
      es: "Aprovisionamiento sin servidor en el sitio: {provisioning}.",
      zh: "无需站点服务器的装机方式：{provisioning}。",
    },
    source: sources.tinkerbell,
  },
  {
    id: "G4",
    when: (site) => site.wishes.has("argocd-hub"),
    wish: {
      en: "One central Argo CD for {sites} sites",
      de: "Ein zentrales Argo CD für {sites} Standorte",
      es: "Un Argo CD central para {sites} sitios",
      zh: "用一个中心 Argo CD 管理 {sites} 个站点",
    },
    why: {
      en: "The hub opens connections to every site's API and keeps its credentials: push, with an inbound port each. The largest public test is 500 clusters.",
      de: "Die Zentrale verbindet sich zu jeder API und hält deren Zugangsdaten: Push, mit je einem eingehenden Port. Der größte öffentliche Test umfasst 500 Cluster.",
      es: "La central abre conexiones a la API de cada sitio y guarda sus credenciales: push, con un puerto entrante cada uno. La mayor prueba pública es de 500 clústeres.",
      zh: "中心要连接每个站点的 API 并保存其凭据：属于推送，且每站都要开入站端口。最大的公开测试为 500 个集群。",
    },
    instead: (_, { gitops }) =>
      gitops.choice === "argocd"
        ? {
            en: "Argo CD inside each site, pulling; argocd-agent for a central view (not GA).",
            de: "Argo CD in jedem Standort, per Pull; argocd-agent für die zentrale Sicht (nicht GA).",
            es: "Argo CD dentro de cada sitio, por pull; argocd-agent para la vista central (no es GA).",
            zh: "每站点内的 Argo CD 自行拉取；用 argocd-agent 提供集中视图（尚未 GA）。",
          }
        : {
            en: "An agent inside each site that pulls; state comes back as metrics, not through an open API.",
            de: "Ein Agent in jedem Standort, der holt; der Zustand kommt als Metrik zurück, nicht über eine offene API.",
            es: "Un agente dentro de cada sitio que tira; el estado vuelve como métricas, no por una API abierta.",
            zh: "每站点内的代理自行拉取；状态以指标形式回传，而不经开放的 API。",
          },
    source: sources.argocdScale,
  },
];
