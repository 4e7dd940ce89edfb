import { containersOf, groupOf } from "#model/manifest.ts";
import type { Kustomization, Manifest } from "#model/rule.ts";
import { map } from "#model/value.ts";

/** Whether a file is a template of a Helm chart: below `templates/` of a folder that holds a `Chart.yaml`. */
export function isChartTemplate(path: string, files: ReadonlyMap<string, string>): boolean {
  const parts = path.split("/");
  return parts.some((part, i) => {
    if (part !== "templates" || i === parts.length - 1) return false;
    return files.has([...parts.slice(0, i), "Chart.yaml"].join("/"));
  });
}

const NAMED_PATCH = /(^|[-_./])patch(es)?[-_.][^/]*$/;

/**
 * The files that are patches only: fragments, from which required fields may be missing. A kustomization says so; without
 * one that names the file, its own name does, or that nothing in it could stand alone and another file has the whole of it.
 */
export function patchFiles(
  kustomizations: readonly Kustomization[],
  paths: Iterable<string>,
  manifests: readonly Manifest[] = [],
): Set<string> {
  const patches = new Set<string>([...paths].filter((path) => NAMED_PATCH.test(path)));
  const whole = new Set(manifests.filter((manifest) => !isFragment(manifest)).map(identity));
  for (const [path, inside] of Map.groupBy(manifests, (manifest) => manifest.path)) {
    if (inside.every((manifest) => isFragment(manifest) && whole.has(identity(manifest)))) patches.add(path);
  }
  const resources = new Set<string>();
  for (const { dir, doc } of kustomizations) {
    const add = (to: Set<string>, reference: unknown) => {
      if (typeof reference !== "string" || reference.includes("\n")) return;
      to.add(joinPath(dir, reference));
    };
    for (const entry of list(doc.patches)) add(patches, pathOf(entry));
    for (const entry of list(doc.patchesJson6902)) add(patches, pathOf(entry));
    for (const entry of list(doc.patchesStrategicMerge)) add(patches, entry);
    for (const entry of list(doc.resources)) add(resources, entry);
  }
  return patches.difference(resources);
}

/** Group, kind and name; an overlay may set the namespace. */
export function identity(manifest: Manifest): string {
  return [groupOf(manifest), manifest.kind, manifest.name].join("\0");
}

/** A workload without a selector and without an image, or a release without a chart, only makes sense on top of another. */
function isFragment(manifest: Manifest): boolean {
  const spec = map(manifest.doc.spec);
  if (manifest.kind === "HelmRelease" && groupOf(manifest) === "helm.toolkit.fluxcd.io") {
    return spec.chartRef === undefined && map(map(spec.chart).spec).chart === undefined;
  }
  const containers = containersOf(manifest);
  if (groupOf(manifest) !== "apps" || spec.selector !== undefined || spec.template === undefined)
    return false;
  return containers.length > 0 && containers.every(({ fields }) => fields.image === undefined);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

// A bare string is refused by kustomize, but it still says which file is meant as a patch.
function pathOf(entry: unknown): unknown {
  return typeof entry === "object" && entry !== null ? (entry as { path?: unknown }).path : entry;
}

/** Joins a folder and a relative reference, `.` and `..` resolved; references that leave the tree keep their `..`. */
export function joinPath(dir: string, reference: string): string {
  const parts: string[] = [];
  for (const part of `${dir}/${reference}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
