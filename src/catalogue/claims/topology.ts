import type { Claim } from "#model/knowledge.ts";
import { sources } from "../sources.ts";
import { near, said } from "./near.ts";

const argocd = ["argo cd", "argocd", "argo-cd*"];

/** Claims about how clusters, nodes and sites hang together. */
export const topologyClaims: Claim[] = [
  {
    id: "C67",
    topic: "topology",
    verdict: "false",
    claim: {
      en: "A central control plane with remote edge workers is more robust than a cluster per site",
      de: "Eine zentrale Control Plane mit entfernten Edge-Workern ist robuster als ein Cluster je Standort",
      es: "Un plano de control central con workers remotos en el edge es más robusto que un clúster por sitio",
      zh: "中心控制平面加远程边缘 worker 比每站点一个集群更可靠",
    },
    truth: {
      en: "Without uplink the site has no API server: running pods go on, but nothing is rescheduled, restarted nodes cannot start new pods, and certificates and configuration freeze.",
      de: "Ohne Verbindung hat der Standort keinen API-Server: Laufende Pods bleiben, aber nichts wird neu eingeplant, neu gestartete Knoten starten keine neuen Pods, Zertifikate und Konfiguration frieren ein.",
      es: "Sin enlace, el sitio se queda sin servidor de API: los pods en marcha siguen, pero nada se reprograma, los nodos reiniciados no arrancan pods nuevos y certificados y configuración se congelan.",
      zh: "断网后站点没有 API server：已运行的 Pod 继续，但无法重新调度，重启的节点起不了新 Pod，证书和配置也停滞。",
    },
    instead: {
      en: "Give every site a small cluster of its own that pulls by GitOps; hosted control planes (k0smotron) only over reliable links.",
      de: "Jedem Standort einen kleinen eigenen Cluster geben, der per GitOps zieht; gehostete Control Planes (k0smotron) nur über zuverlässige Leitungen.",
      es: "Dar a cada sitio un pequeño clúster propio que tire por GitOps; planos de control alojados (k0smotron) solo con enlaces fiables.",
      zh: "每个站点部署自治的小集群并以 GitOps 拉取；只有链路可靠时才用托管控制平面（k0smotron）。",
    },
    source: { title: "k0smotron; Kubernetes node lifecycle", url: sources.k0smotron.url },
    detect: [
      ...near(
        [
          "central control plane",
          "zentrale control plane",
          "plano de control central",
          "中心控制平面",
          "集中式控制平面",
        ],
        ["remote", "edge", "workers", "entfernt*", "remot*", "远程", "边缘"],
      ),
      ["remote workers"],
    ],
  },
  {
    id: "C68",
    topic: "topology",
    verdict: "partly",
    claim: {
      en: "Pods are killed when a remote node loses the control plane",
      de: "Pods werden beendet, wenn ein entfernter Knoten die Control Plane verliert",
      es: "Los pods mueren cuando un nodo remoto pierde el plano de control",
      zh: "远程节点与控制平面断开后 Pod 会被杀掉",
    },
    truth: {
      en: "The kubelet keeps them running. After 300 s the control plane marks them for eviction and starts stateless replacements elsewhere; the deletion happens when the node is back.",
      de: "Der kubelet lässt sie laufen. Nach 300 s merkt die Control Plane sie zur Räumung vor und startet zustandslosen Ersatz anderswo; gelöscht wird, wenn der Knoten zurückkehrt.",
      es: "El kubelet los mantiene. A los 300 s el plano de control los marca para desalojo y arranca sustitutos sin estado en otro lugar; el borrado ocurre cuando el nodo vuelve.",
      zh: "kubelet 会让其继续运行。300 秒后控制平面将其标记为驱逐，并在别处启动无状态副本；节点恢复连接后才真正删除。",
    },
    instead: {
      en: "Set a very long `tolerationSeconds` (or none) for pods that belong to a site, use DaemonSets, or a control plane at the site.",
      de: "Für Pods eines Standorts `tolerationSeconds` sehr lang oder gar nicht setzen, DaemonSets verwenden oder eine Control Plane am Standort.",
      es: "Poner un `tolerationSeconds` muy largo (o ninguno) a los pods ligados a un sitio, usar DaemonSets o un plano de control en el sitio.",
      zh: "为绑定站点的 Pod 设置很长的 `tolerationSeconds`（或不设上限）、使用 DaemonSet，或在站点内部署控制平面。",
    },
    source: {
      title: "Kubernetes, taint-based evictions",
      url: "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/",
    },
    detect: near(
      ["pods", "pod"],
      ["killed", "beendet", "mueren", "eliminad*", "杀掉", "终止"],
      ["control plane", "offline", "plano de control", "控制平面", "离线"],
    ),
  },
  {
    id: "C69",
    topic: "topology",
    verdict: "false",
    claim: {
      en: "A single-node cluster with 3 replicas is HA",
      de: "Ein Cluster mit einem Knoten und 3 Replikaten ist hochverfügbar",
      es: "Un clúster de un solo nodo con 3 réplicas tiene alta disponibilidad",
      zh: "单节点集群跑 3 个副本就是高可用",
    },
    truth: {
      en: "Replicas on one node share its failure: when the machine is down, all of them are.",
      de: "Replikate auf einem Knoten teilen dessen Ausfall: Steht die Maschine, stehen alle.",
      es: "Las réplicas en un mismo nodo comparten su fallo: si cae la máquina, caen todas.",
      zh: "同一节点上的副本共担故障：机器宕机，全部不可用。",
    },
    instead: {
      en: "Add a second machine, a cold spare or fast re-provisioning; replicas on one node help rolling updates only.",
      de: "Eine zweite Maschine, ein Ersatzgerät oder schnelles Neuaufsetzen vorsehen; Replikate auf einem Knoten helfen nur bei Rolling Updates.",
      es: "Añadir otra máquina, un repuesto o una reinstalación rápida; las réplicas en un nodo solo ayudan en actualizaciones graduales.",
      zh: "增加第二台机器、冷备件或快速重装；单节点副本只对滚动更新有用。",
    },
    source: sources.judgement,
    detect: near(
      [
        "single node",
        "single-node",
        "one node",
        "einem knoten",
        "single-node-cluster",
        "un solo nodo",
        "单节点",
      ],
      said.highAvailability,
    ),
  },
  {
    id: "C70",
    topic: "topology",
    verdict: "false",
    claim: {
      en: "ServiceLB (klipper-lb) gives a floating virtual IP (VIP)",
      de: "ServiceLB (klipper-lb) stellt eine schwebende virtuelle IP (VIP) bereit",
      es: "ServiceLB (klipper-lb) proporciona una IP virtual flotante (VIP)",
      zh: "ServiceLB（klipper-lb）提供浮动虚拟 IP（VIP）",
    },
    truth: {
      en: "It is a DaemonSet that binds host ports on the nodes. There is no virtual address, and nothing moves over when a node fails (no failover).",
      de: "Es ist ein DaemonSet, das Host-Ports auf den Knoten belegt. Es gibt keine virtuelle Adresse, und bei Ausfall eines Knotens wandert nichts (kein Failover).",
      es: "Es un DaemonSet que ocupa puertos del host en los nodos. No hay dirección virtual, y nada se traslada si un nodo falla (sin failover).",
      zh: "它只是在节点上绑定主机端口的 DaemonSet，没有虚拟地址，节点故障时也不会漂移（无故障切换）。",
    },
    instead: {
      en: "Use kube-vip, MetalLB (L2 or BGP), keepalived or DNS; k0s has CPLB with keepalived, for the API only.",
      de: "kube-vip, MetalLB (L2 oder BGP), keepalived oder DNS verwenden; k0s hat CPLB mit keepalived, nur für die API.",
      es: "Usar kube-vip, MetalLB (L2 o BGP), keepalived o DNS; k0s tiene CPLB con keepalived, solo para la API.",
      zh: "使用 kube-vip、MetalLB（L2 或 BGP）、keepalived 或 DNS；k0s 的 CPLB（keepalived）只服务于 API。",
    },
    source: { title: "K3s networking services", url: "https://docs.k3s.io/networking/networking-services" },
    detect: near(
      ["servicelb", "klipper-lb", "klipper"],
      ["vip", "virtual ip", "floating", "virtuelle ip", "ip virtual", "flotante", "虚拟 ip", "浮动"],
    ),
  },
  {
    id: "C71",
    topic: "topology",
    verdict: "partly",
    claim: {
      en: "K3s embeds a load balancer, so agents need no fixed address for the server",
      de: "K3s hat einen Load Balancer eingebaut, darum brauchen Agents keine feste Adresse des Servers",
      es: "K3s incluye un balanceador de carga, así que los agentes no necesitan una dirección fija del servidor",
      zh: "K3s 内置负载均衡，agent 不需要 server 的固定地址",
    },
    truth: {
      en: "After the first contact an agent balances over all API servers itself. The `--server` URL of the first join, though, is a single point of failure.",
      de: "Nach dem ersten Kontakt verteilt ein Agent selbst über alle API-Server. Die `--server`-URL des ersten Beitritts bleibt aber ein einzelner Ausfallpunkt.",
      es: "Tras el primer contacto, el agente reparte él mismo entre todos los servidores de API. Pero la URL `--server` de la primera unión es un punto único de fallo.",
      zh: "首次连接之后，agent 会自行在所有 API server 间负载均衡；但首次加入所用的 `--server` 地址是单点。",
    },
    instead: {
      en: "Register through a DNS name or virtual IP that is listed in `tls-san`.",
      de: "Über einen DNS-Namen oder eine virtuelle IP registrieren, die in `tls-san` steht.",
      es: "Registrarse con un nombre DNS o una IP virtual incluida en `tls-san`.",
      zh: "通过写入 `tls-san` 的 DNS 名称或虚拟 IP 注册。",
    },
    source: { title: "K3s architecture", url: "https://docs.k3s.io/architecture" },
    detect: near(
      "k3s",
      ["agent", "agents", "agente*"],
      ["load balancer", "load-balancer", "lastverteiler", "balanceador", "负载均衡"],
    ),
  },
  {
    id: "C72",
    topic: "topology",
    verdict: "false",
    claim: {
      en: "The embedded registry of K3s (Spegel) takes pushes and works across sites",
      de: "In die eingebettete Registry von K3s (Spegel) kann man pushen, und sie wirkt über Standorte hinweg",
      es: "El registro integrado de K3s (Spegel) admite push y funciona entre sitios",
      zh: "K3s 的内嵌镜像仓库（Spegel）可以推送镜像，也能跨站点使用",
    },
    truth: {
      en: "It is a read-only mirror among the peers of one cluster: ports 5001 and 6443 must be open between all nodes, it is useless on a single node, and the tag latest is left out.",
      de: "Sie ist ein Nur-Lese-Mirror zwischen den Knoten eines Clusters: Die Ports 5001 und 6443 müssen zwischen allen offen sein, auf einem einzelnen Knoten nützt sie nichts, und latest wird ausgelassen.",
      es: "Es un espejo de solo lectura entre los nodos de un clúster: necesita los puertos 5001 y 6443 abiertos entre todos, no sirve en un nodo único y omite la etiqueta latest.",
      zh: "它只是单个集群内节点间的只读 P2P 镜像：所有节点间须开放 5001 和 6443 端口，单节点无用，且跳过 latest 标签。",
    },
    instead: {
      en: "Use a pull-through cache at the site, an OCI registry in the hub, or air-gap tarballs.",
      de: "Einen Pull-Through-Cache am Standort, eine OCI-Registry im Hub oder Air-Gap-Tarballs verwenden.",
      es: "Usar una caché pull-through en el sitio, un registro OCI en el hub o tarballs para air-gap.",
      zh: "在站点部署拉取缓存（pull-through cache）、在中心部署 OCI 仓库，或使用离线 tar 包。",
    },
    source: sources.k3sSpegel,
    detect: near(
      ["spegel", "embedded registry", "eingebettete* registry", "registro integrado", "内嵌镜像仓库"],
      ["push", "pushes", "pushen", "across sites", "standorte hinweg", "entre sitios", "推送", "跨站点"],
    ),
  },
  {
    id: "C73",
    topic: "topology",
    verdict: "partly",
    claim: {
      en: "GitOps keeps working offline",
      de: "GitOps funktioniert offline weiter",
      es: "GitOps sigue funcionando sin conexión",
      zh: "GitOps 离线也能继续工作",
    },
    truth: {
      en: "The last state goes on being reconciled from the local cache, but no new revision arrives. The caches are emptyDir by default: a restarted source-controller must fetch again.",
      de: "Der letzte Stand wird weiter aus dem lokalen Cache abgeglichen, aber keine neue Revision kommt an. Die Caches sind standardmäßig emptyDir: Ein neu gestarteter source-controller muss erneut laden.",
      es: "El último estado se sigue reconciliando desde la caché local, pero no llega ninguna revisión nueva. Las cachés son emptyDir por defecto: un source-controller reiniciado debe descargar otra vez.",
      zh: "已有状态会继续从本地缓存调谐，但收不到新版本。缓存默认为 emptyDir：source-controller 重启后必须重新拉取。",
    },
    instead: {
      en: "Give source-controller a persistent volume, keep a Git or OCI mirror at the site and preload images.",
      de: "Dem source-controller ein persistentes Volume geben, am Standort einen Git- oder OCI-Mirror halten und Images vorab laden.",
      es: "Dar a source-controller un volumen persistente, mantener un espejo Git u OCI en el sitio y precargar las imágenes.",
      zh: "为 source-controller 配持久卷，在站点放置 Git 或 OCI 镜像源，并预加载容器镜像。",
    },
    source: {
      title: "Flux, vertical scaling (persistent source storage)",
      url: "https://fluxcd.io/flux/installation/configuration/vertical-scaling/",
    },
    detect: near("gitops", said.offline),
  },
  {
    id: "C74",
    topic: "topology",
    verdict: "false",
    claim: {
      en: "Argo CD as hub and spoke is pull-based from the edge",
      de: "Argo CD als Hub-and-Spoke ist aus Sicht der Edge pull-basiert",
      es: "Argo CD en modo hub-and-spoke funciona por pull desde el edge",
      zh: "Argo CD 中心辐射（hub-and-spoke）架构是由边缘主动拉取（pull）",
    },
    truth: {
      en: "The hub's application-controller opens connections to the API server of every spoke and stores its credentials: that is push, and needs inbound access to each site.",
      de: "Der application-controller des Hubs öffnet Verbindungen zum API-Server jedes Standorts und speichert dessen Zugangsdaten: Das ist Push und braucht eingehenden Zugriff auf jeden Standort.",
      es: "El application-controller del hub abre conexiones al servidor de API de cada sitio y guarda sus credenciales: eso es push y exige acceso entrante a cada sitio.",
      zh: "中心的 application-controller 主动连接每个站点的 API server 并保存其凭据：这是推送，且要求每个站点开放入站访问。",
    },
    instead: {
      en: "Run Argo CD (core) per site, argocd-agent, or Flux per site.",
      de: "Argo CD (core) je Standort, argocd-agent oder Flux je Standort betreiben.",
      es: "Ejecutar Argo CD (core) por sitio, argocd-agent o Flux por sitio.",
      zh: "每站点部署 Argo CD（core）、使用 argocd-agent，或每站点部署 Flux。",
    },
    source: sources.argocdAgent,
    detect: near(
      argocd,
      ["hub", "hub-and-spoke", "hub and spoke", "中心"],
      ["pull", "pulls", "pull-based", "pull-basiert", "拉取"],
    ),
  },
  {
    id: "C75",
    topic: "topology",
    verdict: "false",
    claim: {
      en: "Flux and a K3s HelmChart object can both manage the same chart",
      de: "Flux und ein HelmChart-Objekt von K3s können dasselbe Chart verwalten",
      es: "Flux y un objeto HelmChart de K3s pueden gestionar el mismo chart",
      zh: "Flux 和 K3s 的 HelmChart 对象可以同时管理同一个 chart",
    },
    truth: {
      en: "Two controllers then fight over one release, and K3s's helm-controller uninstalls and installs again on a failure (`failurePolicy: reinstall` is the default).",
      de: "Dann streiten zwei Controller um ein Release, und der helm-controller von K3s installiert bei einem Fehler neu (`failurePolicy: reinstall` ist Vorgabe).",
      es: "Dos controladores se pelean entonces por un release, y el helm-controller de K3s reinstala ante un fallo (`failurePolicy: reinstall` es el valor por defecto).",
      zh: "两个控制器会争抢同一个 release，而 K3s 的 helm-controller 失败时默认卸载重装（`failurePolicy: reinstall`）。",
    },
    instead: {
      en: "Bootstrap with HelmChart and hand over to Flux, or set `failurePolicy: abort`; one owner per chart.",
      de: "Mit HelmChart starten und dann an Flux übergeben, oder `failurePolicy: abort` setzen; ein Besitzer je Chart.",
      es: "Arrancar con HelmChart y ceder después a Flux, o poner `failurePolicy: abort`; un solo dueño por chart.",
      zh: "先用 HelmChart 引导再移交给 Flux，或设置 `failurePolicy: abort`；一个 chart 只能有一个所有者。",
    },
    source: { title: "K3s helm-controller v0.17.7" },
    detect: near("helmchart", "flux", [
      "same",
      "both",
      "dasselbe",
      "beide",
      "mismo",
      "ambos",
      "同时",
      "同一",
    ]),
  },
];
