import { sources } from "#catalogue/sources.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import type { After, Site } from "./site.ts";

type Watch = "aggregated-push" | "store-and-forward" | "local-only";
const fewSites = 1_000;

/** X10: at most 50 to 100 aggregated series a site. */
export function seriesPerSite(site: Site, choice: Watch): number {
  if (choice === "local-only") return 0;
  return site.sites >= fewSites ? 50 : 100;
}

/** A silence shorter than the longest expected outage is no alert; an hour at least. */
export function silenceHours(site: Site): number {
  return Math.max(1, site.answers.outageHours);
}

/** How the fleet is seen without alerts for every cut link. */
export const observability: Family<Watch, After<"gitops">> = {
  hangsOn: ["network", "outageHours", "sites", "memoryMiB"],
  rows: [
    {
      id: "X10",
      when: (site) => site.answers.network === "air-gapped",
      choice: "local-only",
      reason: {
        en: "Nothing leaves the site: state is read on site, or carried out with the medium that brings updates.",
        de: "Nichts verlässt den Standort: Der Zustand wird vor Ort gelesen oder mit dem Update-Medium hinausgetragen.",
        es: "Nada sale del sitio: el estado se lee allí o se saca con el medio que trae las actualizaciones.",
        zh: "数据不出站点：状态在现场查看，或随更新介质带出。",
      },
      sources: [sources.judgement],
    },
    {
      id: "X10",
      when: (site) => site.gitops === "none",
      choice: "local-only",
      reason: {
        en: "No room for a metrics agent: the update server sees which image a device asks from, and when it last asked.",
        de: "Kein Platz für einen Metrik-Agenten: Der Update-Server sieht, mit welchem Image ein Gerät zuletzt wann gefragt hat.",
        es: "Sin espacio para un agente de métricas: el servidor de actualizaciones ve con qué imagen y cuándo preguntó cada equipo.",
        zh: "容不下指标代理：更新服务器可看到设备最近一次请求的时间和所用镜像。",
      },
      sources: [sources.judgement],
    },
    {
      id: "X10",
      when: (site) => site.answers.network === "stable",
      choice: "aggregated-push",
      reason: (site) =>
        text(
          {
            en: "{series} aggregated series a site are pushed out; {total} series for {sites} sites instead of 1,000 from each.",
            de: "{series} aggregierte Zeitreihen je Standort werden hinausgeschickt; {total} bei {sites} Standorten statt 1.000 von jedem.",
            es: "Cada sitio envía {series} series agregadas; {total} para {sites} sitios en lugar de 1000 de cada uno.",
            zh: "每站点推送 {series} 条聚合序列；{sites} 个站点共 {total} 条，而非每站 1,000 条。",
          },
          {
            series: seriesPerSite(site, "aggregated-push"),
            sites: site.sites,
            total: seriesPerSite(site, "aggregated-push") * site.sites,
          },
        ),
      sources: [sources.alloy, sources.judgement],
    },
    {
      id: "X10",
      when: always,
      choice: "store-and-forward",
      reason: (site) =>
        text(
          {
            en: "{series} series a site are kept while the link is down and sent when it returns; an alert follows {hours} hours of silence, not a lost link.",
            de: "{series} Zeitreihen je Standort bleiben ohne Leitung liegen und gehen danach hinaus; alarmiert wird nach {hours} Stunden Stille, nicht bei jedem Abriss.",
            es: "{series} series por sitio se guardan sin enlace y se envían al volver; se alerta tras {hours} horas de silencio, no por un corte.",
            zh: "每站点 {series} 条序列在断网时暂存、恢复后发送；静默满 {hours} 小时才告警，而不是一断网就告警。",
          },
          { series: seriesPerSite(site, "store-and-forward"), hours: silenceHours(site) },
        ),
      sources: [sources.alloy, sources.judgement],
    },
  ],
  whyNot: {
    "aggregated-push": {
      when: (site) => site.gitops !== "none" && site.answers.network !== "air-gapped",
      why: {
        en: "Loses what was measured while the link was down.",
        de: "Verliert, was während der Unterbrechung gemessen wurde.",
        es: "Pierde lo medido mientras el enlace estuvo caído.",
        zh: "断网期间的测量数据会丢失。",
      },
      source: sources.judgement,
    },
    "local-only": {
      when: (site) => site.gitops !== "none",
      why: {
        en: "Leaves the fleet unseen although the link would carry a few series.",
        de: "Lässt die Flotte ungesehen, obwohl die Leitung ein paar Zeitreihen trüge.",
        es: "Deja la flota sin ver aunque el enlace admitiría unas pocas series.",
        zh: "链路明明能传少量序列，却看不到设备群状态。",
      },
      source: sources.judgement,
    },
  },
};
