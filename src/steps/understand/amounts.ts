import type { Figure } from "./numbers.ts";
import { has, type Mark, marksBetween, type Reading, sameClause, sameSentence, tagAfter } from "./reading.ts";

/** A number with a unit, in the unit the model uses: MiB, kbit/s, hours. */
export type Amount = {
  kind: "memory" | "bandwidth" | "duration" | "cores" | "percent" | "ignored";
  figure: Figure;
  value: number;
  /** "RAM" or "内存" stands beside it. */
  sure: boolean;
  /** "4G": memory or a mobile network. */
  doubtful: boolean;
  from: number;
  to: number;
};

// Kinds of link one can do without and still be online.
const PRIVATE = /^(?:vpn|wan|ethernet|mpls|ftth|bandwidth|bandbreite|cable|kabel)$/;
const HOURS: Record<string, number> = { minute: 1 / 60, hour: 1, day: 24, week: 168, month: 720 };

/** Every number that has a unit. */
export function amountsOf(reading: Reading): Amount[] {
  const amounts: Amount[] = [];
  for (const figure of reading.figures) {
    const amount = amountOf(reading, figure);
    if (amount) amounts.push(amount);
  }
  return withSharedUnits(reading, amounts);
}

function amountOf(reading: Reading, figure: Figure): Amount | undefined {
  const { tokens, markOf } = reading;
  const next = tokens[figure.to];
  if (next === undefined) return undefined;
  const base = { figure, value: figure.value, sure: false, doubtful: false, from: figure.from };
  if (next.text === "%") return { ...base, kind: "percent", to: figure.to + 1 };
  const mark = markOf[figure.to];
  const bandwidth = tagAfter(mark, "unit:bandwidth:");
  if (bandwidth !== undefined) {
    return { ...base, kind: "bandwidth", value: figure.value * Number(bandwidth), to: mark!.to };
  }
  const memory = tagAfter(mark, "unit:memory:");
  if (memory !== undefined)
    return memoryAmount(reading, { ...base, value: figure.value * Number(memory) }, mark!.to);
  if (tagAfter(mark, "unit:") !== undefined) return { ...base, kind: "ignored", to: mark!.to };
  if (next.kind === "word" && (next.text === "g" || next.text === "m") && next.glued)
    return letterAmount(reading, base);
  if (has(mark, "core")) return { ...base, kind: "cores", to: mark!.to };
  for (const [unit, hours] of Object.entries(HOURS)) {
    if (has(mark, unit)) return durationAmount(reading, { ...base, value: figure.value * hours }, mark!.to);
  }
  return undefined;
}

type Base = Pick<Amount, "figure" | "value" | "sure" | "doubtful" | "from">;

function memoryAmount(reading: Reading, base: Base, to: number): Amount {
  const whole = reading.text.slice(reading.tokens[base.from]!.start, reading.tokens[to - 1]!.end);
  // Written into the unit itself: g内存.
  const inside = /内存|运存|ram/i.test(whole);
  const beside = besides(reading, base.from, to);
  if (!inside && beside === "other") return { ...base, kind: "ignored", to };
  return { ...base, kind: "memory", value: Math.round(base.value), sure: inside || beside === "ram", to };
}

/** "4G", "8G", "512M": memory, unless it is the mobile network. */
function letterAmount(reading: Reading, base: Base): Amount | undefined {
  const { tokens, markOf } = reading;
  const letter = tokens[base.figure.to]!.text;
  const to = base.figure.to + 1;
  const value = letter === "g" ? base.value * 1024 : base.value;
  const beside = besides(reading, base.from, to);
  const cores = reading.figureOf[base.from - 2] !== undefined && has(markOf[base.from - 1], "core");
  if (beside === "ram" || cores) return { ...base, kind: "memory", value: Math.round(value), sure: true, to };
  if (beside === "other") return { ...base, kind: "ignored", to };
  if (letter === "m")
    return base.value >= 128 ? { ...base, kind: "memory", value, to } : { ...base, kind: "ignored", to };
  if (![2, 3, 4, 5].includes(base.value)) return { ...base, kind: "memory", value: Math.round(value), to };
  return { ...base, kind: "memory", value, doubtful: true, to };
}

