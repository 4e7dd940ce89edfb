import type { Brief } from "#model/brief.ts";
import type { Verdict } from "#model/decision.ts";
import type { File, Part, Section } from "#model/plan.ts";
import { type Text, text } from "#model/text.ts";

/** What every section is written from. */
export type Material = { brief: Brief; verdict: Verdict; files: readonly File[] };

/** Writes one section, or nothing where it has nothing to say. */
export type Write = (material: Material) => Section | undefined;

export function paragraph(words: Text, values: Parameters<typeof text>[1] = {}): Part {
  return { kind: "paragraph", text: text(words, values) };
}

export function list(
  items: readonly (Text | false | undefined)[],
  values: Parameters<typeof text>[1] = {},
): Part {
  return {
    kind: "list",
    items: items.filter((item): item is Text => Boolean(item)).map((item) => text(item, values)),
  };
}

/** The first file of the repository whose path matches, to be shown by its path. */
export function file(files: readonly File[], path: RegExp): Part[] {
  const found = files.find((candidate) => path.test(candidate.path));
  return found ? [{ kind: "file", path: found.path }] : [];
}

/** How many of a thing, as a phrase that reads right for one and for many. */
export function counted(count: number, one: Text, many: Text): Text {
  return text(count === 1 ? one : many, { count });
}

export const nodesPhrase = (count: number) =>
  counted(
    count,
    { en: "one node", de: "einem Knoten", es: "un nodo", zh: "1 个节点" },
    { en: "{count} nodes", de: "{count} Knoten", es: "{count} nodos", zh: "{count} 个节点" },
  );

export const agentsPhrase = (count: number) =>
  counted(
    count,
    { en: "one agent", de: "ein Agent", es: "un agente", zh: "1 台 agent" },
    { en: "{count} agents", de: "{count} Agents", es: "{count} agentes", zh: "{count} 台 agent" },
  );
