import type { Decisions, Risk } from "#model/decision.ts";
import type { Site } from "./site.ts";
export function risksOf(_site: Site, _decisions: Decisions): Risk[] {
  return [];
}
