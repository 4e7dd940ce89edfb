import { isNoun } from "./lexicon.ts";
import type { Figure } from "./numbers.ts";
import { has, type Mark, marksBetween, type Reading, sameClause, sameSentence, tagAfter } from "./reading.ts";

export type NounKind =
  | "place"
  | "thing"
  | "device"
  | "node"
  | "person"
  | "ignored"
  | "core"
  | "regions"
  | "cluster";
/** What a number counts, and how. */
export type Count = {
  figure: Figure;
  noun?: Mark;
  kind?: NounKind;
  /** "per store", "each". */
  per: boolean;
  /** "not 500". */
  denied: boolean;
  /** Two ends of a range, or what a vague word may mean. */
  candidates?: number[];
  from: number;
  to: number;
};

const reach = 6;

/** Finds out for every number without a unit what it counts. */
export function countsOf(reading: Reading, units: ReadonlySet<Figure>): Count[] {
  const counts: Count[] = [];
  for (const figure of reading.figures) {
    if (units.has(figure) || !mayCount(reading, figure)) continue;
    counts.push(countOf(reading, figure));
  }
  return [...mergeRanges(reading, counts), ...vagueCounts(reading)].sort((a, b) => a.from - b.from);
}

/** 24/7, "3rd", "i5-8500", 5% are no counts. */
function mayCount(reading: Reading, figure: Figure): boolean {
  const { tokens } = reading;
  const before = tokens[figure.from - 1];
  const after = tokens[figure.to];
  if (has(reading.markOf[figure.from - 1], "vague")) return false;
  if (tokens[figure.from]!.glued && before?.kind === "word") return false;
  if (after?.text === "/" && tokens[figure.to + 1]?.kind === "number") return false;
  if (before?.text === "/" && tokens[figure.from - 2]?.kind === "number") return false;
  if (before && (before.text === "$" || before.text === "€" || before.text === "v" || before.text === "#"))
    return false;
  if (after?.glued && ["st", "nd", "rd", "th"].includes(after.text)) return false;
  return Number.isFinite(figure.value);
}

function countOf(reading: Reading, figure: Figure): Count {
  const noun = nounAfter(reading, figure.to) ?? nounBefore(reading, figure.from);
  const to = noun && noun.from >= figure.from ? noun.to : figure.to;
  const count: Count = {
    figure,
    per: isPer(reading, figure.from, to) || isPerBeforeSign(reading, figure.from),
    denied: isDenied(reading, figure.from),
    from: figure.from,
    to,
  };
  if (!noun) return count;
  return { ...count, noun, kind: kindOf(noun) };
}

export function kindOf(mark: Mark): NounKind | undefined {
  for (const tag of mark.tags) {
    if (tag.startsWith("place:")) return "place";
    if (tag.startsWith("thing:")) return "thing";
    if (tag.startsWith("board=")) return "device";
    if (["device", "node", "person", "ignored", "core", "regions", "cluster"].includes(tag))
      return tag as NounKind;
  }
  return undefined;
}

/** The counted noun: the head of the first run of nouns behind the number, before any other number or comma. */
function nounAfter(reading: Reading, from: number): Mark | undefined {
  const { tokens, markOf, figureOf } = reading;
  let found: Mark | undefined;
  for (let i = from; i < Math.min(tokens.length, from + reach); ) {
    if (tokens[i]!.clause !== tokens[from]!.clause || isDivider(tokens[i]!.text)) break;
    if (figureOf[i] && !figureOf[i]!.article) break;
    const mark = markOf[i];
    const kind = mark && kindOf(mark);
    if (found && (!kind || !heads(reading, found, mark!))) break;
    if (mark && (has(mark, "measure") || tagAfter(mark, "unit:ignored") !== undefined))
      found ??= measured(reading, mark);
    if (kind) found = mark;
    if (!found && mark && stops(mark)) break;
    i = mark ? mark.to : i + 1;
  }
  return found;
}

function isDivider(text: string): boolean {
  return [",", ".", ";", ":", "!", "?", "\n", "(", ")", "，", "。", "；", "、"].includes(text);
}

