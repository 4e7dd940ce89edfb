import { editDistance, nearestNames } from "#model/nearest.ts";
import type { Violation } from "#model/schema.ts";
import type { Tree } from "./notation.ts";

/**
 * Why a kind has no schema, where that is a mistake: a group, version or kind nobody serves. Undefined where the kind may
 * well exist, only not here.
 */
export function findKindProblem(apiVersion: string, kind: string, tree: Tree): Violation | undefined {
  const group = groupOf(apiVersion);
  const release = tree.groups[group];
  const served = Object.keys(tree.kinds).filter((key) => key.slice(key.lastIndexOf("/") + 1) === kind);
  const versions = served.map((key) => key.slice(0, key.lastIndexOf("/")));
  if (release === undefined) {
    // Groups of custom resources have a dot in their name; without one it is a slip for a built-in group.
    const builtIn = (version: string) => tree.groups[groupOf(version)] === "Kubernetes";
    const near = versions.filter(
      (version) => isTypo(group, groupOf(version)) || (!group.includes(".") && builtIn(version)),
    );
    return near.length > 0 ? problem("/apiVersion", apiVersion, kind, near) : undefined;
  }
  const here = versions.filter((version) => groupOf(version) === group);
  // The packages hold what is stable; Kubernetes serves more betas than they know.
  const mayBeBeta = release === "Kubernetes" && group !== "" && /(alpha|beta)\d+$/.test(apiVersion);
  if (mayBeBeta) return undefined;
  if (here.length > 0) return problem("/apiVersion", apiVersion, kind, here);
  // A version alone, without its group: v1alpha1 for argoproj.io/v1alpha1.
  if ((release === "Kubernetes" || group === "") && versions.length > 0) {
    return problem("/apiVersion", apiVersion, kind, versions);
  }
  const prefix = `${apiVersion}/`;
  const siblings = Object.keys(tree.kinds)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  if (siblings.length === 0) return undefined;
  const names = nearestNames(kind, siblings);
  // Other groups may serve kinds newer than the schemas; only what is nearly one of theirs is surely wrong.
  if (release !== "Kubernetes" && !names.some((name) => editDistance(kind, name, 3) <= 2)) return undefined;
  return problem("/kind", apiVersion, kind, names);
}

/** The group of an `apiVersion`; what has none belongs to the core, but for the plugins of kustomize. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  if (slash < 0) return apiVersion === "builtin" ? apiVersion : "";
  return apiVersion.slice(0, slash);
}

function isTypo(group: string, known: string): boolean {
  return group !== "" && known.length > 3 && editDistance(group, known, 3) <= 2;
}

function problem(pointer: string, apiVersion: string, kind: string, expected: string[]): Violation {
  return { code: "kind", pointer, values: { kind: `${apiVersion} ${kind}`, expected: expected.join(", ") } };
}
