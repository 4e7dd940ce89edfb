import type { PlaceholderName } from "#model/brief.ts";
import type { Rejected, Source } from "#model/decision.ts";
import type { Text } from "#model/text.ts";

/** One row of a family: the first whose condition holds decides. */
export type Row<C extends string, S> = {
  id: string;
  when: (site: S) => boolean;
  choice: C;
  reason: Text | ((site: S) => Text);
  sources: readonly Source[];
};

/** Why a choice was not taken; said only where it would have been thinkable. */
export type WhyNot<S> = { why: Text | ((site: S) => Text); source?: Source; when?: (site: S) => boolean };

export type Family<C extends string, S> = {
  rows: readonly Row<C, S>[];
  whyNot: Partial<Record<C, WhyNot<S>>>;
  /** What no repository of ours is laid out for, named with the reason where it would be thinkable. */
  others?: Readonly<Record<string, WhyNot<S>>>;
  hangsOn: readonly PlaceholderName[];
};

export type Picked<C extends string> = {
  choice: C;
  rule: string;
  reason: Text;
  rejected: Rejected[];
  sources: Source[];
  hangsOn: string[];
};

function say<S>(words: Text | ((site: S) => Text), site: S): Text {
  return typeof words === "function" ? words(site) : words;
}

/** Applies a family of rules: the first row that matches, and why the other choices were not taken. */
export function pick<C extends string, S>(family: Family<C, S>, site: S): Picked<C> {
  const row = family.rows.find((candidate) => candidate.when(site));
  // Every family ends in a row without a condition.
  if (!row) throw new Error("decide: no rule matched");
  const rejected: Rejected[] = [];
  const candidates = { ...family.whyNot, ...family.others } as Record<string, WhyNot<S>>;
  for (const [choice, other] of Object.entries(candidates)) {
    if (choice === row.choice || other.when?.(site) === false) continue;
    rejected.push({ choice, why: say(other.why, site), ...(other.source ? { source: other.source } : {}) });
  }
  return {
    choice: row.choice,
    rule: row.id,
    reason: say(row.reason, site),
    rejected,
    sources: [...row.sources],
    hangsOn: [...family.hangsOn],
  };
}

export const always = (): boolean => true;
