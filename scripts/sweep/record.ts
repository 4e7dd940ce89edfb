import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname } from "node:path";
import { machine } from "../../bench/measure.ts";

/** Writes what one part of a sweep has shown into a file of results, in place of what it showed before; at once, since parts may run side by side. */
export function recordPart(file: string, name: string, result: object): void {
  mkdirSync(dirname(file), { recursive: true });
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const load = loadavg().map((one) => Number(one.toFixed(1)));
  const entry = { ...result, machine: machine(), load };
  writeFileSync(file, `${JSON.stringify({ ...before, [name]: entry }, null, 2)}\n`);
}
