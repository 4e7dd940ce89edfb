import type { PlaceholderName } from "#model/brief.ts";
import { type Amount, amountsOf, areAlternatives } from "./amounts.ts";
import { type Count, countsOf, isCorrected, isJoined } from "./counts.ts";
import { type Draft, doubt, keep } from "./draft.ts";
import { deviceTypesOf } from "./fleet.ts";
import { has, marksBetween, type Reading, sameClause, sameSentence, tagAfter } from "./reading.ts";

export type Sizes = { amounts: Amount[]; counts: Count[] };

/** Numbers into answers: sites, nodes a site, memory, cores, bandwidth, outages. */
export function readSizes(draft: Draft, reading: Reading, asking?: PlaceholderName): Sizes {
  const amounts = amountsOf(reading);
  const counts = countsOf(reading, new Set(amounts.map((amount) => amount.figure)));
  settleMemory(draft, reading, amounts);
  settleRest(draft, reading, amounts);
  const left = settleNodes(draft, reading, counts);
  settleSites(draft, reading, left);
  deviceTypesOf(draft, reading, { amounts, counts });
  settleRegions(draft, reading, counts);
  settleBare(draft, reading, { counts, ...(asking && { asking }) });
  return { amounts, counts };
}

function settleMemory(draft: Draft, reading: Reading, amounts: Amount[]): void {
  const all = amounts.filter((amount) => amount.kind === "memory" && !isDeniedAmount(reading, amount));
  const sure = all.filter((amount) => amount.sure);
  const plain = all.filter((amount) => !amount.doubtful);
  const chosen = sure.length > 0 ? sure : plain;
  // A "4G" beside real memory is the mobile network.
  if (chosen.length === 0) {
    doubtMemory(draft, reading, all);
    return;
  }
  const last = chosen.at(-1)!;
  const first = chosen[0]!;
  const values = new Set(chosen.map((amount) => amount.value));
  const span = { from: first.from, to: last.to };
  // "10 % of our stores have 1 GB" says nothing about the others.
  const partly = amounts.some(
    (amount) => amount.kind === "percent" && sameSentence(reading, amount.from, first.from),
  );
  if (values.size === 1 && !partly) {
    keep(draft, reading, {
      name: "memoryMiB",
      value: first.value,
      span: { from: first.from, to: wideTo(reading, first) },
    });
    return;
  }
  const before = chosen.at(-2);
  if (before && isCorrected(reading, before.to, last.from) && !areAlternatives(reading, before, last)) {
    keep(draft, reading, { name: "memoryMiB", value: last.value, span: last });
    return;
  }
  doubt(draft, reading, { name: "memoryMiB", candidates: chosen.map((amount) => amount.value), span });
}

/** "8 GB RAM": the word belongs to the quote. */
function wideTo(reading: Reading, amount: Amount): number {
  const next = reading.markOf[amount.to];
  return has(next, "ram") ? next!.to : amount.to;
}

function doubtMemory(draft: Draft, reading: Reading, all: Amount[]): void {
  const amount = all[0];
  if (!amount) return;
  // "4G" near a link, a "flaky" or another generation is the network, and then says nothing about memory.
  const near = marksBetween(reading, amount.from - 4, amount.to + 3);
  const network = near.some((mark) =>
    mark.tags.some(
      (tag) => tag === "link" || tag === "mobile" || tag === "bad" || tag.startsWith("network="),
    ),
  );
  const bare = reading.tokens[amount.to]?.text === "/" || reading.tokens[amount.from - 1]?.text === "/";
  if (network || bare || all.length > 1) return;
  doubt(draft, reading, { name: "memoryMiB", candidates: [amount.value], span: amount });
}

function isDeniedAmount(reading: Reading, amount: Amount): boolean {
  const mark = reading.markOf[amount.from - 1];
  return has(mark, "not") || has(mark, "instead");
}

function settleRest(draft: Draft, reading: Reading, amounts: Amount[]): void {
  const kept = amounts.filter((amount) => !isDeniedAmount(reading, amount));
  const cores = kept.filter((amount) => amount.kind === "cores");
  if (cores.length === 1 && cores[0]!.value % 1 === 0) {
    keep(draft, reading, { name: "cpu", value: cores[0]!.value, span: cores[0]! });
  }
  const bandwidths = kept.filter((amount) => amount.kind === "bandwidth");
  const slowest = bandwidths.at(-1);
  if (slowest && new Set(bandwidths.map((amount) => amount.value)).size === 1) {
    keep(draft, reading, { name: "bandwidthKbps", value: Math.round(slowest.value), span: slowest });
  } else if (slowest) {
    doubt(draft, reading, {
      name: "bandwidthKbps",
      candidates: bandwidths.map((amount) => amount.value),
      span: { from: bandwidths[0]!.from, to: slowest.to },
    });
  }
  const outages = kept.filter((amount) => amount.kind === "duration");
  const longest = outages.toSorted((a, b) => b.value - a.value)[0];
  if (longest)
    keep(draft, reading, {
      name: "outageHours",
      value: Math.round(longest.value * 100) / 100,
      span: longest,
    });
}

