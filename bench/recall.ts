// Prints how much of what people write is understood, per language and set: `node bench/recall.ts [--misses]`.
import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Answers } from "#model/brief.ts";
import type { Language } from "#model/text.ts";
import { understand } from "../src/steps/understand.ts";

export type Example = {
  lang: Language;
  text: string;
  expect: Answers;
  refuse?: string[];
  unsure?: string[];
  edition?: string;
};
export type Score = {
  expected: number;
  right: number;
  wrong: number;
  invented: number;
  examples: number;
  whole: number;
};
export type Miss = { lang: Language; text: string; name: string; expected: unknown; got: unknown };

const folder = new URL("../test/steps/understand/", import.meta.url);
// Read from a noun whether or not an example names them; counted only where an example does.
const volunteered = new Set(["industry", "board", "outageHours", "bandwidthKbps"]);

/** The sets of examples by name: intake, dev, held-out, held-out-2. */
export function exampleSets(): Record<string, Example[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".jsonl"));
  return Object.fromEntries(files.map((file) => [file.replace(".jsonl", ""), readExamples(file)]));
}

function readExamples(file: string): Example[] {
  const lines = readFileSync(new URL(file, folder), "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as Example);
}

function same(expected: unknown, got: unknown): boolean {
  if (typeof expected === "number" && typeof got === "number") return Math.abs(expected - got) < 0.001;
  if (Array.isArray(expected) && Array.isArray(got)) {
    const key = (value: unknown) =>
      typeof value === "object"
        ? JSON.stringify(value, (_, v) => (typeof v === "number" ? Math.round(v * 1000) : v))
        : String(value);
    return isDeepStrictEqual(expected.map(key).sort(), got.map(key).sort());
  }
  return isDeepStrictEqual(expected, got);
}

/** Counts what was expected and read, read wrongly, and read though nobody said it. */
export function measure(examples: readonly Example[]): { score: Score; misses: Miss[] } {
  const score: Score = { expected: 0, right: 0, wrong: 0, invented: 0, examples: 0, whole: 0 };
  const misses: Miss[] = [];
  for (const { lang, text, expect, refuse, unsure, edition } of examples) {
    const understood = understand(text, { language: lang });
    const answers = understood.answers as Record<string, unknown>;
    const before = misses.length;
    const note = (name: string, expected: unknown, got: unknown) =>
      misses.push({ lang, text, name, expected, got });
    score.examples += 1;
    for (const [name, expected] of Object.entries(expect)) {
      score.expected += 1;
      if (same(expected, answers[name])) score.right += 1;
      else note(name, expected, answers[name]);
      if (answers[name] !== undefined && !same(expected, answers[name])) score.wrong += 1;
    }
    for (const name of Object.keys(answers)) {
      if (name in expect || volunteered.has(name)) continue;
      score.invented += 1;
      note(name, undefined, answers[name]);
    }
    const lists = [
      { key: "refused", expected: refuse, got: understood.refused.map((each) => each.value) },
      { key: "uncertain", expected: unsure, got: understood.uncertain.map((each) => each.name as string) },
      { key: "edition", expected: edition && [edition], got: [understood.edition as string] },
    ];
    for (const { key, expected, got } of lists) {
      for (const value of expected ?? []) {
        score.expected += 1;
        if (got.includes(value)) score.right += 1;
        else note(key, value, got);
      }
    }
    if (misses.length === before) score.whole += 1;
  }
  return { score, misses };
}

export const recallOf = ({ right, expected }: Score) => (expected === 0 ? 1 : right / expected);
export const precisionOf = ({ right, wrong, invented }: Score) =>
  right + wrong + invented === 0 ? 1 : right / (right + wrong + invented);

if (import.meta.main) {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const rows: Record<string, string | number>[] = [];
  for (const [set, all] of Object.entries(exampleSets())) {
    for (const language of ["en", "de", "es", "zh"] as const) {
      const { score, misses } = measure(all.filter((example) => example.lang === language));
      if (score.examples === 0) continue;
      const { examples, expected, wrong, invented, whole } = score;
      rows.push({
        set,
        language,
        examples,
        answers: expected,
        recall: percent(recallOf(score)),
        precision: percent(precisionOf(score)),
        wrong,
        invented,
        "fully right": percent(whole / examples),
      });
      if (!process.argv.includes("--misses") || (process.argv[3] && process.argv[3] !== set)) continue;
      for (const miss of misses)
        console.log(
          set,
          miss.lang,
          JSON.stringify(miss.text),
          miss.name,
          "expected",
          JSON.stringify(miss.expected),
          "got",
          JSON.stringify(miss.got),
        );
    }
  }
  console.table(rows);
}
