import { UsageError } from "#model/errors.ts";
import { readMemory } from "#model/memory.ts";
import type { Setting } from "#model/rule.ts";
import { type Language, languages } from "#model/text.ts";

/** How the result is written. */
export const formats = ["text", "json", "sarif", "github"] as const;
export type Format = (typeof formats)[number];

type Values = Readonly<Record<string, unknown>>;

/** The flags of `edgewright check`, as parseArgs takes them. */
export const checkOptions = {
  role: { type: "string" },
  engine: { type: "string" },
  memory: { type: "string" },
  nodes: { type: "string" },
  disk: { type: "string" },
  arch: { type: "string" },
  config: { type: "string" },
  lang: { type: "string" },
  json: { type: "boolean" },
  format: { type: "string" },
  output: { type: "string" },
  sarif: { type: "string" },
  fix: { type: "boolean" },
  "dry-run": { type: "boolean" },
} as const;

/** What the person said of where this runs; what they did not say is left to `edgewright.yaml`. */
export function readSetting({ role, engine, memory, nodes, disk, arch }: Values): Partial<Setting> {
  return {
    ...(role !== undefined && { role: oneOf(role, ["edge", "hub"] as const, "--role") }),
    ...(engine !== undefined && { engine: oneOf(engine, ["flux", "argocd"] as const, "--engine") }),
    ...(memory !== undefined && { memoryMiB: memoryOf(String(memory)) }),
    ...(nodes !== undefined && { nodesPerSite: countOf(String(nodes)) }),
    ...(disk !== undefined && { storage: oneOf(disk, ["ssd", "emmc", "sd"] as const, "--disk") }),
    ...(arch !== undefined && { arch: archOf(String(arch)) }),
  };
}

/** The format, and the language of its sentences. */
export function readFormat({ format, json, lang }: Values): { format: Format; language: Language } {
  if (json && format !== undefined && format !== "json")
    throw new UsageError(`--json and --format ${format} exclude each other. Leave one of them out`);
  return {
    format: json ? "json" : oneOf(format ?? "text", formats, "--format"),
    language: oneOf(lang ?? "en", languages, "--lang"),
  };
}

/** Whether files are to be mended, and whether only to show how. */
export function readFix({ fix, "dry-run": dryRun }: Values): "no" | "show" | "write" {
  if (!fix && dryRun) throw new UsageError("--dry-run: shows what --fix would change. Write --fix --dry-run");
  return fix ? (dryRun ? "show" : "write") : "no";
}

function oneOf<T extends string>(given: unknown, known: readonly T[], option: string): T {
  if (known.includes(given as T)) return given as T;
  throw new UsageError(`${option}: no "${given}". Pick one of: ${known.join(", ")}`);
}

function memoryOf(given: string): number {
  const size = readMemory(given);
  if (size === undefined) throw new UsageError(`--memory: "${given}" is no size. Write it as 2Gi or 2048Mi`);
  return size;
}

function countOf(given: string): number {
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given);
  throw new UsageError(`--nodes: "${given}" is no number of nodes. Write a whole number from 1 to 9999`);
}

const architectures = ["amd64", "arm64", "armv7", "riscv64"] as const;

function archOf(given: string): string[] {
  return given.split(",").map((one) => oneOf(one.trim(), architectures, "--arch"));
}
