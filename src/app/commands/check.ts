import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { Report } from "#model/plan.ts";
import type { Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { reportGitHub, reportJson, reportSarif, reportText } from "#steps/report.ts";
import { findConfig, isConfig } from "../check/config.ts";
import { gather } from "../check/gather.ts";
import { checkOptions, type Format, readFormat, readSetting } from "../check/options.ts";
import { checkRooted } from "../check/rooted.ts";
import { defineCommand, type World } from "../command.ts";
import type { Skip, TreeFile } from "../read-tree.ts";
import { createSpeech } from "../speech.ts";
import { openWorkshop, type Workshop } from "../workshop.ts";
import { writeWhole } from "../write-out.ts";

export default defineCommand({
  summary:
    "The guard over files, folders, archives (.zip, .tar.gz) or standard input (-): schemas, flags, references and policy. Exit code 1 when something blocks.",
  usage:
    "check PATH… [--format text|json|sarif|github] [--json] [--output FILE] [--sarif FILE] [--config FILE] [--role edge|hub] [--engine flux|argocd] [--memory 2Gi] [--nodes N] [--disk ssd|emmc|sd] [--arch arm64,…] [--lang en|de|es|zh]",
  options: checkOptions,
  async run({ values, positionals }, world) {
    const { format, language } = readFormat(values);
    const flags = readSetting(values);
    const say = createSpeech()(language);
    // Shelves and schemas load while the disk is read.
    const [workshop, gathered] = await Promise.all([openWorkshop(), gather(positionals, world, say)]);
    const config = await findConfig({
      ...(typeof values.config === "string" && { named: values.config }),
      ...{ folder: gathered.folder, files: gathered.files, cwd: world.cwd, language },
    });
    const files = gathered.files.filter(({ path }) => !isConfig(path, config));
    const folder = config?.folder ?? gathered.folder;
    const report = checkRooted(files, { workshop, folder, config, flags, partial: gathered.partial });
    const unchecked = [...report.unchecked, ...gathered.skipped.map((skip) => unread(skip, say))];
    const writing = { report: { ...report, unchecked }, files, workshop, say, language, world };
    await writeOut(await write(format, writing), values.output, { option: "--output", world });
    if (typeof values.sarif === "string")
      await writeOut(await write("sarif", writing), values.sarif, { option: "--sarif", world });
    return report.findings.some(({ severity }) => severity === "block") ? 1 : 0;
  },
});

/** What was found and not read: named, never passed. */
function unread({ path, why }: Skip, say: Say): Report["unchecked"][number] {
  return { path, what: say(`cli.check.skipped.${why}`) };
}

type Writing = {
  report: Report;
  files: readonly TreeFile[];
  workshop: Workshop;
  say: Say;
  language: Language;
  world: World;
};

async function write(
  format: Format,
  { report, files, workshop, say, language, world }: Writing,
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
      const texts = new Map(files.map(({ path, content }) => [path, content]));
      const colour = Boolean(stdout.isTTY) && !env.NO_COLOR;
      return reportText(report, { texts, say, language, colour });
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
  { option, world }: { option: string; world: World },
): Promise<void> {
  if (typeof file === "string" && file !== "-") await writeWhole(resolve(world.cwd, file), text, option);
  else world.stdout.write(text);
}
