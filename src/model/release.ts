import { type Language, type Text, text, verbatim } from "./text.ts";

/** What an overlay says that brings fields newer than its packages (`src/schemas/overlay/`). */
const WITH_NEWER = /^(.+) \+ fields of (.+)$/;

/** Name and release of what was checked against, as people read it: `Flux 2.8 + fields of 2.9`. */
export function sayRelease(name: string, version: string): Text {
  const [, own, newer] = WITH_NEWER.exec(version) ?? [];
  if (own === undefined || newer === undefined) return verbatim(`${name} ${version}`.trim());
  return text(
    {
      en: "{name} {own} + fields of {newer}",
      de: "{name} {own} + Felder von {newer}",
      es: "{name} {own} + campos de {newer}",
      zh: "{name} {own} + {newer} 新字段",
    },
    { name, own, newer },
  );
}

/** Everything a report was checked against, in one language. */
export function releasesIn(against: Readonly<Record<string, string>>, language: Language): string {
  return Object.entries(against)
    .map(([name, version]) => sayRelease(name, version)[language])
    .join(", ");
}
