import type { Language } from "#model/text.ts";

/** What people of a language say in the talks; what the bot's buttons say comes from its locales. */
export type Words = {
  user: string;
  fleet: string;
  /** Answers the question for the storage. */
  storage: string;
  change: string;
  question: string;
  /** Begins a short recommendation by mention. */
  quick: string;
  /** A correction before anything is generated. */
  correction: string;
  /** A colleague's message that a plan is made from. */
  wish: string;
  /** Answers to what a short recommendation asks besides. */
  rest: string[];
  direct: string;
  stop: string;
  title: string;
  help: string;
  list: string;
  check: string;
};

export const words: Record<Language, Words> = {
  en: {
    user: "U0ANNA",
    fleet: "5,000 delivery trucks, each an ARM64 box with 2 GB RAM, flaky 4G, we'd like Argo CD",
    storage: "sd cards",
    change: "what if we take the 1 GB box?",
    question: "why not MicroK8s?",
    quick: "quick: 80 clinics, one amd64 box each with 4 GB and SSD, regulated, locked room",
    correction: "sorry, 8 GB",
    wish: "Head office wants Kubernetes in our 500 stores: three boxes each with 8 GB and SSD, stable link.",
    rest: ["stable"],
    direct: "40 factories without internet, five servers each with 32 GB and SSD, high availability, Argo CD",
    stop: "stop",
    title: "Delivery fleet 2027",
    help: "help",
    list: "list",
    check: "check",
  },
  de: {
    user: "U0BEN",
    fleet: "5.000 Lieferwagen, je ein ARM64-Rechner mit 2 GB RAM, wackliges 4G, am liebsten Argo CD",
    storage: "SD-Karten",
    change: "was wäre, wenn wir das Gerät mit 1 GB nehmen?",
    question: "warum nicht MicroK8s?",
    quick: "kurz: 80 Kliniken, je ein amd64-Gerät mit 4 GB und SSD, reguliert, abgeschlossener Raum",
    correction: "Verzeihung, 8 GB",
    wish: "Die Zentrale will Kubernetes in unseren 500 Filialen: je drei Geräte mit 8 GB und SSD, stabile Leitung.",
    rest: ["stabil"],
    direct: "40 Werke ohne Internet, je fünf Server mit 32 GB und SSD, hochverfügbar, Argo CD",
    stop: "stopp",
    title: "Lieferflotte 2027",
    help: "hilfe",
    list: "liste",
    check: "prüfe",
  },
  es: {
    user: "U0CARLA",
    fleet:
      "5.000 furgonetas de reparto con un equipo ARM64 cada una, 2 GB de RAM, 4G inestable, preferimos Argo CD",
    storage: "tarjetas SD",
    change: "¿y si usamos el equipo de 1 GB?",
    question: "¿por qué no MicroK8s?",
    quick:
      "rápido: 80 clínicas con un equipo amd64 cada una, 4 GB y SSD, entorno regulado, sala cerrada con llave",
    correction: "perdón, 8 GB",
    wish: "La central quiere Kubernetes en nuestras 500 tiendas: tres equipos cada una con 8 GB y SSD, enlace estable.",
    rest: ["cortes de luz diarios"],
    direct:
      "40 fábricas sin internet, cinco servidores por fábrica con 32 GB y SSD, alta disponibilidad, Argo CD",
    stop: "para",
    title: "Flota de reparto 2027",
    help: "ayuda",
    list: "lista",
    check: "revisa",
  },
  zh: {
    user: "U0MEI",
    fleet: "5,000 辆送货车，每辆一台 2 GB 内存的 ARM64 设备，4G 网络不稳定，希望用 Argo CD",
    storage: "SD 卡",
    change: "如果改用 1 GB 的设备呢？",
    question: "为什么不用 MicroK8s？",
    quick: "简版：80 家诊所，每家一台 amd64 设备，4 GB 内存，SSD，受监管，设备锁在机房里",
    correction: "不好意思，是 8 GB",
    wish: "总部想在我们的 500 家门店上 Kubernetes：每家三台设备，8 GB 内存，SSD，网络稳定。",
    rest: ["每天停电"],
    direct: "40 座工厂，没有互联网，每座五台 32 GB 服务器，SSD，高可用，使用 Argo CD",
    stop: "停止",
    title: "2027 送货车队",
    help: "帮助",
    list: "列表",
    check: "检查",
  },
};

/** Two faults that every check names: an image that moves, and a container that may become root. */
export const faulty = [
  "apiVersion: v1",
  "kind: Pod",
  "metadata: {name: till, namespace: shop}",
  "spec:",
  "  containers:",
  "    - name: app",
  "      image: registry.example.com/till:latest",
].join("\n");
