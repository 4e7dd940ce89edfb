import type { PlaceholderName, Wish } from "#model/brief.ts";
import { placeholderNames } from "#model/brief.ts";
import { type Draft, doubt, keep, type Span } from "./draft.ts";
import { archOf } from "./fleet.ts";
import { has, type Mark, marksBetween, quote, type Reading, sameClause } from "./reading.ts";

/** A phrase that names an answer, with whether it is wanted. */
export type Cue = { name: PlaceholderName; value: string; span: Span; denied: boolean; weak: boolean };

const CUE = /^(~?)([a-zA-Z]+)=(.+)$/;
const names = new Set<string>(placeholderNames);

/** Every phrase that names an answer, denied or not. */
export function cuesOf(reading: Reading): Cue[] {
  const cues: Cue[] = [];
  for (const mark of reading.marks) {
    for (const tag of mark.tags) {
      const [, weak, name, value] = CUE.exec(tag) ?? [];
      if (name === undefined || !names.has(name)) continue;
      cues.push({
        name: name as PlaceholderName,
        value: value!,
        span: mark,
        denied: isDenied(reading, mark),
        weak: weak === "~",
      });
    }
  }
  return cues;
}

const isCue = (mark: Mark) => mark.tags.some((tag) => CUE.test(tag) && !tag.startsWith("industry="));

/** "not k0s", "no Argo or K0s", "MicroK8s instead of K3s", "Argo kommt nicht in Frage". */
export function isDenied(reading: Reading, mark: Mark): boolean {
  return deniedBefore(reading, mark) || deniedAfter(reading, mark);
}

function deniedBefore(reading: Reading, mark: Mark): boolean {
  const before = marksBetween(reading, mark.from - 5, mark.from).reverse();
  let end = mark.from;
  for (const other of before) {
    if (!sameClause(reading, other.from, mark.from)) return false;
    if (has(other, "but") || has(other, "rather") || has(other, "correction")) {
      if (!has(other, "not") && !has(other, "instead")) return false;
    }
    if (has(other, "instead")) return end - other.to <= 2;
    if (has(other, "than") && other.to === end) return prefersBefore(reading, other);
    if (has(other, "not")) return end - other.to <= 3;
    // "no Argo or K0s" denies both; "no Argo K0s" only the first.
    if (isCue(other) && !linked(reading, other, end)) return false;
    end = isCue(other) || has(other, "or") || has(other, "and") ? other.from : end;
  }
  return false;
}

/** "rather K0s than K3s", "lieber K0s als K3s". */
function prefersBefore(reading: Reading, than: Mark): boolean {
  return marksBetween(reading, than.from - 6, than.from).some(
    (mark) => has(mark, "rather") && sameClause(reading, mark.from, than.from),
  );
}

function linked(reading: Reading, cue: Mark, end: number): boolean {
  const between = marksBetween(reading, cue.to, end);
  return (
    end - cue.to <= 1 &&
    (end === cue.to ||
      between.some((mark) => has(mark, "or") || has(mark, "and")) ||
      reading.tokens[cue.to]?.text === "/")
  );
}

/** "Argo? no." */
function deniedByReply(reading: Reading, mark: Mark): boolean {
  const reply = reading.markOf[mark.to + 1];
  if (!/^[?？]$/.test(reading.tokens[mark.to]?.text ?? "") || !reply) return false;
  const end = reading.tokens[reply.to];
  return (has(reply, "no") || has(reply, "not")) && (end === undefined || end.kind === "mark");
}

function deniedAfter(reading: Reading, mark: Mark): boolean {
  if (deniedByReply(reading, mark)) return true;
  for (const other of marksBetween(reading, mark.to, mark.to + 4)) {
    if (other.from < mark.to) continue;
    if (!sameClause(reading, other.from, mark.to - 1) || has(other, "instead")) return false;
    if (has(other, "not-after")) return !cueFollows(reading, other);
    if (isCue(other) || has(other, "but") || has(other, "and")) return false;
  }
  return false;
}

function cueFollows(reading: Reading, mark: Mark): boolean {
  return marksBetween(reading, mark.to, mark.to + 3).some(
    (other) => isCue(other) && sameClause(reading, other.from, mark.from),
  );
}

