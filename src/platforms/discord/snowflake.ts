const epochMs = 1_420_070_400_000n; // https://docs.discord.com/developers/reference#snowflakes

/** The time in an id, in ms since the epoch. */
export function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + epochMs);
}

/** The smallest id of a moment, to look for what came after it. */
export function idAt(ms: number): string {
  return String((BigInt(Math.max(0, Math.floor(ms))) - epochMs) << 22n);
}
