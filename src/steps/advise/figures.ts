import type { Budget } from "#model/decision.ts";
import type { Language } from "#model/text.ts";
import { type Amounts, isKnownAmount, learnAmounts, noAmounts, readAmounts } from "./amounts.ts";
import { clauses, splitSentences } from "./sentences.ts";

/** Parts of a plan that have a footprint of their own. */
const parts: Readonly<Record<string, RegExp>> = {
  K3s: /\bk3s\b/i,
  k0s: /\bk0s\b/i,
  MicroK8s: /\bmicrok8s\b/i,
  Flux: /\bflux\b/i,
  "Argo CD": /\bargo ?cd\b/i,
  Kairos: /\bkairos\b/i,
  etcd: /\betcd\b/i,
  Spegel: /\bspegel\b/i,
  "kube-vip": /\bkube-vip\b/i,
  CoreDNS: /\bcoredns\b/i,
};

/** Memory figures by the part they are said of; `fleet` are those of nodes, which may stand beside any part. */
export type Footprints = { fleet: Amounts; of: ReadonlyMap<string, Amounts> };

/** Learns which memory figure belongs to which part, from our own sentences and the budget. */
export function footprintsOf(
  prose: readonly string[],
  { budgets, memoryMiB, language }: { budgets: readonly Budget[]; memoryMiB: number; language: Language },
): Footprints {
  const of = new Map(Object.keys(parts).map((name) => [name, noAmounts()]));
  for (const sentence of prose.flatMap(splitSentences)) {
    for (const name of partsIn(sentence.text)) learnAmounts(of.get(name)!, sentence.text, language);
  }
  const fleet = noAmounts();
  for (const { memoryMiB: mib, rows, reserveMiB, workloadMiB } of [
    ...budgets,
    { memoryMiB, rows: [], reserveMiB: 0, workloadMiB: 0 },
  ]) {
    for (const value of [mib, reserveMiB, workloadMiB, mib - reserveMiB]) fleet.memory.add(value);
    for (const [name, pattern] of Object.entries(parts)) {
      const own = rows.filter(({ component }) => pattern.test(component.en));
      const counted = own.filter((row) => row.counted);
      for (const { mib: one } of own) of.get(name)!.memory.add(one);
      // All of its rows together, and any two of them.
      of.get(name)!.memory.add(counted.reduce((sum, row) => sum + row.mib, 0));
      for (const a of counted) for (const b of counted) if (a !== b) of.get(name)!.memory.add(a.mib + b.mib);
    }
  }
  return { fleet, of };
}

/** Memory figures that are known, but of something else than what the clause speaks of: "Flux needs 20 MB". */
export function misplacedIn(sentence: string, { fleet, of }: Footprints, language: Language): string[] {
  return clauses(sentence).flatMap((clause) => {
    const [name, ...others] = partsIn(clause);
    if (name === undefined || others.length > 0) return [];
    return readAmounts(clause, language)
      .filter(({ dimension }) => dimension === "memory")
      .filter((amount) => !isKnownAmount(amount, fleet) && !isKnownAmount(amount, of.get(name)!))
      .map(({ text }) => `no fact gives ${name} the figure "${text}"`);
  });
}

function partsIn(text: string): string[] {
  return Object.entries(parts).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
}
