import type { PlaceholderName } from "#model/brief.ts";
import { Answers } from "#model/brief.ts";
import type { Language } from "#model/text.ts";
import type { ReadAnswer, Understood } from "#model/understood.ts";
import { onlyFigure } from "./numbers.ts";
import { has, quote, type Reading, read } from "./reading.ts";
import { askedValue } from "./sizes.ts";

type Reply = Pick<Understood, "answers" | "quotes" | "uncertain"> & {
  name: PlaceholderName;
  text: string;
  language: Language;
};

const TEXTS = new Set<PlaceholderName>(["scenario", "challenge", "role", "notes"]);
const YES_NO = new Set<PlaceholderName>(["bmc", "uefi", "tpm", "highAvailability", "regulated"]);
const NUMBERS = new Set<PlaceholderName>([
  "sites",
  "nodesPerSite",
  "memoryMiB",
  "cpu",
  "bandwidthKbps",
  "outageHours",
]);
/** Numbers whose noun or unit says what they are. */
const MEASURED = ["sites", "memoryMiB", "bandwidthKbps", "outageHours"] as const;
const maxText: Partial<Record<PlaceholderName, number>> = {
  scenario: 200,
  challenge: 200,
  role: 80,
  notes: 500,
};

/** One reply to the question about `name`, after the whole of it was read. */
export function answerReply(reply: Reply): ReadAnswer {
  const { name, text, answers, quotes, uncertain, language } = reply;
  const words = text.trim();
  const reading = read(words, language);
  if (words !== "" && isUnknown(reading)) return problem("unknown");
  const value = answers[name];
  if (value !== undefined) return { kind: "value", value, quote: quotes[name] ?? words };
  if (TEXTS.has(name)) return freeText(name, words);
  if (YES_NO.has(name))
    return yesNo(reading) ?? problem("not-a-choice", { given: short(words), choices: "yes, no" });
  if (NUMBERS.has(name)) return number(reply, words, reading);
  if (name === "regions") return list(words);
  const chosen = choice(name, words, reading);
  if (chosen) return chosen;
  const offered = uncertain.find((each) => each.name === name);
  const choices = offered ? offered.candidates.join(", ") : choicesOf(name).join(", ");
  return problem("not-a-choice", { given: short(words), choices });
}

const problem = (key: string, values: Record<string, string | number> = {}): ReadAnswer => ({
  kind: "problem",
  key,
  values,
});
const short = (words: string) => words.slice(0, 60);

/** "don't know" is the whole reply, or begins it. */
function isUnknown(reading: Reading): boolean {
  const mark = reading.marks.find((each) => has(each, "unknown"));
  return mark !== undefined && reading.figures.every((figure) => figure.article) && mark.from <= 4;
}

function freeText(name: PlaceholderName, words: string): ReadAnswer {
  const parsed = Answers.shape[name].safeParse(words.replace(/\s+/g, " ").slice(0, maxText[name]));
  return parsed.success
    ? { kind: "value", value: parsed.data, quote: words.slice(0, maxText[name]) }
    : problem("unknown");
}

function yesNo(reading: Reading): ReadAnswer | undefined {
  const no = reading.marks.find((mark) => has(mark, "no") || has(mark, "not") || has(mark, "not-after"));
  const yes = reading.marks.find((mark) => has(mark, "yes"));
  const first = no && yes ? (no.from <= yes.from ? no : yes) : (no ?? yes);
  if (!first) return undefined;
  return { kind: "value", value: first === yes && first !== no, quote: quote(reading, first.from, first.to) };
}

function number({ name, answers }: Reply, words: string, reading: Reading): ReadAnswer {
  // "40 clinics" counts sites and "4 GB" is memory, whatever was asked.
  const isOther = MEASURED.some((other) => other !== name && answers[other] !== undefined);
  const figure = isOther ? undefined : onlyFigure(words, reading.words);
  const vague = reading.marks.some((mark) => has(mark, "vague") || has(mark, "many"));
  if (figure === undefined || vague) return problem("not-a-number", { given: short(words) });
  const value = withUnit(name, figure, reading);
  const { min, max } = limits(name);
  if (value < min || value > max) return problem("range", { min, max, given: value });
  const rounded = Answers.shape[name].safeParse(value);
  return rounded.success
    ? { kind: "value", value: rounded.data, quote: words }
    : problem("not-a-number", { given: short(words) });
}

