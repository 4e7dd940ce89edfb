import { parse } from "yaml";
import { z } from "zod";
import { catalogueRelease } from "#catalogue/release.ts";
import { type Answers, type Brief, Edition, type PlaceholderName, placeholderNames } from "#model/brief.ts";
import { type Decisions, type Source, type Topic, topics, type Verdict } from "#model/decision.ts";
import type { Claim } from "#model/knowledge.ts";
import { inOneLine, type Text, text } from "#model/text.ts";
import { Language } from "#model/text-schema.ts";

const Names = z.array(z.enum(placeholderNames as [PlaceholderName, ...PlaceholderName[]]));
const FrontMatter = z.strictObject({ edition: Edition, language: Language, needs: Names, uses: Names });
const partNames = ["system", "format-json", "format-markdown", "facts", "user"] as const;
type PartName = (typeof partNames)[number];

/** One file of `prompts/`: which answers it needs, and its parts. */
export type Prompt = z.infer<typeof FrontMatter> & { parts: Record<PartName, string> };

const FRONT = /^---\n([\s\S]*?)\n---\n/;
const PART = /^<!-- part: ([a-z-]+) -->\n/m;

/** Reads a prompt file; a missing part or an unknown placeholder in its front matter is an error with its name. */
export function parsePrompt(file: string, name: string): Prompt {
  const front = FRONT.exec(file);
  if (!front) throw new Error(`${name}: no front matter between --- lines`);
  const head = FrontMatter.parse(parse(front[1]!));
  const pieces = file.slice(front[0].length).split(PART);
  const parts = Object.fromEntries(
    Array.from({ length: (pieces.length - 1) / 2 }, (_, index) => [
      pieces[2 * index + 1],
      pieces[2 * index + 2]!.trim(),
    ]),
  );
  const missing = partNames.filter((part) => !parts[part]);
  if (missing.length > 0) throw new Error(`${name}: no part ${missing.join(", ")}`);
  return { ...head, parts: parts as Record<PartName, string> };
}

/** A fact the model may rest on and cite by its id. */
export type Fact = { id: string; fact: string; source: string };

export type Message = { role: "system" | "user"; content: string };

/**
 * The messages of one call. Stable parts come first, so that a provider's cache hits; what people typed comes last, as one
 * block of JSON in the user's message, never in the system message. `json` asks for the advice object, `markdown` for the
 * deliverables as a document, for use in any other chat.
 */
export function buildPrompt(
  prompt: Prompt,
  {
    brief,
    verdict,
    facts,
    answer,
    options = {},
  }: {
    brief: Brief;
    verdict: Verdict;
    facts: readonly Fact[];
    answer: "json" | "markdown";
    /** Choices the model may prefer to ours, by topic. */
    options?: Partial<Record<Topic, readonly string[]>>;
  },
): Message[] {
  const { language, parts } = prompt;
  const fill = (template: string, values: Record<string, string>) =>
    template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  const dated = { asOf: catalogueRelease.asOf };
  const known = {
    ...dated,
    facts: facts.map(({ id, fact, source }) => `- [${id}] ${fact} (${source})`).join("\n"),
  };
  const data = {
    fleet: fleetLine(brief)[language],
    decisions: fence(decisionsOf(verdict.decisions, language, options)),
    denied: fence(
      verdict.denied.map(({ id, wish, why, instead }) => ({
        id,
        wish: wish[language],
        why: why[language],
        instead: instead[language],
      })),
    ),
    answers: fence(answersOf(prompt, brief.answers)),
  };
  return [
    {
      role: "system",
      content: [fill(parts.system, dated), parts[`format-${answer}`], fill(parts.facts, known)].join("\n\n"),
    },
    { role: "user", content: fill(parts.user, data) },
  ];
}

/** One line about the fleet from typed answers only: nothing that somebody wrote freely. */
function fleetLine({ answers }: Brief): Text {
  const values = {
    sites: answers.sites,
    nodes: answers.nodesPerSite,
    memory: answers.memoryMiB,
    arch: answers.arch,
    network: answers.network,
  };
  return text(
    {
      en: "{sites} sites with {nodes} node(s) each, {memory} MiB of memory a node, {arch}, {network} link",
      de: "{sites} Standorte mit je {nodes} Knoten, {memory} MiB Arbeitsspeicher je Knoten, {arch}, Anbindung: {network}",
      es: "{sites} sitios con {nodes} nodo(s) cada uno, {memory} MiB de memoria por nodo, {arch}, enlace: {network}",
      zh: "{sites} 个站点，每个站点 {nodes} 个节点，每个节点 {memory} MiB 内存，{arch}，网络：{network}",
    },
    values,
  );
}

