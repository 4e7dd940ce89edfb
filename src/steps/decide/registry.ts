import { sources } from "#catalogue/sources.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import type { After } from "./site.ts";

type Registry = "direct" | "regional-mirror" | "site-registry" | "spegel" | "baked";
type RegistrySite = After<"distribution" | "topology" | "gitops">;

const siteRegistryFromNodes = 10;
const mirrorFromSites = 100;

/** Section 8: where container images come from. */
export const registry: Family<Registry, RegistrySite> = {
  hangsOn: ["network", "nodesPerSite", "sites", "memoryMiB"],
  rows: [
    {
      id: "R1",
      when: (site) => site.gitops === "none",
      choice: "baked",
      reason: {
        en: "Container images travel inside the device image; a reboot without a link starts from them.",
        de: "Container-Images reisen im Geräte-Image; ein Neustart ohne Leitung läuft daraus.",
        es: "Las imágenes de contenedor viajan en la del dispositivo; un reinicio sin enlace arranca de ellas.",
        zh: "容器镜像随设备镜像下发；断网重启时直接使用。",
      },
      sources: [sources.k3sAirGap],
    },
    {
      id: "R2",
      when: (site) => site.answers.network === "air-gapped",
      choice: "site-registry",
      reason: {
        en: "Nothing outside answers: a registry inside the site holds images and artifacts, filled by hand.",
        de: "Draußen antwortet nichts: Eine Registry am Standort hält Images und Artefakte, von Hand befüllt.",
        es: "Fuera no responde nada: un registro dentro del sitio guarda imágenes y artefactos, cargado a mano.",
        zh: "外部无可用服务：站点内的镜像仓库存放镜像和制品，由人工填充。",
      },
      sources: [sources.k3sRegistry, sources.k3sAirGap],
    },
    {
      id: "R2",
      when: (site) => site.nodes >= siteRegistryFromNodes,
      choice: "site-registry",
      reason: (site) =>
        text(
          {
            en: "{nodes} nodes pull each image once over the uplink, then from a registry inside the site.",
            de: "{nodes} Knoten holen jedes Image einmal über die Leitung, danach aus einer Registry am Standort.",
            es: "{nodes} nodos descargan cada imagen una vez por el enlace y después de un registro dentro del sitio.",
            zh: "{nodes} 个节点的每个镜像只经上行链路下载一次，之后从站点内的镜像仓库获取。",
          },
          { nodes: site.nodes },
        ),
      sources: [sources.k3sRegistry],
    },
    {
      id: "R3",
      when: (site) => site.distribution === "k3s" && site.nodes >= 2 && site.topology !== "site-server",
      choice: "spegel",
      reason: {
        en: "K3s's embedded mirror: nodes of a site hand each other what one of them pulled, without another server.",
        de: "Der in K3s eingebaute Spiegel: Knoten eines Standorts reichen einander weiter, was einer geholt hat, ohne weiteren Server.",
        es: "El espejo integrado de K3s: los nodos de un sitio se pasan lo que uno descargó, sin otro servidor.",
        zh: "K3s 内嵌镜像分发：同站点节点互相传递已拉取的镜像，无需额外服务器。",
      },
      sources: [sources.k3sSpegel],
    },
    {
      id: "R4",
      when: (site) => site.sites >= mirrorFromSites,
      choice: "regional-mirror",
      reason: (site) =>
        text(
          {
            en: "{sites} sites pull from mirrors in their region, never from one public registry.",
            de: "{sites} Standorte holen aus Spiegeln ihrer Region, nie alle aus einer öffentlichen Registry.",
            es: "{sites} sitios descargan de espejos en su región, nunca todos de un registro público.",
            zh: "{sites} 个站点从所在区域的镜像源拉取，不会都去访问同一个公共仓库。",
          },
          { sites: site.sites },
        ),
      sources: [sources.k3sRegistry],
    },
    {
      id: "R5",
      when: always,
      choice: "direct",
      reason: {
        en: "A fleet this small may pull from the registry itself.",
        de: "Eine so kleine Flotte darf direkt aus der Registry holen.",
        es: "Una flota tan pequeña puede descargar del propio registro.",
        zh: "规模很小，可直接从镜像仓库拉取。",
      },
      sources: [sources.k3sRegistry],
    },
  ],
  whyNot: {
    direct: {
      when: (site) => site.gitops !== "none" && site.answers.network !== "air-gapped",
      why: {
        en: "Every node would fetch every layer over the uplink, and rate limits hit the whole fleet.",
        de: "Jeder Knoten holte jede Schicht über die Leitung, und Ratenlimits träfen die ganze Flotte.",
        es: "Cada nodo bajaría cada capa por el enlace, y los límites de tasa afectarían a toda la flota.",
        zh: "每个节点都要经上行链路下载每一层，限流会波及整个设备群。",
      },
      source: sources.k3sRegistry,
    },
    spegel: {
      when: (site) => site.distribution === "k3s" && site.gitops !== "none",
      why: {
        en: "Works between nodes of one cluster only: it needs two nodes at least, and cannot be pushed to.",
        de: "Wirkt nur zwischen Knoten eines Clusters: Es braucht mindestens zwei und nimmt keine Pushes an.",
        es: "Solo funciona entre nodos de un clúster: necesita al menos dos y no admite subir imágenes.",
        zh: "只在同一集群的节点之间有效：至少两个节点，且不能推送镜像。",
      },
      source: sources.k3sSpegel,
    },
    "site-registry": {
      when: (site) => site.gitops !== "none",
      why: {
        en: "Pays off from about ten nodes a site; on fewer it is one more thing to store, patch and watch.",
        de: "Lohnt sich ab etwa zehn Knoten je Standort; darunter ist es ein weiteres Teil zum Speichern, Patchen und Überwachen.",
        es: "Compensa a partir de unos diez nodos por sitio; con menos es otra pieza que almacenar, parchear y vigilar.",
        zh: "每站点约十个节点以上才划算；更少时只是多一个要存储、打补丁和监控的部件。",
      },
      source: sources.judgement,
    },
  },
};
