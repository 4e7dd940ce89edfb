/**
 * Documents a second, memory and cold start of the guard's schema check, beside `validate()` of kubernetes-models in the
 * same run, and the whole guard over a tree of seventy files. `npx node bench/guard.ts [--json]`.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import { reference } from "../test/schemas/reference.ts";

type Document = Record<string, unknown>;
type Checker = { name: string; check: (doc: Document) => boolean };

const runs = 11;
const rounds = 3_000;

/** Kinds both sides know; kubernetes-models has one module a kind. */
const modules: Record<string, string> = {
  "apps/v1/Deployment": "kubernetes-models/apps/v1/Deployment",
  "v1/Service": "kubernetes-models/v1/Service",
  "networking.k8s.io/v1/NetworkPolicy": "kubernetes-models/networking.k8s.io/v1/NetworkPolicy",
  "batch/v1/CronJob": "kubernetes-models/batch/v1/CronJob",
  "source.toolkit.fluxcd.io/v1/GitRepository":
    "@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository",
  "kustomize.toolkit.fluxcd.io/v1/Kustomization":
    "@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization",
  "argoproj.io/v1alpha1/Application": "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application",
  "cert-manager.io/v1/Certificate": "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate",
};

const documents = reference.filter((doc) => keyOf(doc) in modules);

function keyOf({ apiVersion, kind }: Document): string {
  return `${apiVersion}/${kind}`;
}

async function ours(): Promise<Checker> {
  const { loadSchemas } = await import("../src/schemas/walk.ts");
  const schemas = loadSchemas();
  return { name: "field tree", check: (doc) => schemas.check(doc)!.length === 0 };
}

async function models(): Promise<Checker> {
  const classes = new Map<string, new (doc: Document) => { validate: () => void }>();
  for (const [key, path] of Object.entries(modules)) {
    const loaded = await import(path);
    classes.set(key, loaded[key.slice(key.lastIndexOf("/") + 1)]);
  }
  const check = (doc: Document) => {
    try {
      new (classes.get(keyOf(doc))!)(doc).validate();
      return true;
    } catch {
      return false;
    }
  };
  return { name: "kubernetes-models", check };
}

const checkers: Record<string, () => Promise<Checker>> = { ours, models };

/** Time of the processor, not of the clock: a busy machine slows the clock only. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Loaded alone in a process of its own: what a start costs. */
async function cold(which: string): Promise<{ loadMs: number; rssMiB: number }> {
  const before = process.memoryUsage().rss;
  const started = cpuMs();
  const { check } = await checkers[which]!();
  const loadMs = cpuMs() - started;
  for (const doc of documents) check(doc);
  return { loadMs, rssMiB: (process.memoryUsage().rss - before) / 1_048_576 };
}

function documentsPerSecond({ check }: Checker): number {
  const started = cpuMs();
  for (let i = 0; i < rounds; i++) for (const doc of documents) check(doc);
  return (rounds * documents.length) / ((cpuMs() - started) / 1_000);
}

/** How many single faults a checker sees; they are placed with the JSON Schemas of kubernetes-models itself. */
async function recall({ check }: Checker): Promise<string> {
  const { readJsonSchemas } = await import("../scripts/sweep-schemas/json-schemas.ts");
  const { mutantsOf } = await import("../scripts/sweep-schemas/faults.ts");
  const { createRandom } = await import("../scripts/sweep-schemas/random.ts");
  const [set, random] = [readJsonSchemas(), createRandom(1)];
  // Another apiVersion is another class, which kubernetes-models would not even be asked about.
  const mutants = documents
    .flatMap((doc) => mutantsOf(doc, set, random))
    .filter(({ fault }) => !fault.endsWith("apiVersion"));
  const seen = mutants.filter(({ doc }) => !check(doc)).length;
  return `${seen} of ${mutants.length}`;
}

/** Seventy files, as a plan writes them: the whole guard, with YAML parsed anew each time. */
async function wholeGuard(): Promise<{ files: number; parseMs: number[]; guardMs: number[] }> {
  const { guard } = await import("../src/steps/guard.ts");
  const { kustomize } = await import("../src/steps/kustomize.ts");
  const { loadSchemas } = await import("../src/schemas/walk.ts");
  const { stringify } = await import("yaml");
  const list = Array.from({ length: 70 }, (_, i) => {
    const doc = reference[i % (reference.length - 2)]!;
    return { path: `base/${i}.yaml`, content: stringify(doc) };
  });
  const context = {
    rules: [],
    schemas: loadSchemas(),
    kustomize,
    distros: [],
    setting: { role: "edge" },
  } as const;
  const parseMs: number[] = [];
  const guardMs: number[] = [];
  for (let i = 0; i < runs * 3; i++) {
    const started = cpuMs();
    guard(list, context);
    const between = cpuMs();
    for (const { content } of list) for (const document of parseAllDocuments(content)) document.toJS();
    guardMs.push(between - started);
    parseMs.push(cpuMs() - between);
  }
  return { files: list.length, parseMs, guardMs };
}

function spread(values: readonly number[]): { median: number; least: number; most: number } {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, least: sorted[0]!, most: sorted.at(-1)! };
}

function round({ median, least, most }: ReturnType<typeof spread>): string {
  const digits = median < 100 ? 1 : 0;
  return `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

/** Everything this bench measures. */
export async function measure() {
  const self = fileURLToPath(import.meta.url);
  const both = [await ours(), await models()];
  const speed = both.map((): number[] => []);
  // Taking turns, so that a busy moment of the machine hits both.
  for (let i = 0; i < runs; i++) {
    for (const [at, checker] of both.entries()) speed[at]!.push(documentsPerSecond(checker));
  }
  const starts = Object.keys(checkers).map((which) =>
    Array.from({ length: runs }, (): { loadMs: number; rssMiB: number } =>
      JSON.parse(execFileSync(process.execPath, [self, "--cold", which], { encoding: "utf8" })),
    ),
  );
  const whole = await wholeGuard();
  return {
    kinds: documents.length,
    runs,
    checkers: await Promise.all(
      both.map(async (checker, at) => ({
        name: checker.name,
        documentsPerSecond: spread(speed[at]!),
        loadMs: spread(starts[at]!.map(({ loadMs }) => loadMs)),
        rssMiB: spread(starts[at]!.map(({ rssMiB }) => rssMiB)),
        faultsSeen: await recall(checker),
      })),
    ),
    guard: {
      files: whole.files,
      firstMs: whole.guardMs[0]!,
      warmMs: spread(whole.guardMs.slice(runs)),
      parseOnlyMs: spread(whole.parseMs.slice(runs)),
    },
  };
}

if (process.argv[2] === "--cold") {
  process.stdout.write(JSON.stringify(await cold(process.argv[3]!)));
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = await measure();
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  else {
    const rows = result.checkers.map(
      (one) =>
        `| ${one.name} | ${round(one.documentsPerSecond)} | ${round(one.loadMs)} | ${round(one.rssMiB)} | ${one.faultsSeen} |`,
    );
    const { files, firstMs, warmMs, parseOnlyMs } = result.guard;
    process.stdout.write(
      `${[
        `Median of ${result.runs} runs (least to most), ${result.kinds} kinds, processor time.`,
        "",
        "| checker | documents/s | load ms | RSS MiB | faults seen |",
        "| --- | --- | --- | --- | --- |",
        ...rows,
        "",
        `Whole guard, ${files} files: first ${firstMs.toFixed(0)} ms, warm ${round(warmMs)} ms, of which YAML ${round(parseOnlyMs)} ms.`,
      ].join("\n")}\n`,
    );
  }
}
