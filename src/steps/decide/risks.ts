import type { Decisions, Risk } from "#model/decision.ts";
import { text } from "#model/text.ts";
import { budgetsOf } from "./budget.ts";
import { operation } from "./risks/operation.ts";
import { security } from "./risks/security.ts";
import type { Site } from "./site.ts";

const risks = [...security, ...operation];

/** The risks that stay after everything decided, with what lowers each. */
export function risksOf(site: Site, decisions: Decisions): Risk[] {
  const values = { mib: site.memoryMiB, nodes: site.nodes, sites: site.sites, ...tightest(site, decisions) };
  return risks
    .filter(({ when }) => when(site, decisions))
    .map(({ id, risk, measure, source }) => ({
      id,
      risk: text(risk, values),
      measure: text(measure, values),
      source,
    }));
}

/** The node that lacks most: its memory, and what is missing in it, both in MiB; nothing where every node fits. */
function tightest(site: Site, decisions: Decisions): { tightMib: number; missingMib: number } | undefined {
  return budgetsOf(site, decisions)
    .filter(({ fits }) => !fits)
    .map(({ memoryMiB, reserveMiB, rows }) => ({
      tightMib: memoryMiB,
      missingMib: rows.reduce((sum, { mib, counted }) => sum + (counted ? mib : 0), reserveMiB) - memoryMiB,
    }))
    .sort((a, b) => b.missingMib - a.missingMib)[0];
}
