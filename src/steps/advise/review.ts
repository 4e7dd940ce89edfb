import type { Advice, Override } from "#model/advice.ts";
import type { Brief } from "#model/brief.ts";
import type { Verdict } from "#model/decision.ts";
import type { Claim } from "#model/knowledge.ts";
import type { Report } from "#model/plan.ts";
import type { Objection } from "#model/provider.ts";
import type { SchemaWords } from "#model/schema.ts";
import {
  amendReasons,
  choicesOf,
  isSettled,
  preferring,
  realOverrides,
  whyInfeasible,
} from "./preferences.ts";
import { type Flaw, flawsIn, type Reader } from "./prose.ts";
import { type SnippetFlaw, snippetFlaws } from "./snippets.ts";
import { type Made, type Vocabulary, vocabularyOf } from "./vocabulary.ts";

/** What advice is read against: the plan our code made, the facts that were sent, and the means to make and check again. */
export type AdviceContext = {
  brief: Brief;
  /** The plan without a model. */
  ours: Made;
  facts: readonly { id: string; fact: string; source: string }[];
  claims: readonly Claim[];
  /** Flags and keys of the distributions. */
  words: readonly string[];
  schema: SchemaWords;
  decideAgain: (brief: Brief) => Verdict;
  /** Decides, lays out and writes again; `amend` runs after deciding and before the files are laid out. */
  remake: (brief: Brief, amend: (verdict: Verdict) => Verdict) => Made;
  /** The whole guard over a snippet, with `ignores: false` and the setting of the plan it would belong to. */
  check: (files: readonly { path: string; content: string }[], made: Made) => Report;
};

/** An answer read once: what is wrong with it, by place, and the plan its preferences give. */
export type Review = {
  objections: Objection[];
  /** Preferences that hold, all together; empty where one of them does not. */
  kept: Override[];
  /** Preferences that do not, and so none does. */
  refused: Override[];
  /** The plan after the kept preferences; ours where there are none. */
  made: Made;
  vocabulary: Vocabulary;
  /** Flaws of prose by JSON pointer. */
  flaws: ReadonlyMap<string, readonly Flaw[]>;
  snippetFlaws: readonly (readonly SnippetFlaw[])[];
};

/** Reads an answer against everything it may rest on. Pure; the same answer is always read the same way. */
export function review(advice: Advice, context: AdviceContext): Review {
  const preferences = readPreferences(advice, context);
  const made = remade(preferences.kept, context);
  const vocabulary = made === context.ours ? ownVocabulary(context) : vocabularyOf({ ...context, made });
  const reader: Reader = { vocabulary, decisions: made.verdict.decisions, claims: context.claims };
  const flaws = new Map<string, Flaw[]>();
  for (const [pointer, text] of proseOf(advice)) {
    const found = flawsIn(text, reader);
    if (found.length > 0) flaws.set(pointer, found);
  }
  const ofSnippets = advice.snippets.map(({ yaml }) =>
    snippetFlaws(yaml, {
      check: (files) => context.check(files, made),
      vocabulary,
      language: context.brief.language,
    }),
  );
  return {
    objections: [
      ...preferences.objections,
      ...factObjections(advice, vocabulary),
      ...[...flaws].flatMap(([pointer, found]) => found.map((flaw) => objectionOf(pointer, flaw))),
      ...ofSnippets.flatMap((found, index) =>
        found.map(({ rule, what }) => ({ pointer: `/snippets/${index}/yaml`, rule, message: what })),
      ),
    ],
    kept: preferences.kept,
    refused: preferences.refused,
    made,
    vocabulary,
    flaws,
    snippetFlaws: ofSnippets,
  };
}

// An answer is read up to three times, and once more when it is applied; what our own plan may name stays the same.
const vocabularies = new WeakMap<AdviceContext, Vocabulary>();

function ownVocabulary(context: AdviceContext): Vocabulary {
  const known = vocabularies.get(context) ?? vocabularyOf({ ...context, made: context.ours });
  vocabularies.set(context, known);
  return known;
}

const quoted = 160; // letters of a sentence that an objection repeats

