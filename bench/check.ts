/**
 * The whole `edgewright check` over a repository of 5,000 documents on disk, beside a process that only reads and parses
 * the same YAML, and `kubectl kustomize` over the same targets; each a process of its own, in turns, in the same run.
 * `npx node bench/check.ts [RUNS] [--json]`.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import { makeRepository } from "./check/repository.ts";
import { line, machine, type Spread, spread } from "./measure.ts";

const main = join(import.meta.dirname, "..", "src", "main.ts");
const usage = join(import.meta.dirname, "check", "usage.ts");
const self = fileURLToPath(import.meta.url);

type Sample = { ms: number; cpuMs?: number; peakMiB?: number };

/** Runs one process to its end. Exit code 1 means that something blocks, which is no failure here. */
function run(command: string, args: string[], cwd: string): Sample {
  const started = performance.now();
  const ended = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, INIT_CWD: cwd, NO_COLOR: "1" },
  });
  const ms = performance.now() - started;
  const { status, stderr, error } = ended;
  if (error || (status !== 0 && status !== 1))
    throw new Error(`${command} ended with ${status}: ${stderr}`, { cause: error });
  const found = /^usage (\{.*\})$/m.exec(stderr)?.[1];
  return { ms, ...(found && JSON.parse(found)) };
}

const node = (...args: string[]) => ["--import", usage, ...args];

/** Only reading and parsing, with the `yaml` package as a program would: what a check is measured by. */
async function parseOnly(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(paths.map((path) => readFile(path, "utf8")));
  let count = 0;
  for (const text of texts)
    for (const document of parseAllDocuments(text)) count += document.toJS() === null ? 0 : 1;
  process.stdout.write(`${count}\n`);
}

async function measure(runs: number) {
  const { files, documents, targets } = makeRepository();
  const folder = await mkdtemp(join(tmpdir(), "edgewright-bench-"));
  try {
    for (const { path, content } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const hasKubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;
    const samples: Record<string, Sample[]> = {
      parse: [],
      check: [],
      start: [],
      ...(hasKubectl && { kubectl: [] }),
    };
    for (let n = 0; n < runs; n++) {
      samples.parse!.push(run(process.execPath, node(self, "--parse", folder), folder));
      samples.check!.push(run(process.execPath, node(main, "check", ".", "--format", "json"), folder));
      samples.start!.push(run(process.execPath, node(main, "check", "sets/north-0/namespace.yaml"), folder));
      if (!hasKubectl) continue;
      const started = performance.now();
      for (const target of targets) run("kubectl", ["kustomize", target], folder);
      samples.kubectl!.push({ ms: performance.now() - started });
    }
    const of = (name: string, field: keyof Sample): Spread | undefined => {
      const values = samples[name]?.flatMap((sample) => sample[field] ?? []) ?? [];
      return values.length > 0 ? spread(values) : undefined;
    };
    const rows = Object.keys(samples).map((name) => ({
      name,
      wallMs: of(name, "ms")!,
      cpuMs: of(name, "cpuMs"),
      peakMiB: of(name, "peakMiB"),
    }));
    return { machine: machine(), runs, files: files.length, documents, targets: targets.length, rows };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const titles: Record<string, string> = {
  parse: "read and parse the YAML, nothing else",
  check: "edgewright check, whole",
  start: "edgewright check of one file: the cost of a start",
  kubectl: "kubectl kustomize over all targets, nothing else",
};

if (process.argv[2] === "--parse") await parseOnly(process.argv[3]!);
else {
  const runs = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 7);
  const result = await measure(runs);
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  else {
    const { files, documents, targets, rows } = result;
    console.log(result.machine);
    console.log(`a repository of ${documents} documents in ${files} files, ${targets} build targets`);
    for (const { name, wallMs, cpuMs, peakMiB } of rows) {
      console.log(`${titles[name]}: ${line(wallMs, "ms")}`);
      if (cpuMs && peakMiB) console.log(`  processor ${line(cpuMs, "ms")}, memory ${line(peakMiB, "MiB")}`);
    }
  }
}
