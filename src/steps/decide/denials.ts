import type { Decisions, DeniedWish } from "#model/decision.ts";
import { type Text, text } from "#model/text.ts";
import type { Denial } from "./denials/denial.ts";
import { hardware } from "./denials/hardware.ts";
import { named } from "./denials/named.ts";
import { platform } from "./denials/platform.ts";
import type { Site } from "./site.ts";

const denials: readonly Denial[] = [...hardware, ...platform, ...named];

/** Everything asked for that these decisions do not hold, with the reason and what does work. */
export function deniedOf(site: Site, decisions: Decisions): DeniedWish[] {
  const values = {
    mib: site.memoryMiB,
    nodes: site.nodes,
    sites: site.sites,
    storage: site.answers.storage,
    distro: site.answers.distro === "auto" ? "K3s" : site.facts.distros[site.answers.distro].id,
  };
  const say = (words: Text | ((site: Site, decisions: Decisions) => Text)): Text =>
    text(typeof words === "function" ? words(site, decisions) : words, values);
  return denials
    .filter(({ when }) => when(site, decisions))
    .map(({ id, wish, why, instead, source }) => ({
      id,
      wish: say(wish),
      why: say(why),
      instead: say(instead),
      source,
    }));
}
