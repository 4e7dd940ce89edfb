import { seeded } from "./clock.ts";
import type { Fault } from "./types.ts";

type Armed = Fault & { left: number; chance: () => number };

/** The faults that were asked for, and which of them hits the next call. */
export class Faults {
  #armed: Armed[] = [];

  add(fault: Fault): void {
    this.#armed.push({
      ...fault,
      left: fault.times ?? Number.POSITIVE_INFINITY,
      chance: seeded(fault.seed ?? 1),
    });
  }

  clear(): void {
    this.#armed = [];
  }

  /** The first fault that matches, counted down. */
  next(method: string, channel: string | undefined): Fault | undefined {
    for (const fault of this.#armed) {
      if (fault.left <= 0 || !matches(fault.method, method)) continue;
      if (fault.channel && fault.channel !== channel) continue;
      if (fault.rate !== undefined && fault.chance() >= fault.rate) continue;
      fault.left -= 1;
      return fault;
    }
    return undefined;
  }
}

function matches(pattern: string, method: string): boolean {
  if (pattern === "*" || pattern === method) return true;
  return pattern.endsWith("*") && method.startsWith(pattern.slice(0, -1));
}
