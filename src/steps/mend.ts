import type { Finding, Report } from "#model/plan.ts";
import { editsOf } from "./mend/edits.ts";
import { type Edit, readSource, type Source } from "./mend/source.ts";

export type MendFile = { path: string; content: string };
/** A finding that was mended, with the lines that changed for it, as they were counted before. */
export type Done = { finding: Finding; lines: readonly number[] };
export type Mended = {
  /** Those that changed, as they are now. */
  files: MendFile[];
  done: Done[];
  /** What is found in the tree as it is now. */
  report: Report;
};

/** A version replaced may show a misspelt field, and that one a value; deeper it does not go. */
const mostRounds = 5;
/** Where mends break something together, halves of them are tried, and halves of those; each try checks the whole tree. */
const mostTries = 100;

type Check = (files: readonly MendFile[]) => Report;
type Tree = { texts: ReadonlyMap<string, string>; report: Report; done: Done[] };

/**
 * Mends what has a mechanical fix: characters are replaced where they stand, so that comments and layout stay. The tree is
 * checked again after every round; what leads to anything new that blocks is taken back. Doing it twice changes nothing more.
 */
export function mend(files: readonly MendFile[], report: Report, check: Check): Mended {
  const texts = new Map(files.map(({ path, content }) => [path, content]));
  const given: Tree = { texts, report, done: [] };
  const mended = settled(given, check);
  const worse = worseFiles(mended, report);
  const { texts: now, ...result } = worse.size === 0 ? mended : carefully(given, mended, { worse, check });
  const changed = [...now].filter(([path, content]) => content !== texts.get(path));
  return { ...result, files: changed.map(([path, content]) => ({ path, content })) };
}

/** Everything that can be mended, and what shows up by it, round after round. */
function settled(tree: Tree, check: Check, isWanted: (finding: Finding) => boolean = () => true): Tree {
  let now = tree;
  for (let round = 0; round < mostRounds; round++) {
    const next = changed(now, now.report.findings.filter(isWanted), check);
    if (next === undefined) break;
    now = next;
  }
  return now;
}

/** Files in which something got worse are mended anew, half of the findings at a time; those that make it worse are left. */
function carefully(
  given: Tree,
  mended: Tree,
  { worse, check }: { worse: ReadonlySet<string>; check: Check },
): Tree {
  const isEdited = (path: string) => mended.texts.get(path) !== given.texts.get(path);
  const own = [...worse].filter(isEdited);
  // A kustomization can break what lies in other files.
  const suspects = new Set(own.length > 0 ? own : [...given.texts.keys()].filter(isEdited));
  const texts = new Map(
    [...mended.texts].map(([path, now]) => [path, suspects.has(path) ? given.texts.get(path)! : now]),
  );
  const done = mended.done.filter(({ finding }) => !suspects.has(finding.path));
  let tree: Tree = { texts, report: check(toFiles(texts)), done };
  if (own.length < worse.size && worseFiles(tree, given.report).size > 0) return given;
  const known = new Set(given.report.findings.map(keyOf));
  const candidates = tree.report.findings.filter(
    ({ path, mend: own }) => own !== undefined && suspects.has(path),
  );
  const keys = [...new Set(candidates.map(keyOf))];
  for (let open = [keys], tries = 0; open.length > 0 && tries < mostTries; tries++) {
    const some = new Set(open.shift());
    const tried = settled(tree, check, (finding) => some.has(keyOf(finding)) || !known.has(keyOf(finding)));
    if (worseFiles(tried, given.report).size === 0) tree = tried;
    else if (some.size > 1) open = [...halves([...some]), ...open];
  }
  return tree;
}

function halves<T>(list: readonly T[]): T[][] {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}

function toFiles(texts: ReadonlyMap<string, string>): MendFile[] {
  return [...texts].map(([path, content]) => ({ path, content }));
}

/** Applies the mends of some findings and checks again; undefined where none of them changes anything. */
function changed(tree: Tree, findings: readonly Finding[], check: Check): Tree | undefined {
  const texts = new Map(tree.texts);
  const done: Done[] = [];
  const mendable = findings.filter((finding) => finding.mend !== undefined);
  for (const [path, list] of Map.groupBy(mendable, (finding) => finding.path)) {
    const text = tree.texts.get(path);
    const source = text === undefined ? undefined : readSource(text);
    if (source === undefined) continue;
    const edits: Edit[] = [];
    for (const finding of list) {
      const own = editsOf(finding, source);
      if (own === undefined || own.some((edit) => clashes(edit, edits))) continue;
      edits.push(...own.filter((edit) => !edits.some((other) => isSame(edit, other))));
      done.push({ finding, lines: linesOf(own, source) });
    }
    if (edits.length > 0) texts.set(path, applied(source.text, edits));
  }
  if (done.length === 0) return undefined;
  return { texts, report: check(toFiles(texts)), done: [...tree.done, ...done] };
}

/** Two findings may ask for the same change; anything else at the same place waits for the next round. */
function clashes(edit: Edit, others: readonly Edit[]): boolean {
  return others.some((other) => !isSame(edit, other) && edit.from <= other.to && other.from <= edit.to);
}

function isSame(one: Edit, other: Edit): boolean {
  return one.from === other.from && one.to === other.to && one.text === other.text;
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = text;
  // From the end to the beginning, so that offsets stay true; of two at one place the first ends up before the second.
  for (const { from, to, text: words } of edits.toReversed().sort((a, b) => b.from - a.from))
    result = result.slice(0, from) + words + result.slice(to);
  return result;
}

function linesOf(edits: readonly Edit[], { line }: Source): number[] {
  const lines = new Set<number>();
  for (const { from, to } of edits) {
    // A change up to the beginning of a line does not touch that line.
    for (let at = line(from); at <= line(Math.max(from, to - 1)); at++) lines.add(at);
  }
  return [...lines].sort((one, other) => one - other);
}

/** What blocks, and how often; without its line, since lines move. */
function blockers({ findings }: Report): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings)
    if (finding.severity === "block") counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}

function keyOf({ rule, path, pointer, message }: Finding): string {
  return JSON.stringify([rule, path, pointer, message.en]);
}

/** Files in which something blocks that did not before. */
function worseFiles({ report }: Tree, before: Report): Set<string> {
  const left = blockers(before);
  const worse = new Set<string>();
  for (const finding of report.findings) {
    if (finding.severity !== "block") continue;
    const key = keyOf(finding);
    const known = left.get(key) ?? 0;
    if (known > 0) left.set(key, known - 1);
    else worse.add(finding.path);
  }
  return worse;
}
