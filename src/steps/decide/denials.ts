import type { Decisions, DeniedWish } from "#model/decision.ts";
import type { Site } from "./site.ts";
export function deniedOf(_site: Site, _decisions: Decisions): DeniedWish[] {
  return [];
}