const BOOLEANS = new Set<PlaceholderName>(["bmc", "uefi", "tpm", "highAvailability", "regulated"]);
const CHOICES = new Set<PlaceholderName>(["distro", "gitops", "templating", "storage", "exposure"]);
const NUMBERS = new Set<PlaceholderName>(["cpu", "nodesPerSite"]);
/** Where "none of it" is itself an answer. */
const NONE = new Set<PlaceholderName>(["wasm", "accelerator"]);

/** Named things into answers, wishes and refusals. */
export function readCues(draft: Draft, reading: Reading): Cue[] {
  const cues = cuesOf(reading);
  for (const [name, named] of Map.groupBy(cues, (cue) => cue.name)) {
    if (BOOLEANS.has(name)) settleBoolean(draft, reading, { name, cues: named });
    if (CHOICES.has(name)) settleChoice(draft, reading, { name, cues: named });
    if (NONE.has(name)) settleOptional(draft, reading, { name, cues: named });
    if (NUMBERS.has(name)) settleNumber(draft, reading, { name, cues: named });
    if (name === "board") settleBoard(draft, reading, named);
  }
  settleArch(draft, reading, cues);
  settleWishes(
    draft,
    reading,
    cues.filter(({ name }) => name === "wishes"),
  );
  return cues;
}

type Named = { name: PlaceholderName; cues: Cue[] };

function settleBoolean(draft: Draft, reading: Reading, { name, cues }: Named): void {
  const last = cues.at(-1);
  if (last) keep(draft, reading, { name, value: !last.denied, span: last.span });
}

/** "quad-core", "single-node": numbers that are one word; a number said in figures says more. */
function settleNumber(draft: Draft, reading: Reading, { name, cues }: Named): void {
  const cue = cues.find((each) => !each.denied);
  if (cue && draft.answers[name] === undefined)
    keep(draft, reading, { name, value: Number(cue.value), span: cue.span });
}

function refuse(draft: Draft, reading: Reading, cue: Cue): void {
  const same = draft.refused.some((other) => other.name === cue.name && other.value === cue.value);
  if (!same)
    draft.refused.push({
      name: cue.name,
      value: cue.value,
      quote: quote(reading, cue.span.from, cue.span.to),
    });
}

function settleChoice(draft: Draft, reading: Reading, { name, cues }: Named): void {
  for (const cue of cues) if (cue.denied) refuse(draft, reading, cue);
  const wanted = cues.filter((cue) => !cue.denied);
  const refused = new Set(cues.filter((cue) => cue.denied).map((cue) => cue.value));
  const values = [...new Set(wanted.map((cue) => cue.value))].filter((value) => !refused.has(value));
  const first = wanted.find((cue) => cue.value === values[0]);
  const last = wanted.at(-1);
  if (!first || !last) return;
  if (values.length === 1) {
    keep(draft, reading, { name, value: values[0], span: first.span });
    return;
  }
  const before = wanted.at(-2)!;
  const between = marksBetween(reading, before.span.to, last.span.from);
  if (
    between.some(
      (mark) => has(mark, "correction") || (has(mark, "rather") && !has(mark, "not") && name !== "exposure"),
    )
  ) {
    keep(draft, reading, { name, value: last.value, span: last.span });
    return;
  }
  doubt(draft, reading, { name, candidates: values, span: { from: first.span.from, to: last.span.to } });
}

function settleOptional(draft: Draft, reading: Reading, { name, cues }: Named): void {
  const wanted = cues.filter((cue) => !cue.denied && cue.value !== "none");
  // A named runtime says more than "WASM".
  const named = wanted.filter((cue) => cue.value !== "any");
  const chosen = (named.length > 0 ? named : wanted).at(0);
  for (const cue of named.length > 0 ? cues : [])
    if (cue.denied && cue.value !== "any") refuse(draft, reading, cue);
  if (chosen) {
    keep(draft, reading, { name, value: chosen.value, span: chosen.span });
    return;
  }
  const none = cues[0];
  if (none) keep(draft, reading, { name, value: "none", span: none.span });
}

