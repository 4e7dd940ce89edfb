import type { Decisions, Source } from "#model/decision.ts";
import type { Text } from "#model/text.ts";
import type { Site } from "../site.ts";

export type Words = Text | ((site: Site, decisions: Decisions) => Text);

/**
 * One thing that may be asked for and cannot be had. Sentences may name `{mib}`, `{nodes}`, `{sites}`, `{storage}` and
 * `{distro}`. `when` sees the decisions, so that nothing is denied that they hold.
 */
export type Denial = {
  id: string;
  when: (site: Site, decisions: Decisions) => boolean;
  wish: Words;
  why: Words;
  instead: Words;
  source: Source;
};
