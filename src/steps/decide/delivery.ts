import { sources } from "#catalogue/sources.ts";
import type { Ring } from "#model/decision.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import type { After, Site } from "./site.ts";

type Engine = "flux" | "argocd" | "none";
type EngineSite = After<"distribution" | "topology">;

/** Memory of the node the engine runs on: of the added server where there is one, else of the weakest device. */
export function engineMiB(site: EngineSite): number {
  return site.topology === "site-server" ? 2048 : site.memoryMiB;
}

/** A hub that pushes is never built, but it says which engine a team knows. */
function wantsArgocd(site: Site): boolean {
  if (site.answers.gitops === "argocd") return true;
  return site.answers.gitops === "auto" && site.wishes.has("argocd-hub");
}

/** Section 10: which agent pulls on a site. */
export const gitops: Family<Engine, EngineSite> = {
  hangsOn: ["memoryMiB", "gitops", "nodesPerSite", "distro", "wishes"],
  rows: [
    {
      id: "G1",
      when: (site) => site.distribution === "none" || engineMiB(site) < site.facts.engines.flux.minimumMiB,
      choice: "none",
      reason: (site) =>
        text(
          {
            en: "{mib} MiB leaves no room for an agent: the manifests travel in the device image, which the device pulls itself.",
            de: "{mib} MiB lassen keinen Platz für einen Agenten: Die Manifeste reisen im Geräte-Image, das sich das Gerät selbst holt.",
            es: "{mib} MiB no dejan sitio para un agente: los manifiestos viajan en la imagen, que el dispositivo descarga por sí mismo.",
            zh: "{mib} MiB 容不下代理：清单随设备镜像下发，由设备自行拉取。",
          },
          { mib: site.memoryMiB },
        ),
      sources: [sources.k0sRequirements, sources.judgement],
    },
    {
      id: "G3",
      when: (site) => wantsArgocd(site) && engineMiB(site) >= site.facts.engines.argocd.minimumMiB,
      choice: "argocd",
      reason: {
        en: "You named it, and 4 GB carries its core set with explicit requests and limits, one instance inside each site.",
        de: "Ausdrücklich gewünscht, und 4 GB tragen den Kern mit expliziten Requests und Limits, eine Instanz in jedem Standort.",
        es: "Usted lo indicó, y 4 GB soportan su núcleo con requests y limits explícitos, una instancia en cada sitio.",
        zh: "这是明确指定的选择；4 GB 可承载其核心组件（显式设置 requests 和 limits），每站点一个实例。",
      },
      sources: [sources.argocd, sources.argocdOperator],
    },
    {
      id: "G2",
      when: (site) => engineMiB(site) < site.facts.engines.argocd.minimumMiB,
      choice: "flux",
      reason: {
        en: "source-controller and kustomize-controller request 128 MiB together, and pull from inside the site.",
        de: "source-controller und kustomize-controller fordern zusammen 128 MiB an und holen von innen aus dem Standort.",
        es: "source-controller y kustomize-controller solicitan 128 MiB en total y tiran desde dentro del sitio.",
        zh: "source-controller 和 kustomize-controller 合计申请 128 MiB，从站点内部主动拉取。",
      },
      sources: [sources.flux, sources.fluxBenchmark],
    },
    {
      id: "G5",
      when: always,
      choice: "flux",
      reason: {
        en: "One agent per site pulls from inside, reads OCI artifacts and decrypts SOPS by itself, at 128 MiB requested.",
        de: "Ein Agent je Standort holt von innen, liest OCI-Artefakte und entschlüsselt SOPS selbst, bei 128 MiB Anforderung.",
        es: "Un agente por sitio tira desde dentro, lee artefactos OCI y descifra SOPS por sí mismo, con 128 MiB solicitados.",
        zh: "每站点一个代理从内部拉取，可读 OCI 制品并自行解密 SOPS，仅申请 128 MiB。",
      },
      sources: [sources.flux, sources.fluxBenchmark],
    },
  ],
  whyNot: {
    flux: {
      why: (site) =>
        site.distribution === "none" || engineMiB(site) < 2048
          ? {
              en: "Flux needs a cluster with about 2 GB a node; measured peaks are 49 and 134 MiB at 100 objects.",
              de: "Flux braucht einen Cluster mit rund 2 GB je Knoten; gemessene Spitzen sind 49 und 134 MiB bei 100 Objekten.",
              es: "Flux necesita un clúster con unos 2 GB por nodo; los picos medidos son 49 y 134 MiB con 100 objetos.",
              zh: "Flux 需要每节点约 2 GB 的集群；100 个对象时实测峰值为 49 和 134 MiB。",
            }
          : {
              en: "Fits too, at about a quarter of the memory; Argo CD was asked for.",
              de: "Passt ebenfalls, mit etwa einem Viertel des Speichers; gewünscht war Argo CD.",
              es: "También cabe, con una cuarta parte de la memoria; se pidió Argo CD.",
              zh: "同样可行，内存约为四分之一；但指定的是 Argo CD。",
            },
      source: sources.fluxBenchmark,
    },
    argocd: {
      why: (site) =>
        engineMiB(site) < 4096
          ? {
              en: "Publishes no footprint; operator defaults of the core set request 1,920 MiB. From 4 GB on.",
              de: "Veröffentlicht keinen Speicherbedarf; Operator-Vorgaben des Kerns fordern 1.920 MiB an. Ab 4 GB.",
              es: "No publica su consumo; los valores del operador para el núcleo solicitan 1920 MiB. Desde 4 GB.",
              zh: "未公布内存占用；operator 默认值下核心组件申请 1,920 MiB。4 GB 起。",
            }
          : {
              en: "Fits at 4 GB with limits set; it needs more memory and does not decrypt SOPS itself.",
              de: "Passt ab 4 GB mit gesetzten Limits; es braucht mehr Speicher und entschlüsselt SOPS nicht selbst.",
              es: "Cabe con 4 GB y límites fijados; necesita más memoria y no descifra SOPS por sí mismo.",
              zh: "4 GB 并设置 limits 时可行；但更耗内存，且不能自行解密 SOPS。",
            },
      source: sources.argocdOperator,
    },
  },
};

