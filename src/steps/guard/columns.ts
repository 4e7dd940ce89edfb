import type { Finding } from "#model/plan.ts";
import type { Kustomization, Manifest } from "#model/rule.ts";
import { withEmbedded } from "./embedded.ts";
import type { ParsedTree } from "./parse.ts";

type Holder = Pick<Manifest | Kustomization, "path" | "line" | "column">;
type Standing = { start: number; holder: Holder };

/** How many objects before a line are looked at: one file may hold thousands, and the right one is among the last. */
const lookedAt = 50;

/** Adds the column to every finding whose field can be found again in its file; the others keep their line. */
export function withColumns(
  findings: readonly Finding[],
  tree: ParsedTree,
  patches: readonly Manifest[],
): Finding[] {
  const searched = new Set(findings.filter(isWithout).map(({ path }) => path));
  const holders = [
    ...tree.documents,
    ...tree.manifests.flatMap(withEmbedded),
    ...patches,
    ...tree.kustomizations,
  ];
  const byPath = Map.groupBy(
    holders.filter(({ path }) => searched.has(path)),
    ({ path }) => path,
  );
  const standing = new Map<string, Standing[]>();
  for (const [path, list] of byPath) {
    const starts = list.map((holder) => ({ start: holder.line(), holder }));
    standing.set(
      path,
      starts.sort((one, other) => one.start - other.start),
    );
  }
  return findings.map((finding) => {
    const column = isWithout(finding) ? columnOf(finding, standing.get(finding.path) ?? []) : undefined;
    return column === undefined ? finding : { ...finding, column };
  });
}

function isWithout({ column, pointer }: Finding): boolean {
  return column === undefined && pointer !== undefined;
}

/** The same pointer stands in many documents of a file; the line tells which is meant. */
function columnOf({ line, pointer = "" }: Finding, standing: readonly Standing[]): number | undefined {
  const last = lastBefore(line, standing);
  for (let i = last; i >= 0 && i > last - lookedAt; i--) {
    const { holder } = standing[i]!;
    if (holder.column !== undefined && holder.line(pointer) === line) return holder.column(pointer);
  }
  return undefined;
}

function lastBefore(line: number, standing: readonly Standing[]): number {
  let [low, high] = [0, standing.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (standing[middle]!.start <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
