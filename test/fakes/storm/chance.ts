/** Chance that can be repeated: the same seed gives the same throws (mulberry32). */
export type Chance = {
  /** Between 0 and 1. */
  next: () => number;
  below: (most: number) => number;
  shuffled: <T>(list: readonly T[]) => T[];
};

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number) => Math.floor(next() * most);
  return {
    next,
    below,
    shuffled(list) {
      const all = [...list];
      for (let n = all.length - 1; n > 0; n--) {
        const other = below(n + 1);
        [all[n], all[other]] = [all[other]!, all[n]!];
      }
      return all;
    },
  };
}
