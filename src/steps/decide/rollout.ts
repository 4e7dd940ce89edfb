import { sources } from "#catalogue/sources.ts";
import type { Ring } from "#model/decision.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import type { Site } from "./site.ts";

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
