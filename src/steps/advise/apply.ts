import type { Advice } from "#model/advice.ts";
import type { Decisions, Risk, Topic } from "#model/decision.ts";
import type { Claim } from "#model/knowledge.ts";
import type { Part, Section } from "#model/plan.ts";
import { type Language, type Text, text, verbatim } from "#model/text.ts";
import type { Flaw } from "./prose.ts";
import type { Review } from "./review.ts";
import { type Sentence, splitSentences } from "./sentences.ts";
import type { Made } from "./vocabulary.ts";

/** A snippet that passed every check. It is posted and lies in the zip under a name of ours; its title is only shown. */
export type AcceptedSnippet = {
  name: string;
  title: Text;
  purpose: Text;
  content: string;
  status: "checked";
};

/** A plan with a model's words in it. `made` is what our code laid out after the preferences that hold. */
export type Applied = {
  made: Made;
  /** Those of `made`, with the model's reasons where they passed. For people only: files come from `made`. */
  decisions: Decisions;
  summary: Text;
  sections: Section[];
  risks: Risk[];
  snippets: AcceptedSnippet[];
  /** What was left out, and what was marked in place: one sentence each. */
  dropped: Text[];
  unverified: Text[];
  /** Both, and what became of the preferences: for the provenance of the plan. */
  repairs: Text[];
};

/** In front of a sentence that nothing backs. */
export const unverifiedMark: Text = {
  en: "⚠ *unverified:* ",
  de: "⚠ *nicht belegt:* ",
  es: "⚠ *sin verificar:* ",
  zh: "⚠ *未核实：*",
};

/** Puts the parts of an answer that hold into the plan; what does not falls back to ours, is marked, or is left out and named. */
export function applyReviewed(
  advice: Advice,
  review: Review,
  { language, claims }: { language: Language; claims: readonly Claim[] },
): Applied {
  const { made, kept, refused, flaws } = review;
  const log = new Log(claims);
  const read = (pointer: string, words: string, where: Text) =>
    cleaned(words, flaws.get(pointer) ?? [], { language, where, log });
  const lost = new Set<Topic>(refused.map(({ topic }) => topic));
  const refusedText = refused.length > 0 ? [text(setDropped, { set: namesOf(refused) })] : [];
  const keptTexts = kept.map(({ topic, choice }) => text(preferenceKept, { topic, choice }));

  const summary = read("/summary", advice.summary, places.summary);
  const decisions = withReasons(
    made.verdict.decisions,
    advice,
    (pointer, words, topic) =>
      // A reason for what was not taken would argue against the plan.
      lost.has(topic)
        ? undefined
        : flawless(pointer, words, review, { where: text(places.component, { topic }), log }),
    language,
  );
  const snippets: AcceptedSnippet[] = [];
  for (const [index, { title, purpose, yaml }] of advice.snippets.entries()) {
    const found = review.snippetFlaws[index]!;
    const spoiled = [`/snippets/${index}/title`, `/snippets/${index}/purpose`].flatMap(
      (p) => flaws.get(p) ?? [],
    );
    const rules = [...new Set([...found, ...spoiled].map(({ rule }) => rule))];
    if (rules.length > 0) {
      log.drop(text(snippetDropped, { number: index + 1, rules: rules.slice(0, 6).join(", ") }));
      continue;
    }
    const name = `snippets/${String(snippets.length + 1).padStart(2, "0")}.yaml`;
    const content = yaml.endsWith("\n") ? yaml : `${yaml}\n`;
    snippets.push({ name, title: verbatim(title), purpose: verbatim(purpose), content, status: "checked" });
  }
  return {
    made,
    decisions,
    summary: summary === "" ? made.summary : { ...made.summary, [language]: summary },
    sections: withTexts(made.sections, advice, read),
    risks: [...made.verdict.risks, ...risksOf(advice, read)],
    snippets,
    dropped: log.dropped,
    unverified: log.unverified,
    repairs: [...refusedText, ...keptTexts, ...log.dropped, ...log.unverified],
  };
}

type Reading = (pointer: string, words: string, where: Text) => string;

/** What is said of sentences that do not stand as they were written; the same thing once. */
export class Log {
  readonly dropped: Text[] = [];
  readonly unverified: Text[] = [];
  readonly #claims: readonly Claim[];

  constructor(claims: readonly Claim[]) {
    this.#claims = claims;
  }

  drop(words: Text): void {
    if (!this.dropped.some(({ en }) => en === words.en)) this.dropped.push(words);
  }

  dropSentence(where: Text, rule: string): void {
    const claim = this.#claims.find(({ id }) => rule === `CLAIM-${id}`);
    if (claim) this.drop(text(claimDropped, { where, id: claim.id, truth: claim.truth }));
    else this.drop(text(sentenceDropped, { where, why: groupOf(rule) }));
  }

