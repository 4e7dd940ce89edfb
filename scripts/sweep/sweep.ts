import { createHash } from "node:crypto";
import { parse } from "yaml";
import { charts, images } from "#catalogue/images.ts";
import type { Brief, DeviceType } from "#model/brief.ts";
import { type Decisions, topics } from "#model/decision.ts";
import type { Plan } from "#model/plan.ts";
import { languages } from "#model/text.ts";
import { makePlan } from "../../src/app/make-plan.ts";
import { openWorkshop, type Workshop } from "../../src/app/workshop.ts";
import { bundle } from "../../src/steps/bundle.ts";
import { decide } from "../../src/steps/decide.ts";
import { layOut } from "../../src/steps/lay-out.ts";
import { answersAt, briefAt } from "./briefs.ts";
import { build, pooled, rootsOf, withTree } from "./build.ts";
import { unseen } from "./evidence.ts";
import { misfits } from "./fit.ts";
import { dangling, leftovers, unlisted, unreadable } from "./tidy.ts";

export type SweepResult = {
  briefs: number;
  repositories: number;
  files: number;
  targets: number;
  findings: { block: number; warn: number };
  seconds: number;
  choices: Record<string, Record<string, number>>;
  failures: { brief: number; what: string }[];
  /** SHA-256 of the zip of each repository, in the order of the briefs. */
  hashes: string[];
};

const width = 2; // kustomize processes at a time

/** Plans so many different briefs and checks each repository; failures are collected, never thrown. */
export async function sweep({
  count,
  seed,
  onBrief,
}: {
  count: number;
  seed: number;
  onBrief?: (done: number, count: number) => void;
}): Promise<SweepResult> {
  const start = performance.now();
  const workshop = await openWorkshop();
  const result: SweepResult = {
    briefs: 0,
    repositories: 0,
    files: 0,
    targets: 0,
    findings: { block: 0, warn: 0 },
    seconds: 0,
    choices: {},
    failures: [],
    hashes: [],
  };
  const seen = new Set<string>();
  for (let index = 0; seen.size < count; index++) {
    const key = JSON.stringify(answersAt(index, seed));
    if (seen.has(key)) continue;
    seen.add(key);
    await one(index, seed, workshop, result);
    onBrief?.(seen.size, count);
  }
  result.briefs = seen.size;
  result.seconds = Math.round((performance.now() - start) / 1_000);
  return result;
}

/** The one place where a brief becomes a plan: decided, laid out and guarded, exactly as the bot does it. */
function planOf(brief: Brief, workshop: Workshop): Plan {
  return makePlan(brief, workshop);
}

/** The repository alone: what must not depend on the language. */
function filesOf(brief: Brief, { distros, engines }: Workshop): Plan["files"] {
  const facts = { distros: byId(distros), engines: byId(engines) };
  const { decisions } = decide(brief, facts);
  const distro = distros.find(({ id }) => id === decisions.distribution.choice);
  const engine = engines.find(({ id }) => id === decisions.gitops.choice);
  return layOut(
    { brief, decisions },
    { ...(distro && { distro }), ...(engine && { engine }), images, charts },
  );
}

function byId<T extends { id: string }>(items: readonly T[]): Record<T["id"], T> {
  return Object.fromEntries(items.map((item) => [item.id, item])) as Record<T["id"], T>;
}

async function one(index: number, seed: number, workshop: Workshop, result: SweepResult): Promise<void> {
  const fail = (what: string) => result.failures.push({ brief: index, what });
  try {
    const brief = briefAt(index, seed);
    const { decisions, files, report } = planOf(brief, workshop);
    count(result, decisions);
    result.repositories++;
    result.files += files.length;
    for (const { severity, rule, path, line, message } of report.findings) {
      result.findings[severity]++;
      if (severity === "block") fail(`guard ${rule} ${path}:${line} ${message.en}`);
    }
    for (const what of unseen(decisions, files)) fail(what);
    for (const what of [leaks, unlisted, dangling].flatMap((check) => check(files))) fail(what);
    for (const what of leftovers(decisions, files)) fail(what);
    const hash = zipHash(files);
    result.hashes.push(hash);
    for (const language of languages.filter((other) => other !== "en")) {
      if (zipHash(filesOf(briefAt(index, seed, language), workshop)) !== hash) {
        fail(`the repository differs in ${language}`);
      }
    }
    const { targets, sets } = await buildAll(files, fail);
    result.targets += targets;
    const { nodesPerSite } = brief.answers;
    for (const what of misfits({ decisions, devices: devicesOf(files), nodesPerSite, files, sets }))
      fail(what);
  } catch (cause) {
    fail(`threw: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function count({ choices }: SweepResult, decisions: Decisions): void {
  for (const topic of topics) {
    const counts = choices[topic] ?? {};
    choices[topic] = counts;
    const { choice } = decisions[topic];
    counts[choice] = (counts[choice] ?? 0) + 1;
  }
}

function zipHash(files: Plan["files"]): string {
  return createHash("sha256").update(bundle(files)).digest("hex");
}

const FREE_TEXT = /Free text that must not|Nadelöhr|漏斗|网关|摄像头|Kasse \(alt\)|华东|北京|Region #1/;

/** Words of people that got into the repository. */
function leaks(files: Plan["files"]): string[] {
  return files
    .filter(({ path, content }) => FREE_TEXT.test(path + content))
    .map(({ path }) => `free text in ${path}`);
}

/** Device types by the slugs that folders and sets are called by. */
function devicesOf(files: Plan["files"]): DeviceType[] {
  const fleet = parse(files.find(({ path }) => path === "fleet.yaml")!.content);
  return fleet.fleet.deviceTypes;
}

async function buildAll(files: Plan["files"], fail: (what: string) => void) {
  const roots = rootsOf(files);
  const built = await withTree(files, async (root) => {
    for (const what of await unreadable(files, root)) fail(what);
    return pooled(roots, width, (dir) => build(root, dir));
  });
  for (const target of built) {
    if (!target.ok) fail(`kustomize ${target.dir}: ${target.error}`);
    else if (target.output.trim() === "") fail(`kustomize ${target.dir}: builds nothing`);
  }
  const sets = built.flatMap((target) => (target.ok && /^sets\//.test(target.dir) ? [target] : []));
  if (new Set(sets.map(({ output }) => output)).size !== sets.length) fail("two sets build the same");
  return { targets: roots.length, sets };
}
