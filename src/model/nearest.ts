/** Up to three names close enough to be what was meant, nearest first. */
export function nearestNames(wanted: string, names: Iterable<string>): string[] {
  const lower = wanted.toLowerCase();
  const limit = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)));
  const close: { name: string; distance: number }[] = [];
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) > limit && !isPart(lower, name.toLowerCase())) continue;
    const distance = isPart(lower, name.toLowerCase())
      ? 1
      : editDistance(lower, name.toLowerCase(), limit + 1);
    if (distance <= limit) close.push({ name, distance });
  }
  close.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return close.slice(0, 3).map(({ name }) => name);
}

/** Shorter names are near to too many others. */
const shortestCertain = 4;

/**
 * The one name that can be meant: it differs in upper and lower case alone, or in a single letter (or two swapped) when no
 * other name does. Undefined where there is any doubt.
 */
export function certainName(wanted: string, names: Iterable<string>): string | undefined {
  const lower = wanted.toLowerCase();
  const all = [...new Set(names)];
  const same = all.filter((name) => name.toLowerCase() === lower);
  if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  if (wanted.length < shortestCertain) return undefined;
  const near = all.filter((name) => editDistance(lower, name.toLowerCase(), 2) === 1);
  return near.length === 1 ? near[0] : undefined;
}

/** Plurals, suffixes and prefixes: `secret` for `secretRef`. */
function isPart(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a));
}

/** How many letters differ, a swap of two neighbours counted as one; stops counting at `most`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1);
      }
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return Math.min(most, last[b.length]!);
}
