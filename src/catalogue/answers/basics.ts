import type { Answer } from "#model/knowledge.ts";
import { sources } from "../sources.ts";

/** Answers people ask for before there is a plan: why this distribution and not that one, and what it costs. */
export const basicAnswers: Answer[] = [
  {
    id: "k3s-or-k0s",
    question: {
      en: "Why K3s, and why not k0s?",
      de: "Warum K3s, und warum nicht k0s?",
      es: "¿Por qué K3s y por qué no k0s?",
      zh: "为什么选 K3s，而不是 k0s？",
    },
    keywords: {
      en: "k0s k3s compare choose prefer distribution lightweight",
      de: "k0s k3s vergleich wählen lieber distribution leichtgewichtig",
      es: "k0s k3s comparar elegir preferir distribución ligera",
      zh: "k0s k3s 对比 选择 发行版 轻量",
    },
    answer: {
      en: "Both are certified Kubernetes in one binary, and both are planned here. K3s is documented from 2 GB for a server, runs on amd64, arm64 and 32-bit ARM, and brings ingress, load balancer, storage class and a Helm controller along. k0s is documented from 1 GB for controller and worker in one, brings less, reads its configuration strictly, and upgrades itself with Autopilot. So k0s is taken between 1 and 2 GB, or where you name it; else K3s.",
      de: "Beide sind zertifiziertes Kubernetes in einem Binary, und beide werden hier geplant. K3s ist ab 2 GB für einen Server dokumentiert, läuft auf amd64, arm64 und 32-Bit-ARM und bringt Ingress, Load-Balancer, Storage-Klasse und Helm-Controller mit. k0s ist ab 1 GB für Controller und Worker in einem dokumentiert, bringt weniger mit, liest seine Konfiguration streng und aktualisiert sich mit Autopilot. Deshalb k0s zwischen 1 und 2 GB oder auf Wunsch, sonst K3s.",
      es: "Ambos son Kubernetes certificado en un solo binario y ambos se planifican aquí. K3s está documentado desde 2 GB para un servidor, funciona en amd64, arm64 y ARM de 32 bits, e incluye ingress, balanceador, clase de almacenamiento y controlador Helm. k0s está documentado desde 1 GB para controlador y worker en uno, incluye menos, lee su configuración de forma estricta y se actualiza con Autopilot. Por eso se elige k0s entre 1 y 2 GB, o si usted lo pide; en los demás casos, K3s.",
      zh: "两者都是经过认证的单二进制 Kubernetes，这里都能规划。K3s 的 server 文档要求 2 GB 起，支持 amd64、arm64 和 32 位 ARM，自带 ingress、负载均衡、存储类和 Helm 控制器。k0s 的 controller 与 worker 合一时文档要求 1 GB 起，自带组件更少，严格校验配置，用 Autopilot 升级。因此 1 至 2 GB 之间或明确指定时用 k0s，其余用 K3s。",
    },
    sources: [sources.k3sRequirements, sources.k0sRequirements, sources.k0sAutopilot],
  },
  {
    id: "why-not-talos",
    question: {
      en: "Why not Talos?",
      de: "Warum nicht Talos?",
      es: "¿Por qué no Talos?",
      zh: "为什么不用 Talos？",
    },
    keywords: {
      en: "talos linux siderolabs omni instead",
      de: "talos linux siderolabs omni stattdessen",
      es: "talos linux siderolabs omni en lugar",
      zh: "talos linux siderolabs omni 代替",
    },
    answer: {
      en: "Talos is a good system from 2 GiB where no shell is wanted: managed by an API, updated as A/B images, with Secure Boot. But it ships its own Kubernetes, so neither K3s nor k0s nor MicroK8s runs on it, and this catalogue holds no node configuration for it. It is named as advice; the repository is laid out for the nearest of the three.",
      de: "Talos ist ab 2 GiB ein gutes System, wo keine Shell gewünscht ist: per API verwaltet, als A/B-Image aktualisiert, mit Secure Boot. Es bringt aber sein eigenes Kubernetes mit; K3s, k0s und MicroK8s laufen nicht darauf, und dieser Katalog enthält keine Knotenkonfiguration dafür. Es wird als Rat genannt, das Repository ist für die nächstliegende der drei Distributionen ausgelegt.",
      es: "Talos es un buen sistema desde 2 GiB si no se quiere shell: se gestiona por API, se actualiza con imágenes A/B y admite Secure Boot. Pero trae su propio Kubernetes, así que ni K3s ni k0s ni MicroK8s funcionan en él, y este catálogo no tiene configuración de nodo para él. Se menciona como consejo; el repositorio se prepara para la más cercana de las tres.",
      zh: "在不需要 shell 的场合，Talos 从 2 GiB 起是不错的系统：通过 API 管理，以 A/B 镜像更新，支持 Secure Boot。但它自带 Kubernetes，K3s、k0s、MicroK8s 都不能在其上运行，本目录也没有它的节点配置。因此只作为建议提及；仓库按三者中最接近的一个生成。",
    },
    sources: [sources.talos],
  },
  {
    id: "what-it-costs",
    question: {
      en: "What does it cost?",
      de: "Was kostet das?",
      es: "¿Cuánto cuesta?",
      zh: "费用是多少？",
    },
    keywords: {
      en: "cost costs price pricing money budget licence license fee free expensive cheap pay euro dollar",
      de: "kosten kostet kostenlos preis preise geld lizenz lizenzkosten gebühr gratis teuer billig bezahlen euro dollar",
      es: "costar costo coste costes precio precios dinero licencia tarifa gratis gratuito caro barato pagar euro dólar",
      zh: "多少钱 价格 价钱 费用 成本 花费 花多少 收费 免费 许可 贵 便宜 付费",
    },
    answer: {
      en: "No sum of money can be given: prices of hardware, data and people are not in this catalogue. Without a licence fee: K3s, k0s, MicroK8s, Flux and Argo CD are open source, and so is Edgewright. What a plan does count is memory, per node and component. What usually costs most in a fleet are visits, spare devices and metered data; one-node sites with replacement, pull and small artifacts keep all three low. If a language model is configured, its tokens and price stand under every plan.",
      de: "Eine Summe lässt sich nicht nennen: Preise für Hardware, Datenvolumen und Personal stehen nicht in diesem Katalog. Ohne Lizenzgebühr: K3s, k0s, MicroK8s, Flux und Argo CD sind Open Source, Edgewright ebenso. Gezählt wird im Plan der Speicher, je Knoten und Komponente. Am teuersten sind in einer Flotte meist Einsätze vor Ort, Ersatzgeräte und Datenvolumen; Standorte mit einem Knoten und Tausch, Pull und kleine Artefakte halten alle drei klein. Ist ein Sprachmodell eingerichtet, stehen Tokens und Preis unter jedem Plan.",
      es: "No se puede dar una cifra en dinero: los precios de hardware, datos y personal no están en este catálogo. No hay cuota de licencia: K3s, k0s, MicroK8s, Flux y Argo CD son de código abierto, y Edgewright también. Lo que el plan sí cuenta es la memoria, por nodo y componente. Lo más caro de una flota suelen ser las visitas, los equipos de repuesto y los datos medidos; los sitios de un nodo con reemplazo, el pull y los artefactos pequeños reducen las tres cosas. Si hay un modelo de lenguaje configurado, sus tokens y su precio figuran bajo cada plan.",
      zh: "无法给出金额：本目录不含硬件、流量和人力的价格。没有许可费：K3s、k0s、MicroK8s、Flux 和 Argo CD 均为开源，Edgewright 也是。方案中计算的是内存，按节点和组件列出。设备群中最花钱的通常是上门、备机和按量计费的流量；单节点加整机更换、拉取模式和小体积制品能把三者都压低。若配置了语言模型，其 token 用量和价格会列在每份方案下方。",
    },
    sources: [sources.judgement],
  },
];