/** "truck depots", "store servers": the last noun of a run is what is counted, where the language has it so. */
function heads(reading: Reading, first: Mark, next: Mark): boolean {
  if (!reading.lexicon.headLast || next.from !== first.to) return false;
  // A board's name behind a noun ("40 buses Jetson") says more about the noun, it is not the noun.
  const kind = kindOf(next);
  if (kindOf(first) === "node" && kind === "cluster") return false;
  return kind !== undefined && !next.tags.some((tag) => tag.startsWith("board=")) && kind !== "ignored";
}

/** 台, 个 alone count devices; the noun behind them says more. */
function measured(reading: Reading, mark: Mark): Mark | undefined {
  if (!has(mark, "measure")) return undefined;
  const next = reading.markOf[mark.to];
  if (next && kindOf(next)) return undefined;
  const after = nounAfter(reading, mark.to);
  return after ?? { from: mark.from, to: mark.to, tags: ["device"] };
}

function stops(mark: Mark): boolean {
  return ["per", "or", "but", "correction", "not", "range"].some((role) => has(mark, role));
}

/** "Sites: 500", "stores = 40", "tractors (about 3,400)", 门店500家. */
function nounBefore(reading: Reading, from: number): Mark | undefined {
  const { tokens, markOf } = reading;
  const at = signBefore(reading, from);
  const mark = markOf[(at ?? from) - 1];
  if (!mark) return undefined;
  const kind = kindOf(mark);
  if (kind === undefined || kind === "ignored" || kind === "person") return undefined;
  const per = has(markOf[mark.from - 1], "per");
  // "nodes per site: 2" counts nodes.
  if (at !== undefined) return per ? markOf[markOf[mark.from - 1]!.from - 1] : mark;
  const before = reading.language === "zh" && tokens[from]!.clause === tokens[mark.from]!.clause;
  // 每厂3台: what stands behind "each" is not what is counted.
  return before && !per ? mark : undefined;
}

/** "nodes per site: 2". */
function isPerBeforeSign(reading: Reading, from: number): boolean {
  const at = signBefore(reading, from);
  const mark = at === undefined ? undefined : reading.markOf[at - 1];
  return mark !== undefined && has(reading.markOf[mark.from - 1], "per");
}

/** Where ":", "=" or "(" stands before a number, at most one word away. */
function signBefore(reading: Reading, from: number): number | undefined {
  for (const at of [from - 1, from - 2]) {
    const sign = reading.tokens[at]?.text;
    if (sign === ":" || sign === "=" || sign === "(") return at;
    if (sign === undefined || reading.tokens[at]!.kind !== "word" || reading.markOf[at]) return undefined;
  }
  return undefined;
}

/** "per store" behind, "each store has" before, "each" at the end. */
function isPer(reading: Reading, from: number, to: number): boolean {
  return isPerAfter(reading, to) || isPerBefore(reading, from);
}

function isPerAfter(reading: Reading, to: number): boolean {
  for (let i = to; i < Math.min(reading.tokens.length, to + 5); i += 1) {
    if (!sameClause(reading, i, to - 1) || reading.figureOf[i]) return false;
    const mark = reading.markOf[i];
    // "trucks each with 2 GB", "Filialen mit je 8 GB": so much per truck, not so many trucks per something.
    if (has(mark, "per")) return !reading.figureOf[mark!.to] && !has(reading.markOf[mark!.to], "with");
    if (mark && kindOf(mark) && !has(mark, "measure")) return false;
  }
  return false;
}

function isPerBefore(reading: Reading, from: number): boolean {
  for (let i = from - 1; i >= Math.max(0, from - 7); i -= 1) {
    if (!sameClause(reading, i, from)) return false;
    if (reading.figureOf[i] && !reading.figureOf[i]!.article) return false;
    const mark = reading.markOf[i];
    if (!has(mark, "per")) continue;
    // "each of our 80 plants" counts plants: only a noun between makes it "each plant has 3".
    return nounBetween(reading, mark!.to, from) || (mark!.to === from && bareEach(reading, mark!, from));
  }
  return false;
}

