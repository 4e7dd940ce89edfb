import { dirname, join } from "node:path";
import type { Report } from "#model/plan.ts";
import { type Setting, settingOfConfig } from "#model/rule.ts";
import type { TreeFile } from "../read-tree.ts";
import type { SecondOpinion } from "../second-opinion.ts";
import { checkFiles, type Workshop } from "../workshop.ts";
import type { FoundConfig } from "./read-config.ts";

export type Rooted = {
  workshop: Workshop;
  /** Folder that references, paths of Flux and globs count from, as a prefix of every path; "" for none. */
  folder: string;
  config: FoundConfig | undefined;
  /** What was said on the command line; wins over the configuration. */
  flags: Partial<Setting>;
  /** Whether only some files of a repository are there. */
  partial: boolean;
  /** How the tree is read and rendered, where others than our own hands do it. */
  tools?: SecondOpinion["options"];
  /** Files that are only there to be referred to: nothing is said of them. */
  around?: readonly TreeFile[];
};

/** Checks a tree as its own root sees it, and names every place as the person does. */
export function checkRooted(
  files: readonly TreeFile[],
  { workshop, folder, config, flags, partial, tools = {}, around = [] }: Rooted,
): Report {
  const rooted = ({ path, content }: TreeFile) => ({ path: below(folder, path), content });
  const inside = files.map(rooted);
  const source = config && { path: below(folder, config.path), line: config.line };
  const setting: Setting = { role: "edge", ...(config && settingOfConfig(config.config)), ...flags };
  const options = {
    partial,
    ...tools,
    ...(config && { config: config.config }),
    ...(source && { configSource: source }),
  };
  const others = around.map(rooted);
  const counted = new Set(inside.map(({ path }) => path));
  const whole = checkFiles([...inside, ...others], workshop, setting, { ...options, counted });
  const report = others.length === 0 ? whole : without(whole, others, inside);
  if (folder === "") return report;
  const show = <T extends { path: string }>(at: T): T => ({
    ...at,
    path: at.path === source?.path ? config!.path : join(folder, at.path),
  });
  return {
    ...report,
    findings: report.findings.map(show),
    unchecked: report.unchecked.map(show),
    ...(report.suppressed && {
      suppressed: report.suppressed.map((one) => ({ ...one, finding: show(one.finding) })),
    }),
  };
}

function without(report: Report, files: readonly TreeFile[], named: readonly TreeFile[]): Report {
  const hidden = new Set(files.flatMap(({ path }) => [path, dirname(path)]));
  // A folder that could not be rendered is named as long as something in it was asked for.
  for (const { path } of named) hidden.delete(dirname(path));
  const isSaid = ({ path }: { path: string }) => !hidden.has(path);
  return {
    ...report,
    findings: report.findings.filter(isSaid),
    unchecked: report.unchecked.filter(isSaid),
    ...(report.suppressed && { suppressed: report.suppressed.filter(({ finding }) => isSaid(finding)) }),
  };
}

function below(folder: string, path: string): string {
  return folder !== "" && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

/** The folder that all paths lie in, where there is one. */
export function topFolder(paths: readonly string[]): string {
  const tops = new Set(paths.map((path) => path.split("/")[0]!));
  const [top = ""] = tops;
  return tops.size === 1 && paths.every((path) => path.startsWith(`${top}/`)) ? top : "";
}
