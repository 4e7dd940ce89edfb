import type { Answer } from "#model/knowledge.ts";

const k3sRequirements = { title: "K3s requirements", url: "https://docs.k3s.io/installation/requirements" };
const k3sHa = { title: "K3s, HA with embedded etcd", url: "https://docs.k3s.io/datastore/ha-embedded" };
const argocdManifests = { title: "Argo CD v3.5.1, core-install manifests" };

/** Answers about which distribution, engine, datastore or model to take. */
export const choiceAnswers: Answer[] = [
  {
    id: "microk8s-instead-of-k3s",
    question: {
      en: "What changes with MicroK8s instead of K3s?",
      de: "Was ändert sich mit MicroK8s statt K3s?",
      es: "¿Qué cambia con MicroK8s en lugar de K3s?",
      zh: "用 MicroK8s 代替 K3s 有什么不同？",
    },
    keywords: {
      en: "microk8s instead k3s switch change difference canonical snap addons",
      de: "microk8s statt k3s wechseln ändern unterschied canonical snap addons",
      es: "microk8s lugar k3s cambiar cambia diferencia canonical snap addons",
      zh: "microk8s 代替 替换 换成 改用 区别 不同 k3s snap 插件",
    },
    answer: {
      en: "MicroK8s comes as one snap with add-ons of its own (`microk8s enable …`) instead of K3s's packaged components and manifests folder. Its vendor advises 4 GB of memory and 20 GB of disk a node, against 2 GB for a K3s server. State lives in Dqlite, which replicates by itself from three nodes on; the same vendor's newer Canonical Kubernetes has dropped Dqlite in 1.36. There is no build for 32-bit ARM, and snapd refreshes inside a track by itself, so the track is pinned and refreshes are held.",
      de: "MicroK8s kommt als ein Snap mit eigenen Add-ons (`microk8s enable …`) statt der mitgelieferten Komponenten und des Manifest-Ordners von K3s. Der Hersteller empfiehlt 4 GB Arbeitsspeicher und 20 GB Platte je Knoten; ein K3s-Server braucht 2 GB. Der Zustand liegt in Dqlite, das ab drei Knoten von selbst repliziert; das neuere Canonical Kubernetes desselben Herstellers hat Dqlite mit 1.36 entfernt. Für 32-Bit-ARM gibt es keinen Build, und snapd aktualisiert innerhalb eines Tracks von selbst; deshalb wird der Track festgelegt und die Aktualisierung zurückgehalten.",
      es: "MicroK8s llega como un único snap con complementos propios (`microk8s enable …`) en lugar de los componentes incluidos y la carpeta de manifiestos de K3s. Su fabricante recomienda 4 GB de memoria y 20 GB de disco por nodo, frente a 2 GB de un servidor K3s. El estado está en Dqlite, que se replica solo a partir de tres nodos; el Canonical Kubernetes más reciente del mismo fabricante lo retiró en la 1.36. No hay versión para ARM de 32 bits, y snapd se actualiza solo dentro de una pista: por eso se fija la pista y se retienen las actualizaciones.",
      zh: "MicroK8s 以单个 snap 交付，使用自己的插件（`microk8s enable …`），而不是 K3s 的内置组件和清单目录。厂商建议每个节点 4 GB 内存、20 GB 磁盘；K3s server 为 2 GB。状态存于 Dqlite，三个节点起自动复制；同一厂商较新的 Canonical Kubernetes 已在 1.36 移除 Dqlite。没有 32 位 ARM 版本；snapd 会在 track 内自动更新，因此要固定 track 并暂停更新。",
    },
    sources: [
      {
        title: "MicroK8s, getting started (4 GB, 20 GB)",
        url: "https://canonical.com/microk8s/docs/getting-started",
      },
      k3sRequirements,
      { title: "Canonical Kubernetes 1.36 release notes (Dqlite removed)" },
    ],
  },
  {
    id: "why-not-kubeadm",
    question: {
      en: "Why not standard Kubernetes or kubeadm?",
      de: "Warum kein normales Kubernetes mit kubeadm?",
      es: "¿Por qué no Kubernetes estándar o kubeadm?",
      zh: "为什么不用标准 Kubernetes 或 kubeadm？",
    },
    keywords: {
      en: "kubeadm standard vanilla upstream normal full plain kubernetes k8s why not",
      de: "kubeadm standard vanilla upstream normales volles kubernetes k8s warum nicht kein",
      es: "kubeadm estándar vanilla upstream normal completo kubernetes k8s por qué no",
      zh: "kubeadm 标准 原生 原版 完整 kubernetes k8s 为什么 不用",
    },
    answer: {
      en: "It would work on strong machines, but it brings etcd, separate control-plane processes and no batteries: CNI, storage, upgrades and air-gap files are yours to assemble on every site. kubeadm asks for 2 GB and two CPUs on a control-plane node before any workload, and etcd wants SSDs. K3s and k0s are certified Kubernetes in one binary, with SQLite for single servers, so the same manifests run with less to look after.",
      de: "Auf starken Maschinen ginge es, aber es bringt etcd, getrennte Control-Plane-Prozesse und keine Batterien mit: CNI, Speicher, Upgrades und Air-Gap-Dateien wären an jedem Standort selbst zusammenzustellen. kubeadm verlangt auf einem Control-Plane-Knoten 2 GB und zwei CPUs vor jeder Anwendung, und etcd will SSDs. K3s und k0s sind zertifiziertes Kubernetes in einem Binary, mit SQLite für Einzelserver: dieselben Manifeste, weniger Pflege.",
      es: "En máquinas potentes funcionaría, pero trae etcd, procesos de control separados y nada incluido: CNI, almacenamiento, actualizaciones y archivos sin conexión habría que montarlos en cada sitio. kubeadm pide 2 GB y dos CPU en un nodo de control antes de cualquier carga, y etcd quiere SSD. K3s y k0s son Kubernetes certificado en un solo binario, con SQLite para servidores únicos: los mismos manifiestos con menos que cuidar.",
      zh: "在高配机器上可行，但它自带 etcd 和多个独立的控制平面进程，却没有“电池”：CNI、存储、升级和离线安装包都得在每个站点自行拼装。kubeadm 要求控制平面节点在跑任何业务之前就有 2 GB 内存和 2 个 CPU，而 etcd 需要 SSD。K3s 和 k0s 是经过认证的单二进制 Kubernetes，单 server 可用 SQLite，同样的清单，维护量更小。",
    },
    sources: [
      {
        title: "Kubernetes, installing kubeadm (2 GB, 2 CPUs)",
        url: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/",
      },
      k3sRequirements,
    ],
  },
  {
    id: "three-servers",
    question: {
      en: "Do I need three servers?",
      de: "Brauche ich drei Server?",
      es: "¿Necesito tres servidores?",
      zh: "需要三台服务器吗？",
    },
    keywords: {
      en: "three 3 servers need quorum ha high availability two nodes etcd do i need",
      de: "drei 3 server brauche quorum ha hochverfügbar zwei knoten etcd nötig",
      es: "tres 3 servidores necesito quórum ha alta disponibilidad dos nodos etcd hace falta",
      zh: "三台 3台 三个 服务器 需要 法定 高可用 两个节点 etcd 必须",
    },
    answer: {
      en: "Only if the control plane of a site must survive the loss of a machine. Embedded etcd needs a majority, so three servers tolerate one failure, and two tolerate none. Each needs an SSD and about 4 GB. If a site may wait until a box is replaced, one server with SQLite and a nightly copy is simpler; workloads can still be spread over agents.",
      de: "Nur wenn die Control Plane eines Standorts den Verlust einer Maschine überstehen muss. Eingebettetes etcd braucht eine Mehrheit: Drei Server verkraften einen Ausfall, zwei keinen. Jeder braucht eine SSD und rund 4 GB. Darf ein Standort warten, bis ein Gerät ersetzt ist, ist ein Server mit SQLite und nächtlicher Kopie einfacher; Anwendungen lassen sich trotzdem auf Agents verteilen.",
      es: "Solo si el plano de control de un sitio debe sobrevivir a la pérdida de una máquina. etcd integrado necesita mayoría: tres servidores toleran un fallo y dos, ninguno. Cada uno necesita un SSD y unos 4 GB. Si el sitio puede esperar a que se reemplace un equipo, un servidor con SQLite y una copia nocturna es más sencillo; las cargas pueden repartirse igualmente entre agentes.",
      zh: "只有当站点的控制平面必须承受一台机器故障时才需要。内嵌 etcd 依赖多数派：三台可容忍一台故障，两台一台也不能坏。每台需要 SSD 和约 4 GB 内存。如果站点可以等到设备更换，一台 server 加 SQLite 和每晚备份更简单；业务仍可分布到 agent 上。",
    },
    sources: [k3sHa, k3sRequirements],
  },
  {
    id: "argocd-or-flux",
    question: {
      en: "Argo CD or Flux at the edge?",
      de: "Argo CD oder Flux an der Edge?",
      es: "¿Argo CD o Flux en el edge?",
      zh: "边缘选 Argo CD 还是 Flux？",
    },
    keywords: {
      en: "argo cd argocd flux versus or which compare difference better gitops tool why",
      de: "argo cd argocd flux gegen oder welches vergleich unterschied besser gitops werkzeug warum",
      es: "argo cd argocd flux frente o cuál comparar diferencia mejor herramienta gitops por qué",
      zh: "argo cd argocd flux 对比 还是 哪个 选择 区别 更好 gitops 工具 为什么",
    },
    answer: {
      en: "Both pull when they run inside the site. Flux's source and kustomize controllers request 128 MiB together and decrypt SOPS by themselves. Argo CD's upstream manifests name no requests at all; operator defaults for its core set add up to 1,920 MiB, so it starts to make sense at 4 GB a node, with explicit limits. Its strength, the user interface over many clusters, needs a hub that reaches into every site, and that is push.",
      de: "Beide holen selbst, wenn sie am Standort laufen. Source- und Kustomize-Controller von Flux fordern zusammen 128 MiB an und entschlüsseln SOPS selbst. Die Original-Manifeste von Argo CD nennen gar keine Requests; die Vorgaben eines Operators für den Kern summieren sich auf 1.920 MiB, sinnvoll wird es also ab 4 GB je Knoten und mit ausdrücklichen Limits. Seine Stärke, die Oberfläche über viele Cluster, braucht eine Zentrale, die in jeden Standort hineinreicht, und das ist Push.",
      es: "Ambos trabajan en modo pull si corren dentro del sitio. Los controladores source y kustomize de Flux piden 128 MiB en conjunto y descifran SOPS por sí mismos. Los manifiestos originales de Argo CD no declaran requests; los valores por defecto de un operador para su núcleo suman 1920 MiB, así que tiene sentido desde 4 GB por nodo y con límites explícitos. Su punto fuerte, la interfaz sobre muchos clústeres, exige una central que entre en cada sitio, y eso es push.",
      zh: "只要运行在站点内部，两者都是拉取模式。Flux 的 source 与 kustomize 控制器合计申请 128 MiB，并自带 SOPS 解密。Argo CD 上游清单没有写任何 requests；某 operator 对其核心组件的默认值合计 1,920 MiB，因此每节点 4 GB 起并设置明确的 limits 才合适。它的强项是跨集群界面，但那需要中心能访问每个站点，属于推送模式。",
    },
    sources: [
      argocdManifests,
      { title: "OpenShift GitOps operator, resource defaults" },
      { title: "Flux v2.9.4, controller manifests", url: "https://fluxcd.io/flux/installation/" },
    ],
  },
  {
    id: "which-model",
    question: {
      en: "Which language model should I use?",
      de: "Welches Sprachmodell soll ich nehmen?",
      es: "¿Qué modelo de lenguaje conviene usar?",
      zh: "该用哪个语言模型？",
    },
    keywords: {
      en: "which model llm ai gpt claude gemini ollama recommend best sonnet use language",
      de: "welches modell sprachmodell llm ki gpt claude gemini ollama empfehlen bestes sonnet",
      es: "qué cuál modelo llm ia gpt claude gemini ollama recomendar mejor sonnet lenguaje usar",
      zh: "哪个 模型 大模型 语言模型 llm gpt claude gemini ollama 推荐 最好 sonnet",
    },
    answer: {
      en: "None is needed: the plan is made by rules, and a model only argues and words it. As of November 2026, take a current general model with native JSON-schema output: Claude Sonnet 5 or Opus 5 (Anthropic), GPT-5.5 or GPT-5.6 (OpenAI), or a Gemini 3 model (Google). Claude 3.5 Sonnet, GPT-4o and Gemini 1.5 Pro are superseded. Where nothing may leave the house, take the largest instruct model your hardware carries through Ollama or vLLM, and expect more repairs.",
      de: "Keines ist nötig: Den Plan machen Regeln, ein Modell argumentiert und formuliert nur. Stand November 2026 eignet sich ein aktuelles allgemeines Modell mit nativer JSON-Schema-Ausgabe: Claude Sonnet 5 oder Opus 5 (Anthropic), GPT-5.5 oder GPT-5.6 (OpenAI) oder ein Gemini-3-Modell (Google). Claude 3.5 Sonnet, GPT-4o und Gemini 1.5 Pro sind überholt. Darf nichts das Haus verlassen, nimmt man das größte Instruct-Modell, das die Hardware über Ollama oder vLLM trägt, und rechnet mit mehr Korrekturen.",
      es: "No hace falta ninguno: el plan lo hacen reglas; un modelo solo argumenta y redacta. A noviembre de 2026, conviene un modelo general actual con salida nativa por esquema JSON: Claude Sonnet 5 u Opus 5 (Anthropic), GPT-5.5 o GPT-5.6 (OpenAI) o un modelo Gemini 3 (Google). Claude 3.5 Sonnet, GPT-4o y Gemini 1.5 Pro están superados. Si nada puede salir de casa, el mayor modelo instruct que soporte su hardware con Ollama o vLLM, contando con más correcciones.",
      zh: "其实不需要：方案由规则生成，模型只负责论证和措辞。截至 2026 年 11 月，宜选支持原生 JSON Schema 输出的现行通用模型：Claude Sonnet 5 或 Opus 5（Anthropic）、GPT-5.5 或 GPT-5.6（OpenAI），或 Gemini 3 系列（Google）。Claude 3.5 Sonnet、GPT-4o、Gemini 1.5 Pro 均已被取代。若数据不能出内网，就用 Ollama 或 vLLM 跑硬件能承载的最大 instruct 模型，并预期修正次数会更多。",
    },
    sources: [{ title: "Model profiles of the LangChain adapters 1.5/1.6, read November 2026" }],
  },
  {
    id: "home-fleet",
    question: {
      en: "Is this something for a few Raspberry Pis at home?",
      de: "Taugt das für ein paar Raspberry Pis zu Hause?",
      es: "¿Sirve para unas Raspberry Pi en casa?",
      zh: "家里几台树莓派适合吗？",
    },
    keywords: {
      en: "raspberry pi pis home homelab house few hobby sd card cluster",
      de: "raspberry pi pis zuhause zu hause homelab heim paar hobby sd-karte cluster",
      es: "raspberry pi casa hogar homelab pocas afición tarjeta sd clúster",
      zh: "树莓派 家里 家庭 家用 几台 爱好 sd卡 集群",
    },
    answer: {
      en: "Yes, smaller: K3s on one Pi with SQLite, Flux from a Git repository at its normal interval, no rings and no mirror. Use an SSD on USB rather than an SD card for anything that writes, and keep etcd away from cards. A Pi 4 or 5 with 4 GB has room to spare. Secure Boot with a TPM as on a PC does not exist on these boards.",
      de: "Ja, in kleiner: K3s auf einem Pi mit SQLite, Flux aus einem Git-Repository im normalen Intervall, ohne Ringe und ohne Mirror. Für alles, was schreibt, lieber eine SSD am USB als eine SD-Karte; etcd gehört nicht auf Karten. Ein Pi 4 oder 5 mit 4 GB hat Luft. Secure Boot mit TPM wie am PC gibt es auf diesen Boards nicht.",
      es: "Sí, en pequeño: K3s en una Pi con SQLite y Flux desde un repositorio Git a su intervalo normal, sin anillos ni espejo. Para todo lo que escriba, mejor un SSD por USB que una tarjeta SD; etcd, lejos de las tarjetas. Una Pi 4 o 5 con 4 GB va holgada. Secure Boot con TPM como en un PC no existe en estas placas.",
      zh: "适合，规模缩小即可：一台树莓派跑 K3s 加 SQLite，Flux 按正常间隔拉取一个 Git 仓库，不需要发布环和镜像站。频繁写入请用 USB SSD 而不是 SD 卡，etcd 不要放在卡上。4 GB 的 Pi 4 或 Pi 5 绰绰有余。这类板子没有 PC 那样的 Secure Boot 加 TPM。",
    },
    sources: [k3sRequirements, { title: "Ubuntu Core, full disk encryption on Raspberry Pi" }],
  },
];
