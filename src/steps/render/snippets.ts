import type { Block } from "#model/block.ts";
import type { Plan } from "#model/plan.ts";
import type { Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";

/** YAML a model added and every check passed, apart from the repository, and said to be so. */
export function snippetBlocks(
  { snippets = [] }: Plan,
  { say, language }: { say: Say; language: Language },
): Block[] {
  if (snippets.length === 0) return [];
  return [
    { kind: "heading", level: 2, text: say("plan.snippets.heading") },
    { kind: "paragraph", text: say("plan.snippets.note") },
    ...snippets.flatMap(({ name, title, purpose, content }): Block[] => [
      { kind: "paragraph", text: `**${title[language]}**: ${purpose[language]}` },
      { kind: "code", language: "yaml", title: name, text: content },
    ]),
  ];
}
