import type { Answers, PlaceholderName } from "#model/brief.ts";
import type { Say } from "#model/platform.ts";
import { formatNumber, type Language } from "#model/text.ts";
import { placeholder } from "./placeholders.ts";

type Speaker = { say: Say; language: Language };

const mibPerGb = 1024;

const number = (value: number, language: Language, digits = 2) => formatNumber(value, language, digits);

/** Memory the way people say it: `2 GB`, `1.5 GB`, `512 MB`. */
export function memoryWords(mib: number, language: Language): string {
  return mib >= mibPerGb ? `${number(mib / mibPerGb, language)} GB` : `${number(mib, language)} MB`;
}

function bandwidthWords(kbps: number, language: Language): string {
  return kbps >= 1000 ? `${number(kbps / 1000, language)} Mbit/s` : `${number(kbps, language)} kbit/s`;
}

function deviceWords(type: NonNullable<Answers["deviceTypes"]>[number], language: Language): string {
  const share = type.share < 1 ? `, ${number(type.share * 100, language, 1)} %` : "";
  return `${type.name} (${memoryWords(type.memoryMiB, language)}, ${type.arch}${share})`;
}

/** One answer in a person's words: `5,000`, `2 GB`, `intermittent`, `yes`. */
export function valueWords(name: PlaceholderName, value: unknown, { say, language }: Speaker): string {
  if (value === undefined || value === null) return "–";
  if (name === "memoryMiB") return memoryWords(value as number, language);
  if (name === "bandwidthKbps") return bandwidthWords(value as number, language);
  if (name === "outageHours") return say("value.hours", { count: value as number });
  if (typeof value === "boolean") return say(value ? "value.yes" : "value.no");
  if (typeof value === "number") return number(value, language);
  if (name === "deviceTypes") {
    return (value as NonNullable<Answers["deviceTypes"]>)
      .map((type) => deviceWords(type, language))
      .join(" · ");
  }
  if (name === "regions" && (value as string[]).join() === "all") return say("value.everywhere");
  if (name === "wishes") {
    return (value as string[]).map((wish) => say(`wish.${wish}`)).join(" · ") || "–";
  }
  if (Array.isArray(value)) return value.join(" · ");
  if (placeholder(name).kind === "choice") return say(`ask.${name}.choice.${value}`);
  return String(value);
}
