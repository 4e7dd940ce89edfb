import { UsageError } from "#model/errors.ts";
import type { Report } from "#model/plan.ts";
import type { Language } from "#model/text.ts";
import { type Done, mend } from "#steps/mend.ts";
import { configNames } from "../check/config.ts";
import { type FoundConfig, readConfig } from "../check/read-config.ts";
import { checkRooted, topFolder } from "../check/rooted.ts";
import type { Workshop } from "../workshop.ts";

export type ReviewFile = { path: string; content: string };

/** What people brought, checked as it came, and what of it was mended. */
export type Reviewed = {
  report: Report;
  /** Files with their mechanical fixes made. */
  mended: ReviewFile[];
  done: Done[];
  /** What is wrong with the `edgewright.yaml` among them; then it was not used. */
  wrongConfig?: string;
};

/** Checks files as a repository of their own: the one folder they lie in is its root, an `edgewright.yaml` there counts. */
export function reviewNow(
  files: readonly ReviewFile[],
  { workshop, language }: { workshop: Workshop; language: Language },
): Reviewed {
  const folder = topFolder(files.map(({ path }) => path));
  const { config, wrongConfig } = configIn(files, { folder, language });
  const others = files.filter(({ path }) => path !== config?.path);
  // Pasted pieces belong to something nobody here has seen.
  const partial = !files.some(({ path }) => path.includes("/"));
  const check = (tree: readonly ReviewFile[]) =>
    checkRooted(tree, { workshop, folder, config, flags: {}, partial });
  const report = check(others);
  const { files: mended, done } = mend(others, report, check);
  return { report, mended, done, ...(wrongConfig !== undefined && { wrongConfig }) };
}

function configIn(
  files: readonly ReviewFile[],
  { folder, language }: { folder: string; language: Language },
): { config?: FoundConfig; wrongConfig?: string } {
  const paths = configNames.map((name) => (folder === "" ? name : `${folder}/${name}`));
  const found = files.find(({ path }) => paths.includes(path));
  if (found === undefined) return {};
  try {
    return { config: { ...readConfig(found.content, found.path, language), path: found.path, folder } };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { wrongConfig: error.message };
  }
}
