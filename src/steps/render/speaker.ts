import { sources as knownSources } from "#catalogue/sources.ts";
import type { Block } from "#model/block.ts";
import type { Source, Topic } from "#model/decision.ts";
import type { Plan } from "#model/plan.ts";
import type { Say } from "#model/platform.ts";
import { formatNumber, type Language, type Text } from "#model/text.ts";

/** In whose words a plan is told. */
export type Speaker = { say: Say; language: Language };

/** A number the way the language writes it. */
export function number(value: number, language: Language, digits = 2): string {
  return formatNumber(value, language, digits);
}

/** A choice by the name people know it by; a key without words stays as it is. */
export function choiceWords(topic: Topic, choice: string, { say }: Speaker): string {
  const key = `choice.${topic}.${choice}`;
  // What is only ever rejected (Talos, RKE2) is named where wishes are.
  for (const known of [key, `wish.${choice}`]) {
    const words = say(known);
    if (words !== known) return words;
  }
  return choice;
}

/** A decision's choice with its version where it has one. */
export function decisionWords(plan: Plan, topic: Topic, speaker: Speaker): string {
  const { choice, params } = plan.decisions[topic];
  const words = choiceWords(topic, choice, speaker);
  const version = "version" in params && choice !== "none" ? params.version : "";
  return version === "" ? words : `${words} ${version}`;
}

/** Each page once, in the order in which it is first named. */
export function uniqueSources(sources: readonly (Source | undefined)[]): Source[] {
  const byTitle = new Map<string, Source>();
  for (const source of sources) {
    if (!source) continue;
    const key = source.url ?? source.title;
    if (!byTitle.has(key)) byTitle.set(key, source);
  }
  return [...byTitle.values()];
}

/** A page keeps its own title; our own judgement is named in the reader's language. */
export function sourceTitle({ title }: Source, say: Say): string {
  return title === judged ? say("plan.judgement") : title;
}

const judged = knownSources.judgement.title;

/** Small print with the pages, or nothing where there is none. */
export function sourcesBlocks(sources: readonly (Source | undefined)[], { say }: Speaker): Block[] {
  const unique = uniqueSources(sources).map((source) => ({ ...source, title: sourceTitle(source, say) }));
  return unique.length === 0 ? [] : [{ kind: "sources", sources: unique }];
}

/** A paragraph in the plan's language. */
export function paragraph(words: Text, { language }: Speaker): Block {
  return { kind: "paragraph", text: words[language] };
}
