import { type Language, languages } from "#model/text.ts";
import { createSpeech } from "../../../src/app/speech.ts";
import type { Act, Story, Way } from "./types.ts";

const say = createSpeech();

/** A fleet that is described so fully that nothing is asked. */
const fleets: Record<Language, string> = {
  en: "500 shops, one amd64 box each with 8 GB and SSD, stable link, Flux, locked cabinet",
  de: "500 Filialen, je ein amd64-Gerät mit 8 GB und SSD, stabile Leitung, Flux, abgeschlossener Schrank",
  es: "500 tiendas con un equipo amd64 cada una, 8 GB y SSD, enlace estable, Flux, armario cerrado con llave",
  zh: "500 家门店，每家一台 amd64 设备，8 GB 内存，SSD，网络稳定，使用 Flux，设备锁在机柜里",
};

/** From a description to the whole plan, its files and its zip; with `asks`, one question is answered by a button before. */
export function planStory(
  name: string,
  { language, way, asks = false }: { language: Language; way: Way; asks?: boolean },
): Story {
  const words = say(language);
  const generate = words("button.generate");
  const plan: Act = { press: generate, until: { button: words("button.zip"), file: "fleet-r1.zip" } };
  const fleet = fleets[language];
  const common = { name, language, way, plans: 1 };
  if (!asks) return { ...common, kind: "plan", opening: fleet, until: { button: generate }, acts: [plan] };
  // Who can get at the device is what each description ends with.
  const opening = fleet.slice(0, Math.max(fleet.lastIndexOf(","), fleet.lastIndexOf("，")));
  const access = words("ask.exposure.choice.locked");
  return {
    ...common,
    ...{ kind: "asked", opening, until: { button: access } },
    acts: [{ press: access, until: { button: generate } }, plan],
  };
}

/** A manifest with a name of its own and a fault that the check names. */
const manifest = (name: string): string =>
  [
    "```",
    "apiVersion: v1",
    "kind: Pod",
    `metadata: {name: ${name}, namespace: edge}`,
    "spec:",
    "  containers:",
    `    - {name: app, image: "registry.example.com/app:latest"}`,
    "```",
  ].join("\n");

const fenced = (name: string): string => manifest(`${name}`);

/**
 * One manifest after the other is checked, each of its own name. With `burst` the person does not wait between them; then
 * nobody knows in which order a platform delivers.
 */
export function talkStory(
  name: string,
  { language, way, checks, burst = false }: { language: Language; way: Way; checks: number; burst?: boolean },
): Story {
  const part = (n: number) => `{name}-${n}`;
  const acts = Array.from({ length: checks - 1 }, (_, n): Act => {
    const isWaited = !burst || n === checks - 2;
    return { say: fenced(part(n + 2)), until: isWaited ? { text: part(n + 2) } : {} };
  });
  return {
    ...{ name, kind: burst ? "burst" : "talk", language, way, plans: 0 },
    opening: fenced(part(1)),
    until: { text: part(1) },
    acts,
  };
}

/** Every way and language in turn. */
export function castOf(ways: readonly Way[]): { language: Language; way: Way }[] {
  return languages.flatMap((language) => ways.map((way) => ({ language, way })));
}