/** Only answers that this prompt names, so that nothing reaches a model that its file does not list. */
function answersOf({ needs, uses }: Prompt, answers: Answers): Answers {
  const named = new Set<string>([...needs, ...uses]);
  return Object.fromEntries(Object.entries(answers).filter(([name]) => named.has(name))) as Answers;
}

function decisionsOf(
  decisions: Decisions,
  language: Language,
  options: Partial<Record<Topic, readonly string[]>>,
) {
  return topics.map((topic) => {
    const { choice, rule, reason, rejected, params } = decisions[topic];
    const others = rejected.map(({ choice: other, why }) => ({ choice: other, why: why[language] }));
    return {
      topic,
      choice,
      ...(Object.keys(params).length > 0 && { params }),
      rule,
      reason: reason[language],
      rejected: others,
      ...(options[topic] && { alsoFeasible: options[topic] }),
    };
  });
}

/** A fence that no answer can close: people's backticks are escaped inside JSON. */
function fence(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 1).replaceAll("`", "\\u0060")}\n\`\`\``;
}

const claimsAtMost = 40; // about 3,000 tokens; more would drown the decisions
const manySites = 1_000; // below it, what breaks at scale is no concern

/** Whether claims of a topic are of any use to this fleet. */
function concerns({ topic }: Claim, { decisions }: Verdict, { answers }: Pick<Brief, "answers">): boolean {
  if (topic === "wasm") return answers.wasm !== "none" || decisions.wasm.choice !== "none";
  if (topic === "scale") return answers.sites >= manySites;
  return decisions.distribution.choice !== "none" || topic === "os" || topic === "security";
}

/** Whole words only, so that "ha" is not found in "that"; " argo cd " is the same as " argocd ". */
function wordsOf(words: string): string {
  return ` ${words
    .toLowerCase()
    .replaceAll("argo cd", "argocd")
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim()} `;
}

/**
 * The slice of the catalogue an answer may rest on. What many fleets share comes first, so that a cached prefix is long: what
 * is wrong with common claims, then the rules, the budget and the risks of this verdict.
 */
export function factsFor(
  verdict: Verdict,
  { claims, brief }: { claims: readonly Claim[]; brief: Pick<Brief, "answers"> },
  language: Language,
): Fact[] {
  const names = new Set(
    topics.flatMap((topic) => {
      const { choice, rejected } = verdict.decisions[topic];
      return [choice, ...rejected.map((other) => other.choice)];
    }),
  );
  const spoken = [...names].filter((name) => name !== "none").map(wordsOf);
  const relevance = ({ claim, instead }: Claim) => {
    const said = wordsOf(`${claim.en} ${instead.en}`);
    return spoken.filter((name) => said.includes(name)).length;
  };
  const chosen = new Set(
    claims
      .filter((claim) => concerns(claim, verdict, brief))
      .map((claim): [Claim, number] => [claim, relevance(claim)])
      .filter(([, score]) => score > 0)
      .sort(([, a], [, b]) => b - a)
      .slice(0, claimsAtMost)
      .map(([claim]) => claim),
  );
  const known = claims
    .filter((claim) => chosen.has(claim))
    .map(({ id, truth, instead, source }) => ({
      id,
      fact: inOneLine(truth[language], instead[language]),
      source: source.url ? `${source.title}, ${source.url}` : source.title,
    }));
  return [...known, ...factsOf(verdict, language)];
}

/** The facts a verdict rests on, each with an id to cite: its rules, its budget and its risks. */
export function factsOf({ decisions, budgets, denied, risks }: Verdict, language: Language): Fact[] {
  const source = ({ title, url }: Source) => (url ? `${title}, ${url}` : title);
  const facts = new Map<string, Fact>();
  const add = (id: string, fact: string, from: string) =>
    facts.has(id) || facts.set(id, { id, fact, source: from });
  for (const topic of topics) {
    const { rule, reason, sources, rejected } = decisions[topic];
    // One rule may decide two topics; the second is cited as `secrets:G5`.
    const id = facts.has(rule) && facts.get(rule)!.fact !== reason[language] ? `${topic}:${rule}` : rule;
    add(id, reason[language], sources.map(source).join("; "));
    for (const { choice, why, source: from } of rejected) {
      add(`${topic}:not-${choice}`, `${choice}: ${why[language]}`, from ? source(from) : rule);
    }
  }
  for (const { id, why, instead, source: from } of denied)
    add(id, inOneLine(why[language], instead[language]), source(from));
  for (const { node, rows } of budgets) {
    for (const [index, row] of rows.entries()) {
      add(
        `memory:${node}:${index + 1}`,
        `${row.component[language]}: ${row.mib} MiB (${row.basis})`,
        source(row.source),
      );
    }
  }
  for (const { id, risk, source: from } of risks) add(id, risk[language], from ? source(from) : "risk");
  return [...facts.values()];
}
