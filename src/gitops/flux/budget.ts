import type { CompleteAnswers } from "#model/brief.ts";
import type { BudgetRow, Decisions } from "#model/decision.ts";
import { verbatim } from "#model/text.ts";

/** What each controller requests and may use at most on an edge node. */
export const controllers = {
  // Measured 49 Mi at 100 objects (Flux 2.9.0, flux-benchmark e09c5330); upstream allows 1 Gi.
  "source-controller": { requestMiB: 64, limitMiB: 192, cpu: "50m" },
  // Measured 134 Mi at 100 objects, concurrency 10 to 20; ours runs two at a time.
  "kustomize-controller": { requestMiB: 64, limitMiB: 256, cpu: "100m" },
  // Measured 286 Mi at 100 releases, concurrency 10 to 20.
  "helm-controller": { requestMiB: 64, limitMiB: 320, cpu: "100m" },
} as const;

/** The operator that installs Flux and keeps it as it was; its chart requests 100m and 64Mi, and allows 1Gi. */
export const operator = { requestMiB: 64, limitMiB: 192, cpu: "50m" } as const;

export type Controller = keyof typeof controllers;

/** The controllers a site runs: notification and image controllers never, helm-controller where a chart is installed. */
export function controllersFor({ charts }: { charts: boolean }): Controller[] {
  const minimal: Controller[] = ["source-controller", "kustomize-controller"];
  return charts ? [...minimal, "helm-controller"] : minimal;
}

/** Whether a set installs charts: the sample workload, or the operator that fetches secrets. */
export function usesCharts({ templating, secrets }: Pick<Decisions, "templating" | "secrets">): boolean {
  return templating.choice === "helm" || secrets.choice === "external-secrets";
}

/** One row a controller, as upstream requests it. */
export function budget(
  answers: CompleteAnswers,
  decisions?: Pick<Decisions, "templating" | "secrets">,
): BudgetRow[] {
  const charts = decisions ? usesCharts(decisions) : answers.templating === "helm";
  const rows: BudgetRow[] = controllersFor({ charts }).map((name) => ({
    component: verbatim(`Flux ${name}`),
    mib: controllers[name].requestMiB,
    basis: "requested",
    counted: true,
    source: {
      title: `Flux ${name}, config/manager/deployment.yaml`,
      url: `https://github.com/fluxcd/${name}`,
    },
  }));
  const source = {
    title: "Flux Operator, chart values",
    url: "https://github.com/controlplaneio-fluxcd/charts/tree/main/charts/flux-operator",
  };
  return [
    ...rows,
    {
      component: verbatim("Flux Operator"),
      mib: operator.requestMiB,
      basis: "requested",
      counted: true,
      source,
    },
  ];
}
