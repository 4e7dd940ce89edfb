import type { Finding, Unchecked } from "#model/plan.ts";
import { unchecked } from "./unchecked.ts";

/** After so many of one rule in one file nobody reads on; a file of one megabyte can hold a hundred thousand. */
const most = 200;

/** The first findings of each rule in each file; how many more there are is said, too. */
export function upToMost(findings: readonly Finding[]): { findings: Finding[]; unchecked: Unchecked[] } {
  const counts = new Map<string, { path: string; rule: string; count: number }>();
  const kept = findings.filter(({ path, rule }) => {
    const key = `${rule}\0${path}`;
    const seen = counts.get(key) ?? { path, rule, count: 0 };
    seen.count++;
    counts.set(key, seen);
    return seen.count <= most;
  });
  const more = [...counts.values()].filter(({ count }) => count > most);
  return {
    findings: kept,
    unchecked: more.map(({ path, rule, count }) => unchecked(path, "further", { rule, count: count - most })),
  };
}