/** Takes what is counted per site, and hands on the rest. */
function settleNodes(draft: Draft, reading: Reading, counts: Count[]): Count[] {
  const left: Count[] = [];
  const places = counts.filter((count) => isSite(count) && !count.per && !count.denied);
  let before: Count | undefined;
  for (const count of counts) {
    if (!isNodeCount(reading, count, places)) {
      left.push(count);
      continue;
    }
    if (count.denied || (count.figure.article && count.kind !== "node" && !count.per)) continue;
    if (count.candidates) {
      doubt(draft, reading, { name: "nodesPerSite", candidates: count.candidates, span: count });
      continue;
    }
    const certain = count.kind === "node" || count.kind === "device" || count.kind === undefined;
    const value = count.figure.value;
    const replaced = before !== undefined && isCorrected(reading, before.to, count.from);
    const known = draft.answers.nodesPerSite;
    if (certain && (known === undefined || known === value || replaced)) {
      keep(draft, reading, { name: "nodesPerSite", value, span: count });
      before = count;
    } else if (!certain) {
      doubt(draft, reading, { name: "nodesPerSite", candidates: [value], span: count });
    }
  }
  return left;
}

/** "a store" names one without counting it; 一家店 counts. */
function isSaid(reading: Reading, count: Count): boolean {
  return !count.figure.article || count.kind === "device" || reading.language === "zh";
}

/** "one central hub for 400 stores": beside a real number, "one" counts no sites. */
function withoutOnes(counts: Count[]): Count[] {
  const more = counts.filter((count) => count.figure.value > 1);
  return more.length > 0 ? more : counts;
}

function isSite(count: Count): boolean {
  return count.kind === "place" || count.kind === "thing";
}

function isNodeCount(reading: Reading, count: Count, places: Count[]): boolean {
  const { kind, figure } = count;
  if (kind === "person" || kind === "ignored" || kind === "regions" || kind === "core" || kind === "cluster")
    return false;
  // "3-node cluster", "clusters of 3 nodes": always so many a site.
  if (kind === "node" && besideCluster(reading, count)) return true;
  if (kind === "place") return false;
  if (count.per) return kind !== undefined || (figure.value <= 20 && !isLoose(reading, count));
  if (kind !== "node" && kind !== "device") return false;
  // "80 plants with 3 servers": few machines beside many places.
  return places.some(
    (place) =>
      sameSentence(reading, place.from, count.from) &&
      figure.value <= 9 &&
      place.figure.value > figure.value * 3 &&
      !figure.article,
  );
}

/** "je ein NPU": an article before something else counts no machines; "einer pro Shop" does. */
function isLoose(reading: Reading, count: Count): boolean {
  return count.figure.article && !has(reading.markOf[count.to], "per");
}

function besideCluster(reading: Reading, count: Count): boolean {
  const near = marksBetween(reading, count.from - 3, count.to + 2);
  return count.figure.value <= 20 && near.some((mark) => has(mark, "cluster"));
}

function settleSites(draft: Draft, reading: Reading, counts: Count[]): void {
  const usable = counts.filter(
    (count) => !count.denied && !count.per && siteRank(count) > 0 && isSaid(reading, count),
  );
  const best = usable.filter((count) => siteRank(count) === Math.max(0, ...usable.map(siteRank)));
  const rivals =
    best.length > 0 && siteRank(best[0]!) === 3 ? usable.filter((count) => siteRank(count) === 2) : [];
  const all = withoutOnes([...best, ...rivals]).sort((a, b) => a.from - b.from);
  const last = all.at(-1);
  if (!last) return;
  const corrected = lastCorrection(draft, reading, { counts, last });
  if (corrected) return;
  const span = { from: all[0]!.from, to: last.to };
  const vague = all.find((count) => count.candidates);
  if (vague) {
    doubt(draft, reading, { name: "sites", candidates: vague.candidates!, span: vague });
    return;
  }
  const values = [...new Set(all.map((count) => count.figure.value))];
  if (values.length === 1) {
    if (siteRank(last) === 1 && last.kind === "node" && last.figure.value > 1) {
      doubt(draft, reading, { name: "sites", candidates: values, span });
      return;
    }
    keep(draft, reading, { name: "sites", value: values[0], span: { from: all[0]!.from, to: all[0]!.to } });
    return;
  }
  const joined = all.every((count, i) => i === 0 || isJoined(reading, all[i - 1]!.to - 1, count.from));
  const sum =
    values.length === all.length ? all.reduce((total, count) => total + count.figure.value, 0) : Number.NaN;
  if (joined && keep(draft, reading, { name: "sites", value: sum, span })) return;
  doubt(draft, reading, { name: "sites", candidates: values, span });
}

