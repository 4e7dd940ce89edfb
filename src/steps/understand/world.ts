import { isAway } from "./amounts.ts";
import type { Cue } from "./cues.ts";
import { type Draft, doubt, keep, type Span } from "./draft.ts";
import { has, type Mark, marksBetween, quote, type Reading, sameClause, tagAfter } from "./reading.ts";

type Network = "stable" | "low-bandwidth" | "intermittent" | "air-gapped";
type Clue = { value: Network; span: Span; weak: boolean };

// 2 Mbit/s: below it images take hours, so the link is planned for as a narrow one (our threshold).
const narrowKbps = 2_000;
const order: Network[] = ["air-gapped", "intermittent", "low-bandwidth", "stable"];

/** The link of a site: named, or a word for a link with a word about it. */
export function readNetwork(draft: Draft, reading: Reading, cues: Cue[]): void {
  const clues = [...namedClues(draft, reading, cues), ...pairedClues(reading), ...oftenAway(reading)];
  const strong = clues.filter((clue) => !clue.weak);
  const said = order.flatMap((value) => strong.filter((clue) => clue.value === value))[0];
  const outage = draft.answers.outageHours !== undefined;
  if (said && !(said.value === "air-gapped" && outage)) {
    const better = said.value === "air-gapped" ? contradiction(reading, strong, said) : undefined;
    keep(draft, reading, { name: "network", value: (better ?? said).value, span: (better ?? said).span });
    return;
  }
  // Somewhere that is offline *for three days* is not cut off for good.
  if (outage) {
    fromOutage(draft, reading);
    return;
  }
  if (narrow(draft, reading)) return;
  const weak = clues.find((clue) => clue.weak);
  if (weak) {
    keep(draft, reading, { name: "network", value: weak.value, span: weak.span });
    return;
  }
  const mobile = reading.marks.find((mark) => has(mark, "mobile"));
  if (mobile)
    doubt(draft, reading, {
      name: "network",
      candidates: ["intermittent", "low-bandwidth", "stable"],
      span: mobile,
    });
}

function fromOutage(draft: Draft, reading: Reading): void {
  const outage = reading.marks.find((mark) => isAway(reading, mark));
  if (outage) keep(draft, reading, { name: "network", value: "intermittent", span: outage });
}

function narrow(draft: Draft, reading: Reading): boolean {
  const kbps = draft.answers.bandwidthKbps;
  if (typeof kbps !== "number" || kbps > narrowKbps) return false;
  const from = reading.marks.find((mark) => tagAfter(mark, "unit:bandwidth:") !== undefined);
  return (
    from !== undefined &&
    keep(draft, reading, {
      name: "network",
      value: "low-bandwidth",
      span: { from: from.from - 1, to: from.to },
    })
  );
}

function namedClues(draft: Draft, reading: Reading, cues: Cue[]): Clue[] {
  const clues: Clue[] = [];
  for (const cue of cues) {
    if (cue.name !== "network") continue;
    if (!cue.denied) clues.push({ value: cue.value as Network, span: cue.span, weak: cue.weak });
    else if (cue.value === "stable" && !cue.weak)
      clues.push({ value: "intermittent", span: cue.span, weak: false });
    else if (!draft.refused.some((other) => other.value === cue.value)) {
      draft.refused.push({
        name: "network",
        value: cue.value,
        quote: quote(reading, cue.span.from, cue.span.to),
      });
    }
  }
  return clues;
}

/** "good fibre", "LTE drops", "connection is not stable": what is said about a link in the same clause. */
function pairedClues(reading: Reading): Clue[] {
  const clues: Clue[] = [];
  for (const link of reading.marks) {
    if (!isLink(reading, link)) continue;
    const near = marksBetween(reading, link.from - 4, link.to + 6);
    for (const mark of near) {
      if (mark === link || !sameClause(reading, mark.from, link.from)) continue;
      const value = aboutLink(reading, mark);
      if (value)
        clues.push({
          value,
          span: { from: Math.min(mark.from, link.from), to: Math.max(mark.to, link.to) },
          weak: false,
        });
    }
  }
  return clues;
}

