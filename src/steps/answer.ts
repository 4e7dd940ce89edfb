import type { Block } from "#model/block.ts";
import { type Source, topics } from "#model/decision.ts";
import type { Answer, Claim } from "#model/knowledge.ts";
import type { Plan } from "#model/plan.ts";
import type { Say } from "#model/platform.ts";
import { inOneLine, type Language } from "#model/text.ts";
import { type Document, type Found, search, words } from "./answer/search.ts";

/** What questions are answered from, besides the plan. */
export type Knowledge = { answers: readonly Answer[]; claims: readonly Claim[] };

type Piece = { from: "plan" | "catalogue"; text: string; sources: Source[]; title: string };

const enough = 0.33; // share of the question's weight; below it the answer would be about something else
const enoughOfFewWords = 0.51; // of one or two words, what a text mentions only in passing is not what it is about
const close = 0.6; // a second piece must score at least this part of the best one
const pieces = 3;

/**
 * Answers a question from the plan, its rejected alternatives and the catalogue, by plain lexical search, with sources. What
 * neither knows is said to be unknown, with the nearest questions that can be answered.
 */
export function answer(
  question: string,
  { plan, knowledge, language, say }: { plan?: Plan; knowledge: Knowledge; language: Language; say: Say },
): Block[] {
  const documents = [
    ...(plan ? planDocuments(plan, language) : []),
    ...catalogueDocuments(knowledge, language),
  ];
  const found = search(documents, question);
  const named = plan ? whyNot(question, plan, language) : [];
  const asked = new Set(words(question)).size;
  const about = found.filter(({ coverage }) => coverage >= (asked <= 2 ? enoughOfFewWords : enough));
  const fitting = about
    .filter(({ score }) => score >= close * about[0]!.score)
    // "Why K3s?": everything here speaks of K3s, only the best is an answer.
    .slice(0, asked === 1 ? 1 : pieces);
  const chosen = [...named, ...fitting.map(({ value }) => value)];
  if (chosen.length === 0) return unknown(found, { knowledge, language, say });
  const unique = [...new Map(chosen.map((piece) => [piece.text, piece])).values()].slice(0, pieces);
  const sources = [
    ...new Map(
      unique.flatMap((piece) => piece.sources).map((source) => [source.url ?? source.title, source]),
    ).values(),
  ];
  return [
    ...unique.map(({ text }): Block => ({ kind: "paragraph", text })),
    { kind: "sources", sources: sources.map(({ title, url }) => (url ? { title, url } : { title })) },
  ];
}

/** Facts of the catalogue by words, best first, each with its id: what a model may look up. */
export function searchFacts(
  query: string,
  { answers, claims }: Knowledge,
  language: Language,
): { id: string; text: string; sources: readonly Source[] }[] {
  const documents = [
    ...answers.map(({ id, question, answer: said, keywords, sources }) => ({
      title: `${question[language]} ${keywords[language]}`,
      body: said[language],
      value: { id, text: said[language], sources },
    })),
    ...claims.map(({ id, claim, truth, instead, source }) => ({
      title: claim[language],
      body: inOneLine(truth[language], instead[language]),
      value: { id, text: inOneLine(truth[language], instead[language]), sources: [source] },
    })),
  ];
  return search(documents, query)
    .filter(({ coverage }) => coverage >= enough)
    .map(({ value }) => value);
}

function unknown(
  found: Found<Piece>[],
  { knowledge, language, say }: { knowledge: Knowledge; language: Language; say: Say },
): Block[] {
  const near = found
    .map(({ value }) => value.title)
    .filter((title) => knowledge.answers.some(({ question }) => question[language] === title));
  const suggestions =
    near.length > 0
      ? near.slice(0, 3)
      : knowledge.answers.slice(0, 3).map(({ question }) => question[language]);
  return [
    { kind: "notice", tone: "info", text: say("answer.unknown") },
    { kind: "list", items: suggestions },
  ];
}

/** "Why not MicroK8s?": what the plan rejected or denied by that very name comes first. */
function whyNot(question: string, plan: Plan, language: Language): Piece[] {
  const asked = new Set(words(question));
  const rejected = topics.flatMap((topic) =>
    plan.decisions[topic].rejected
      .filter(({ choice }) => words(choice).every((word) => asked.has(word)))
      .map(
        ({ choice, why, source }): Piece => ({
          from: "plan",
          title: choice,
          text: why[language],
          sources: source ? [source] : plan.decisions[topic].sources,
        }),
      ),
  );
  return rejected.slice(0, 2);
}

function planDocuments(plan: Plan, language: Language): Document<Piece>[] {
  const documents: Document<Piece>[] = [];
  const add = (title: string, text: string, sources: Source[]) =>
    documents.push({ title, body: text, value: { from: "plan", title, text, sources } });
  for (const topic of topics) {
    const { choice, reason, sources, rejected } = plan.decisions[topic];
    add(`${topic} ${choice}`, reason[language], sources);
    for (const other of rejected)
      add(`${topic} ${other.choice}`, other.why[language], other.source ? [other.source] : sources);
  }
  for (const { wish, why, instead, source } of plan.denied)
    add(wish[language], inOneLine(why[language], instead[language]), [source]);
  for (const { risk, measure, source } of plan.risks)
    add(risk[language], inOneLine(risk[language], measure[language]), source ? [source] : []);
  for (const { title, parts, sources } of plan.sections) {
    const said = parts.flatMap((part) =>
      part.kind === "paragraph"
        ? [part.text[language]]
        : part.kind === "list"
          ? part.items.map((item) => item[language])
          : [],
    );
    if (said.length > 0) add(title[language], said.slice(0, 3).join(" "), sources);
  }
  return documents;
}

function catalogueDocuments({ answers, claims }: Knowledge, language: Language): Document<Piece>[] {
  return [
    ...answers.map(({ question, answer: said, keywords, sources }) => ({
      title: `${question[language]} ${keywords[language]}`,
      body: said[language],
      value: { from: "catalogue" as const, title: question[language], text: said[language], sources },
    })),
    ...claims.map(({ claim, truth, instead, source }) => ({
      title: claim[language],
      body: inOneLine(truth[language], instead[language]),
      value: {
        from: "catalogue" as const,
        title: claim[language],
        text: inOneLine(truth[language], instead[language]),
        sources: [source],
      },
    })),
  ];
}
