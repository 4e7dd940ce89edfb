import { charts, images } from "#catalogue/images.ts";
import { osImages } from "#catalogue/os-images.ts";
import { sources } from "#catalogue/sources.ts";
import type { Brief } from "#model/brief.ts";
import type { Verdict } from "#model/decision.ts";
import type { File, Section } from "#model/plan.ts";
import type { SchemaWords } from "#model/schema.ts";
import { isText, type Language, type Text } from "#model/text.ts";
import { type Amounts, deriveAmounts, learnAmounts, learnFiles, noAmounts } from "./amounts.ts";

import { type Footprints, footprintsOf } from "./figures.ts";

/** A plan as far as advice needs it: what our own code made of a brief. */
export type Made = { verdict: Verdict; summary: Text; sections: readonly Section[]; files: readonly File[] };

/** Everything prose may name. */
export type Vocabulary = {
  language: Language;
  /** Every word of what we wrote ourselves, as it stands and in lower case. */
  words: ReadonlySet<string>;
  lower: ReadonlySet<string>;
  /** Sentences of ours, word for word: repeating one is no invention. */
  own: string;
  flags: ReadonlySet<string>;
  images: ReadonlySet<string>;
  urls: ReadonlySet<string>;
  hosts: ReadonlySet<string>;
  versions: ReadonlySet<string>;
  charts: ReadonlySet<string>;
  amounts: Amounts;
  footprints: Footprints;
  factIds: ReadonlySet<string>;
  schema: SchemaWords;
};

export type Known = {
  brief: Brief;
  made: Made;
  facts: readonly { id: string; fact: string; source: string }[];
  /** Flags and keys of the distributions. */
  words: readonly string[];
  schema: SchemaWords;
};

const SPLIT = /[\s"'`,;()[\]{}<>|=、，。；：（）“”„«»!?！？]+/u;
const FLAG = /(?<![\w-])--[a-z][\w-]*/gi;
const URL = /(?:https?|oci|ssh):\/\/[^\s"'`<>)\]，。；、]+/g;
const VERSION = /v?\d+(?:\.\d+)+(?:[-+][\w.+-]*\w)?/g;
const IMAGE = /(?:[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?\/)(?:[a-z0-9._-]+\/)*[a-z0-9._-]+:v?\d[\w.-]*/g;

/** Gathers what prose about this plan may name: from typed answers, decisions, facts, our own files, and the catalogue. */
export function vocabularyOf({ brief, made, facts, words: distroWords, schema }: Known): Vocabulary {
  const { language } = brief;
  const prose = [
    ...textsIn([made.verdict, made.summary, made.sections], language),
    ...facts.map(({ fact }) => fact),
    ...Object.values(osImages).flatMap(({ name, version }) => [name, version]),
  ];
  const code = [
    ...made.files.flatMap(({ path, content }) => [path, content]),
    ...facts.map(({ id, source }) => `${id} ${source}`),
    ...Object.values(images).map(({ image }) => image),
    ...Object.values(charts).flatMap(({ chart, repository, version }) => [chart, repository, version]),
    ...Object.values(sources).flatMap((source) => [source.title, "url" in source ? source.url : ""]),
    // What was chosen, rejected and counted, by its plain name; no free text of a person.
    ...stringsIn([made.verdict.decisions, typedAnswers(brief)]),
  ];
  const words = new Set(distroWords);
  for (const text of [...prose, ...code]) addWords(words, text);
  const all = [...prose, ...code].join("\n");
  const amounts = noAmounts();
  for (const text of prose) learnAmounts(amounts, text, language);
  learnFiles(amounts, made.files);
  deriveAmounts(amounts, brief, made.verdict);
  // What people typed may be repeated as a figure, never as a name of something that exists.
  for (const said of [brief.answers.scenario, brief.answers.challenge, brief.answers.notes])
    if (said) learnAmounts(amounts, said, language);
  const urls = new Set((all.match(URL) ?? []).map((url) => url.replace(/[.,;:]+$/, "")));
  return {
    language,
    words,
    lower: new Set([...words].map((word) => word.toLowerCase())),
    own: normal(prose.join("\n")),
    flags: new Set([...(all.match(FLAG) ?? []), ...distroWords.filter((word) => word.startsWith("--"))]),
    images: new Set([...Object.values(images).map(({ image }) => image), ...(all.match(IMAGE) ?? [])]),
    urls,
    hosts: new Set([...urls].map(hostOf)),
    versions: versionsOf(all.match(VERSION) ?? []),
    charts: new Set(Object.values(charts).map(({ chart }) => chart)),
    amounts,
    footprints: footprintsOf(prose, {
      budgets: made.verdict.budgets,
      memoryMiB: brief.answers.memoryMiB,
      language,
    }),
    factIds: new Set(facts.map(({ id }) => id)),
    schema,
  };
}

/** A text as it is compared: one kind of space, lower case. */
export function normal(text: string): string {
  return text.replaceAll(/[\s\u00a0\u202f]+/g, " ").toLowerCase();
}

export function hostOf(url: string): string {
  return url
    .replace(/^[a-z]+:\/\/(?:[^/@]*@)?/, "")
    .replace(/[/:?#].*$/s, "")
    .toLowerCase();
}

/** A version, and what it is called for short: v1.36.2+k3s1 is also 1.36.2 and 1.36. */
function versionsOf(found: readonly string[]): Set<string> {
  const versions = new Set<string>();
  for (const one of found) {
    const plain = one.replace(/^v/, "");
    const [core] = plain.split(/[-+]/);
    const parts = core!.split(".");
    versions.add(plain).add(core!);
    for (let count = 2; count < parts.length; count++) versions.add(parts.slice(0, count).join("."));
  }
  return versions;
}

function addWords(words: Set<string>, text: string): void {
  for (const word of text.split(SPLIT)) {
    const plain = word.replace(/^[.:]+(?=\w)|[.:]+$/g, "");
    if (plain === "") continue;
    words.add(plain);
    if (!/[/:]/.test(plain)) continue;
    for (const part of plain.split(/[/:]/)) if (part) words.add(part);
  }
}

function typedAnswers({ answers }: Brief): unknown {
  const { scenario, challenge, role, notes, regions, deviceTypes, ...typed } = answers;
  return typed;
}

/** Every Text inside a value, in one language. */
function textsIn(value: unknown, language: Language): string[] {
  if (isText(value)) return [value[language]];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((item) => textsIn(item, language));
}

/** Every plain string inside a value, Texts left out. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || isText(value)) return [];
  return Object.values(value).flatMap(stringsIn);
}
