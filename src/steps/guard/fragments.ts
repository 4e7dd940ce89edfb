import type { Manifest } from "#model/rule.ts";
import type { Violation } from "#model/schema.ts";
import type { ParsedTree } from "./parse.ts";
import { identity, joinPath } from "./tree-roles.ts";

/** What a whole object must have and a patch need not. */
const absences: readonly Violation["code"][] = ["required", "one-of", "needed"];

/**
 * Tells a patch whose kustomization is not among the files from a whole object that lacks something: nothing lists it as a
 * resource, it only leaves things out, and another file that is listed holds the same object.
 */
export function fragmentsOf({ manifests, kustomizations }: ParsedTree) {
  const listed = new Set<string>();
  for (const { dir, doc } of kustomizations) {
    if (!Array.isArray(doc.resources)) continue;
    for (const entry of doc.resources) if (typeof entry === "string") listed.add(joinPath(dir, entry));
  }
  const whole = new Set(manifests.filter(({ path }) => listed.has(path)).map(identity));
  return (manifest: Manifest, violations: readonly Violation[]): boolean =>
    violations.length > 0 &&
    violations.every(({ code }) => absences.includes(code)) &&
    !listed.has(manifest.path) &&
    whole.has(identity(manifest));
}