type Delivery = "git" | "oci" | "image";
type DeliverySite = After<"gitops">;

const ociFrom = 1_000;
const ociNeededFrom = 5_000;
/** GitHub asks for at most 15 git reads a second per repository. */
const gitReadsPerSecond = 15;
const sourcesPerSite = 1;
const usualInterval = { stable: 300, "low-bandwidth": 900, intermittent: 600, "air-gapped": 3_600 } as const;
const imageIntervalSeconds = 21_600;

/** X1: a Git repository is asked no more than 15 times a second by the whole fleet. */
export function intervalSeconds(site: Site, choice: Delivery): number {
  if (choice === "image") return imageIntervalSeconds;
  const usual = usualInterval[site.answers.network];
  if (choice === "oci") return usual;
  return Math.max(usual, Math.ceil((site.sites * sourcesPerSite) / gitReadsPerSecond));
}

/** After a failed pull the next try comes sooner, so that a site catches up when its link returns. */
export function retrySeconds(site: Site, choice: Delivery): number {
  if (choice === "image") return 3_600;
  return Math.min(intervalSeconds(site, choice), site.answers.network === "stable" ? 60 : 120);
}

/** X1 and X2: what the agents pull from. */
export const delivery: Family<Delivery, DeliverySite> = {
  hangsOn: ["sites", "network", "memoryMiB", "gitops"],
  rows: [
    {
      id: "G1",
      when: (site) => site.gitops === "none",
      choice: "image",
      reason: {
        en: "A/B images the device pulls: still no inbound port, and a failed boot falls back to the old image.",
        de: "A/B-Images, die das Gerät holt: weiterhin kein eingehender Port, und ein misslungener Start fällt auf das alte Image zurück.",
        es: "Imágenes A/B que el dispositivo descarga: sin puertos entrantes, y un arranque fallido vuelve a la imagen anterior.",
        zh: "设备自行拉取 A/B 镜像：依然没有入站端口，启动失败则回退到旧镜像。",
      },
      sources: [sources.judgement],
    },
    {
      id: "P6",
      when: (site) => site.answers.network === "air-gapped",
      choice: "oci",
      reason: {
        en: "Artifacts are carried to a registry inside the site; the agent pulls from there as it would from anywhere.",
        de: "Artefakte werden zu einer Registry am Standort getragen; der Agent holt sie dort wie überall sonst.",
        es: "Los artefactos se llevan a un registro dentro del sitio; el agente tira de allí como de cualquier lugar.",
        zh: "制品由人带入站点内的镜像仓库；代理照常从那里拉取。",
      },
      sources: [sources.fluxOci, sources.k3sAirGap],
    },
    {
      id: "X2",
      when: (site) => site.sites >= ociNeededFrom,
      choice: "oci",
      reason: (site) =>
        text(
          {
            en: "{sites} sites on one Git repository would need {minutes} minutes between polls; CI pushes one artifact per set and ring instead.",
            de: "{sites} Standorte an einem Git-Repository bräuchten {minutes} Minuten zwischen zwei Abfragen; stattdessen legt die CI ein Artefakt je Satz und Ring ab.",
            es: "{sites} sitios contra un repositorio Git exigirían {minutes} minutos entre consultas; CI publica un artefacto por conjunto y anillo.",
            zh: "{sites} 个站点轮询同一个 Git 仓库，间隔至少要 {minutes} 分钟；改由 CI 按集合和环推送 OCI 制品。",
          },
          { sites: site.sites, minutes: Math.ceil(site.sites / gitReadsPerSecond / 60) },
        ),
      sources: [sources.githubLimits, sources.fluxOci],
    },
    {
      id: "X2",
      when: (site) => site.sites >= ociFrom,
      choice: "oci",
      reason: {
        en: "Recommended from 1,000 sites and needed from 5,000: artifacts per set and ring, Git stays the source for CI.",
        de: "Ab 1.000 Standorten empfohlen, ab 5.000 nötig: Artefakte je Satz und Ring, Git bleibt die Quelle der CI.",
        es: "Recomendado desde 1000 sitios y necesario desde 5000: artefactos por conjunto y anillo; Git sigue siendo la fuente de CI.",
        zh: "1,000 个站点起建议、5,000 个起必需：按集合和环发布制品，Git 仍是 CI 的源。",
      },
      sources: [sources.githubLimits, sources.fluxOci],
    },
    {
      id: "X1",
      when: always,
      choice: "git",
      reason: (site) =>
        text(
          {
            en: "{sites} sites every {seconds} s are {rate} reads a second; GitHub asks for 15 at most.",
            de: "{sites} Standorte alle {seconds} s ergeben {rate} Lesezugriffe je Sekunde; GitHub bittet um höchstens 15.",
            es: "{sites} sitios cada {seconds} s son {rate} lecturas por segundo; GitHub pide 15 como máximo.",
            zh: "{sites} 个站点每 {seconds} 秒轮询一次，即每秒 {rate} 次读取；GitHub 要求不超过 15 次。",
          },
          {
            sites: site.sites,
            seconds: intervalSeconds(site, "git"),
            rate: Math.round((site.sites / intervalSeconds(site, "git")) * 100) / 100,
          },
        ),
      sources: [sources.githubLimits, sources.flux],
    },
  ],
  whyNot: {
    git: {
      when: (site) => site.gitops !== "none",
      why: (site) =>
        text(
          {
            en: "At Flux's default of 1 minute {sites} sites read {rate} times a second; GitHub asks for 15 at most.",
            de: "Bei der Flux-Vorgabe von 1 Minute lesen {sites} Standorte {rate}-mal je Sekunde; GitHub bittet um höchstens 15.",
            es: "Con el minuto por defecto de Flux, {sites} sitios leen {rate} veces por segundo; GitHub pide 15 como máximo.",
            zh: "按 Flux 默认的 1 分钟，{sites} 个站点每秒读取 {rate} 次；GitHub 要求不超过 15 次。",
          },
          { sites: site.sites, rate: Math.max(1, Math.round(site.sites / 60)) },
        ),
      source: sources.githubLimits,
    },
    oci: {
      when: (site) => site.gitops !== "none",
      why: {
        en: "Worth its CI step from 1,000 sites; below that Git alone is simpler to read and to undo.",
        de: "Lohnt den CI-Schritt ab 1.000 Standorten; darunter ist Git allein leichter zu lesen und zurückzunehmen.",
        es: "Compensa el paso de CI desde 1000 sitios; por debajo, solo Git es más fácil de leer y revertir.",
        zh: "1,000 个站点以上才值得增加 CI 步骤；更少时直接用 Git 更易读、易回退。",
      },
      source: sources.fluxOci,
    },
    image: {
      when: (site) => site.memoryMiB < 4096,
      why: {
        en: "A changed line would mean a new device image; an agent fits here, so it is not needed.",
        de: "Jede geänderte Zeile hieße ein neues Geräte-Image; hier passt ein Agent, also ist das unnötig.",
        es: "Cada línea cambiada exigiría una imagen nueva; aquí cabe un agente, así que no hace falta.",
        zh: "改一行就要重做设备镜像；此处容得下代理，没有必要。",
      },
      source: sources.judgement,
    },
  },
};

