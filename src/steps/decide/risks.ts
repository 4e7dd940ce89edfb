import type { Decisions, Risk } from "#model/decision.ts";
import { text } from "#model/text.ts";
import { operation } from "./risks/operation.ts";
import { security } from "./risks/security.ts";
import type { Site } from "./site.ts";

const risks = [...security, ...operation];

/** The risks that stay after everything decided, with what lowers each. */
export function risksOf(site: Site, decisions: Decisions): Risk[] {
  const values = { mib: site.memoryMiB, nodes: site.nodes, sites: site.sites };
  return risks
    .filter(({ when }) => when(site, decisions))
    .map(({ id, risk, measure, source }) => ({
      id,
      risk: text(risk, values),
      measure: text(measure, values),
      source,
    }));
}
