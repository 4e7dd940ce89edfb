import { sources } from "#catalogue/sources.ts";
import type { Denial } from "./denial.ts";

/** D3, D5, D6, X6 and what our constraints rule out: things asked for by name that no repository of ours is laid out for. */
export const named: readonly Denial[] = [
  {
    id: "D3",
    when: (site) => site.wishes.has("talos") && site.answers.distro === "auto",
    wish: {
      en: "Talos",
      de: "Talos",
      es: "Talos",
      zh: "Talos",
    },
    why: {
      en: "A good choice from 2 GiB where no shell is wanted, with its own Kubernetes; this catalogue holds no files for it.",
      de: "Eine gute Wahl ab 2 GiB, wo keine Shell gewünscht ist, mit eigenem Kubernetes; dieser Katalog hat keine Dateien dafür.",
      es: "Buena opción desde 2 GiB donde no se quiere shell, con su propio Kubernetes; este catálogo no tiene archivos para él.",
      zh: "2 GiB 起、无需 shell 时是不错的选择，自带 Kubernetes；但本目录没有对应的文件。",
    },
    instead: {
      en: "The repository is laid out for the nearest: {distribution} on {os}.",
      de: "Das Repository ist für das Nächstliegende angelegt: {distribution} auf {os}.",
      es: "El repositorio se prepara para lo más cercano: {distribution} sobre {os}.",
      zh: "仓库按最接近的方案生成：{os} 上的 {distribution}。",
    },
    source: sources.talos,
  },
  {
    id: "D5",
    when: (site) => site.wishes.has("k0smotron"),
    wish: {
      en: "Central control planes with k0smotron",
      de: "Zentrale Steuerungsebenen mit k0smotron",
      es: "Planos de control centrales con k0smotron",
      zh: "用 k0smotron 集中托管控制平面",
    },
    why: {
      en: "A site that is cut off has no API then: pods run on, but nothing is scheduled, and a rebooted node starts none.",
      de: "Ein abgeschnittener Standort hat dann keine API: Pods laufen weiter, aber nichts wird eingeplant, und ein neu gestarteter Knoten startet keine.",
      es: "Un sitio aislado se queda sin API: los pods siguen, pero nada se planifica y un nodo reiniciado no arranca ninguno.",
      zh: "断网站点将没有 API：Pod 继续运行，但无法调度，重启的节点也起不来 Pod。",
    },
    instead: {
      en: "A cluster of its own per site; k0smotron where links are stable and devices only work.",
      de: "Ein eigener Cluster je Standort; k0smotron, wo Leitungen stabil sind und Geräte nur Worker sind.",
      es: "Un clúster propio por sitio; k0smotron donde el enlace es estable y los equipos son solo workers.",
      zh: "每站点独立集群；链路稳定且设备只作 worker 时才考虑 k0smotron。",
    },
    source: sources.k0smotron,
  },
  {
    id: "D6",
    when: (site) => site.wishes.has("rke2"),
    wish: { en: "RKE2", de: "RKE2", es: "RKE2", zh: "RKE2" },
    why: {
      en: "Advised for regulated or telco sites from 8 GB (FIPS, SUSE Edge); these have {mib} MiB, and this catalogue holds no files for it.",
      de: "Empfohlen für regulierte oder Telco-Standorte ab 8 GB (FIPS, SUSE Edge); hier sind es {mib} MiB, und dieser Katalog hat keine Dateien dafür.",
      es: "Aconsejado para sitios regulados o de telecomunicaciones desde 8 GB (FIPS, SUSE Edge); aquí hay {mib} MiB y este catálogo no tiene archivos para él.",
      zh: "建议用于 8 GB 起的受监管或电信站点（FIPS、SUSE Edge）；此处为 {mib} MiB，且本目录没有对应的文件。",
    },
    instead: {
      en: "The repository is laid out for the nearest: {distribution} on {os}.",
      de: "Das Repository ist für das Nächstliegende angelegt: {distribution} auf {os}.",
      es: "El repositorio se prepara para lo más cercano: {distribution} sobre {os}.",
      zh: "仓库按最接近的方案生成：{os} 上的 {distribution}。",
    },
    source: sources.suseEdge,
  },
  {
    id: "D7",
    when: (site) => site.wishes.has("kubeadm"),
    wish: {
      en: "Standard Kubernetes with kubeadm",
      de: "Standard-Kubernetes mit kubeadm",
      es: "Kubernetes estándar con kubeadm",
      zh: "用 kubeadm 部署标准 Kubernetes",
    },
    why: {
      en: "2 GB and 2 CPUs are its floor before any workload, with etcd on every control plane and separate parts to patch on {sites} sites.",
      de: "2 GB und 2 CPUs sind das Minimum vor jeder Arbeitslast, dazu etcd auf jeder Steuerungsebene und einzelne Teile zum Patchen an {sites} Standorten.",
      es: "2 GB y 2 CPU son su mínimo antes de cualquier carga, con etcd en cada plano de control y piezas sueltas que parchear en {sites} sitios.",
      zh: "未计工作负载就至少需要 2 GB 和 2 个 CPU，每个控制平面都有 etcd，{sites} 个站点还要逐个组件打补丁。",
    },
    instead: {
      en: "The same Kubernetes API in one binary: {distribution}.",
      de: "Dieselbe Kubernetes-API in einem Binary: {distribution}.",
      es: "La misma API de Kubernetes en un binario: {distribution}.",
      zh: "以单个二进制提供相同的 Kubernetes API：{distribution}。",
    },
    source: sources.kubeadm,
  },
  {
    id: "X6",
    when: (site) => site.wishes.has("rancher-fleet"),
    wish: {
      en: "Rancher Fleet as the GitOps engine",
      de: "Rancher Fleet als GitOps-Engine",
      es: "Rancher Fleet como motor GitOps",
      zh: "以 Rancher Fleet 作为 GitOps 引擎",
    },
    why: {
      en: "Its vendor quotes 16 vCPU and 64 GB of hub for 500 clusters with 50 bundles; this catalogue holds no files for it.",
      de: "Der Hersteller nennt 16 vCPU und 64 GB in der Zentrale für 500 Cluster mit 50 Bundles; dieser Katalog hat keine Dateien dafür.",
      es: "Su proveedor cita 16 vCPU y 64 GB de central para 500 clústeres con 50 bundles; este catálogo no tiene archivos para él.",
      zh: "厂商称 500 个集群、50 个 bundle 需要 16 vCPU、64 GB 的中心节点；本目录没有对应的文件。",
    },
    instead: {
      en: "Each site pulls by itself, without a hub: {gitops}. Rancher can still watch the clusters.",
      de: "Jeder Standort holt selbst, ohne Zentrale: {gitops}. Rancher kann die Cluster weiterhin beobachten.",
      es: "Cada sitio tira por sí mismo, sin central: {gitops}. Rancher puede seguir observando los clústeres.",
      zh: "各站点自行拉取，无需中心：{gitops}。Rancher 仍可用于观察集群。",
    },
    source: sources.fleet,
  },
  {
    id: "O5",
    when: (site, { os }) => site.wishes.has("flatcar") && os.choice !== "flatcar",
    wish: {
      en: "Flatcar as the system",
      de: "Flatcar als System",
      es: "Flatcar como sistema",
      zh: "以 Flatcar 作为系统",
    },
    why: (site) =>
      site.answers.exposure === "exposed"
        ? {
            en: "Its boot measurements do not hold a TPM binding reliably, and machines open to strangers need one.",
            de: "Seine Boot-Messungen halten eine TPM-Bindung nicht verlässlich, und frei zugängliche Maschinen brauchen sie.",
            es: "Sus mediciones de arranque no sostienen de forma fiable el vínculo con el TPM que piden las máquinas expuestas.",
            zh: "其启动度量无法可靠支撑 TPM 绑定，而暴露的设备需要这一点。",
          }
        : {
            en: "Laid out here for K3s on amd64 and arm64 from 2 GB, without a special board; this fleet is outside that.",
            de: "Hier vorgesehen für K3s auf amd64 und arm64 ab 2 GB, ohne besonderes Board; diese Flotte liegt außerhalb.",
            es: "Aquí se prevé para K3s en amd64 y arm64 desde 2 GB, sin placa especial; esta flota queda fuera.",
            zh: "此处仅支持在 amd64 和 arm64 上运行 K3s（2 GB 起、无特殊板卡）；本设备群不符合。",
          },
    instead: {
      en: "This plan boots {os}.",
      de: "Dieser Plan startet {os}.",
      es: "Este plan arranca {os}.",
      zh: "本方案使用 {os}。",
    },
    source: sources.flatcar,
  },
  {
    id: "S5",
    when: (site, { datastore }) => site.wishes.has("external-database") && datastore.choice !== "external",
    wish: {
      en: "An external database as the datastore",
      de: "Eine externe Datenbank als Datenspeicher",
      es: "Una base de datos externa como almacén",
      zh: "以外部数据库作为数据存储",
    },
    why: {
      en: "Planned for K3s or k0s with two servers or more and 2 GB each, inside the site; this site: nodes {nodes}, {mib} MiB each.",
      de: "Geplant für K3s oder k0s mit mindestens zwei Servern und je 2 GB, innerhalb des Standorts; dieser Standort: Knoten {nodes}, je {mib} MiB.",
      es: "Se planifica para K3s o k0s con dos o más servidores y 2 GB cada uno, dentro del sitio; este sitio: nodos {nodes}, {mib} MiB cada uno.",
      zh: "适用于站点内两台以上、每台 2 GB 的 K3s 或 k0s server；此处为 {nodes} 个 {mib} MiB 的节点。",
    },
    instead: {
      en: "The local datastore needs no further machine: {datastore}.",
      de: "Der lokale Datenspeicher braucht keine weitere Maschine: {datastore}.",
      es: "El almacén local no necesita otra máquina: {datastore}.",
      zh: "本地数据存储无需额外机器：{datastore}。",
    },
    source: sources.k3sDatastore,
  },
  {
    id: "S8",
    when: (site, { datastore }) => site.wishes.has("sqlite") && datastore.choice === "dqlite",
    wish: {
      en: "SQLite with MicroK8s",
      de: "SQLite mit MicroK8s",
      es: "SQLite con MicroK8s",
      zh: "MicroK8s 搭配 SQLite",
    },
    why: {
      en: "MicroK8s stores its state in Dqlite and offers no SQLite of its own.",
      de: "MicroK8s speichert seinen Zustand in Dqlite und bietet kein eigenes SQLite.",
      es: "MicroK8s guarda su estado en Dqlite y no ofrece SQLite propio.",
      zh: "MicroK8s 用 Dqlite 保存状态，不提供 SQLite。",
    },
    instead: {
      en: "One-node Dqlite; for SQLite take K3s or k0s.",
      de: "Dqlite auf einem Knoten; für SQLite K3s oder k0s.",
      es: "Dqlite en un nodo; para SQLite, K3s o k0s.",
      zh: "单节点 Dqlite；需要 SQLite 则选 K3s 或 k0s。",
    },
    source: sources.microk8s,
  },
  {
    id: "G1",
    when: (site, { secrets }) => site.wishes.has("sealed-secrets") && secrets.choice !== "sealed-secrets",
    wish: {
      en: "Sealed Secrets with {mib} MiB a node",
      de: "Sealed Secrets mit {mib} MiB je Knoten",
      es: "Sealed Secrets con {mib} MiB por nodo",
      zh: "每节点 {mib} MiB 使用 Sealed Secrets",
    },
    why: {
      en: "No agent runs there that could apply a sealed object to a controller.",
      de: "Dort läuft kein Agent, der einem Controller ein versiegeltes Objekt übergeben könnte.",
      es: "Allí no corre ningún agente que pueda entregar un objeto sellado a un controlador.",
      zh: "那里没有代理可把封装对象交给控制器。",
    },
    instead: {
      en: "A secret per site, written beside the image when the device is set up.",
      de: "Ein Geheimnis je Standort, beim Einrichten neben das Image geschrieben.",
      es: "Un secreto por sitio, escrito junto a la imagen al preparar el dispositivo.",
      zh: "每站点一个密钥，装机时写到镜像旁。",
    },
    source: sources.sealedSecrets,
  },
  {
    id: "C48",
    when: (site, { secrets }) => {
      if (secrets.choice === "external-secrets" || secrets.choice === "sealed-secrets") return false;
      return site.wishes.has("external-secrets") || site.wishes.has("vault");
    },
    wish: {
      en: "Secrets from a central store (External Secrets, Vault)",
      de: "Secrets aus einem zentralen Speicher (External Secrets, Vault)",
      es: "Secretos de un almacén central (External Secrets, Vault)",
      zh: "从集中密钥库获取密钥（External Secrets、Vault）",
    },
    why: {
      en: "New and rotated secrets need the backend within reach, and an operator on the node; neither holds here.",
      de: "Neue und rotierte Secrets brauchen das Backend in Reichweite und einen Operator auf dem Knoten; beides ist hier nicht gegeben.",
      es: "Los secretos nuevos y rotados necesitan el backend al alcance y un operador en el nodo; aquí no se cumple.",
      zh: "新增和轮换密钥要求后端可达，且节点上有 operator；此处不具备。",
    },
    instead: {
      en: "Secrets that work without a link: {secrets}.",
      de: "Secrets, die ohne Leitung funktionieren: {secrets}.",
      es: "Secretos que funcionan sin enlace: {secrets}.",
      zh: "断网可用的密钥方式：{secrets}。",
    },
    source: sources.externalSecrets,
  },
  {
    id: "X10",
    when: (site) => site.wishes.has("prometheus"),
    wish: {
      en: "Prometheus on every node",
      de: "Prometheus auf jedem Knoten",
      es: "Prometheus en cada nodo",
      zh: "每个节点都运行 Prometheus",
    },
    why: {
      en: "The kube-prometheus set requests 400 MiB for Prometheus, 180 for node-exporter, 190 for kube-state-metrics and 300 for the rest.",
      de: "Das kube-prometheus-Paket fordert 400 MiB für Prometheus, 180 für node-exporter, 190 für kube-state-metrics und 300 für den Rest an.",
      es: "El conjunto kube-prometheus solicita 400 MiB para Prometheus, 180 para node-exporter, 190 para kube-state-metrics y 300 para el resto.",
      zh: "kube-prometheus 整套申请：Prometheus 400 MiB，node-exporter 180，kube-state-metrics 190，其余 300。",
    },
    instead: (_, { observability }) =>
      observability.choice === "local-only"
        ? {
            en: "State read on site or at the update server; a central Prometheus where a link exists.",
            de: "Zustand vor Ort oder am Update-Server gelesen; ein zentrales Prometheus, wo es eine Leitung gibt.",
            es: "Estado leído en el sitio o en el servidor de actualizaciones; un Prometheus central donde haya enlace.",
            zh: "在现场或更新服务器上查看状态；有链路处使用中心 Prometheus。",
          }
        : {
            en: "An agent per site that writes at most 100 series to a central Prometheus.",
            de: "Ein Agent je Standort, der höchstens 100 Zeitreihen an ein zentrales Prometheus schreibt.",
            es: "Un agente por sitio que escribe como máximo 100 series en un Prometheus central.",
            zh: "每站点一个代理，最多向中心 Prometheus 写入 100 条序列。",
          },
    source: sources.kubePrometheus,
  },
  {
    id: "IMG-01",
    when: (site) => site.wishes.has("latest-tags"),
    wish: {
      en: "Images tagged latest",
      de: "Images mit dem Tag latest",
      es: "Imágenes con la etiqueta latest",
      zh: "使用 latest 标签的镜像",
    },
    why: {
      en: "Two sites that pull on different days would run different code, and a node could start no image without a link.",
      de: "Zwei Standorte, die an verschiedenen Tagen laden, liefen mit verschiedenem Code, und ohne Leitung startete ein Knoten kein Image.",
      es: "Dos sitios que descarguen en días distintos ejecutarían código distinto, y sin enlace un nodo no podría iniciar la imagen.",
      zh: "不同日期拉取的站点会运行不同代码；断网时节点也无法启动镜像。",
    },
    instead: {
      en: "Fixed versions in the tree, digests pinned by CI, moved ring by ring.",
      de: "Feste Versionen im Baum, Digests durch die CI festgelegt, Ring für Ring angehoben.",
      es: "Versiones fijas en el árbol, digests fijados por CI, avanzando anillo por anillo.",
      zh: "仓库中写固定版本，由 CI 锁定 digest，按环推进。",
    },
    source: sources.imageTags,
  },
  {
    id: "PORT",
    when: (site) => site.wishes.has("inbound-api"),
    wish: {
      en: "An API or port of the site open to the outside",
      de: "Eine nach außen offene API oder ein offener Port am Standort",
      es: "Una API o un puerto del sitio abierto al exterior",
      zh: "站点对外开放 API 或端口",
    },
    why: {
      en: "Each open port on {sites} sites has to be patched, watched and reached through NAT; a pull needs none.",
      de: "Jeder offene Port an {sites} Standorten will gepatcht, überwacht und durch NAT erreicht werden; ein Pull braucht keinen.",
      es: "Cada puerto abierto en {sites} sitios hay que parchearlo, vigilarlo y alcanzarlo a través de NAT; un pull no necesita ninguno.",
      zh: "{sites} 个站点的每个开放端口都要打补丁、监控并穿越 NAT；拉取模式一个也不需要。",
    },
    instead: {
      en: "Outbound connections only; for a look inside, a session the site itself opens for a limited time.",
      de: "Nur ausgehende Verbindungen; für den Blick hinein eine Sitzung, die der Standort selbst befristet öffnet.",
      es: "Solo conexiones salientes; para mirar dentro, una sesión que el propio sitio abre por tiempo limitado.",
      zh: "仅出站连接；需要查看时由站点自身限时发起会话。",
    },
    source: sources.k3sHardening,
  },
  {
    id: "PULL",
    when: (site) => site.wishes.has("push"),
    wish: {
      en: "Deployments pushed to the sites",
      de: "Deployments, die zu den Standorten gepusht werden",
      es: "Despliegues enviados por push a los sitios",
      zh: "向站点推送部署",
    },
    why: {
      en: "A push needs an inbound port and a link at that moment; what fails half-way is left half-way on some of {sites} sites.",
      de: "Ein Push braucht in diesem Moment einen eingehenden Port und eine Leitung; was abbricht, bleibt an manchen der {sites} Standorte halb stehen.",
      es: "Un push necesita un puerto entrante y enlace en ese momento; lo que falla a medias queda a medias en algunos de los {sites} sitios.",
      zh: "推送要求当时有入站端口和链路；中途失败会让 {sites} 个站点中的一部分停在半途。",
    },
    instead: {
      en: "Each site pulls at its own interval and catches up after an outage.",
      de: "Jeder Standort holt in seinem eigenen Takt und zieht nach einem Ausfall nach.",
      es: "Cada sitio tira a su propio ritmo y se pone al día tras un corte.",
      zh: "各站点按自己的周期拉取，断网恢复后自动追平。",
    },
    source: sources.flux,
  },
];
