/**
 * `edgewright check` over whole repositories beside `kubectl kustomize` over their targets, in the same run: a fleet of ours
 * and one tree of a thousand documents. `npx node bench/kustomize.ts [--json]`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { briefAt } from "../scripts/sweep/briefs.ts";
import { rootsOf } from "../scripts/sweep/build.ts";
import { makePlan } from "../src/app/make-plan.ts";
import { openWorkshop } from "../src/app/workshop.ts";
import { parseTree } from "../src/steps/guard/parse.ts";
import { line, machine, type Spread, spread } from "./measure.ts";

const runs = 7;
const documents = 1_000;
const perOverlay = 100;
const main = join(import.meta.dirname, "..", "src", "main.ts");
type Files = ReadonlyMap<string, string>;
type Repository = { name: string; files: Files; targets: string[] };
type Measured = {
  name: string;
  files: number;
  documents: number;
  targets: number;
  checkMs: Spread;
  kustomizeMs: Spread;
};

/** A repository of ours with several sets, as a plan writes it. */
async function fleet(): Promise<Repository> {
  const workshop = await openWorkshop();
  const plans = Array.from({ length: 12 }, (_, i) => makePlan(briefAt(i, 1), workshop));
  const targets = plans.map(({ files }) => rootsOf(files));
  const at = targets.findIndex((list) => list.length === Math.max(...targets.map(({ length }) => length)));
  const files = new Map(plans[at]!.files.map(({ path, content }) => [path, content]));
  return { name: "a fleet of ours", files, targets: targets[at]! };
}

/** A base of hundred documents and ten overlays of a hundred each, every one changing all of them. */
function thousand(): Repository {
  const files = new Map<string, string>();
  const names = Array.from({ length: perOverlay }, (_, i) => `app-${i}`);
  for (const name of names) files.set(`base/${name}.yaml`, stringify(deployment(name)));
  files.set("base/kustomization.yaml", stringify({ resources: names.map((name) => `${name}.yaml`) }));
  const targets = Array.from({ length: documents / perOverlay - 1 }, (_, i) => `sites/${i}`);
  for (const dir of targets) {
    const own = names.map((name) => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name },
      data: { site: dir },
    }));
    files.set(`${dir}/own.yaml`, own.map((doc) => stringify(doc)).join("---\n"));
    files.set(
      `${dir}/kustomization.yaml`,
      stringify({
        resources: ["../../base", "own.yaml"],
        namespace: dir.replace("/", "-"),
        labels: [{ pairs: { site: dir.replace("/", "-") }, includeTemplates: true }],
        images: [{ name: "registry.example.com/app", newTag: "1.2.0" }],
        patches: [
          { target: { kind: "Deployment" }, patch: '[{"op":"replace","path":"/spec/replicas","value":2}]' },
        ],
      }),
    );
  }
  return { name: "a tree of 1,000 documents", files, targets };
}

function deployment(name: string) {
  const labels = { app: name };
  const resources = { requests: { memory: "32Mi" }, limits: { memory: "64Mi" } };
  const containers = [{ name: "app", image: "registry.example.com/app:1.0.0", resources }];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  };
}

/** Seconds of the clock, as somebody waits for them; the two take turns, so that a busy moment hits both. */
function measureOne({ name, files, targets }: Repository): Measured {
  const root = mkdtempSync(join(tmpdir(), "edgewright-bench-"));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const checkMs: number[] = [];
    const kustomizeMs: number[] = [];
    for (let i = 0; i < runs; i++) {
      checkMs.push(timed(() => started(process.execPath, [main, "check", ".", "--json"], root)));
      kustomizeMs.push(
        timed(() => {
          for (const dir of targets) started("kubectl", ["kustomize", dir], root);
        }),
      );
    }
    const count = parseTree(files).documents.length;
    const sizes = { files: files.size, documents: count, targets: targets.length };
    return { name, ...sizes, checkMs: spread(checkMs), kustomizeMs: spread(kustomizeMs) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Findings are an exit code of 1, and no failure here. */
function started(program: string, args: string[], cwd: string): void {
  const { status, error, stderr } = spawnSync(program, args, { cwd, maxBuffer: 2 ** 28, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0 && !(status === 1 && program === process.execPath)) throw new Error(stderr.slice(-500));
}

/** Everything this bench measures; nothing where kubectl is not on PATH. */
export async function measure(): Promise<Measured[] | undefined> {
  if (spawnSync("kubectl", ["version", "--client"]).status !== 0) return undefined;
  return [await fleet(), thousand()].map(measureOne);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const measured = await measure();
  if (measured === undefined) console.log("kubectl is not on PATH: nothing to compare with.");
  else if (process.argv.includes("--json"))
    console.log(JSON.stringify({ machine: machine(), measured }, null, 2));
  else {
    console.log(`${machine()}, whole repositories, clock time, taking turns.`);
    for (const { name, files, documents: count, targets, checkMs, kustomizeMs } of measured) {
      console.log(`\n${name}: ${files} files, ${count} documents, ${targets} targets`);
      console.log(`  edgewright check (all of it)      ${line(checkMs, "ms")}`);
      console.log(`  kubectl kustomize (builds alone)  ${line(kustomizeMs, "ms")}`);
    }
  }
}
