import { expect, test } from "vitest";
import type { Advice } from "#model/advice.ts";
import { type Language, languages, localise } from "#model/text.ts";
import { unverifiedMark } from "../../../src/steps/advise/apply.ts";
import { type Applied, applyAdvice, objections } from "../../../src/steps/advise.ts";
import { claims, contextOf } from "./context.ts";
import { fleets } from "./fleets.ts";
import { de } from "./golden/de.ts";
import { en } from "./golden/en.ts";
import { es } from "./golden/es.ts";
import { zh } from "./golden/zh.ts";
import { type Lie, lies } from "./hostile.ts";

const golden = { en, de, es, zh };
const contexts = Object.fromEntries(
  languages.map((language) => [language, contextOf(fleets.trucks, { language })]),
) as Record<Language, ReturnType<typeof contextOf>>;

/** Places a sentence may be slipped into: alone, or among good ones. */
const places: ((advice: Advice, sentence: string) => [pointer: string, advice: Advice])[] = [
  (advice, s) => ["/summary", { ...advice, summary: `${advice.summary} ${s}` }],
  (advice, s) => ["/sections/0/text", withSection(advice, 0, (text) => `${s} ${text}`)],
  (advice, s) => ["/sections/2/text", withSection(advice, 2, (text) => `${text}\n\n- ${s}\n`)],
  (advice, s) => [
    "/risks/0/measure",
    { ...advice, risks: advice.risks.map((risk, i) => (i === 0 ? { ...risk, measure: s } : risk)) } as Advice,
  ],
  (advice, s) => [
    "/componentWhy/1/why",
    {
      ...advice,
      componentWhy: advice.componentWhy.map((c, i) => (i === 1 ? { ...c, why: `${c.why} ${s}` } : c)),
    },
  ],
  (advice, s) => [
    "/snippets/0/purpose",
    { ...advice, snippets: advice.snippets.map((snippet) => ({ ...snippet, purpose: s })) },
  ],
];

function withSection(advice: Advice, at: number, change: (text: string) => string): Advice {
  const sections = advice.sections.map((s, i) => (i === at ? { ...s, text: change(s.text) } : s));
  return { ...advice, sections } as Advice;
}

/** Everything a person would read of a plan with advice in it. */
function shown(
  { summary, sections, risks, decisions, snippets, repairs }: Applied,
  language: Language,
): string {
  const value = localise({ summary, sections, risks, decisions, snippets, repairs } as object, language);
  return JSON.stringify(value).replaceAll("\\n", "\n").replaceAll('\\"', '"');
}

type Fate = "caught" | "missed" | "shown";

function fateOf({ sentence, language, gone }: Lie, seed: number): Fate {
  const context = contexts[language];
  const [pointer, advice] = places[seed % places.length]!(golden[language].trucks, sentence);
  const found = objections(advice, context);
  if (!found.some((objection) => objection.pointer === pointer)) return "missed";
  const text = shown(applyAdvice(advice, context), language);
  const bare = text.replaceAll(`${unverifiedMark[language]}${sentence}`, "");
  return (gone ? text : bare).includes(sentence.trim()) ? "shown" : "caught";
}

test("no hostile or mistaken sentence passes as checked, wherever it stands", () => {
  const all = lies(claims);
  expect(all.length).toBeGreaterThanOrEqual(300);
  const rates = new Map<string, { caught: number; all: number }>();
  const escaped: string[] = [];
  for (const [seed, lie] of all.entries()) {
    const kind = lie.kind.split(" ")[0]!;
    const rate = rates.get(kind) ?? { caught: 0, all: 0 };
    const fate = fateOf(lie, seed);
    rates.set(kind, { caught: rate.caught + (fate === "caught" ? 1 : 0), all: rate.all + 1 });
    if (fate !== "caught") escaped.push(`${fate} ${lie.language} ${lie.kind}: ${lie.sentence}`);
  }
  const table = [...rates].map(([kind, { caught, all: of }]) => `${kind} ${caught}/${of}`).join(" · ");
  console.log(`hostile: ${all.length} sentences: ${table}\n${escaped.join("\n")}`);
  expect(escaped).toEqual([]);
}, 120_000);
