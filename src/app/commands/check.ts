import { UsageError } from "#model/errors.ts";
import type { Finding, Report } from "#model/plan.ts";
import type { Say } from "#model/platform.ts";
import type { Setting } from "#model/rule.ts";
import { Language, type Localised, localise } from "#model/text.ts";
import { defineCommand, type World } from "../command.ts";
import { readTree, type TreeFile } from "../read-tree.ts";
import { createSpeech } from "../speech.ts";
import { checkFiles, openWorkshop } from "../workshop.ts";

const uncheckedShown = 20;
const streamBytes = 16 * 1_048_576;
/** Minified files are one line of megabytes; a terminal wants its beginning. */
const excerptLength = 160;

export default defineCommand({
  summary:
    "The guard over files, folders or standard input (-): schemas, flags, references and policy. Exit code 1 when something blocks.",
  usage:
    "check PATH… [--role edge|hub] [--engine flux|argocd] [--memory 2Gi] [--nodes N] [--disk ssd|emmc|sd] [--lang en|de|es|zh] [--json]",
  options: {
    role: { type: "string" },
    engine: { type: "string" },
    memory: { type: "string" },
    nodes: { type: "string" },
    disk: { type: "string" },
    lang: { type: "string" },
    json: { type: "boolean" },
  },
  async run({ values, positionals }, world) {
    const language = oneOf(values.lang ?? "en", Language.options, "--lang");
    const setting = readSetting(values);
    const { files, skipped } = await gather(positionals, world);
    const report = checkFiles(files, await openWorkshop(), setting);
    const unchecked = [
      ...report.unchecked.map(({ path, what, text }) => ({ path, what: text?.[language] ?? what })),
      ...skipped.map((path) => ({ path, what: "not text, or larger than 16 MiB" })),
    ];
    const { findings } = localise(report, language);
    if (values.json) {
      world.stdout.write(
        `${JSON.stringify({ findings: findings.map(forMachines), checked: { ...report.checked, against: report.against }, unchecked }, null, 2)}\n`,
      );
    } else {
      world.stdout.write(forPeople({ ...report, unchecked }, files, language));
    }
    return findings.some(({ severity }) => severity === "block") ? 1 : 0;
  },
});

async function gather(paths: string[], world: World): Promise<{ files: TreeFile[]; skipped: string[] }> {
  if (paths.length === 0 && world.stdin.isTTY)
    throw new UsageError("check: name at least one file or folder, or - for standard input");
  const named = paths.filter((path) => path !== "-");
  const tree = await readTree(named, world.cwd);
  if (named.length === paths.length && paths.length > 0) return tree;
  return { files: [...tree.files, await readStandardInput(world)], skipped: tree.skipped };
}

async function readStandardInput({ stdin }: World): Promise<TreeFile> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += chunk.length;
    if (size > streamBytes)
      throw new UsageError(
        `check: standard input holds more than ${streamBytes / 1_048_576} MiB. Name a folder instead`,
      );
    chunks.push(Buffer.from(chunk));
  }
  return { path: "stdin.yaml", content: Buffer.concat(chunks).toString("utf8") };
}

function readSetting(values: Readonly<Record<string, unknown>>): Setting {
  const { role, engine, memory, nodes, disk } = values;
  return {
    role: oneOf(role ?? "edge", ["edge", "hub"] as const, "--role"),
    ...(engine !== undefined && { engine: oneOf(engine, ["flux", "argocd"] as const, "--engine") }),
    ...(memory !== undefined && { memoryMiB: readMemory(String(memory)) }),
    ...(nodes !== undefined && { nodesPerSite: readCount(String(nodes)) }),
    ...(disk !== undefined && { storage: oneOf(disk, ["ssd", "emmc", "sd"] as const, "--disk") }),
  };
}

function oneOf<T extends string>(given: unknown, known: readonly T[], option: string): T {
  if (known.includes(given as T)) return given as T;
  throw new UsageError(`${option}: no "${given}". Pick one of: ${known.join(", ")}`);
}

const MEMORY = /^(\d+(?:\.\d+)?)\s*(Mi|MiB|MB|M|Gi|GiB|GB|G)$/i;

function readMemory(given: string): number {
  const [, amount, unit] = MEMORY.exec(given) ?? [];
  if (!amount || !unit) throw new UsageError(`--memory: "${given}" is no size. Write it as 2Gi or 2048Mi`);
  return Math.round(Number(amount) * (/^g/i.test(unit) ? 1024 : 1));
}

function readCount(given: string): number {
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given);
  throw new UsageError(`--nodes: "${given}" is no number of nodes. Write a whole number from 1 to 9999`);
}

/** The six fields other tools may rely on, in this order. */
function forMachines({ rule, severity, path, line, message, fix }: Localised<Finding>) {
  return { rule, severity, path, line, message, fix };
}

/** Findings grouped by file, each with its line and a caret, then what was checked against what. */
function forPeople(report: Report, files: readonly TreeFile[], language: Language): string {
  const texts = new Map(files.map(({ path, content }) => [path, content]));
  const say = createSpeech()(language);
  const lines = report.findings.flatMap((finding) => [
    ...describeFinding(finding, { texts, language, say }),
    "",
  ]);
  const blocking = report.findings.filter(({ severity }) => severity === "block").length;
  const against = Object.entries(report.against).map(([name, version]) => `${name} ${version}`);
  const { documents, files: checked } = report.checked;
  const warnings = report.findings.length - blocking;
  lines.push(say("cli.check.checked", { documents, files: checked, blocking, warnings }));
  if (against.length > 0) lines.push(say("cli.check.against", { against: against.join(", ") }));
  if (report.unchecked.length > 0) {
    lines.push(say("cli.check.unchecked", { count: report.unchecked.length }));
    for (const { path, what } of report.unchecked.slice(0, uncheckedShown)) lines.push(`  ${path}: ${what}`);
    const more = report.unchecked.length - uncheckedShown;
    if (more > 0) lines.push(`  ${say("cli.check.more", { count: more })}`);
  }
  return `${lines.join("\n")}\n`;
}

type Describing = { texts: ReadonlyMap<string, string>; language: Language; say: Say };

function describeFinding(finding: Finding, { texts, language, say }: Describing): string[] {
  const { path, line, column, severity, rule } = finding;
  const whole = texts.get(path)?.split("\n", line)[line - 1] ?? "";
  const source = whole.length > excerptLength ? `${whole.slice(0, excerptLength)}…` : whole;
  const gutter = `  ${line} | `;
  const start = Math.min(column ?? source.search(/\S/) + 1, source.length);
  return [
    `${path}:${line}${column ? `:${column}` : ""}: ${say(`cli.check.${severity}`)} ${rule}: ${finding.message[language]}`,
    ...(source.trim()
      ? [`${gutter}${source}`, `${" ".repeat(gutter.length + Math.max(0, start - 1))}^`]
      : []),
    `  ${say("cli.check.fix")}: ${finding.fix[language]}`,
  ];
}
