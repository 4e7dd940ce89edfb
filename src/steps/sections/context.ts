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

type Unit = { seconds: number; one: Text; many: Text; each: Text };

const units: readonly Unit[] = [
  {
    seconds: 3_600,
    one: { en: "one hour", de: "einer Stunde", es: "una hora", zh: "1 小时" },
    many: { en: "{count} hours", de: "{count} Stunden", es: "{count} horas", zh: "{count} 小时" },
    each: { en: "every hour", de: "jede Stunde", es: "cada hora", zh: "每小时" },
  },
  {
    seconds: 60,
    one: { en: "one minute", de: "einer Minute", es: "un minuto", zh: "1 分钟" },
    many: { en: "{count} minutes", de: "{count} Minuten", es: "{count} minutos", zh: "{count} 分钟" },
    each: { en: "every minute", de: "jede Minute", es: "cada minuto", zh: "每分钟" },
  },
  {
    seconds: 1,
    one: { en: "one second", de: "einer Sekunde", es: "un segundo", zh: "1 秒" },
    many: { en: "{count} seconds", de: "{count} Sekunden", es: "{count} segundos", zh: "{count} 秒" },
    each: { en: "every second", de: "jede Sekunde", es: "cada segundo", zh: "每秒" },
  },
];
const unitOf = (time: number) => units.find(({ seconds }) => time >= seconds && time % seconds === 0)!;

/** Seconds as people say them after "within": "10 minutes", "einer Stunde". */
export function duration(seconds: number): Text {
  const unit = unitOf(seconds);
  return counted(seconds / unit.seconds, unit.one, unit.many);
}

/** How often: "every 10 minutes", "jede Stunde". */
export function every(seconds: number): Text {
  const unit = unitOf(seconds);
  if (seconds === unit.seconds) return unit.each;
  const time = duration(seconds);
  return text({ en: "every {time}", de: "alle {time}", es: "cada {time}", zh: "每 {time}" }, { time });
}

/** Several sentences as one text, those that do not apply left out. */
export function sentences(parts: readonly (Text | false | undefined)[]): Text {
  const said = parts.filter((part): part is Text => Boolean(part));
  const join = (language: "en" | "de" | "es" | "zh") =>
    said.map((part) => part[language]).join(language === "zh" ? "" : " ");
  return { en: join("en"), de: join("de"), es: join("es"), zh: join("zh") };
}

export const agentsPhrase = (count: number) =>
  counted(
    count,
    { en: "one agent", de: "ein Agent", es: "un agente", zh: "1 台 agent" },
    { en: "{count} agents", de: "{count} Agents", es: "{count} agentes", zh: "{count} 台 agent" },
  );