function settleArch(draft: Draft, reading: Reading, cues: Cue[]): void {
  const found = cues.filter((cue) => cue.name === "arch" || cue.name === "board");
  const wanted = found.filter((cue) => !cue.denied && archOfCue(cue) !== undefined);
  for (const cue of found)
    if (cue.denied && cue.name === "arch") refuse(draft, reading, { ...cue, value: archOfCue(cue)! });
  // "64-bit ARM" and "ARM" beside "ARMv7" are one statement.
  const exact = wanted.filter((cue) => cue.value !== "arm");
  const archs = new Set(
    (exact.some((cue) => archOfCue(cue) !== "amd64") ? exact : wanted).map((cue) => archOfCue(cue)!),
  );
  const first = wanted[0];
  const last = wanted.at(-1);
  if (!first || !last) return;
  const between = marksBetween(reading, first.span.to, last.span.from);
  if (archs.size > 1 && between.some((mark) => has(mark, "or"))) {
    doubt(draft, reading, {
      name: "arch",
      candidates: [...archs],
      span: { from: first.span.from, to: last.span.to },
    });
    return;
  }
  const corrected = archs.size > 1 && between.some((mark) => has(mark, "correction"));
  const value = corrected ? archOfCue(last) : archs.size > 1 ? "mixed" : [...archs][0];
  const span =
    archs.size > 1 && !corrected
      ? { from: first.span.from, to: last.span.to }
      : corrected
        ? last.span
        : first.span;
  keep(draft, reading, { name: "arch", value, span });
}

const archOfCue = (cue: Cue) =>
  cue.name === "board" ? archOf(undefined, cue.value) : archOf(cue.value, undefined);

function settleBoard(draft: Draft, reading: Reading, cues: Cue[]): void {
  const wanted = cues.filter((cue) => !cue.denied);
  const exact = [...new Set(wanted.map((cue) => cue.value))].filter((value) => value !== "pi");
  const first = wanted[0];
  if (!first) return;
  if (exact.length === 1) {
    const cue = wanted.find((each) => each.value === exact[0])!;
    keep(draft, reading, { name: "board", value: cue.value, span: cue.span });
    return;
  }
  const pis = ["raspberry-pi-3", "raspberry-pi-4", "raspberry-pi-5"];
  doubt(draft, reading, { name: "board", candidates: exact.length > 0 ? exact : pis, span: first.span });
}

function settleWishes(draft: Draft, reading: Reading, cues: Cue[]): void {
  const wanted = [...cues.filter((cue) => !cue.denied), ...combined(reading, cues)];
  for (const cue of cues) if (cue.denied) refuse(draft, reading, cue);
  const first = wanted.toSorted((a, b) => a.span.from - b.span.from)[0];
  if (!first) return;
  const last = wanted.toSorted((a, b) => a.span.to - b.span.to).at(-1)!;
  const value = [...new Set(wanted.map((cue) => cue.value as Wish))];
  keep(draft, reading, { name: "wishes", value, span: { from: first.span.from, to: last.span.to } });
}

// Two words near each other that are one wish: etcd + across sites, Argo CD + central, SQLite + HA, K3s + disk encryption.
const PAIRS: { one: string; other: string; wish: Wish }[] = [
  { one: "wishes=etcd", other: "across", wish: "etcd-across-sites" },
  { one: "gitops=argocd", other: "central", wish: "argocd-hub" },
  { one: "wishes=sqlite", other: "highAvailability=true", wish: "ha-on-sqlite" },
];

function combined(reading: Reading, cues: Cue[]): Cue[] {
  const found: Cue[] = [];
  for (const { one, other, wish } of PAIRS) {
    for (const mark of reading.marks) {
      if (!has(mark, one) || isDenied(reading, mark)) continue;
      const near = marksBetween(reading, mark.from - 6, mark.to + 6).find(
        (each) => has(each, other) && sameClause(reading, each.from, mark.from) && !isDenied(reading, each),
      );
      if (!near || cues.some((cue) => cue.value === wish)) continue;
      const span = { from: Math.min(mark.from, near.from), to: Math.max(mark.to, near.to) };
      found.push({ name: "wishes", value: wish, span, denied: false, weak: false });
      break;
    }
  }
  return found;
}
