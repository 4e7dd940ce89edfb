import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { UsageError } from "#model/errors.ts";
import type { Report } from "#model/plan.ts";
import type { Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { type Done, type Mended, mend } from "#steps/mend.ts";
import { mendedLine, reportGitHub, reportJson, reportSarif, reportText } from "#steps/report.ts";
import { filesAround } from "../check/around.ts";
import { findConfig, isConfig } from "../check/config.ts";
import { diffOf, writeMended } from "../check/fix.ts";
import { type Gathered, gather } from "../check/gather.ts";
import { checkOptions, type Format, readFix, readFormat, readSetting } from "../check/options.ts";
import { checkRooted } from "../check/rooted.ts";
import { defineCommand, type World } from "../command.ts";
import type { Skip, TreeFile } from "../read-tree.ts";
import { secondOpinion } from "../second-opinion.ts";
import { createSpeech } from "../speech.ts";
import { openWorkshop, type Workshop } from "../workshop.ts";
import { writeWhole } from "../write-out.ts";

export default defineCommand({
  summary:
    "The guard over files, folders, archives (.zip, .tar.gz) or standard input (-): schemas, flags, references and policy. Exit code 1 when something blocks.",
  usage:
    "check PATH… [--fix [--dry-run]] [--format text|json|sarif|github] [--json] [--output FILE] [--sarif FILE] [--config FILE] [--role edge|hub] [--engine flux|argocd] [--memory 2Gi] [--nodes N] [--disk ssd|emmc|sd] [--arch arm64,…] [--lang en|de|es|zh]",
  options: checkOptions,
  async run({ values, positionals }, world) {
    const { format, language } = readFormat(values);
    const fix = readFix(values);
    const flags = readSetting(values);
    const say = createSpeech()(language);
    // Shelves and schemas load while the disk is read.
    const [workshop, gathered] = await Promise.all([openWorkshop(), gather(positionals, world, say)]);
    const config = await findConfig({
      ...(typeof values.config === "string" && { named: values.config }),
      ...{ folder: gathered.folder, files: gathered.files, cwd: world.cwd, language },
    });
    const files = gathered.files.filter(({ path }) => !isConfig(path, config));
    const isOnDisk = gathered.origin === "disk";
    const around = isOnDisk ? await filesAround(files, { cwd: world.cwd, isWhole: !gathered.partial }) : [];
    // What lies beside the named folder shows that it is no root.
    const folder = config?.folder ?? (around.length > 0 ? "" : gathered.folder);
    const root = isOnDisk ? resolve(world.cwd, folder) : undefined;
    const opinion = secondOpinion({ root });
    const check = (tree: readonly TreeFile[]) =>
      checkRooted(tree, {
        workshop,
        folder,
        config,
        flags,
        partial: gathered.partial,
        around,
        tools: opinion.options,
      });
    const first = check(files);
    const report = (await opinion.ask(world.signal)) ? check(files) : first;
    if (fix === "show") return show(files, report, { check, say, world });
    const mended = fix === "write" ? mend(files, report, check) : { files: [], done: [], report };
    const isPiped = fix === "write" && gathered.origin === "stdin";
    if (fix === "write") await writeFixed(files, mended, { gathered, world });
    const unchecked = [...mended.report.unchecked, ...gathered.skipped.map((skip) => unread(skip, say))];
    const whole = { ...mended.report, unchecked };
    const now = new Map([...files, ...mended.files].map(({ path, content }) => [path, content]));
    const writing = { report: whole, done: mended.done, texts: now, workshop, say, language, world };
    // Standard output belongs to the mended text then, so that it can be piped on.
    const out = isPiped ? world.stderr : world.stdout;
    await writeOut(await write(format, writing), values.output, { option: "--output", world, out });
    if (typeof values.sarif === "string")
      await writeOut(await write("sarif", writing), values.sarif, { option: "--sarif", world, out });
    return exitCode(whole);
  },
});

function exitCode({ findings }: Report): number {
  return findings.some(({ severity }) => severity === "block") ? 1 : 0;
}

type Showing = { check: (files: readonly TreeFile[]) => Report; say: Say; world: World };

/** What `--fix` would change, as a patch on standard output. */
function show(files: readonly TreeFile[], report: Report, { check, say, world }: Showing): number {
  const mended = mend(files, report, check);
  world.stdout.write(diffOf(files, mended));
  world.stderr.write(`${mendedLine(mended.done, { say, isDone: false })}\n`);
  return exitCode(report);
}

async function writeFixed(
  files: readonly TreeFile[],
  mended: Mended,
  { gathered, world }: { gathered: Gathered; world: World },
): Promise<void> {
  if (gathered.origin === "disk") return writeMended(files, mended, world.cwd);
  if (gathered.origin === "archive")
    throw new UsageError(
      "--fix: archives are not written. Unpack it, or see the changes with --fix --dry-run",
    );
  world.stdout.write((mended.files[0] ?? files[0])?.content ?? "");
}

/** What was found and not read: named, never passed. */
function unread({ path, why }: Skip, say: Say): Report["unchecked"][number] {
  return { path, what: say(`cli.check.skipped.${why}`) };
}

type Writing = {
  report: Report;
  done: readonly Done[];
  /** The files as they are now. */
  texts: ReadonlyMap<string, string>;
  workshop: Workshop;
  say: Say;
  language: Language;
  world: World;
};

async function write(
  format: Format,
  { report, done, texts, workshop, say, language, world }: Writing,
): Promise<string> {
  const { cwd, env, stdout } = world;
  switch (format) {
    case "json":
      return reportJson(report, { language });
    case "sarif": {
      const version = await ownVersion();
      return reportSarif(fromRepository(report, cwd, env.GITHUB_WORKSPACE), {
        language,
        rules: workshop.rules,
        version,
      });
    }
    case "github":
      return reportGitHub(fromRepository(report, cwd, env.GITHUB_WORKSPACE), { language, say });
    case "text": {
      const colour = Boolean(stdout.isTTY) && !env.NO_COLOR;
      return reportText(report, { texts, done, say, language, colour });
    }
  }
}

/** Code hosts count paths from the root of the repository, wherever the command was started. */
function fromRepository(report: Report, cwd: string, workspace = cwd): Report {
  const seen = <T extends { path: string }>(at: T): T => {
    const path = relative(workspace, resolve(cwd, at.path));
    return { ...at, path: path.startsWith("..") ? resolve(cwd, at.path) : path || "." };
  };
  return {
    ...report,
    findings: report.findings.map(seen),
    unchecked: report.unchecked.map(seen),
    ...(report.suppressed && {
      suppressed: report.suppressed.map((one) => ({ ...one, finding: seen(one.finding) })),
    }),
  };
}

async function ownVersion(): Promise<string> {
  const file = join(import.meta.dirname, "..", "..", "..", "package.json");
  return JSON.parse(await readFile(file, "utf8")).version;
}

async function writeOut(
  text: string,
  file: unknown,
  { option, world, out }: { option: string; world: World; out: World["stdout"] },
): Promise<void> {
  if (typeof file === "string" && file !== "-") await writeWhole(resolve(world.cwd, file), text, option);
  else out.write(text);
}
