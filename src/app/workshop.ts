import type { Distro, GitOps } from "#model/layout.ts";
import type { Report } from "#model/plan.ts";
import type { Rule, Setting } from "#model/rule.ts";
import type { Schemas } from "#model/schema.ts";
import { loadSchemas } from "#schemas/walk.ts";
import { type GuardContext, guard } from "#steps/guard.ts";
import { kustomize } from "#steps/kustomize.ts";
import { all } from "./shelf.ts";

/** The shelves a plan needs, loaded once. */
export type Workshop = { distros: Distro[]; engines: GitOps[]; rules: Rule[]; schemas: Schemas };

/** Loads the shelves, in parallel. */
export async function openWorkshop(): Promise<Workshop> {
  const [distros, engines, rules] = await Promise.all([
    all<Distro>("distros"),
    all<GitOps>("gitops"),
    all<Rule>("rules"),
  ]);
  return { distros, engines, rules, schemas: loadSchemas() };
}

export type CheckOptions = Pick<
  GuardContext,
  "ignores" | "config" | "configSource" | "partial" | "parse" | "counted"
> &
  Partial<Pick<GuardContext, "kustomize">>;

/** Checks any files with the whole guard: what `edgewright check` and pasted YAML go through, and every plan. */
export function checkFiles(
  files: readonly { path: string; content: string }[],
  workshop: Workshop,
  setting: Setting,
  options: CheckOptions = {},
): Report {
  return guard(files, { ...workshop, kustomize, setting, ...options });
}
