import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { machine } from "../bench/measure.ts";
import { type Hard, hard, tooLarge } from "../test/steps/fuzz/inputs.ts";

// npm run sweep:fuzz [-- --only PART]: hard input through the whole guard, each in a process of its own beside one that only parses
// the same text: no crash, no hang, time in proportion, memory within bounds.

const { values } = parseArgs({ options: { only: { type: "string" }, out: { type: "string" } } });
const file = values.out ?? join(import.meta.dirname, "..", "bench", "results", "fuzz.json");
const run = promisify(execFile);
const timeoutMs = 120_000;
const flags = ["--expose-gc", "--max-semi-space-size=4"];
const child = join(import.meta.dirname, "fuzz", "child.ts");
const folder = mkdtempSync(join(tmpdir(), "edgewright-fuzz-"));

type Measured = {
  ms: number;
  maxRssKiB: number;
  findings?: number;
  unchecked?: number;
  rules?: Record<string, number>;
};
type Row = {
  name: string;
  bytes: number;
  guardMs: number;
  parseMs: number;
  /** Above a process that only parses the same text, and above one that reads nothing. */
  extraMiB: number;
  overIdleMiB: number;
  findings: number;
  unchecked: number;
  rules: Record<string, number>;
  crash?: string;
};

const idle = await median(["idle"]);
const rows: Row[] = [];
for (const input of [...hard, ...tooLarge]) {
  if (values.only !== undefined && !input.name.includes(values.only)) continue;
  const row = await measure(input);
  rows.push(row);
  console.log(
    `${row.name.padEnd(44)} ${String(Math.round(row.bytes / 1_000)).padStart(6)} kB  guard ${row.guardMs.toFixed(0).padStart(6)} ms  parse ${row.parseMs.toFixed(0).padStart(6)} ms  extra ${row.extraMiB.toFixed(0).padStart(5)} MiB  over idle ${row.overIdleMiB.toFixed(0).padStart(5)} MiB  ${row.findings} findings${row.crash ? `  CRASH ${row.crash}` : ""}`,
  );
}
rmSync(folder, { recursive: true, force: true });
if (values.only === undefined) {
  mkdirSync(dirname(file), { recursive: true });
  const idleMiB = idle.maxRssKiB / 1_024;
  writeFileSync(
    file,
    `${JSON.stringify({ machine: machine(), idleMiB: Math.round(idleMiB), rows }, null, 2)}\n`,
  );
}
if (rows.some(({ crash }) => crash !== undefined)) process.exitCode = 1;

async function measure({ name, path = "a.yaml", make }: Hard): Promise<Row> {
  const content = make();
  const input = join(folder, "input");
  writeFileSync(input, content);
  const bytes = Buffer.byteLength(content);
  const isLarge = bytes > 1_000_000;
  const parse = isLarge ? undefined : await attempt(["parse", path, input]);
  const guard = await attempt(["guard", path, input]);
  const parsed = typeof parse === "object" ? parse : { ms: 0, maxRssKiB: idle.maxRssKiB };
  if (typeof guard === "string") {
    return {
      name,
      bytes,
      guardMs: timeoutMs,
      parseMs: parsed.ms,
      extraMiB: 0,
      overIdleMiB: 0,
      findings: 0,
      unchecked: 0,
      rules: {},
      crash: guard,
    };
  }
  const MiB = (a: Measured, b: Measured) => (a.maxRssKiB - b.maxRssKiB) / 1_024;
  return {
    name,
    bytes,
    guardMs: guard.ms,
    parseMs: parsed.ms,
    extraMiB: MiB(guard, parsed),
    overIdleMiB: MiB(guard, idle),
    findings: guard.findings ?? 0,
    unchecked: guard.unchecked ?? 0,
    rules: guard.rules ?? {},
  };
}

async function attempt(args: string[]): Promise<Measured | string> {
  try {
    const { stdout } = await run(process.execPath, [...flags, child, ...args], {
      timeout: timeoutMs,
      maxBuffer: 2 ** 26,
    });
    return JSON.parse(stdout);
  } catch (error) {
    const { killed, stderr, message } = error as { killed?: boolean; stderr?: string; message: string };
    return killed ? `no end within ${timeoutMs / 1_000} s` : (stderr || message).trim().slice(-300);
  }
}

async function median(args: string[]): Promise<Measured> {
  const runs: Measured[] = [];
  for (let i = 0; i < 5; i++) {
    const one = await attempt(args);
    if (typeof one === "string") throw new Error(one);
    runs.push(one);
  }
  return runs.sort((a, b) => a.maxRssKiB - b.maxRssKiB)[2]!;
}
