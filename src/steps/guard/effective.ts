import type { Unchecked } from "#model/plan.ts";
import type { Kustomize, Manifest } from "#model/rule.ts";
import { unchecked } from "./unchecked.ts";

type Read = ReturnType<Kustomize>;

/**
 * What would be applied: the output of every build target that can be rendered, and as they are the manifests no target
 * reaches. What could not be rendered is named.
 */
export function effectiveManifests(
  manifests: readonly Manifest[],
  { targets, render }: Pick<Read, "targets" | "render">,
  /** Files a target takes in: of an object that a patch deletes, the file is all that is left. */
  filesOf: (dir: string) => Iterable<string> = () => [],
): { effective: Manifest[]; unchecked: Unchecked[] } {
  const sources = new Map(manifests.map((manifest) => [placeOf(manifest.path, manifest.line()), manifest]));
  const effective: Manifest[] = [];
  const reached = new Set<string>();
  const unrendered: Unchecked[] = [];
  for (const dir of targets) {
    const rendered = render(dir);
    if (rendered.kind === "unsupported") {
      unrendered.push(unchecked(dir, "feature", { feature: rendered.feature }));
      continue;
    }
    if (rendered.kind === "refused") {
      unrendered.push(unchecked(dir, "refused", { reason: rendered.reason }));
      continue;
    }
    for (const path of filesOf(dir)) reached.add(path);
    for (const feature of rendered.without ?? []) unrendered.push(unchecked(dir, "left-out", { feature }));
    for (const { doc, path, line } of rendered.objects) {
      reached.add(path);
      const manifest = toManifest(doc, path, line);
      if (manifest === undefined) continue;
      // Prefixes and namespaces change the name; the object still stands where it was written.
      const source = sources.get(placeOf(path, line));
      const placed =
        source === undefined ? {} : { index: source.index, line: source.line, source: source.doc };
      effective.push({ ...manifest, ...placed, target: dir });
    }
  }
  for (const manifest of manifests) {
    if (!manifest.patch && !reached.has(manifest.path)) effective.push(manifest);
  }
  return { effective, unchecked: unrendered };
}

function placeOf(path: string, line: number): string {
  return `${path}\0${line}`;
}

function toManifest(doc: Record<string, unknown>, path: string, line: number): Manifest | undefined {
  const { apiVersion, kind } = doc;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  const metadata = (doc.metadata ?? {}) as { name?: unknown; namespace?: unknown };
  const name = typeof metadata.name === "string" ? metadata.name : "";
  const namespace = typeof metadata.namespace === "string" ? metadata.namespace : "";
  return { path, index: 0, doc, apiVersion, kind, name, namespace, line: () => line, patch: false };
}