const UNIT = /^unit:(?:memory|bandwidth):(\d+)$/;

function withUnit(name: PlaceholderName, figure: number, reading: Reading): number {
  const times = reading.marks
    .flatMap((mark) => mark.tags)
    .map((tag) => Number(UNIT.exec(tag)?.[1]))
    .find((factor) => factor > 0);
  if (times !== undefined) return figure * times;
  if (name !== "outageHours") return askedValue(name, figure) ?? figure;
  const units: [string, number][] = [
    ["minute", 1 / 60],
    ["day", 24],
    ["week", 168],
    ["month", 720],
  ];
  const unit = units.find(([role]) => reading.marks.some((mark) => has(mark, role)));
  return unit ? figure * unit[1] : figure;
}

type Limited = { unwrap(): { minValue?: number | null; maxValue?: number | null } };

/** The limits the model itself enforces. */
function limits(name: PlaceholderName): { min: number; max: number } {
  const { minValue, maxValue } = (Answers.shape[name] as unknown as Limited).unwrap();
  return { min: minValue ?? 0, max: maxValue ?? Number.MAX_SAFE_INTEGER };
}

function choicesOf(name: PlaceholderName): string[] {
  const inner = (Answers.shape[name] as unknown as { unwrap(): { options?: string[] } }).unwrap();
  return inner.options ?? [];
}

// What "yes", "no" and "whatever" mean under a question with choices.
const MEANING: Partial<Record<PlaceholderName, { yes?: string; no?: string; whatever?: string }>> = {
  wasm: { yes: "any", no: "none", whatever: "any" },
  accelerator: { no: "none" },
  distro: { whatever: "auto" },
  gitops: { whatever: "auto" },
  exposure: { yes: "exposed" },
};

function choice(name: PlaceholderName, words: string, reading: Reading): ReadAnswer | undefined {
  const plain = words.toLowerCase();
  const exact = choicesOf(name).find((option) => option === plain);
  if (exact) return { kind: "value", value: exact, quote: words };
  const meaning = MEANING[name];
  for (const role of ["whatever", "no", "yes"] as const) {
    const mark = reading.marks.find((each) => has(each, role));
    if (mark && meaning?.[role] !== undefined)
      return { kind: "value", value: meaning[role], quote: quote(reading, mark.from, mark.to) };
  }
  const good =
    name === "network" &&
    reading.marks.find((mark) => has(mark, "good") || has(mark, "bad") || has(mark, "slow"));
  if (good)
    return {
      kind: "value",
      value: has(good, "bad") ? "intermittent" : has(good, "good") ? "stable" : "low-bandwidth",
      quote: quote(reading, good.from, good.to),
    };
  const who =
    name === "exposure" && reading.marks.find((mark) => has(mark, "everybody") || has(mark, "person"));
  if (who) {
    const value = has(who, "everybody") ? "exposed" : "staff";
    return { kind: "value", value, quote: quote(reading, who.from, who.to) };
  }
  const whatever = reading.marks.some((mark) => has(mark, "whatever"));
  return whatever ? problem("unknown") : undefined;
}

function list(words: string): ReadAnswer {
  const items = words
    .split(/[,，、;；\n]|\s(?:and|und|y|和)\s/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
  const parsed = Answers.shape.regions.safeParse(items.map((item) => item.slice(0, 40)));
  return parsed.success && items.length > 0 && /\p{L}/u.test(words)
    ? { kind: "value", value: parsed.data, quote: words }
    : problem("not-a-choice", { given: short(words), choices: "EU, US, APAC" });
}