/** Kustomize unless Helm was asked for. */
export const templating: Family<"kustomize" | "helm", Site> = {
  hangsOn: ["templating"],
  rows: [
    {
      id: "T1",
      when: (site) => site.answers.templating === "helm",
      choice: "helm",
      reason: {
        en: "You named it: charts for the applications, values per set; Flux then runs helm-controller too (64 MiB requested).",
        de: "Ausdrücklich gewünscht: Charts für die Anwendungen, Werte je Satz; bei Flux läuft dann auch der helm-controller (64 MiB).",
        es: "Usted lo indicó: charts para las aplicaciones, valores por conjunto; con Flux se suma helm-controller (64 MiB).",
        zh: "这是明确指定的选择：应用用 chart，按集合给 values；使用 Flux 时还要运行 helm-controller（64 MiB）。",
      },
      sources: [sources.helm, sources.flux],
    },
    {
      id: "T1",
      when: always,
      choice: "kustomize",
      reason: {
        en: "A base and overlays per region and device type: plain YAML that a review can read as it is applied.",
        de: "Eine Base und Overlays je Region und Gerätetyp: reines YAML, im Review so lesbar, wie es angewendet wird.",
        es: "Una base y overlays por región y tipo de dispositivo: YAML puro que se revisa tal como se aplica.",
        zh: "一个 base 加按区域和设备类型划分的 overlay：评审看到的 YAML 就是实际应用的内容。",
      },
      sources: [sources.kustomize],
    },
  ],
  whyNot: {
    kustomize: {
      why: {
        en: "Fits and needs no further controller; Helm was asked for.",
        de: "Passt und braucht keinen weiteren Controller; gewünscht war Helm.",
        es: "Encaja y no necesita otro controlador; se pidió Helm.",
        zh: "可行且无需额外控制器；但指定的是 Helm。",
      },
      source: sources.kustomize,
    },
    helm: {
      why: {
        en: "Templates hide what is applied, and helm-controller peaked at 286 MiB with 100 releases.",
        de: "Templates verbergen, was angewendet wird, und der helm-controller erreichte 286 MiB bei 100 Releases.",
        es: "Las plantillas ocultan lo que se aplica, y helm-controller alcanzó 286 MiB con 100 releases.",
        zh: "模板会掩盖实际应用的内容；helm-controller 在 100 个 release 时峰值达 286 MiB。",
      },
      source: sources.fluxBenchmark,
    },
  },
};

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

