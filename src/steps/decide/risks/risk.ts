import type { Decisions, Source } from "#model/decision.ts";
import type { Text } from "#model/text.ts";
import type { Site } from "../site.ts";

/**
 * One risk that may stay; sentences may name `{mib}`, `{nodes}` and `{sites}`, and, where a budget does not fit, `{tightMib}` and
 * `{missingMib}` of the node that lacks most.
 */
export type RiskRow = {
  id: string;
  when: (site: Site, decisions: Decisions) => boolean;
  risk: Text;
  measure: Text;
  source: Source;
};
