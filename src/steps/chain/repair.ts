import type { Message, Objection } from "#model/provider.ts";
import { type Judged, pointerOf } from "./judge.ts";

const quotedMaxChars = 60_000; // a longer answer is not sent back: half of one cannot be corrected
const objectionsMax = 20;
const messageMaxChars = 400;
const listMax = 200; // longer lists are compared item by item only

/** Whether an answer can be sent back at all. */
export function isRepairable({ text }: { text: string }): boolean {
  return text.length <= quotedMaxChars;
}

/** The turn that sends an answer back: what was said, and what is wrong with it, by pointer. */
export function repairTurn(
  { text, objections }: { text: string; objections: readonly Objection[] },
  drifted: readonly string[] = [],
): Message[] {
  const listed = objections
    .slice(0, objectionsMax)
    .map(({ pointer, rule, message }) => `- ${pointer || "(whole answer)"}: ${oneLine(message)} [${rule}]`);
  const more = objections.length - objectionsMax;
  const lines = [
    "Your JSON was rejected:",
    ...listed,
    ...(more > 0 ? [`- and ${more} more like these`] : []),
    ...(drifted.length > 0
      ? [`Your last correction also changed ${drifted.join(", ")}, which nobody named; leave it as above.`]
      : []),
    "Return the complete corrected JSON object and nothing else. Change only what the list names.",
  ];
  return [
    { role: "assistant", content: text || "(empty)" },
    { role: "user", content: lines.join("\n") },
  ];
}

// What a model wrote may be part of a message: it must not look like one of our lines.
function oneLine(message: string): string {
  return message.slice(0, messageMaxChars).replace(/\s+/g, " ").trim();
}

const ranks = { malformed: 0, schema: 1, guard: 2, ok: 3 } as const;

/** Whether a correction is better than what it corrects: further on, or with fewer objections. */
export function isBetter(after: Judged<unknown>, before: Judged<unknown>): boolean {
  if (ranks[after.kind] !== ranks[before.kind]) return ranks[after.kind] > ranks[before.kind];
  return after.objections.length < before.objections.length;
}

/** Pointers of what a correction changed though no objection named it. Nothing is known of an answer that was no JSON. */
export function drift(before: Judged<unknown>, after: Judged<unknown>): string[] {
  if (before.kind === "malformed" || after.kind === "malformed") return [];
  const named = before.objections.map(({ pointer }) => pointer);
  return changes(before.raw, after.raw, [], named).slice(0, 10);
}

type Path = readonly (string | number)[];

function changes(before: unknown, after: unknown, path: Path, named: readonly string[]): string[] {
  const pointer = pointerOf(path);
  if (named.some((name) => name === pointer || pointer.startsWith(`${name}/`))) return [];
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return changesOfList(before, after, path, named);
  if (!isObject(before) || !isObject(after)) return [pointer];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changes(own(before, key), own(after, key), [...path, key], named));
}

/** Items that were named may go; the others must still be there, in their order. */
function changesOfList(
  before: readonly unknown[],
  after: readonly unknown[],
  path: Path,
  named: readonly string[],
): string[] {
  if (before.length === after.length)
    return before.flatMap((item, at) => changes(item, after[at], [...path, at], named));
  const list = [pointerOf(path)];
  if (after.length > before.length || before.length > listMax) return list;
  const mayGo = before.map((_, at) => {
    const pointer = pointerOf([...path, at]);
    return named.some((name) => name === pointer || name.startsWith(`${pointer}/`));
  });
  // Which of the named ones went is not known: every way in which the rest can stay is tried, each pair once.
  const tried = new Set<number>();
  const fits = (at: number, next: number): boolean => {
    if (at === before.length) return next === after.length;
    const pair = at * (listMax + 1) + next;
    if (tried.has(pair)) return false;
    tried.add(pair);
    const stays = next < after.length && changes(before[at], after[next], [...path, at], named).length === 0;
    return (stays && fits(at + 1, next + 1)) || (mayGo[at]! && fits(at + 1, next));
  };
  return fits(0, 0) ? [] : list;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