const steps = [
  { name: "canary", permille: 1 },
  { name: "pilot", permille: 10 },
  { name: "early", permille: 100 },
  { name: "broad", permille: 500 },
] as const;

/** X4: rings of 0.1, 1, 10, 50 and 100 percent of the sites; one that would add no site is left out. */
export function ringsOf(site: Site): Ring[] {
  const soakHours = Math.round(Math.min(168, Math.max(24, site.answers.outageHours)));
  const rings: Ring[] = [];
  let reached = 0;
  for (const { name, permille } of steps) {
    const sites = Math.max(1, Math.ceil((site.sites * permille) / 1000));
    if (sites <= reached || sites >= site.sites) continue;
    rings.push({ name, percent: permille / 10, sites, soakHours });
    reached = sites;
  }
  return [...rings, { name: "all", percent: 100, sites: site.sites, soakHours: 0 }];
}

/** X4: changes reach the fleet ring by ring. */
export const rollout: Family<"rings", Site> = {
  hangsOn: ["sites", "outageHours"],
  rows: [
    {
      id: "X4",
      when: always,
      choice: "rings",
      reason: (site) =>
        text(
          {
            en: "{rings} rings up to {sites} sites; each soaks longer than a usual outage, so that a silent site still counts.",
            de: "{rings} Ringe bis {sites} Standorte; jeder reift länger als ein üblicher Ausfall, damit auch ein stiller Standort zählt.",
            es: "{rings} anillos hasta {sites} sitios; cada uno madura más que un corte habitual, para que cuente también un sitio mudo.",
            zh: "{rings} 个环，直至 {sites} 个站点；每环观察时间长于常见断网时长，暂时失联的站点也计入。",
          },
          { rings: ringsOf(site).length, sites: site.sites },
        ),
      sources: [sources.judgement],
    },
  ],
  whyNot: {},
};
