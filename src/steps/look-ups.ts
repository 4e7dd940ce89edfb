import { z } from "zod";
import { type Source, type Topic, topics } from "#model/decision.ts";
import type { Plan } from "#model/plan.ts";
import type { Language } from "#model/text.ts";

/** What a search of the catalogue gives. */
export type Piece = { id: string; text: string; sources: readonly Source[] };

/** A read-only tool for a question: reads plan and catalogue, changes nothing, and never throws for what it is asked. */
export type LookUp<Input extends z.ZodObject = z.ZodObject> = {
  name: string;
  description: string;
  input: Input;
  run: (input: z.infer<Input>) => string;
};

const resultLetters = 4_000; // of one look-up: a page is enough, and eight of them must fit a small model
const piecesAtMost = 5;

/** At most this many look-ups serve one question (the product's design, §6). */
export const lookUpsAtMost = 8;

function defineLookUp<Input extends z.ZodObject>(lookUp: LookUp<Input>): LookUp {
  // What a model asks for is parsed before it is looked up.
  return {
    ...lookUp,
    run: (input) => {
      const read = lookUp.input.safeParse(input);
      return read.success ? lookUp.run(read.data) : answered({ error: read.error.issues[0]!.message });
    },
  };
}

/** What a question may be answered from: the plan by topic, and the catalogue by words. */
export function lookUps({
  plan,
  language,
  search,
}: {
  plan: Plan;
  language: Language;
  search: (query: string) => readonly Piece[];
}): LookUp[] {
  return [
    defineLookUp({
      name: "lookUpPlan",
      description:
        "One topic of the plan: what was decided, why, what was rejected and why, with sources. `denied`, `risks` and `memory` are topics too.",
      input: z.strictObject({
        topic: z.enum(["denied", "risks", "memory", ...topics]),
      }),
      run: ({ topic }) => answered(ofPlan(plan, topic, language)),
    }),
    defineLookUp({
      name: "searchCatalogue",
      description: "Facts of the catalogue by words, with ids and sources. What it does not find is unknown.",
      input: z.strictObject({ query: z.string().trim().min(2).max(200) }),
      run: ({ query }) => {
        const found = search(query).slice(0, piecesAtMost);
        return answered(
          found.length > 0 ? { facts: found } : { facts: [], note: "the catalogue does not know" },
        );
      },
    }),
  ];
}

function ofPlan({ decisions, denied, risks, budgets }: Plan, topic: string, language: Language): unknown {
  if (topic === "denied") {
    return denied.map(({ id, wish, why, instead, source }) => ({
      id,
      wish: wish[language],
      why: why[language],
      instead: instead[language],
      source,
    }));
  }
  if (topic === "risks")
    return risks.map(({ id, risk, measure }) => ({ id, risk: risk[language], measure: measure[language] }));
  if (topic === "memory") {
    return budgets.map(({ rows, ...budget }) => ({
      ...budget,
      rows: rows.map(({ component, mib, basis, counted }) => ({
        component: component[language],
        mib,
        basis,
        counted,
      })),
    }));
  }
  const { choice, rule, reason, rejected, sources, hangsOn, params } = decisions[topic as Topic];
  return {
    topic,
    choice,
    params,
    rule,
    reason: reason[language],
    rejected: rejected.map(({ choice: other, why }) => ({ choice: other, why: why[language] })),
    hangsOn,
    sources,
  };
}

/** Data for the model, cut where it would be too long: the end says so. */
function answered(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length <= resultLetters ? json : `${json.slice(0, resultLetters)}… (cut; ask for less)`;
}
