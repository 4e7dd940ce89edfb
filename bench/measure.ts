import { cpus, totalmem } from "node:os";

/** Middle and spread of several runs, in the unit of the samples. */
export type Spread = { runs: number; median: number; p95: number; min: number; max: number };

/** Sorts samples into a median and its spread. */
export function spread(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { runs: sorted.length, median: at(0.5), p95: at(0.95), min: sorted[0]!, max: sorted.at(-1)! };
}

/** One line for people: `38 ms (p95 52, 31–60, 200 runs)`. */
export function line({ median, p95, min, max, runs }: Spread, unit: string): string {
  const [m, p, low, high] = [median, p95, min, max].map((value) => value.toFixed(value < 10 ? 1 : 0));
  return `${m} ${unit} (p95 ${p}, ${low}–${high}, ${runs} runs)`;
}

/** The machine a figure came from. */
export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}
