import { readFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";

/** Middle and spread of several runs, in the unit of the samples. */
export type Spread = { runs: number; median: number; p95: number; min: number; max: number };

/** Sorts samples into a median and its spread. */
export function spread(samples: readonly number[]): Spread {
  const at = (part: number) => share(samples, part);
  return { runs: samples.length, median: at(0.5), p95: at(0.95), min: at(0), max: at(1) };
}

/** The sample that such a part of all lies below: 0.99 for p99. */
export function share(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}

/** How busy that machine is: figures of a busy one say little. */
export const load = (): number[] => loadavg().map((one) => Number(one.toFixed(1)));

/** What a process holds in memory. */
export const residentMiB = (pid: number): Promise<number> => memoryOf(pid, /VmRSS:\s+(\d+)/);

/** The most that it ever held. */
export const mostMiB = (pid: number): Promise<number> => memoryOf(pid, /VmHWM:\s+(\d+)/);

async function memoryOf(pid: number, field: RegExp): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(field.exec(status)?.[1] ?? 0) / 1024;
}

/** The bot gives memory back within twenty seconds after there was work. */
export const restMs = 25_000;

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