  mark(where: Text, rule: string): void {
    const words = text(sentenceMarked, { where, why: groupOf(rule) });
    if (!this.unverified.some(({ en }) => en === words.en)) this.unverified.push(words);
  }
}

/** A text without the sentences that must not be shown, the unbacked ones marked; all else stays as it was written. */
export function cleaned(
  words: string,
  flaws: readonly Flaw[],
  { language, where, log }: { language: Language; where: Text; log: Log },
): string {
  const overlaps = (a: Sentence, b: Sentence) => a.start < b.end && b.start < a.end;
  let result = "";
  let last = 0;
  for (const sentence of splitSentences(words)) {
    const found = flaws.filter((flaw) => overlaps(flaw.sentence, sentence));
    const worst = found.find(({ remedy }) => remedy === "drop") ?? found[0];
    result += words.slice(last, sentence.start);
    last = sentence.end;
    if (!worst) result += sentence.text;
    else if (worst.remedy === "drop") log.dropSentence(where, worst.rule);
    else {
      result += unverifiedMark[language] + sentence.text;
      log.mark(where, worst.rule);
    }
  }
  return result
    .replaceAll(/[ \t]{2,}/g, " ")
    .replaceAll(/^[ \t]*[-*•]?[ \t]*$/gm, "")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

/** A text that stands as a whole or not at all: where ours is there to fall back to. */
function flawless(
  pointer: string,
  words: string,
  { flaws }: Review,
  { where, log }: { where: Text; log: Log },
): string | undefined {
  const found = flaws.get(pointer) ?? [];
  for (const { rule } of found) log.dropSentence(where, rule);
  return found.length === 0 ? words : undefined;
}

function withReasons(
  decisions: Decisions,
  { componentWhy, overrides }: Advice,
  read: (pointer: string, words: string, topic: Topic) => string | undefined,
  language: Language,
): Decisions {
  const reasons = new Map<Topic, string>();
  const put = (topic: Topic, words: string | undefined) => words === undefined || reasons.set(topic, words);
  for (const [i, { topic, reason }] of overrides.entries())
    put(topic, read(`/overrides/${i}/reason`, reason, topic));
  for (const [i, { topic, why }] of componentWhy.entries())
    put(topic, read(`/componentWhy/${i}/why`, why, topic));
  const changed = [...reasons].map(([topic, words]) => {
    const decision = decisions[topic];
    return [topic, { ...decision, reason: { ...decision.reason, [language]: words } }];
  });
  return { ...decisions, ...Object.fromEntries(changed) };
}

/** The model's text stands before our tables and files, which stay. */
function withTexts(sections: readonly Section[], advice: Advice, read: Reading): Section[] {
  return sections.map((section) => {
    const parts = advice.sections.flatMap(({ id, text: words }, index) =>
      id === section.id ? partsOf(read(`/sections/${index}/text`, words, section.title)) : [],
    );
    return parts.length > 0 ? { ...section, parts: [...parts, ...section.parts] } : section;
  });
}

const ITEM = /^\s*(?:[-*•]|\d{1,2}[.)])\s+/;

