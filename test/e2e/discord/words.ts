import type { Language } from "#model/text.ts";

/** What people of a language say in the talks; what the bot's buttons say comes from its locales. */
export type Words = {
  user: string;
  /** Leaves two things to be asked. */
  fleet: string;
  change: string;
  question: string;
  /** In a channel, for a short recommendation. */
  quick: string;
  correction: string;
  direct: string;
  stop: string;
  /** A forum post: its title and its text. */
  title: string;
  post: string;
  /** What a colleague wrote, to plan from. */
  colleague: string;
  thanks: string;
};

export const words: Record<Language, Words> = {
  en: {
    user: "Ada",
    fleet:
      "1,200 supermarkets with three amd64 servers each, 8 GB, the DSL line drops now and then, GitOps with Flux",
    change: "what if it is only one server per store?",
    question: "why not Argo CD?",
    quick:
      "quick: 40 clinics, one amd64 box each with 4 GB and SSD, regulated, locked room, stable link, Flux",
    correction: "sorry, it is 60 clinics",
    direct:
      "300 wind turbines, a 4 GB arm64 industrial PC in each, eMMC, satellite link that is down for days",
    stop: "stop",
    title: "Kubernetes for our buses",
    post: "900 city buses, one 2 GB arm64 board each with an SD card, 4G with gaps, drivers can reach it. How would you do it?",
    colleague:
      "Heads-up: 75 filling stations, one 16 GB amd64 box each with an NVMe disk, in a locked cabinet, fibre, they want Argo CD",
    thanks: "thanks!",
  },
  de: {
    user: "Bernd",
    fleet:
      "1.200 Supermärkte mit je drei amd64-Servern, 8 GB, die DSL-Leitung fällt ab und zu aus, GitOps mit Flux",
    change: "was wäre mit nur einem Server pro Markt?",
    question: "warum nicht Argo CD?",
    quick:
      "kurz: 40 Kliniken, je ein amd64-Gerät mit 4 GB und SSD, reguliert, abgeschlossener Raum, stabile Leitung, Flux",
    correction: "Verzeihung, es sind 60 Kliniken",
    direct:
      "300 Windräder, je ein arm64-Industrie-PC mit 4 GB, eMMC, Satellitenverbindung, die tagelang ausfällt",
    stop: "stopp",
    title: "Kubernetes für unsere Busse",
    post: "900 Stadtbusse, je ein arm64-Board mit 2 GB und SD-Karte, 4G mit Lücken, die Fahrer kommen dran. Wie würdet ihr das machen?",
    colleague:
      "Zur Info: 75 Tankstellen, je ein amd64-Rechner mit 16 GB und NVMe im abgeschlossenen Schrank, Glasfaser, sie wollen Argo CD",
    thanks: "danke!",
  },
  es: {
    user: "Clara",
    fleet:
      "1.200 supermercados con tres servidores amd64 cada uno, 8 GB, la línea DSL se corta de vez en cuando, GitOps con Flux",
    change: "¿y si hay un solo servidor por tienda?",
    question: "¿por qué no Argo CD?",
    quick:
      "rápido: 40 clínicas con un equipo amd64 cada una, 4 GB y SSD, entorno regulado, sala cerrada con llave, enlace estable, Flux",
    correction: "perdón, son 60 clínicas",
    direct:
      "300 aerogeneradores, cada uno con un PC industrial arm64 de 4 GB, eMMC, enlace por satélite que falla durante días",
    stop: "para",
    title: "Kubernetes para nuestros autobuses",
    post: "900 autobuses urbanos, cada uno con una placa arm64 de 2 GB y tarjeta SD, 4G con cortes, los conductores tienen acceso. ¿Cómo lo harían?",
    colleague:
      "Ojo: 75 gasolineras, cada una con un equipo amd64 de 16 GB y disco NVMe en un armario cerrado con llave, fibra, quieren Argo CD",
    thanks: "¡gracias!",
  },
  zh: {
    user: "小美",
    fleet: "1,200 家超市，每家三台 amd64 服务器，8 GB 内存，DSL 线路时不时断开，用 Flux 做 GitOps",
    change: "如果每家店只有一台服务器呢？",
    question: "为什么不用 Argo CD？",
    quick: "简版：40 家诊所，每家一台 amd64 设备，4 GB 内存，SSD，受监管，设备锁在机房里，网络稳定，Flux",
    correction: "不好意思，是 60 家诊所",
    direct: "300 台风力发电机，每台一个 4 GB 内存的 arm64 工控机，eMMC，卫星链路会断好几天",
    stop: "停止",
    title: "公交车上的 Kubernetes",
    post: "900 辆公交车，每辆一块 2 GB 内存的 arm64 板子，SD 卡，4G 时断时续，司机能接触到设备。你们会怎么做？",
    colleague:
      "提醒一下：75 个加油站，每个一台 16 GB 内存的 amd64 设备，NVMe，锁在机柜里，光纤，他们想用 Argo CD",
    thanks: "谢谢！",
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