/** "500 stores, wait, make that 800": the last number stands for the one before it. */
function lastCorrection(
  draft: Draft,
  reading: Reading,
  { counts, last }: { counts: Count[]; last: Count },
): boolean {
  const rank = siteRank(last);
  const later = counts.filter(
    (count) =>
      !count.denied &&
      !count.per &&
      !count.figure.article &&
      (count.kind === undefined || count.kind === "device" || siteRank(count) === rank),
  );
  const end = later.at(-1);
  const before = counts.filter((count) => count !== end && count.from < (end?.from ?? 0)).at(-1);
  if (!end || end.candidates || end.figure.value % 1 !== 0 || end.figure.article) return false;
  if (!before || !isCorrected(reading, before.to, end.from)) return false;
  return keep(draft, reading, { name: "sites", value: end.figure.value, span: end });
}

/** Places are sites before vehicles are, vehicles before boxes. */
function siteRank(count: Count): number {
  if (count.kind === "place") return 3;
  if (count.kind === "thing") return 2;
  return count.kind === "device" || count.kind === "node" ? 1 : 0;
}

function settleRegions(draft: Draft, reading: Reading, counts: Count[]): void {
  const named: { name: string; from: number; to: number }[] = [];
  for (const mark of reading.marks) {
    const region = tagAfter(mark, "region:");
    if (region === undefined) continue;
    const { start, end } = { start: reading.tokens[mark.from]!.start, end: reading.tokens[mark.to - 1]!.end };
    const name = reading.text.slice(start, end).trim();
    if (reading.text.slice(start, end) === "us") continue;
    if (!named.some((other) => other.name === name)) named.push({ name, from: mark.from, to: mark.to });
  }
  const first = named[0];
  if (
    first &&
    (named.length > 1 ||
      reading.marks.some((mark) => has(mark, "regions") && Math.abs(mark.from - first.to) < 4))
  ) {
    keep(draft, reading, {
      name: "regions",
      value: named.slice(0, 50).map(({ name }) => name),
      span: { from: first.from, to: named.at(-1)!.to },
    });
    return;
  }
  const count = counts.find((each) => each.kind === "regions");
  if (count) doubt(draft, reading, { name: "regions", candidates: [count.figure.value], span: count });
}

/** A number that counts nothing answers what was asked; without a question it may be the sites. */
function settleBare(
  draft: Draft,
  reading: Reading,
  { counts, asking }: { counts: Count[]; asking?: PlaceholderName },
): void {
  const bare = counts.filter((count) => count.kind === undefined && !count.denied);
  const count = bare.at(-1);
  if (!count) return;
  if (asking === undefined) {
    if (bare.length === 1) settleUnknownNoun(draft, reading, count);
    return;
  }
  if (draft.answers[asking] !== undefined) return;
  if (bare.length > 1 && !isCorrected(reading, bare.at(-2)!.to, count.from)) return;
  if (count.candidates) {
    doubt(draft, reading, { name: asking, candidates: count.candidates, span: count });
    return;
  }
  const value = askedValue(asking, count.figure.value);
  if (value !== undefined) keep(draft, reading, { name: asking, value, span: count });
}

/** "30 frigates": a number with a plural nobody listed counts the sites; a number alone may. */
function settleUnknownNoun(draft: Draft, reading: Reading, count: Count): void {
  if (draft.answers.sites !== undefined || draft.uncertain.some(({ name }) => name === "sites")) return;
  const { value, article } = count.figure;
  if (value < 10 || value % 1 !== 0 || article || count.per) return;
  const noun = count.candidates ? undefined : unknownPlural(reading, count.to);
  if (noun !== undefined)
    keep(draft, reading, { name: "sites", value, span: { from: count.from, to: noun + 1 } });
  else doubt(draft, reading, { name: "sites", candidates: count.candidates ?? [value], span: count });
}

/** The token of a plural (in German: of a noun) among the next three words, none of them known. */
function unknownPlural(reading: Reading, from: number): number | undefined {
  const { tokens, markOf, text, language } = reading;
  for (let i = from; i < Math.min(from + 3, tokens.length); i += 1) {
    const token = tokens[i]!;
    if (token.kind !== "word" || markOf[i] || !sameClause(reading, i, from)) return undefined;
    const noun =
      language === "de"
        ? /^\p{Lu}\p{Ll}/u.test(text.slice(token.start, token.end))
        : token.text.endsWith("s");
    if (noun && token.text.length >= 4) return i;
  }
  return undefined;
}

const NUMERIC = new Set<PlaceholderName>([
  "sites",
  "nodesPerSite",
  "memoryMiB",
  "cpu",
  "bandwidthKbps",
  "outageHours",
]);

/** What a bare number means under a question; a memory below 128 can only be meant in GB. */
export function askedValue(asking: PlaceholderName, value: number): number | undefined {
  if (!NUMERIC.has(asking)) return undefined;
  return asking === "memoryMiB" && value > 0 && value < 128 ? Math.round(value * 1024) : value;
}