/** Paragraphs and lists of a text, the words as they are. */
export function partsOf(words: string): Part[] {
  const parts: Part[] = [];
  for (const block of words.split(/\n\s*\n/)) {
    const rows = block.split("\n").filter((row) => row.trim() !== "");
    if (rows.length === 0) continue;
    if (rows.every((row) => ITEM.test(row))) {
      parts.push({ kind: "list", items: rows.map((row) => verbatim(row.replace(ITEM, "").trim())) });
    } else {
      const lines = rows.map((row) => row.replace(/^\s*#{1,6}\s+/, "").trim());
      parts.push({ kind: "paragraph", text: verbatim(lines.join(" ")) });
    }
  }
  return parts;
}

function risksOf({ risks }: Advice, read: Reading): Risk[] {
  return risks.flatMap(({ risk, measure }, index) => {
    const said = read(`/risks/${index}/risk`, risk, places.risks);
    const against = read(`/risks/${index}/measure`, measure, places.risks);
    if (said === "" || against === "") return [];
    return [{ id: `model-${index + 1}`, risk: verbatim(said), measure: verbatim(against) }];
  });
}

function namesOf(overrides: readonly { topic: string; choice: string }[]): string {
  // The choice of a refused preference may be anything at all, so only the topic is repeated.
  return [...new Set(overrides.map(({ topic }) => topic))].join(", ");
}

const places = {
  summary: { en: "the summary", de: "der Zusammenfassung", es: "el resumen", zh: "摘要" },
  risks: { en: "the risks", de: "den Risiken", es: "los riesgos", zh: "风险" },
  component: {
    en: "the reason for {topic}",
    de: "der Begründung zu {topic}",
    es: "el motivo de {topic}",
    zh: "{topic} 的理由",
  },
} satisfies Record<string, Text>;

const setDropped: Text = {
  en: "The model's preferences ({set}) do not hold together; the rules' decisions stand.",
  de: "Die Vorschläge des Modells ({set}) sind zusammen nicht machbar; es bleibt bei den Entscheidungen der Regeln.",
  es: "Las preferencias del modelo ({set}) no se sostienen en conjunto; valen las decisiones de las reglas.",
  zh: "模型的偏好（{set}）整体不可行，沿用规则的决策。",
};
const preferenceKept: Text = {
  en: "The model preferred {choice} for {topic}; the rules decided again with it.",
  de: "Das Modell hat bei {topic} {choice} bevorzugt; die Regeln haben damit neu entschieden.",
  es: "El modelo prefirió {choice} para {topic}; las reglas decidieron de nuevo con ello.",
  zh: "模型在 {topic} 上优先选择 {choice}，规则已据此重新判定。",
};
const snippetDropped: Text = {
  en: "Snippet {number} of the model did not pass the checks ({rules}) and was left out.",
  de: "Das Snippet {number} des Modells hat die Prüfungen nicht bestanden ({rules}) und wurde weggelassen.",
  es: "El fragmento {number} del modelo no superó las comprobaciones ({rules}) y se omitió.",
  zh: "模型的第 {number} 段配置未通过检查（{rules}），已略去。",
};
const sentenceDropped: Text = {
  en: "A sentence in {where} was left out: it {why}.",
  de: "Ein Satz in {where} wurde weggelassen: Er {why}.",
  es: "Se omitió una frase en {where}: {why}.",
  zh: "{where}中有一句已略去：{why}。",
};
const sentenceMarked: Text = {
  en: "A sentence in {where} is marked as unverified: it {why}.",
  de: "Ein Satz in {where} ist als nicht belegt markiert: Er {why}.",
  es: "Una frase en {where} está marcada como sin verificar: {why}.",
  zh: "{where}中有一句标为未核实：{why}。",
};
const claimDropped: Text = {
  en: "A sentence in {where} was left out, because it is known not to be so ({id}): {truth}",
  de: "Ein Satz in {where} wurde weggelassen, weil er nachweislich nicht stimmt ({id}): {truth}",
  es: "Se omitió una frase en {where} porque se sabe que no es así ({id}): {truth}",
  zh: "{where}中有一句已略去，因为已知不实（{id}）：{truth}",
};

const groups: readonly [RegExp, Text][] = [
  [
    /^PROSE-10$/,
    {
      en: "gives a figure that follows from no answer, decision or fact",
      de: "nennt eine Zahl, die aus keiner Antwort, Entscheidung oder Tatsache folgt",
      es: "da una cifra que no sale de ninguna respuesta, decisión ni dato",
      zh: "其中的数字不来自任何回答、决策或事实",
    },
  ],
  [
    /^PROSE/,
    {
      en: "names something that no catalogue, schema or file of this plan holds",
      de: "nennt etwas, das in keinem Katalog, Schema und keiner Datei dieses Plans steht",
      es: "nombra algo que no está en ningún catálogo, esquema ni archivo de este plan",
      zh: "提到了目录、schema 和方案文件中都不存在的内容",
    },
  ],
  [
    /^DESIGN/,
    {
      en: "proposes what this plan must not hold",
      de: "schlägt etwas vor, das dieser Plan nicht enthalten darf",
      es: "propone algo que este plan no debe contener",
      zh: "提出了本方案不允许的做法",
    },
  ],
  [
    /^TEXT-11$/,
    {
      en: "is not in the language of the plan",
      de: "ist nicht in der Sprache des Plans",
      es: "no está en el idioma del plan",
      zh: "不是方案所用的语言",
    },
  ],
  [
    /^TEXT-10$/,
    {
      en: "gives an order instead of explaining the plan",
      de: "erteilt eine Anweisung, statt den Plan zu erklären",
      es: "da una orden en lugar de explicar el plan",
      zh: "在下达指令，而不是解释方案",
    },
  ],
  [
    /^TEXT-09$/,
    {
      en: "holds what looks like a secret",
      de: "enthält, was wie ein Geheimnis aussieht",
      es: "contiene algo que parece un secreto",
      zh: "疑似包含机密",
    },
  ],
  [
    /./,
    {
      en: "holds a mention, a link, markup or hidden characters",
      de: "enthält eine Erwähnung, einen Link, Markup oder verborgene Zeichen",
      es: "contiene una mención, un enlace, marcado o caracteres ocultos",
      zh: "包含提及、链接、标记或隐藏字符",
    },
  ],
];

function groupOf(rule: string): Text {
  return groups.find(([pattern]) => pattern.test(rule))![1];
}
