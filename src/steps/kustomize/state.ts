import type { Kustomization, KustomizeProblem } from "#model/rule.ts";
import { OutsideError, RefusedError } from "./errors.ts";
import type { Tree } from "./read.ts";
import { currentId, keyOf, type Resource, showId } from "./resource.ts";

/** A build so far. What it holds is shown only when nothing was refused and nothing lies outside the subset. */
export type Build = {
  resources: Resource[];
  /** What this renderer does not do. */
  outside: Set<string>;
  /** What kustomize would not do. */
  refused: Set<string>;
  /** Features that were left out of account. */
  without: Set<string>;
  problems: Map<string, KustomizeProblem>;
};

/** One kustomization at work on a build. */
export type Step = {
  state: Build;
  tree: Tree;
  kustomization: Kustomization;
  /** What the build holds by its ids, as long as nothing changes but by adding. */
  known?: Map<string, Resource>;
};

export function emptyBuild(): Build {
  return { resources: [], outside: new Set(), refused: new Set(), without: new Set(), problems: new Map() };
}

/** The same build with a list of objects of its own. */
export function innerBuild(state: Build): Build {
  return { ...state, resources: [] };
}

export function problem(
  { state, kustomization }: Pick<Step, "state" | "kustomization">,
  code: KustomizeProblem["code"],
  { pointer, values }: { pointer: string; values: KustomizeProblem["values"] },
): void {
  const { path } = kustomization;
  const found = { code, path, line: kustomization.line(pointer), pointer, values };
  state.problems.set(JSON.stringify([code, path, pointer, values]), found);
}

/**
 * Notes that kustomize would refuse the build here. Where parts of the tree could not be seen, what seems to be wrong may
 * be right, and nothing is said.
 */
export function refuse(step: Step, pointer: string, reason: string): void {
  if (isOpaque(step.state)) return;
  // One mistake makes others: only the first is sure.
  if (step.state.refused.size === 0) problem(step, "refused", { pointer, values: { reason } });
  step.state.refused.add(reason);
}

/** The same, where a problem of its own says it better. */
export function refuseAs(
  step: Step,
  code: KustomizeProblem["code"],
  { pointer, values, reason }: { pointer: string; values: KustomizeProblem["values"]; reason: string },
): void {
  if (isOpaque(step.state)) return;
  problem(step, code, { pointer, values });
  step.state.refused.add(reason);
}

/** Something in the kustomization that is without effect; kustomize goes on. */
export function noEffect(step: Step, pointer: string, values: KustomizeProblem["values"]): void {
  if (isOpaque(step.state) || step.state.refused.size > 0) return;
  problem(step, "no-effect", { pointer, values });
}

/** A tree that cannot be read whole may well hold what seems to be missing. */
export function isOpaque({ outside }: Build): boolean {
  return outside.size > 0;
}

/** What a build holds, by the ids it has now. */
export function byId({ resources }: Build): Map<string, Resource> {
  return new Map(resources.map((resource) => [keyOf(currentId(resource.doc)), resource]));
}

/** Adds objects to a build; two with the same id are refused. */
export function append(resources: readonly Resource[], pointer: string, step: Step): void {
  const { state } = step;
  const known = step.known ?? byId(state);
  for (const resource of resources) {
    const id = currentId(resource.doc);
    const key = keyOf(id);
    const twin = known.get(key);
    if (twin === undefined) {
      known.set(key, resource);
      state.resources.push(resource);
      continue;
    }
    refuseAs(step, "duplicate", {
      pointer,
      values: {
        object: showId(id),
        where: `${resource.path}:${resource.line}`,
        also: `${twin.path}:${twin.line}`,
      },
      reason: `duplicate: ${showId(id)}`,
    });
  }
}

/** Runs one change; what cannot be done is noted and leaves the objects as they were, or nearly so. */
export function guarded<T>(change: () => T, pointer: string, step: Step): T | undefined {
  try {
    return change();
  } catch (error) {
    if (error instanceof RefusedError) refuse(step, pointer, error.message);
    else if (error instanceof OutsideError) step.state.outside.add(error.message);
    else throw error;
    return undefined;
  }
}