function nounBetween(reading: Reading, from: number, to: number): boolean {
  return marksBetween(reading, from, to).some((mark) => mark.tags.some(isNoun) || has(mark, "measure"));
}

/** "mit je 2 Servern", 各3台; in English only "each a box", as "each of our 80 plants" counts plants. */
function bareEach(reading: Reading, mark: Mark, from: number): boolean {
  const before = reading.tokens[mark.from - 1];
  if (before === undefined) return false;
  if (reading.language === "en") return reading.figureOf[from]?.article === true;
  return sameClause(reading, mark.from, mark.from - 1);
}

function isDenied(reading: Reading, from: number): boolean {
  return marksBetween(reading, from - 2, from).some(
    (mark) => mark.to === from && (has(mark, "not") || has(mark, "instead")),
  );
}

/** "500-800 stores", "between 500 and 800": one count with two candidates. */
function mergeRanges(reading: Reading, counts: Count[]): Count[] {
  const merged: Count[] = [];
  for (const count of counts) {
    const before = merged.at(-1);
    if (before && !before.candidates && isRange(reading, before, count)) {
      const ends = [before.figure.value, count.figure.value];
      // "2 to 3 thousand" means 2,000.
      if (ends[0]! * 100 <= ends[1]!) ends[0]! *= 1_000;
      merged[merged.length - 1] = {
        ...count,
        per: count.per || before.per,
        candidates: ends,
        from: before.from,
      };
      continue;
    }
    merged.push(count);
  }
  return merged;
}

function isRange(reading: Reading, a: Count, b: Count): boolean {
  if (a.noun && a.noun.from >= a.figure.from && a.noun !== b.noun) return false;
  return isRangeOf(reading, a.figure, b.figure);
}

/** Whether two numbers are the ends of a range. */
export function isRangeOf(reading: Reading, a: Figure, b: Figure): boolean {
  if (b.from - a.to !== 1) return false;
  const text = reading.tokens[a.to]!.text;
  if (["-", "–", "—", "~", "～", "…"].includes(text)) return true;
  const mark = reading.markOf[a.to];
  if (has(mark, "range") || has(mark, "or")) return true;
  return has(mark, "and") && has(reading.markOf[a.from - 1], "between");
}

/** "a couple of hundred", "thousands of", 几百: known to be many, not how many. */
function vagueCounts(reading: Reading): Count[] {
  const counts: Count[] = [];
  for (const mark of reading.marks) {
    const vague = has(mark, "vague");
    if (!vague && !has(mark, "many")) continue;
    const figure = vague ? reading.figureOf[mark.to] : undefined;
    const to = figure?.to ?? mark.to;
    const noun = nounAfter(reading, to);
    const kind = noun && kindOf(noun);
    const unit = figure?.value ?? hanUnit(reading, mark) ?? 1;
    if (kind === undefined && unit <= 1) continue;
    const base: Figure = { from: mark.from, to, value: unit, article: false };
    const candidates = unit > 1 ? [2 * unit, 3 * unit, 5 * unit] : [];
    const end = noun?.to ?? to;
    const per = isPer(reading, mark.from, end);
    const count: Count = { figure: base, per, denied: false, candidates, from: mark.from, to: end };
    counts.push(noun && kind ? { ...count, noun, kind } : count);
  }
  return counts;
}

/** 几百, 数千: the unit stands inside the word. */
function hanUnit(reading: Reading, mark: Mark): number | undefined {
  const last = reading.tokens[mark.to - 1]!;
  return last.kind === "han" ? reading.words.pieces.get(last.text)?.value : undefined;
}

/** Whether something between two tokens takes the first back: "wait, make that". */
export function isCorrected(reading: Reading, from: number, to: number): boolean {
  return marksBetween(reading, from, to).some((mark) => has(mark, "correction"));
}

/** "and", "plus", + between two counts: both are there. */
export function isJoined(reading: Reading, from: number, to: number): boolean {
  const marks = marksBetween(reading, from, to);
  if (!sameSentence(reading, from, to)) return false;
  if (marks.some((mark) => has(mark, "or") || has(mark, "between"))) return false;
  return marks.some((mark) => has(mark, "and"));
}