function objectionOf(pointer: string, { rule, what, sentence }: Flaw): Objection {
  const text = sentence.text.length > quoted ? `${sentence.text.slice(0, quoted)}…` : sentence.text;
  return { pointer, rule, message: `${what}. The sentence: ${JSON.stringify(text)}` };
}

/** Every text that may be shown, by its pointer. `reasoning` is never shown, so it is not read. */
export function proseOf(advice: Advice): [pointer: string, text: string][] {
  return [
    ...advice.overrides.map(({ reason }, i): [string, string] => [`/overrides/${i}/reason`, reason]),
    ["/summary", advice.summary],
    ...advice.componentWhy.map(({ why }, i): [string, string] => [`/componentWhy/${i}/why`, why]),
    ...advice.risks.flatMap(({ risk, measure }, i): [string, string][] => [
      [`/risks/${i}/risk`, risk],
      [`/risks/${i}/measure`, measure],
    ]),
    ...advice.sections.map(({ text }, i): [string, string] => [`/sections/${i}/text`, text]),
    ...advice.snippets.flatMap(({ title, purpose }, i): [string, string][] => [
      [`/snippets/${i}/title`, title],
      [`/snippets/${i}/purpose`, purpose],
    ]),
  ];
}

function factObjections(advice: Advice, { factIds }: Vocabulary): Objection[] {
  const lists = (["overrides", "risks", "sections"] as const).flatMap((field) =>
    advice[field].map((item, index): [string, readonly string[]] => [
      `/${field}/${index}/factIds`,
      item.factIds,
    ]),
  );
  return lists.flatMap(([pointer, ids]) =>
    ids.flatMap((id, index) =>
      factIds.has(id)
        ? []
        : [
            {
              pointer: `${pointer}/${index}`,
              rule: "FACT-01",
              message: `there is no fact ${JSON.stringify(id.slice(0, 80))}; cite ids as they were given`,
            },
          ],
    ),
  );
}

type Preferences = { objections: Objection[]; kept: Override[]; refused: Override[] };

/** Each preference by itself, then all of them together: a set with one that does not hold is dropped whole. */
function readPreferences(advice: Advice, { brief, ours, decideAgain }: AdviceContext): Preferences {
  const wanted = realOverrides(advice, ours.verdict);
  if (wanted.length === 0) return { objections: [], kept: [], refused: [] };
  const objections: Objection[] = [];
  const seen = new Set<string>();
  for (const override of wanted) {
    const { topic, choice, basis, factIds } = override;
    const pointer = `/overrides/${advice.overrides.indexOf(override)}`;
    const add = (field: string, rule: string, message: string) =>
      objections.push({ pointer: `${pointer}/${field}`, rule, message });
    if (seen.has(topic)) add("topic", "PREF-01", `${topic} is overridden twice`);
    seen.add(topic);
    const choices = choicesOf(topic);
    if (!choices.includes(choice)) {
      add("choice", "PREF-02", `${topic} has no such choice; it is one of ${choices.join(", ")}`);
    } else if (isSettled(topic, brief)) {
      add(
        "topic",
        "PREF-03",
        `a person settled ${topic} as ${ours.verdict.decisions[topic].choice}; keep it`,
      );
    } else if (!preferring(brief, [override])) {
      add("choice", "PREF-04", `${topic} ${choice} follows from the brief alone; it cannot be preferred`);
    }
    if (basis === "catalogue" && factIds.length === 0)
      add("factIds", "PREF-05", "a preference that rests on the catalogue cites its facts");
  }
  if (objections.length > 0) return { objections, kept: [], refused: wanted };
  const preferred = preferring(brief, wanted)!;
  const why = whyInfeasible(ours.verdict, decideAgain(preferred), wanted);
  if (why === undefined) return { objections, kept: wanted, refused: [] };
  return {
    objections: [{ pointer: "/overrides", rule: "PREF-06", message: `taken together: ${why}` }],
    kept: [],
    refused: wanted,
  };
}

function remade(kept: readonly Override[], { brief, ours, remake }: AdviceContext): Made {
  const preferred = kept.length > 0 ? preferring(brief, kept) : undefined;
  return preferred ? remake(preferred, amendReasons(ours.verdict, kept)) : ours;
}