/** "often no signal", "half of the time offline": away, but not for good. */
function oftenAway(reading: Reading): Clue[] {
  const clues: Clue[] = [];
  for (const often of reading.marks) {
    if (!has(often, "often")) continue;
    const away = marksBetween(reading, often.from - 6, often.to + 6).find(
      (mark) => mark !== often && sameClause(reading, mark.from, often.from) && isAway(reading, mark),
    );
    if (!away) continue;
    const span = { from: Math.min(away.from, often.from), to: Math.max(away.to, often.to) };
    clues.push({ value: "intermittent", span, weak: false });
  }
  return clues;
}

function aboutLink(reading: Reading, mark: Mark): Network | undefined {
  const before = marksBetween(reading, mark.from - 2, mark.from).some(
    (other) => has(other, "not") && sameClause(reading, other.from, mark.from),
  );
  if (has(mark, "bad")) return before ? undefined : "intermittent";
  if (has(mark, "slow")) return before ? undefined : "low-bandwidth";
  if (has(mark, "good")) return before ? "intermittent" : "stable";
  return undefined;
}

function isLink(reading: Reading, mark: Mark): boolean {
  if (has(mark, "link") || has(mark, "mobile") || mark.tags.includes("~network=stable")) return true;
  // "4G" as a network: a number from 2 to 5 and a G.
  const token = reading.tokens[mark.to - 1]!;
  return /^[2-5]g$/.test(token.text);
}

/** A bare "offline", or "no signal" with "often" beside it, gives way to what says more. */
function contradiction(reading: Reading, strong: Clue[], said: Clue): Clue | undefined {
  const other = strong.find((clue) => clue.value === "intermittent");
  if (!other) return undefined;
  const inside = said.span.from >= other.span.from && said.span.to <= other.span.to;
  const word = reading.tokens[said.span.from]!;
  const bare = said.span.to - said.span.from === 1 && word.kind === "word";
  return inside || bare ? other : undefined;
}

/** Industry, from its name or else from what is counted. */
export function readIndustry(
  draft: Draft,
  reading: Reading,
  cues: Cue[],
  counted: readonly (Mark | undefined)[],
): void {
  const named = cues.filter((cue) => cue.name === "industry" && !cue.denied);
  const found: { value: string; span: Span }[] = [...named];
  // Only what is counted: "no idea what it stores on" speaks of no shop.
  for (const mark of found.length > 0 ? [] : counted) {
    const industry = mark && industryOf(mark);
    if (mark && industry !== undefined) found.push({ value: industry, span: mark });
  }
  const first = found[0];
  if (first) keep(draft, reading, { name: "industry", value: first.value, span: first.span });
}

/** Things that stand in many trades: robots in hospitals, kiosks and cameras anywhere. */
const tellsNothing = new Set(["-", "retail", "manufacturing", "public", "home"]);

/** The trade a place or a thing belongs to, where it belongs to one; an office or a school may be anybody's. */
function industryOf(mark: Mark): string | undefined {
  const place = tagAfter(mark, "place:");
  if (place !== undefined) return place === "-" || place === "public" ? undefined : place;
  const thing = tagAfter(mark, "thing:");
  return thing === undefined || tellsNothing.has(thing) ? undefined : thing;
}

/** "quick", "basic", "schnell": an edition where it stands for itself, not where it describes a link. */
export function readEdition(draft: Draft, reading: Reading): void {
  for (const mark of reading.marks) {
    const edition = tagAfter(mark, "edition=");
    if (edition === undefined) continue;
    const alone = mark.from === 0 || mark.to === reading.tokens.length || isAlone(reading, mark);
    const about = marksBetween(reading, mark.from - 3, mark.to + 2).some(
      (other) => other !== mark && has(other, "link"),
    );
    if (about && mark.to - mark.from === 1) continue;
    if (alone || mark.to - mark.from > 1) draft.edition = edition as "pro" | "basic";
  }
}

function isAlone(reading: Reading, mark: Mark): boolean {
  const before = reading.tokens[mark.from - 1];
  const after = reading.tokens[mark.to];
  const clause = reading.tokens[mark.from]!.clause;
  return (
    (before === undefined || before.clause !== clause || before.kind === "mark") &&
    (after === undefined || after.clause !== clause || after.kind === "mark")
  );
}