/** Whether memory or something else (a disk, a data plan) is what bytes are said of. */
function besides(reading: Reading, from: number, to: number): "ram" | "other" | undefined {
  const after = marksBetween(reading, to, to + 3).filter((mark) => mark.from >= to);
  for (const mark of after) {
    if (!sameClause(reading, mark.from, to - 1) || reading.figureOf[mark.from]) break;
    if (has(mark, "ram")) return "ram";
    if (has(mark, "disk") || has(mark, "traffic")) return "other";
    if (has(mark, "per") || has(mark, "and") || has(mark, "or")) break;
    if (figureBetween(reading, to, mark.from)) break;
  }
  if (reading.tokens[to]?.text === "/" && !reading.figureOf[to + 1]) return "other";
  const before = marksBetween(reading, from - 3, from).reverse();
  for (const mark of before) {
    if (!sameClause(reading, mark.to - 1, from) || figureBetween(reading, mark.to, from)) break;
    if (has(mark, "and")) break;
    if (has(mark, "ram")) return "ram";
    if (has(mark, "disk") && !ownsAmount(reading, mark)) return "other";
  }
  return undefined;
}

/** "64 GB eMMC, 4 GB": the disk has its number already. */
function ownsAmount(reading: Reading, disk: Mark): boolean {
  const before = marksBetween(reading, disk.from - 2, disk.from);
  return (
    before.some((mark) => tagAfter(mark, "unit:memory:") !== undefined) &&
    !before.some((mark) => has(mark, "and"))
  );
}

function figureBetween(reading: Reading, from: number, to: number): boolean {
  for (let i = Math.max(0, from); i < to; i += 1) if (reading.figureOf[i]) return true;
  return false;
}

/** A duration means an outage only where one is spoken of. */
function durationAmount(reading: Reading, base: Base, to: number): Amount {
  const outage = marksBetween(reading, base.from - 10, to + 8).some(
    (mark) => isAway(reading, mark) && sameSentence(reading, mark.from, base.from),
  );
  // "every day", "一天三次": how often is not how long.
  const often = reading.markOf[base.from - 1];
  const rate = has(often, "per") || reading.figureOf[to] !== undefined;
  return { ...base, kind: outage && !rate ? "duration" : "ignored", to };
}

/** Words that say a site is on its own, "without any connection" among them. */
export function isAway(reading: Reading, mark: Mark): boolean {
  if (has(mark, "outage") || has(mark, "network=intermittent") || has(mark, "network=air-gapped"))
    return true;
  return isDeniedLink(reading, mark);
}

/** "no … connection", "ohne jedes Netz", 没有任何网络. */
export function isDeniedLink(reading: Reading, mark: Mark): boolean {
  if (!has(mark, "link") || has(mark, "mobile") || PRIVATE.test(reading.tokens[mark.from]!.text))
    return false;
  const before = marksBetween(reading, mark.from - 3, mark.from);
  return before.some((other) => has(other, "not") && sameClause(reading, other.from, mark.from));
}

/** "2 or 4 GB", "2-4 GB": the first number borrows the unit of the second. */
function withSharedUnits(reading: Reading, amounts: Amount[]): Amount[] {
  const all: Amount[] = [];
  for (const amount of amounts) {
    const first = amount.kind === "memory" ? reading.figureOf[amount.from - 2] : undefined;
    const between = reading.markOf[amount.from - 1];
    const sign = reading.tokens[amount.from - 1]?.text ?? "";
    const shared =
      first && (has(between, "or") || has(between, "range") || ["-", "–", "~", "/"].includes(sign));
    const known = first && amounts.some((other) => other.figure === first);
    if (first && shared && !known && first.value < amount.figure.value) {
      all.push({
        ...amount,
        figure: first,
        value: (amount.value / amount.figure.value) * first.value,
        from: first.from,
      });
    }
    all.push(amount);
  }
  return all;
}

/** Whether two amounts are alternatives: "2 GB or 4 GB". */
export function areAlternatives(reading: Reading, a: Amount, b: Amount): boolean {
  if (a.from < b.from && b.to === a.to) return true;
  const sign = reading.tokens[a.to]?.text ?? "";
  if (b.from === a.to + 1 && ["-", "–", "~", "/"].includes(sign)) return true;
  return marksBetween(reading, a.to, b.from).some((mark) => has(mark, "or") || has(mark, "range"));
}
