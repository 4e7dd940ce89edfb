import { sources } from "#catalogue/sources.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import type { After, Site } from "./site.ts";

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
        es: "Los artefactos se llevan a un registro dentro del sitio; el agente los descarga de allí como de cualquier otro lugar.",
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
