import type { BudgetRow } from "#model/decision.ts";
import { verbatim } from "#model/text.ts";

/**
 * What each part of Argo CD core requests and may use. Upstream sets nothing; the commented suggestions of the
 * argo-helm chart (af0a9310) are the floor, the repo-server's raised because it also renders.
 */
export const parts = {
  "application-controller": { requestMiB: 256, limitMiB: 512, cpu: "250m" },
  "repo-server": { requestMiB: 128, limitMiB: 256, cpu: "10m" },
  redis: { requestMiB: 64, limitMiB: 128, cpu: "100m" },
} as const;

export type ArgoPart = keyof typeof parts;

const chart = {
  title: "argo-helm, charts/argo-cd/values.yaml",
  url: "https://github.com/argoproj/argo-helm/blob/main/charts/argo-cd/values.yaml",
};

/** One row a part of the core installation; server, dex, notifications and applicationset do not run. */
export function budget(): BudgetRow[] {
  return (Object.keys(parts) as ArgoPart[]).map((name) => ({
    component: verbatim(`Argo CD ${name}`),
    mib: parts[name].requestMiB,
    basis: "requested",
    counted: true,
    note: {
      en: "Requested by this repository; Argo CD itself publishes no footprint and sets no requests.",
      de: "Von diesem Repository angefordert; Argo CD selbst veröffentlicht keinen Bedarf und setzt keine Requests.",
      es: "Solicitado por este repositorio; Argo CD no publica consumos ni fija requests.",
      zh: "由本仓库申请；Argo CD 自身未公布占用，也未设置 requests。",
    },
    source: chart,
  }));
}
