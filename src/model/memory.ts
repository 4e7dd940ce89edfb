/** A size as people write it: 2Gi, 2048Mi, 4 GB. */
export const MEMORY = /^(\d+(?:\.\d+)?)\s*(Mi|MiB|MB|M|Gi|GiB|GB|G)$/i;

/** A size in MiB; `undefined` when it is none. */
export function readMemory(size: string): number | undefined {
  const [, amount, unit] = MEMORY.exec(size.trim()) ?? [];
  if (!amount || !unit) return undefined;
  return Math.round(Number(amount) * (/^g/i.test(unit) ? 1024 : 1));
}
